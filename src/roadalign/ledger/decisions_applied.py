"""What a ledger decides of the docking points of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.ledger.events import SWAPPED
from roadalign.ledger.register import standing
from roadalign.model.words import DECIDED, OPEN, Decision, Verdict

if TYPE_CHECKING:
    from roadalign.ledger.events import Header, Ledger

MOST_NAMED = 100
"""Numbers of left-out lines that a report keeps; it counts them all."""


def decided(points: pd.DataFrame, ledger: Ledger, *, names: tuple[str, str]) -> pd.DataFrame:
    """Return docking points with the column ``decision`` as a ledger says.

    Parameters
    ----------
    points
        Docking points with the ids they keep.
    ledger
        Of the same boundary.
    names
        Names of the two sides.
    """
    found = _turned(standing(ledger.events), ledger.header, names)
    decision = [found[name]["decision"] if name in found else None for name in points["id"]]
    return points.assign(decision=pd.array(decision, dtype="string"))


def ledger_record(
    points: pd.DataFrame, ledger: Ledger, *, names: tuple[str, str]
) -> dict[str, Any]:
    """Return what report.json keeps of a ledger.

    That is its checksum, how many events it holds, which lines could not be read, what is in force
    at these docking points, and what is in force elsewhere.

    Parameters
    ----------
    points, ledger, names
        As in `decided`.
    """
    found = _turned(standing(ledger.events), ledger.header, names)
    here = set(points["id"])
    return {
        "sha256": ledger.sha256,
        "events": len(ledger.events),
        "left_out": [one.line for one in ledger.left_out[:MOST_NAMED]],
        "lines_left_out": len(ledger.left_out),
        "entries": [{"id": name, **found[name]} for name in points["id"] if name in found],
        "elsewhere": [{"id": name, **one} for name, one in found.items() if name not in here],
    }


def decision_counts(points: pd.DataFrame) -> dict[str, Any]:
    """Return what a summary says of decisions.

    That is how many there are of each, how many open points are agreed or rejected, and how many
    agreed ones the data shows to be done.

    Parameters
    ----------
    points
        Docking points with verdict and decision.
    """
    counts = points["decision"].value_counts()
    decided_ = points["decision"].isin(DECIDED)
    agreed = points["decision"] == str(Decision.AGREED)
    return {
        "decisions": {str(one): int(counts[one]) for one in Decision if one in counts},
        "open_decided": int((points["verdict"].isin(OPEN) & decided_).sum()),
        "agreed_done": int((agreed & (points["verdict"] == str(Verdict.ALIGNED))).sum()),
    }


def _turned(
    found: dict[str, dict[str, Any]], header: Header, names: tuple[str, str]
) -> dict[str, dict[str, Any]]:
    """Return what is in force as it reads with the sides in the order of a run."""
    if header.names == names:
        return found
    return {
        name: one
        | {key: one[other] for key, other in SWAPPED.items()}
        | {"place": one["place"] and one["place"] | {"roads": one["place"]["roads"][::-1]}}
        for name, one in found.items()
    }
