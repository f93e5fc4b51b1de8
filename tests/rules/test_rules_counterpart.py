import pandas as pd
import pytest


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize(
    ("road", "expected"),
    [
        ({"road_class": 6}, "severe"),
        ({"road_class": 4}, "severe"),
        ({"road_class": 4, "status": "planned"}, "severe"),
        ({"road_class": 4, "status": "construction"}, "severe"),
        ({"road_class": 4, "status": "reserved"}, "mismatch"),
        ({"road_class": 5, "status": "proposed"}, "mismatch"),
        ({"road_class": 5, "status": "abandoned"}, "mismatch"),
        ({"road_class": 3}, "mismatch"),
        ({"road_class": 1, "status": "existing"}, "mismatch"),
        ({}, "mismatch"),
        ({"road_class": 3, "status": "proposed"}, "notice"),
        ({"status": "abandoned"}, "notice"),
    ],
)
def test_a_lone_road_is_found_on_its_side(run, side, road, expected):
    found = run("C01", {side: {"name": "姚杨公路", "end": "crossing"} | road}).iloc[0]
    assert found["severity"] == expected
    assert found["side"] == side
    assert found[f"{side}_value"] == "姚杨公路"
    assert pd.isna(found["b_value" if side == "a" else "a_value"])


def test_the_message_says_who_has_the_road_and_who_does_not(run):
    found = run("C01", {"b": {"ref": "X105"}}).iloc[0]
    assert found["message_en"] == (
        "X105 of west reaches the boundary, where east has no road to meet it."
    )
    assert found["message_zh"] == "west的X105到达界线，east在此没有与之对接的道路。"
    unnamed = run("C01", {"a": {}}).iloc[0]
    assert unnamed["message_en"].startswith("An unnamed road of east")


def test_a_pair_lacks_no_counterpart(run):
    assert run("C01", {"a": {"road_class": 5}, "b": {"road_class": 5}}).empty


def test_an_ambiguous_pair_is_a_mismatch_and_lists_the_others(run):
    doubtful = {
        "a": {"name": "叶新公路"},
        "b": {"name": "姚杨公路"},
        "verdict": "ambiguous",
        "alternatives": [
            {"side": "b", "fid": "17", "offset_m": 12.0, "gap_m": 4.0, "deflection_deg": 3.0}
        ],
    }
    found = run("C02", doubtful).iloc[0]
    assert found["severity"] == "mismatch"
    assert (found["a_value"], found["b_value"]) == ("叶新公路", "姚杨公路")
    assert "(b:17 (offset_m 12.0, gap_m 4.0, deflection_deg 3.0))" in found["message_en"]
    assert "（b:17 (offset_m 12.0, gap_m 4.0, deflection_deg 3.0)）" in found["message_zh"]
    bare = run("C02", doubtful | {"alternatives": None, "b": {}}).iloc[0]
    assert bare["message_en"].endswith("about as likely.")
    assert "an unnamed road of west" in bare["message_en"]


def test_clear_and_lone_points_are_not_ambiguous(run):
    assert run("C02", {"a": {}, "b": {}}, {"a": {}}).empty


@pytest.mark.parametrize(
    ("side", "severity", "lacks"), [("b", "mismatch", "west"), (pd.NA, "notice", "east or west")]
)
def test_an_existing_road_is_asked_of_the_side_that_lacks_it(run, side, severity, lacks):
    road = {"chainage_m": 500.0, "name": "姚杨公路", "road_class": 3, "side": side}
    (found,) = run("C03", {"a": {}, "b": {}}, unplanned=[road]).to_dict("records")
    assert (found["severity"], found["message_en"].endswith(f"plan of {lacks}.")) == (
        severity,
        True,
    )
    assert pd.isna(found["side"]) if pd.isna(side) else found["side"] == side


def test_a_small_street_is_asked_only_of_one_side(run):
    road = {"chainage_m": 500.0, "name": pd.NA, "road_class": 1}
    assert len(run("C03", {"a": {}, "b": {}}, unplanned=[road | {"side": "a"}])) == 1
    assert run("C03", {"a": {}, "b": {}}, unplanned=[road | {"side": pd.NA}]).empty
