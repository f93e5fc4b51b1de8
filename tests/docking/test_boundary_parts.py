"""The parts of a boundary, turned alike: A lies below the line and within its exclave above it."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import shapely
from drawn_sides import BOUNDARY, LIMITS, plan

from roadalign.docking import dock
from roadalign.docking.parts import turn_parts
from roadalign.docking.ruler import Ruler

MAIN = [(0, 0), (4000, 0)]
RING = [(2000, 1000), (2200, 1000), (2200, 1200), (2000, 1200), (2000, 1000)]  # left turns
HOLE = [(2050, 1050), (2150, 1050), (2150, 1150), (2050, 1150), (2050, 1050)]
REACH_M = 500.0
NOTHING = plan()


def turned(lines, a=NOTHING, b=NOTHING, **areas):
    line = shapely.MultiLineString(lines)
    made = turn_parts(replace(BOUNDARY, line=line, **areas), a, b, reach_m=REACH_M)
    assert [len(part.coords) for part in made.line.geoms] == [len(part) for part in lines]
    return made


def hands(made, *places):
    """On which hand of the line some places lie."""
    return np.sign(Ruler(made.line).read(np.array(places, dtype=float)).distance_m).tolist()


def ways(*lines):
    return list(itertools.product(*[(line, line[::-1]) for line in lines]))


@pytest.mark.parametrize("lines", ways(MAIN, RING, HOLE))
def test_rings_within_one_another_change_sides_each_time(lines):
    a, b = plan([(500, -600), (500, 0)]), plan([(500, 600), (500, 0)], side="b")
    made = turned(lines, a, b)
    places = [(2100, -10), (2100, 900), (2100, 1018), (2090, 1115)]
    below = hands(made, (2100, -10))[0]
    assert hands(made, *places) == [below, -below, below, -below]
    assert made.line.geoms[0].coords[0] == lines[0][0]


@pytest.mark.parametrize("lines", ways(MAIN, [(5000, 0), (6000, 0)], [(6500, 0), (7000, 100)]))
def test_an_open_part_without_roads_goes_on_as_the_one_before_it(lines):
    made = turned(lines, plan([(500, -600), (500, 0)]))
    assert len(set(hands(made, (100, -10), (5500, -10), (6900, -10)))) == 1
    assert hands(made, (100, -10), (6900, 300))[0] == -hands(made, (100, -10), (6900, 300))[1]


@pytest.mark.parametrize("lines", ways(MAIN, [(5000, 0), (6000, 0)]))
def test_where_roads_lie_near_a_part_counts_more_than_what_it_continues(lines):
    a = plan([(500, -600), (500, 0)], [(5500, 400), (5500, 0)])
    b = plan([(500, 600), (500, 0)], [(5500, -400), (5500, 0)], side="b")
    made = turned(lines, a, b)
    assert len(set(hands(made, (500, -10), (5500, 10)))) == 1


@pytest.mark.parametrize("lines", ways(MAIN, RING))
def test_areas_say_it_where_they_are_given(lines):
    ring = shapely.Polygon(RING)
    area_a = shapely.union_all([shapely.box(0, -2000, 4000, 0), ring])
    area_b = shapely.box(0, 0, 4000, 2000) - ring
    wrong = plan([(2100, 500), (2100, 900)])
    made = turned(lines, wrong, NOTHING, area_a=area_a, area_b=area_b)
    assert len(set(hands(made, (500, -10), (2080, 1115)))) == 1
    other = turned(lines, wrong, NOTHING, area_a=area_b, area_b=area_a)
    assert other.line.equals_exact(made.line)


def test_of_which_nothing_is_known_stays():
    made = turned([MAIN, RING[::-1]])
    assert made.line.equals_exact(shapely.MultiLineString([MAIN, RING[::-1]]))
    assert turn_parts(BOUNDARY, NOTHING, NOTHING, reach_m=REACH_M) is BOUNDARY


@pytest.mark.parametrize("lines", ways(MAIN, RING))
def test_a_bend_near_an_exclave_turns_no_side_however_the_ring_is_drawn(lines):
    a = plan([(1000, -600), (1000, 0)])
    b = plan([(1000, 0), (1300, 500), (1900, 900), (2600, 800)], side="b")
    (point,) = dock(a, b, turned(lines, a, b), limits=LIMITS).points.to_dict("records")
    # atan(300/500) = 30.96 degrees
    assert (point["gap_m"], point["verdict"]) == (0.0, "aligned")
    assert point["deflection_deg"] == pytest.approx(30.96, abs=0.01)
