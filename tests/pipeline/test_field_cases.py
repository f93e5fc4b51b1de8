"""Small inputs beside the checkout that failed in the field; skipped where they are absent."""

import tomllib
from pathlib import Path

import pytest

import roadalign
from roadalign.settings import parse_settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
OTHER = {"a": "b", "b": "a"}


def checked(name, *, swapped=False, **settings):
    """Check one of them, its sides exchanged or not, looking at the place alone."""
    folder = SHARED / name
    if not folder.exists():
        pytest.skip(f"{name} is not beside the checkout")
    told = folder / "settings.toml"
    values = tomllib.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    values |= {"aspects": ["place"]} | settings
    if swapped:
        values = {OTHER.get(key, key): value for key, value in values.items()}
    lines = [path for stem in ("boundary", "line") for path in folder.glob(f"{stem}.*")]
    files = [next(folder.glob(f"{side}.g*")) for side in ("ba" if swapped else "ab")]
    return roadalign.check(
        *files, boundary=lines[0], settings=parse_settings(values, where=name)
    ).docking_points


def roads_named(points, name):
    own = points[(points["a_name"] == name) | (points["b_name"] == name)]
    return own.to_dict("records")


@pytest.mark.parametrize("swapped", [False, True])
def test_an_exclave_far_off_takes_no_road_its_side(swapped):
    points = checked("geo-exclave", swapped=swapped)
    (point,) = roads_named(points, "road")
    assert (point["verdict"], point["rules"]) == ("mismatched", "G03")
    assert point["gap_m"] == pytest.approx(0.0, abs=0.1)
    assert set(points["verdict"]) == {"mismatched", "aligned"}


@pytest.mark.parametrize("swapped", [False, True])
def test_a_kink_within_the_accuracy_of_the_drawing_is_none(swapped):
    points = checked("geo-generalised", swapped=swapped)
    (point,) = roads_named(points, "road")
    # 10 m off the axis 30 m from the end
    assert point["deflection_deg"] == pytest.approx(18.4, abs=0.1)
    assert set(points["verdict"]) == {"aligned"}


def test_without_a_stated_accuracy_it_is_a_mismatch():
    (point,) = roads_named(checked("geo-generalised", b={}), "road")
    assert (point["verdict"], point["rules"]) == ("mismatched", "G03")


@pytest.mark.parametrize("swapped", [False, True])
def test_a_street_and_a_route_on_it_are_one_road(swapped):
    points = checked("01-coincident-route-names", swapped=swapped)
    assert set(points["verdict"]) == {"aligned"}
    assert points["rules"].isna().all()
    (point,) = roads_named(points, "CONSTELLATION AVE NW")
    names = point["a_name" if swapped else "b_name"].split(" / ")
    assert sorted(names) == ["Constellation Ave NW", "US Hwy 599"]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_roundabout_of_one_side_is_where_the_road_goes_on(swapped):
    points = checked("geo-roundabout", swapped=swapped)
    (point,) = roads_named(points, "road")
    for measure in ("gap_m", "offset_m", "deflection_deg"):
        assert point[measure] == pytest.approx(0.0, abs=0.1)
    assert set(points["verdict"]) == {"aligned"}
