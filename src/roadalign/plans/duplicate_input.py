"""Whether one side's roads were given for both, under whatever names and formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.model.result import Boundary, Plan

_SAME_M = 0.1  # formats round, and coordinate systems differ by less
_BESIDE_M = 5.0  # nearer than this a place is on the line, on neither side
_STEP_M = 0.5


def same_side_twice(one: Plan, two: Plan, *, boundary: Boundary) -> bool:
    """Return whether two plans hold the same roads, all of them on one side of the boundary.

    Two plans that both draw the whole network are the same too, but lie on both sides; they are
    compared like others.

    Parameters
    ----------
    one, two
        The plans, in the boundary's coordinate system.
    boundary
        The common line.
    """
    lines = [np.asarray(plan.roads.geometry.array, dtype=object) for plan in (one, two)]
    if not len(lines[0]) or not len(lines[1]):
        return False
    marks = [_marks(part) for part in lines]
    if marks[0].shape != marks[1].shape or not (marks[0] == marks[1]).all():
        return False
    if shapely.crosses(boundary.line, lines[0]).any():
        return False
    places = np.asarray(shapely.points(shapely.get_coordinates(lines[0])), dtype=object)
    return _on_one_side(places, boundary)


def _marks(lines: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return ends and length of each different line, whichever way it is drawn, in one order."""
    ends = [shapely.get_coordinates(shapely.get_point(lines, place)) for place in (0, -1)]
    middle, apart = (ends[0] + ends[1]) / 2, np.abs(ends[0] - ends[1])
    marks = np.column_stack([middle, apart, shapely.length(lines)])
    found: NDArray[np.float64] = np.unique(np.round(marks / _SAME_M), axis=0)
    return found


def _on_one_side(places: NDArray[np.object_], boundary: Boundary) -> bool:
    line = boundary.line
    beside = places[shapely.distance(line, places) > _BESIDE_M]
    along = shapely.line_locate_point(line, beside)
    before, after = (
        shapely.get_coordinates(shapely.line_interpolate_point(line, along + step))
        for step in (-_STEP_M, _STEP_M)
    )
    ahead, aside = after - before, shapely.get_coordinates(beside) - before
    turn = ahead[:, 0] * aside[:, 1] - ahead[:, 1] * aside[:, 0]
    return bool(len(turn)) and bool((turn > 0).all() or (turn < 0).all())
