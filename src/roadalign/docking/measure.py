"""The four measures of a pair of ends, as anyone can take them with a ruler.

Each end has a place P and a unit heading u out of its own side. The axis of the pair is
w = (u_a - u_b) / |u_a - u_b|, the direction in which both roads together go from A to B.

- gap: (P_b - P_a) · w, negative where the ends overlap
- offset: distance of P_b from the line through P_a along w, positive to the right looking
  from A to B
- deflection: angle between u_a and -u_b, 0 = straight on
- link: |P_b - P_a|
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measures:
    """Measures of pairs of ends, each of shape ``(n,)``."""

    gap_m: Floats
    offset_m: Floats
    deflection_deg: Floats
    link_m: Floats


def measure(place_a: Floats, heading_a: Floats, place_b: Floats, heading_b: Floats) -> Measures:
    """Measure pairs of ends.

    Parameters
    ----------
    place_a, place_b
        Ends P in metres, shape ``(n, 2)``.
    heading_a, heading_b
        Outward unit headings u, shape ``(n, 2)``.

    Returns
    -------
    Measures
        Where the two headings are the same (a pair that turns back, deflection 180) there is no
        axis; the link's direction stands in for it.
    """
    between = place_b - place_a
    link = np.hypot(*between.T)
    axis = heading_a - heading_b
    size = np.hypot(*axis.T)
    lost = size < 1e-9  # noqa: PLR2004 (headings equal to rounding)
    fallback = between / np.where(link > 0, link, 1)[:, None]
    axis = np.where(lost[:, None], fallback, axis / np.where(lost, 1, size)[:, None])
    gap = np.einsum("ij,ij->i", between, axis)
    offset = between[:, 0] * axis[:, 1] - between[:, 1] * axis[:, 0]
    cosine = np.clip(-np.einsum("ij,ij->i", heading_a, heading_b), -1, 1)
    return Measures(gap, offset, np.degrees(np.arccos(cosine)), link)
