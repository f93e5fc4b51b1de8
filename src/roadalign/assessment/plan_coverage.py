"""Whether a plan draws an existing road where it crosses the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.model.result import Network, Plan

    Floats = NDArray[np.float64]

REACH_M, STEP_M = 20.0, 2.0
"""How far inside each side an existing road is looked for in the plan, and how often."""

DRAWN, NOT_DRAWN = 0.9, 0.5
"""Shares of an existing road near the boundary: from the first on the plan has it; below the second
it does not; between them nobody can tell."""


def shares_drawn(
    network: Network,
    crossed: pd.DataFrame,
    ruler: Ruler,
    plans: dict[str, tuple[Plan, int]],
    *,
    within_m: float,
) -> dict[str, Floats]:
    """Return how much of each crossing road each plan draws on its own side.

    Parameters
    ----------
    network
        The existing roads.
    crossed
        Of `roadalign.assessment.network_state.crossings`.
    ruler
        The boundary.
    plans
        By side the plan, and on which side of the boundary it lies: +1 left, -1 right.
    within_m
        How near to the existing road the plan's road has to be.

    Returns
    -------
    dict
        By side the share of the `REACH_M` next to the boundary, shape ``(n,)``; of a road of
        several carriageways or ways that of the one drawn best; NaN where the road does not
        lead to that side.
    """
    steps_m = np.arange(STEP_M, REACH_M + STEP_M / 2, STEP_M)
    steps_m = np.concatenate([-steps_m[::-1], steps_m])
    at_m = crossed["at_m"].to_numpy(dtype=float)[:, None] + steps_m
    lines = np.asarray(network.roads.geometry.array, dtype=object)[crossed["road"].to_numpy(int)]
    on = (at_m >= 0) & (at_m <= shapely.length(lines)[:, None])
    row = np.nonzero(on)[0]
    spots = shapely.line_interpolate_point(lines[row], at_m[on])
    sign = np.sign(ruler.read(shapely.get_coordinates(spots).reshape(-1, 2)).distance_m)
    corridor = crossed["corridor"].to_numpy(dtype=int)
    found = {}
    for side, (plan, own_sign) in plans.items():
        mine = sign == own_sign
        tree = shapely.STRtree(np.asarray(plan.roads.geometry.array, dtype=object))
        near = np.zeros(int(mine.sum()), dtype=float)
        near[tree.query(spots[mine], predicate="dwithin", distance=within_m)[0]] = 1.0
        share = pd.Series(near).groupby(row[mine]).mean().reindex(range(len(crossed)))
        best = share.groupby(corridor).transform("max")
        found[side] = best.to_numpy(dtype=float)
    return found
