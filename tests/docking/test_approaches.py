"""Where one side's roads reach a straight boundary: which ends count, and which of them ask."""

from math import cos, radians, sin, sqrt

import numpy as np
import pytest
import shapely
from drawn_sides import LIMITS, ends_of, limits, up

PLANNED = {"status": ["planned"]}


def ends(*lines, **more):
    return ends_of(*lines, **more).ends.to_dict("records")


def test_an_end_at_the_line_with_all_that_is_known_of_it():
    (end,) = ends([(800, -900), (1000, 0)])
    length_m = np.hypot(200, 900)
    assert (end["end"], end["needs_counterpart"], end["row"], end["stroke"], end["back"]) == (
        "touch",
        True,
        0,
        0,
        -1,
    )
    assert end["at_m"] == pytest.approx(length_m)
    assert (end["x"], end["y"], end["match_x"], end["match_y"]) == pytest.approx((1000, 0, 1000, 0))
    heading = (200 / length_m, 900 / length_m)
    assert (end["ux"], end["uy"], end["tip_x"], end["tip_y"]) == pytest.approx(heading * 2)
    assert end["chainage_m"] == pytest.approx(1000)
    assert np.isnan(end["rank"])


@pytest.mark.parametrize(
    ("rank", "stretch_m"), [(6, 100), (5, 60), (4, 60), (3, 30), (1, 30), (None, 60)]
)
def test_the_heading_is_fitted_over_a_stretch_by_class(rank, stretch_m):
    (end,) = ends(up(1000), road_class=[rank])
    assert end["stretch_m"] == pytest.approx(stretch_m)


def test_the_stretches_are_the_limits_in_force():
    values = limits(heading_expressway_m=90, heading_major_m=50, heading_minor_m=20)
    got = [ends(up(1000), road_class=[rank], values=values)[0]["stretch_m"] for rank in (6, 4, 2)]
    assert got == pytest.approx([90, 50, 20])


def test_the_tip_is_the_last_decimetres():
    s, c = sin(radians(30)), cos(radians(30))
    (end,) = ends([(1000 - s, -600), (1000 - s, -c), (1000, 0)])
    assert (end["tip_x"], end["tip_y"]) == pytest.approx((s, c))


@pytest.mark.parametrize(
    ("rank", "status", "short_m", "there", "needs_counterpart"),
    [
        (3, "existing", 5.1, True, False),
        (3, "existing", 149.9, True, False),
        (3, "existing", 150.1, True, False),
        (3, "existing", 500.1, False, None),
        (None, "existing", 149.9, True, False),
        (4, "existing", 150.1, True, True),
        (4, "existing", 499.9, True, True),
        (4, "existing", 500.1, False, None),
        (6, None, 499.9, True, True),
        (3, "planned", 499.9, True, True),
        (1, "construction", 499.9, True, True),
        (1, "proposed", 499.9, True, True),
        (1, "reserved", 499.9, True, True),
        (1, "abandoned", 149.9, True, False),
        (1, "abandoned", 150.1, True, False),
    ],
)
def test_how_far_a_dead_end_may_be_and_ask(rank, status, short_m, there, needs_counterpart):
    got = ends(up(1000, -900, -short_m), road_class=[rank], status=[status])
    assert [(one["end"], one["needs_counterpart"]) for one in got] == (
        [("undershoot", needs_counterpart)] if there else []
    )
    if there:
        assert got[0]["to_boundary_m"] == pytest.approx(short_m)


def test_how_far_a_lone_minor_dead_end_may_be_is_the_limit_in_force():
    values = limits(lone_minor_m=40)
    got = [ends(up(1000, -900, -y), values=values)[0]["needs_counterpart"] for y in (39.9, 40.1)]
    assert got == [True, False]


