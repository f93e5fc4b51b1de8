"""Roads that run along the boundary: they dock nowhere, they are shared.

A stroke counts as a boundary road where most of what it has near the boundary lies in a narrow
band and runs in the direction of the boundary (the three conditions and their values are those
of OpenMapsForEurope2's connecting lines: band 20 m, share 0.6, angle 25 degrees). It is found
before anything else is decided, for otherwise every wiggle of the boundary is a crossing. A short
road that ends at the line after coming towards it all the way fulfils the three as well, and is
none: it arrives, at a small angle.

A road of one side that ends at a boundary road of the other has what it came for: a driver turns
left or right there. It is a junction across the line and asks for nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

STEP_M = 10.0
NEAR_BANDS = 5.0
"""What lies within this many bands of the boundary is near it."""

SHORTEST_BANDS = 3.0
"""A road along the boundary over less than this many bands is no boundary road."""

ARRIVING_DEG = 10.0
"""A road that ends at the line and nears it at this angle or more arrives there. Ours: a road along
the line strays through a band of 20 m in more than 115 m, at less than this angle."""


def find_boundary_roads(
    lines: NDArray[np.object_], ruler: Ruler, *, limits: Limits
) -> NDArray[np.bool_]:
    """Return which strokes run along the boundary.

    Parameters
    ----------
    lines
        Strokes, shape ``(n,)``.
    ruler
        The boundary.
    limits
        Uses ``boundary_road_band_m``, ``boundary_road_share``, ``boundary_road_angle_deg``,
        ``touch_m``.
    """
    count = len(lines)
    band_m = limits["boundary_road_band_m"]
    candidates = np.unique(ruler.tree.query(lines, predicate="dwithin", distance=band_m)[0])
    flagged = np.zeros(count, dtype=bool)
    if len(candidates) == 0:
        return flagged
    dense = shapely.segmentize(lines[candidates], STEP_M)
    xy, index = shapely.get_coordinates(dense, return_index=True)
    inner = index[1:] == index[:-1]
    step = (xy[1:] - xy[:-1])[inner]
    middle = ((xy[1:] + xy[:-1]) / 2)[inner]
    stroke = index[:-1][inner]
    length = np.hypot(*step.T)
    close = shapely.dwithin(
        shapely.points(middle), ruler.line, NEAR_BANDS * band_m
    )  # the ruler is exact but slower: ask it only here
    step, middle, stroke, length = step[close], middle[close], stroke[close], length[close]
    reading = ruler.read(middle)
    unit = step / np.where(length > 0, length, 1)[:, None]
    cosine = np.abs(np.einsum("ij,ij->i", unit, reading.direction))
    along = (np.abs(reading.distance_m) <= band_m) & (
        cosine >= np.cos(np.radians(limits["boundary_road_angle_deg"]))
    )
    near_m = np.bincount(stroke, length, len(candidates))
    along_m = np.bincount(stroke, length * along, len(candidates))
    sine = unit[:, 1] * reading.direction[:, 0] - unit[:, 0] * reading.direction[:, 1]
    nearer_m = np.abs(np.bincount(stroke, sine * length * along, len(candidates)))
    arriving = nearer_m >= np.sin(np.radians(ARRIVING_DEG)) * along_m
    tips = shapely.get_point(lines[candidates][:, None], [0, -1])
    arriving &= shapely.dwithin(tips, ruler.line, limits["touch_m"]).any(axis=1)
    flagged[candidates] = (
        (along_m > limits["boundary_road_share"] * near_m)
        & (along_m >= SHORTEST_BANDS * band_m)
        & ~arriving
    )
    return flagged


def find_joining(
    place: Floats, heading: Floats, boundary_roads: NDArray[np.object_], *, limits: Limits
) -> NDArray[np.bool_]:
    """Return which ends of one side arrive at a boundary road of the other.

    Parameters
    ----------
    place, heading
        Ends P and their outward unit headings, shape ``(n, 2)``.
    boundary_roads
        Boundary roads of the other side.
    limits
        Uses ``boundary_road_band_m``, how far ahead of an end the road may lie, and ``touch_m``,
        how far beside it.
    """
    ahead = place + limits["boundary_road_band_m"] * heading
    ways = shapely.linestrings(np.stack([place, ahead], axis=1))
    met = shapely.STRtree(boundary_roads).query(
        ways, predicate="dwithin", distance=limits["touch_m"]
    )[0]
    joining = np.zeros(len(place), dtype=bool)
    joining[met] = True
    return joining
