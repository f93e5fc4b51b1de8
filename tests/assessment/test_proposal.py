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


def road(x, y, bearing_deg, *, length_m=600.0):
    """A straight road that ends at (x, y), going out towards a bearing."""
    angle = math.radians(bearing_deg)
    out = np.array([math.sin(angle), math.cos(angle)])
    end = np.array([x, y], dtype=float)
    return Road(end, out, shapely.LineString([end, end - length_m * out]))


def pair(gap_m, offset_m, turn_deg):
    return road(0, 0, turn_deg / 2), road(offset_m, gap_m, 180 - turn_deg / 2)


cases = st.tuples(
    st.floats(-80, 400), st.floats(-120, 120), st.floats(-60, 60), st.sampled_from([100, 200, 400])
)


@settings(max_examples=150, deadline=None)
@given(cases)
def test_a_curve_is_tangent_without_kink_and_wide_enough(case):
    gap_m, offset_m, turn_deg, radius_m = case
    a, b = pair(gap_m, offset_m, turn_deg)
    fit = fitted(a, b, radius_m=radius_m, room_m=200)
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
    assert curvature.max() <= 1.001 / radius_m + 1e-5
    assert np.hypot(*u.T).max() <= 1.01 * fit.curve.length_m / 399 + 0.01
    assert max(fit.a_cut_m, fit.b_cut_m) <= 200


@settings(max_examples=80, deadline=None)
@given(cases)
def test_exchanging_the_sides_gives_the_same_curve(case):
    gap_m, offset_m, turn_deg, radius_m = case
    # a millimetre is the drawing accuracy within which two roads count as one straight
    assume(all(value == 0 or abs(value) > 0.01 for value in (offset_m, turn_deg)))
    a, b = pair(gap_m, offset_m, turn_deg)
    one, two = (fitted(*both, radius_m=radius_m, room_m=200) for both in ((a, b), (b, a)))
    assert (one is None) == (two is None)
    if one is None:
        return
    assert (one.a_cut_m, one.b_cut_m) == pytest.approx((two.b_cut_m, two.a_cut_m), abs=0.01)
    assert one.curve.length_m == pytest.approx(two.curve.length_m, abs=0.05)
    lines = [shapely.LineString(fit.curve.coordinates()) for fit in (one, two)]
    assert lines[0].hausdorff_distance(lines[1]) < 0.1


def test_ends_that_face_each_other_get_a_straight():
    fit = fitted(*pair(140, 0, 0), radius_m=400, room_m=200)
    assert fit.curve.pieces == ((140.0, 0.0),)
    assert (fit.a_cut_m, fit.b_cut_m) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("radius_m", "offset_m", "length_m"),
    # sqrt(4 R d - d^2), as worked out for the general radii: 80 km/h and 60 km/h
    [(400, 25, 198), (400, 50, 278), (200, 10, 89), (200, 50, 194)],
)
def test_an_s_curve_takes_the_length_of_the_formula(radius_m, offset_m, length_m):
    fit = fitted(*pair(0, offset_m, 0), radius_m=radius_m, room_m=200)
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(length_m, abs=1)
    assert fit.a_cut_m == fit.b_cut_m


def test_overlapping_ends_are_taken_back():
    fit = fitted(*pair(-30, 20, 0), radius_m=200, room_m=200)
    # 124.9 m of S curve and the 30 m of overlap
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(30 + math.sqrt(4 * 200 * 20 - 400), abs=0.1)


def test_less_room_or_a_short_road_means_no_curve_and_the_largest_radius_says_so():
    a, b = pair(0, 50, 0)
    assert fitted(a, b, radius_m=400, room_m=200) is not None
    assert fitted(a, b, radius_m=400, room_m=100) is None
    # (L^2 + d^2) / 4d with L = 200: 212.5
    assert largest_radius_m(a, b, below_m=400, room_m=100) == pytest.approx(212.5, abs=0.5)
    # one side gives what it has, 50 m, the other the rest
    short = road(0, 0, 0, length_m=60)
    fit = fitted(short, b, radius_m=200, room_m=200)
    assert fit.a_cut_m == 50
    assert fit.a_cut_m + fit.b_cut_m == pytest.approx(math.sqrt(4 * 200 * 50 - 2500), abs=0.1)


def test_no_loops():
    north = np.array([0.0, 1.0])
    assert join(np.zeros(2), north, np.array([0.0, -50.0]), north, radius_m=10) is None
    assert join(np.zeros(2), north, np.array([0.0, 50.0]), -north, radius_m=10) is None


def point(**given_values):
    keys = ("class_text", "design_speed_kmh", "road_class")
    return {f"{s}_{key}": None for s in "ab" for key in keys} | given_values


def test_the_radius_is_that_of_the_speed_and_of_the_stricter_system():
    highway, urban = {"a_class_text": "二级公路"}, {"b_class_text": "主干路"}
    assert required_radius_m(point(**highway), speed_kmh=60) == 200
    assert required_radius_m(point(**urban), speed_kmh=60) == 300
    assert required_radius_m(point(**highway, **urban), speed_kmh=60) == 300
    assert required_radius_m(point(**highway), speed_kmh=70) == 400
    assert required_radius_m(point(), speed_kmh=100) == 700


def test_speeds_are_those_stated_else_the_usual_one_of_the_class():
    assert design_speeds_kmh(point(a_design_speed_kmh=60, b_design_speed_kmh=80)) == (80, 60)
    assert design_speeds_kmh(point(a_design_speed_kmh=60)) == (60, 60)
    assert design_speeds_kmh(point(a_road_class=4, b_road_class=3)) == (60, 60)
    assert design_speeds_kmh(point()) == (40, 40)
