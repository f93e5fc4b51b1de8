"""Every sentence exists in both languages, with the same placeholders."""

import re
import string
from pathlib import Path

import pytest

import roadalign.locales
from roadalign.locales import catalogue
from roadalign.rules.core import load_judging_rules

HOME = Path(roadalign.locales.__file__).parent
ROOMS = sorted(path.stem for path in (HOME / "en").glob("*.toml"))


def flat(messages, before=""):
    for key, value in messages.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_rooms():
    assert sorted(path.stem for path in (HOME / "zh").glob("*.toml")) == ROOMS
    assert "errors" in ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_complete_in_both_languages(room):
    en, zh = (dict(flat(catalogue(lang, room))) for lang in ("en", "zh"))
    assert en.keys() == zh.keys()
    for key, sentence in en.items():
        if isinstance(sentence, str):
            assert placeholders(sentence) == placeholders(zh[key]), key


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_sentences_are_chinese(room):
    for key, sentence in flat(catalogue("zh", room)):
        if isinstance(sentence, str) and re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{3,}", sentence):
            assert re.search(r"[一-鿿]", sentence), key


@pytest.mark.parametrize("rule", load_judging_rules(), ids=lambda rule: rule.code)
def test_what_a_rule_asks_can_be_said_of_any_finding(rule):
    known = {"own", "other", "own_road", "other_road", "own_value", "other_value", "value"}
    for wording in (rule.ask, rule.ask_other):
        if wording is not None:
            assert placeholders(wording.en) == placeholders(wording.zh)
            assert placeholders(wording.en) <= known
