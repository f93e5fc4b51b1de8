"""The heart: where the roads of two sides reach their boundary, and which of them meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.docking.approaches import find_ends
from roadalign.docking.corridors import corridor_labels, docking_groups, siblings
from roadalign.docking.pairing import pair_ends
from roadalign.docking.points import describe_points
from roadalign.docking.ruler import Ruler
from roadalign.docking.shared_roads import shared_boundary_roads

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from roadalign.config import Limits
    from roadalign.model.result import Boundary, Plan


@dataclass(frozen=True)
class Docking:
    """What was found at the boundary, before it is judged.

    Parameters
    ----------
    points, approaches
        Of `roadalign.docking.points.describe_points`.
    boundary_roads
        Of `roadalign.docking.shared_roads.shared_boundary_roads`.
    boundary_road_count
        Boundary roads of side A and of side B.
    """

    points: pd.DataFrame
    approaches: pd.DataFrame
    boundary_roads: pd.DataFrame
    boundary_road_count: tuple[int, int]


def dock(plan_a: Plan, plan_b: Plan, boundary: Boundary, *, limits: Limits) -> Docking:
    """Find the docking points of two plans.

    Parameters
    ----------
    plan_a, plan_b
        The two plans in the working CRS.
    boundary
        The common line.
    limits
        The limits in force.
    """
    ruler = Ruler(boundary.line)
    sign_a = side_of_a(plan_a.roads, plan_b.roads, ruler, reach_m=limits["undershoot_major_m"])
    ends_a = find_ends(plan_a.roads, ruler, own_sign=sign_a, extent=plan_a.extent, limits=limits)
    ends_b = find_ends(plan_b.roads, ruler, own_sign=-sign_a, extent=plan_b.extent, limits=limits)
    bundles = siblings(ends_a, limits=limits), siblings(ends_b, limits=limits)
    pairing = pair_ends(
        ends_a,
        ends_b,
        corridor_a=corridor_labels(ends_a, bundles[0]),
        corridor_b=corridor_labels(ends_b, bundles[1]),
        limits=limits,
    )
    groups = docking_groups(ends_a, ends_b, pairing, bundles=bundles, limits=limits)
    points, approaches = describe_points(groups, ends_a, ends_b, pairing, ruler, limits=limits)
    shared = shared_boundary_roads(ends_a, ends_b, ruler, limits=limits)
    count = (int(ends_a.boundary_road.sum()), int(ends_b.boundary_road.sum()))
    return Docking(points, approaches, shared, count)


def side_of_a(
    roads_a: gpd.GeoDataFrame, roads_b: gpd.GeoDataFrame, ruler: Ruler, *, reach_m: float
) -> int:
    """Return on which side of the boundary A lies: +1 left, -1 right.

    A lies where more of its road length is, compared with B's; the sign of a road is that of
    its middle.
    """
    balance = _balance(roads_a, ruler, reach_m=reach_m) - _balance(roads_b, ruler, reach_m=reach_m)
    return 1 if balance >= 0 else -1


def _balance(roads: gpd.GeoDataFrame, ruler: Ruler, *, reach_m: float) -> float:
    """Return the share of length left of the boundary minus the share right of it."""
    lines = np.asarray(roads.geometry.array, dtype=object)
    near = lines[np.unique(ruler.tree.query(lines, predicate="dwithin", distance=reach_m)[0])]
    if len(near) == 0:
        return 0.0
    middle = shapely.get_coordinates(shapely.line_interpolate_point(near, 0.5, normalized=True))
    length = shapely.length(near)
    return float(np.average(np.sign(ruler.read(middle).distance_m), weights=length))
