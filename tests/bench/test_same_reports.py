"""What two reports differ in is counted by path, and told from names and new members."""

import pytest

from benchmarks.same_reports.comparing import Differences


def report(**members):
    row = {"id": "DP-1", "level": "notice", "gap_m": 2.0}
    return {"run": {"id": "R-1", "version": "1"}, "points": [row | members]}


def compared(before, after, **renamed):
    found = Differences(renamed)
    found.compare("case", before, after)
    return found


def renamed(document, old, new):
    row = document["points"][0]
    row[new] = row.pop(old)
    return document


def test_the_same_reports_of_two_runs_do_not_differ():
    after = report() | {"run": {"id": "R-2", "version": "2", "time": "now"}}
    found = compared(report(), after)
    assert not found.is_other
    assert found.table(most=3) == "nothing differs"


def test_a_value_that_differs_is_named_with_its_row():
    found = compared(report(), report(gap_m=3.0))
    assert found.is_other
    assert "points[].gap_m (1, in 1 reports)\n    case DP-1: 2.0 -> 3.0" in found.table(most=3)


def test_a_renamed_member_is_guessed_and_counts_until_it_is_said():
    after = renamed(report(), "level", "severity")
    found = compared(report(), after)
    assert found.guessed_names() == {"points[].level": "points[].severity"}
    assert found.is_other
    assert "gone" not in found.table(most=3)
    assert not compared(report(), after, level="severity").is_other


def test_a_name_that_was_said_does_not_hide_another_value():
    after = renamed(report(level="severe"), "level", "severity")
    found = compared(report(), after, level="severity")
    assert [(old, new) for _, old, new in found.values["points[].severity"]] == [
        ("notice", "severe")
    ]


def test_a_word_among_the_values_may_be_renamed_too():
    assert not compared(report(), report(level="hint"), notice="hint").is_other


@pytest.mark.parametrize(
    ("before", "after", "other"), [({}, {"x": 1}, False), ({"x": 1}, {}, True)]
)
def test_a_new_member_is_listed_and_one_that_is_gone_counts(before, after, other):
    found = compared(before, after)
    assert found.is_other is other
    assert found.table(most=3) == f"members that are {'gone' if other else 'new'}:\n  x (1)"


def test_rows_are_found_by_their_id_whatever_their_order():
    rows = [{"id": "DP-1", "gap_m": 1.0}, {"id": "DP-2", "gap_m": 2.0}]
    assert not compared({"points": rows}, {"points": rows[::-1]}).is_other
    found = compared({"points": rows}, {"points": rows[1:]})
    assert found.values["points[]"] == [(("case", "DP-1"), rows[0], None)]


def test_a_report_that_could_not_be_made_differs_from_one_that_was():
    found = compared(report(), "no report: KeyError")
    assert found.is_other
    assert "no report: KeyError" in found.table(most=1)
