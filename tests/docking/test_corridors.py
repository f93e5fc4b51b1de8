"""Carriageways that are one road, and what belongs to one docking point: worked out by hand."""

import numpy as np
import pytest
from drawn_sides import LIMITS, limits, pairing_of, side_of

from roadalign.docking.corridors import corridor_labels, docking_groups, siblings

NORTH, SOUTH = 0.0, 180.0


def pairs(side, values=LIMITS):
    return [tuple(sorted(pair)) for pair in siblings(side, limits=values).tolist()]


def two(x=20.0, y=0.0, bearing=NORTH, **more):
    return side_of((0, 0, NORTH), (x, y, bearing), **more)


@pytest.mark.parametrize(("apart_m", "one_road"), [(29.9, True), (30.0, True), (30.1, False)])
def test_axes_up_to_a_corridor_apart_are_one_road(apart_m, one_road):
    assert (pairs(two(apart_m)) == [(0, 1)]) == one_road
    assert (pairs(two(-apart_m)) == [(0, 1)]) == one_road


@pytest.mark.parametrize(("turn_deg", "one_road"), [(14.9, True), (15.1, False), (-14.9, True)])
def test_axes_that_run_together_are_one_road(turn_deg, one_road):
    assert (pairs(two(bearing=turn_deg)) == [(0, 1)]) == one_road


def test_what_runs_the_other_way_is_another_road():
    assert pairs(two(bearing=SOUTH)) == []


@pytest.mark.parametrize(("stagger_m", "one_road"), [(85.0, True), (87.0, False)])
def test_ends_may_be_staggered_three_widths(stagger_m, one_road):
    # three widths are 90 m; 25 m across and 85 m along are 88.6 m, 87 m along 90.5 m
    assert (pairs(two(25.0, stagger_m)) == [(0, 1)]) == one_road


@pytest.mark.parametrize(("apart_m", "one_road"), [(1.0, True), (1.1, False)])
def test_ends_at_one_place_are_one_whatever_their_angle(apart_m, one_road):
    assert (pairs(two(apart_m, bearing=80.0)) == [(0, 1)]) == one_road


def test_the_limits_are_those_in_force():
    assert pairs(two(25), limits(corridor_width_m=24)) == []
    assert pairs(two(20, bearing=10), limits(corridor_angle_deg=9)) == []
    assert pairs(two(3, bearing=80), limits(node_tolerance_m=3)) == [(0, 1)]


def test_two_places_of_one_stroke_are_not_two_carriageways():
    assert pairs(side_of((0, 0, NORTH), (20, 0, NORTH, {"stroke": 0}))) == []


def test_a_boundary_road_is_no_carriageway_of_one_that_is_none():
    assert pairs(two(boundary_road=[True, False])) == []
    assert pairs(two(boundary_road=[True, True])) == [(0, 1)]


@pytest.mark.parametrize("column", ["road_class", "ref", "name"])
def test_carriageways_that_are_called_differently_are_two_roads(column):
    one, other = (4, 5) if column == "road_class" else ("S1", "S2")
    assert pairs(two(**{column: [one, other]})) == []
    assert pairs(two(**{column: [one, one]})) == [(0, 1)]
    assert pairs(two(**{column: [None, other]})) == [(0, 1)]
    assert pairs(two(**{column: [one, None]})) == [(0, 1)]


def test_one_end_alone_has_no_sibling():
    assert siblings(side_of((0, 0, NORTH)), limits=LIMITS).shape == (0, 2)


def test_corridors_are_chains_of_siblings():
    side = side_of((0, 0, NORTH), (25, 0, NORTH), (500, 0, NORTH), (50, 0, NORTH))
    labels = corridor_labels(side, siblings(side, limits=LIMITS))
    assert labels[0] == labels[1] == labels[3]
    assert labels[2] != labels[0]


