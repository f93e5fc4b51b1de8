"""Whole sentences of the rules, in both languages, and what a finding says beside them."""

import pandas as pd
import pytest
from docking_rows import context_of, points_table

from roadalign.errors import InputError
from roadalign.model.tables import FINDING_COLUMNS
from roadalign.rules.core import Context, load_rules, refuse_unknown, run_rules
from roadalign.rules.land import pieces as _land


def pair(column, a, b):
    return {"a": {column: a}, "b": {column: b}}


SENTENCES = [
    (
        "G01",
        {"a": {"to_boundary_m": 60.0}, "b": {"to_boundary_m": 80.0}, "gap_m": 140.0},
        "Along the road, the ends drawn by east and west lie apart by 140 m.",
        "沿道路方向，east与west所绘端点相距140米。",
    ),
    (
        "G01",
        {"a": {}, "b": {}, "gap_m": -140.5},
        "Along the road, the ends drawn by east and west overlap by 140.5 m.",
        "沿道路方向，east与west所绘端点重叠140.5米。",
    ),
    (
        "G02",
        {"a": {"redline_m": 30.0}, "b": {"redline_m": 35.0}, "offset_m": 33.0},
        "Across the road, the axes of east and west lie 33 m apart; their red-line corridors reach 32.5 m together and do not overlap.",
        "east与west的道路中线错位33米；两侧红线半宽合计32.5米，红线范围不重叠。",
    ),
    (
        "G02",
        {"a": {}, "b": {}, "offset_m": -8.0},
        "Across the road, the axes of east and west lie 8 m apart.",
        "east与west的道路中线错位8米。",
    ),
    (
        "G03",
        {"a": {}, "b": {}, "deflection_deg": 22.0},
        "Between the end of east and that of west the road turns by 22°.",
        "east与west的道路走向在界线处相差22°。",
    ),
    (
        "G04",
        {"a": {}, "b": {"end": "overshoot"}, "overshoot_contradiction_m": 40.0},
        "west draws the road across the boundary; what east and west show there lies 40 m apart.",
        "west所绘道路延伸过界线，east与west在该处所绘位置相距40米。",
    ),
    (
        "G04",
        {"a": {"end": "overshoot"}, "b": {}, "overshoot_contradiction_m": 40.0},
        "east draws the road across the boundary; what east and west show there lies 40 m apart.",
        "east所绘道路延伸过界线，east与west在该处所绘位置相距40米。",
    ),
    (
        "G04",
        {"a": {"end": "overshoot"}, "b": {"end": "overshoot"}, "overshoot_contradiction_m": 40.0},
        "Each side draws the road across the boundary; what east and west show there lies 40 m apart.",
        "双方所绘道路延伸过界线，east与west在该处所绘位置相距40米。",
    ),
    (
        "S01",
        {"a": {"road_class": 4, "lanes": 4}, "b": {"road_class": 5, "lanes": 6}},
        "east records it as rank 4, west records it as rank 5; motor lanes or design speed differ too.",
        "east定为级序4，west定为级序5；机动车道数或设计速度亦不同。",
    ),
    (
        "S01",
        {"a": {"road_class": 4, "class_text": "准二级"}, "b": {"class_text": "甲种"}},
        "east records it as 准二级 (rank 4), west records it as 甲种, which was not understood.",
        "east定为准二级（级序4），west定为甲种（未能识别）。",
    ),
    (
        "S01",
        {"a": {}, "b": {"road_class": 5, "class_text": "一级公路"}},
        "east does not state its class, west records it as class 1 highway.",
        "east未注明等级，west定为一级公路。",
    ),
    (
        "S02",
        {"a": {}, "b": {"lanes": 6, "lanes_future": 8}},
        "east does not state its motor lanes, west has 6 motor lanes (8 later).",
        "east未注明机动车道数，west为6条机动车道（远期8条）。",
    ),
    (
        "S03",
        {"a": {"carriageway_m": 24.0}, "b": {}},
        "east has a carriageway of 24 m, west states neither carriageway nor roadbed width.",
        "east路面宽24米，west未注明路面和路基宽度。",
    ),
    (
        "S03",
        {"a": {"carriageway_m": 24.0}, "b": {"carriageway_m": 8.0}},
        "east has a carriageway of 24 m, west has a carriageway of 8 m.",
        "east路面宽24米，west路面宽8米。",
    ),
    (
        "S03",
        {"a": {"roadbed_m": 40.0}, "b": {"roadbed_m": 12.0}},
        "east has a roadbed of 40 m, west has a roadbed of 12 m.",
        "east路基宽40米，west路基宽12米。",
    ),
    (
        "S04",
        pair("redline_m", 40.0, 24.5),
        "east has a red-line width of 40 m, west has a red-line width of 24.5 m.",
        "east红线宽40米，west红线宽24.5米。",
    ),
    (
        "S04",
        pair("redline_m", None, 24.5),
        "east does not state its red-line width, west has a red-line width of 24.5 m.",
        "east未注明红线宽度，west红线宽24.5米。",
    ),
    (
        "S05",
        pair("design_speed_kmh", 60.0, 100.0),
        "east designs for 60 km/h, west designs for 100 km/h.",
        "east设计速度为60 km/h，west设计速度为100 km/h。",
    ),
    (
        "S05",
        pair("design_speed_kmh", 60.0, None),
        "east designs for 60 km/h, west does not state its design speed.",
        "east设计速度为60 km/h，west未注明设计速度。",
    ),
    (
        "T01",
        pair("status", "planned", None),
        "east records the road as planned, west does not state its status.",
        "east标为规划，west未注明状态。",
    ),
    (
        "T02",
        pair("open_year", 2027, 2033),
        "east opens in 2027, west opens in 2033.",
        "east于2027年建成，west于2033年建成。",
    ),
    (
        "T02",
        pair("open_year", None, 2033),
        "east does not state its opening year, west opens in 2033.",
        "east未注明建成年份，west于2033年建成。",
    ),
    (
        "N01",
        pair("ref", "G320", None),
        "east numbers the route G320, west states no route number.",
        "east路线编号为G320，west未注明路线编号。",
    ),
    (
        "N02",
        pair("name", None, "姚杨公路"),
        "east states no name, west calls the road 姚杨公路.",
        "east未注明名称，west称该路为姚杨公路。",
    ),
    (
        "C01",
        {"a": {"name": "姚杨公路"}},
        "姚杨公路 of east reaches the boundary, where west has no road to meet it.",
        "east的姚杨公路到达界线，west在此没有与之对接的道路。",
    ),
    (
        "C01",
        {"b": {}},
        "An unnamed road of west reaches the boundary, where east has no road to meet it.",
        "west的未命名道路到达界线，east在此没有与之对接的道路。",
    ),
    (
        "C02",
        {
            "a": {},
            "b": {"ref": "S2"},
            "verdict": "ambiguous",
            "alternatives": [
                {"side": "b", "fid": "3", "offset_m": 12.0, "gap_m": 4.0, "deflection_deg": 3.0}
            ],
        },
        "An unnamed road of east and S2 of west were paired, but another pairing is about as likely (b:3 (offset_m 12.0, gap_m 4.0, deflection_deg 3.0)).",
        "east的未命名道路与west的S2配为一对，但另有可能性相近的配对（b:3 (offset_m 12.0, gap_m 4.0, deflection_deg 3.0)）。",
    ),
    (
        "C02",
        {"a": {"ref": "S2"}, "b": {}, "verdict": "ambiguous"},
        "S2 of east and an unnamed road of west were paired, but another pairing is about as likely.",
        "east的S2与west的未命名道路配为一对，但另有可能性相近的配对。",
    ),
]


