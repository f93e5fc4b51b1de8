"""Which ends belong together: costs in nats, gates and the best assignment, worked out by hand.

The confidence of a pair is 1 / (1 + exp(-margin / 1.5)), where the margin is how many nats the
best solution without the pair is worse. With nobody else about, that is both staying alone: 3.3
each where they ask, 1.0 where they only answer, minus the cost of the pair.
"""

from math import cos, log, log1p, radians, sin
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from drawn_sides import LIMITS, limits, roads

from roadalign.docking.pairing import pair_ends

ASKING, PASSIVE, TEMPERATURE = 3.3, 1.0, 1.5
SOUTH = 180.0
CONTACT = 3.0
"""What it is worth that two ends lie on one another."""


def end(x=0.0, y=0.0, heading_deg=0.0, *, needs_counterpart=True, against=0.0, **road):
    return {
        "x": x,
        "y": y,
        "heading_deg": heading_deg,
        "needs_counterpart": needs_counterpart,
        "against": against,
        "road": road,
    }


def side(*ends):
    """Candidates as pairing reads them, each with a road of its own, the last one first."""
    turn = np.radians([one["heading_deg"] for one in ends])
    count = len(ends)
    table = pd.DataFrame(
        {
            "x": [one["x"] for one in ends],
            "y": [one["y"] for one in ends],
            "ux": np.sin(turn),
            "uy": np.cos(turn),
            "needs_counterpart": [one["needs_counterpart"] for one in ends],
            "against": [one["against"] for one in ends],
            "row": np.arange(count)[::-1],
        }
    )
    columns = {
        name: [one["road"].get(name) for one in ends[::-1]]
        for name in ("road_class", "ref", "name")
    }
    return SimpleNamespace(ends=table, roads=roads(*[[(0, 0), (1, 0)]] * count, **columns))


def paired(ends_a, ends_b, *, corridor_a=None, corridor_b=None, values=LIMITS):
    one = np.arange(len(ends_a)) if corridor_a is None else np.array(corridor_a)
    two = np.arange(len(ends_b)) if corridor_b is None else np.array(corridor_b)
    return pair_ends(side(*ends_a), side(*ends_b), corridor_a=one, corridor_b=two, limits=values)


def rows(pairing):
    return list(zip(pairing.a.tolist(), pairing.b.tolist(), strict=True))


def nats(confidence):
    return TEMPERATURE * log(confidence / (1 - confidence))


def margin(end_a, end_b, **more):
    """The margin of the one pair in nats, ``None`` where it is not made."""
    got = paired([end_a], [end_b], **more)
    return nats(float(got.confidence[0])) if len(got.a) else None


def south(x=0.0, y=0.0, heading_deg=SOUTH, **more):
    return end(x, y, heading_deg, **more)


def contact(link_m):
    return CONTACT / (1 + (link_m / 1.5) ** 2)


def lateral(offset_m):
    """Cost of an offset alone: the ends lie beside one another."""
    return log1p((offset_m / 4) ** 2) - contact(abs(offset_m))


def test_two_ends_that_meet_in_line_gain_by_the_contact_alone():
    assert margin(end(), south()) == pytest.approx(2 * ASKING + 3)


@pytest.mark.parametrize(
    ("asks_a", "asks_b", "alone"),
    [
        (True, True, 6.6),
        (True, False, 4.3),
        (False, True, 4.3),
        (False, False, 2.0),
    ],
)
def test_staying_alone_costs_less_where_nobody_asks(asks_a, asks_b, alone):
    assert margin(end(needs_counterpart=asks_a), south(needs_counterpart=asks_b)) == pytest.approx(
        alone + 3
    )


@pytest.mark.parametrize("offset_m", [-35.0, -4.0, 1.5, 4.0, 12.0])
def test_an_offset_costs_the_logarithm_of_its_square(offset_m):
    assert margin(end(), south(offset_m)) == pytest.approx(6.6 - lateral(offset_m))


def test_an_offset_of_4_m_costs_the_logarithm_of_two():
    assert margin(end(), south(4)) == pytest.approx(6.6 - log(2) + 3 / (1 + 64 / 9))


