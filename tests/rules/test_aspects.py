"""What came of each aspect, the verdict that follows, and what each side has to supply."""

import pandas as pd
import pytest
from docking_rows import context_of, points_table
from hypothesis import given, settings
from hypothesis import strategies as st

from roadalign.model.columns import columns_of
from roadalign.model.words import DECIDING
from roadalign.rules.aspects import Comparison, decide_verdict, judge_aspects
from roadalign.rules.core import load_judging_rules, run_rules
from roadalign.rules.states import judge_states
from roadalign.settings import parse_settings

FULL = {
    "road_class": 4,
    "class_text": "二级公路",
    "lanes": 4,
    "carriageway_m": 15.0,
    "roadbed_m": 24.5,
    "redline_m": 40.0,
    "design_speed_kmh": 60.0,
    "grade_level": 0,
    "status": "planned",
    "open_year": 2028,
}
DECISIVE = tuple(name for name, column in columns_of("road").items() if column.deciding)


def judged(*rows, position_in_doubt=False, only=(), **given_settings):
    """Docking points with outcomes, verdict and state, as the pipeline makes them."""
    points = points_table(*rows)
    comparison = Comparison.from_settings(
        parse_settings({"only": list(only), **given_settings}, where="test")
    )
    findings = run_rules(points, context_of(), only=list(only))
    outcomes = judge_aspects(points, findings, comparison, position_in_doubt=position_in_doubt)
    points = points.assign(**outcomes)
    points = points.assign(verdict=decide_verdict(points))
    return points.assign(state=judge_states(points))


def one(a, b, *, measures=None, **more):
    """The only docking point of a pair."""
    return judged({"a": a, "b": b} | (measures or {}), **more).iloc[0]


def without(side, *names):
    return {key: value for key, value in side.items() if key not in names}


def outcome(point):
    return tuple(point[str(aspect)] for aspect in DECIDING)


def lacks(point):
    return tuple("" if pd.isna(point[f"missing_{s}"]) else point[f"missing_{s}"] for s in "ab")


def test_a_pair_that_states_everything_and_agrees_is_aligned():
    point = one(FULL, FULL)
    assert (point["verdict"], outcome(point)) == ("aligned", ("agrees",) * 3)
    assert lacks(point) == ("", "")


@pytest.mark.parametrize("name", DECISIVE)
def test_a_deciding_value_that_one_side_alone_states_is_unknown(name):
    aspect = columns_of("road")[name].aspect
    for a, b, asked in ((without(FULL, name), FULL, 0), (FULL, without(FULL, name), 1)):
        point = one(a, b)
        assert point["verdict"] == "undetermined"
        assert point[aspect] == "unknown"
        assert [point[str(one_)] for one_ in DECIDING if one_ != aspect] == ["agrees"] * 2
        assert lacks(point)[asked] == name
        assert lacks(point)[1 - asked] == ""


@pytest.mark.parametrize("name", ["redline_m", "roadbed_m", "design_speed_kmh", "grade_level"])
def test_what_neither_side_states_is_no_matter(name):
    point = one(without(FULL, name), without(FULL, name))
    assert (point["verdict"], lacks(point)) == ("aligned", ("", ""))


@pytest.mark.parametrize(
    ("names", "aspect", "asked"),
    [
        (["road_class"], "section", "road_class"),
        (["lanes", "carriageway_m", "roadbed_m", "redline_m"], "section", "lanes"),
        (["status"], "timing", "status"),
        (["open_year"], "timing", "open_year"),
    ],
)
def test_what_is_needed_is_asked_of_both(names, aspect, asked):
    point = one(without(FULL, *names), without(FULL, *names))
    assert (point["verdict"], point[aspect]) == ("undetermined", "unknown")
    assert lacks(point) == (asked, asked)


def test_one_of_lanes_or_widths_is_enough():
    narrow = without(FULL, "carriageway_m", "roadbed_m", "redline_m")
    assert one(narrow, narrow)["verdict"] == "aligned"


def test_a_half_that_is_there_needs_no_opening_year():
    there = without(FULL, "open_year") | {"status": "existing"}
    assert one(there, there)["verdict"] == "aligned"
    point = one(there, FULL)
    assert (point["verdict"], point["state"]) == ("aligned", "severed")
    point = one(there, without(FULL, "open_year"))
    assert (point["verdict"], lacks(point)) == ("undetermined", ("", "open_year"))
    assert point["state"] == "severed"


def test_years_of_a_road_that_both_gave_up_do_not_matter():
    one_year, other = (FULL | {"status": "abandoned", "open_year": year} for year in (2027, 2033))
    assert one(one_year, other)["timing"] == "agrees"
    assert one(without(one_year, "open_year"), other)["timing"] == "agrees"


def test_by_then_is_enough_of_an_answer_and_never_compared():
    by_then = without(FULL, "open_year") | {"horizon_year": 2045}
    assert one(by_then, FULL)["verdict"] == "aligned"
    assert one(by_then, by_then)["verdict"] == "aligned"


def test_a_difference_wins_over_what_is_unknown():
    point = one(without(FULL, "redline_m") | {"lanes": 8}, FULL)
    assert (point["verdict"], point["section"]) == ("mismatched", "differs")
    point = one(FULL | {"status": "abandoned"}, without(FULL, "road_class"))
    assert (point["verdict"], outcome(point)) == ("mismatched", ("agrees", "unknown", "differs"))
    assert lacks(point) == ("", "road_class")


