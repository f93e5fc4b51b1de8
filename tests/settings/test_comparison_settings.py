"""What is compared and what decides: settings that name what there is not are refused."""

import geopandas as gpd
import pytest
import shapely

import roadalign
from roadalign.errors import InputError
from roadalign.model.columns import columns_of
from roadalign.settings import Settings, parse_settings


def refused(data):
    with pytest.raises(InputError) as told:
        parse_settings(data, where="align.toml")
    return told.value.render("en") + told.value.render("zh")


def test_the_defaults_are_those_of_the_columns():
    settings = Settings()
    assert settings.aspects == ["place", "section", "timing"]
    deciding = [name for name, column in columns_of("road").items() if column.deciding]
    assert settings.deciding == deciding
    assert {"road_class", "lanes", "redline_m", "grade_level", "status", "open_year"} <= {*deciding}
    assert "median_m" not in deciding
    assert all(columns_of("road")[name].aspect in settings.aspects for name in deciding)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"aspects": ["place", "height"]}, "height"),
        ({"aspects": []}, "aspects"),
        ({"aspects": ["identity"]}, "identity"),
        ({"deciding": ["name"]}, "name"),
        ({"deciding": ["lanes", "lane"]}, "lane"),
        ({"needed": ["lanes|width"]}, "width"),
        ({"needed": ["lanes|status"]}, "lanes|status"),
        ({"as_of": "yesterday"}, "yesterday"),
        ({"as_of": "2026-02-30"}, "2026-02-30"),
        ({"a": {"defaults": {"name": "甲路"}}}, "name"),
        ({"b": {"defaults": {"horizon": "soon"}}}, "horizon"),
        ({"b": {"defaults": {"horizon": 35}}}, "horizon"),
        ({"b": {"defaults": {"open_year": 20350}}}, "open_year"),
        ({"a": {"complete": "yes"}}, "complete"),
    ],
)
def test_what_there_is_not_is_refused_by_name(data, named):
    assert named in refused(data)


def side(sign, **columns):
    line = shapely.LineString([(600_000, 3_400_000 + sign * 900), (600_000, 3_400_000)])
    return gpd.GeoDataFrame({"name": ["甲路"], **columns}, geometry=[line], crs=4549)


def check(**settings):
    boundary = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(598_000, 3_400_000), (602_000, 3_400_000)])], crs=4549
    )
    told = parse_settings(settings, where="align.toml")
    return roadalign.check(
        side(-1, lanes=["4"]), side(1, lanes=["6"]), boundary=boundary, settings=told
    )


def test_a_default_fills_what_the_layers_do_not_say_and_nothing_else():
    result = check(a={"defaults": {"lanes": 8, "road_class": "二级公路", "horizon": 2035}})
    (point,) = result.docking_points.to_dict("records")
    assert (point["a_lanes"], point["b_lanes"]) == (4, 6)
    assert (point["a_road_class"], point["a_horizon_year"]) == (4, 2035)
    assert set(point["a_plan_values"].split(",")) == {"road_class", "horizon_year"}


def test_a_default_that_its_column_cannot_hold_is_refused():
    with pytest.raises(InputError) as told:
        check(b={"defaults": {"status": "flying"}})
    assert "flying" in told.value.render("zh")
    assert "[b.defaults]" in told.value.render("en")
