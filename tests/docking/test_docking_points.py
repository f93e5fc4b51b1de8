"""Docking points of two plans drawn by hand at a straight boundary: place, measures, values."""

from math import cos, radians, sin

import numpy as np
import pandas as pd
import pytest
import shapely
from drawn_sides import BOUNDARY, LIMITS, down, limits, meeting, plan, up

from roadalign.docking import dock, moved, side_of_a
from roadalign.docking.ruler import Ruler


def docked(lines_a, lines_b, *, about_a=None, about_b=None, values=LIMITS, **more):
    a = plan(*lines_a, side="a", **(about_a or {}))
    b = plan(*lines_b, side="b", **(about_b or {}))
    return dock(a, b, BOUNDARY, limits=values, **more)


def points(*args, **more):
    return docked(*args, **more).points.to_dict("records")


def test_two_roads_that_meet():
    (point,) = points([up(1000)], [down(1000)])
    assert (point["verdict"], point["a_end"], point["b_end"]) == ("aligned", "touch", "touch")
    assert (point["a_fid"], point["b_fid"]) == ("0", "0")
    for name in ("gap_m", "offset_m", "deflection_deg", "link_m", "bend_deg"):
        assert point[name] == pytest.approx(0, abs=1e-6), name
    assert (point["x"], point["y"], point["chainage_m"]) == pytest.approx((1000, 0, 1000))
    assert [point[name] for name in ("ax", "ay", "bx", "by")] == pytest.approx([1000, 0, 1000, 0])
    assert pd.isna(point["overshoot_contradiction_m"])
    assert pd.isna(point["alternatives"])
    # 9.6 nats, see test_pairing
    assert point["confidence"] == pytest.approx(1 / (1 + np.exp(-9.6 / 1.5)))


def test_ends_beside_one_another_and_apart():
    wanted = {"status": ["planned"]}
    (point,) = points([up(1000, -600, -30)], [down(1012, 600, 50)], about_a=wanted)
    assert point["gap_m"] == pytest.approx(80)
    assert point["offset_m"] == pytest.approx(12)
    assert point["link_m"] == pytest.approx(np.hypot(80, 12))
    assert point["deflection_deg"] == pytest.approx(0, abs=1e-5)
    assert (point["a_end"], point["b_end"]) == ("undershoot", "undershoot")
    assert (point["a_to_boundary_m"], point["b_to_boundary_m"]) == pytest.approx((30, 50))
    # the foot of the middle of both ends
    assert (point["x"], point["y"]) == pytest.approx((1006, 0))
    assert pd.isna(point["bend_deg"])


def test_a_turn_is_measured_between_the_headings():
    turned = [(1000 + 600 * sin(radians(20)), 600 * cos(radians(20))), (1000, 0)]
    (point,) = points([up(1000)], [turned])
    assert point["deflection_deg"] == pytest.approx(20, abs=0.01)


def test_a_road_alone_is_missing_and_placed_where_it_would_meet_the_line():
    slanted = [(1000 - 500, -600), (1000 - 50, -60)]  # 5 to 6: 100 m further it is at (1000, 0)
    about = {"status": ["planned"], "road_class": [4]}
    (point,) = points([slanted], [], about_a=about)
    assert (point["verdict"], point["a_end"], point["b_end"]) == ("missing", "undershoot", "none")
    assert point["a_to_boundary_m"] == pytest.approx(np.hypot(50, 60))
    assert (point["x"], point["chainage_m"]) == pytest.approx((1000, 1000))
    assert pd.isna(point["b_fid"])
    assert np.isnan([point["bx"], point["by"]]).all()
    # 3.3 nats for staying alone
    assert point["confidence"] == pytest.approx(1 / (1 + np.exp(-3.3 / 1.5)))


def test_points_come_by_chainage_and_approaches_by_point():
    found = docked([up(3000), up(200), up(1500)], [down(1500), down(200), down(3800)])
    assert found.points["chainage_m"].tolist() == pytest.approx([200, 1500, 3000, 3800])
    assert found.points["verdict"].tolist() == ["aligned", "aligned", "missing", "missing"]
    assert found.points["a_fid"].fillna("").tolist() == ["1", "2", "0", ""]
    assert found.points["b_fid"].fillna("").tolist() == ["1", "0", "", "2"]
    ends = found.approaches
    assert list(zip(ends["point"], ends["side"], strict=True)) == [
        (0, "a"),
        (0, "b"),
        (1, "a"),
        (1, "b"),
        (2, "a"),
        (3, "b"),
    ]
    assert ends["fid"].tolist() == ["1", "1", "2", "0", "0", "2"]
    assert ends["heading_deg"].tolist() == pytest.approx([0, 180, 0, 180, 0, 180], abs=1e-6)
    assert ends["chainage_m"].tolist() == pytest.approx([200, 200, 1500, 1500, 3000, 3800])
    assert ends[["x", "y"]].to_numpy().tolist() == [
        pytest.approx([x, 0]) for x in (200, 200, 1500, 1500, 3000, 3800)
    ]
    assert ends[["ux", "uy"]].to_numpy()[0].tolist() == pytest.approx([0, 1])


