"""Whether the two sides' layers lie where they should against one another.

A shift of a whole side is one fault of the data and not as many mismatches as there are roads
(finding I02). Nothing is moved because of it; the limits of distances between the two sides are
widened by its length, so that only what it does not explain is still reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.locales import text
from roadalign.model.levels import Level
from roadalign.model.tables import FINDING_COLUMNS, typed

if TYPE_CHECKING:
    from roadalign.config import Limits, Settings
    from roadalign.docking import Docking

COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def doubt_m(docked: Docking, *, settings: Settings) -> float:
    """Return by how much the limits of distances between the sides are widened.

    Parameters
    ----------
    docked
        What was found at the boundary.
    settings
        ``accuracy_m`` of both sides: √(σa² + σb²).
    """
    together_m: float = np.hypot(settings.a.accuracy_m, settings.b.accuracy_m)
    return float(together_m + docked.shift_m)


def position_record(docked: Docking, *, settings: Settings) -> dict[str, Any]:
    """Return what is known of the sides' positions, for ``run.position`` of the result.

    Returns
    -------
    dict
        ``accuracy_a_m``, ``accuracy_b_m`` as set, ``widened_m`` (added to positional limits),
        ``shift_east_m``, ``shift_north_m`` of B against A (0 where none is certain),
        ``scatter_m`` (robust standard deviation of the offsets left, an estimate of
        √(σa² + σb²); ``None`` where the pairs are too few), ``pairs`` and ``agreeing``.
    """
    found = docked.shift
    certain = found is not None and found.certain
    return {
        "accuracy_a_m": float(settings.a.accuracy_m),
        "accuracy_b_m": float(settings.b.accuracy_m),
        "widened_m": round(doubt_m(docked, settings=settings), 2),
        "shift_east_m": round(found.east_m, 2) if found and certain else 0.0,
        "shift_north_m": round(found.north_m, 2) if found and certain else 0.0,
        "scatter_m": round(found.scatter_m, 2) if found else None,
        "pairs": found.pairs if found else 0,
        "agreeing": found.agreeing if found else 0,
    }


def shift_finding(docked: Docking, *, names: tuple[str, str], limits: Limits) -> pd.DataFrame:
    """Return finding I02 where one whole side is shifted, no row otherwise.

    Parameters
    ----------
    docked
        What was found at the boundary.
    names
        Names of the two sides.
    limits
        A shift above ``offset_notice_m`` is a mismatch, a smaller one a notice.
    """
    found = docked.shift
    if found is None or not found.certain:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    bearing_deg = float(np.degrees(np.arctan2(found.east_m, found.north_m)) % 360)
    said = {
        "name_a": names[0],
        "name_b": names[1],
        "shift_m": f"{found.length_m:.1f}",
        "bearing_deg": f"{bearing_deg:.0f}",
        "compass": COMPASS[round(bearing_deg / 45) % 8],
        "agreeing": found.agreeing,
        "pairs": found.pairs,
    }
    limit_m = limits["offset_notice_m"]
    row = {
        "rule": "I02",
        "level": str(Level.MISMATCH if found.length_m > limit_m else Level.NOTICE),
        "value": found.length_m,
        "unit": "m",
        "limit": limit_m,
        "limit_name": "offset_notice_m",
        "message_en": text("en", "notes", "systematic_shift", **said),
        "message_zh": text("zh", "notes", "systematic_shift", **said),
    }
    return typed(pd.DataFrame([row]), FINDING_COLUMNS)