@pytest.mark.parametrize(("code", "row", "en", "zh"), SENTENCES)
def test_a_finding_in_words(run, code, row, en, zh):
    (found,) = run(code, row).to_dict("records")
    assert (found["message_en"], found["message_zh"]) == (en, zh)
    assert (found["rule"], found["docking_point"]) == (code, "DP-0")


@pytest.mark.parametrize(
    ("code", "row", "a", "b"),
    [
        (
            "G01",
            {"a": {"to_boundary_m": 1.25}, "b": {"to_boundary_m": 2.0}, "gap_m": 60.0},
            "1.25",
            "2",
        ),
        ("S01", pair("road_class", 4, 6), "rank 4", "rank 6"),
        ("S01", {"a": {"road_class": 4}, "b": {}}, "rank 4", None),
        ("S02", pair("lanes", 4, 8), "4", "8"),
        ("S03", {"a": {"roadbed_m": 40.0}, "b": {"carriageway_m": 8.0}}, "40", "8"),
        ("S03", {"a": {"carriageway_m": 40.0}, "b": {"roadbed_m": 8.0}}, "40", "8"),
        ("S05", pair("design_speed_kmh", 60.0, 100.0), "60", "100"),
        ("T02", pair("open_year", 2027, 2033), "2027", "2033"),
        ("N01", pair("ref", "G1", "G2"), "G1", "G2"),
        ("N02", pair("name", "甲", "乙"), "甲", "乙"),
    ],
)
def test_the_values_of_both_sides_are_told_in_short(run, code, row, a, b):
    (found,) = run(code, row).to_dict("records")
    assert found["a_value"] == a
    assert pd.isna(found["b_value"]) if b is None else found["b_value"] == b