@pytest.mark.parametrize(("length_m", "back_m"), [(600, 600), (1400, 1000)])
def test_the_place_inside_is_a_reference_length_back_or_where_the_road_begins(length_m, back_m):
    ends = docked([up(1000, -length_m)], [down(1000, length_m)]).approaches
    assert ends["inside_m"].tolist() == pytest.approx([back_m, back_m])
    assert ends["inside_y"].tolist() == pytest.approx([-back_m, back_m])
    assert ends["inside_x"].tolist() == pytest.approx([1000, 1000])
    lines = [shapely.get_coordinates(line)[[0, -1], 1].tolist() for line in ends["tail"]]
    assert lines == [pytest.approx([0, -length_m]), pytest.approx([0, length_m])]


def test_the_reference_length_is_the_limit_in_force():
    ends = docked([up(1000)], [down(1000)], values=limits(reference_m=250)).approaches
    assert ends["inside_y"].tolist() == pytest.approx([-250, 250])


def test_a_tail_is_2_km_at_most():
    (tail, _) = docked([up(1000, -2500)], [down(1000)]).approaches["tail"]
    assert tail.length == pytest.approx(2000)


ONE_WAY = {"lanes": [2, 2], "oneway": [True, True]}


def test_a_dual_carriageway_against_its_centre_line_is_one_point_on_the_centre_line():
    (point,) = points([up(990), up(1010)], [down(1000)], about_a=ONE_WAY, about_b={"lanes": [4]})
    assert (point["a_fid"], point["b_fid"]) == ("0,1", "0")
    assert (point["a_carriageways"], point["b_carriageways"]) == (2, 1)
    assert (point["a_lanes"], point["b_lanes"]) == (4, 4)
    assert (point["ax"], point["ay"]) == pytest.approx((1000, 0))
    for name in ("gap_m", "offset_m", "link_m"):
        assert point[name] == pytest.approx(0, abs=1e-6), name


@pytest.mark.parametrize(
    ("lanes", "oneway", "expected"),
    [
        ([2, 3], [True, True], 5),
        ([2, None], [True, True], None),
        ([4, 4], [False, False], 4),
        ([4, None], [False, False], 4),
        ([None, 6], [None, None], 6),
        ([2, 2], [True, False], 2),
        ([None, None], [True, True], None),
    ],
)
def test_lanes_of_one_way_carriageways_add_up_and_others_say_it_each(lanes, oneway, expected):
    about = {"lanes": lanes, "oneway": oneway}
    (point,) = points([up(990), up(1010)], [down(1000)], about_a=about)
    assert (None if pd.isna(point["a_lanes"]) else point["a_lanes"]) == expected


def test_both_dual_are_measured_on_the_carriageways_that_found_a_partner():
    # B has a third one, a slip road 7 m beside, that is nobody's partner
    (point,) = points([up(990), up(1010)], [down(990), down(1010), down(1017)])
    assert point["b_fid"] == "0,1,2"
    assert (point["bx"], point["by"]) == pytest.approx((1000, 0))
    assert (point["a_carriageways"], point["b_carriageways"]) == (2, 2)


def test_values_are_those_of_the_road_that_speaks():
    about = {
        "name": ["亭枫公路"],
        "ref": ["G320"],
        "road_class": [5],
        "class_text": ["一级公路"],
        "lanes": [6],
        "carriageway_m": [22.5],
        "design_speed_kmh": [80.0],
        "status": ["planned"],
        "open_year": [2030],
        "grade_level": [1],
    }
    (point,) = points([up(1000)], [down(1000)], about_a=about)
    for name, (value,) in about.items():
        assert point[f"a_{name}"] == value, name
        assert pd.isna(point[f"b_{name}"]), name
    assert point["a_layer"] == "a"


