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
from roadalign.docking.shift import Shift, common_shift

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from roadalign.config import Limits
    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.pairing import Pairing
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
    shift
        What the pairs have in common of a shift of side B against side A, ``None`` where they
        are too few.
    """

    points: pd.DataFrame
    approaches: pd.DataFrame
    boundary_roads: pd.DataFrame
    boundary_road_count: tuple[int, int]
    shift: Shift | None

    @property
    def shift_m(self) -> float:
        """Length of the common shift, 0 where there is none for certain."""
        return self.shift.length_m if self.shift and self.shift.certain else 0.0


def dock(plan_a: Plan, plan_b: Plan, boundary: Boundary, *, limits: Limits) -> Docking:
    """Find the docking points of two plans.

    Where most pairs agree on one shift of a side, the ends are found and paired a second time
    with both sides moved by half of it towards one another, and measured where they were drawn:
    a shift of a whole side changes what is measured, not what belongs together.

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
    plans = (plan_a, plan_b)
    ends = _ends(plans, ruler, sign_a=sign_a, limits=limits)
    bundles, pairing = _paired(ends, limits=limits)
    found = common_shift(*ends, pairing, limits=limits)
    shift = found if found and found.certain else None
    if shift is not None:
        ends = _ends(plans, ruler, sign_a=sign_a, limits=limits, shift=shift)
        bundles, pairing = _paired(ends, limits=limits)
        east_m, north_m = shift.east_m / 2, shift.north_m / 2
        ends = (ends[0].moved(-east_m, -north_m), ends[1].moved(east_m, north_m))
    groups = docking_groups(*ends, pairing, bundles=bundles, limits=limits)
    points, approaches = describe_points(groups, *ends, pairing, ruler, limits=limits, shift=shift)
    shared = shared_boundary_roads(*ends, ruler, limits=limits)
    count = (int(ends[0].boundary_road.sum()), int(ends[1].boundary_road.sum()))
    return Docking(points, approaches, shared, count, found)


def _ends(
    plans: tuple[Plan, Plan],
    ruler: Ruler,
    *,
    sign_a: int,
    limits: Limits,
    shift: Shift | None = None,
) -> tuple[SideEnds, SideEnds]:
    """Find the ends of both sides, each moved by half of a shift towards the other."""
    found = []
    for plan, way in zip(plans, (1, -1), strict=True):
        roads, extent = plan.roads, plan.extent
        if shift is not None:
            east_m, north_m = way * shift.east_m / 2, way * shift.north_m / 2
            roads = roads.set_geometry(roads.geometry.translate(east_m, north_m))
            if extent is not None:
                west, south, east, north = extent
                extent = (west + east_m, south + north_m, east + east_m, north + north_m)
        found.append(find_ends(roads, ruler, own_sign=way * sign_a, extent=extent, limits=limits))
    return found[0], found[1]


def _paired(
    ends: tuple[SideEnds, SideEnds], *, limits: Limits
) -> tuple[tuple[NDArray[np.intp], NDArray[np.intp]], Pairing]:
    """Find the carriageways that are one road on each side, and pair the ends."""
    a, b = ends
    bundles = siblings(a, limits=limits), siblings(b, limits=limits)
    labels = corridor_labels(a, bundles[0]), corridor_labels(b, bundles[1])
    pairing = pair_ends(a, b, corridor_a=labels[0], corridor_b=labels[1], limits=limits)
    return bundles, pairing


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
