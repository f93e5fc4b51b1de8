"""What a map shows behind the plans: each side's land, given or told from the roads."""

import geopandas as gpd
import pytest
import shapely

import roadalign

EAST, NORTH = 600_000.0, 3_400_000.0


def placed(*shapes):
    moved = [shapely.affinity.translate(one, EAST, NORTH) for one in shapes]
    return gpd.GeoDataFrame(geometry=moved, crs=4549)


def inside(land, x, y):
    return bool(land.contains(shapely.Point(EAST + x, NORTH + y)))


ABOVE = placed(shapely.LineString([(5000, 0), (5000, 800)]))
BELOW = placed(shapely.LineString([(5000, 0), (5000, -800)]))


@pytest.mark.parametrize("backwards", [False, True])
def test_the_land_of_a_line_is_a_band_on_the_side_of_the_roads(backwards):
    line = shapely.LineString([(0, 0), (20_000, 0)])
    boundary = placed(line.reverse() if backwards else line)
    found = roadalign.check(ABOVE, BELOW, boundary=boundary).background
    # 0.12 of 20 km
    assert found.band_m == pytest.approx(2400, abs=1)
    assert inside(found.land_a, 10_000, 2300)
    assert inside(found.land_b, 10_000, -2300)
    assert not inside(found.land_a, 10_000, -10)
    assert not inside(found.land_a, 10_000, 2500)
    swapped = roadalign.check(BELOW, ABOVE, boundary=boundary).background
    assert inside(swapped.land_b, 10_000, 2300)


def test_a_ring_has_a_side_within_and_one_without():
    ring = shapely.Point(5000, -5000).buffer(5000, quad_segs=32).exterior
    found = roadalign.check(ABOVE, BELOW, boundary=placed(ring)).background
    assert inside(found.land_b, 5000, -200)
    assert inside(found.land_a, 5000, 200)


def test_given_areas_are_the_land():
    above, below = shapely.box(0, 0, 20_000, 90_000), shapely.box(0, -3000, 20_000, 0)
    found = roadalign.check(ABOVE, BELOW, boundary=placed(above, below)).background
    assert found.band_m is None
    assert inside(found.land_a, 10_000, 20_000)
    # what is farther than 25 km from the line is on no map of it
    assert not inside(found.land_a, 10_000, 30_000)
    assert inside(found.land_b, 10_000, -2900)
    assert found.network is None
    assert found.areas.empty