def test_of_several_pairs_the_one_of_the_higher_class_speaks():
    about = {"road_class": [3, None], "name": [None, "乙路"], "lanes": [2, 4]}
    (point,) = points([up(990), up(1010)], [down(990), down(1010)], about_a=about)
    assert point["a_lanes"] == 2
    assert point["a_road_class"] == 3


def test_of_pairs_alike_the_one_of_smaller_chainage_speaks():
    about = {"lanes": [4, 2]}
    (point,) = points([up(1010), up(990)], [down(1010), down(990)], about_a=about)
    assert point["a_lanes"] == 2


def test_of_a_bundle_alone_the_higher_class_then_the_smaller_chainage_speaks():
    about = {"road_class": [3, None, None], "lanes": [2, 4, 6], "oneway": [False] * 3}
    (point,) = points([up(1020), up(1000), up(980)], [], about_a=about)
    assert point["a_lanes"] == 2
    about = {"lanes": [2, 4, 6], "oneway": [False] * 3}
    (point,) = points([up(1020), up(1000), up(980)], [], about_a=about)
    assert point["a_lanes"] == 6


@pytest.mark.parametrize(("corner_m", "bend_deg"), [(10, 90), (14.5, 90), (15.5, 0)])
def test_a_bend_counts_within_15_m_of_an_end_that_meets(corner_m, bend_deg):
    bent = [(400, -corner_m), (1000, -corner_m), (1000, 0)]
    (point,) = points([bent], [down(1000)])
    assert point["bend_deg"] == pytest.approx(bend_deg, abs=1e-6)
    (mirrored,) = points([up(1000)], [[(x, -y) for x, y in bent]])
    assert mirrored["bend_deg"] == pytest.approx(bend_deg, abs=1e-6)


def test_where_the_ends_are_apart_no_bend_is_told():
    bent = [(400, -10), (1000, -10), (1000, 0)]
    (point,) = points([bent], [down(1000, 600, 1.1)])
    assert pd.isna(point["bend_deg"])
    (point,) = points([bent], [down(1000, 600, 0.9)])
    assert point["bend_deg"] == pytest.approx(90)


def test_ends_that_meet_are_compared_by_their_tips_where_a_bend_runs_through():
    # both turn by 30 degrees 3 m before the line, in one direction: straight on at the line
    s, c = sin(radians(30)), cos(radians(30))
    a = [(1000 - 3 * s, -600 - 3 * c), (1000 - 3 * s, -3 * c), (1000, 0)]
    b = [(1000 + 3 * s, 600 + 3 * c), (1000 + 3 * s, 3 * c), (1000, 0)]
    (point,) = points([a], [b])
    assert point["deflection_deg"] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("aside_m", [12.0, -12.0])
def test_an_overshoot_says_how_far_it_strays_from_the_others_road(aside_m):
    (point,) = points([up(1000, -600, 100)], [down(1000 + aside_m)])
    assert (point["a_end"], point["a_to_boundary_m"]) == ("overshoot", pytest.approx(-100))
    assert point["overshoot_contradiction_m"] == pytest.approx(12)
    # measured from where it meets the line
    assert point["gap_m"] == pytest.approx(0, abs=1e-6)
    assert point["offset_m"] == pytest.approx(aside_m)
    (other,) = points([up(1000 + aside_m)], [down(1000, 600, -100)])
    assert (other["b_end"], other["overshoot_contradiction_m"]) == ("overshoot", pytest.approx(12))


def test_an_overshoot_that_turns_away_is_furthest_at_its_end():
    straying = [(1000, -600), (1000, 0), (1040, 80)]
    (point,) = points([straying], [down(1000)])
    assert point["overshoot_contradiction_m"] == pytest.approx(40, abs=0.1)


def test_rivals_are_named_with_their_measures():
    (point, other) = points(
        [up(997), up(1030)], [down(1000)], values=limits(ambiguous_margin=0.999)
    )
    assert (point["verdict"], point["a_fid"]) == ("ambiguous", "0")
    assert point["alternatives"] == [
        {"side": "a", "fid": "1", "offset_m": -30.0, "gap_m": 0.0, "deflection_deg": 0.0}
    ]
    assert (other["verdict"], other["a_fid"]) == ("missing", "1")
    (point, _) = points([up(1000)], [down(997), down(1030)], values=limits(ambiguous_margin=0.999))
    assert point["alternatives"] == [
        {"side": "b", "fid": "1", "offset_m": 30.0, "gap_m": 0.0, "deflection_deg": 0.0}
    ]


