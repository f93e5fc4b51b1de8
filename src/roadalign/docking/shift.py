"""The shift that one whole side has against the other, found from the pairs themselves.

Two roads that cross the boundary tell of a shift only what lies across them: a pair with the axis
w and its right-hand normal r has the offset d·r for a shift d of B against A. Many pairs of more
than one direction give d by least squares; roads that really do not fit disagree with one
another and are weighed down (iteratively reweighted, Cauchy weights; Holland and Welsch, "Robust
regression using iteratively reweighted least-squares", 1977). What most pairs agree on is a fault
of the data, e.g. another datum; what is left is a matter of the plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from roadalign.docking.measure import measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.pairing import Pairing
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

FEWEST_PAIRS = 5
AGREEING_SHARE = 0.6
LEAST_SPREAD = 0.05
"""Share of the pairs' directions that must lie across a direction, else nothing is said of it:
where all roads are parallel only what lies across them is known, and taken for the shift."""

SCATTER_FLOOR_M = 0.3
MAD_TO_SIGMA = 1.4826
CAUCHY = 2.385
ROUNDS = 40
SETTLED_M = 1e-4
SURE_SIGMA = 4.0


@dataclass(frozen=True)
class Shift:
    """A constant shift of side B against side A.

    Parameters
    ----------
    east_m, north_m
        The shift: where B draws what A draws at the origin.
    scatter_m
        Robust standard deviation of the offsets that are left; an estimate of the accuracy of
        both sides together, √(σa² + σb²).
    pairs, agreeing
        Pairs it was found from, and those that it explains.
    certain
        Whether it is a shift at all: larger than ``shift_m`` and than what chance would make of
        the scatter, and the better explanation of most pairs.
    likely
        ``"a"`` or ``"b"``: the side without whose part of it the roads fit the boundary best;
        empty where that does not tell.
    """

    east_m: float
    north_m: float
    scatter_m: float
    pairs: int
    agreeing: int
    certain: bool
    likely: str = ""

    @property
    def vector(self) -> Floats:
        """The shift as a vector, shape ``(2,)``."""
        return np.array([self.east_m, self.north_m])

    def after(self, other: Shift) -> Shift:
        """Return this shift, found where another was already taken out, together with it."""
        return replace(
            self, east_m=self.east_m + other.east_m, north_m=self.north_m + other.north_m
        )

    @property
    def length_m(self) -> float:
        """Length of the shift."""
        return float(np.hypot(self.east_m, self.north_m))


def common_shift(
    side_a: SideEnds, side_b: SideEnds, pairing: Pairing, *, limits: Limits
) -> Shift | None:
    """Find the shift that most pairs have in common.

    Parameters
    ----------
    side_a, side_b
        Candidates of the two sides.
    pairing
        Pairs chosen as if there were no shift.
    limits
        Uses ``shift_m``: smaller shifts are not looked for.

    Returns
    -------
    Shift or None
        ``None`` where there are too few pairs to say anything.
    """
    asking = (
        side_a.ends["needs_counterpart"].to_numpy()[pairing.a]
        | side_b.ends["needs_counterpart"].to_numpy()[pairing.b]
    )
    a, b = pairing.a[asking], pairing.b[asking]
    if len(a) < FEWEST_PAIRS:
        return None
    place, heading = ["x", "y"], ["ux", "uy"]
    heading_a = side_a.ends[heading].to_numpy(dtype=float)[a]
    heading_b = side_b.ends[heading].to_numpy(dtype=float)[b]
    got = measure(
        side_a.ends[place].to_numpy(dtype=float)[a],
        heading_a,
        side_b.ends[place].to_numpy(dtype=float)[b],
        heading_b,
    )
    axis = heading_a - heading_b
    axis /= np.maximum(np.hypot(*axis.T), 1e-9)[:, None]
    normal = np.column_stack([axis[:, 1], -axis[:, 0]])
    return _fitted(normal, got.offset_m, least_m=limits["shift_m"])


def _fitted(normal: Floats, offset_m: Floats, *, least_m: float) -> Shift:
    count = len(offset_m)
    share, direction = np.linalg.eigh(normal.T @ normal / count)
    known = share >= LEAST_SPREAD
    basis = direction[:, known]
    seen = normal @ basis
    part: Floats = np.zeros(int(known.sum()))
    weight: Floats = np.ones(count)
    sigma = SCATTER_FLOOR_M
    for _ in range(ROUNDS):
        weighted = seen * weight[:, None]
        again = np.linalg.solve(weighted.T @ seen, weighted.T @ offset_m)
        left = offset_m - seen @ again
        sigma = max(MAD_TO_SIGMA * float(np.median(np.abs(left))), SCATTER_FLOOR_M)
        weight = 1 / (1 + (left / (CAUCHY * sigma)) ** 2)
        done = float(np.hypot(*(basis @ (again - part)))) < SETTLED_M
        part = np.asarray(again, dtype=float)
        if done:
            break
    east_m, north_m = (basis @ part).tolist()
    left = np.abs(offset_m - seen @ part)
    length_m = float(np.hypot(east_m, north_m))
    agreeing = int((left <= max(length_m / 3, SCATTER_FLOOR_M)).sum())
    sure_m = SURE_SIGMA * sigma / float(np.sqrt(share[known].min() * count))
    certain = (
        length_m >= max(least_m, sure_m)
        and agreeing >= max(FEWEST_PAIRS, AGREEING_SHARE * count)
        and float(np.median(left)) <= float(np.median(np.abs(offset_m))) / 2
    )
    return Shift(east_m, north_m, sigma, count, agreeing, bool(certain))
