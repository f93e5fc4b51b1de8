"""Headings of road ends, and the vote of free ends for one shift of a whole side."""

import numpy as np
import pytest
import shapely
from drawn_sides import LIMITS, LINE, meeting, roads

from roadalign.docking.headings import fit_headings, known_lengths
from roadalign.docking.vote import voted_shift


def fitted(line, *, at_m=None, back=-1, length_m=60.0):
    shape = shapely.LineString(line)
    heading, stretch = fit_headings(
        np.array([shape], dtype=object),
        np.array([shape.length if at_m is None else at_m]),
        np.array([back]),
        np.array([length_m]),
    )
    return heading[0].tolist(), float(stretch[0])


def test_a_straight_road_points_along_itself_out_of_its_side():
    heading, stretch_m = fitted([(0, 0), (300, 400)])
    assert heading == pytest.approx([0.6, 0.8])
    assert stretch_m == pytest.approx(60)
    turned, _ = fitted([(300, 400), (0, 0)], at_m=0, back=1)
    assert turned == pytest.approx([0.6, 0.8])


def test_in_the_middle_of_a_stroke_it_looks_back_on_its_own_side():
    corner = [(0, 0), (200, 0), (200, 200)]
    assert fitted(corner, at_m=200, back=-1)[0] == pytest.approx([1, 0])
    assert fitted(corner, at_m=200, back=1)[0] == pytest.approx([0, -1])


def test_a_short_road_is_fitted_over_what_there_is():
    heading, stretch_m = fitted([(0, 0), (0, 7)])
    assert (heading, stretch_m) == (pytest.approx([0, 1]), pytest.approx(7))
    # one that has no length behind it keeps a millimetre
    assert fitted([(0, 0), (0, 7)], at_m=0, back=-1)[1] == pytest.approx(1e-3)


def test_a_road_that_bends_is_fitted_over_its_last_straight_part():
    # 20 m before its end it turns by 90 degrees: 60 -> 30 -> 15 m
    heading, stretch_m = fitted([(0, 0), (300, 0), (300, 20)])
    assert (heading, stretch_m) == (pytest.approx([0, 1]), pytest.approx(15))


def test_the_shortest_stretch_is_4_m_however_it_bends():
    heading, stretch_m = fitted([(0, 0), (300, 0), (300, 2)])
    assert stretch_m == pytest.approx(4)
    assert heading == pytest.approx([0.5**0.5, 0.5**0.5], abs=0.05)


def test_a_road_stays_whole_up_to_four_decimetres_off_its_line():
    """A kink of height h in the middle of 60 m: the furthest is half of it off the fitted line."""
    for kink_m, stretch_m in ((0.7, 60), (1.1, 30)):
        line = [(0, 0), (270, 0), (300, kink_m), (330, 0)]
        assert fitted(line)[1] == pytest.approx(stretch_m)


def test_several_ends_are_fitted_each_for_itself():
    shapes = np.array(
        [shapely.LineString(x) for x in ([(0, 0), (300, 0), (300, 20)], [(0, 0), (0, 300)])]
    )
    heading, stretch_m = fit_headings(
        shapes, shapely.length(shapes), np.array([-1, -1]), np.array([60.0, 30.0])
    )
    assert heading.tolist() == [pytest.approx([0, 1]), pytest.approx([0, 1])]
    assert stretch_m.tolist() == pytest.approx([15, 30])


BEARINGS = [0, 20, -25, 35, -10, 15]


def vote(count, shift, *, length_m=400, uneven_m=90, line=LINE, values=LIMITS):
    """Roads that meet at uneven distances, those of B moved."""
    a, b = [], []
    for k in range(count):
        one = meeting(
            [BEARINGS[k]], shift, first=300 + 430 * k + 37 * k * k, length_m=length_m + uneven_m * k
        )
        a, b = a + one[0], b + one[1]
    return voted_shift(roads(*a), roads(*b, side="b"), line, limits=values)


@pytest.mark.parametrize("shift", [(310.0, -204.0), (-700.0, 600.0), (3.0, 4.0)])
def test_ends_that_were_moved_together_vote_for_their_shift(shift):
    assert vote(6, shift) == pytest.approx(shift, abs=0.01)
    assert vote(5, shift) == pytest.approx(shift, abs=0.01)


def test_four_are_too_few_to_vote():
    assert vote(4, (310.0, -204.0)) is None


def test_a_shift_beyond_the_reach_is_none():
    assert vote(6, (1600.0, -204.0)) is None


def test_ends_that_do_not_point_at_one_another_do_not_vote():
    a, b = meeting(BEARINGS[:5], (310.0, -204.0))
    turned = [[(x + 0.2 * (y + 204), y) for x, y in line] for line in b]  # by 11 degrees
    assert voted_shift(roads(*a), roads(*turned, side="b"), LINE, limits=LIMITS) is None


def test_ends_far_from_the_line_do_not_vote():
    a, b = (
        [[(x, y - 5000) for x, y in line] for line in lines]
        for lines in meeting(BEARINGS, (310.0, 0))
    )
    assert voted_shift(roads(*a), roads(*b, side="b"), LINE, limits=LIMITS) is None


def test_two_shifts_that_fit_alike_are_none():
    """Evenly spaced parallel roads fit with any of their neighbours nearly as well."""
    a, b = meeting([0] * 6, every=300)
    assert voted_shift(roads(*a), roads(*b, side="b"), LINE, limits=LIMITS) is None


def test_joined_ends_do_not_vote():
    """Where A's roads go on into others of A at both ends, A has no free end."""
    a, b = meeting(BEARINGS[:5], (310.0, -204.0))
    assert voted_shift(roads(*a), roads(*b, side="b"), LINE, limits=LIMITS) is not None
    ring = [[line[0], (line[0][0] - 900, -1300), (line[0][0] - 900, 300), line[1]] for line in a]
    closed = [*a, *ring]
    assert voted_shift(roads(*closed), roads(*b, side="b"), LINE, limits=LIMITS) is None


@pytest.mark.parametrize(
    ("line", "at_m", "back", "stretch_m", "known_m"),
    [
        ([(0, 0), (0, 30), (40, 60)], 0.0, 1, 15.0, 30.0),  # up to the vertex behind the stretch
        ([(0, 0), (0, 30), (40, 60)], 0.0, 1, 30.0, 30.0),
        ([(0, 0), (0, 30), (40, 60)], 80.0, -1, 40.0, 50.0),
        ([(0, 0), (0, 5), (0, 10), (0, 15), (0, 20)], 0.0, 1, 12.0, 15.0),
        # crossing a long straight: its vertices stand 200 m apart, on both sides of the place
        ([(0, 0), (0, 200), (0, 210)], 120.0, -1, 60.0, 200.0),
        ([(0, 0), (0, 7)], 7.0, -1, 7.0, 7.0),
        ([(0, 0), (0, 7)], 0.0, -1, 0.001, 0.001),  # no length behind it
    ],
)
def test_a_heading_is_carried_by_the_vertices_around_its_stretch(
    line, at_m, back, stretch_m, known_m
):
    shape = np.array([shapely.LineString(line)], dtype=object)
    found = known_lengths(shape, np.array([at_m]), np.array([back]), np.array([stretch_m]))
    assert found.tolist() == pytest.approx([known_m])
