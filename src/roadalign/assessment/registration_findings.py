"""Whether the two sides' layers lie where they should against one another.

A shift of a whole side is one fault of the data and not as many mismatches as there are roads
(finding I02). Nothing is moved because of it; the limits of distances between the two sides are
widened by its length, so that only what it does not explain is still reported.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.assessment.registration import SHIFT
from roadalign.locales import text
from roadalign.model.tables import FINDING_COLUMNS, typed
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from roadalign.assessment.registration import Reading, Trial, Untried
    from roadalign.model.result import Boundary, Plan
    from roadalign.settings import Settings
    from roadalign.settings.limits import Limits

SYSTEMS = {"gcj02": "GCJ-02", "bd09": "BD-09"}
SWAPPED_SHARE = 0.8
"""Both plans with more of their length in the other's area than this are in the wrong order."""

COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def doubt_m(reading: Reading, *, settings: Settings) -> float:
    """Return by how much the limits of distances between the sides are widened.

    Parameters
    ----------
    reading
        What came of reading the sides.
    settings
        ``accuracy_m`` of both sides: √(σa² + σb²).
    """
    together_m: float = np.hypot(settings.a.accuracy_m, settings.b.accuracy_m)
    displaced_m = reading.accepted.displacement_m if reading.accepted else 0.0
    return float(together_m + reading.docked.shift_m + displaced_m)


def position_record(reading: Reading, *, settings: Settings) -> dict[str, Any]:
    """Return what is known of the sides' positions, for ``run.position`` of the result.

    Returns
    -------
    dict
        ``accuracy_a_m``, ``accuracy_b_m`` as set, ``widened_m`` (added to positional limits),
        ``shift_east_m``, ``shift_north_m`` of B against A (0 where none is certain),
        ``scatter_m`` (robust standard deviation of the offsets left, an estimate of
        √(σa² + σb²); ``None`` where the pairs are too few), ``pairs``, ``agreeing``,
        ``readings`` (each way the sides were read for a trial: ``side``, ``reading``,
        ``points``, ``agreeing``, ``displacement_m``), ``accepted`` (the place of the one that
        explains the layers, else ``None``) and ``moved_a_m``, ``moved_b_m`` (as told).
    """
    found = reading.docked.shift
    certain = found is not None and found.certain
    accepted = reading.accepted
    return {
        "accuracy_a_m": float(settings.a.accuracy_m),
        "accuracy_b_m": float(settings.b.accuracy_m),
        "widened_m": round(doubt_m(reading, settings=settings), 2),
        "shift_east_m": round(found.east_m, 2) if found and certain else 0.0,
        "shift_north_m": round(found.north_m, 2) if found and certain else 0.0,
        "scatter_m": round(found.scatter_m, 2) if found else None,
        "pairs": found.pairs if found else 0,
        "agreeing": found.agreeing if found else 0,
        "readings": [dataclasses.asdict(trial) for trial in reading.trials],
        "accepted": None if accepted is None else reading.trials.index(accepted),
        "moved_a_m": [round(value, 2) for value in reading.applied[0]],
        "moved_b_m": [round(value, 2) for value in reading.applied[1]],
    }


def position_findings(reading: Reading, *, names: tuple[str, str], limits: Limits) -> pd.DataFrame:
    """Return finding I02 where one whole side lies elsewhere, and where a side was moved.

    A reading that could not be tried is told as a notice: whether it fits is not known.

    Parameters
    ----------
    reading
        What came of reading the sides.
    names
        Names of the two sides.
    limits
        A shift above ``offset_notice_m`` is a mismatch, a smaller one a notice.
    """
    rows = []
    if reading.accepted is not None:
        rows.append(_otherwise(reading, reading.accepted, names=names))
    found = reading.docked.shift
    if found is not None and found.certain and reading.accepted is None:
        severity = (
            Severity.MISMATCH if found.length_m > limits["offset_notice_m"] else Severity.NOTICE
        )
        said = _towards(found.east_m, found.north_m, names) | {
            "agreeing": found.agreeing,
            "pairs": found.pairs,
        }
        row = _row(str(severity), found.length_m, "systematic_shift", said)
        rows.append(row | {"limit": limits["offset_notice_m"], "limit_name": "offset_notice_m"})
    for k, (east_m, north_m) in enumerate(reading.applied):
        length_m = float(np.hypot(east_m, north_m))
        if length_m > 0:
            said = _towards(east_m, north_m, (names[k], names[k]))
            rows.append(_row(str(Severity.NOTICE), length_m, "side_moved", said, side="ab"[k]))
    rows += [_untried(one, names=names) for one in reading.untried]
    return typed(pd.DataFrame(rows), FINDING_COLUMNS)


