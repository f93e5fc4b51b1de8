"""Names say what a thing is in the words of the field: ``docs/glossary.md`` has them."""

import ast
from pathlib import Path

import pytest

import roadalign

SOURCES = Path(roadalign.__file__).parent
VAGUE = {
    *("told", "hear", "known", "since", "twice", "whole", "placing", "placement", "drawn"),
    *("ways", "asks", "met", "level"),
}
"""Words that need explaining; options of the command line keep theirs."""


def names():
    for path in sorted(SOURCES.rglob("*.py")):
        yield path.stem, path
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name, path


@pytest.mark.parametrize("word", sorted(VAGUE))
def test_no_module_and_no_function_has_a_vague_name(word):
    found = [
        f"{path.relative_to(SOURCES)}: {name}"
        for name, path in names()
        if name.lstrip("_").lower() == word
    ]
    assert found == []


def test_no_module_is_longer_than_a_thought():
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in SOURCES.rglob("*.py")}
    assert {path.name: length for path, length in lengths.items() if length > 400} == {}