# --- what the network says


def crossing(**more):
    return {"chainage_m": 1234.0, "name": "姚杨公路", "road_class": 3, "side": "b"} | more


@pytest.mark.parametrize(
    ("rank", "of_one", "of_neither"),
    [
        (6, "severe", "mismatch"),
        (5, "severe", "mismatch"),
        (4, "mismatch", "notice"),
        (3, "mismatch", "notice"),
        (2, "notice", None),
        (pd.NA, "notice", None),
    ],
)
def test_an_existing_road_weighs_by_its_class(run, rank, of_one, of_neither):
    for side, expected in (("a", of_one), ("b", of_one), (pd.NA, of_neither)):
        found = run("C03", {"a": {}, "b": {}}, unplanned=[crossing(road_class=rank, side=side)])
        assert list(found["severity"]) == ([] if expected is None else [expected])
    alone = {"b": {}, "network": "connected", "network_class": rank, "chainage_m": 2000.0}
    assert list(run("C03", alone)["severity"]) == [of_one]


@pytest.mark.parametrize(("side", "lacks"), [("a", "east"), ("b", "west")])
def test_an_existing_road_in_words(run, side, lacks):
    (found,) = run("C03", {"a": {}, "b": {}}, unplanned=[crossing(side=side)]).to_dict("records")
    assert found["message_en"] == (
        "An existing road (姚杨公路) crosses the boundary at km 1.23; it is not in the plan of "
        f"{lacks}."
    )
    assert found["message_zh"] == (
        f"现状道路（姚杨公路）在沿界里程1.23公里处过界；{lacks}的规划中没有该道路。"
    )
    assert (found["side"], found["chainage_m"]) == (side, 1234.0)
    assert pd.isna(found["docking_point"])


@pytest.mark.parametrize(("has", "lacks"), [("a", "b"), ("b", "a")])
def test_the_side_without_the_existing_road_is_asked_at_the_docking_point(run, has, lacks):
    row = {
        has: {"end": "touch"},
        "network": "connected",
        "network_class": 4,
        "network_name": "沪杭公路",
        "chainage_m": 5678.0,
    }
    (found,) = run("C03", row).to_dict("records")
    name = {"a": "east", "b": "west"}[lacks]
    assert (found["side"], found["docking_point"], found["severity"]) == (lacks, "DP-0", "mismatch")
    assert found["message_en"].startswith(
        "An existing road (沪杭公路) crosses the boundary at km 5.68"
    )
    assert found["message_en"].endswith(f"plan of {name}.")
    assert run("C03", row | {"network": "dead_end_a"}).empty
    assert run("C03", row | {"network": None}).empty
    assert run("C03", row | {"a": {}, "b": {}}).empty