def swapped_finding(
    line: Boundary, plans: tuple[Plan, Plan], *, names: tuple[str, str]
) -> pd.DataFrame:
    """Return finding I02 where each plan lies in the area given for the other side.

    Parameters
    ----------
    line
        The boundary; without areas nothing can be told.
    plans
        The two plans.
    names
        Names of the two sides.
    """
    if line.area_a is None or line.area_b is None:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    astray = [
        _length_m(plan, other) / max(_length_m(plan, own) + _length_m(plan, other), 1.0)
        for plan, own, other in (
            (plans[0], line.area_a, line.area_b),
            (plans[1], line.area_b, line.area_a),
        )
    ]
    if min(astray) < SWAPPED_SHARE:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    shares = {f"share_{side}": f"{100 * one:.0f}" for side, one in zip("ab", astray, strict=True)}
    said = {"name_a": names[0], "name_b": names[1], **shares}
    row = _row(str(Severity.SEVERE), 100 * min(astray), "sides_swapped", said) | {"unit": "%"}
    return typed(pd.DataFrame([row]), FINDING_COLUMNS)


def _length_m(plan: Plan, area: BaseGeometry) -> float:
    """Return how much road, in metres, has its middle in an area."""
    lines = np.asarray(plan.roads.geometry.array, dtype=object)
    if not len(lines):
        return 0.0
    shapely.prepare(area)
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    return float(shapely.length(lines)[shapely.intersects(area, middle)].sum())


def _otherwise(reading: Reading, trial: Trial, *, names: tuple[str, str]) -> dict[str, Any]:
    plain = reading.trials[0]
    said: dict[str, Any] = {
        "name": names["ab".index(trial.side)],
        "other": names[1 - "ab".index(trial.side)],
        "agreeing": trial.agreeing,
        "points": trial.points,
        "agreeing_now": plain.agreeing,
        "points_now": plain.points,
        "displacement_m": f"{trial.displacement_m:.0f}",
    }
    if trial.reading == SHIFT:
        said |= _towards(*reading.vector, names)
        return _row(str(Severity.SEVERE), trial.displacement_m, "large_shift", said)
    said["system"] = SYSTEMS.get(trial.reading, trial.reading)
    said["option"] = f"--assume-crs {trial.side}={trial.reading}"
    return _row(str(Severity.SEVERE), trial.displacement_m, "other_system", said, side=trial.side)


def _untried(one: Untried, *, names: tuple[str, str]) -> dict[str, Any]:
    key = {SHIFT: "shift_untried", "": "systems_untried"}.get(one.reading, "reading_untried")
    system = SYSTEMS.get(one.reading, one.reading)
    said = {"name": names["ab".index(one.side)], "system": system, "problem": one.problem}
    row = _row(str(Severity.NOTICE), float("nan"), key, said, side=one.side)
    return row | {"value": None, "unit": None}


def _towards(east_m: float, north_m: float, names: tuple[str, str]) -> dict[str, Any]:
    bearing_deg = float(np.degrees(np.arctan2(east_m, north_m)) % 360)
    return {
        "name_a": names[0],
        "name_b": names[1],
        "shift_m": f"{float(np.hypot(east_m, north_m)):.1f}",
        "bearing_deg": f"{bearing_deg:.0f}",
        "compass": COMPASS[round(bearing_deg / 45) % 8],
    }


def _row(
    severity: str, value_m: float, key: str, said: dict[str, Any], *, side: str | None = None
) -> dict[str, Any]:
    return {
        "rule": "I02",
        "severity": severity,
        "side": side,
        "value": value_m,
        "unit": "m",
        "message_en": text("en", "notes", key, **said),
        "message_zh": text("zh", "notes", key, **said),
    }
