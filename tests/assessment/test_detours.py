"""Ways over hand-made networks whose lengths are known, and over a real one beside networkx."""

from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString

import roadalign
from roadalign.assessment.detours import _mean, planned_speeds_kmh
from roadalign.assessment.graph import build_graph
from roadalign.assessment.graph_places import snap
from roadalign.assessment.routes import shortest
from roadalign.boundary.read import read_boundary
from roadalign.network.read import read_network
from roadalign.settings import Settings

CRS = 4549
X, Y = 600000, 3400000
PORTO = Path(__file__).resolve().parents[3] / "shared" / "data" / "porto.osm.pbf"
LINE = [(-1000, 0), (5000, 0)]


def lines(*rows, **columns):
    shapes = [LineString([(X + x, Y + y) for x, y in row]) for row in rows]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


# Two dead ends 100 m apart at x = 0, and the way around by x = 2000.
AROUND = [
    [(0, -1050), (0, -50)],
    [(0, 50), (0, 1050)],
    [(0, -1050), (2000, -1050)],
    [(2000, -1050), (2000, 1050)],
    [(2000, 1050), (0, 1050)],
]


def checked(network):
    return roadalign.check(
        lines([(0, -1050), (0, 0)], name=["South"], highway=["secondary"]),
        lines([(0, 0), (0, 1050)], name=["North"], highway=["secondary"]),
        boundary=lines(LINE),
        network=network,
    )


def roads(rows, **more):
    return lines(*rows, highway=["secondary"] * len(rows), **more)


def test_the_way_around_is_measured_by_hand():
    (point,) = checked(roads(AROUND)).docking_points.to_dict("records")
    assert point["network"] == "dead_end_both"
    # From (0, -1000) 50 back, 2000 east, 2100 north, 2000 west, 50 back.
    assert point["detour_m"] == pytest.approx(6200, abs=1)
    assert point["detour_ratio"] == pytest.approx(6200 / 2000, abs=0.01)
    assert point["with_link_m"] == pytest.approx(2000, abs=1)
    # secondary: 50 km/h on the 950 m there is on each side, 40 km/h (rank 3) on the 100 m between.
    assert point["minutes_saved"] == pytest.approx((6.2 - 1.9) / 50 * 60 - 0.1 / 40 * 60, abs=0.1)
    assert point["detour_state"] == "found"


def across(south, north, network, *, speeds=(40.0, 40.0)):
    """The one docking point of a planned road of two halves over some existing roads."""
    (point,) = roadalign.check(
        lines(south, name=["South"], design_speed=[speeds[0]]),
        lines(north, name=["North"], design_speed=[speeds[1]]),
        boundary=lines(LINE),
        network=roads(network),
    ).docking_points.to_dict("records")
    return point


BENT = [(-700, -300), (0, -300), (0, 0)]
"""A planned road of 1,000 m with a corner; the place inside is its beginning."""

STRAIGHT = [(0, 0), (0, 1050)]


def test_where_the_existing_way_is_shorter_the_planned_road_saves_nothing():
    """The existing road cuts the corner: 700 across and 1,300 up, beside 2,000 m planned."""
    point = across(BENT, STRAIGHT, [[(-700, -300), (0, 1000)]])
    cut_m = np.hypot(700, 1300)
    assert point["detour_m"] == pytest.approx(cut_m, abs=1)
    assert point["with_link_m"] == pytest.approx(cut_m, abs=1)
    assert point["minutes_saved"] == pytest.approx(0, abs=0.01)


def test_the_link_alone_is_taken_where_existing_roads_lead_to_it_sooner_than_planned_ones():
    """To the tip the existing road cuts the corner: 743 m, then 100 m of link, then 950 m.

    The planned road as a whole is 2,000 m, the way around 6,100.
    """
    around = [(-700, -300), (-2700, -300), (-2700, 1050), (0, 1050)]
    point = across(BENT, STRAIGHT, [[(-700, -300), (0, -50)], [(0, 50), (0, 1050)], around])
    cut_m = np.hypot(700, 250)
    assert point["detour_m"] == pytest.approx(2000 + 1350 + 2700 + 50, abs=1)
    assert point["with_link_m"] == pytest.approx(cut_m + 100 + 950, abs=1)
    saved = (6100 - cut_m - 950) / 1000 / 50 * 60 - 0.1 / 40 * 60
    assert point["minutes_saved"] == pytest.approx(saved, abs=0.06)


