"""Texts that planners really write, and what each means."""

from __future__ import annotations

import pytest

from roadalign.attributes import values
from roadalign.attributes.text_columns import NOT_UNDERSTOOD, plain
from roadalign.attributes.values import Lanes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双向六车道", Lanes(6, None, None)),
        ("双向6车道", Lanes(6, None, None)),
        ("双向６车道", Lanes(6, None, None)),
        ("一级公路双向六车道", Lanes(6, None, None)),
        ("六快二慢", Lanes(6, None, 2)),
        ("六快两慢", Lanes(6, None, 2)),
        ("4快2慢", Lanes(4, None, 2)),
        ("近四远六", Lanes(4, 6, None)),
        ("近期4车道，远期6车道", Lanes(4, 6, None)),
        ("近期四快二慢，远期六快二慢", Lanes(4, 6, 2)),
        ("双向六快二慢(局部八快二慢)", Lanes(6, None, 2)),
        ("双向六快二慢（局部八快二慢）", Lanes(6, None, 2)),
        ("车道规模为六快二慢", Lanes(6, None, 2)),
        ("6 lanes incl. 4 fast 2 slow", Lanes(4, None, 2)),
        ("机动车道6条，非机动车道2条", Lanes(6, None, 2)),
        ("6条机动车道", Lanes(6, None, None)),
        ("双向六车道（单向三车道）", Lanes(6, None, None)),
        ("十二车道", Lanes(12, None, None)),
        ("6", Lanes(6, None, None)),
        ("6.0", Lanes(6, None, None)),
        ("8+", Lanes(8, None, None)),
        ("4-lane", Lanes(4, None, None)),
        ("six lanes", Lanes(6, None, None)),
        ("单向三车道", NOT_UNDERSTOOD),
        ("4~6车道", NOT_UNDERSTOOD),
        ("4-6", NOT_UNDERSTOOD),
        ("主线双向六车道，辅道双向四车道", NOT_UNDERSTOOD),
        ("600", NOT_UNDERSTOOD),
        ("若干", NOT_UNDERSTOOD),
    ],
)
def test_lanes(text, expected):
    assert values.lanes(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高速公路", 6),
        ("一级公路", 5),
        ("一级", 5),
        ("Ⅰ级公路", 5),
        ("快速路", 5),
        ("城市快速路", 5),
        ("二级公路", 4),
        ("Ⅱ级公路", 4),
        ("规划二级公路", 4),
        ("主干路", 4),
        ("城市主干道", 4),
        ("三级", 3),
        ("Ⅲ级公路", 3),
        ("次干路", 3),
        ("四级公路", 2),
        ("支路", 2),
        ("等外", 1),
        ("街坊路", 1),
        ("一级公路兼城市主干路", 5),
        ("一级公路（城市主干路）", 5),
        ("10", 6),
        ("11", 5),
        ("22", 4),
        ("23", 3),
        ("24", 2),
        ("30", 1),
        ("1", 5),
        ("5", 1),
        ("motorway", 6),
        ("trunk", 5),
        ("primary_link", 4),
        ("residential", 1),
        ("Class 2", 4),
        ("footway", None),
        ("construction", None),
        ("二级公路、三级公路", NOT_UNDERSTOOD),
        ("0", NOT_UNDERSTOOD),
        ("99", NOT_UNDERSTOOD),
    ],
)
def test_road_class(text, expected):
    assert values.road_class(plain(text)) == expected


def test_codes_of_a_field_with_a_meaning_of_its_own():
    assert [values.road_class(code, field="highwaycn") for code in "01234"] == [6, 5, 4, 3, 2]
    assert values.road_class("expressway", field="highwaycnurban") == 5
    assert values.road_class("expressway") == 6


@pytest.mark.parametrize(
    ("text", "codes", "admin"),
    [
        ("G320000000", "G320", "G"),
        ("G320", "G320", "G"),
        ("g 320", "G320", "G"),
        ("X105320125", "X105", "X"),
        ("G15320116", "G15", "G"),
        ("G1503", "G1503", "G"),
        ("320国道", "G320", "G"),
        ("国道320", "G320", "G"),
        ("国道G320", "G320", "G"),
        ("202省道", "S202", "S"),
        ("S32;G1503", "S32;G1503", "G"),
        ("S202、X204", "S202;X204", "S"),
        ("G60沪昆高速", "G60", "G"),
        ("C001330482", "C001", "C"),
        ("A 3", "A3", None),
    ],
)
def test_route_codes(text, codes, admin):
    assert values.route_codes(plain(text)) == codes
    assert values.admin_of_codes(codes) == admin


