import pandas as pd
import pytest


def pair(column, a, b):
    return {"a": {column: a}, "b": {column: b}}


@pytest.mark.parametrize(
    ("a", "b", "expected", "limit_name"),
    [
        (4, 4, "ok", None),
        (4, 5, "notice", "class_notice_ranks"),
        (3, 5, "mismatch", "class_mismatch_ranks"),
        (2, 5, "severe", "class_severe_ranks"),
        (1, 5, "severe", "class_severe_ranks"),
        (5, 6, "severe", None),
        (4, 6, "severe", None),
        (6, 6, "ok", None),
        (3, 6, "severe", "class_severe_ranks"),
        (4, None, "unknown", None),
        (None, None, "ok", None),
    ],
)
def test_class(run, a, b, expected, limit_name):
    found = run("S01", pair("road_class", a, b))
    assert list(found["severity"]) == ([] if expected == "ok" else [expected])
    if expected != "ok":
        told = found["limit_name"][0]
        assert pd.isna(told) if limit_name is None else told == limit_name
    if expected not in ("ok", "unknown"):
        assert (found["value"][0], found["unit"][0]) == (b - a, "ranks")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"lanes": 4}, {"lanes": 6}, "mismatch"),
        ({"design_speed_kmh": 60.0}, {"design_speed_kmh": 80.0}, "mismatch"),
        ({"lanes": 6}, {"lanes": 6}, "notice"),
        ({"lanes": 4}, {}, "notice"),
        ({"lanes": 6}, {"lanes": 6, "design_speed_kmh": 80.0}, "notice"),
    ],
)
def test_one_rank_apart_is_worse_where_lanes_or_speed_differ_too(run, a, b, expected):
    found = run("S01", {"a": {"road_class": 4} | a, "b": {"road_class": 5} | b})
    assert list(found["severity"]) == [expected]
    assert ("differ too" in found["message_en"][0]) == (expected == "mismatch")


def test_equal_classes_do_not_mind_other_lanes(severity):
    assert (
        severity("S01", {"a": {"road_class": 4, "lanes": 2}, "b": {"road_class": 4, "lanes": 6}})
        == "ok"
    )


@pytest.mark.parametrize(
    ("side", "says"),
    [
        ({"road_class": 4, "class_text": "二级公路"}, "east records it as class 2 highway,"),
        ({"road_class": 4, "class_text": "22"}, "east records it as class 2 highway,"),
        ({"road_class": 4, "class_text": "主干路"}, "east records it as urban trunk road,"),
        ({"road_class": 4, "class_text": "准二级"}, "east records it as 准二级 (rank 4),"),
        ({"class_text": "99"}, "east records it as 99, which was not understood,"),
        ({"road_class": 4}, "east records it as rank 4,"),
        ({"class_text": "甲种"}, "east records it as 甲种, which was not understood,"),
        ({}, "east does not state its class,"),
    ],
)
def test_class_in_words(run, side, says):
    found = run("S01", {"a": side, "b": {"road_class": 5, "class_text": "一级公路"}}).iloc[0]
    assert found["message_en"].startswith(says)
    assert found["b_value"] == "一级公路"


def test_a_code_is_said_as_the_class_it_stands_for(run):
    codes = {"a": {"road_class": 4, "class_text": "22"}, "b": {"road_class": 6, "class_text": "10"}}
    found = run("S01", codes).iloc[0]
    assert (
        found["message_en"] == "east records it as class 2 highway, west records it as expressway."
    )
    assert found["message_zh"] == "east定为二级公路，west定为高速公路。"
    assert (found["a_value"], found["b_value"]) == ("22", "10")  # the source's own text


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (6, 6, "ok"),
        (4, 5, "notice"),
        (4, 6, "mismatch"),
        (3, 6, "mismatch"),
        (2, 6, "severe"),
        (4, None, "unknown"),
        (None, None, "ok"),
    ],
)
def test_lanes(severity, a, b, expected):
    assert severity("S02", pair("lanes", a, b)) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((4, 6), (6, None), "notice"),
        ((2, 6), (6, None), "notice"),
        ((4, 6), (2, 6), "notice"),
        ((4, 8), (6, None), "mismatch"),
        ((4, 6), (4, None), "ok"),
        ((None, 6), (6, None), "unknown"),
    ],
)
def test_a_later_stage_explains_a_difference(severity, a, b, expected):
    row = {
        side: {"lanes": now, "lanes_future": later}
        for side, (now, later) in {"a": a, "b": b}.items()
    }
    assert severity("S02", row) == expected


