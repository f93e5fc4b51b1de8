"""The shipped JSON Schemas are those of the record types, and say what every member is."""

from importlib.resources import files

import jsonschema
import pytest

from reference import ROOT, pages
from roadalign.batches.schemas import SCHEMAS


def test_what_is_generated_is_up_to_date():
    hint = "make it anew: .venv/bin/python scripts/make_reference"
    for name, text in pages().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, hint


def members(schema):
    for name, part in schema["$defs"].items():
        for member, said in part.get("properties", {}).items():
            yield f"{name}.{member}", said


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_of_its_draft(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_member_is_described(name):
    tags = {"type", "coordinates"}  # GeoJSON says what these are
    bare = [
        member
        for member, said in members(SCHEMAS[name]())
        if not said.get("description", "").endswith(".") and member.split(".")[1] not in tags
    ]
    assert bare == []


def test_no_schema_is_shipped_that_nothing_makes():
    shipped = {
        str(path.relative_to(files("roadalign")))
        for path in files("roadalign").rglob("*.schema.json")
    }
    assert shipped == set(SCHEMAS)
