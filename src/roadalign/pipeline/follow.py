"""Fifth stage: decisions, and what became of each docking point since the run before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.ledger.baseline import baseline_record, change_columns, history_of
from roadalign.ledger.decisions_applied import decided, ledger_record
from roadalign.ledger.unchanged import Unchanged
from roadalign.locales import LANGUAGES, text
from roadalign.model.tables import FINDING_COLUMNS, typed
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from roadalign.pipeline.judge import Judged


@dataclass(frozen=True)
class Followed:
    """Judged docking points with decisions and changes.

    Parameters
    ----------
    judged
        What was found.
    points
        Docking points with ``decision``, ``change`` and what belongs to them.
    time
        Of the run, UTC.
    findings
        Finding I07 where more differs than can be real changes.
    ledger, since
        What a report says of the ledger and of the earlier run; ``None`` without them.
    history
        Every docking point of all versions so far.
    """

    judged: Judged
    points: pd.DataFrame
    time: str
    findings: pd.DataFrame
    ledger: dict[str, Any] | None = None
    since: dict[str, Any] | None = None
    history: list[dict[str, Any]] = field(default_factory=list)


def follow_up(judged: Judged, *, time: str) -> Followed:
    """Take in decisions and the earlier run.

    Parameters
    ----------
    judged
        What was found.
    time
        Of the run, UTC.
    """
    matched = judged.assessed.matched
    inputs, points = matched.inputs, judged.points
    entered = None
    if inputs.ledger is not None:
        points = decided(points, inputs.ledger, names=inputs.names)
        entered = {"file": inputs.ledger_file} | ledger_record(
            points, inputs.ledger, names=inputs.names
        )
    found = matched.succession
    if found is None:
        return Followed(judged, points, time, jump_finding(None), entered)
    limits = inputs.limits
    points = points.assign(**change_columns(found, points, time=time, limits=limits))
    unchanged = Unchanged.between(found.record["run"].get("features"), judged.assessed.features)
    since = baseline_record(found, points, unchanged=unchanged, limits=limits)
    history = history_of(found, points, time=time, crs=inputs.line.crs)
    return Followed(judged, points, time, jump_finding(since), entered, since, history)


def jump_finding(since: dict[str, Any] | None) -> pd.DataFrame:
    """Return finding I07 where more docking points differ than can be real changes."""
    if since is None or not since["jump"]:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    said = {f"message_{lang}": text(lang, "notes", "jump", **_jump(since)) for lang in LANGUAGES}
    row = {"rule": "I07", "severity": str(Severity.NOTICE), "value": since["differing"], **said}
    return typed(pd.DataFrame([row]), FINDING_COLUMNS)


def _jump(since: dict[str, Any]) -> dict[str, Any]:
    return {**since["counts"], **{key: since[key] for key in ("differing", "all", "time")}}