def test_an_unnamed_existing_road_is_called_so(run):
    road = crossing(name=pd.NA, side=pd.NA)
    (found,) = run("C03", {"a": {}, "b": {}}, unplanned=[road]).to_dict("records")
    assert "(unnamed road)" in found["message_en"]
    assert "（未命名道路）" in found["message_zh"]
    assert found["message_en"].endswith("plan of east or west.")
    assert found["message_zh"].endswith("east与west的规划中没有该道路。")


FACING = {
    "chainage_m": 300.0,
    "name": "枫美路",
    "road_class": 3,
    "gap_m": 42.0,
    "deflection_deg": 3.0,
    "detour_m": 5200.0,
    "detour_ratio": 123.8,
}


def facing(run, **more):
    return run("C04", {"a": {}, "b": {}}, opportunities=[FACING | more])


def test_facing_dead_ends_in_words(run):
    (found,) = facing(run).to_dict("records")
    assert found["message_en"] == (
        "Two existing roads (枫美路) end 42 m apart at km 0.30; the way around is 5.2 km, and "
        "neither east nor west plans to join them."
    )
    assert found["message_zh"] == (
        "沿界里程0.30公里处，两条现状道路（枫美路）中断，相距42米；现状绕行5.2公里，"
        "east与west均未规划连通。"
    )
    assert (found["severity"], found["value"], found["unit"]) == ("notice", 42.0, "m")
    assert found["chainage_m"] == 300.0
    assert pd.isna(found["docking_point"])
    (unnamed,) = facing(run, name=pd.NA, detour_m=None, detour_ratio=None).to_dict("records")
    assert "(unnamed road)" in unnamed["message_en"]
    assert "the way around is longer than was looked for," in unnamed["message_en"]
    assert "现状绕行超出搜索范围，" in unnamed["message_zh"]


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("road_class", 2, 1),
        ("gap_m", 300.0, 300.1),
        ("deflection_deg", 45.0, 45.1),
        ("detour_m", 1000.0, 999.9),
        ("detour_ratio", 3.0, 2.9),
    ],
)
def test_how_near_and_how_far_around(run, column, good, bad):
    assert len(facing(run, **{column: good})) == 1
    assert facing(run, **{column: bad}).empty
    if column in {"road_class", "gap_m", "deflection_deg"}:
        assert facing(run, **{column: pd.NA}).empty


# --- grade levels


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (1, 0, "mismatch"),
        (0, -1, "mismatch"),
        (2, 1, "mismatch"),
        (1, -1, "severe"),
        (2, 0, "severe"),
        (1, None, "unknown"),
        (None, 0, "unknown"),
        (1, 1, None),
        (0, 0, None),
        (None, None, None),
    ],
)
def test_grade_levels(run, a, b, expected):
    given = [{"grade_level": level} if level is not None else {} for level in (a, b)]
    found = run("G06", {"a": given[0], "b": given[1]})
    assert list(found["severity"]) == ([] if expected is None else [expected])
    if expected in ("mismatch", "severe"):
        assert found["value"].tolist() == [abs(a - b)]
        assert found["unit"].tolist() == ["levels"]


def test_grade_levels_in_words(run):
    for a, b, en, zh in (
        (
            {"grade_level": 1},
            {"grade_level": -2},
            "east is a bridge (grade level 1), west is a tunnel (grade level -2).",
            "east为桥梁（立体层次1），west为隧道（立体层次-2）。",
        ),
        (
            {"grade_level": 0},
            {},
            "east is on the ground (grade level 0), west does not state its grade level.",
            "east为地面（立体层次0），west未注明立体层次。",
        ),
    ):
        (row,) = run("G06", {"a": a, "b": b}).to_dict("records")
        assert (row["message_en"], row["message_zh"]) == (en, zh)