def test_a_name_is_no_route_code():
    assert values.route_codes("沪杭高速") is NOT_UNDERSTOOD
    assert values.code_in_name("沪杭高速") is None
    assert values.code_in_name(plain("320国道（亭枫公路）")) == "G320"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24.5米", 24.5),
        ("24.5m", 24.5),
        ("２４．５", 24.5),
        ("约40", 40.0),
        ("红线宽度40米", 40.0),
        ("2450 cm", 24.5),
        ("2450厘米", 24.5),
        ("2450", NOT_UNDERSTOOD),
        ("40~45", NOT_UNDERSTOOD),
        ("20-40米", NOT_UNDERSTOOD),
        ("宽", NOT_UNDERSTOOD),
    ],
)
def test_width_m(text, expected):
    assert values.width_m(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80", 80.0),
        ("80km/h", 80.0),
        ("80 KM/H", 80.0),
        ("80公里/小时", 80.0),
        ("设计速度60km/h", 60.0),
        ("50 mph", 80.4672),
        ("60-80", NOT_UNDERSTOOD),
        ("快", NOT_UNDERSTOOD),
    ],
)
def test_speed_kmh(text, expected):
    assert values.speed_kmh(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027", 2027),
        ("2027.0", 2027),
        ("2027年", 2027),
        ("2027年底", 2027),
        ("2027年6月", 2027),
        ("2027-12", 2027),
        ("2027/12/31", 2027),
        ("2027-12-31 00:00:00", 2027),
        ("202712", 2027),
        ("20271231", 2027),
        ("2026-2030", 2030),
        ("2026-30", NOT_UNDERSTOOD),
        ("十四五", 2025),
        ("27", NOT_UNDERSTOOD),
        ("9999", NOT_UNDERSTOOD),
    ],
)
def test_open_year(text, expected):
    assert values.open_year(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现状", "existing"),
        ("已建", "existing"),
        ("已通车", "existing"),
        ("在建", "construction"),
        ("施工", "construction"),
        ("规划", "planned"),
        ("规划新建", "planned"),
        ("未通车", "planned"),
        ("预留", "reserved"),
        ("规划预留", "reserved"),
        ("远期", "reserved"),
        ("拟建", "planned"),
        ("设想", "proposed"),
        ("废弃", "abandoned"),
        ("Under construction", "construction"),
        ("proposed", "proposed"),
        ("existing", "existing"),
        ("甲类", NOT_UNDERSTOOD),
    ],
)
def test_status(text, expected):
    assert values.status(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12345", 12_345),
        ("12,345", 12_345),
        ("１２３４５辆／日", 12_345),
        ("1.2万", 12_000),
        ("约8000辆/天", 8_000),
        ("8,000 veh/day", 8_000),
        ("1000000", 1_000_000),
        ("1000001", NOT_UNDERSTOOD),
        ("8000 pcu/d", NOT_UNDERSTOOD),  # passenger-car units
        ("8000-9000", NOT_UNDERSTOOD),
        ("12,34", NOT_UNDERSTOOD),
        ("大", NOT_UNDERSTOOD),
    ],
)
def test_traffic(text, expected):
    assert values.aadt(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("yes", 1), ("-1", -1), ("no", 0), ("单向", 1), ("双向", 0), ("alternating", None)],
)
def test_oneway(text, expected):
    assert values.oneway(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1", 1), ("-2", -2), ("+1", 1), ("高架", 1), ("roads_2024", None)]
)
def test_level(text, expected):
    assert values.grade_level(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24", Lanes(24, None, None)),  # the most that is believed
        ("25", NOT_UNDERSTOOD),
        ("1", Lanes(1, None, None)),
        ("0", NOT_UNDERSTOOD),
        ("0车道", NOT_UNDERSTOOD),
        ("4快25慢", NOT_UNDERSTOOD),
        ("近四远二十六", NOT_UNDERSTOOD),
        ("十车道", Lanes(10, None, None)),
        ("二十车道", Lanes(20, None, None)),
        ("二十四车道", Lanes(24, None, None)),
        ("一二车道", Lanes(12, None, None)),  # sign by sign
        ("一二十车道", NOT_UNDERSTOOD),
        ("十二三车道", NOT_UNDERSTOOD),
        ("十二十车道", NOT_UNDERSTOOD),
        ("双向(局部加宽)六车道", Lanes(6, None, None)),
        ("双向(局部加宽)6", Lanes(6, None, None)),  # nothing stands where the bracket stood
        ("six lanes and four lanes", NOT_UNDERSTOOD),
    ],
)
def test_lanes_at_their_bounds(text, expected):
    assert values.lanes(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("6快2慢", 6), ("8", 8), ("4~6车道", NOT_UNDERSTOOD)]
)
def test_one_number_of_lanes(text, expected):
    assert values.lane_count(plain(text)) == expected
    assert values.PARSERS["lanes_future"](plain(text)) == expected


@pytest.mark.parametrize("parse", [values.width_m, values.speed_kmh])
def test_nothing_measures_zero(parse):
    assert parse("0") is NOT_UNDERSTOOD
    assert parse("0.0") is NOT_UNDERSTOOD
    assert parse("0.5") == 0.5
    assert parse("1") == 1.0


