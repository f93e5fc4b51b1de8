"""Two versions side by side, from files or from results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadalign.ledger.comparison import compare_records
from roadalign.outputs.report_json import record_of

if TYPE_CHECKING:
    from pathlib import Path

    from roadalign.model.comparison import Comparison
    from roadalign.model.result import Result


def compare(old: str | Path | Result, new: str | Path | Result) -> Comparison:
    """Say what differs between two runs on one boundary.

    Parameters
    ----------
    old, new
        Each a ``report.json``, an output folder, or what `roadalign.check` returned. Where the new
        run was made with ``since``, ids say which docking points are the same; else they are
        matched by place, direction and roads.

    Raises
    ------
    roadalign.errors.InputError
        Where one is no report, or the two are of boundaries that lie apart.

    Examples
    --------
    >>> found = roadalign.compare("march", "september")  # doctest: +SKIP
    >>> found.points[found.points["change"] == "new"]  # doctest: +SKIP
    >>> found.changes  # one row per value that differs  # doctest: +SKIP
    """
    return compare_records(record_of(old), record_of(new))
