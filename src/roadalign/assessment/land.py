"""What a link or a proposal would have to cross: farmland, red lines, water."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.model.tables import CROSSED_COLUMNS, empty, records, typed
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.model.result import Constraints

LEAST_M2 = 0.05
"""Less than this is two outlines that touch."""

NOTHING = "none"


def corridor_m(point: dict[str, Any]) -> float:
    """Return the width of the corridor at one docking point.

    Parameters
    ----------
    point
        A row of the docking points.

    Returns
    -------
    float
        The wider of the two red lines, metres; where neither side states one, the usual width of
        the higher class (``curves.toml``), of rank 3 where neither is known.
    """
    widths = [point[f"{side}_redline_m"] for side in "ab"]
    known = [float(width) for width in widths if pd.notna(width)]
    if known:
        return max(known)
    ranks = [point[f"{side}_road_class"] for side in "ab"]
    rank = max((int(one) for one in ranks if pd.notna(one)), default=3)
    return float(table("curves")["rank"][str(rank)]["corridor_m"])


def constraints_crossed(
    lines: gpd.GeoDataFrame, points: pd.DataFrame, constraints: Constraints
) -> gpd.GeoDataFrame:
    """Return what the corridors of links and proposals take of each kind of area.

    Parameters
    ----------
    lines
        Links and proposals, `roadalign.model.tables.LINK_COLUMNS`. Where a docking point has a
        proposal, that is what would be built, and the straight link is passed over.
    points
        The docking points.
    constraints
        The areas.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns of `roadalign.model.tables.CROSSED_COLUMNS`, by docking point as in `points` and
        by kind; areas of one kind that overlap count once.
    """
    chosen = _built(lines)
    areas = np.asarray(constraints.areas.geometry.array, dtype=object)
    if not len(chosen) or not len(areas):
        return empty(CROSSED_COLUMNS, crs=lines.crs)
    by_id = {row["id"]: row for row in records(pd.DataFrame(points))}
    kind = constraints.areas["kind"].to_numpy(dtype=object)
    tree = shapely.STRtree(areas)
    rows = []
    for name, what, line in zip(
        chosen["docking_point"], chosen["kind"], chosen.geometry, strict=True
    ):
        width_m = corridor_m(by_id[name])
        corridor = line.buffer(width_m / 2, cap_style="flat", join_style="round")
        hit = tree.query(corridor, predicate="intersects")
        for one in table("constraints"):
            own = hit[kind[hit] == one]
            if not len(own):
                continue
            land = shapely.union_all(areas[np.sort(own)])
            taken = _polygons(corridor.intersection(land))
            if taken.area < LEAST_M2:
                continue
            length_m = float(line.intersection(land).length)
            rows.append(
                {
                    "docking_point": name,
                    "line": what,
                    "kind": one,
                    "length_m": round(length_m, 2),
                    "area_m2": round(float(taken.area), 1),
                    "width_m": width_m,
                    "geometry": taken,
                }
            )
    if not rows:
        return empty(CROSSED_COLUMNS, crs=lines.crs)
    found = typed(pd.DataFrame(rows), CROSSED_COLUMNS)
    return gpd.GeoDataFrame(found, geometry=[row["geometry"] for row in rows], crs=lines.crs)


def constraint_texts(
    points: pd.DataFrame, crossed: pd.DataFrame, lines: gpd.GeoDataFrame, *, given: bool
) -> pd.Series:
    """Return the column ``constraints`` of the docking points.

    Parameters
    ----------
    points
        The docking points.
    crossed
        Of `constraints_crossed`.
    lines
        Links and proposals.
    given
        Whether there were constraints to compare with.

    Returns
    -------
    pandas.Series
        E.g. ``farmland 120 m 2880 m2; water 60 m 1440 m2``; ``none`` where a link or proposal
        crosses nothing; ``<NA>`` where there is nothing to build, or nothing was given.
    """
    examined = set(lines["docking_point"]) if given else set()
    said: dict[str, list[str]] = {}
    for row in records(pd.DataFrame(crossed)):
        part = f"{row['kind']} {row['length_m']:.0f} m {row['area_m2']:.0f} m2"
        said.setdefault(row["docking_point"], []).append(part)
    texts = [
        "; ".join(said.get(name, [NOTHING])) if name in examined else pd.NA for name in points["id"]
    ]
    return pd.Series(texts, index=points.index, dtype="string")


def _built(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    proposed = set(lines.loc[lines["kind"] == "proposal", "docking_point"])
    straight = (lines["kind"] == "link") & ~lines["docking_point"].isin(proposed)
    return lines[straight | (lines["kind"] == "proposal")]


def _polygons(shape: Any) -> Any:
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
