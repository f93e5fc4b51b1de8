from itertools import combinations

import pandas as pd
import pytest

from roadalign.model.words import Status
from roadalign.standards import table


def pair(column, a, b):
    return {"a": {column: a}, "b": {column: b}}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("existing", "existing", "ok"),
        ("existing", "planned", "notice"),
        ("existing", "construction", "notice"),
        ("construction", "planned", "notice"),
        ("existing", "proposed", "mismatch"),
        ("existing", "reserved", "mismatch"),
        ("construction", "reserved", "mismatch"),
        ("construction", "proposed", "mismatch"),
        ("planned", "abandoned", "severe"),
        ("existing", "abandoned", "severe"),
        ("abandoned", "abandoned", "ok"),
        ("planned", None, "unknown"),
        (None, None, "ok"),
    ],
)
def test_status(severity, a, b, expected):
    assert severity("T01", pair("status", a, b)) == expected
    assert severity("T01", pair("status", b, a)) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2026, "notice"), (2029, "notice"), (2030, "mismatch"), (None, "notice")],
)
def test_a_half_that_opens_long_after_the_other_is_a_mismatch(run, year, expected):
    """Counted from 2026; more than three years later is late."""
    there, to_come = {"status": "existing"}, {"status": "planned", "open_year": year}
    for row in ({"a": there, "b": to_come}, {"a": to_come, "b": there}):
        (found,) = run("T01", row).to_dict("records")
        assert found["severity"] == expected
        assert (str(year) in found["message_en"]) == (year is not None)
        late = expected == "mismatch"
        assert (found["limit_name"] if late else None) == ("opening_lag_years" if late else None)
        assert not late or found["value"] == year - 2026


def test_the_year_of_a_half_that_is_given_up_does_not_count(run):
    row = {"a": {"status": "existing"}, "b": {"status": "abandoned", "open_year": 2040}}
    assert run("T01", row)["severity"].tolist() == ["severe"]


def test_every_pair_of_statuses_stands_in_the_table_once():
    listed = [frozenset(row["statuses"]) for row in table("status_pairs")["pairs"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == {frozenset(two) for two in combinations(map(str, Status), 2)}
    assert set(table("status_pairs")["names"]) == set(map(str, Status))


def test_anything_against_abandoned_is_severe():
    rows = [row for row in table("status_pairs")["pairs"] if "abandoned" in row["statuses"]]
    assert {row["severity"] for row in rows} == {"severe"}


def test_status_in_words(run):
    found = run("T01", pair("status", "planned", "existing")).iloc[0]
    assert found["message_en"] == (
        "east records the road as planned, west records the road as existing: "
        "the road ends at the boundary until the other half is built."
    )
    assert found["message_zh"].startswith("east标为规划，west标为现状：")
    assert (found["a_value"], found["b_value"]) == ("planned", "existing")
    unknown = run("T01", pair("status", "planned", None)).iloc[0]
    assert unknown["message_en"].endswith("west does not state its status.")


@pytest.mark.parametrize(
    ("a", "b", "expected", "limit_name"),
    [
        (2027, 2027, "ok", None),
        (2027, 2028, "ok", None),
        (2027, 2029, "notice", "year_notice_years"),
        (2027, 2030, "mismatch", "year_mismatch_years"),
        (2031, 2027, "mismatch", "year_mismatch_years"),
        (2027, 2032, "severe", "year_severe_years"),
        (2027, 2033, "severe", "year_severe_years"),
        (2027, None, "unknown", None),
        (None, None, "ok", None),
    ],
)
def test_opening_year(run, a, b, expected, limit_name):
    found = run("T02", pair("open_year", a, b))
    assert list(found["severity"]) == ([] if expected == "ok" else [expected])
    if limit_name:
        assert found["limit_name"][0] == limit_name
        assert found["value"][0] == abs(a - b)
        assert (found["a_value"][0], found["b_value"][0]) == (str(a), str(b))
        assert found["message_en"][0] == f"east opens in {a}, west opens in {b}."


def test_years_of_roads_that_both_exist_are_not_compared(severity):
    built = {"a": {"status": "existing", "open_year": 1998}, "b": {"status": "existing"}}
    assert severity("T02", built) == "ok"
    built["b"]["open_year"] = 2021
    assert severity("T02", built) == "ok"


def test_a_road_that_exists_is_not_compared_with_one_to_come(severity):
    row = {"a": {"status": "existing"}, "b": {"status": "planned", "open_year": 2030}}
    assert severity("T02", row) == "ok"
    row["a"]["open_year"] = 1998
    assert severity("T02", row) == "ok"


def test_a_year_that_one_side_does_not_state_is_unknown(run):
    row = {"a": {"status": "planned"}, "b": {"status": "planned", "open_year": 2030}}
    found = run("T02", row).iloc[0]
    assert found["severity"] == "unknown"
    assert pd.isna(found["limit"])
    assert found["message_zh"] == "east未注明建成年份，west于2030年建成。"
