import pandas as pd
import pytest


@pytest.mark.parametrize(
    ("strip_m", "expected"),
    [(None, "ok"), (0.0, "ok"), (1.0, "ok"), (1.1, "notice"), (50.0, "notice"), (50.1, "mismatch")],
)
def test_strip(severity, strip_m, expected):
    assert severity("B01", {"a": {}, "b": {}}, strip_m=strip_m) == expected


def test_the_strip_is_one_finding_of_no_docking_point(run):
    found = run("B01", {"a": {}, "b": {}}, {"a": {}, "b": {}}, strip_m=62.0, median_m=8.5)
    assert len(found) == 1
    assert pd.isna(found["docking_point"][0])
    assert (found["value"][0], found["limit_name"][0]) == (62.0, "strip_mismatch_m")
    assert found["message_en"][0] == (
        "The boundary lines of east and west lie up to 62 m apart, half of the way no more than 8.5 m."
    )
    assert (
        run("B01", {"a": {}}, strip_m=62.0)["message_zh"][0]
        == "east与west所用界线数据最大相距62米。"
    )


SAME = {"road_class": 4, "class_text": "二级公路", "lanes": 4, "status": "existing"}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "ok"),
        ({"road_class": 3}, "notice"),
        ({"road_class": 2}, "mismatch"),
        ({"lanes": 5}, "notice"),
        ({"lanes": 6}, "mismatch"),
        ({"status": "planned"}, "notice"),
        ({"lanes": None}, "unknown"),
        ({"lanes": None, "road_class": 3}, "notice"),
        ({"name": "另名"}, "ok"),
    ],
)
def test_boundary_road(severity, other, expected):
    roads = [{"a": SAME, "b": SAME | other}]
    turned = [{"a": SAME | other, "b": SAME}]
    assert severity("B02", {"a": {}, "b": {}}, roads=roads) == expected
    assert severity("B02", {"a": {}, "b": {}}, roads=turned) == expected


def test_one_finding_per_boundary_road(run):
    roads = [
        {
            "a": SAME | {"name": "界河路"},
            "b": SAME | {"road_class": 2, "lanes": 8, "status": "planned"},
        },
        {"a": SAME, "b": SAME},
        {"a": SAME, "b": SAME | {"lanes": 2}},
    ]
    found = run("B02", {"a": {}, "b": {}}, roads=roads)
    assert list(found["severity"]) == ["mismatch", "mismatch"]
    assert list(found["limit_name"]) == ["class_mismatch_ranks", "lanes_mismatch"]
    assert list(found["value"]) == [2, 2]
    assert list(found["unit"]) == ["ranks", "lanes"]
    assert found["docking_point"].isna().all()
    assert found["a_value"][1] == "class 2 highway / 4 / existing"
    assert found["message_en"][1] == (
        "An unnamed road runs along the boundary; east and west record: motor lanes 4 / 2."
    )
    assert found["message_zh"][0] == (
        "界河路沿界线延伸，east与west的记录为：等级 二级公路 / 二级公路，机动车道数 4 / 8，状态 现状 / 规划。"
    )


def test_no_boundary_roads_no_finding(run):
    assert run("B02", {"a": {}, "b": {}}).empty
