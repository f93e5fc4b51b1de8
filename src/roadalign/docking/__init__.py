"""The heart: where the roads of two sides reach their boundary, and which of them meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.docking.approaches import find_ends
from roadalign.docking.boundary_roads import find_joining
from roadalign.docking.coincident import merge_coincident
from roadalign.docking.corridors import corridor_labels, docking_groups, siblings
from roadalign.docking.pairing import pair_ends
from roadalign.docking.points import describe_points
from roadalign.docking.roundabouts import condense_roundabouts
from roadalign.docking.ruler import Ruler
from roadalign.docking.shared_roads import shared_boundary_roads
from roadalign.docking.shift import Shift, common_shift
from roadalign.model.words import End

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.pairing import Pairing
    from roadalign.model.result import Boundary, Plan
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Place = Callable[[Floats], Floats]
    Bundles = tuple[NDArray[np.intp], NDArray[np.intp]]

SHARES = (0.5, 0.0, 1.0)
"""Which part of a shift is taken from side A, the rest from side B."""

EXACT_M = 0.5

ROUNDS = 3
"""A large shift is found from few pairs; without it there are more, which know it better."""


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
    ending_count
        Ends of each side that stay alone and of which nothing is said, since they may end where
        they are (`roadalign.docking.evidence`).
    shift
        What the pairs have in common of a shift of side B against side A, ``None`` where they
        are too few.
    sign_a
        On which side of the boundary A lies: +1 left, -1 right.
    """

    points: pd.DataFrame
    approaches: pd.DataFrame
    boundary_roads: pd.DataFrame
    boundary_road_count: tuple[int, int]
    ending_count: tuple[int, int]
    shift: Shift | None
    sign_a: int

    @property
    def shift_m(self) -> float:
        """Length of the common shift, 0 where there is none for certain."""
        return self.shift.length_m if self.shift and self.shift.certain else 0.0


def dock(
    plan_a: Plan,
    plan_b: Plan,
    boundary: Boundary,
    *,
    limits: Limits,
    drawn: tuple[Place | None, Place | None] = (None, None),
) -> Docking:
    """Find the docking points of two plans.

    Where most pairs agree on one shift of a side, the ends are found and paired a second time
    without it, and measured where they were drawn: a shift of a whole side changes what is
    measured, not what belongs together.

    Parameters
    ----------
    plan_a, plan_b
        The two plans in the working CRS.
    boundary
        The common line.
    limits
        The limits in force.
    drawn
        For each side that is given somewhere else than it was drawn, what gives the drawn place
        of its places, shape ``(n, 2)`` both; measures are those of the drawn places.
    """
    ruler = Ruler(boundary.line)
    sign_a = side_of_a(plan_a.roads, plan_b.roads, ruler, reach_m=limits["undershoot_major_m"])
    plans = _prepared(plan_a, ruler, limits=limits), _prepared(plan_b, ruler, limits=limits)
    ends = _ends(plans, ruler, sign_a=sign_a, limits=limits)
    bundles, pairing = _paired(ends, limits=limits)
    found = common_shift(*ends, pairing, limits=limits)
    if found is not None and found.certain:
        found, ends, bundles, pairing = _matched(plans, ruler, found, sign_a=sign_a, limits=limits)
    ends = _moved(ends[0], drawn[0]), _moved(ends[1], drawn[1])
    groups = docking_groups(*ends, pairing, bundles=bundles, limits=limits)
    points, approaches = describe_points(groups, *ends, pairing, ruler, limits=limits)
    shared = shared_boundary_roads(*ends, ruler, limits=limits)
    count = (int(ends[0].boundary_road.sum()), int(ends[1].boundary_road.sum()))
    ending = _ending(ends[0], pairing.a), _ending(ends[1], pairing.b)
    return Docking(points, approaches, shared, count, ending, found, sign_a)


def _ending(side: SideEnds, paired: NDArray[np.intp]) -> int:
    """Return how many ends would ask, may end where they are, and stayed alone."""
    alone = np.ones(len(side.ends), dtype=bool)
    alone[paired] = False
    asks = side.ends["needs_counterpart"] & side.ends["may_end_here"]
    return int((asks.to_numpy(dtype=bool) & alone).sum())


