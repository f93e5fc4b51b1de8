"""The heading of a road's end: a straight line fitted to its last stretch.

The stretch is as long as the class allows (a fast road is straight over a longer way) but no
longer than the road is straight: it is halved until no vertex lies further than
`STRAIGHT_WITHIN_M` off the fitted line, so that a road which bends at the boundary gets its
direction *at* the boundary. The fit is a total-least-squares line through points spaced evenly
along the stretch, so that densely digitised parts do not weigh more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STRAIGHT_WITHIN_M = 0.4
SHORTEST_M = 4.0
SAMPLES = 16
SAME_M = 0.01


def fit_headings(
    lines: NDArray[np.object_], at_m: Floats, back: NDArray[np.int_], length_m: Floats
) -> tuple[Floats, Floats]:
    """Fit the outward headings of road ends.

    Parameters
    ----------
    lines
        The stroke of each end, shape ``(n,)``.
    at_m
        Where on its stroke each end lies, distance along it.
    back
        Direction in which the road comes from its own side: ``-1`` where the stroke runs towards
        the boundary (look back to smaller distances), ``+1`` where it runs away from it.
    length_m
        Longest stretch to fit, per end.

    Returns
    -------
    heading, stretch_m
        Unit outward heading, shape ``(n, 2)``, and the length it was fitted over.
    """
    total = shapely.length(lines)
    room = np.where(back < 0, at_m, total - at_m)
    stretch = np.minimum(length_m, np.maximum(room, 1e-3))
    heading, off = _fit(lines, at_m, back, stretch)
    bent = (off > STRAIGHT_WITHIN_M) & (stretch > SHORTEST_M)
    while bent.any():
        stretch = np.where(bent, np.maximum(stretch / 2, SHORTEST_M), stretch)
        again, off_again = _fit(lines[bent], at_m[bent], back[bent], stretch[bent])
        heading[bent], off[bent] = again, off_again
        bent = bent & (off > STRAIGHT_WITHIN_M) & (stretch > SHORTEST_M)
    return heading, stretch


def known_lengths(
    lines: NDArray[np.object_], at_m: Floats, back: NDArray[np.int_], stretch_m: Floats
) -> Floats:
    """Return over which length the drawing carries each heading.

    Parameters
    ----------
    lines, at_m, back
        As in `fit_headings`.
    stretch_m
        What the headings were fitted over.

    Returns
    -------
    numpy.ndarray
        Distance along the stroke between the two vertices that enclose the stretch, shape ``(n,)``,
        never less than the stretch: between them there is nothing that could be drawn wrong.
    """
    inner = at_m + back * stretch_m
    low, high = np.minimum(at_m, inner), np.maximum(at_m, inner)
    known = np.empty(len(lines))
    for k, line in enumerate(lines):
        xy = shapely.get_coordinates(line)
        vertex = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        first = max(int(np.searchsorted(vertex, low[k] + SAME_M, side="right")) - 1, 0)
        last = min(int(np.searchsorted(vertex, high[k] - SAME_M)), len(vertex) - 1)
        known[k] = vertex[last] - vertex[first]
    return np.maximum(known, stretch_m)


def _fit(
    lines: NDArray[np.object_], at_m: Floats, back: NDArray[np.int_], stretch: Floats
) -> tuple[Floats, Floats]:
    if len(lines) == 0:
        return np.empty((0, 2)), np.empty(0)
    steps = np.linspace(0.0, 1.0, SAMPLES)
    measure = at_m[:, None] + back[:, None] * steps[None, :] * stretch[:, None]
    points = shapely.line_interpolate_point(lines[:, None], np.maximum(measure, 0.0))
    xy = shapely.get_coordinates(points.ravel()).reshape(len(lines), SAMPLES, 2)
    centred = xy - xy.mean(axis=1, keepdims=True)
    spread = np.einsum("nki,nkj->nij", centred, centred)
    direction = np.linalg.eigh(spread)[1][:, :, 1]
    outward = xy[:, 0] - xy[:, -1]
    direction = direction * np.where(np.einsum("ni,ni->n", direction, outward) < 0, -1, 1)[:, None]
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    off = np.abs(np.einsum("nki,ni->nk", centred, normal)).max(axis=1)
    return direction, off