@pytest.mark.parametrize("speeds", [(20.0, 60.0), (60.0, 20.0)])
def test_the_link_is_driven_at_the_slower_of_both_speeds(speeds):
    """400 m of link between roads of 800 m; as a whole the planned road takes longer."""
    existing = [[(0, -1050), (0, -200)], [(0, 200), (0, 1050)], *AROUND[2:]]
    point = across([(0, -1050), (0, 0)], STRAIGHT, existing, speeds=speeds)
    saved = (6.2 - 1.6) / 50 * 60 - 0.4 / 20 * 60
    assert point["minutes_saved"] == pytest.approx(saved, abs=0.06)


def test_there_and_back_are_averaged_and_one_alone_stands_for_both():
    there, back = [100.0, np.nan, 3.0, np.nan], [300.0, 50.0, np.nan, np.nan]
    mean = _mean(np.array([there, back]))
    assert mean.tolist() == pytest.approx([200.0, 50.0, 3.0, np.nan], nan_ok=True)


def test_the_way_around_is_drawn_where_it_runs():
    result = checked(roads(AROUND))
    (point,) = result.docking_points.to_dict("records")
    (way,) = result.links[result.links["kind"] == "detour"].to_dict("records")
    assert way["docking_point"] == point["id"]
    assert way["length_m"] == pytest.approx(point["detour_m"], abs=0.1)
    corners = shapely.get_coordinates(way["geometry"]) - (X, Y)
    around = [(0, -1000), (0, -1050), (2000, -1050), (2000, 1050), (0, 1050), (0, 1000)]
    assert corners.ravel() == pytest.approx(np.ravel(around), abs=0.01)


def test_where_roads_meet_and_the_way_is_straight_none_is_drawn():
    result = checked(roads([*AROUND, [(0, -50), (0, 50)]]))
    assert result.docking_points["place"].tolist() == ["agrees"]
    assert not (result.links["kind"] == "detour").any()


def test_the_way_back_is_drawn_where_there_is_no_other():
    # One-way streets lead away from the northern road, down in the east and to the southern one.
    ways = [*AROUND[:2], *(row[::-1] for row in AROUND[2:])]
    result = checked(roads(ways, oneway=["yes"] * len(ways)))
    (point,) = result.docking_points.to_dict("records")
    (way,) = result.links[result.links["kind"] == "detour"].to_dict("records")
    assert way["length_m"] == pytest.approx(point["detour_m"], abs=0.1)
    first = shapely.get_coordinates(way["geometry"])[0] - (X, Y)
    assert first == pytest.approx((0, -1000), abs=0.01)


def test_a_road_that_crosses_is_connected_and_no_detour():
    (point,) = checked(roads([*AROUND, [(0, -50), (0, 50)]])).docking_points.to_dict("records")
    assert point["network"] == "connected"
    assert point["detour_m"] == pytest.approx(2000, abs=1)
    assert point["minutes_saved"] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(("cut", "state"), [("south", "dead_end_a"), ("north", "dead_end_b")])
def test_one_road_that_ends_before_the_line_is_a_dead_end_of_its_side(cut, state):
    (point,) = checked(roads(AROUND[:1] if cut == "south" else AROUND[1:2])).docking_points.to_dict(
        "records"
    )
    assert point["network"] == state


def test_a_road_that_ends_on_the_line_crosses_it_only_where_one_goes_on():
    south, north = [(0, -1050), (0, 0)], [(0, 0), (0, 1050)]
    (alone,) = checked(roads([south])).docking_points.to_dict("records")
    (joined,) = checked(roads([south, north])).docking_points.to_dict("records")
    assert (alone["network"], joined["network"]) == ("dead_end_a", "connected")


def test_what_cannot_be_reached_is_unknown_and_said():
    (point,) = checked(roads(AROUND[:2])).docking_points.to_dict("records")
    assert pd.isna(point["detour_m"])
    assert pd.isna(point["minutes_saved"])
    assert point["detour_state"] == "no_way"


def test_a_network_without_roads_near_is_unknown():
    far = roads([[(4000, -900), (4000, 900)]])
    (point,) = checked(far).docking_points.to_dict("records")
    assert point["network"] == "unknown"
    assert point["detour_state"] == "no_road"