# --- what is taken of the land


def piece(kind, area_m2=960.0, length_m=40.0, point="DP-0", **more):
    return {"docking_point": point, "kind": kind, "length_m": length_m, "area_m2": area_m2} | more


@pytest.mark.parametrize(
    ("kind", "road", "expected"),
    [
        ("farmland", {}, "severe"),
        ("farmland", {"road_class": 5}, "severe"),
        ("farmland", {"road_class": 6}, "mismatch"),
        ("farmland", {"ref": "G320"}, "mismatch"),
        ("farmland", {"ref": "S36"}, "mismatch"),
        (
            "farmland",
            {"ref": "S202"},
            "severe",
        ),  # a provincial road of three figures is no expressway
        ("farmland", {"ref": "X3"}, "severe"),
        ("farmland_reserve", {}, "mismatch"),
        ("farmland_reserve", {"ref": "G320"}, "mismatch"),
        ("ecological_red_line", {}, "severe"),
        ("ecological_red_line", {"road_class": 6}, "severe"),
        ("wetland", {}, "mismatch"),
        ("forest", {"road_class": 6}, "mismatch"),
    ],
)
@pytest.mark.parametrize("side", ["a", "b"])
def test_protected_land_weighs_by_its_kind_and_by_the_road(run, kind, road, expected, side):
    row = {"a": {}, "b": {}} | {side: road}
    assert list(run("L01", row, crossed=[piece(kind)])["severity"]) == [expected]


@pytest.mark.parametrize(("area_m2", "there"), [(99.9, False), (100.0, True)])
def test_little_land_is_no_finding(run, area_m2, there):
    assert (len(run("L01", {"a": {}, "b": {}}, crossed=[piece("forest", area_m2)])) == 1) == there


def test_what_is_taken_of_several_kinds_adds_up(run):
    pieces = [piece("forest", 60.0, 10.0), piece("wetland", 70.0, 20.0)]
    (found,) = run("L01", {"a": {}, "b": {}}, crossed=pieces).to_dict("records")
    assert (found["value"], found["unit"], found["limit"]) == (130.0, "m2", 100.0)
    assert (found["limit_name"], found["docking_point"]) == ("protected_area_m2", "DP-0")
    assert found["message_en"] == (
        "What would join the roads of east and west, 24 m wide, takes public-welfare or natural "
        "forest (10 m, 60 m²), protected wetland (20 m, 70 m²). A permit to use forest land is "
        "needed. What is occupied has to be made good elsewhere."
    )
    assert found["message_zh"] == (
        "连接east与west道路的占地范围（宽24米）占用公益林、天然林（10米、60平方米）、湿地（20米、70平方米）。"
        "须办理使用林地手续。占用须落实补偿恢复。"
    )


def test_a_law_is_told_once(run):
    pieces = [piece("forest", 60.0), piece("forest", 70.0)]
    (found,) = run("L01", {"a": {}, "b": {}}, crossed=pieces).to_dict("records")
    assert found["message_en"].count("A permit to use forest land is needed.") == 1
    assert _land.drop_law(found["message_en"], lang="en") == (
        "What would join the roads of east and west, 24 m wide, takes public-welfare or natural "
        "forest (40 m, 60 m²), public-welfare or natural forest (40 m, 70 m²)."
    )
    assert _land.drop_law(found["message_zh"], lang="zh") == (
        "连接east与west道路的占地范围（宽24米）占用公益林、天然林（40米、60平方米）、公益林、天然林（40米、70平方米）。"
    )


