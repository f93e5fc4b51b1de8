"""Gap, offset, deflection and link, as taken with a ruler."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadalign.docking.measure import measure


def taken(place_a, heading_a, place_b, heading_b):
    def unit(degrees):
        return [math.sin(math.radians(degrees)), math.cos(math.radians(degrees))]

    got = measure(
        np.array([place_a], dtype=float),
        np.array([unit(heading_a)]),
        np.array([place_b], dtype=float),
        np.array([unit(heading_b)]),
    )
    return [float(value[0]) for value in (got.gap_m, got.offset_m, got.deflection_deg, got.link_m)]


def test_two_roads_in_line_across_a_river():
    assert taken((0, 0), 0, (0, 140), 180) == pytest.approx([140, 0, 0, 140], abs=1e-9)


def test_the_offset_is_positive_to_the_right_looking_from_a_to_b():
    assert taken((0, 0), 0, (35, 0), 180) == pytest.approx([0, 35, 0, 35], abs=1e-9)
    assert taken((0, 0), 0, (-35, 0), 180) == pytest.approx([0, -35, 0, 35], abs=1e-9)


def test_ends_that_overlap_have_a_negative_gap():
    assert taken((0, 10), 0, (0, 0), 180) == pytest.approx([-10, 0, 0, 10], abs=1e-9)


def test_a_turn_is_shared_by_both_sides():
    # A heads north, B comes from 22 degrees beyond: the axis halves the turn
    gap, offset, deflection, link = taken((0, 0), 0, (0, 100), 202)
    assert deflection == pytest.approx(22)
    assert gap == pytest.approx(100 * math.cos(math.radians(11)))
    assert abs(offset) == pytest.approx(100 * math.sin(math.radians(11)))
    assert link == pytest.approx(100)


def test_equal_headings_are_a_road_that_turns_back():
    assert taken((0, 0), 0, (0, 50), 0)[2] == pytest.approx(180)


near, angle = st.floats(-500, 500), st.floats(0, 359)


@given(near, near, angle, near, near, angle, near, near, angle)
def test_moving_and_turning_everything_changes_no_measure(ax, ay, ua, bx, by, ub, dx, dy, turn):
    radians = math.radians(turn)

    def moved(x, y):
        # a clockwise turn, as bearings count
        return (
            x * math.cos(radians) + y * math.sin(radians) + dx,
            -x * math.sin(radians) + y * math.cos(radians) + dy,
        )

    before = taken((ax, ay), ua, (bx, by), ub)
    after = taken(moved(ax, ay), ua + turn, moved(bx, by), ub + turn)
    if before[2] < 179:  # beyond, the axis has no direction
        assert after == pytest.approx(before, abs=1e-5)


@given(near, near, angle, near, near, angle)
def test_exchanging_the_sides_changes_no_measure(ax, ay, ua, bx, by, ub):
    before = taken((ax, ay), ua, (bx, by), ub)
    after = taken((bx, by), ub, (ax, ay), ua)
    if before[2] < 179:
        assert after == pytest.approx(before, abs=1e-5)
