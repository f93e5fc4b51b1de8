"""A comparison as plain values, for ``comparison.json`` and ``--json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.model.comparison import (
    APPROACH_CHANGE_COLUMNS,
    CHANGE_COLUMNS,
    COMPARED_APPROACH_COLUMNS,
    COMPARED_COLUMNS,
)
from roadalign.model.runs import run_id
from roadalign.model.tables import records
from roadalign.outputs.report_json import rows_of

if TYPE_CHECKING:
    from roadalign.model.comparison import Comparison


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values; geometries are GeoJSON in WGS84, unknown is ``None``."""
    return {
        "run": {
            "id": comparison_id(found),
            "program": "roadalign",
            "version": found.new_run["version"],
        },
        "old": found.old_run,
        "new": found.new_run,
        "names": list(found.names),
        "boundary": found.boundary,
        "summary": found.summary,
        "points": rows_of(found.points, COMPARED_COLUMNS),
        "changes": _plain(found.changes, CHANGE_COLUMNS),
        "approaches": rows_of(found.approaches, COMPARED_APPROACH_COLUMNS),
        "approach_changes": _plain(found.approach_changes, APPROACH_CHANGE_COLUMNS),
    }


def comparison_id(found: Comparison) -> str:
    """Return the id that the files of a comparison carry: that of the two runs together."""
    return run_id("comparison", found.old_run, found.new_run, list(found.names), found.summary)


def to_json(found: Comparison) -> str:
    """Return the text of ``comparison.json``."""
    record = comparison_record(found)
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _plain(table: pd.DataFrame, columns: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in records(table[list(columns)])
    ]
