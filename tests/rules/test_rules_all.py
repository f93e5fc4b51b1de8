"""What holds of every rule."""

import re

import pandas as pd
import pytest
from docking_rows import context_of, mirrored, points_table

from roadalign.model.tables import FINDING_COLUMNS
from roadalign.rules.core import load_judging_rules, load_rules, run_rules
from roadalign.standards import table

RULES = {rule.code: rule for rule in load_judging_rules()}
CODES = set(RULES)

# Docking points that together make every rule speak.
ROWS = [
    {"a": {"name": "枫美路", "road_class": 4, "status": "planned", "end": "undershoot"}},
    {"b": {"ref": "X105", "road_class": 2, "status": "proposed", "end": "crossing"}},
    {
        "a": {"name": "甲路"},
        "b": {"name": "甲路"},
        "verdict": "ambiguous",
        "alternatives": [
            {"side": "b", "fid": "3", "offset_m": 12.0, "gap_m": 4.0, "deflection_deg": 3.0}
        ],
    },
    {"a": {"to_boundary_m": 70.0}, "b": {"to_boundary_m": 70.0}, "gap_m": 140.0},
    {"a": {}, "b": {}, "gap_m": -600.0, "deflection_deg": 40.0},
    {"a": {"redline_m": 20.0}, "b": {"redline_m": 24.0}, "offset_m": -35.0, "deflection_deg": 9.0},
    {
        "a": {"end": "overshoot", "road_class": 4, "class_text": "二级公路", "lanes": 4},
        "b": {"road_class": 5, "lanes": 6, "design_speed_kmh": 80.0},
        "overshoot_contradiction_m": 70.0,
        "offset_m": 8.0,
    },
    {
        "a": {
            "grade_level": 1,
            "carriageway_m": 24.0,
            "redline_m": 45.0,
            "design_speed_kmh": 60.0,
            "ref": "G320",
        },
        "b": {
            "grade_level": -1,
            "carriageway_m": 8.0,
            "redline_m": 30.0,
            "design_speed_kmh": 100.0,
            "ref": "S202",
        },
    },
    {
        "a": {"status": "existing", "open_year": 2027, "name": "叶新公路", "lanes_future": 6},
        "b": {"status": "reserved", "open_year": 2033, "name": "姚杨公路", "lanes": 6},
    },
    {
        "a": {
            "road_class": 6,
            "lanes": 4,
            "carriageway_m": 12.0,
            "redline_m": 40.0,
            "design_speed_kmh": 120.0,
            "status": "planned",
            "open_year": 2030,
            "ref": "G60",
            "name": "沪昆高速",
        },
        "b": {},
    },
]
# What links and proposals of these points take, and for which no curve fits.
CROSSED = [
    {"docking_point": "DP-3", "kind": "water", "length_m": 60.0, "area_m2": 1440.0},
    {"docking_point": "DP-3", "kind": "farmland", "length_m": 40.0, "area_m2": 960.0},
    {"docking_point": "DP-9", "kind": "farmland", "length_m": 40.0, "area_m2": 960.0},
]
CURVES = [
    {"docking_point": "DP-4", "fits": "none", "largest_m": 80.0},
    {"docking_point": "DP-5", "fits": "lower", "largest_m": 250.0},
    {"docking_point": "DP-3", "fits": "higher", "largest_m": 300.0},
]
ROADS = [
    {"a": {"road_class": 4, "lanes": 4, "status": "existing"}, "b": {"road_class": 2, "lanes": 4}},
    {"a": {"status": "existing"}, "b": {"status": "planned"}},
]


UNPLANNED = [
    {"chainage_m": 1234.0, "name": "沪杭公路", "road_class": 4, "barrier": pd.NA, "side": pd.NA}
]
OPPORTUNITIES = [
    {
        "chainage_m": 300.0,
        "name": pd.NA,
        "road_class": 3,
        "gap_m": 42.0,
        "deflection_deg": 3.0,
        "detour_m": 5200.0,
        "detour_ratio": 123.8,
    }
]


def judged(rows, roads):
    context = context_of(
        strip_m=12.0,
        median_m=2.0,
        roads=roads,
        unplanned=UNPLANNED if roads else (),
        opportunities=OPPORTUNITIES if roads else (),
        crossed=CROSSED,
        curves=CURVES,
    )
    return run_rules(points_table(*rows), context, only=[])


def test_every_rule_is_in_the_file_that_bears_its_code():
    found = [rule.code for rule in load_judging_rules()]
    assert found == sorted(set(found))
    for rule in load_judging_rules():
        file = type(rule).__module__.rpartition(".")[2]
        assert file.startswith(f"{rule.code.lower()}_"), f"{rule.code} stands in {file}.py"


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_rule_explains_itself_in_both_languages(code):
    rule = RULES[code]
    assert rule.title.en
    assert re.search(r"[一-鿿]", rule.title.zh)
    for part in ("Why it matters", "How it is judged", "What it does not see", "Source"):
        assert part in rule.page("en")
    for part in ("检查目的", "判定方法", "局限", "依据"):
        assert part in rule.page("zh")
    for name in rule.limits:
        for lang in ("en", "zh"):
            assert f"`{name}`" in rule.page(lang), (name, lang)


