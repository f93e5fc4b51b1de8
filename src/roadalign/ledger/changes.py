"""What became of a docking point between two versions, and which of its values differ.

====================== ==================================================================
word                   meaning
====================== ==================================================================
new                    no earlier version had it
same                   nothing that is tracked differs (``tracked`` in ``standards/columns.toml``)
changed                something does
resolved               it was unresolved and is not any more
reopened               it is unresolved again after it was resolved, or was gone
gone                   an earlier version had it; in comparisons only, it has no row in a result
====================== ==================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.ledger.identity_features import is_open
from roadalign.model.columns import BY_VALUE, tracked_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadalign.settings import Limits

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
        if (one := value_of(old, name)) != (two := value_of(new, name))
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
    before, now = bool(states[-1]["unresolved"]), is_open(new)
    was_open = any(state["unresolved"] for state in states)
    if before and not now:
        return "resolved"
    if now and (retired or (not before and was_open)):
        return "reopened"
    if retired or differences(old, new, limits=limits):
        return "changed"
    return "same"
