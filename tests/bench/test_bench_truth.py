"""What the benchmark holds for true, against geometry worked out by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from benchmarks.cut_networks.cutting import cut
from benchmarks.cut_networks.lines import Web, split_at_shared
from benchmarks.cut_networks.synthetic import synthetic
from benchmarks.disturbances.displacements import Field, Shift, Turn
from benchmarks.disturbances.draft import Draft
from benchmarks.disturbances.kinds import disturbed
from benchmarks.disturbances.severities import (
    class_level,
    lanes_level,
    speed_level,
    width_level,
    year_level,
)
from benchmarks.disturbances.truth import finished

WEST = shapely.box(-2000, -2000, 0, 2000)
LINE = shapely.LineString([(0, -1500), (0, 1500)])


def _network(*lines):
    return gpd.GeoDataFrame(
        {"highway": ["primary"] * len(lines), "name": [f"Road {k}" for k in range(len(lines))]},
        geometry=[shapely.LineString(xy) for xy in lines],
        crs=4549,
    )


@pytest.fixture
def three_roads():
    """Three straight roads across a straight line, 400 m apart, 600 m to each side."""
    return cut(
        _network(*([(-600, y), (600, y)] for y in (-400, 0, 400))),
        LINE,
        name="three",
        land_a=WEST,
    )


def test_every_crossing_is_found_where_it_is(three_roads):
    found = three_roads.crossings
    assert sorted(zip(found["x"], found["y"], strict=True)) == [(0, -400), (0, 0), (0, 400)]
    assert found["angle_deg"].to_numpy() == pytest.approx([90, 90, 90])
    assert found["alone_m"].to_numpy() == pytest.approx([400, 400, 400])
    assert found["required"].all()


def test_a_road_that_weaves_is_one_group():
    """It crosses at y = 0 three times within 60 m; the second road crosses once."""
    weaving = [(-500, 0), (20, 0), (20, 20), (-20, 20), (-20, 40), (500, 40)]
    found = cut(
        _network(weaving, [(-500, 400), (500, 400)]), LINE, name="weave", land_a=WEST
    ).crossings
    assert len(found) == 4
    assert sorted(found["group"].value_counts()) == [1, 3]


def test_a_road_along_the_line_is_not_asked_for():
    found = cut(
        _network([(-10, -300), (10, 300)], [(-500, 400), (500, 400)]),
        LINE,
        name="along",
        land_a=WEST,
    ).crossings
    assert found.sort_values("y")["required"].tolist() == [False, True]


def test_lines_are_split_where_they_share_a_vertex():
    """A road of three vertices that meets another one in the middle becomes two."""
    lines = np.array(
        [shapely.LineString([(0, 0), (50, 0), (100, 0)]), shapely.LineString([(50, 0), (50, 80)])]
    )
    parts, source = split_at_shared(lines)
    assert sorted(shapely.length(parts)) == [50, 50, 80]
    assert source.tolist() == [0, 0, 1]


def test_the_tail_ends_at_the_first_junction():
    """100 m in two features, then a junction of three."""
    lines = np.array(
        [
            shapely.LineString(xy)
            for xy in (
                [(0, 0), (-40, 0)],
                [(-100, 0), (-40, 0)],
                [(-100, 0), (-200, 0)],
                [(-100, 0), (-100, 90)],
            )
        ]
    )
    web = Web.of(lines)
    tail = web.tail(web.node_at(np.array([0.0, 0.0])))
    assert tail.rows == (0, 1)
    assert tail.length_m == pytest.approx(100)
    assert tail.degree == 3
    assert tail.outward().tolist() == pytest.approx([1, 0])


def test_the_way_along_the_network_is_the_shortest():
    """A square of 100 m: the far corner is 200 m away, and 180 m by the diagonal road of 80 m."""
    lines = np.array(
        [
            shapely.LineString(xy)
            for xy in (
                [(0, 0), (100, 0)],
                [(100, 0), (100, 100)],
                [(100, 100), (0, 100)],
                [(0, 100), (0, 0)],
            )
        ]
    )
    web = Web.of(lines)
    way = web.reach(web.node_at(np.array([0.0, 0.0])), limit_m=150.0)
    at = [way[web.node_at(np.array(xy, dtype=float))] for xy in ((100, 0), (0, 100), (100, 100))]
    assert at == [100, 100, np.inf]


def test_a_shift_put_in_is_the_offset_that_is_true(three_roads):
    """A's end 30 m north of B's: looking from a to b (east) B lies 30 m to the right."""
    draft = Draft(three_roads)
    k = int(np.flatnonzero(three_roads.crossings["y"] == 0)[0])
    assert draft.displace("a", k, Shift(np.array([0.0, 30.0])), reach_m=260.0)
    truth = finished(draft, "shift", 1).truth.iloc[k]
    assert truth["offset_m"] == pytest.approx(30)
    assert truth["gap_m"] == pytest.approx(0)
    assert truth["rules"] == {"G02": "mismatch"}


def test_an_end_cut_back_leaves_the_gap_that_is_true(three_roads):
    draft = Draft(three_roads)
    tail = draft.trim("b", 0, 60.0)
    draft.end["b"][0] = tail.at(60.0)
    case = finished(draft, "cut-back", 1)
    assert case.truth["gap_m"].tolist() == pytest.approx([60, 0, 0])
    assert case.truth["rules"].iloc[0] == {"G01": "mismatch"}
    assert sorted(case.roads["b"].length) == pytest.approx([540, 600, 600])


def test_a_turn_put_in_is_the_deflection_that_is_true(three_roads):
    draft = Draft(three_roads)
    move = Turn(draft.end["a"][1].copy(), 20.0, 80.0)
    ahead = move(draft.end["a"][[1]] + draft.out["a"][1], np.zeros(1))[0] + draft.out["a"][1]
    draft.out["a"][1] = ahead
    truth = finished(draft, "turn", 1).truth
    assert truth["deflection_deg"].tolist() == pytest.approx([0, 20, 0], abs=1e-6)
    assert truth["rules"].iloc[1] == {"G03": "mismatch"}


def test_an_end_drawn_beyond_the_line_is_led_back_to_it(three_roads):
    """B shifted 12 m west as a whole: its roads still meet the line, so there is no gap."""
    draft = Draft(three_roads)
    draft.lines["b"] = shapely.transform(draft.lines["b"], lambda xy: xy - np.array([12.0, 0.0]))
    draft.end["b"] = draft.end["b"] - np.array([12.0, 0.0])
    assert finished(draft, "datum", 1).truth["gap_m"].tolist() == pytest.approx([0, 0, 0])


@pytest.mark.parametrize(("off_m", "asked_for"), [(-4, True), (4, False), (19, False), (21, True)])
def test_a_road_that_arrives_alone_at_a_road_across_its_way_is_not_asked_for(
    three_roads, off_m, asked_for
):
    draft = Draft(three_roads)
    k = int(np.argmin(draft.crossings["y"]))
    draft.drop("b", list(draft.tail("b", k).rows))
    draft.fids["b"][k], draft.expect[k] = frozenset(), "a"
    draft.add("b", shapely.LineString([(off_m, -600), (off_m, -200)]), draft.road("a", k))
    required = finished(draft, "removed", 1).truth["required"].to_numpy()
    assert required[k] == asked_for
    assert required.sum() == 2 + asked_for


def test_noise_has_the_size_and_the_length_that_are_stated():
    """RMS of each coordinate is sigma; points 10 m apart move alike, points 500 m apart do not."""
    rng = np.random.default_rng(5)
    window = (-1e6, -1e6, 1e6, 1e6)
    fields = [Field.drawn(rng, sigma_m=3.0, window=window) for _ in range(300)]
    places = np.array([[0.0, 0.0], [10.0, 0.0], [500.0, 0.0]])
    moved = np.array([field(places)[:, 0] for field in fields])
    assert np.std(moved[:, 0]) == pytest.approx(3.0, rel=0.15)
    correlation = np.corrcoef(moved.T)
    assert correlation[0, 1] > 0.97
    assert abs(correlation[0, 2]) < 0.2


def test_levels_are_those_of_the_design():
    assert [class_level(4, other) for other in (4, 3, 2, 1, 6)] == [
        "ok", "notice", "mismatch", "severe", "severe",
    ]  # fmt: skip
    assert [lanes_level(2, other) for other in (2, 3, 4, 6)] == [
        "ok", "notice", "mismatch", "severe",
    ]  # fmt: skip
    assert [width_level(40.0, other) for other in (44, 48, 60, 90)] == [
        "ok", "notice", "mismatch", "severe",
    ]  # fmt: skip
    assert [speed_level(60.0, other) for other in (60, 80, 90, 100)] == [
        "ok", "notice", "mismatch", "severe",
    ]  # fmt: skip
    assert [year_level(2027, other) for other in (2028, 2029, 2030, 2032)] == [
        "ok", "notice", "mismatch", "severe",
    ]  # fmt: skip


def test_the_same_seed_makes_the_same_case():
    one, two = (disturbed(synthetic("grid", seed=7), "mixed", seed=7) for _ in range(2))
    for side in ("a", "b"):
        assert (
            one.roads[side].geometry.to_wkb().tolist() == two.roads[side].geometry.to_wkb().tolist()
        )
    assert one.truth["expect"].tolist() == two.truth["expect"].tolist()
    assert set(one.truth["expect"]) >= {"pair", "a"} or set(one.truth["expect"]) >= {"pair", "b"}