@pytest.mark.parametrize("gap_m", [20.0, 140.0, 900.0])
def test_a_gap_costs_the_logarithm_of_its_length_in_20_m(gap_m):
    assert margin(end(), south(0, gap_m)) == pytest.approx(6.6 - log1p(gap_m / 20) + contact(gap_m))


@pytest.mark.parametrize("overlap_m", [5.0, 40.0])
def test_an_overlap_costs_four_times_as_soon(overlap_m):
    expected = 6.6 - log1p(overlap_m / 5) + contact(overlap_m)
    assert margin(end(0, overlap_m), south()) == pytest.approx(expected)


@pytest.mark.parametrize("turn_deg", [8.0, 30.0, -30.0, 90.0])
def test_a_deflection_costs_the_logarithm_of_its_square(turn_deg):
    expected = 6.6 - log1p((turn_deg / 8) ** 2) + 3
    assert margin(end(), south(heading_deg=SOUTH + turn_deg)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rank_a", "rank_b", "cost"),
    [
        (4, 4, -0.7),
        (4, 3, 0.2),
        (3, 4, 0.2),
        (4, 2, 0.8),
        (1, 4, 1.5),
        (5, 1, 1.5),
        (1, 6, 1.5),
        (None, 4, 0.0),
        (4, None, 0.0),
        (None, None, 0.0),
    ],
)
def test_classes_that_agree_speak_for_a_pair_and_distant_ones_against(rank_a, rank_b, cost):
    got = margin(end(road_class=rank_a), south(road_class=rank_b))
    assert got == pytest.approx(9.6 - cost)


@pytest.mark.parametrize(
    ("ref_a", "ref_b", "cost"),
    [
        ("S226", "S226", -2.0),
        ("S226", "S227", 1.0),
        ("S226", None, 0.0),
        (None, "S226", 0.0),
        (None, None, 0.0),
    ],
)
def test_route_numbers(ref_a, ref_b, cost):
    assert margin(end(ref=ref_a), south(ref=ref_b)) == pytest.approx(9.6 - cost)


@pytest.mark.parametrize(
    ("name_a", "name_b", "cost"),
    [
        ("亭枫公路", "亭枫公路", -1.5),
        ("abcdefghij", "abcdefghiX", -1.5),  # 2 · 9 of 20 letters: 90 %
        ("abcdefghi", "abcdefghX", 0.1),  # 2 · 8 of 18 letters: 89 %
        ("亭枫公路", "平湖大道", 0.1),
        ("亭枫公路", None, 0.0),
        (None, None, 0.0),
    ],
)
def test_names(name_a, name_b, cost):
    assert margin(end(name=name_a), south(name=name_b)) == pytest.approx(9.6 - cost)


def test_pieces_of_evidence_add_up():
    same = {"road_class": 5, "ref": "G60", "name": "沪昆高速"}
    assert margin(end(**same), south(12, **same)) == pytest.approx(
        6.6 - lateral(12) + 0.7 + 2 + 1.5
    )


SAME = {"ref": "S226", "road_class": 4, "name": "同一条路"}
"""What makes a pair worth its geometry, so that the gates alone decide."""


@pytest.mark.parametrize(("link_m", "made"), [(999.9, True), (1000.0, True), (1000.1, False)])
def test_ends_further_apart_than_the_search_are_no_pair(link_m, made):
    assert (margin(end(**SAME), south(0, link_m, **SAME)) is not None) == made


@pytest.mark.parametrize(
    ("offset_m", "made"),
    [(199.9, True), (200.0, True), (200.1, False), (-200.0, True), (-200.1, False)],
)
def test_ends_further_beside_one_another_than_the_limit_are_no_pair(offset_m, made):
    assert (margin(end(**SAME), south(offset_m, **SAME)) is not None) == made


@pytest.mark.parametrize(("overlap_m", "made"), [(199.9, True), (200.0, False)])
def test_ends_that_overlap_by_the_limit_are_no_pair(overlap_m, made):
    assert (margin(end(0, overlap_m, **SAME), south(**SAME)) is not None) == made


def turned(turn_deg, link_m):
    """B's end ahead of A's along the axis of the pair, its road turned."""
    half = radians(turn_deg / 2)
    return south(link_m * sin(half), link_m * cos(half), SOUTH + turn_deg, **SAME)