def groups(a, b, *made, values=LIMITS):
    """The docking points as sets of ends such as ``{"a0", "b1"}``."""
    bundles = siblings(a, limits=values), siblings(b, limits=values)
    pairing = pairing_of(*made, count_a=len(a.ends), count_b=len(b.ends))
    table = docking_groups(a, b, pairing, bundles=bundles, limits=values)
    found = {}
    for row in table.itertuples():
        found.setdefault(row.group, set()).add(f"{row.side}{row.row}")
        partner = (
            dict(made).get(row.row) if row.side == "a" else dict(x[::-1] for x in made).get(row.row)
        )
        assert row.partner == (-1 if partner is None else partner)
    return sorted(found.values(), key=sorted)


DUAL_A = side_of((0, 0, NORTH), (20, 0, NORTH))
DUAL_B = side_of((0, 0, SOUTH), (20, 0, SOUTH))
APART_B = side_of((0, 0, SOUTH), (120, 0, SOUTH))
APART_A = side_of((0, 0, NORTH), (120, 0, NORTH))


def test_two_dual_carriageways_are_one_point():
    assert groups(DUAL_A, DUAL_B, (0, 0), (1, 1)) == [{"a0", "a1", "b0", "b1"}]
    assert groups(DUAL_A, DUAL_B, (0, 1), (1, 0)) == [{"a0", "a1", "b0", "b1"}]


def test_partners_that_are_two_roads_keep_two_roads_apart():
    assert groups(DUAL_A, APART_B, (0, 0), (1, 1)) == [{"a0", "b0"}, {"a1", "b1"}]
    assert groups(APART_A, DUAL_B, (0, 0), (1, 1)) == [{"a0", "b0"}, {"a1", "b1"}]


@pytest.mark.parametrize(
    ("between_m", "one"), [(10, True), (5.0, True), (4.9, False), (0, False), (-6, False)]
)
def test_a_centre_line_lies_between_its_carriageways(between_m, one):
    """A quarter of the way from one to the other is between them, less is in line with one."""
    for sign in (1, -1):
        dual = side_of((0, 0, NORTH), (sign * 20, 0, NORTH))
        centre = side_of((sign * between_m, 0, SOUTH))
        expected = [{"a0", "a1", "b0"}] if one else [{"a0", "b0"}, {"a1"}]
        assert groups(dual, centre, (0, 0)) == expected


@pytest.mark.parametrize(("between_m", "one"), [(5.0, True), (4.9, False)])
def test_of_either_side_and_whichever_carriageway_found_it(between_m, one):
    dual = side_of((0, 0, SOUTH), (20, 0, SOUTH))
    centre = side_of((between_m, 0, NORTH))
    assert groups(centre, dual, (0, 0)) == ([{"a0", "b0", "b1"}] if one else [{"a0", "b0"}, {"b1"}])
    last = side_of((20 - between_m, 0, NORTH))
    assert groups(last, dual, (0, 1)) == ([{"a0", "b0", "b1"}] if one else [{"a0", "b1"}, {"b0"}])


@pytest.mark.parametrize(("apart_m", "one"), [(8.0, True), (8.1, False)])
def test_axes_nearer_than_8_m_are_one_road_though_the_partner_lies_in_line(apart_m, one):
    near = side_of((0, 0, NORTH), (apart_m, 0, NORTH))
    expected = [{"a0", "a1", "b0"}] if one else [{"a0", "b0"}, {"a1"}]
    assert groups(near, side_of((0, 0, SOUTH)), (0, 0)) == expected


def test_what_lies_between_is_seen_where_the_sides_were_matched():
    # drawn 500 m elsewhere, but matched at 10 m
    centre = side_of((500, 0, SOUTH, {"match_x": 10.0}))
    assert groups(DUAL_A, centre, (0, 0)) == [{"a0", "a1", "b0"}]


def test_two_carriageways_that_found_nobody_are_one_point():
    assert groups(DUAL_A, side_of((900, 0, SOUTH))) == [{"a0", "a1"}, {"b0"}]


