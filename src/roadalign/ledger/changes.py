"""What became of a docking point between two versions, and which of its values differ.

====================== ==================================================================
word                   meaning
====================== ==================================================================
new                    no earlier version had it
same                   nothing that is tracked differs (``tracked`` in ``standards/columns.toml``)
changed                a value does, and the verdict stands as it stood
improved               it is open still, and less of it differs
worsened               more differs, or one side's road is gone
resolved               it was open and is aligned now, in every aspect compared before
reopened               it is open again after it was resolved, or was gone
not_comparable         it waits for data, or did, or what was compared before is not any more
gone                   an earlier version had it and both sides' roads are gone; it has no row in a
                       result
====================== ==================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.ledger.identity_features import is_open
from roadalign.model.columns import BY_VALUE, tracked_columns
from roadalign.model.words import (
    DECIDING,
    SEVERITY_ORDER,
    AspectOutcome,
    Change,
    Severity,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadalign.settings.limits import Limits

DIGITS = 3


def fields() -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the columns that differ by value, and those that differ by a limit, with its name."""
    tracked = tracked_columns("docking_point")
    exact = tuple(name for name, how in tracked.items() if how == BY_VALUE)
    return exact, {name: how for name, how in tracked.items() if how != BY_VALUE}


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], *, limits: Limits
) -> list[dict[str, Any]]:
    """Return what differs between two states of one docking point.

    Parameters
    ----------
    old, new
        Rows of docking points; unknown is ``None`` or ``<NA>``.
    limits
        Uses ``changed_m`` and ``changed_deg``.

    Returns
    -------
    list of dict
        ``field``, ``old``, ``new``; unknown is ``None``.
    """
    exact, measured = fields()
    found = [
        {"field": name, "old": one, "new": two}
        for name in exact
        if name in old  # a report of an older program lacks columns
        and (one := value_of(old, name)) != (two := value_of(new, name))
    ]
    for name, limit in measured.items():
        one, two = value_of(old, name), value_of(new, name)
        if one is None and two is None:
            continue
        if one is None or two is None or abs(two - one) >= limits[limit]:
            found.append({"field": name, "old": one, "new": two})
    return found


def value_of(row: Mapping[str, Any], name: str) -> Any:
    """Return one value as JSON knows it, rounded; ``None`` where it is unknown."""
    value = row.get(name)
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    return round(value, DIGITS) + 0.0 if isinstance(value, float) else value


def value_text(value: Any) -> str | None:
    """Return a value of `value_of` as people write it."""
    if value is None:
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def road_called(row: Mapping[str, Any], prefix: str = "") -> str | None:
    """Return what a side calls its road: number and name, else the class as written."""
    ref, name, kind = (value_of(row, f"{prefix}{key}") for key in ("ref", "name", "class_text"))
    parts = [str(part) for part in (ref, name) if part]
    return " ".join(dict.fromkeys(parts)) or kind


def change_word(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    states: Sequence[Mapping[str, Any]],
    retired: bool,
    limits: Limits,
) -> str:
    """Return what became of a docking point that an earlier version had.

    Parameters
    ----------
    old, new
        Its rows in the two versions; of a retired point, ``old`` is not looked at.
    states
        Its verdicts so far, oldest first, as `roadalign.ledger.history` keeps them.
    retired
        Whether it was gone in between.
    limits
        See `differences`.
    """
    was_open = any(state["unresolved"] for state in states)
    if retired:
        return _returned(states[-1], new)
    word = _verdict_word(old, new, was_open=was_open)
    if word is not None:
        return word
    return str(Change.CHANGED if differences(old, new, limits=limits) else Change.SAME)


def _returned(last: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return what became of a point that was gone and is there again."""
    if new["verdict"] == Verdict.UNDETERMINED:
        return str(Change.NOT_COMPARABLE)
    if is_open(new):
        return str(Change.REOPENED)
    return str(Change.RESOLVED if last["unresolved"] else Change.CHANGED)


def _verdict_word(old: Mapping[str, Any], new: Mapping[str, Any], *, was_open: bool) -> str | None:
    """Return what became of the verdict of a point; ``None`` where it stands as it stood."""
    if is_pair(old) and not is_pair(new):
        return str(Change.WORSENED)
    if not _comparable(old, new):
        return str(Change.NOT_COMPARABLE)
    before, now = is_open(old), is_open(new)
    if before and not now:
        return str(Change.RESOLVED)
    if now and not before:
        return str(Change.REOPENED if was_open else Change.WORSENED)
    return _open_word(old, new) if now else None


def _open_word(old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
    """Return whether a point that was open and is open got better or worse, else ``None``."""
    told = any(value_of(old, aspect) for aspect in DECIDING)
    one, two = _weight(old, outcomes=told), _weight(new, outcomes=told)
    if one == two:
        return None
    return str(Change.IMPROVED if two < one else Change.WORSENED)


def _comparable(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether two verdicts speak of the same: nothing compared before is left out now."""
    verdicts = {str(old["verdict"]), str(new["verdict"])}
    if len(verdicts) > 1 and str(Verdict.UNDETERMINED) in verdicts:
        return False
    before = {aspect: value_of(old, aspect) for aspect in DECIDING}
    if is_pair(old) and not any(before.values()):  # a report whose verdicts meant something else
        return bool(old["verdict"] == new["verdict"] or old["verdict"] != Verdict.ALIGNED)
    return not any(
        before[aspect] in COMPARED and value_of(new, aspect) not in COMPARED for aspect in DECIDING
    )


COMPARED = (AspectOutcome.AGREES, AspectOutcome.DIFFERS)

_WEIGHTS = {Verdict.MISSING: 2, Verdict.MISMATCHED: 1, Verdict.AMBIGUOUS: 1}


def _weight(row: Mapping[str, Any], *, outcomes: bool) -> tuple[int, int, int]:
    """Return how far an open point is from being aligned.

    Parameters
    ----------
    row
        A docking point.
    outcomes
        Whether both of the rows to be compared say what came of their aspects.
    """
    apart = sum(value_of(row, aspect) == AspectOutcome.DIFFERS for aspect in DECIDING)
    apart = apart if outcomes else 0
    return _WEIGHTS[Verdict(row["verdict"])], apart, SEVERITY_ORDER[Severity(row["severity"])]


def has_older_verdicts(record: Mapping[str, Any]) -> bool:
    """Return whether a report does not say what its verdicts compared: one of schema 1.x."""
    rows = record["docking_points"]
    return any(is_pair(row) for row in rows) and not any(
        value_of(row, aspect) for row in rows for aspect in DECIDING
    )


def is_pair(row: Mapping[str, Any]) -> bool:
    """Return whether both sides arrive at a docking point."""
    return all(value_of(row, f"{side}_fid") is not None for side in ("a", "b"))
