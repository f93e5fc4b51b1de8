"""What a ledger decides of the docking points of a run."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.ledger.events import refuse_other
from roadalign.ledger.register import SWAPPED, standing
from roadalign.model.decisions import Decision, settling

if TYPE_CHECKING:
    from pathlib import Path

    from roadalign.ledger.events import Header, Ledger
    from roadalign.model.result import Result


def apply(result: Result, ledger: Ledger, *, path: Path) -> Result:
    """Return a result with the decisions of a ledger.

    Parameters
    ----------
    result
        What a run found.
    ledger
        Of the same boundary.
    path
        The ledger's file as it was named.

    Returns
    -------
    Result
        The same with the column ``decision`` of the docking points, ``run["ledger"]`` and the
        counts of the summary; nothing else differs.

    Raises
    ------
    InputError
        If the ledger is of another boundary.
    """
    header = ledger.header
    refuse_other(header, boundary=result.boundary.name, names=result.names, where=path)
    found = _turned(standing(ledger.events), header, result.names)
    points = result.docking_points
    ids = points["id"].tolist()
    decision = [found[name]["decision"] if name in found else None for name in ids]
    points = points.assign(decision=pd.array(decision, dtype="string"))
    here = set(ids)
    record = {
        "file": path.name,
        "events": len(ledger.events),
        "entries": [{"id": name, **found[name]} for name in ids if name in found],
        "elsewhere": [{"id": name, **one} for name, one in found.items() if name not in here],
    }
    open_before = points["verdict"] != "aligned"
    counts = points["decision"].value_counts()
    counted = {
        "decisions": {str(one): int(counts[one]) for one in Decision if one in counts},
        "settled_by_decision": int((open_before & points["decision"].isin(settling())).sum()),
    }
    return dataclasses.replace(
        result,
        docking_points=points,
        run=result.run | {"ledger": record},
        summary=result.summary | counted,
    )


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
