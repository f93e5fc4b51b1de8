import pandas as pd
import pytest


def pair(column, a, b):
    return {"a": {column: a}, "b": {column: b}}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("G320", "G320", "ok"),
        ("g 320", "G320", "ok"),
        ("G320;S202", "S202", "ok"),
        ("S202/G320", "G320，X3", "ok"),
        ("G320", "S202", "notice"),
        ("G320", "G60", "mismatch"),
        ("G320;X105", "S202", "notice"),
        ("S202", "S36", "notice"),
        ("G320", "X105", "notice"),
        ("X105320125", "X105", "ok"),
        ("G320310116", "G320330421", "ok"),
        ("X105", "Y7", "ok"),
        ("C012", "Z3", "ok"),
        ("A9", "X105", "notice"),
        ("A9", "A9", "ok"),
        ("G320", None, "unknown"),
        ("G320", " ; ", "unknown"),
        (None, None, "ok"),
    ],
)
def test_route_number(severity, a, b, expected):
    assert severity("N01", pair("ref", a, b)) == expected
    assert severity("N01", pair("ref", b, a)) == expected


def test_route_number_in_words(run):
    found = run("N01", pair("ref", "G320", "S202")).iloc[0]
    assert found["message_en"] == "east numbers the route G320, west numbers the route S202."
    assert pd.isna(found["limit_name"])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("叶新公路", "姚杨公路", "notice"),  # nothing in common once 公路 is gone
        ("亭枫公路", "亭枫路", "ok"),
        ("兴豪路(北)", "兴豪路", "ok"),
        ("沪杭高速公路", "沪杭高速", "ok"),
        ("Tingfeng Road", "TINGFENG Highway", "ok"),
        ("Tingfeng Road", "Tingfeng Gonglu", "ok"),
        ("Broad", "Broad Street", "ok"),  # "road" is no word of its own here
        ("公路", "公路", "ok"),
        ("公路", "叶新公路", "notice"),
        ("叶新公路", None, "unknown"),
        (None, None, "ok"),
    ],
)
def test_name(severity, a, b, expected):
    assert severity("N02", pair("name", a, b)) == expected
    assert severity("N02", pair("name", b, a)) == expected


def test_a_likeness_at_the_limit_is_alike(run):
    # three of five letters in the same order: 2 * 3 / (5 + 5) = 0.6
    assert run("N02", pair("name", "甲乙丙丁戊", "甲乙丙子丑")).empty
    # two of five: 0.4
    found = run("N02", pair("name", "甲乙丙丁戊", "甲乙寅子丑")).iloc[0]
    assert (found["severity"], found["limit"]) == ("notice", 0.6)
    assert found["value"] == pytest.approx(0.4)
    assert found["message_zh"] == "east称该路为甲乙丙丁戊，west称该路为甲乙寅子丑。"


def test_names_are_never_worse_than_a_notice(severity):
    assert severity("N02", pair("name", "甲", "乙"), limits={"name_similarity": 1.0}) == "notice"
