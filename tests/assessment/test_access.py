"""What a link gives the people around it, worked out by hand."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point

import roadalign
from roadalign.errors import InputError
from roadalign.settings import Settings, WeightsSettings

CRS, X, Y = 4549, 600000, 3400000
HALF_MINUTES = 15.0

# Two dead ends 100 m apart at x = 0, and the way around by x = 2000; all at 50 km/h.
AROUND = [
    [(0, -1050), (0, -50)],
    [(0, 50), (0, 1050)],
    [(0, -1050), (2000, -1050)],
    [(2000, -1050), (2000, 1050)],
    [(2000, 1050), (0, 1050)],
]
ACROSS_MINUTES = 6.2 / 50 * 60
LINK_MINUTES = 1.9 / 50 * 60 + 0.1 / 30 * 60
"""950 m of road on each side, and 100 m of the planned secondary road (rank 3: 30 km/h)."""


def lines(*rows, **columns):
    shapes = [LineString([(X + x, Y + y) for x, y in row]) for row in rows]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def people(*rows, field="weight"):
    spots = [Point(X + x, Y + y) for x, y, _ in rows]
    return gpd.GeoDataFrame({field: [weight for *_, weight in rows]}, geometry=spots, crs=CRS)


def checked(weights, *, network=True, **settings):
    return roadalign.check(
        lines([(0, -1050), (0, 0)], name=["South"], highway=["secondary"]),
        lines([(0, 0), (0, 1050)], name=["North"], highway=["secondary"]),
        boundary=lines([(-1000, 0), (5000, 0)]),
        network=lines(*AROUND, highway=["secondary"] * len(AROUND)) if network else None,
        weights=weights,
        settings=Settings(weights=WeightsSettings(**settings)),
    )


def gain(weights, **settings):
    (point,) = checked(weights, **settings).docking_points.to_dict("records")
    return point["access_gain"], point["access_gain_pct"]


def decay(minutes):
    return 2 ** (-minutes / HALF_MINUTES)


def test_who_lives_at_one_place_reaches_the_other_sooner():
    nearer = decay(LINK_MINUTES) - decay(ACROSS_MINUTES)
    got, percent = gain(people((0, -1000, 1000)))
    assert got == pytest.approx(1000 * nearer, abs=0.1)
    assert percent == pytest.approx(100 * nearer, abs=0.01)


def test_who_lives_half_way_around_gains_nothing_and_counts_in_the_percentage():
    nearer = decay(LINK_MINUTES) - decay(ACROSS_MINUTES)
    got, percent = gain(people((0, 1000, 300), (2000, 0, 700)))
    assert got == pytest.approx(300 * nearer, abs=0.1)
    assert percent == pytest.approx(30 * nearer, abs=0.01)


def test_the_way_to_the_place_counts_too():
    # At (1000, -1050): 1050 m to A's place, and 5150 m to B's, with the link 1050 m and across.
    to_a = 1.05 / 50 * 60
    nearer = decay(to_a + LINK_MINUTES) - decay(5.15 / 50 * 60)
    assert gain(people((1000, -1050, 100)))[0] == pytest.approx(100 * nearer, abs=0.1)


def test_an_area_counts_as_a_point_inside_and_other_systems_and_fields_are_read():
    house = people((0, -1000, 1000), field="pop")
    areas = house.set_geometry(house.buffer(2.0)).to_crs(4326)
    assert gain(areas, field="pop")[0] == pytest.approx(gain(people((0, -1000, 1000)))[0], abs=1)


def test_without_weights_nothing_is_said_and_the_benefit_is_that_of_the_way():
    (without,) = checked(None).docking_points.to_dict("records")
    (with_few,) = checked(people((2000, 0, 700))).docking_points.to_dict("records")
    assert pd.isna(without["access_gain"])
    assert with_few["access_gain"] == 0
    assert without["priority_benefit"] == with_few["priority_benefit"]


@pytest.mark.parametrize(
    ("weights", "settings", "key"),
    [
        (people((0, -1000, 5), field="pop"), {}, "weights_no_field"),
        (people((0, -1000, -5)), {}, "weights_negative"),
        (people((0, -1000, 0)), {}, "weights_none"),
        (people((0, -90000, 5)), {}, "weights_none"),
        (people(), {}, "weights_none"),
        (lines([(0, 0), (9, 9)], weight=[4]), {}, "weights_not_points"),
        (people((0, -1000, 5)), {"network": False}, "weights_need_network"),
    ],
)
def test_weights_of_no_use_are_refused_with_what_to_do(weights, settings, key):
    with pytest.raises(InputError) as caught:
        checked(weights, **settings)
    assert caught.value.key == key
    assert str(caught.value)


def test_what_has_no_number_is_left_out_and_told():
    weights = people((0, -1000, "1000"), (0, -900, "many"))
    result = checked(weights)
    (told,) = result.findings[result.findings["rule"] == "I04"].to_dict("records")
    assert (told["side"], told["value"]) == ("weights", 1)
    assert result.docking_points["access_gain"].iloc[0] == pytest.approx(
        gain(people((0, -1000, 1000)))[0]
    )