def test_lanes_in_words(run):
    found = run("S02", {"a": {"lanes": 4, "lanes_future": 6}, "b": {"lanes": 8}}).iloc[0]
    assert found["message_en"] == "east has 4 motor lanes (6 later), west has 8 motor lanes."
    assert found["message_zh"] == "east为4条机动车道（远期6条），west为8条机动车道。"
    assert (found["a_value"], found["b_value"], found["value"]) == ("4", "8", 4)
    unknown = run("S02", pair("lanes", None, 2)).iloc[0]
    assert unknown["message_en"] == "east does not state its motor lanes, west has 2 motor lanes."
    assert pd.isna(unknown["a_value"])


WIDTHS = [
    (40.0, 40.0, "ok"),
    (40.0, 35.0, "ok"),  # 5 m, whatever the share
    (12.0, 8.0, "ok"),  # a third, but 4 m
    (60.0, 54.0, "ok"),  # 6 m, but a tenth
    (60.0, 53.0, "notice"),
    (40.0, 30.0, "notice"),  # a quarter
    (40.0, 29.0, "mismatch"),
    (40.0, 20.0, "mismatch"),  # a half
    (40.0, 19.0, "severe"),
    (40.0, None, "unknown"),
    (None, None, "ok"),
]


@pytest.mark.parametrize(("a", "b", "expected"), WIDTHS)
@pytest.mark.parametrize(
    ("code", "column"),
    [("S03", "carriageway_m"), ("S03", "roadbed_m"), ("S04", "redline_m")],
)
def test_widths(severity, code, column, a, b, expected):
    assert severity(code, pair(column, a, b)) == expected


def test_the_value_of_a_width_is_its_share_of_the_wider(run):
    found = run("S04", pair("redline_m", 40.0, 24.5)).iloc[0]
    assert found["value"] == pytest.approx(15.5 / 40)
    assert (found["unit"], found["limit"]) == ("1", 0.25)
    assert (found["a_value"], found["b_value"]) == ("40", "24.5")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # carriageways agree, roadbeds are not asked
        (
            {"carriageway_m": 24.0, "roadbed_m": 50.0},
            {"carriageway_m": 24.0, "roadbed_m": 20.0},
            "ok",
        ),
        # one carriageway is missing: roadbeds
        ({"carriageway_m": 24.0, "roadbed_m": 50.0}, {"roadbed_m": 20.0}, "severe"),
        # nothing that both state
        ({"carriageway_m": 24.0}, {"roadbed_m": 24.0}, "unknown"),
        ({"roadbed_m": 24.0}, {}, "unknown"),
    ],
)
def test_roadbeds_stand_in_for_carriageways(severity, a, b, expected):
    assert severity("S03", {"a": a, "b": b}) == expected


def test_widths_in_words(run):
    found = run("S03", {"a": {"carriageway_m": 24.0}, "b": {"roadbed_m": 12.5}}).iloc[0]
    assert found["message_en"] == "east has a carriageway of 24 m, west has a roadbed of 12.5 m."
    compared = run(
        "S03", {"a": {"carriageway_m": 24.0, "roadbed_m": 50.0}, "b": {"roadbed_m": 20.0}}
    ).iloc[0]
    assert compared["message_en"] == "east has a roadbed of 50 m, west has a roadbed of 20 m."
    assert compared["message_zh"] == "east路基宽50米，west路基宽20米。"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (80.0, 80.0, "ok"),
        (60.0, 80.0, "notice"),
        (60.0, 81.0, "mismatch"),
        (50.0, 80.0, "mismatch"),
        (40.0, 80.0, "severe"),
        (60.0, None, "unknown"),
        (None, None, "ok"),
    ],
)
def test_design_speed(severity, a, b, expected):
    assert severity("S05", pair("design_speed_kmh", a, b)) == expected


def test_no_difference_is_never_a_finding_even_at_a_limit_of_nought(severity):
    assert severity("S02", pair("lanes", 4, 4), limits={"lanes_severe": 0}) == "ok"
    assert (
        severity("S05", pair("design_speed_kmh", 60.0, 60.0), limits={"speed_severe_kmh": 0})
        == "ok"
    )
    assert severity("S01", pair("road_class", 4, 4), limits={"class_severe_ranks": 0}) == "ok"
