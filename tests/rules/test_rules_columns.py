"""A rule reads the columns it names: all of them, and no others."""

import dataclasses

import pytest
from docking_rows import context_of, points_table
from test_rules_all import CROSSED, CURVES, OPPORTUNITIES, ROADS, ROWS, UNPLANNED

from roadalign.model.columns import columns_of
from roadalign.rules.core import load_judging_rules, run_rules

RULES = {rule.code: rule for rule in load_judging_rules()}
NAMED = [(code, column) for code, rule in RULES.items() for column in rule.columns]


def given():
    context = context_of(
        strip_m=12.0,
        roads=ROADS,
        unplanned=UNPLANNED,
        opportunities=OPPORTUNITIES,
        crossed=CROSSED,
        curves=CURVES,
    )
    return points_table(*ROWS), context


def without(frame, column):
    return frame.drop(columns=[f"{side}{column}" for side in ("", "a_", "b_")], errors="ignore")


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_needs_no_other_columns_than_it_names(code):
    points, context = given()
    rule = RULES[code]
    whole = rule.judge(points, context)
    roads = rule.select_columns(context.boundary_roads)
    narrow = rule.judge(
        rule.select_columns(points), dataclasses.replace(context, boundary_roads=roads)
    )
    assert narrow.to_dict("records") == whole.to_dict("records")
    assert len(whole)


@pytest.mark.parametrize(("code", "column"), NAMED)
def test_a_rule_reads_every_column_it_names(code, column):
    points, context = given()
    roads = without(context.boundary_roads, column)
    with pytest.raises(KeyError, match=column):
        RULES[code].judge(
            without(points, column), dataclasses.replace(context, boundary_roads=roads)
        )


def test_a_rule_is_given_no_other_columns_than_it_names(monkeypatch):
    points, context = given()
    seen = {}
    rules = {rule.code: rule for rule in load_judging_rules()}  # those that are run
    for code, rule in rules.items():

        def judge(table, known, code=code, own=rule.judge):
            seen[code] = {*table.columns, *known.boundary_roads.columns}
            return own(table, known)

        monkeypatch.setattr(rule, "judge", judge)
    run_rules(points, context, only=[])
    for code, rule in rules.items():
        named = {f"{side}{name}" for side in ("", "a_", "b_") for name in rule.columns}
        assert seen[code] <= named
    assert seen["S02"] == {"verdict", "a_lanes", "b_lanes", "a_lanes_future", "b_lanes_future"}
    assert seen["B01"] == set()


def test_what_rules_set_side_by_side_is_called_compared():
    """Names weigh little, and are said; what the card alone sets side by side no rule reads."""
    road = columns_of("road")
    compared = {name for name, column in road.items() if column.compared}
    read = {name for rule in RULES.values() for name in rule.columns if name in road}
    assert read - compared == {"name"}
    assert compared - read == {"slow_lanes"}
