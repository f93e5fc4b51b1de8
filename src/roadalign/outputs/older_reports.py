"""Reports of schema 1.x, read as those of today: other names, lists instead of texts.

What a report of 1.x could not know stays unknown: its alternatives were a sentence, which nobody
parses; what its verdicts compared and what a driver finds it did not say.
"""

from __future__ import annotations

from typing import Any

from roadalign.model.run import SCHEMA_VERSION
from roadalign.model.words import RoadState

_GRADES = ("docking_points", "findings")
"""Tables whose ``level`` graded a finding; anywhere else it said over or under."""


def upgraded(record: dict[str, Any]) -> dict[str, Any]:
    """Return a report with the names of today; one of this schema as it is.

    Parameters
    ----------
    record
        As JSON gives it; nothing in it is believed, what is of no use stays as it is.
    """
    run = record.get("run")
    if not isinstance(run, dict):
        return record
    version = run.get("schema_version", "1.0")
    if not isinstance(version, str) or version.split(".")[0] != "1":
        return record
    tables = {
        name: [_row(row, grades=name in _GRADES) for row in rows]
        for name, rows in record.items()
        if name in {*_GRADES, "approaches"} and isinstance(rows, list)
    }
    history = record.get("history")
    if isinstance(history, list):
        tables["history"] = [_past(row) for row in history]
    return {**record, **tables, "run": {**run, "schema_version": SCHEMA_VERSION}}


def _row(row: Any, *, grades: bool) -> Any:
    if not isinstance(row, dict):
        return row
    names = {
        "level": "severity" if grades else "grade_level",
        "priority_level": "priority_severity",
        "a_level": "a_grade_level",
        "b_level": "b_grade_level",
    }
    new = {names.get(name, name): value for name, value in row.items()}
    if "verdict" in new and "gap_m" in new:  # a docking point, of which nobody said what one finds
        new.setdefault("state", str(RoadState.UNKNOWN))
    if isinstance(new.get("rules"), str):
        new["rules"] = new["rules"].split(",")
    if isinstance(new.get("alternatives"), str):
        new["alternatives"] = None
    return new


def _past(row: Any) -> Any:
    states = row.get("states") if isinstance(row, dict) else None
    if not isinstance(states, list):
        return row
    return {**row, "states": [_row(state, grades=True) for state in states]}
