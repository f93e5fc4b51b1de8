"""No text of a plan is a formula in a spreadsheet, and every text comes back."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadalign.safety.csv_cells import CONTROL, cell, text_of

STARTERS = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "﹦",
    "﹢",
    "﹣",
    "﹫",
    "−",
    "‐",
    "–",
    "—",
    "⁺",
    "₌",
    "➖",
    "➕",
    "⹀",
]
BEFORE = [
    *("", "\u200b", "\ufeff", "\u00ad", "\u2060", "\u202e", "\u200e", "\u2066", "\u00a0", "\u3000"),
    *("\u2028", "\u180e", "\u034f", "\u115f", "\u3164", "\uffa0", "\u2800", "\ufe0f", "\U000e0020"),
    *(" ", "  \u200b ", "\t", "\r", "\n", "\x00", "\x1f", "\x85", "\ud800", "'", "''"),
]


@pytest.mark.parametrize("before", BEFORE, ids=ascii)
@pytest.mark.parametrize("starter", STARTERS, ids=ascii)
def test_no_starter_passes_behind_anything_invisible(starter, before):
    assert cell(f"{before}{starter}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize(
    "text",
    [
        "叶新公路",
        "G320",
        "5-6号路",
        "a=b",
        "",
        "·道路",
        "（规划）道路",
        "“道路”",
        "O'Brien",
        "'tis",
        "№5",
        "1+1",
        "~",
        "Ärger",
    ],
)
def test_ordinary_names_stay_as_they_are(text):
    assert cell(text) == text


def test_a_name_that_begins_with_a_dash_stays_readable():
    assert cell("-5号路") == "'-5号路"
    assert text_of("'-5号路") == "-5号路"


@pytest.mark.parametrize("number", [-5, -5.25, 0, 7, True])
def test_numbers_stay_numbers(number):
    assert cell(number) is number


@pytest.mark.parametrize("text", ["-5", "-5.25", "-0"])
def test_a_text_that_is_a_negative_number_stays_one(text):
    assert cell(text) == text
    assert cell(f"\u200b{text}").startswith("'")


@pytest.mark.parametrize("text", ["-5-6", "-5+1", "--5", "-5e", "-1.", "-٣", "-５"])
def test_what_only_resembles_a_number_is_a_text(text):
    assert cell(text).startswith("'")


def test_unknown_is_empty_and_lists_are_joined():
    assert cell(None) == ""
    assert cell(["7", "8"]) == "7,8"
    assert cell(["=1", "2"]) == "'=1,2"


@given(st.text())
def test_every_text_comes_back(text):
    assert text_of(cell(text)) == CONTROL.sub("", text)


@given(st.text(), st.sampled_from(STARTERS), st.text())
def test_nothing_visible_that_begins_a_formula_is_first(before, starter, after):
    """Told by another rule: what a reader sees first, by the categories of Unicode alone."""
    written = cell(before + starter + after)
    seen = [one for one in written if unicodedata.category(one)[0] not in "ZCM"]
    assert seen
    assert unicodedata.normalize("NFKC", seen[0])[0] not in "=+@-"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_a_row_written_and_read_again_holds_the_same(texts):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow([cell(text) for text in texts])
    file.seek(0)
    (row,) = list(csv.reader(file)) or [[]]
    assert [text_of(one) for one in row] == [CONTROL.sub("", text) for text in texts]