@pytest.mark.parametrize(
    ("parse", "text", "expected"),
    [
        (values.width_m, "300", 300.0),
        (values.width_m, "300.1", NOT_UNDERSTOOD),
        (values.width_m, "123.4567891", 123.456789),  # to a micrometre
        (values.width_m, "24500 mm", 24.5),
        (values.width_m, "24.5 metres", 24.5),
        (values.width_m, "24.5 ft", NOT_UNDERSTOOD),
        (values.width_m, "24.5 km", NOT_UNDERSTOOD),
        (values.width_m, "2公里", NOT_UNDERSTOOD),
        (values.speed_kmh, "200", 200.0),
        (values.speed_kmh, "200.1", NOT_UNDERSTOOD),
        (values.speed_kmh, "60 m", NOT_UNDERSTOOD),
        (values.speed_kmh, "60米/小时", NOT_UNDERSTOOD),
        (values.speed_kmh, "60 knots", NOT_UNDERSTOOD),
    ],
)
def test_measures_at_their_bounds_and_in_other_units(parse, text, expected):
    assert parse(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1900", 1900), ("1899", NOT_UNDERSTOOD), ("2100", 2100), ("2101", NOT_UNDERSTOOD)],
)
def test_years_at_their_bounds(text, expected):
    assert values.open_year(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("construction", "construction"),
        ("proposed", "proposed"),
        ("planned", "planned"),
        ("disused", "abandoned"),
        ("primary", None),
    ],
)
def test_what_highway_says_of_the_status(text, expected):
    assert values.highway_status(text) == expected


def test_a_direction_nobody_knows():
    assert values.oneway("sometimes") is NOT_UNDERSTOOD
    assert values.oneway("reversible") is None


@pytest.mark.parametrize(
    ("parse", "text", "expected"),
    [
        (values.bridge, "高架桥", True),
        (values.bridge, "viaduct", True),
        (values.bridge, "否", False),
        (values.bridge, "隧道", NOT_UNDERSTOOD),
        (values.bridge, "culvert", NOT_UNDERSTOOD),
        (values.tunnel, "下穿", True),
        (values.tunnel, "culvert", False),
        (values.tunnel, "高架桥", NOT_UNDERSTOOD),
        (values.tunnel, "aqueduct", NOT_UNDERSTOOD),
    ],
)
def test_bridges_and_tunnels(parse, text, expected):
    assert parse(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5", 5), ("6", None), ("-5", -5), ("-6", None), ("0", 0), ("100", None), ("地面", 0)],
)
def test_levels_at_their_bounds(text, expected):
    assert values.grade_level(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国道", "G"),
        ("s", "S"),
        ("县级", "X"),
        ("township", "Y"),
        ("村道", "C"),
        ("专用公路", "Z"),
        ("大道", NOT_UNDERSTOOD),
    ],
)
def test_administrative_classes(text, expected):
    assert values.admin_class(text) == expected


def test_the_highest_of_several_administrative_classes():
    assert values.admin_of_codes("C001;X204;S202") == "S"
    assert values.admin_of_codes("Z1;C001;Y2") == "Y"
    assert values.admin_of_codes("GX1;E40") is None


@pytest.mark.parametrize(
    ("column", "meaning", "expected"),
    [
        ("lanes", "unknown", None),
        ("lanes", " 无 ", None),
        ("road_class", "不详", None),
        ("lanes", 6, Lanes(6, None, None)),
        ("lanes", 6.0, Lanes(6, None, None)),
        ("lanes", 0, NOT_UNDERSTOOD),
        ("lanes", 25, NOT_UNDERSTOOD),
        ("lanes", 2.5, NOT_UNDERSTOOD),
        ("lanes", True, NOT_UNDERSTOOD),
        ("lanes", "近四远六", Lanes(4, 6, None)),
        ("lanes_future", 8, 8),
        ("road_class", 1, 1),
        ("road_class", 6, 6),
        ("road_class", 0, NOT_UNDERSTOOD),
        ("road_class", 7, NOT_UNDERSTOOD),
        ("road_class", 2.5, NOT_UNDERSTOOD),
        ("road_class", "二级公路", 4),
        ("road_class", " 二级公路 ", 4),
        ("redline_m", 24.5, 24.5),
        ("redline_m", 0, NOT_UNDERSTOOD),
        ("design_speed_kmh", "50 MPH", 80.4672),
        ("open_year", 2030, 2030),
        ("status", "在建", "construction"),
        ("status", "whatever", NOT_UNDERSTOOD),
        ("bridge", True, True),
    ],
)
def test_what_the_settings_say_a_text_means(column, meaning, expected):
    found = values.stated_value(column, meaning)
    assert (found, type(found)) == (expected, type(expected))
