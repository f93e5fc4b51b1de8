"""A constant shift too large for pairing, found by a vote of road ends.

Every free end of one side and every free end of the other that points the opposite way votes for
the vector between them (a generalised Hough transform; Ballard, "Generalizing the Hough transform
to detect arbitrary shapes", 1981). Votes of ends that do not belong together scatter over the
whole search area; those of ends that do fall into one cell if a whole side is shifted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.signal import convolve2d
from scipy.spatial import KDTree

from roadalign.docking.headings import fit_headings
from roadalign.docking.strokes import make_strokes

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

REACH_M = 1_500.0
CELL_M = 10.0
TURN_DEG = 8.0
FEWEST_VOTES = 5
TIMES_NEXT = 1.5
NEAR_M = 15.0


def voted_shift(
    roads_a: gpd.GeoDataFrame, roads_b: gpd.GeoDataFrame, line: BaseGeometry, *, limits: Limits
) -> Floats | None:
    """Return the vector by which B's road ends lie off A's, if most votes agree on one.

    Parameters
    ----------
    roads_a, roads_b
        Canonical road tables of the two sides.
    line
        The boundary.
    limits
        Uses ``node_tolerance_m`` and ``heading_minor_m``.

    Returns
    -------
    numpy.ndarray or None
        East and north in metres; ``None`` where no vector stands out.
    """
    ends = [_free_ends(roads, line, limits=limits) for roads in (roads_a, roads_b)]
    (place_a, heading_a), (place_b, heading_b) = ends
    if min(len(place_a), len(place_b)) < FEWEST_VOTES:
        return None
    near = KDTree(place_a).sparse_distance_matrix(KDTree(place_b), REACH_M, output_type="ndarray")
    a, b = near["i"].astype(np.intp), near["j"].astype(np.intp)
    opposite = -np.einsum("ij,ij->i", heading_a[a], heading_b[b]) >= np.cos(np.radians(TURN_DEG))
    vector = (place_b[b] - place_a[a])[opposite]
    if len(vector) < FEWEST_VOTES:
        return None
    edges = np.arange(-REACH_M, REACH_M + CELL_M, CELL_M)
    votes = np.histogram2d(vector[:, 0], vector[:, 1], bins=(edges, edges))[0]
    around = convolve2d(votes, np.ones((3, 3)), mode="same")
    peak = np.unravel_index(int(np.argmax(around)), around.shape)
    most = float(around[peak])
    rows, columns = np.ogrid[: around.shape[0], : around.shape[1]]
    elsewhere = np.maximum(np.abs(rows - peak[0]), np.abs(columns - peak[1])) > 3  # noqa: PLR2004
    if most < FEWEST_VOTES or most < TIMES_NEXT * float(around[elsewhere].max(initial=0.0)):
        return None
    middle = np.array([edges[peak[0]], edges[peak[1]]]) + CELL_M / 2
    agreeing = vector[np.hypot(*(vector - middle).T) <= NEAR_M]
    return np.asarray(np.median(agreeing, axis=0), dtype=float)


def _free_ends(
    roads: gpd.GeoDataFrame, line: BaseGeometry, *, limits: Limits
) -> tuple[Floats, Floats]:
    """Return places and outward headings of the free ends near the boundary."""
    strokes = make_strokes(roads, tolerance_m=limits["node_tolerance_m"])
    places, headings = [], []
    for start, back in ((True, 1), (False, -1)):
        free = strokes.end_last[:, 0 if start else 1]
        lines = strokes.lines[free]
        at_m = np.zeros(len(lines)) if start else shapely.length(lines)
        points = shapely.line_interpolate_point(lines, at_m)
        near = shapely.dwithin(points, line, REACH_M)
        lines, at_m = lines[near], at_m[near]
        stretch = np.full(len(lines), limits["heading_minor_m"])
        headings.append(fit_headings(lines, at_m, np.full(len(lines), back), stretch)[0])
        places.append(shapely.get_coordinates(points[near]).reshape(-1, 2))
    return np.concatenate(places), np.concatenate(headings)
