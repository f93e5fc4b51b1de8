"""A stroke followed through a straight boundary: which places it offers, worked out by hand."""

import itertools

import numpy as np
import pytest
import shapely
from drawn_sides import LIMITS, OWN_SIGN, RULER, limits, strokes_of

from roadalign.docking.intervals import follow
from roadalign.docking.ruler import Ruler


def found(*lines, side="a", free=True, last=True, values=LIMITS, ruler=RULER, near=None):
    """Candidates of strokes as tuples: stroke, at_m, back, end, to_boundary_m, asks, weave."""
    strokes = strokes_of(*lines, free=free, last=last)
    rows = np.arange(len(lines)) if near is None else np.array(near)
    table = follow(strokes, rows, ruler, own_sign=OWN_SIGN[side], limits=values)
    return [
        (
            row[0],
            pytest.approx(row[1], abs=1e-6),
            row[2],
            row[3],
            pytest.approx(row[4], abs=1e-6),
            *row[5:],
        )
        for row in table.itertuples(index=False)
    ]


def south(*ys, x=500.0):
    """A line at x through some places south and north of the boundary."""
    return [(x, y) for y in ys]


INLAND = [False, True]
"""Only the end of the stroke is free, its start is joined to other roads."""


def test_a_road_that_goes_over_and_on_is_a_crossing_where_it_meets_the_line():
    joined = {"free": False, "last": False}
    assert found(south(-600, 300), **joined) == [(0, 600, -1, "crossing", 0, True, -1)]
    # drawn the other way it comes from its own side at greater distances
    assert found(south(300, -600), **joined) == [(0, 300, 1, "crossing", 0, True, -1)]


def test_the_other_side_sees_the_same_road_from_above():
    joined = {"free": False, "last": False, "side": "b"}
    assert found(south(-600, 300), **joined) == [(0, 600, 1, "crossing", 0, True, -1)]


@pytest.mark.parametrize(
    ("beyond_m", "end", "to_boundary_m"),
    [(300, "overshoot", -300), (500, "overshoot", -500), (501, "crossing", 0)],
)
def test_a_dangle_beyond_the_line_is_an_overshoot_up_to_the_reach(beyond_m, end, to_boundary_m):
    assert found(south(-600, beyond_m), free=INLAND) == [(0, 600, -1, end, to_boundary_m, True, -1)]
    assert found(south(beyond_m, -600), free=INLAND[::-1]) == [
        (0, beyond_m, 1, end, to_boundary_m, True, -1)
    ]


def test_the_reach_is_the_limit_in_force():
    near = limits(undershoot_major_m=200)
    assert found(south(-600, 200), free=INLAND, values=near)[0][3] == "overshoot"
    assert found(south(-600, 201), free=INLAND, values=near)[0][3] == "crossing"


def test_what_goes_on_beyond_the_line_is_no_overshoot_though_it_is_near():
    assert found(south(-600, 300), free=False) == [(0, 600, -1, "crossing", 0, True, -1)]


@pytest.mark.parametrize(
    ("y", "end", "to_boundary_m"),
    [
        (0, "touch", 0),
        (-4.99, "touch", 4.99),
        (-5, "touch", 5),
        (-5.01, "undershoot", 5.01),
        (-300, "undershoot", 300),
        (4.99, "touch", -4.99),
    ],
)
def test_an_end_within_the_touching_distance_touches(y, end, to_boundary_m):
    length_m = 600 + y
    assert found(south(-600, y), free=INLAND) == [(0, length_m, -1, end, to_boundary_m, True, -1)]
    assert found(south(y, -600), free=INLAND[::-1]) == [(0, 0, 1, end, to_boundary_m, True, -1)]


def test_the_touching_distance_is_the_limit_in_force():
    far = limits(touch_m=8)
    assert [found(south(-600, y), free=INLAND, values=far)[0][3] for y in (-8, -8.01)] == [
        "touch",
        "undershoot",
    ]


def test_an_end_that_is_no_dangle_and_short_of_the_line_is_no_candidate():
    assert found(south(-600, -300), free=False) == []


@pytest.mark.parametrize("last", [True, False])
def test_an_end_at_the_line_asks_where_no_road_of_its_side_goes_on(last):
    got = found(south(-600, 0), free=False, last=[True, last])
    assert got == [(0, 600, -1, "touch", 0, last, -1)]
    turned = found(south(0, -600), free=False, last=[last, True])
    assert turned == [(0, 0, 1, "touch", 0, last, -1)]


def test_an_end_in_the_other_sides_land_is_no_end_of_ones_own():
    # it lies wholly beyond the line
    assert found(south(100, 600)) == []
    assert found(south(100, 600), side="b") == [
        (0, 0, 1, "undershoot", 100, True, -1),
        (0, 500, -1, "undershoot", 600, True, -1),
    ]


def test_a_stroke_within_the_touching_distance_only_answers():
    got = found([(100, -3), (160, 2)])
    length_m = np.hypot(60, 5)
    assert got == [(0, 0, 1, "touch", 3, False, -1), (0, length_m, -1, "touch", -2, False, -1)]


def test_a_wiggle_within_the_touching_distance_is_no_crossing():
    # over the line by 5 m and back, then on inland: noise; by 6 m it is two crossings
    wiggle = [(100, -300), (200, -300), (300, 5), (400, -300), (400, -900)]
    assert found(wiggle, free=False) == []
    wide = [(x, 6 if y == 5 else y) for x, y in wiggle]
    assert [row[3] for row in found(wide, free=False)] == ["crossing", "crossing"]


