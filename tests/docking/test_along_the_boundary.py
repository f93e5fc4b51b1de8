"""Roads along a straight boundary, and which of one side's is which of the other's."""

import numpy as np
import pytest
import shapely
from drawn_sides import LIMITS, RULER, ends_of, limits

from roadalign.docking.boundary_roads import find_boundary_roads, find_joining
from roadalign.docking.shared_roads import shared_boundary_roads


def along(*line, values=LIMITS):
    shapes = np.array([shapely.LineString(line)], dtype=object)
    return bool(find_boundary_roads(shapes, RULER, limits=values)[0])


@pytest.mark.parametrize(("off_m", "is_one"), [(0, True), (19.9, True), (-20, True), (20.1, False)])
def test_a_boundary_road_lies_in_the_band(off_m, is_one):
    assert along((500, off_m), (900, off_m)) == is_one


@pytest.mark.parametrize(("length_m", "is_one"), [(59, False), (60, True), (61, True)])
def test_a_boundary_road_is_three_bands_long(length_m, is_one):
    assert along((500, 5), (500 + length_m, 5)) == is_one


@pytest.mark.parametrize(
    ("angle_deg", "is_one"), [(24, True), (26, False), (-24, True), (156, True)]
)
def test_a_boundary_road_runs_in_the_direction_of_the_line(angle_deg, is_one):
    # zigzag within the band: every step turns the other way
    step = np.array([30 * np.cos(np.radians(angle_deg)), 30 * np.sin(np.radians(angle_deg))])
    line, place = [(2000.0, 0.0)], np.array([2000.0, 0.0])
    for k in range(12):
        place = place + step * ([1, -1] if k % 2 else [1, 1])
        line.append(tuple(place))
    assert along(*line) == is_one


@pytest.mark.parametrize(("away_m", "is_one"), [(62, True), (72, False)])
def test_most_of_what_is_near_the_line_runs_along_it(away_m, is_one):
    """100 m along at 5 m, then straight away: near is within five bands, 100 m, that is 95 more.

    Of 100 + 62 m 62 % run along; of 100 + 72 m 58 %.
    """
    assert along((500, 5), (600, 5), (600, 5 + away_m)) == is_one


def test_what_lies_far_off_does_not_count_against_it():
    # 200 m along; 95 m of the way out are near, which is 68 %, however long the rest is
    assert along((500, 5), (700, 5), (700, 5000))


@pytest.mark.parametrize(
    ("start", "stop", "is_one"),
    [
        ((500, -17), (600, 0), True),  # 17 on 100: 9.6 degrees
        ((500, -18.5), (600, 0), False),  # 10.5 degrees
        ((600, 18.5), (500, 0), False),
        ((500, -18.5), (590, -5.1), True),  # ends 5.1 m off: it does not end at the line
        ((500, -18.5), (590, -1), False),  # 17.5 on 90: 11 degrees
    ],
)
def test_a_road_that_nears_the_line_all_the_way_and_ends_there_arrives(start, stop, is_one):
    assert along(start, stop) == is_one
    assert along(stop, start) == is_one


def test_a_boundary_road_whose_last_metres_turn_to_the_line_is_still_one():
    assert along((500, -15), (800, -15), (830, 0))


def joining(place, bearing_deg, *lines, values=LIMITS):
    turn = np.radians(bearing_deg)
    shapes = np.array([shapely.LineString(line) for line in lines], dtype=object)
    heading = np.array([[np.sin(turn), np.cos(turn)]])
    return bool(find_joining(np.array([place]), heading, shapes, limits=values)[0])


ROAD = [(500, 12), (900, 12)]


@pytest.mark.parametrize(
    ("x", "y", "joins"),
    [
        (700, 0, True),
        (700, 12, True),  # drawn as far as the road itself
        (700, -12.9, True),  # 20 m ahead and 5 m beside its tip
        (700, -13.1, False),
        (904.9, 0, True),  # up to 5 m beside its way
        (905.1, 0, False),
    ],
)
def test_an_end_within_a_band_of_the_neighbours_boundary_road_joins_it(x, y, joins):
    assert joining((x, y), 0.0, ROAD) == joins