def test_a_side_lies_where_more_of_its_roads_are():
    ruler = Ruler(BOUNDARY.line)
    below, above = plan(up(500), up(900, -300, 100)).roads, plan(down(500), side="b").roads
    assert side_of_a(below, above, ruler, reach_m=500) == -1
    assert side_of_a(above, below, ruler, reach_m=500) == 1
    assert docked([up(500)], [down(900)]).sign_a == -1
    assert docked([down(500)], [up(900)]).sign_a == 1


def test_where_the_sides_lie_is_not_told_by_roads_out_of_reach():
    ruler = Ruler(BOUNDARY.line)
    far = plan(up(500, -200, -10), [(0, 900), (3000, 900)]).roads
    assert side_of_a(far, plan(side="b").roads, ruler, reach_m=500) == -1
    assert side_of_a(far, plan(side="b").roads, ruler, reach_m=1000) == 1


def test_a_plan_is_moved_with_its_extent():
    made = moved(plan(up(500), extent=(0, -600, 4000, 0)), np.array([10.0, -3.0]))
    assert made.extent == (10, -603, 4010, -3)
    assert shapely.get_coordinates(made.roads.geometry.iloc[0]).tolist() == [[510, -603], [510, -3]]
    assert moved(plan(up(500)), np.array([1.0, 1.0])).extent is None


BEARINGS = [0, 20, -25, 35, -10, 15, -30, 5]


@pytest.mark.parametrize("shift", [(10.0, -6.6), (60.0, -53.0)])
def test_a_shift_of_one_side_is_found_and_measures_stay_those_of_the_drawing(shift):
    lines_a, lines_b = meeting(BEARINGS, shift)
    found = docked(lines_a, lines_b)
    assert found.shift.certain
    assert (found.shift.east_m, found.shift.north_m) == pytest.approx(shift, abs=0.05)
    assert found.shift_m == pytest.approx(np.hypot(*shift), abs=0.05)
    assert found.shift.agreeing == found.shift.pairs
    assert found.shift.likely == "b"
    assert found.points["verdict"].tolist() == ["aligned"] * 8
    assert found.points["a_fid"].tolist() == found.points["b_fid"].tolist()
    assert found.points["link_m"].tolist() == pytest.approx([np.hypot(*shift)] * 8, abs=0.01)
    turn = np.radians(BEARINGS)
    gaps = shift[0] * np.sin(turn) + shift[1] * np.cos(turn)
    assert found.points["gap_m"].tolist() == pytest.approx(gaps.tolist(), abs=0.01)


def test_the_side_that_left_the_line_is_the_likely_one():
    lines_b, lines_a = meeting(BEARINGS, (10.0, -6.6))
    mirrored = [[[(x, -y) for x, y in line] for line in lines] for lines in (lines_a, lines_b)]
    found = docked(*mirrored)
    assert (found.shift.likely, found.shift.certain) == ("a", True)
    assert (found.shift.east_m, found.shift.north_m) == pytest.approx((-10, -6.6), abs=0.05)


def test_roads_that_meet_have_no_shift():
    found = docked(*meeting(BEARINGS))
    assert (found.shift.certain, found.shift_m) == (False, 0.0)
    assert docked(*meeting(BEARINGS[:3], (10, -6.6))).shift_m == 0.0


@pytest.mark.parametrize("side", ["a", "b"])
def test_what_was_drawn_elsewhere_is_measured_there(side):
    """Matched where they meet, measured 300 m east of it on one side."""
    east = np.array([300.0, 0.0])
    drawn = tuple((lambda xy: xy + east) if name == side else None for name in "ab")
    (point,) = points([up(1000)], [down(1000)], drawn=drawn)
    assert point["verdict"] == "aligned"
    assert point["offset_m"] == pytest.approx(-300 if side == "a" else 300)
    assert point[f"{side}x"] == pytest.approx(1300)
    # whether they meet is a matter of where they were matched
    assert point["bend_deg"] == pytest.approx(0, abs=1e-6)


def test_boundary_roads_are_counted_by_side():
    found = docked(
        [[(500, -5), (1500, -5)], up(3000)], [[(500, 5), (1500, 5)], [(2000, 8), (2600, 8)]]
    )
    assert found.boundary_road_count == (1, 2)
    (shared,) = found.boundary_roads.to_dict("records")
    assert (shared["a_fid"], shared["b_fid"]) == ("0", "0")