def test_what_is_noise_joins_the_stretches_on_both_sides_of_it():
    # 300 m inland, a wiggle of 4 m beyond, 200 m inland, then over: one crossing, at the last place
    line = [(0, -300), (300, 0), (304, 4), (308, 0), (508, -200), (708, 0), (1000, 292)]
    got = found([(x + 100, y) for x, y in line], free=False)
    at_m = np.hypot(300, 300) + 2 * np.hypot(4, 4) + 2 * np.hypot(200, 200)
    assert got == [(0, at_m, -1, "crossing", 0, True, -1)]


def weave(*xs, first_y=-300, last_y=300):
    """A road that crosses the line at each x, 40 m deep in between, from south to where it ends."""
    line, y = [(xs[0], first_y)], 40
    for one, two in itertools.pairwise(xs):
        line += [(one, y), (two, y)]
        y = -y
    return [*line, (xs[-1], last_y)]


def test_crossings_near_one_another_are_one_weave_and_the_middle_one_asks():
    # it crosses at x = 500, 515, 530: 95 m apart along it (40 up, 15 across, 40 down)
    got = found(weave(500, 515, 530), free=False)
    assert [row[:5] for row in got] == [
        (0, 300, -1, "crossing", 0),
        (0, 395, 1, "crossing", 0),
        (0, 490, -1, "crossing", 0),
    ]
    assert {row[6] for row in got} == {0}
    assert sum(row[5] for row in got) == 1


def test_of_two_outward_crossings_equally_near_the_middle_the_smaller_chainage_asks():
    # the outward ones lie at chainages 500 and 530, or 530 and 500 where it runs west
    asking = [row[1] for row in found(weave(500, 515, 530), free=False) if row[5]]
    assert asking == [300]
    west = [row[1] for row in found(weave(530, 515, 500), free=False) if row[5]]
    assert west == [490]


def test_of_five_the_middle_crossing_leads_outward_and_asks():
    got = found(weave(500, 510, 520, 530, 540), free=False)
    assert [row[5] for row in got] == [False, False, True, False, False]
    assert [row[2] for row in got] == [-1, 1, -1, 1, -1]
    assert {row[6] for row in got} == {0}


def test_a_weave_that_returns_home_asks_nobody():
    got = found(weave(500, 515, first_y=-300, last_y=-300), free=False)
    assert [(row[5], row[6]) for row in got] == [(False, 0), (False, 0)]


@pytest.mark.parametrize(("across_m", "together"), [(19, True), (20, True), (21, False)])
def test_crossings_up_to_100_m_apart_along_the_road_are_one_weave(across_m, together):
    # 40 up, across, 40 down: 80 m and what it goes across
    got = found(weave(500, 500 + across_m, first_y=-300, last_y=-300), free=False)
    assert [row[6] >= 0 for row in got] == [together, together]
    assert [row[5] for row in got] == [not together, not together]


def test_weaves_of_several_strokes_have_numbers_of_their_own():
    got = found(weave(500, 515, 530), weave(900, 915, 930), free=False)
    numbers = [{row[6] for row in got if row[0] == stroke} for stroke in (0, 1)]
    assert [len(one) for one in numbers] == [1, 1]
    assert numbers[0] != numbers[1]
    assert min(numbers[0] | numbers[1]) >= 0


def test_two_weaves_of_one_stroke_have_numbers_of_their_own():
    line = [
        *weave(500, 515, 530),
        *[(x, y) for x, y in weave(930, 915, 900, first_y=300, last_y=-300)],
    ]
    # the second one is drawn from the north, its bends mirrored
    north = [(x, -y) if abs(y) == 40 else (x, y) for x, y in line[len(weave(500, 515, 530)) :]]
    got = found([*weave(500, 515, 530), *north], free=False)
    numbers = [row[6] for row in got]
    assert len(got) == 6
    assert numbers[:3] == [numbers[0]] * 3
    assert numbers[3:] == [numbers[3]] * 3
    assert numbers[0] != numbers[3]


def test_only_the_strokes_named_as_near_are_followed():
    got = found(south(-600, 300), south(-600, 300, x=800), free=False, near=[1])
    assert [(row[0], row[1]) for row in got] == [(1, 600)]


def test_the_side_of_a_long_straight_piece_is_taken_between_its_vertices():
    # the boundary has a corner; a road without vertices lies inside it, then outside, then inside
    bent = Ruler(shapely.LineString([(0, 0), (500, 0), (1000, 400), (1500, 0), (2000, 0)]))
    road = [(100, 100), (1900, 100)]
    got = found(road, side="b", free=False, ruler=bent)
    assert [(row[2], row[3]) for row in got] == [(-1, "crossing"), (1, "crossing")]
    # 500 + 125 along the rising edge at y = 100, and as far from the other end
    assert [row[1] for row in got] == [525, 1275]


def test_the_end_of_a_crossing_stroke_is_an_end_too():
    # it starts as a dangle 60 m inland and goes over
    got = found(south(-60, 300), free=[True, False])
    assert got == [
        (0, 60, -1, "crossing", 0, True, -1),
        (0, 0, 1, "undershoot", 60, True, -1),
    ]


def test_a_road_that_starts_on_the_line_and_comes_back_to_it_touches_twice():
    got = found([(500, 0), (500, -400), (900, -400), (900, 0)])
    assert got == [(0, 0, 1, "touch", 0, True, -1), (0, 1200, -1, "touch", 0, True, -1)]
