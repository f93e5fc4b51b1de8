"""In which order the docking points should be discussed.

``priority`` runs from 0 to 100: half of it is how bad the worst finding is, 30 the class of the
road, 20 how sure the program is. A point with nothing at ``notice`` or above has priority 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from roadalign.model.levels import SEVERITY, Level

if TYPE_CHECKING:
    import pandas as pd

LEVEL_PART, CLASS_PART, CERTAINTY_PART = 50.0, 30.0, 20.0
HIGHEST_RANK = 6
UNKNOWN_RANK = 3


def priorities(points: pd.DataFrame) -> pd.Series:
    """Return the priority of each docking point.

    Parameters
    ----------
    points
        Docking points with ``level``, ``confidence`` and the two sides' ``road_class``.

    Returns
    -------
    pandas.Series
        0 to 100, one decimal.
    """
    severity = points["level"].map({str(level): n for level, n in SEVERITY.items()})
    badness = severity.astype(float) / SEVERITY[Level.SEVERE]
    ranks = points[["a_road_class", "b_road_class"]].astype("Float64")
    rank = ranks.max(axis=1).fillna(UNKNOWN_RANK).astype(float) / HIGHEST_RANK
    sure = points["confidence"].astype("Float64").fillna(0.5).astype(float)
    total = LEVEL_PART * badness + CLASS_PART * rank + CERTAINTY_PART * sure
    return total.where(badness > 0, 0.0).apply(lambda value: float(np.round(value, 1)))