def _prepared(plan: Plan, ruler: Ruler, *, limits: Limits) -> Plan:
    """Return a plan in which one road is one line, and one roundabout one junction, at the line."""
    reach_m = limits["undershoot_major_m"]
    roads = merge_coincident(plan.roads, ruler, reach_m=reach_m, limits=limits)
    return replace(plan, roads=condense_roundabouts(roads, ruler, limits=limits))


def _moved(side: SideEnds, place: Place | None) -> SideEnds:
    return side if place is None else side.moved(place)


def _matched(
    plans: tuple[Plan, Plan], ruler: Ruler, found: Shift, *, sign_a: int, limits: Limits
) -> tuple[Shift, tuple[SideEnds, SideEnds], Bundles, Pairing]:
    """Pair the ends without a shift, and return them where they were drawn.

    Nobody has said which side lies wrong, so the shift is taken from both, from A and from B, and
    the frame counts in which most pairs fit: where the roads lie against the boundary as drawn.
    """
    shares: tuple[float, ...] = SHARES
    for _ in range(ROUNDS):
        best: tuple[tuple[int, int], float] | None = None
        for share in shares:
            near = (
                moved(plans[0], share * found.vector),
                moved(plans[1], (share - 1) * found.vector),
            )
            ends = _ends(near, ruler, sign_a=sign_a, limits=limits)
            bundles, pairing = _paired(ends, limits=limits)
            again = common_shift(*ends, pairing, limits=limits)
            fitting = again.agreeing if again else 0, _at_the_line(ends)
            if best is None or fitting > best[0]:
                best, kept = (fitting, share), (ends, bundles, pairing, again)
        ends, bundles, pairing, again = kept
        shares = (best[1],) if best else shares
        part_a, part_b = shares[0] * found.vector, (shares[0] - 1) * found.vector
        if again is None or not again.certain:
            break
        found = again.after(found)
    back = ends[0].moved(lambda xy: xy - part_a), ends[1].moved(lambda xy: xy - part_b)
    likely = {0.0: "b", 1.0: "a"}.get(shares[0], "")
    return replace(found, likely=likely), back, bundles, pairing


def _at_the_line(ends: tuple[SideEnds, SideEnds]) -> int:
    """Return how many ends were drawn right up to the boundary."""
    return sum(
        int((side.ends["end"].eq(End.TOUCH) & (side.ends["to_boundary_m"].abs() <= EXACT_M)).sum())
        for side in ends
    )


def moved(plan: Plan, vector: Floats) -> Plan:
    """Return a plan with all its roads moved by a vector of east and north metres."""
    east_m, north_m = vector.tolist()
    roads = plan.roads.set_geometry(plan.roads.geometry.translate(east_m, north_m))
    extent = plan.extent
    if extent is not None:
        west, south, east, north = extent
        extent = (west + east_m, south + north_m, east + east_m, north + north_m)
    return replace(plan, roads=roads, extent=extent)


def _ends(
    plans: tuple[Plan, Plan], ruler: Ruler, *, sign_a: int, limits: Limits
) -> tuple[SideEnds, SideEnds]:
    """Find the ends of both sides."""
    a, b = plans
    ends_a = find_ends(a.roads, ruler, own_sign=sign_a, extent=a.extent, limits=limits)
    ends_b = find_ends(b.roads, ruler, own_sign=-sign_a, extent=b.extent, limits=limits)
    return _joined(ends_a, ends_b, limits=limits), _joined(ends_b, ends_a, limits=limits)


def _joined(side: SideEnds, other: SideEnds, *, limits: Limits) -> SideEnds:
    """Let the ends of one side that arrive at a boundary road of the other end there."""
    joins = find_joining(
        side.ends[["x", "y"]].to_numpy(dtype=float),
        side.ends[["ux", "uy"]].to_numpy(dtype=float),
        other.strokes.lines[other.boundary_road],
        limits=limits,
    )
    joins &= side.ends["end"].ne(End.CROSSING).to_numpy()
    return replace(side, ends=side.ends.assign(may_end_here=side.ends["may_end_here"] | joins))


def _paired(ends: tuple[SideEnds, SideEnds], *, limits: Limits) -> tuple[Bundles, Pairing]:
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
