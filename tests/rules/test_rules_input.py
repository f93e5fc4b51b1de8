"""Every code that is printed is a rule, and every note belongs to one of them."""

import re
import tomllib

import pytest
from docking_rows import context_of, points_table
from said_in_sources import CODE, HOME, Sources, sources_outside_rules

from roadalign.locales import LANGUAGES, catalogue
from roadalign.model.words import SEVERITY_ORDER
from roadalign.rules.core import (
    JudgingRule,
    load_input_rules,
    load_judging_rules,
    load_rules,
    run_rules,
)
from roadalign.standards import table

INPUT = {rule.code: rule for rule in load_input_rules()}
NOTES = {key: rule for rule in INPUT.values() for key in rule.notes}


def texts_of(value):
    """All texts of a TOML table."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, str):
        yield value


@pytest.fixture(scope="module")
def sources():
    return sources_outside_rules()


def test_every_code_that_stands_anywhere_is_a_rule():
    everything = Sources(list(HOME.rglob("*.py")))
    printed = {text for _, text in everything.literals() if CODE.fullmatch(text)}
    for path in (HOME / "standards").glob("*.toml"):
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        printed |= {text for text in texts_of(held) if CODE.fullmatch(text)}
    assert {"I04", "I07", "L01", "G01"} <= printed
    assert printed == {rule.code for rule in load_rules()}


def test_a_rule_stands_in_a_file_of_its_code_and_in_the_folder_of_its_family():
    families = {}
    for rule in load_rules():
        _, _, family, name = type(rule).__module__.split(".")
        assert name.startswith(rule.code.lower() + "_")
        assert families.setdefault(rule.code[0], family) == family
    assert families["I"] == "input"
    assert len(set(families.values())) == len(families)


@pytest.mark.parametrize("code", sorted(INPUT))
def test_an_input_rule_explains_itself_in_both_languages(code):
    rule = INPUT[code]
    parts = {
        "en": ("What it says", "Why it matters", "When it is said", "What to do", "Source"),
        "zh": ("说明什么", "检查目的", "判定方法", "处理方法", "依据"),
    }
    assert re.search(r"[一-鿿]", rule.title.zh)
    for lang, heads in parts.items():
        page = rule.page(lang)
        assert [line for line in page.splitlines() if line in heads] == list(heads)
        assert all(f"`{name}`" in page for name in rule.limits)
    assert set(rule.limits) <= set(table("limits"))


def test_every_note_belongs_to_one_rule_and_has_a_text_in_both_languages():
    keys = [key for rule in INPUT.values() for key in rule.notes]
    assert len(keys) == len(set(keys))
    for lang in LANGUAGES:
        assert set(keys) == set(catalogue(lang, "notes"))


def test_severities_of_a_note_stand_mildest_first():
    for rule in INPUT.values():
        for key, held in rule.notes.items():
            weights = [SEVERITY_ORDER[severity] for severity in held]
            assert weights, key
            assert weights == sorted(set(weights)), key


@pytest.mark.parametrize("key", sorted(NOTES))
def test_a_note_is_said_under_its_code_and_as_severe_as_its_rule_says(sources, key):
    doubtful = {one["note"] for one in table("crs")["doubtful"]}
    # what crs.toml names is handed on by the same function as a system that was assumed
    looked_for = "crs_assumed" if key in doubtful else key
    nodes = [
        node
        for node, text in sources.literals()
        if text == looked_for
        and (key not in doubtful or "georeference" in str(sources.module[node]))
    ]
    # the same word may stand elsewhere, under no code, as the name of something else
    told = [said for said in map(sources.said, nodes) if said[0]]
    assert told, "said nowhere"
    assert [codes for codes, _ in told] == [{NOTES[key].code}] * len(told)
    levels = set().union(*(levels for _, levels in told))
    assert levels == {str(severity) for severity in NOTES[key].notes[key]}


def test_the_sources_are_read_as_they_are_meant(tmp_path):
    made = tmp_path / "made.py"
    made.write_text(
        "def damage(key):\n"
        '    return Note("I04", str(Severity.MISMATCH), key)\n'
        "def keys():\n"
        '    return ["handed_on"]\n'
        "def read():\n"
        "    def note(rule, key):\n"
        "        return Note(rule, str(Severity.NOTICE), key)\n"
        '    note("I01", "own_code")\n'
        '    damage("of_damage")\n'
        "    for key in keys():\n"
        '        note("I03", key)\n',
        encoding="utf-8",
    )
    found = Sources([made])
    said = {text: found.said(node) for node, text in found.literals() if "_" in text}
    assert said == {
        "own_code": ({"I01"}, {"notice"}),
        "of_damage": ({"I04"}, {"mismatch"}),
        "handed_on": ({"I03"}, {"notice"}),
    }


def test_no_input_rule_judges():
    judging = {rule.code for rule in load_judging_rules()}
    assert judging | set(INPUT) == {rule.code for rule in load_rules()}
    assert not judging & set(INPUT)
    rows = {"a": {"lanes": 2}, "b": {"lanes": 6}}
    assert run_rules(points_table(rows), context_of(), only=["I"]).empty


def test_a_rule_that_reads_a_column_no_table_has_is_refused():
    with pytest.raises(TypeError, match="Kerb reads unknown columns: kerb_colour"):
        type("Kerb", (JudgingRule,), {"columns": ("lanes", "gap_m", "kerb_colour")})
    assert type("Lanes", (JudgingRule,), {"columns": ("lanes", "gap_m")}).columns