def test_a_doubtful_pair_stays_ambiguous_and_one_side_alone_has_no_outcome():
    points = judged(
        {"a": FULL, "b": FULL | {"lanes": 8}, "verdict": "ambiguous"},
        {"a": FULL},
        {"b": FULL, "verdict": "undetermined"},
    )
    assert points["verdict"].tolist() == ["ambiguous", "missing", "undetermined"]
    assert points["state"].tolist() == ["unknown", "planned", "unknown"]
    assert points.loc[1:, ["place", "section", "timing", "missing_a"]].isna().all(axis=None)


def test_a_hole_is_no_docking():
    for gap_m, verdict, state in ((20.0, "aligned", "through"), (20.5, "mismatched", "severed")):
        there = FULL | {"status": "existing"}
        point = one(there, there, measures={"gap_m": gap_m})
        assert (point["verdict"], point["state"]) == (verdict, state)


def test_where_a_side_lies_is_in_doubt_no_place_agrees():
    point = one(FULL, FULL, position_in_doubt=True)
    assert (point["verdict"], outcome(point)) == ("undetermined", ("unknown", "agrees", "agrees"))


def test_an_offset_that_the_red_lines_decide_is_unknown_where_one_is():
    near = {"offset_m": 12.0}
    wide, narrow = FULL, FULL | {"redline_m": 8.0}
    assert one(wide, wide, measures=near)["place"] == "agrees"
    assert one(narrow, narrow, measures=near)["place"] == "differs"
    assert one(narrow, without(FULL, "redline_m"), measures=near)["place"] == "unknown"
    neither = without(FULL, "redline_m")
    assert one(neither, neither, measures=near)["place"] == "agrees"


def test_aspects_that_the_settings_leave_out_decide_nothing():
    other = FULL | {"lanes": 8, "status": "abandoned"}
    point = one(FULL, other, aspects=["place"])
    assert (point["verdict"], outcome(point)) == ("aligned", ("agrees", "left_out", "left_out"))
    assert lacks(one(without(FULL, "lanes"), FULL, aspects=["place"])) == ("", "")


def test_an_aspect_whose_rules_were_not_all_run_was_not_compared():
    point = one(FULL, FULL, only=["G", "S02"])
    assert (point["verdict"], outcome(point)) == ("aligned", ("agrees", "left_out", "left_out"))
    point = one(FULL, FULL | {"lanes": 8}, only=["G", "S02"])
    assert (point["verdict"], point["section"]) == ("mismatched", "differs")
    assert one(FULL, FULL, only=["N"])["verdict"] == "undetermined"


def test_settings_say_what_decides_and_what_is_needed():
    bare = {"status": "existing", "road_class": 4}
    assert one(bare, bare)["verdict"] == "undetermined"
    assert one(bare, bare, needed=["road_class", "status"])["verdict"] == "aligned"
    point = one(bare | {"lanes": 4}, bare, needed=[], deciding=["road_class", "status"])
    assert point["verdict"] == "aligned"


def test_rules_that_inform_set_no_verdict():
    inform = {rule.code for rule in load_judging_rules() if rule.aspect in ("identity", "land")}
    assert inform == {"L01", "L02", "N01", "N02"}
    point = one(FULL | {"ref": "G320", "name": "甲路"}, FULL | {"ref": "G228", "name": "乙道"})
    assert point["verdict"] == "aligned"


SIDE = st.fixed_dictionaries(
    {
        "road_class": st.sampled_from([3, 4]),
        "lanes": st.sampled_from([4, 6]),
        "carriageway_m": st.sampled_from([15.0, 23.0]),
        "roadbed_m": st.just(24.5),
        "redline_m": st.sampled_from([10.0, 40.0]),
        "design_speed_kmh": st.sampled_from([60.0, 80.0]),
        "grade_level": st.sampled_from([0, 1]),
        "status": st.sampled_from(["existing", "construction", "planned", "reserved", "abandoned"]),
        "open_year": st.sampled_from([2027, 2033]),
        "lanes_future": st.sampled_from([4, 6]),
        "median_m": st.sampled_from([2.0, 8.0]),
    }
)
MEASURES = st.fixed_dictionaries(
    {
        "gap_m": st.sampled_from([0.0, 15.0, 80.0]),
        "offset_m": st.sampled_from([0.0, 12.0, 40.0]),
        "verdict": st.sampled_from(["aligned", "aligned", "aligned", "ambiguous"]),
    }
)


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(SIDE, SIDE, MEASURES, st.sets(st.sampled_from(sorted(FULL)))),
        min_size=30,
        max_size=60,
    ),
    st.sampled_from("ab"),
    st.data(),
)
def test_withholding_what_both_state_makes_nothing_better(pairs, side, data):
    """Cells of one side are blanked; cells that both leave empty from the start stay no matter."""
    rows, blanked = [], []
    for a, b, measures, nobody in pairs:
        row = {"a": without(a, *nobody), "b": without(b, *nobody)} | measures
        hidden = data.draw(st.sets(st.sampled_from([*sorted(row[side]), "none"])))
        rows.append(row)
        blanked.append(row | {side: without(row[side], *hidden)})
    before, after = judged(*rows), judged(*blanked)
    became = (after["verdict"] == "aligned") & (before["verdict"] != "aligned")
    assert not became.any()
    for aspect in DECIDING:
        agreed = [(table[str(aspect)] == "agrees").sum() for table in (before, after)]
        assert agreed[1] <= agreed[0]
    passable = [table["state"].isin(["through", "bottleneck"]).sum() for table in (before, after)]
    assert passable[1] <= passable[0]
