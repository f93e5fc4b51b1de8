"""Spellings of fields."""

from __future__ import annotations

import pytest

from roadalign.attributes.field_mapping import map_fields, spelled
from roadalign.attributes.values import PARSERS
from roadalign.model.columns import read_columns
from roadalign.model.tables import ROAD_COLUMNS


def mapped(*names, cut=False):
    return map_fields(names, stated={}, where="test", cut=cut)


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("车道数量(个)", "lanes"),
        ("车道数量（个）", "lanes"),
        ("cdsl", "lanes"),
        ("CDS", "lanes"),
        ("K0404", "lanes"),
        ("Lanes", "lanes"),
        ("技术等级", "road_class"),
        ("JSDJ", "road_class"),
        ("K0304", "road_class"),
        ("highway:CN", "road_class"),
        ("LXMC", "name"),
        ("路线编号", "ref"),
        ("LXBM", "ref"),
        ("路面宽度(米)", "carriageway_m"),
        ("路基宽度(米)", "roadbed_m"),
        ("HXKD", "redline_m"),
        ("规划红线", "redline_m"),
        ("设计时速(公里/小时)", "design_speed_kmh"),
        ("SJSS", "design_speed_kmh"),
        ("建设状态", "status"),
        ("JSZT", "status"),
        ("GHZT", "status"),
        ("通车年份", "open_year"),
        ("TCSJ", "open_year"),
        ("A3305", "aadt"),
        ("年平均日交通量", "aadt"),
        ("oneway", "oneway"),
    ],
)
def test_spellings(field, column):
    assert mapped(field) == {column: field}


def test_the_best_spelling_wins():
    assert mapped("name", "路线名称")["name"] == "路线名称"
    assert mapped("highway", "highway:CN") == {"road_class": "highway:CN", "highway": "highway"}


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("设计行车速", "design_speed_kmh"),
        ("道路红线宽", "redline_m"),
        ("design_spe", "design_speed_kmh"),
    ],
)
def test_names_cut_at_ten_bytes(field, column):
    assert mapped(field, cut=True) == {column: field}
    assert mapped(field) == {}


def test_layer_is_a_level_only_beside_tags_of_openstreetmap():
    assert mapped("Layer") == {}
    assert mapped("layer", "bridge") == {"grade_level": "layer", "bridge": "bridge"}
    assert map_fields(["Layer"], stated={"grade_level": "Layer"}, where="", cut=False) == {
        "grade_level": "Layer"
    }


def test_a_short_name_is_not_taken_for_a_cut_one():
    assert mapped("设计", "道路", cut=True) == {}


def test_every_column_has_a_parser_and_every_spelling_is_unique_in_it():
    dictionary = read_columns()
    assert set(dictionary) - {"highway", "bridge", "tunnel"} <= set(ROAD_COLUMNS)
    assert set(dictionary) - {"name"} == set(PARSERS)
    for entry in dictionary.values():
        plain = [spelled(one) for one in entry.spellings]
        assert len(plain) == len(set(plain))
