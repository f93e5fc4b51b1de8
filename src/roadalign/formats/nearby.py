"""What lies near the boundary, and how far away the rest is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

from roadalign.georeferencing.crs import WGS84, transformed, transformed_bounds
from roadalign.model.run import InputNote
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from roadalign.georeferencing.crs import Bounds
    from roadalign.model.result import Boundary

_SIMPLIFY_M = 25.0  # of the band that is handed to the reader
_MARGIN_M = 75.0  # the band is this much larger, so that simplifying never loses a road
_STRETCH = 1.01  # and this share, because systems scale differently
_LONGEST_EDGE_M = 5_000.0  # straight lines of one system are curves in another
ELLIPSOID = Geod(ellps="WGS84")
_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def band_around(boundary: Boundary, band_m: float, crs: CRS) -> BaseGeometry | None:
    """Return the area within `band_m` of the boundary, a little larger, in another system.

    Parameters
    ----------
    boundary
        The common line.
    band_m
        Half the width of the area, in metres.
    crs
        In whose numbers to return it.

    Returns
    -------
    shapely geometry
        ``None`` where the system has no numbers for the place (far outside its area of use).
    """
    coarse = boundary.line.simplify(_SIMPLIFY_M)
    band = coarse.buffer(band_m * _STRETCH + _MARGIN_M + _SIMPLIFY_M, quad_segs=4)
    area = shapely.segmentize(band.simplify(_SIMPLIFY_M), _LONGEST_EDGE_M)
    moved = transformed(area, boundary.crs, crs)
    finite = np.isfinite(shapely.get_coordinates(moved)).all()
    return (moved if moved.is_valid else moved.buffer(0)) if finite else None


def near_features(
    lines: NDArray[np.object_], feature: NDArray[np.int64], boundary: Boundary, band_m: float
) -> tuple[NDArray[np.bool_], int]:
    """Return which lines belong to a feature near the boundary, and how many have no place.

    Parameters
    ----------
    lines
        Lines in the working system.
    feature
        For each line the feature it is a part of; a feature with one part near is near.
    boundary
        The common line.
    band_m
        What is near, in metres.
    """
    near = within(lines, boundary, distance_m=band_m)
    here = placed(lines)
    return here & np.isin(feature, feature[near]), int((~here).sum())


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


def nothing_near(bounds: Bounds, crs: CRS, boundary: Boundary, *, layer: str) -> InputNote:
    """Return the note that a layer has nothing near the boundary.

    Parameters
    ----------
    bounds
        Of the layer, in its own numbers.
    crs
        Its coordinate system.
    boundary
        The common line.
    layer
        Name of the layer.
    """
    distance_m, bearing_deg = away(bounds, crs, boundary)
    values: dict[str, object] = {
        "layer": layer,
        "distance_km": f"{distance_m / 1000:.1f}",
        "bearing_deg": f"{bearing_deg:.0f}",
        "compass": compass(bearing_deg),
    }
    return InputNote("I06", Severity.MISMATCH, "nothing_near", values)


def away(bounds: Bounds | None, crs: CRS, boundary: Boundary) -> tuple[float, float]:
    """Return how far some bounds lie from the boundary, in metres, and in which direction.

    Measured on the ellipsoid: a layer in the wrong system may lie where the working one has no
    numbers.

    Parameters
    ----------
    bounds
        In their own numbers; ``None`` is infinitely far away.
    crs
        Their coordinate system.
    boundary
        The common line.
    """
    there = None if bounds is None else transformed_bounds(bounds, crs, WGS84)
    if there is None:
        return math.inf, 0.0
    line = transformed(boundary.line.simplify(_SIMPLIFY_M), boundary.crs, WGS84)
    ends = shapely.get_coordinates(shapely.shortest_line(line, shapely.box(*there)))
    bearing_deg, _, distance_m = ELLIPSOID.inv(*ends[0], *ends[1])
    return float(distance_m), float(bearing_deg) % 360


def compass(bearing_deg: float) -> str:
    """Return the name of the direction nearest to a bearing, N for 0."""
    return _COMPASS[round(bearing_deg / 45) % 8]
