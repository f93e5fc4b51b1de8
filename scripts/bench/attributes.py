"""Attributes a plan would have, made from the class, and how two values should be judged.

The severities are those of the project's design notes (difference in class ranks, lanes, widths,
speed, year, status, number, name), written here once more by hand: the benchmark must not ask
the program what is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.model.tables import ROAD_COLUMNS, typed

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np

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


def _step(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    """Return the last severity whose threshold the value reaches, ``ok`` below the first."""
    found = "ok"
    for threshold, severity in steps:
        if value >= threshold:
            found = severity
    return found


def class_level(one: int, two: int) -> str:
    """Judge two ranks: 1 apart notice, 2 mismatch, 3 or an expressway against others severe."""
    if one != two and 6 in (one, two):  # noqa: PLR2004 (rank of an expressway)
        return "severe"
    return _step(abs(one - two), ((1, "notice"), (2, "mismatch"), (3, "severe")))


def lanes_level(one: int, two: int) -> str:
    """Judge lanes of both directions."""
    return _step(abs(one - two), ((1, "notice"), (2, "mismatch"), (4, "severe")))


def width_level(one: float, two: float) -> str:
    """Judge widths: up to 5 m or 10 % is equal, up to 25 % notice, up to 50 % mismatch."""
    apart, share = abs(one - two), abs(one - two) / max(one, two)
    if apart <= 5.0:  # noqa: PLR2004 (metres)
        return "ok"
    return _step(share, ((0.1001, "notice"), (0.2501, "mismatch"), (0.5001, "severe")))


def speed_level(one: float, two: float) -> str:
    """Judge design speeds: any difference notice, above 20 mismatch, from 40 severe."""
    return _step(abs(one - two), ((0.1, "notice"), (20.1, "mismatch"), (40, "severe")))


def year_level(one: int, two: int) -> str:
    """Judge opening years: 2 apart notice, 3 mismatch, 5 severe."""
    return _step(abs(one - two), ((2, "notice"), (3, "mismatch"), (5, "severe")))


STATUS_LEVEL = {
    ("planned", "construction"): "notice",
    ("existing", "planned"): "notice",
    ("existing", "reserved"): "mismatch",
    ("construction", "proposed"): "mismatch",
    ("existing", "abandoned"): "severe",
    ("planned", "abandoned"): "severe",
}

REFS = (
    ("G320", "G60", "mismatch"),
    ("S320", "S202", "notice"),
    ("X101", "Y202", "ok"),
    ("G320", "S320", "notice"),
)
"""Route numbers of the two sides: national ones that differ, provincial, local, mixed."""

ATTRIBUTES = ("class", "lanes", "carriageway", "redline", "speed", "status", "year", "ref", "name")
CODE = {
    "class": "S01",
    "lanes": "S02",
    "carriageway": "S03",
    "redline": "S04",
    "speed": "S05",
    "status": "T01",
    "year": "T02",
    "ref": "N01",
    "name": "N02",
}
COLUMN = {
    "class": "road_class",
    "lanes": "lanes",
    "carriageway": "carriageway_m",
    "redline": "redline_m",
    "speed": "design_speed_kmh",
    "status": "status",
    "year": "open_year",
    "ref": "ref",
    "name": "name",
}


def changed(what: str, road: dict[str, Any], rng: np.random.Generator) -> tuple[Any, ...]:
    """Choose another value of one attribute.

    Parameters
    ----------
    what
        One of `ATTRIBUTES`.
    road
        The road as it is.
    rng
        Source of chance.

    Returns
    -------
    here, there, severity
        What the untouched and the changed side are to say, and the severity that deserves.
    """
    make = {
        "class": _other_class,
        "lanes": _other_lanes,
        "carriageway": _other_width,
        "redline": _other_width,
        "speed": _other_speed,
        "status": _other_status,
        "year": _other_year,
        "ref": _other_ref,
        "name": _other_name,
    }
    return make[what](road[COLUMN[what]], rng)


def _other_class(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = int(rng.choice([rank for rank in range(1, 7) if rank != value]))
    return int(value), there, class_level(int(value), there)


def _other_lanes(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = int(value) + int(rng.choice([1, 2, 4]))
    return int(value), there, lanes_level(int(value), there)


def _other_width(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = round(float(value) / (1.0 - float(rng.choice([0.05, 0.18, 0.4, 0.6]))), 1)
    return float(value), there, width_level(float(value), there)


def _other_speed(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = float(value) + float(rng.choice([10, 20, 30, 40]))
    return float(value), there, speed_level(float(value), there)


def _other_status(_: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    pairs = list(STATUS_LEVEL)
    pair = pairs[int(rng.integers(len(pairs)))]
    return *pair, STATUS_LEVEL[pair]


def _other_year(_: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = 2027 + int(rng.choice([1, 2, 3, 5, 8]))
    return 2027, there, year_level(2027, there)


def _other_ref(_: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    return REFS[int(rng.integers(len(REFS)))]


def _other_name(_: Any, __: np.random.Generator) -> tuple[Any, ...]:
    return "Harbour Road", "Mill Lane", "notice"
