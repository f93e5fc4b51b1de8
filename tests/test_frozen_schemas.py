"""What schema 2.0 promises stays: members of reports that scripts and files of others rely on.

`tests/schema-2.0.json` holds, of every record, the members it had when the schema was frozen, with
their types. A member may be added; taking one away, or giving it another type, needs schema 3.
"""

import json
from pathlib import Path

import pytest

from roadalign.batches.records import schema as batch_schema
from roadalign.model.records import report_schema
from roadalign.model.run import SCHEMA_VERSION

FROZEN = Path(__file__).parent / "schema-2.0.json"
SCHEMAS = {"report": report_schema, "batch": batch_schema}


def members_of(schema):
    """Return each member of each record, with what it may be."""
    return {
        f"{name}.{member}": sorted(kinds_of(said))
        for name, part in schema["$defs"].items()
        for member, said in part.get("properties", {}).items()
    }


def kinds_of(said):
    if "anyOf" in said:
        return {kind for one in said["anyOf"] for kind in kinds_of(one)}
    if "enum" in said:
        return {str(value) for value in said["enum"]}
    kind = said.get("$ref", said.get("type", "any"))
    return set(kind) if isinstance(kind, list) else {kind}


@pytest.mark.parametrize("name", SCHEMAS)
def test_nothing_promised_is_taken_away(name):
    assert SCHEMA_VERSION.split(".")[0] == "2"
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))[name]
    now = members_of(SCHEMAS[name]())
    gone = sorted(frozen.keys() - now.keys())
    other = sorted(
        member for member in frozen.keys() & now.keys() if not {*frozen[member]} <= {*now[member]}
    )
    assert (gone, other) == ([], [])


def test_a_member_taken_away_or_changed_is_noticed():
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))["report"]
    assert {
        "DockingPoint.verdict",
        "DockingPoint.missing_a",
        "Summary.docking_rate",
    } <= frozen.keys()
    assert "undetermined" in frozen["DockingPoint.verdict"]
    assert frozen["DockingPoint.gap_m"] == ["null", "number"]