def test_who_only_answers_and_was_not_asked_is_no_point():
    passive = {"needs_counterpart": False}
    assert groups(side_of((0, 0, NORTH, passive)), side_of((900, 0, SOUTH))) == [{"b0"}]
    assert groups(side_of((0, 0, NORTH, passive)), side_of((0, 0, SOUTH)), (0, 0)) == [{"a0", "b0"}]
    # neither does it belong to the point of its neighbour
    assert groups(side_of((0, 0, NORTH), (20, 0, NORTH, passive)), side_of()) == [{"a0"}]


def test_crossings_of_one_weave_are_one_point():
    weave = {"weave": 3}
    side = side_of((0, 0, NORTH, weave), (200, 0, NORTH, weave), (400, 0, NORTH, {"weave": 4}))
    assert groups(side, side_of()) == [{"a0", "a1"}, {"a2"}]
    mirrored = side_of((0, 0, SOUTH, weave), (200, 0, SOUTH, weave), (400, 0, SOUTH, {"weave": 4}))
    assert groups(side_of((900, 0, NORTH)), mirrored) == [{"a0"}, {"b0", "b1"}, {"b2"}]


def test_the_first_weave_counts_too():
    weave = {"weave": 0}
    assert groups(side_of((0, 0, NORTH, weave), (200, 0, NORTH, weave)), side_of()) == [
        {"a0", "a1"}
    ]


@pytest.mark.parametrize(("length_m", "one"), [(99.0, True), (100.0, True), (101.0, False)])
def test_a_short_piece_from_line_to_line_is_one_point(length_m, one):
    for stroke in (0, 1):
        side = side_of(
            (0, 0, NORTH, {"stroke": stroke}),
            (90, 0, NORTH, {"stroke": stroke}),
            lengths_m=[length_m, length_m],
        )
        assert groups(side, side_of()) == ([{"a0", "a1"}] if one else [{"a0"}, {"a1"}])


def test_two_short_pieces_are_two_points():
    side = side_of((0, 0, NORTH), (300, 0, NORTH), lengths_m=[50, 50])
    assert groups(side, side_of()) == [{"a0"}, {"a1"}]


def test_three_in_a_row_are_one_by_their_neighbours():
    a = side_of(*[(25 * k, 0, NORTH) for k in range(3)])
    b = side_of(*[(25 * k, 0, SOUTH) for k in range(3)])
    assert groups(a, b, (0, 0), (1, 1), (2, 2)) == [{"a0", "a1", "a2", "b0", "b1", "b2"}]
    assert np.array_equal(siblings(a, limits=LIMITS)[:, 0] < 3, [True, True])


def test_an_end_that_may_end_where_it_is_is_a_point_only_where_it_is_paired():
    ends = (0, 0, NORTH, {"may_end_here": True}), (500, 0, NORTH, {"may_end_here": True})
    a, b = side_of(*ends), side_of((0, 0, SOUTH))
    none = np.empty((0, 2), dtype=np.intp)
    pairing = pairing_of((0, 0), count_a=2, count_b=1)
    groups = docking_groups(a, b, pairing, bundles=(none, none), limits=LIMITS)
    assert groups[["side", "row"]].to_numpy().tolist() == [["a", 0], ["b", 0]]


def test_a_carriageway_that_may_end_where_it_is_stays_with_its_road():
    a = side_of((0, 0, NORTH), (20, 0, NORTH, {"may_end_here": True}))
    b = side_of((10, 0, SOUTH))
    bundles = siblings(a, limits=LIMITS), siblings(b, limits=LIMITS)
    pairing = pairing_of((0, 0), count_a=2, count_b=1)
    groups = docking_groups(a, b, pairing, bundles=bundles, limits=LIMITS)
    assert groups["group"].nunique() == 1
    assert groups[["side", "row"]].to_numpy().tolist() == [["a", 0], ["a", 1], ["b", 0]]