def test_one_way_streets_are_not_driven_against():
    both = roads([[(0, -900), (0, 900)]], oneway=["yes"])
    network = read_network(
        [both], boundary=read_boundary(lines(LINE), settings=Settings()), band_m=2000
    )
    graph = build_graph(network)
    ends = np.array([[X, Y - 500.0], [X, Y + 500.0]])
    got = shortest(
        graph,
        snap(graph, ends, limit_m=50),
        np.array([0, 1]),
        np.array([1, 0]),
        weight="m",
        most=1e5,
    )
    assert got[0] == pytest.approx(1000)
    assert np.isinf(got[1])


def test_roads_neither_plan_has_and_facing_dead_ends_are_told():
    more = [[(3000, -900), (3000, 900)], [(1000, -1050), (1000, -40)], [(1000, 1050), (1000, 40)]]
    found = checked(roads([*AROUND, *more])).findings.set_index("rule")
    assert found.loc[["C03"], "chainage_m"].round().tolist() == [3000, 4000]
    assert found.loc["C04", "chainage_m"] == pytest.approx(2000, abs=1)
    assert found.loc["C04", "value"] == pytest.approx(80, abs=0.1)


@pytest.mark.real
def test_ways_are_those_of_networkx():
    if not PORTO.exists():
        pytest.skip(f"{PORTO.name} is not beside the checkout")
    line = gpd.GeoDataFrame(geometry=[LineString([(-8.61, 41.14), (-8.61, 41.17)])], crs=4326)
    boundary = read_boundary(line, settings=Settings())
    graph = build_graph(read_network([PORTO], boundary=boundary, band_m=3000))
    nodes = np.random.default_rng(4).choice(len(graph.place), 60)
    places = snap(graph, graph.place[nodes], limit_m=5, beside_m=0.0)
    start, stop = np.arange(30), np.arange(30, 60)
    got = shortest(graph, places, start, stop, weight="m", most=1e6)
    other = nx.DiGraph()
    for tail, head, length in sorted(
        zip(*map(np.ndarray.tolist, graph.arcs("m")[:3]), strict=True), key=lambda a: -a[2]
    ):
        other.add_edge(tail, head, length=length)
    for k in range(30):
        try:
            want = nx.dijkstra_path_length(
                other, int(nodes[k]), int(nodes[k + 30]), weight="length"
            )
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            want = np.inf
        assert got[k] == pytest.approx(want, rel=0.01, abs=0.01)
    assert np.isfinite(got).sum() > 20
    assert shapely.length(graph.lines) == pytest.approx(graph.length_m, abs=0.01)


def test_exchanged_sides_mirror_what_the_network_says():
    south = lines([(0, -1050), (0, 0)], name=["South"], highway=["secondary"])
    north = lines([(0, 0), (0, 1050)], name=["North"], highway=["secondary"])
    found = [
        roadalign.check(*pair, boundary=lines(LINE), network=roads(AROUND[2:] + AROUND[:1]))
        for pair in ((south, north), (north, south))
    ]
    (one,), (two,) = (result.docking_points.to_dict("records") for result in found)
    assert (one["network"], two["network"]) == ("dead_end_a", "dead_end_b")
    assert one["detour_state"] == two["detour_state"]
    for name in ("detour_m", "detour_ratio", "with_link_m", "minutes_saved"):
        assert one[name] == pytest.approx(two[name], nan_ok=True), name


@pytest.mark.parametrize(
    ("rank", "text", "expected"),
    [
        (6, "高速公路", 80),
        (5, "一级公路", 60),
        (5, "快速路", 60),
        (4, "二级公路", 60),
        (4, "22", 60),
        (4, "Class II", 60),
        (4, "主干路", 40),
        (4, None, 40),
        (3, "三级公路", 30),
        (3, "次干路", 30),
        (2, "四级公路", 20),
        (2, "支路", 20),
        (1, None, 20),
    ],
)
def test_a_planned_road_without_a_speed_has_the_lowest_of_its_class(rank, text, expected):
    columns = {"road_class": "Int64", "class_text": "string", "design_speed_kmh": "Float64"}
    own = {"road_class": rank, "class_text": text, "design_speed_kmh": None}
    stated = {"road_class": rank, "class_text": text, "design_speed_kmh": 70.0}
    row = {f"a_{key}": [value] for key, value in own.items()}
    row |= {f"b_{key}": [value] for key, value in stated.items()}
    kinds = {f"{side}_{name}": kind for side in "ab" for name, kind in columns.items()}
    speeds = planned_speeds_kmh(pd.DataFrame(row).astype(kinds))
    assert (speeds["a"].tolist(), speeds["b"].tolist()) == ([expected], [70])
