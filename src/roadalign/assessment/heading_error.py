"""How well the deflection of a pair is known, from the accuracy of the two drawings.

A heading is the direction between two places of the drawing. Where each is drawn to σ (the root
mean square of its distance from the true place, so σ/√2 across the road), what one lies across the
other has the standard deviation σ, and over the length L between them the direction has atan(σ/L).
The two sides err independently of one another. That L is the length over which the heading is
fitted, or up to the vertices that carry it where those lie further apart: on a straight piece of
30 m there is no vertex to err at 15 m.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from roadalign.docking import Docking


def deflection_error_deg(docked: Docking, *, accuracy_m: tuple[float, float]) -> pd.Series:
    """Return the standard error of the deflection of every docking point.

    Parameters
    ----------
    docked
        What was found at the boundary.
    accuracy_m
        Standard deviation of positions of side A and of side B, 0 where none is stated.

    Returns
    -------
    pandas.Series
        Degrees, rows of ``docked.points``; ``<NA>`` where one side is alone, and everywhere where
        no accuracy is stated.
    """
    count = len(docked.points)
    unknown = pd.Series(pd.NA, index=range(count), dtype="Float64")
    if not any(accuracy_m) or not count:
        return unknown
    ends = docked.approaches
    sigma_m = np.where(ends["side"] == "a", *accuracy_m)
    error = np.degrees(np.arctan2(sigma_m, ends["known_m"].to_numpy(dtype=float)))
    squares = pd.Series(error**2).groupby(ends["point"].to_numpy()).agg(["sum", "count"])
    both = squares.loc[squares["count"] == 2, "sum"]  # noqa: PLR2004 (both sides are there)
    unknown.loc[both.index] = np.sqrt(both)
    return unknown
