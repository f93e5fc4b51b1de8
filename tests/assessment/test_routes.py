"""Shortest ways over made-up graphs, beside networkx, and the lines they are drawn with."""

import networkx as nx
import numpy as np
import pytest
import shapely

from roadalign.assessment.graph import RoadGraph
from roadalign.assessment.graph_places import Snapped, snap
from roadalign.assessment.route_geometry import way_lines
from roadalign.assessment.routes import shortest

STREETS, SPACING_M, KMH = 30, 200.0, 30.0
RIVER_AT, BRIDGE = 15, 2


def graph_of(place, edges, *, forward=None, backward=None):
    start, end = np.array(edges).T
    lines = shapely.linestrings(np.stack([place[start], place[end]], axis=1))
    length_m = shapely.length(lines)
    both = np.ones(len(start), dtype=bool)
    return RoadGraph(
        place=place,
        start=start,
        end=end,
        length_m=length_m,
        minutes=length_m / KMH * 0.06,
        forward=both if forward is None else forward,
        backward=both if backward is None else backward,
        road=np.zeros(len(start), dtype=np.int64),
        lines=np.asarray(lines),
    )


@pytest.fixture(scope="module")
def town():
    """A bent grid with a river bridged once, far at one end, and one-way streets."""
    random = np.random.default_rng(11)
    number = np.arange(STREETS * STREETS).reshape(STREETS, STREETS)
    x, y = np.meshgrid(np.arange(STREETS), np.arange(STREETS))
    place = np.stack([x.ravel(), y.ravel()], axis=1) * SPACING_M
    place = place + random.uniform(-60, 60, place.shape)
    across = np.stack([number[:, :-1], number[:, 1:]], axis=-1).reshape(-1, 2)
    up = np.stack([number[:-1], number[1:]], axis=-1)
    up = np.concatenate([up[:RIVER_AT].reshape(-1, 2), up[RIVER_AT + 1 :].reshape(-1, 2)])
    bridge = [[number[RIVER_AT, BRIDGE], number[RIVER_AT + 1, BRIDGE]]]
    edges = np.concatenate([across, up, bridge])
    way = random.integers(0, 6, len(edges))
    way[-1] = 2
    return graph_of(place, edges, forward=way != 0, backward=way != 1)


def reference(graph, weight):
    """The same graph for networkx; of parallel streets the shorter is kept."""
    roads = nx.DiGraph()
    tail, head, cost, _ = graph.arcs(weight)
    for one, two, much in sorted(zip(tail, head, cost, strict=True), key=lambda arc: -arc[2]):
        roads.add_edge(int(one), int(two), weight=float(much))
    return roads


def at(graph, nodes):
    return snap(graph, graph.place[nodes], limit_m=1.0, beside_m=0.01)


@pytest.mark.parametrize("weight", ["m", "minutes"])
def test_ways_by_the_hundred_are_those_of_networkx(town, weight):
    random = np.random.default_rng(3)
    nodes = random.choice(len(town.place), 200, replace=False)
    one, two = np.arange(100), np.arange(100, 200)
    got = shortest(town, at(town, nodes), one, two, weight=weight, most=1e6)
    roads = reference(town, weight)
    want = []
    for pair in zip(nodes[:100].tolist(), nodes[100:].tolist(), strict=True):
        try:
            want.append(nx.dijkstra_path_length(roads, *pair))
        except nx.NetworkXNoPath:
            want.append(np.inf)
    assert got == pytest.approx(want, rel=1e-9)
    assert np.isfinite(want).sum() > 80


def test_a_way_around_much_longer_than_the_straight_line_is_found(town):
    """The bridge is 5 km aside of two places 400 m apart: the search has to begin anew."""
    column = STREETS - 3
    nodes = np.array([RIVER_AT - 1, RIVER_AT + 2]) * STREETS + column
    (got,) = shortest(town, at(town, nodes), np.array([0]), np.array([1]), weight="m", most=1e6)
    assert got == pytest.approx(nx.dijkstra_path_length(reference(town, "m"), *nodes.tolist()))
    assert got > 8000
    (none,) = shortest(town, at(town, nodes), np.array([0]), np.array([1]), weight="m", most=8000)
    assert np.isinf(none)


def test_the_lighter_of_two_roads_between_the_same_crossroads_is_taken():
    place = np.array([[0.0, 0.0], [100.0, 0.0], [200.0, 0.0]])
    graph = graph_of(place, [(0, 1), (0, 1), (1, 2)])
    graph.length_m[0] = 150.0
    places = Snapped(
        np.array([0, 1]), np.array([2, 2]), np.array([0.0, 100.0]), place[1:], np.zeros(2)
    )
    assert shortest(graph, places, np.array([0]), np.array([1]), weight="m", most=1e6) == [100.0]
    lone = at(graph, np.array([0, 2]))
    assert shortest(graph, lone, np.array([0]), np.array([1]), weight="m", most=1e6) == [200.0]


def test_roads_joined_nowhere_have_no_way():
    place = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 50.0], [100.0, 50.0]])
    graph = graph_of(place, [(0, 1), (2, 3)])
    got = shortest(
        graph, at(graph, np.array([0, 3])), np.array([0]), np.array([1]), weight="m", most=1e6
    )
    assert np.isinf(got).all()


# A square of 400 m with places on two of its sides: (100, 0) and (400, 300).
SQUARE = np.array([[0.0, 0.0], [400.0, 0.0], [400.0, 400.0], [0.0, 400.0]])
SIDES = [(0, 1), (2, 1), (2, 3), (0, 3)]


def drawn(graph, spots):
    places = snap(graph, np.array(spots), limit_m=5.0, beside_m=0.0)
    pair = np.array([0]), np.array([1])
    length_m = shortest(graph, places, *pair, weight="m", most=1e6)
    (line,) = way_lines(graph, places, *pair, length_m=length_m)
    return length_m[0], line


def test_a_way_is_drawn_along_the_roads_it_takes():
    length_m, line = drawn(graph_of(SQUARE, SIDES), [(100, 0), (400, 300)])
    assert length_m == pytest.approx(600)
    assert shapely.get_coordinates(line).tolist() == [[100, 0], [400, 0], [400, 300]]


def test_a_way_is_drawn_the_long_way_where_the_short_one_is_one_way():
    one_way = np.array([True, False, True, True])
    graph = graph_of(SQUARE, SIDES, backward=one_way)
    graph.forward[1], graph.backward[1] = True, False  # from (400, 400) down to (400, 0) only
    length_m, line = drawn(graph, [(100, 0), (400, 300)])
    # 100 west, 400 north, 400 east, 100 south.
    assert length_m == pytest.approx(1000)
    corners = [[100, 0], [0, 0], [0, 400], [400, 400], [400, 300]]
    assert shapely.get_coordinates(line).tolist() == corners


def test_a_way_on_one_road_is_a_stretch_of_it():
    length_m, line = drawn(graph_of(SQUARE, SIDES), [(300, 0), (100, 0)])
    assert (length_m, shapely.get_coordinates(line).tolist()) == (200, [[300, 0], [100, 0]])


def test_where_there_is_no_way_no_line_is_drawn():
    graph = graph_of(SQUARE, [SIDES[0], SIDES[2]])
    assert drawn(graph, [(100, 0), (300, 400)]) == (np.inf, None)