@pytest.mark.parametrize(("turn_deg", "made"), [(74.9, True), (75.1, False), (-74.9, True)])
def test_ends_that_do_not_meet_may_turn_up_to_the_limit(turn_deg, made):
    assert (margin(end(**SAME), turned(turn_deg, 20)) is not None) == made


@pytest.mark.parametrize(("turn_deg", "made"), [(100, True), (149.9, True), (150.1, False)])
def test_ends_that_meet_may_turn_further(turn_deg, made):
    assert (margin(end(**SAME), south(heading_deg=SOUTH + turn_deg, **SAME)) is not None) == made


@pytest.mark.parametrize(("link_m", "made"), [(4.99, True), (5.01, False)])
def test_ends_meet_within_the_touching_distance(link_m, made):
    assert (margin(end(**SAME), turned(100, link_m)) is not None) == made


def test_the_gates_are_the_limits_in_force():
    narrow = limits(search_m=300, pair_offset_m=50, pair_deflection_deg=20, touch_m=2)
    assert margin(end(**SAME), south(0, 301, **SAME), values=narrow) is None
    assert margin(end(**SAME), south(51, **SAME), values=narrow) is None
    assert margin(end(**SAME), turned(21, 20), values=narrow) is None
    assert margin(end(**SAME), turned(100, 3), values=narrow) is None
    assert margin(end(**SAME), south(49, 100, **SAME), values=narrow) is not None


def test_a_pair_is_made_only_where_it_costs_less_than_staying_alone():
    # an offset of d costs log(1 + (d / 4)²): 6.6 nats at 108.4 m, 2.0 at 10.1 m
    assert margin(end(), south(108)) == pytest.approx(6.6 - lateral(108))
    assert margin(end(), south(109)) is None
    assert margin(end(needs_counterpart=False), south(10.0, needs_counterpart=False)) is not None
    assert margin(end(needs_counterpart=False), south(10.5, needs_counterpart=False)) is None


def test_who_stays_alone_is_as_sure_as_it_costs():
    got = paired(
        [end(0), end(3000, needs_counterpart=False)],
        [south(0), south(5000), south(7000, needs_counterpart=False)],
    )
    assert rows(got) == [(0, 0)]
    sure = 1 / (1 + np.exp(-np.array([ASKING, PASSIVE]) / TEMPERATURE))
    assert got.lone_confidence_a == pytest.approx([np.nan, sure[1]], nan_ok=True)
    assert got.lone_confidence_b == pytest.approx([np.nan, *sure], nan_ok=True)


def test_of_two_rivals_the_nearer_is_taken_and_the_other_named_where_it_is_nearly_as_good():
    got = paired([end(-3), end(4)], [south(0)])
    assert rows(got) == [(0, 0)]
    apart = lateral(4) - lateral(3)
    assert nats(got.confidence[0]) == pytest.approx(apart)
    assert got.alternatives == [[(1, 0)]]
    assert got.ambiguous.tolist() == [True]
    # the other one is as unsure of being alone
    assert np.isnan(got.lone_confidence_a[0])
    assert nats(got.lone_confidence_a[1]) == pytest.approx(apart)
    assert np.isnan(got.lone_confidence_b).tolist() == [True]


def test_rivals_on_the_other_side_are_named_too():
    got = paired([end(0)], [south(-3), south(4)])
    assert rows(got) == [(0, 0)]
    assert got.alternatives == [[(0, 1)]]
    assert nats(got.lone_confidence_b[1]) == pytest.approx(lateral(4) - lateral(3))


def test_neighbour_carriageways_are_no_rivals():
    got = paired([end(-3), end(4)], [south(0)], corridor_a=[7, 7])
    assert nats(got.confidence[0]) == pytest.approx(6.6 - lateral(3))
    assert (got.alternatives, got.ambiguous.tolist()) == ([[]], [False])
    turned_round = paired([end(0)], [south(-3), south(4)], corridor_b=[7, 7])
    assert nats(turned_round.confidence[0]) == pytest.approx(6.6 - lateral(3))


