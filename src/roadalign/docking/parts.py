"""The parts of a boundary, turned so that each side lies on the same hand all along.

A boundary of several parts (an exclave, an island, a line that a third area interrupts) says
nothing of the direction in which each part was drawn. The sign of a distance is that of the nearest
part, so parts turned differently give roads between them the wrong side. Which land lies left of a
part is known, best first, from

- the two sides' areas, where they are given;
- the plans near the part: A lies where more of its road length is, compared with B's;
- for a ring, the land around it: the line divides two sides only, so within it is the other one;
- for an open part, the next one along the line, which it continues.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.docking.ruler import Ruler

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.model.result import Boundary, Plan

    Floats = NDArray[np.float64]

SAMPLES = 9
"""Places of a part at which the areas are asked."""

BESIDE_M = 1.0
STEP_M = 25.0
TELLING = 0.5
"""Of 2, where all of A's roads lie on one hand and all of B's on the other (ours): a plan that is
drawn far across the line says less than that, but not nothing."""

AROUND = 1.0
"""What the land around a ring weighs against the roads near it, in the same measure (ours): as much
as one plan alone."""


def turn_parts(boundary: Boundary, plan_a: Plan, plan_b: Plan, *, reach_m: float) -> Boundary:
    """Return the boundary with its parts turned so that A lies on the same hand of each.

    Parameters
    ----------
    boundary
        The common line. Its longest part keeps its direction, and so does one of which nothing is
        known; order and shapes stay.
    plan_a, plan_b
        The two plans in the working CRS.
    reach_m
        Roads further than this from the line tell nothing.
    """
    parts = shapely.get_parts(boundary.line)
    if len(parts) < 2:  # noqa: PLR2004 (nothing to compare)
        return boundary
    hands = _hands(boundary, parts, plan_a, plan_b, reach_m=reach_m)
    known = np.flatnonzero(hands)
    if len(known) == 0:
        return boundary
    longest = known[np.argmax(shapely.length(parts[known]))]
    turned = np.where(hands == -hands[longest], shapely.reverse(parts), parts)
    return replace(boundary, line=shapely.MultiLineString(list(turned)))


def _hands(
    boundary: Boundary, parts: NDArray[np.object_], plan_a: Plan, plan_b: Plan, *, reach_m: float
) -> NDArray[np.int_]:
    """Return for each part where A lies: +1 left, -1 right, 0 where nothing tells."""
    if boundary.area_a is not None and boundary.area_b is not None:
        return _hands_by_areas(parts, boundary.area_a, boundary.area_b)
    ruler = Ruler(boundary.line)
    told = _balance(plan_a.roads, ruler, len(parts), reach_m=reach_m)
    told -= _balance(plan_b.roads, ruler, len(parts), reach_m=reach_m)
    ring = shapely.is_closed(parts)
    hands = np.where(~ring & (np.abs(told) >= TELLING), np.sign(told), 0).astype(np.int_)
    _continue_open(parts, hands, np.flatnonzero(~ring))
    size = shapely.area(shapely.convex_hull(parts))
    for k in sorted(np.flatnonzero(ring).tolist(), key=lambda one: -size[one]):
        sure = told[k] + AROUND * _within_other(parts, hands, k)
        hands[k] = int(np.sign(sure)) if abs(sure) >= TELLING else 0
    return hands


def _hands_by_areas(
    parts: NDArray[np.object_], area_a: shapely.Geometry, area_b: shapely.Geometry
) -> NDArray[np.int_]:
    """Ask the areas just beside some places of each part: A lies where its land is nearer."""
    share = (np.arange(SAMPLES) + 0.5) / SAMPLES
    at_m = shapely.length(parts)[:, None] * share
    here = shapely.get_coordinates(shapely.line_interpolate_point(parts[:, None], at_m).ravel())
    on = shapely.line_interpolate_point(parts[:, None], at_m + BESIDE_M / 10).ravel()
    step = shapely.get_coordinates(on) - here
    normal = np.column_stack([-step[:, 1], step[:, 0]])
    normal *= BESIDE_M / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
    left, right = shapely.points(here + normal), shapely.points(here - normal)
    nearer = [
        shapely.distance(area, right) - shapely.distance(area, left) for area in (area_a, area_b)
    ]
    votes = np.sign(np.round(nearer[0] - nearer[1], 6)).reshape(len(parts), SAMPLES)
    return np.asarray(np.sign(votes.sum(axis=1)), dtype=np.int_)


def _balance(roads: gpd.GeoDataFrame, ruler: Ruler, count: int, *, reach_m: float) -> Floats:
    """Return per part the road length left of it less that right of it, as a share of both."""
    lines = np.asarray(roads.geometry.array, dtype=object)
    near = lines[np.unique(ruler.tree.query(lines, predicate="dwithin", distance=reach_m)[0])]
    if len(near) == 0:
        return np.zeros(count)
    xy, line = shapely.get_coordinates(shapely.segmentize(near, STEP_M), return_index=True)
    inner = line[1:] == line[:-1]
    length_m = np.hypot(*np.diff(xy, axis=0).T)[inner]
    middle = ((xy[1:] + xy[:-1]) / 2)[inner]
    which, segment = ruler.tree.query_nearest(
        shapely.points(middle), max_distance=reach_m, all_matches=False
    )
    part = ruler.part[segment]
    hand = np.sign(ruler.read(middle[which]).distance_m)
    total = np.bincount(part, length_m[which], count)
    left = np.bincount(part, length_m[which] * hand, count)
    return np.asarray(left / np.where(total > 0, total, 1.0))


def _continue_open(
    parts: NDArray[np.object_], hands: NDArray[np.int_], open_parts: NDArray[np.intp]
) -> None:
    """Give open parts of which nothing is known the hand of what they continue, nearest first."""
    first, last = (shapely.get_point(parts, place) for place in (0, -1))
    left = [k for k in open_parts.tolist() if hands[k] == 0]
    while left:
        known = open_parts[hands[open_parts] != 0]
        if len(known) == 0:
            return
        best: tuple[float, int, int] | None = None
        for k in left:
            # its start at another's end, or its end at another's start: drawn the same way
            same = np.fmin(
                shapely.distance(first[k], last[known]), shapely.distance(last[k], first[known])
            )
            other = np.fmin(
                shapely.distance(first[k], first[known]), shapely.distance(last[k], last[known])
            )
            j = int(np.argmin(np.fmin(same, other)))
            found = (
                float(min(same[j], other[j])),
                k,
                int(hands[known[j]] * (1 if same[j] <= other[j] else -1)),
            )
            best = found if best is None else min(best, found)
        if best is None:
            return
        hands[best[1]] = best[2]
        left.remove(best[1])


def _within_other(parts: NDArray[np.object_], hands: NDArray[np.int_], ring: int) -> int:
    """Return on which hand of a ring A lies, by the land around it.

    That is the land on this side of the nearest known part. 0 where none is known, or the nearest
    one ends there and does not reach around the ring.
    """
    known = np.flatnonzero(hands)
    if len(known) == 0:
        return 0
    distance = shapely.distance(parts[known], parts[ring])
    nearest = known[int(np.argmin(distance))]
    line = parts[nearest]
    foot, place = (
        shapely.get_coordinates(one)[0]
        for one in map(shapely.Point, shapely.shortest_line(line, parts[ring]).coords)
    )
    ends = shapely.get_coordinates(line)[[0, -1]]
    if not shapely.is_closed(line) and np.hypot(*(ends - foot).T).min() < BESIDE_M:
        return 0
    if np.hypot(*(place - foot)) < BESIDE_M:
        place = shapely.get_coordinates(shapely.centroid(parts[ring]))[0]
    left_of = np.sign(Ruler(line).read(place[None]).distance_m[0])
    a_around = left_of == hands[nearest]
    a_within = not a_around
    within_is_left = bool(shapely.is_ccw(parts[ring]))
    return 1 if a_within == within_is_left else -1
