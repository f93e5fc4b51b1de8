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
