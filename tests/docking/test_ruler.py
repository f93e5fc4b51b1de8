"""The boundary as a ruler, checked by hand-worked geometry."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from roadalign.docking.ruler import Ruler

BENT = shapely.LineString([(0, 0), (100, 0), (100, 100)])


def test_left_is_positive_and_chainage_runs_from_the_start():
    reading = Ruler(BENT).read(np.array([[30.0, 7.0], [30.0, -7.0], [95.0, 60.0]]))
    assert reading.distance_m.tolist() == [7.0, -7.0, 5.0]
    assert reading.chainage_m.tolist() == [30.0, 30.0, 160.0]
    assert reading.foot.tolist() == [[30.0, 0.0], [30.0, 0.0], [100.0, 60.0]]


def test_the_sign_is_right_outside_a_corner_where_both_segments_are_equally_near():
    # beyond the corner (100, 0) the nearest place is the corner itself, 3-4-5 away, on the right
    reading = Ruler(BENT).read(np.array([[104.0, -3.0]]))
    assert reading.distance_m.tolist() == [-5.0]
    assert reading.chainage_m.tolist() == [100.0]


def test_parts_of_a_multi_part_line_follow_one_another():
    line = shapely.MultiLineString([[(0, 0), (10, 0)], [(20, 0), (30, 0)]])
    ruler = Ruler(line)
    assert ruler.total_m == 20.0
    assert ruler.read(np.array([[25.0, 1.0]])).chainage_m.tolist() == [15.0]


def test_crossings_are_found_once_also_at_a_vertex_of_the_boundary():
    roads = np.array(
        [
            shapely.LineString([(50, -10), (50, 10)]),
            shapely.LineString([(90, -10), (110, 10)]),  # through the corner
            shapely.LineString([(10, 5), (90, 5)]),  # beside it
        ],
        dtype=object,
    )
    line, measure = Ruler(BENT).crossings(roads)
    assert line.tolist() == [0, 1]
    assert measure == pytest.approx([10.0, 10.0 * 2**0.5])


def test_a_ray_stops_at_the_first_place_it_meets():
    ruler = Ruler(shapely.LineString([(0, 0), (100, 0), (100, 50), (0, 50)]))
    distance, angle = ruler.rays(
        np.array([[20.0, -30.0], [20.0, -30.0]]),
        np.array([[0.0, 1.0], [0.0, -1.0]]),
        reach_m=500,
    )
    assert distance[0] == pytest.approx(30.0)
    assert angle[0] == pytest.approx(90.0)
    assert np.isnan(distance[1])


@given(
    st.lists(st.tuples(*[st.integers(-500, 500)] * 2), min_size=2, max_size=12, unique=True),
    st.tuples(*[st.floats(-600, 600)] * 2),
)
def test_the_amount_is_the_distance_to_the_line(vertices, point):
    line = shapely.LineString(vertices)
    reading = Ruler(line).read(np.array([point]))
    expected = line.distance(shapely.Point(point))
    assert abs(reading.distance_m[0]) == pytest.approx(expected, abs=1e-6)
    along = shapely.Point(reading.foot[0]).distance(line.interpolate(reading.chainage_m[0]))
    assert along == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("chainage_m", "place"),
    [
        (0, (0, 0)),
        (30, (30, 0)),
        (99.9, (99.9, 0)),
        (100, (100, 0)),
        (160, (100, 60)),
        (200, (100, 100)),
        (-5, (0, 0)),
        (900, (100, 100)),
    ],
)
def test_a_chainage_has_its_place(chainage_m, place):
    assert Ruler(BENT).place(chainage_m).tolist() == pytest.approx(place)


def test_the_place_between_two_parts_is_where_the_next_one_begins():
    ruler = Ruler(shapely.MultiLineString([[(0, 0), (10, 0)], [(20, 0), (30, 0)]]))
    assert ruler.place(9).tolist() == [9, 0]
    assert ruler.place(10).tolist() == [20, 0]
    assert ruler.place(15).tolist() == [25, 0]