def test_land_is_told_at_the_docking_point_that_takes_it(run):
    rows = [{"a": {}, "b": {}}] * 3
    found = run(
        "L01", *rows, crossed=[piece("forest", point="DP-2"), piece("forest", point="DP-0")]
    )
    assert found["docking_point"].tolist() == ["DP-0", "DP-2"]
    assert run("L02", *rows, crossed=[piece("forest", point="DP-2")]).empty


@pytest.mark.parametrize(("length_m", "there"), [(4.9, False), (5.0, True)])
def test_water_is_told_from_its_length_on(run, length_m, there):
    found = run(
        "L02",
        {"a": {}, "b": {}},
        {"a": {}, "b": {}},
        crossed=[piece("water", 9.0, length_m, "DP-1")],
    )
    assert found["docking_point"].tolist() == (["DP-1"] if there else [])
    if there:
        (row,) = found.to_dict("records")
        assert (row["severity"], row["value"], row["unit"]) == ("notice", 5.0, "m")
        assert (row["limit"], row["limit_name"]) == (5.0, "water_length_m")
        assert row["message_en"].startswith("What would join the roads of east and west crosses ")
        assert run("L01", {"a": {}, "b": {}}, crossed=[piece("water", 9000.0, length_m)]).empty


# --- curves


def curve(run, **more):
    return run(
        "G05",
        {"a": {}, "b": {}},
        {"a": {}, "b": {}},
        curves=[{"docking_point": "DP-1", "largest_m": 80.0} | more],
    )


@pytest.mark.parametrize(
    ("fits", "expected"),
    [("none", "mismatch"), ("constrained", "notice"), ("lower", "notice"), ("higher", None)],
)
def test_where_no_curve_fits(run, fits, expected):
    found = curve(run, fits=fits)
    assert list(found["severity"]) == ([] if expected is None else [expected])
    if expected:
        (row,) = found.to_dict("records")
        # 266 m of each road are needed, 200 m of each are there
        assert (row["docking_point"], row["value"], row["unit"]) == ("DP-1", 532.0, "m")
        assert row["limit"] == 400.0
        assert pd.isna(row["limit_name"])


def test_curves_in_words(run):
    begins = (
        "No curve of 600 m (60 km/h, transitions of 50 m) joins the roads of east and west "
        "within 200 m and 200 m of their ends"
    )
    begins_zh = (
        "在距端点200米（east）和200米（west）以内，"
        "没有半径600米（60 km/h，缓和曲线50米）的曲线可连接双方道路"
    )
    takes, takes_zh = "; it would take 532 m of the two roads together", "；共需两侧道路532米"
    for more, en, zh in (
        (
            {"fits": "none"},
            f"{takes}; without transitions the largest radius that fits is 80 m.",
            f"{takes_zh}；不设缓和曲线时可容纳的最大半径为80米。",
        ),
        ({"fits": "none", "largest_m": 0.0}, f"{takes}.", f"{takes_zh}。"),
        (
            {"fits": "constrained"},
            f"{takes}; one of 300 m does, which is for places without room.",
            f"{takes_zh}；仅受限条件下采用的半径300米可行。",
        ),
        (
            {"fits": "lower", "used_kmh": 50.0, "used_m": 400.0},
            f"{takes}; one of 400 m (50 km/h) does.",
            f"{takes_zh}；半径400米（50 km/h）可行。",
        ),
        # less than there is, were the roads straight: it does not say why
        ({"fits": "none", "largest_m": 0.0, "needed_m": 150.0}, ".", "。"),
        ({"fits": "none", "largest_m": 0.0, "needed_m": None}, ".", "。"),
    ):
        (row,) = curve(run, **more).to_dict("records")
        assert (row["message_en"], row["message_zh"]) == (begins + en, begins_zh + zh)


def test_a_curve_without_transitions_names_none(run):
    (row,) = curve(run, fits="none", transition_m=0.0).to_dict("records")
    assert row["message_en"].startswith("No curve of 600 m (60 km/h) joins")
    assert "没有半径600米（60 km/h）的曲线" in row["message_zh"]


# --- roads along the boundary


