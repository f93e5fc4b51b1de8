"""How a layer lies to the boundary: which of its lines are near, and how far away it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

from roadalign.ingest.crs import WGS84, transformed, transformed_bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

    from roadalign.ingest.layers import Layer
    from roadalign.model.result import Boundary

SIMPLIFY_M = 25.0
"""The boundary is measured to only this exactly where it is no use to be more exact."""

ELLIPSOID = Geod(ellps="WGS84")

_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def placed(lines: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which lines have a place; far outside its area of use a system has none."""
    if not len(lines):
        return np.zeros(0, dtype=bool)
    return np.asarray(np.isfinite(shapely.bounds(lines)).all(axis=1), dtype=bool)


def within(
    lines: NDArray[np.object_], boundary: Boundary, *, distance_m: float
) -> NDArray[np.bool_]:
    """Return which lines lie within a distance of the boundary.

    Parameters
    ----------
    lines
        In the boundary's coordinate system; those without a place are not near.
    boundary
        The common line.
    distance_m
        The distance, in metres.
    """
    # A copy, because preparing marks the geometry itself.
    line = shapely.from_wkb(shapely.to_wkb(boundary.line))
    shapely.prepare(line)
    here = placed(lines)
    near = np.zeros(len(lines), dtype=bool)
    near[here] = shapely.dwithin(line, lines[here], distance_m)
    return near


def away(layer: Layer, crs: CRS, boundary: Boundary) -> tuple[float, float]:
    """Return how far a layer's bounds lie from the boundary, in metres, and in which direction.

    Measured on the ellipsoid: a plan in the wrong system may lie where the working one has no
    numbers.
    """
    bounds = None if layer.bounds is None else transformed_bounds(layer.bounds, crs, WGS84)
    if bounds is None:
        return math.inf, 0.0
    line = transformed(boundary.line.simplify(SIMPLIFY_M), boundary.crs, WGS84)
    here, there = shapely.get_coordinates(shapely.shortest_line(line, shapely.box(*bounds)))
    bearing_deg, _, distance_m = ELLIPSOID.inv(*here, *there)
    return float(distance_m), float(bearing_deg) % 360


def compass(bearing_deg: float) -> str:
    """Return the letters of the nearest of eight directions."""
    return _COMPASS[round(bearing_deg / 45) % 8]
