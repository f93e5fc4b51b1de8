"""Pieces of a boundary become one line, or several in an order that never depends on the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, MultiLineString

if TYPE_CHECKING:
    from numpy.typing import NDArray


def chained(lines: NDArray[np.object_]) -> LineString | MultiLineString:
    """Return some lines merged where they meet.

    Parameters
    ----------
    lines
        LineStrings in metres, at least one. A single one keeps its direction, and with it the
        start of the chainage.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        Several parts follow one another along the longest extension of all of them, from west to
        east (from south to north where they lie exactly above one another), and each part runs
        that way.
    """
    if len(lines) == 1:
        return LineString(lines[0])
    # The same stretch given twice, in whatever direction, is one stretch.
    unique = np.unique(shapely.to_wkb(shapely.normalize(lines)))
    merged = shapely.line_merge(shapely.multilinestrings(shapely.from_wkb(unique)))
    parts = shapely.get_parts(merged)
    axis = _axis(parts)
    ends = np.stack([_along(shapely.get_point(parts, place), axis) for place in (0, -1)])
    parts = np.where(ends[0] > ends[1], shapely.reverse(parts), parts)
    closed = ends[0] == ends[1]
    parts[closed] = shapely.normalize(parts[closed])
    order = np.lexsort((shapely.to_wkb(parts), _along(shapely.centroid(parts), axis)))
    parts = parts[order]
    return parts[0] if len(parts) == 1 else MultiLineString(list(parts))


def _axis(parts: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the unit direction in which the vertices spread most, eastwards."""
    coordinates = np.unique(shapely.get_coordinates(parts), axis=0)
    spread = np.linalg.eigh(np.cov((coordinates - coordinates.mean(axis=0)).T))[1][:, -1]
    east, north = np.round(spread, 9)
    return -spread if (east, north) < (0.0, 0.0) else spread


def _along(points: NDArray[np.object_], axis: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(shapely.get_coordinates(points) @ axis, 6)