@pytest.mark.parametrize(
    ("angle_deg", "asks"), [(25.1, True), (24.9, False), (155.1, False), (154.9, True)]
)
def test_a_dead_end_has_to_point_at_the_line_to_ask(angle_deg, asks):
    """The angle is that between road and boundary; 100 m before the line along the road."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    line = [(2000 - 700 * c, -700 * s), (2000 - 100 * c, -100 * s)]
    (end,) = ends(line, **PLANNED)
    assert end["needs_counterpart"] == asks
    assert (end["against"] == 0) == asks


@pytest.mark.parametrize("angle_deg", [5.0, 10.0, 20.0, 30.0])
def test_a_nat_speaks_against_an_end_along_the_line_and_less_the_more_it_points_at_it(angle_deg):
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    line = [(2000 - 700 * c, -700 * s), (2000 - 100 * c, -100 * s)]
    (end,) = ends(line, **PLANNED)
    assert end["against"] == pytest.approx(max(1 - angle_deg / 25, 0))


@pytest.mark.parametrize(("off_m", "there"), [(19.9, True), (20.1, False)])
def test_beside_the_line_a_dead_end_answers_whatever_its_heading(off_m, there):
    line = [(500, -900), (500, -off_m), (560, -off_m)]  # turns away along the line, 60 m from it
    got = [one for one in ends(line, **PLANNED) if one["y"] > -100]
    assert [(one["against"], one["needs_counterpart"]) for one in got] == [(1, False)] * there


def test_a_road_that_ends_short_at_both_ends_points_at_the_line_with_one():
    (end,) = ends([(1000, -100), (1000, -400)], **PLANNED)
    assert (end["y"], end["back"]) == (pytest.approx(-100), 1)


def test_the_way_to_the_line_is_along_the_heading():
    (end,) = ends([(400, -400), (900, -100)], **PLANNED)
    # 3 up on 5 along: 100 m up is 100 · √34 / 3 along the heading
    assert end["to_boundary_m"] == pytest.approx(100 * sqrt(34) / 3)


def test_straight_across_counts_where_it_is_a_third():
    """At 18 degrees the line is 3.2 times as far along the heading as straight across, at 20 2.9."""
    values = limits(approach_angle_deg=10)
    for degrees, expected in ((18, 60), (20, 60 / sin(radians(20)))):
        c, s = cos(radians(degrees)), sin(radians(degrees))
        (end,) = ends([(1500 - 500 * c, -60 - 500 * s), (1500, -60)], values=values, **PLANNED)
        assert end["to_boundary_m"] == pytest.approx(expected)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_each_road_of_its_side_across_the_way_speaks_against_a_dead_end(count):
    across = [[(500, -20 - 20 * k), (1500, -20 - 20 * k)] for k in range(count)]
    status = ["planned"] * (count + 1)
    got = ends(up(1000, -600, -100), *across, status=status)
    ((against, asks),) = [(e["against"], e["needs_counterpart"]) for e in got if e["row"] == 0]
    assert (against, asks) == (count, count == 0)


def test_a_road_beside_the_way_does_not_speak_against_a_dead_end():
    got = ends(up(1000, -600, -100), [(1010, -50), (1500, -50)], status=["planned", "planned"])
    assert [one["against"] for one in got if one["row"] == 0] == [0]


@pytest.mark.parametrize(
    ("rank", "status", "short_m", "against"),
    [
        (3, "existing", 149.9, 0),
        (3, "existing", 150.1, 3),
        (None, None, 150.1, 3),
        (3, "planned", 499.9, 0),
        (4, "existing", 499.9, 0),
    ],
)
def test_a_dead_end_beyond_the_reach_of_its_class_has_that_against_it(
    rank, status, short_m, against
):
    (end,) = ends(up(1000, -900, -short_m), road_class=[rank], status=[status])
    assert end["against"] == against


@pytest.mark.parametrize(
    ("rank", "status", "short_m", "may_end"),
    [
        (1, "existing", 1.9, False),
        (1, "existing", 2.1, True),
        (3, "existing", 4.9, True),
        (4, "existing", 4.9, False),
        (None, "existing", 4.9, False),
        (1, None, 4.9, False),
        (1, "planned", 4.9, False),
        (3, "planned", 149.9, False),
        (3, "planned", 150.1, True),
        (4, "planned", 499.9, False),
        (None, "planned", 499.9, False),
    ],
)
def test_which_ends_ask_but_may_end_where_they_are(rank, status, short_m, may_end):
    (end,) = ends(up(1000, -900, -short_m), road_class=[rank], status=[status])
    assert (end["needs_counterpart"], end["may_end_here"]) == (True, may_end)


@pytest.mark.parametrize(
    ("short_m", "count", "may_end"),
    [(0.0, 4, True), (0.9, 4, False), (0.6, 4, True), (0.9, 3, True)],
)
def test_where_a_side_scatters_about_the_line_a_street_short_of_it_is_no_cul_de_sac(
    short_m, count, may_end
):
    """One street ends 4 m short, the others by less: 2 m and three times the median decide."""
    others = [up(1500 + 300 * k, -900, (-short_m, short_m)[k % 2]) for k in range(count)]
    got = ends(up(1000, -900, -4), *others, road_class=[2] * (count + 1),
               status=["existing"] * (count + 1))  # fmt: skip
    assert [one["may_end_here"] for one in got if one["row"] == 0] == [may_end]


def test_a_road_behind_the_end_or_beyond_the_line_blocks_nothing():
    two = {"status": ["planned", "planned"]}
    behind = ends(up(1000, -600, -100), [(500, -300), (1500, -300)], **two)
    assert [one["y"] for one in behind if one["row"] == 0] == pytest.approx([-100])
    beyond = ends(up(1000, -600, -100), [(500, 50), (1500, 50)], **two)
    assert [one["y"] for one in beyond if one["row"] == 0] == pytest.approx([-100])


def test_an_end_belongs_to_the_feature_that_reaches_it():
    """One road in two features: its end at the line is that of the second one."""
    found = ends_of(up(1000, -600, -200), up(1000, -200, 0), lanes=[2, 4])
    (end,) = found.ends.to_dict("records")
    assert len(found.strokes.lines) == 1
    assert end["row"] == 1
    turned = ends_of([(1000, 0), (1000, -200)], up(1000, -600, -200))
    assert turned.ends["row"].tolist() == [0]


def test_where_two_features_meet_on_the_line_the_end_is_that_of_the_own_side():
    found = ends_of(up(1000, 0, 300), up(1000, -600, 0))
    (end,) = found.ends[found.ends["y"].abs() < 1].to_dict("records")
    assert (end["end"], end["row"]) == ("overshoot", 1)


EXTENT = (0.0, -900.0, 4000.0, -300.0)


def clipped(y, extent, count=3, **more):
    """Some roads cut off at one place before the line."""
    lines = [up(1000 + 300 * k, -900, y) for k in range(count)]
    return ends(*lines, extent=extent, status=["planned"] * count, **more)


def test_ends_at_the_edge_of_the_data_do_not_ask():
    assert [one["needs_counterpart"] for one in clipped(-300, EXTENT)] == [False] * 3
    assert [one["needs_counterpart"] for one in clipped(-300, None)] == [True] * 3
    # one or two roads that reach furthest make an edge of their own
    assert [one["needs_counterpart"] for one in clipped(-300, EXTENT, count=2)] == [True] * 2


@pytest.mark.parametrize(("off_m", "at_edge"), [(0.9, True), (1.0, True), (1.1, False)])
def test_the_edge_is_a_metre_wide(off_m, at_edge):
    extent = (0.0, -900.0, 4000.0, -300 + off_m)
    assert [one["needs_counterpart"] for one in clipped(-300, extent)] == [not at_edge] * 3


def test_every_edge_counts_but_an_end_at_the_line_is_no_edge():
    west = [[(1000 + 500, -400 - 50 * k), (1000, -100 - 50 * k)] for k in range(3)]
    three = {"status": ["planned"] * 3}
    for extent in ((1000, -900, 4000, 0), (0, -900, 1000, 0)):
        assert not any(one["needs_counterpart"] for one in ends(*west, extent=extent, **three))
    touching = [up(1000 + 300 * k) for k in range(3)]
    assert [one["needs_counterpart"] for one in ends(*touching, extent=(0, -600, 4000, 0))] == [
        True
    ] * 3


def test_a_boundary_road_docks_nowhere():
    found = ends_of([(500, -4), (1500, -4), (1500, 300)], up(3000))
    assert found.boundary_road.tolist() == [True, False]
    assert found.ends["row"].tolist() == [1]
    assert found.ends["needs_counterpart"].tolist() == [True]


def test_ends_given_somewhere_else_keep_where_they_were_matched():
    found = ends_of(up(1000), up(2000))
    drawn = found.moved(lambda xy: xy + np.array([30.0, -7.0]))
    assert drawn.ends[["x", "y"]].to_numpy().tolist() == [[1030, -7], [2030, -7]]
    assert drawn.ends[["match_x", "match_y"]].to_numpy().tolist() == [[1000, 0], [2000, 0]]
    assert shapely.get_coordinates(drawn.strokes.lines)[:2].tolist() == [[1030, -607], [1030, -7]]
    assert drawn.roads.total_bounds.tolist() == [1030, -607, 2030, -7]
    # the ends as they were are not touched
    assert found.ends[["x", "y"]].to_numpy().tolist() == [[1000, 0], [2000, 0]]
    assert found.roads.total_bounds.tolist() == [1000, -600, 2000, 0]


def test_roads_further_than_the_reach_are_not_looked_at():
    assert ends(up(1000, -900, -510), road_class=[6], values=limits(undershoot_major_m=400)) == []
    assert (
        len(ends(up(1000, -900, -390), road_class=[6], values=limits(undershoot_major_m=400))) == 1
    )
    assert LIMITS["undershoot_major_m"] == 500