@pytest.mark.parametrize("code", sorted(CODES))
def test_both_messages_ask_for_the_same_values(code):
    def placeholders(text):
        return {
            name.removesuffix("_en").removesuffix("_zh") for name in re.findall(r"{(\w+)}", text)
        }

    message = RULES[code].message
    assert placeholders(message.en) == placeholders(message.zh)


ASKED = dict.fromkeys(
    ("own", "other", "own_road", "other_road", "own_value", "other_value", "value"), "x"
)


@pytest.mark.parametrize("code", sorted(CODES - {"N02", "B01", "B02"}))
def test_a_rule_that_can_be_bad_asks_something_of_both_sides(code):
    """N02 is a notice at most; B01 and B02 speak of no docking point."""
    rule = RULES[code]
    for text in filter(None, (rule.ask, rule.ask_own, rule.ask_other)):
        assert text.en.format(**ASKED).endswith(".")
        assert text.zh.format(**ASKED).endswith("。")
        assert set(re.findall(r"{\w+}", text.en)) == set(re.findall(r"{\w+}", text.zh))
    assert rule.ask is not None
    assert (rule.ask_other is not None) == (code in {"C01", "G01", "G04"})


def test_a_rule_speaks_for_the_aspect_of_its_family():
    aspects = {"C": None, "B": None, "G": "place", "S": "section", "T": "timing"}
    aspects |= {"N": "identity", "L": "land"}
    assert {rule.code: rule.aspect for rule in RULES.values()} == {
        code: aspects[code[0]] for code in RULES
    }


def test_every_limit_that_a_rule_names_is_there():
    limits = table("limits")
    for rule in load_rules():
        assert set(rule.limits) <= set(limits), rule.code


def test_every_finding_reads_well():
    """That every rule speaks somewhere is shown by its cases."""
    found = judged(ROWS, ROADS)
    assert set(found["rule"]) <= CODES
    assert len(set(found["rule"])) > len(CODES) // 2
    assert list(found.columns) == list(FINDING_COLUMNS)
    for lang, stop in (("en", "."), ("zh", "。")):
        for text in found[f"message_{lang}"]:
            assert text.endswith(stop), text
            assert not re.search(r"[{}?]|<NA>|\bnan\b|None", text), text
    both = found[~found["rule"].isin(["G04", "C01", "C03"])]
    for text in (*both["message_en"], *both["message_zh"]):
        assert "east" in text, text
        assert "west" in text, text


def test_a_limit_told_is_a_limit_crossed_and_in_force():
    found = judged(ROWS, ROADS)
    limits = table("limits")
    told = found[found["limit_name"].notna()]
    assert len(told) > 10
    for _, row in told.iterrows():
        assert row["limit"] == limits[row["limit_name"]]["value"]
        assert row["unit"] == limits[row["limit_name"]]["unit"]
        crossed = (
            row["value"] < row["limit"] if row["rule"] == "N02" else row["value"] >= row["limit"]
        )
        assert crossed, row["rule"]
    unknown = found[found["severity"] == "unknown"]
    assert set(unknown["rule"]) >= {"S01", "S02", "S03", "S04", "S05", "T01", "T02", "N01", "N02"}
    assert unknown["limit"].isna().all()


def test_exchanging_the_sides_exchanges_the_values_and_nothing_else():
    found = judged(ROWS, ROADS)
    turned = judged([mirrored(row) for row in ROWS], [mirrored(road) for road in ROADS])
    same = ["docking_point", "rule", "severity", "value", "unit", "limit", "limit_name"]
    pd.testing.assert_frame_equal(found[same], turned[same])
    pd.testing.assert_series_equal(found["a_value"], turned["b_value"], check_names=False)
    other = found["side"].map({"a": "b", "b": "a"}).astype("string")
    pd.testing.assert_series_equal(other, turned["side"], check_names=False)


def test_rules_do_not_change_what_they_are_given():
    points, context = points_table(*ROWS), context_of(strip_m=12.0, roads=ROADS)
    points_before, roads_before = points.copy(), context.boundary_roads.copy()
    run_rules(points, context, only=[])
    pd.testing.assert_frame_equal(points, points_before)
    pd.testing.assert_frame_equal(context.boundary_roads, roads_before)


def test_no_docking_points_no_finding():
    assert run_rules(points_table(), context_of(), only=[]).empty


def test_a_lone_road_is_judged_by_c01_alone():
    lone = {
        "a": {"road_class": 5, "lanes": 4, "status": "planned", "open_year": 2030, "name": "甲"}
    }
    context = context_of(strip_m=12.0)
    assert list(run_rules(points_table(lone), context, only=[])["rule"]) == ["B01", "C01"]


def test_points_that_agree_in_everything_are_silent():
    side = {
        "name": "甲路",
        "ref": "G320",
        "road_class": 5,
        "lanes": 6,
        "carriageway_m": 24.0,
        "redline_m": 45.0,
        "design_speed_kmh": 80.0,
        "status": "planned",
        "open_year": 2030,
    }
    assert run_rules(points_table({"a": side, "b": side}), context_of(), only=[]).empty
