"""Enumerations have one place: pages are given them with their data."""

import re
from pathlib import Path

import pytest

from roadalign.model.words import (
    DECIDED,
    DECIDING,
    OPEN,
    AspectOutcome,
    Change,
    Decision,
    RoadState,
    Severity,
    Stage,
    Verdict,
)
from roadalign.outputs import web
from roadalign.outputs.map.payload import payload
from roadalign.outputs.terms import terms

MODULES = sorted((Path(web.__file__).parent / "src").rglob("*.js"))
LISTED = re.compile(r"\[((?:\s*\"\w+\",?){3,})\s*\]")


def test_a_page_is_given_every_word_of_the_data(made_result):
    given = payload(made_result, lang="en")["terms"]
    assert given == terms()
    assert set(given["verdicts"]) == set(Verdict)
    assert set(given["severities"]) == set(Severity)
    assert set(given["decisions"]) == set(Decision)
    assert set(given["stages"]) == set(Stage)
    assert set(given["changes"]) == set(Change) - {Change.GONE}  # what is gone has no row
    assert set(given["states"]) == set(RoadState)
    assert set(given["outcomes"]) == set(AspectOutcome)
    assert tuple(given["aspects"]) == DECIDING
    assert set(given["open"]) == set(OPEN)
    assert set(given["decided"]) == set(DECIDED)
    assert given["ranks"] == ["6", "5", "4", "3", "2", "1", "unknown"]
    assert set(map(len, map(set, given.values()))) == set(map(len, given.values()))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_module_lists_them_again(path):
    for listed in LISTED.findall(path.read_text(encoding="utf-8")):
        words = set(re.findall(r"\w+", listed))
        assert not any(len(words & set(known)) >= 3 for known in terms().values()), words
