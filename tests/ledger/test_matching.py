"""Which points are the same: worked by hand from the costs of `roadalign.ledger.matching`.

Two points alone cost 2 × 1.65 = 3.3 nats, so a match must cost less. A place d metres away costs
ln(1 + (d/10)²): 2.83 for 40 m, 3.26 for 50 m, 3.61 for 60 m.
"""

import pandas as pd
import pytest

from roadalign.ledger.changes import differences
from roadalign.ledger.identity_features import KNOWN
from roadalign.ledger.matching import match
from roadalign.model.tables import typed
from roadalign.settings import Settings
from roadalign.standards import table

BOTH = {"a_fid": "1", "b_fid": "2"}
KNOWN_ROAD = {"a_ref": "S1", "a_name": "North", "b_ref": "S2", "b_name": "South"}


def limits(**given):
    return Settings(limits=given).limits_for(None)


def points(*rows):
    """Points by place and what is known of them; feature numbers are new in every table."""
    made = [
        {"id": f"P{k}", "axis_deg": 0.0, "a_fid": f"f{len(rows)}{k}", "b_fid": pd.NA}
        | {key: value for key, value in row.items() if key not in {"x", "y", "retired"}}
        for k, row in enumerate(rows)
    ]
    places = {key: [float(row.get(key, 0)) for row in rows] for key in ("x", "y")}
    flags = [row.get("retired", False) for row in rows]
    return typed(pd.DataFrame(made), KNOWN).assign(**places, retired=flags)


def same(old, new, **given):
    found = match(points(*old), points(*new), limits=limits(**given))
    return dict(zip(found.new.tolist(), found.old.tolist(), strict=True))