def test_an_end_that_points_elsewhere_joins_nothing():
    assert not joining((700, 0), 180.0, ROAD)
    assert not joining((700, 0), 0.0)


def test_how_near_a_boundary_road_has_to_be_are_the_limits_in_force():
    assert not joining((700, 0), 0.0, ROAD, values=limits(boundary_road_band_m=6))
    assert not joining((903, 0), 0.0, ROAD, values=limits(touch_m=2))


def test_the_limits_are_those_in_force():
    assert not along((500, 5), (900, 5), values=limits(boundary_road_band_m=4))
    assert not along((500, 5), (600, 5), (600, 67), values=limits(boundary_road_share=0.7))
    assert not along((500, -19), (590, 19), values=limits(boundary_road_angle_deg=20))
    assert along((500, -19), (590, 19))


def test_only_those_near_the_line_are_found_among_others():
    lines = [[(0, 900), (500, 900)], [(500, 5), (900, 5)], [(700, 0), (700, 500)]]
    shapes = np.array([shapely.LineString(line) for line in lines], dtype=object)
    assert find_boundary_roads(shapes, RULER, limits=LIMITS).tolist() == [False, True, False]


def shared(lines_a, lines_b, values=LIMITS, **columns):
    a = ends_of(*lines_a, side="a", **columns)
    b = ends_of(*lines_b, side="b")
    return shared_boundary_roads(a, b, RULER, limits=values)


@pytest.mark.parametrize(("apart_m", "one_road"), [(9.9, True), (10.0, True), (10.1, False)])
def test_boundary_roads_within_the_limit_are_one(apart_m, one_road):
    found = shared([[(500, -5), (900, -5)]], [[(500, -5 + apart_m), (900, -5 + apart_m)]])
    assert len(found) == int(one_road)


def test_how_near_is_the_limit_in_force():
    lines = [[(500, -5), (900, -5)]], [[(500, 2), (900, 2)]]
    assert len(shared(*lines)) == 1
    assert len(shared(*lines, values=limits(same_road_m=6))) == 0


@pytest.mark.parametrize(("start", "one_road"), [(690, True), (710, False)])
def test_half_of_the_shorter_one_runs_beside_the_other(start, one_road):
    """Of 400 m those up to 900 run beside one another: 210 m or 190 m."""
    lines = [(500, -5), (900, -5)], [(start, 3), (start + 400, 3)]
    assert len(shared([lines[0]], [lines[1]])) == int(one_road)
    assert len(shared([lines[1][::-1]], [lines[0]])) == int(one_road)


def test_a_shared_road_is_described_on_both_sides():
    found = shared(
        [[(500, -5), (900, -5)], [(900, -5), (1500, -5)]],
        [[(600, 4), (1400, 4)]],
        lanes=[2, 4],
        name=["短", "长"],
    )
    (road,) = found.to_dict("records")
    assert road["chainage_m"] == pytest.approx(1000)
    # the longer feature speaks
    assert (road["a_fid"], road["a_lanes"], road["a_name"]) == ("0,1", 4, "长")
    assert (road["b_fid"], road["a_carriageways"], road["b_carriageways"]) == ("0", 1, 1)
    assert road["b_layer"] == "b"


def test_shared_roads_come_by_chainage():
    east, west = (2500, 2900), (500, 900)
    found = shared(
        [[(x, -5) for x in east], [(x, -5) for x in west]],
        [[(x, 3) for x in west], [(x, 3) for x in east]],
    )
    assert found["chainage_m"].tolist() == pytest.approx([700, 2700])
    assert found["a_fid"].tolist() == ["1", "0"]
    assert found["b_fid"].tolist() == ["0", "1"]
