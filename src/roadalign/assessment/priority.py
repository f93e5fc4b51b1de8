"""In which order the docking points should be discussed.

``priority`` runs from 0 to 100 and is the sum of its parts, each in a column of its own. The five
criteria by which the Yangtze delta chose its first roads to connect (2018) are named where a part
says something of them; whether both sides are willing stands in no plan and is not scored.

========= ============================================ ==========================
part      what it says                                 criterion of 2018
========= ============================================ ==========================
severity     how bad the worst finding is                 —
class     rank of the higher road                      clear traffic function
benefit   detour, minutes saved, access gained         clear benefit for the network
timing    how firm the plans are                       construction plan clear
certainty how sure the program is                      —
ease      how little has to be moved (先易后难)        plans agree
========= ============================================ ==========================

A part that is not known counts half. A point with nothing at ``notice`` or above has priority 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from roadalign.model.words import OPEN, SEVERITY_ORDER, Severity
from roadalign.settings import DEFAULT_WEIGHTS, RANKING_PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PARTS = RANKING_PARTS
WHOLE = 100.0
HIGHEST_RANK = 6
NORMAL_RATIO, POOR_RATIO = 1.4, 3.0
"""Ratio of way to straight line: below the first normal, above the second as bad as it gets."""

MUCH_MINUTES = 15.0
MUCH_ACCESS_PCT = 5.0
"""Access gained, in percent of all people or jobs near the boundary, that is as good as it gets."""

EASY_LINK_M = 100.0
"""A link this long is half as easy as none."""

LONE_EASE = 0.2
"""Where one side has no road there is most to do, but not nothing can be done."""

FIRMNESS = {
    "construction": 1.0,
    "existing": 0.9,
    "planned": 0.6,
    "reserved": 0.3,
    "proposed": 0.2,
    "abandoned": 0.0,
}


def priorities(
    points: pd.DataFrame, *, weights: Mapping[str, float] | None = None
) -> dict[str, pd.Series]:
    """Return the priority of each docking point and its parts.

    Parameters
    ----------
    points
        Docking points with severity, confidence, measures, and what the network says of them.
    weights
        By name of the part, other than `DEFAULT_WEIGHTS`; only their proportion counts.

    Returns
    -------
    dict
        ``priority`` (0 to 100) and ``priority_severity``, ``priority_class``, …, which add up
        to it; one decimal.
    """
    share = DEFAULT_WEIGHTS | dict(weights or {})
    whole = sum(share.values()) or 1.0
    severity = (
        points["severity"]
        .map({str(severity): n for severity, n in SEVERITY_ORDER.items()})
        .astype(float)
    )
    scores = {
        "severity": severity / SEVERITY_ORDER[Severity.SEVERE],
        "class": higher_ranks(points) / HIGHEST_RANK,
        "benefit": _benefit(points),
        "timing": _firmness(points),
        "certainty": points["confidence"],
        "ease": _ease(points),
    }
    found = {
        f"priority_{part}": (
            (scores[part].astype("Float64").fillna(0.5).astype(float) * share[part] * WHOLE / whole)
            .where(severity > 0, 0.0)
            .round(1)
        )
        for part in PARTS
    }
    total = sum(found.values(), start=pd.Series(0.0, index=points.index))
    return {"priority": total.clip(0, WHOLE).round(1), **found}


def worth_drawing(points: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell at which docking points the way around is worth a line on a map.

    Parameters
    ----------
    points
        Docking points with their verdict, and what the network says of them.

    Returns
    -------
    numpy.ndarray
        Where a way was found, and the point is open or the way is longer than
        `NORMAL_RATIO` allows.
    """
    long = points["detour_ratio"].astype("Float64") > NORMAL_RATIO
    open_ = points["verdict"].isin(OPEN)
    worth = (points["detour_state"] == "found") & (open_ | long)
    return worth.fillna(value=False).to_numpy(dtype=bool)


def higher_ranks(points: pd.DataFrame) -> pd.Series:
    """Return the rank of the higher class of both sides, ``<NA>`` where neither is known."""
    ranks: pd.Series = points[["a_road_class", "b_road_class"]].astype("Float64").max(axis=1)
    return ranks


def _benefit(points: pd.DataFrame) -> pd.Series:
    """Return the best of what ratio, minutes and access say; no way at all is the most."""
    ratio = (points["detour_ratio"].astype("Float64") - NORMAL_RATIO) / (POOR_RATIO - NORMAL_RATIO)
    minutes = points["minutes_saved"].astype("Float64") / MUCH_MINUTES
    access = points["access_gain_pct"].astype("Float64") / MUCH_ACCESS_PCT
    best = pd.concat([part.clip(0, 1) for part in (ratio, minutes, access)], axis=1).max(axis=1)
    no_way = (points["detour_state"] == "no_way").fillna(value=False)
    return best.mask(no_way, 1.0).astype("Float64")


def _firmness(points: pd.DataFrame) -> pd.Series:
    sides = [points[f"{side}_status"].map(FIRMNESS).astype("Float64") for side in ("a", "b")]
    firm: pd.Series = pd.concat(sides, axis=1).max(axis=1).astype("Float64")
    return firm


def _ease(points: pd.DataFrame) -> pd.Series:
    link = points["link_m"].astype("Float64")
    turn = points["deflection_deg"].astype("Float64").fillna(0.0)
    bend = np.radians(turn.clip(0, 90).to_numpy(dtype=float))
    straight = pd.Series(np.cos(bend), index=points.index)
    ease = straight / (1 + link / EASY_LINK_M)
    lone = points["a_fid"].isna() | points["b_fid"].isna()
    eased: pd.Series = ease.mask(lone, LONE_EASE).astype("Float64")
    return eased
