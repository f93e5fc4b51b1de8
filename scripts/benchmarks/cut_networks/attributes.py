"""Attributes a plan would have, made from the class of a road in OpenStreetMap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from roadalign.model.tables import ROAD_COLUMNS, typed

if TYPE_CHECKING:
    import geopandas as gpd

RANKS = {
    "motorway": 6,
    "trunk": 5,
    "primary": 4,
    "secondary": 3,
    "tertiary": 2,
    "unclassified": 1,
    "residential": 1,
    "living_street": 1,
}
CLASS_TEXT = {rank: text for text, rank in reversed(RANKS.items())}
LANES = {6: 6, 5: 6, 4: 4, 3: 4, 2: 2, 1: 2}
REDLINE_M = {6: 60.0, 5: 50.0, 4: 40.0, 3: 30.0, 2: 24.0, 1: 18.0}
SPEED_KMH = {6: 100.0, 5: 80.0, 4: 60.0, 3: 40.0, 2: 30.0, 1: 20.0}
LANE_M = 3.5


def canonical(lines: gpd.GeoDataFrame, *, side: str) -> gpd.GeoDataFrame:
    """Return a canonical road table with attributes made from the class.

    Parameters
    ----------
    lines
        Columns ``fid``, ``highway``, ``geometry`` and, where known, ``name``, ``ref``,
        ``lanes``, ``oneway``, ``grade_level``.
    side
        ``"a"`` or ``"b"``.
    """
    kind = lines["highway"].str.removesuffix("_link")
    rank = kind.map(RANKS).fillna(1).astype("Int64")
    oneway = (
        lines["oneway"].astype("boolean").fillna(value=False)
        if "oneway" in lines
        else pd.Series([False] * len(lines), index=lines.index, dtype="boolean")
    )
    by_class = rank.map(LANES).astype("Int64")
    by_class = by_class.mask(oneway, (by_class // 2).clip(lower=1))
    lanes = lines["lanes"].astype("Int64").fillna(by_class) if "lanes" in lines else by_class
    table = lines.assign(
        side=side,
        layer=f"roads_{side}",
        road_class=rank,
        class_text=lines["highway"],
        lanes=lanes,
        oneway=oneway,
        carriageway_m=(lanes * LANE_M).astype("Float64"),
        redline_m=rank.map(REDLINE_M).astype("Float64"),
        design_speed_kmh=rank.map(SPEED_KMH).astype("Float64"),
        status="existing",
    )
    return typed(table, ROAD_COLUMNS)
