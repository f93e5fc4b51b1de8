"""Curves between two roads: tangent, no kink, never sharper than asked, fair to both sides."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roadalign.assessment.alignment import design_speeds_kmh, required_design
from roadalign.assessment.curve import CurveDesign, join
from roadalign.assessment.proposal import Road, fitted, largest_radius_m, needed_m
from roadalign.standards import table


def road(x, y, bearing_deg, *, length_m=600.0):
    """A straight road that ends at (x, y), going out towards a bearing."""
    angle = math.radians(bearing_deg)
    out = np.array([math.sin(angle), math.cos(angle)])
    end = np.array([x, y], dtype=float)
    return Road(end, out, shapely.LineString([end, end - length_m * out]))


def pair(gap_m, offset_m, turn_deg):
    return road(0, 0, turn_deg / 2), road(offset_m, gap_m, 180 - turn_deg / 2)


ARCS = [CurveDesign(radius_m) for radius_m in (100, 200, 400)]
WHOLE = [CurveDesign(150, 35, 70), CurveDesign(300, 50, 100), CurveDesign(600, 50, 150)]
cases = st.tuples(
    st.floats(-80, 400), st.floats(-120, 120), st.floats(-60, 60), st.sampled_from(ARCS + WHOLE)
)


@settings(max_examples=150, deadline=None)
@given(cases)
def test_a_curve_is_tangent_without_kink_and_wide_enough(case):
    gap_m, offset_m, turn_deg, design = case
    a, b = pair(gap_m, offset_m, turn_deg)
    fit = fitted(a, b, design=design, room_m=200)
    assume(fit is not None)
    drawn = fit.curve.coordinates()
    assume(len(drawn) > 1 and fit.curve.length_m > 1)
    start, out = a.cut(fit.a_cut_m)
    end, back = b.cut(fit.b_cut_m)
    assert drawn[0] == pytest.approx(start, abs=1e-6)
    assert drawn[-1] == pytest.approx(end, abs=0.02)
    steps = np.diff(drawn, axis=0)
    steps = steps[np.hypot(*steps.T) > 1e-4]
    for step, along in ((steps[0], out), (steps[-1], -back)):
        cosine = step @ along / np.hypot(*step)
        assert math.degrees(math.acos(min(1.0, cosine))) <= 0.01
    turns = np.diff(np.arctan2(steps[:, 1], steps[:, 0]))
    turns = (turns + np.pi) % (2 * np.pi) - np.pi
    assert np.degrees(np.abs(turns)).max(initial=0) <= 1.01
    places = fit.curve.at(np.linspace(0, fit.curve.length_m, 400))
    one, two, three = places[:-2], places[1:-1], places[2:]
    u, v, w = two - one, three - two, three - one
    area = np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
    curvature = 2 * area / (np.hypot(*u.T) * np.hypot(*v.T) * np.hypot(*w.T))
    assert curvature.max() <= 1.001 / design.radius_m + 1e-5
    assert np.hypot(*u.T).max() <= 1.01 * fit.curve.length_m / 399 + 0.01
    assert max(fit.a_cut_m, fit.b_cut_m) <= 200
    bends = [piece for piece in fit.curve.pieces if any(piece[1:])]
    if design.transition_m and bends:
        # the curvature grows from nothing and falls to nothing again, without a jump
        ends = np.array([0.0, *(bend for _, *both in fit.curve.pieces for bend in both), 0.0])
        assert ends[::2] == pytest.approx(ends[1::2])
        for sign in (1, -1):
            own_m = sum(length for length, *both in bends if sign * sum(both) > 0)
            assert own_m == 0 or own_m >= design.least_m - 0.01


@settings(max_examples=80, deadline=None)
@given(cases)
def test_exchanging_the_sides_gives_the_same_curve(case):
    gap_m, offset_m, turn_deg, design = case
    # a millimetre is the drawing accuracy within which two roads count as one straight
    assume(all(value == 0 or abs(value) > 0.01 for value in (offset_m, turn_deg)))
    a, b = pair(gap_m, offset_m, turn_deg)
    one, two = (fitted(*both, design=design, room_m=200) for both in ((a, b), (b, a)))
    assert (one is None) == (two is None)
    if one is None:
        return
    assert (one.a_cut_m, one.b_cut_m) == pytest.approx((two.b_cut_m, two.a_cut_m), abs=0.01)
    assert one.curve.length_m == pytest.approx(two.curve.length_m, abs=0.05)
    lines = [shapely.LineString(fit.curve.coordinates()) for fit in (one, two)]
    assert lines[0].hausdorff_distance(lines[1]) < 0.1


def test_ends_that_face_each_other_get_a_straight():
    fit = fitted(*pair(140, 0, 0), design=CurveDesign(400), room_m=200)
    assert fit.curve.pieces == ((140.0, 0.0, 0.0),)
    assert (fit.a_cut_m, fit.b_cut_m) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("radius_m", "offset_m", "length_m"),
    # sqrt(4 R d - d^2), as worked out for the general radii: 80 km/h and 60 km/h
    [(400, 25, 198), (400, 50, 278), (200, 10, 89), (200, 50, 194)],
)
def test_an_s_curve_takes_the_length_of_the_formula(radius_m, offset_m, length_m):
    fit = fitted(*pair(0, offset_m, 0), design=CurveDesign(radius_m), room_m=200)
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(length_m, abs=1)
    assert fit.a_cut_m == fit.b_cut_m


@pytest.mark.parametrize(
    ("offset_m", "angle_deg", "needed_each_m", "about_m"),
    # 60 km/h, urban: R 600 m, transitions of 50 m. Each moves its circle inwards by p = 50^2 / (24 * 600) = 0.17 m and
    # its tangent point back by q = 25 m; a curve that turns by t has tangents T = (R + p) tan(t/2) + q, and two of them
    # shift the road by 2 T sin(t) over 2 T (1 + cos(t)). For 35 m: t = 11.69 deg, T = 86.41 m, 342.1 m. For 100 m:
    # t = 21.28 deg, T = 137.76 m, 532.2 m. Arcs alone would take 288 and 480 m, arcs of 300 m 202 and 332 m.
    [(35, 11.69, 171.0, 341), (100, 21.28, 266.1, 529)],
)
def test_an_s_curve_with_transitions_takes_the_length_of_its_tangents(
    offset_m, angle_deg, needed_each_m, about_m
):
    design = CurveDesign(600, 50, 150)
    a, b = pair(0, offset_m, 0)
    fit = fitted(a, b, design=design, room_m=300)
    assert fit.a_cut_m == fit.b_cut_m == pytest.approx(needed_each_m, abs=0.1)
    assert needed_m(a, b, design=design) == pytest.approx(needed_each_m, abs=0.1)
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(about_m, rel=0.01)
    assert fit.curve.radius_m == pytest.approx(600)
    # each curve: R t + L
    half_m = 600 * math.radians(angle_deg) + 50
    assert fit.curve.length_m == pytest.approx(2 * half_m, abs=0.5)
    t, shifted = math.radians(angle_deg), 600 + 50**2 / (24 * 600)
    tangent_m = shifted * math.tan(t / 2) + 25
    assert 2 * tangent_m * math.sin(t) == pytest.approx(offset_m, abs=0.1)
    assert 2 * tangent_m * (1 + math.cos(t)) == pytest.approx(2 * needed_each_m, abs=0.5)
    where = fit.curve.at(np.array([0.0, 50.0, fit.curve.length_m / 2]))
    assert where[2] == pytest.approx([offset_m / 2, 0.0], abs=0.05)
    # at the end of the first transition the road lies L^2 / 6R = 0.69 m aside
    assert where[1][0] == pytest.approx(50**2 / (6 * 600), abs=0.01)


def test_a_small_offset_still_takes_two_curves_of_the_least_length():
    design = CurveDesign(600, 50, 150)
    fit = fitted(*pair(0, 10, 0), design=design, room_m=200)
    # two curves of 150 m; each arc turns by (150 - 50) / R, and 10 m = 150 m * 100 m / R: R = 1500 m
    assert fit.curve.length_m == pytest.approx(300, abs=0.1)
    assert fit.curve.radius_m == pytest.approx(1500, rel=0.01)
    assert fitted(*pair(0, 10, 0), design=design, room_m=145) is None


def test_a_small_turn_still_takes_one_curve_of_the_least_length():
    fit = fitted(*pair(0, 0, 4), design=CurveDesign(600, 50, 150), room_m=200)
    # (150 - 50) / 4 deg = 1432 m; tangents of about 75 m
    assert fit.curve.radius_m == pytest.approx(1432.4, abs=1)
    assert fit.curve.length_m == pytest.approx(150, abs=0.1)
    assert fit.a_cut_m == pytest.approx(75, abs=0.1)


def test_no_length_is_enough_for_roads_that_run_beside_one_another():
    a, b = road(0, 0, 0), road(50, 0, 0)
    assert needed_m(a, b, design=CurveDesign(100)) is None


def test_overlapping_ends_are_taken_back():
    fit = fitted(*pair(-30, 20, 0), design=CurveDesign(200), room_m=200)
    # 124.9 m of S curve and the 30 m of overlap
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(30 + math.sqrt(4 * 200 * 20 - 400), abs=0.1)


def test_less_room_or_a_short_road_means_no_curve_and_the_largest_radius_says_so():
    a, b = pair(0, 50, 0)
    assert fitted(a, b, design=CurveDesign(400), room_m=200) is not None
    assert fitted(a, b, design=CurveDesign(400), room_m=100) is None
    # (L^2 + d^2) / 4d with L = 200: 212.5
    assert largest_radius_m(a, b, most_m=400, room_m=100) == pytest.approx(212.5, abs=0.5)
    # one side gives what it has, 50 m, the other the rest
    short = road(0, 0, 0, length_m=60)
    fit = fitted(short, b, design=CurveDesign(200), room_m=200)
    assert fit.a_cut_m == 50
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(math.sqrt(4 * 200 * 50 - 2500), abs=0.1)


def test_no_loops():
    north = np.array([0.0, 1.0])
    assert join(np.zeros(2), north, np.array([0.0, -50.0]), north, design=CurveDesign(10)) is None
    assert join(np.zeros(2), north, np.array([0.0, 50.0]), -north, design=CurveDesign(10)) is None


def point(**given_values):
    keys = ("class_text", "design_speed_kmh", "road_class")
    return {f"{s}_{key}": None for s in "ab" for key in keys} | given_values


def test_the_design_is_that_of_the_speed_and_of_the_stricter_system():
    highway, urban = {"a_class_text": "二级公路"}, {"b_class_text": "主干路"}
    for both, speed_kmh, expected in (
        (highway, 60, CurveDesign(200, 50, 100)),
        (urban, 60, CurveDesign(600, 50, 150)),
        (highway | urban, 60, CurveDesign(600, 50, 150)),
        (highway, 70, CurveDesign(400, 70, 140)),
        (urban, 100, CurveDesign(1600, 85, 260)),
        (urban, 120, CurveDesign(1600, 85, 260)),
        (urban, 30, CurveDesign(150, 0, 80)),
        ({}, 100, CurveDesign(1600, 85, 260)),
    ):
        assert required_design(point(**both), speed_kmh=speed_kmh) == expected


def test_a_place_without_room_is_another_design():
    urban, highway = point(a_class_text="快速路"), point(a_class_text="一级公路")
    for own, expected in ((urban, CurveDesign(300, 50, 100)), (highway, CurveDesign(125, 50, 100))):
        assert required_design(own, speed_kmh=60, terrain="constrained") == expected


def test_a_radius_from_which_on_no_transition_is_needed_has_none(monkeypatch):
    rows = [row | {"transition_below_m": 600} for row in table("curves")["urban"]]
    monkeypatch.setattr(
        "roadalign.assessment.alignment.table", lambda _: table("curves") | {"urban": rows}
    )
    assert required_design(point(a_class_text="主干路"), speed_kmh=60).transition_m == 0


def test_speeds_are_those_stated_else_the_usual_one_of_the_class():
    assert design_speeds_kmh(point(a_design_speed_kmh=60, b_design_speed_kmh=80)) == (80, 60)
    assert design_speeds_kmh(point(a_design_speed_kmh=60)) == (60, 60)
    assert design_speeds_kmh(point(a_road_class=4, b_road_class=3)) == (60, 60)
    assert design_speeds_kmh(point()) == (40, 40)