AT = [{"x": 0, "a_fid": "old"}]
FOUR = [{"x": 1000 * k, **KNOWN_ROAD, "a_ref": f"S{k}"} for k in range(4)]
NUMBERED = [{"x": 1000 * k, "a_fid": f"n{k}"} for k in range(5)]
CASES = {
    "identity_place_m": (5.0, AT, [{"x": 40}]),
    "identity_reach_m": (200.0, [{**KNOWN_ROAD, **BOTH}], [{"x": 300, **KNOWN_ROAD, **BOTH}]),
    "identity_axis_deg": (10.0, AT, [{"x": 10, "axis_deg": 60.0}]),
    "identity_alone": (1.0, AT, [{"x": 40}]),
    "identity_ref": (0.0, [{"a_ref": "S1", "a_fid": "old"}], [{"x": 60, "a_ref": "S1"}]),
    "identity_name": (0.0, [{"a_name": "North", "a_fid": "old"}], [{"x": 60, "a_name": "North"}]),
    "identity_class": (0.0, [{"a_road_class": 3, "a_fid": "old"}], [{"x": 55, "a_road_class": 3}]),
    "identity_fid": (0.0, [{"a_fid": "7,8"}], [{"x": 55, "a_fid": "8"}]),
    "identity_fid_kept": (
        0.3,
        NUMBERED,
        [row | {"x": row["x"] + 70 * (row["x"] == 0)} for row in NUMBERED],
    ),
    "identity_retired": (4.0, [{"a_fid": "old", "retired": True}], [{"x": 0}]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_limit_that_is_moved_parts_two_points(name):
    value, old, new = CASES[name]
    assert same(old, new)[0] == 0
    assert 0 not in same(old, new, **{name: value})


def test_a_side_that_appears_speaks_against():
    new = [{"x": 45, "b_fid": "new"}]  # ln(1 + 4.5²) = 3.06, and 0.5 for the side
    assert same(AT, new) == {}
    assert same(AT, new, identity_side=0.0) == {0: 0}


def test_a_shift_of_the_whole_is_taken_out():
    new = [row | {"x": row["x"] + 480, "y": 360} for row in FOUR]  # 600 m
    found = match(points(*FOUR), points(*new), limits=limits())
    assert found.shift_m == (480.0, 360.0)
    assert found.old.tolist() == [0, 1, 2, 3]
    assert found.moved_m.tolist() == [0, 0, 0, 0]
    assert same(FOUR, new, identity_shift_m=100.0) == {}


def test_points_without_names_are_shifted_too():
    old = [{"x": x, "a_fid": f"o{x}"} for x in (0, 300, 700, 1500)]
    new = [{"x": row["x"] + 30, "a_fid": f"n{row['x']}"} for row in old]
    found = match(points(*old), points(*new), limits=limits())
    assert found.shift_m == (30.0, 0.0)
    assert found.old.tolist() == [0, 1, 2, 3]


def test_all_matches_are_chosen_together():
    # the nearest to x = 30 is the old one at 40; then the one at 60 and the one at 0 would stay
    # alone: 0.69 + 3.3 nats against 2.30 + 1.61
    old = [{"x": 0, "a_fid": "p"}, {"x": 40, "a_fid": "q"}]
    assert same(old, [{"x": 30}, {"x": 60}]) == {0: 0, 1: 1}


def test_a_new_road_between_two_old_ones_is_new():
    old = [{"x": 0, "a_fid": "p"}, {"x": 60, "a_fid": "q"}]
    assert same(old, [{"x": 1}, {"x": 30}, {"x": 61}]) == {0: 0, 2: 1}


def test_points_without_a_side_in_common_are_not_the_same():
    assert same([{"a_fid": "1"}], [{"a_fid": pd.NA, "b_fid": "2"}]) == {}


def test_a_renamed_and_renumbered_road_at_its_place_is_the_same():
    old = [{**KNOWN_ROAD, **BOTH}]
    new = [{"x": 2, "a_fid": "9", "b_fid": "8", "a_name": "East", "b_name": "West", "a_ref": "S1"}]
    assert same(old, new) == {0: 0}


def test_a_retired_point_is_not_taken_for_another_road_beside_it():
    old = [{"a_name": "North", "a_fid": "old", "retired": True}]
    assert same(old, [{"x": 30, "a_name": "Other"}]) == {}
    assert same(old, [{"x": 30, "a_name": "North"}], identity_retired=0.5) == {0: 0}
    assert same(old, [{"x": 0, "a_name": "North"}]) == {0: 0}


def test_a_point_that_becomes_two_says_so_and_the_nearer_one_is_it():
    old = points({"a_name": "North", "a_fid": "1"})
    new = points({"x": 80, "a_name": "North"}, {"x": 10, "a_name": "North"})
    found = match(old, new, limits=limits())
    assert (found.new.tolist(), found.old.tolist()) == ([1], [0])
    assert found.split == {0: 0}
    assert match(old, new, limits=limits(identity_split_m=50.0)).split == {}


def test_two_points_that_become_one_say_so():
    old = points({"a_name": "North", "a_fid": "1"}, {"x": 80, "a_name": "North", "a_fid": "2"})
    found = match(old, points({"x": 5, "a_name": "North"}), limits=limits())
    assert found.old.tolist() == [0]
    assert found.merged == {1: 0}


def test_another_road_beside_a_point_is_not_split_from_it():
    old = points({"a_name": "North", "a_fid": "1"})
    new = points({"x": 2, "a_name": "North"}, {"x": 80, "a_name": "Other"})
    assert match(old, new, limits=limits()).split == {}


def test_nothing_matches_nothing():
    assert same([], AT) == same(AT, []) == same([], []) == {}


POINT = {"verdict": "aligned", "severity": "ok", "rules": None, "gap_m": 0.0, "deflection_deg": 0.0}


@pytest.mark.parametrize(
    ("name", "column", "by", "more"),
    [("changed_m", "gap_m", 6.0, 7.0), ("changed_deg", "deflection_deg", 3.0, 4.0)],
)
def test_a_measure_changes_from_its_limit_on(name, column, by, more):
    new = POINT | {column: by}
    assert differences(POINT, new, limits=limits()) == [{"field": column, "old": 0.0, "new": by}]
    assert differences(POINT, new, limits=limits(**{name: more})) == []


def test_values_that_differ_are_told_and_numbers_of_features_are_not():
    old = POINT | {"a_lanes": 4, "a_name": "North", "a_fid": ["1"], "chainage_m": 100.0}
    new = POINT | {"a_lanes": 6, "a_name": pd.NA, "a_fid": ["2"], "chainage_m": 180.0}
    assert differences(old, new, limits=limits()) == [
        {"field": "a_name", "old": "North", "new": None},
        {"field": "a_lanes", "old": 4, "new": 6},
    ]


def test_every_limit_of_identity_is_moved_here():
    here = {*CASES, "identity_side", "identity_shift_m", "identity_split_m"}
    assert {name for name in table("limits") if name.startswith("identity_")} == here
