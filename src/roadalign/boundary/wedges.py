"""The ends of a shared edge: beyond them lies a third area, and no strip.

Where two areas of one survey part at the corner of a third, the third opens like a wedge between
them. To the common edge of two areas alone it looks like a strip that widens until it is too wide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, MultiLineString

from roadalign.boundary.common_edge import SAME_M, area_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from roadalign.model.result import Boundary

_MOSTLY = 0.5  # share of the line drawn the same by both, above which they are one survey (ours)
_STEP_M = 5.0


def without_wedges(boundary: Boundary) -> Boundary:
    """Return a line without those ends of it that only one of the areas, or none, drew.

    Parameters
    ----------
    boundary
        Made from two areas.

    Returns
    -------
    Boundary
        The same where less than half of the line is drawn the same by both sides: then there is a
        strip along all of it, up to its ends. Strips between two shared stretches stay.
    """
    areas = (boundary.area_a, boundary.area_b)
    edges: list[BaseGeometry] = [area.boundary for area in areas if area is not None]
    for edge in edges:
        shapely.prepare(edge)
    parts = shapely.get_parts(boundary.line)
    shared = [_on_both(shapely.get_coordinates(part), edges) for part in parts]
    both_m = sum(_shared_m(part, flags) for part, flags in zip(parts, shared, strict=True))
    if both_m < _MOSTLY * boundary.line.length or all(flags.all() for flags in shared):
        return boundary
    kept = [_inner(part, flags) for part, flags in zip(parts, shared, strict=True)]
    line = kept[0] if len(kept) == 1 else MultiLineString(kept)
    samples = shapely.points(shapely.get_coordinates(shapely.segmentize(line, _STEP_M)))
    width_m = np.sum([shapely.distance(edge, samples) for edge in edges], axis=0)
    widest_m = float(width_m.max())
    strip = None
    if widest_m > SAME_M and boundary.strip is not None:
        fields = shapely.get_parts(boundary.strip)
        along = shapely.intersects(fields, line)
        strip = area_of(shapely.union_all(fields[along]))
    return replace(
        boundary,
        line=line,
        strip_width_max_m=widest_m,
        strip_width_median_m=float(np.median(width_m)),
        strip=strip,
    )


def _on_both(places: NDArray[np.float64], edges: list[BaseGeometry]) -> NDArray[np.bool_]:
    points = shapely.points(places)
    near = np.stack([shapely.dwithin(edge, points, SAME_M) for edge in edges])
    return np.asarray(near.all(axis=0))


def _shared_m(part: LineString, flags: NDArray[np.bool_]) -> float:
    steps = np.hypot(*np.diff(shapely.get_coordinates(part), axis=0).T)
    return float(steps[flags[1:] & flags[:-1]].sum())


def _inner(part: LineString, flags: NDArray[np.bool_]) -> LineString:
    """Return a part from its first shared vertex to its last; whole where it has none."""
    places = np.flatnonzero(flags)
    if len(places) < 2:  # noqa: PLR2004  (a line needs two)
        return part
    return LineString(shapely.get_coordinates(part)[places[0] : places[-1] + 1])