@pytest.mark.parametrize(("away_m", "named"), [(7, True), (9, False)])
def test_another_partner_is_named_up_to_4_and_a_half_nats(away_m, named):
    # the pair meets (-3 nats); the rival is 4.27 nats worse at 7 m and 4.72 at 9 m
    got = paired([end(0), end(away_m)], [south(0)])
    assert nats(got.confidence[0]) == pytest.approx(lateral(away_m) + 3)
    assert got.alternatives == [[(1, 0)] if named else []]
    assert got.ambiguous.tolist() == [False]


@pytest.mark.parametrize(("more", "ambiguous"), [(1e-6, True), (-1e-6, False)])
def test_a_pair_is_ambiguous_below_the_margin(more, ambiguous):
    sure = 1 / (1 + np.exp(-(lateral(4) - lateral(3)) / TEMPERATURE))
    values = limits(ambiguous_margin=2 * sure - 1 + more)
    got = paired([end(-3), end(4)], [south(0)], values=values)
    assert got.ambiguous.tolist() == [ambiguous]


def test_without_another_partner_nothing_is_ambiguous_however_unsure():
    got = paired([end(needs_counterpart=False)], [south(9.5, needs_counterpart=False)])
    assert 2 * got.confidence[0] - 1 < 0.2
    assert got.ambiguous.tolist() == [False]


def test_the_whole_is_best_and_not_the_nearest_pair():
    # 4 m and 30 m would cost 0.32 + 4.04, 6 m and 20 m cost 1.00 + 3.24
    got = paired([end(0), end(10)], [south(6), south(30)])
    assert rows(got) == [(0, 0), (1, 1)]
    other = lateral(4) + lateral(30)
    assert nats(got.confidence[0]) == pytest.approx(other - lateral(6) - lateral(20))
    assert got.alternatives[0] == [(0, 1), (1, 0)]


def test_groups_far_apart_do_not_disturb_one_another_and_come_in_order():
    got = paired([end(5000), end(0), end(2500)], [south(2504), south(1), south(5012)])
    assert rows(got) == [(0, 2), (1, 1), (2, 0)]
    assert [nats(one) for one in got.confidence] == [
        pytest.approx(6.6 - lateral(d)) for d in (12, 1, 4)
    ]


def test_exchanging_the_sides_exchanges_the_pairs():
    a, b = [end(-3), end(4), end(60)], [south(0), south(58)]
    flipped = [
        [one | {"heading_deg": one["heading_deg"] + 180, "y": -one["y"]} for one in x]
        for x in (b, a)
    ]
    one, two = paired(a, b), paired(*flipped)
    assert sorted(rows(one)) == sorted((x, y) for y, x in rows(two))
    assert one.lone_confidence_a == pytest.approx(two.lone_confidence_b, nan_ok=True)
    assert one.lone_confidence_b == pytest.approx(two.lone_confidence_a, nan_ok=True)


@pytest.mark.parametrize(("against_a", "against_b"), [(1.0, 0.0), (0.4, 1.3)])
def test_what_speaks_against_the_ends_costs_as_much(against_a, against_b):
    got = margin(end(against=against_a), south(against=against_b))
    assert got == pytest.approx(6.6 + 3 - against_a - against_b)


@pytest.mark.parametrize(("against", "sure_nats"), [(7.4, 0.1), (8.6, 1.3), (12.0, 3.3)])
def test_a_doubtful_candidate_lowers_how_sure_an_end_is_to_be_alone(against, sure_nats):
    """Alone they cost 3.3 and 1.0, meeting gains 3: what speaks against it tips at 7.3 nats.

    An end with nobody about is as sure as staying alone costs, 3.3.
    """
    got = paired([end()], [south(needs_counterpart=False, against=against)])
    assert len(got.a) == 0
    assert nats(float(got.lone_confidence_a[0])) == pytest.approx(sure_nats)
    assert len(paired([end()], [south(needs_counterpart=False, against=7.2)]).a) == 1


def test_a_candidate_that_has_its_own_partner_puts_nobody_else_in_doubt():
    # the two lie 4 m beside one another; the second is too doubtful a partner for B's
    alone = paired([end(), end(4, against=9)], [south()])
    assert rows(alone) == [(0, 0)]
    assert nats(float(alone.lone_confidence_a[1])) == pytest.approx(ASKING)