def along(run, a, b):
    return run("B02", {"a": {}, "b": {}}, roads=[{"a": a, "b": b}])


def test_what_a_boundary_road_differs_in_is_told(run):
    a = {"ref": "X9", "road_class": 4, "class_text": "二级公路", "lanes": 4, "status": "existing"}
    (found,) = along(run, a, {"road_class": 2, "lanes": 8}).to_dict("records")
    assert found["message_en"] == (
        "X9 runs along the boundary; east and west record: class class 2 highway / rank 2, "
        "motor lanes 4 / 8, status existing / not stated."
    )
    assert found["message_zh"] == (
        "X9沿界线延伸，east与west的记录为：等级 二级公路 / 级序2，机动车道数 4 / 8，"
        "状态 现状 / 未注明。"
    )
    assert (found["value"], found["unit"], found["limit"]) == (2.0, "ranks", 2.0)
    assert found["b_value"] == "rank 2 / 8 / ?"
    (lanes,) = along(run, {"lanes": 4}, {"lanes": 8}).to_dict("records")
    assert (lanes["value"], lanes["unit"], lanes["limit"]) == (4.0, "lanes", 2.0)
    assert (lanes["limit_name"], lanes["severity"]) == ("lanes_mismatch", "mismatch")
    (status,) = along(run, {"status": "existing"}, {"status": "planned"}).to_dict("records")
    assert status["severity"] == "notice"
    assert pd.isna(status["value"])
    assert pd.isna(status["unit"])
    assert pd.isna(status["limit_name"])


def test_the_name_of_a_boundary_road_is_that_of_either_side(run):
    (found,) = along(run, {"lanes": 4}, {"lanes": 8, "name": "界河路"}).to_dict("records")
    assert found["message_zh"].startswith("界河路沿界线延伸")


# --- what is common to all rules


def test_only_the_rules_asked_for_are_run():
    points = points_table({"a": {"lanes": 2}, "b": {"lanes": 6}, "gap_m": 600.0, "offset_m": 60.0})
    for only, rules in (
        (["S02"], ["S02"]),
        (["G"], ["G01", "G02"]),
        (["S02", "G01"], ["G01", "S02"]),
        ([], ["G01", "G02", "S02"]),
        (["T"], []),
    ):
        found = run_rules(points, context_of(), only=only)
        assert found["rule"].tolist() == rules
        assert list(found.columns) == list(FINDING_COLUMNS)
        assert found.dtypes.astype(str).to_dict() == FINDING_COLUMNS


def test_findings_come_by_docking_point_and_then_by_rule():
    rows = [{"a": {"lanes": 2}, "b": {"lanes": 6}, "gap_m": 600.0}] * 2
    found = run_rules(points_table(*rows), context_of(strip_m=70.0), only=[])
    assert found["docking_point"].fillna("").tolist() == ["", "DP-0", "DP-0", "DP-1", "DP-1"]
    assert found["rule"].tolist() == ["B01", "G01", "S02", "G01", "S02"]
    assert found.index.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("only", [["X"], ["G01", "G99"], ["g01"]])
def test_a_code_that_names_no_rule_is_refused_with_those_there_are(only):
    with pytest.raises(InputError) as problem:
        refuse_unknown(only)
    assert problem.value.key == "unknown_rule"
    assert only[-1] in str(problem.value)
    assert "G01, G02" in str(problem.value)


def test_codes_and_families_are_known():
    refuse_unknown(["G", "S01", "L0", "I", "I04"])
    refuse_unknown([])


def test_rules_come_by_code():
    codes = [rule.code for rule in load_rules()]
    assert codes == sorted(codes)


def test_without_a_network_nothing_is_said_of_one():
    given = context_of()
    context = Context(given.limits, given.boundary, given.boundary_roads, ("x", "y"))
    assert len(context.unplanned) == len(context.opportunities) == 0
    assert run_rules(points_table({"a": {}, "b": {}}), context, only=[]).empty
