"""A real network cut in two, with crossings taken out of one plan, then out of the network too.

The truth is how it was made: which crossings were taken out, and networkx on the same roads.
"""

import itertools
import sys
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

import roadalign
from roadalign.config import Settings
from roadalign.docking import dock
from roadalign.evidence.ends import ends_of
from roadalign.evidence.graph import build_graph
from roadalign.ingest.boundary import read_boundary
from roadalign.ingest.network.read import read_network
from roadalign.ingest.plan import read_plan

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
PORTO = SHARED / "porto.osm.pbf"
COLUMNS = ["name", "ref", "class_text", "lanes", "geometry"]
SPOKEN = ["notice", "mismatch", "severe"]
TAKEN = 5
ROUND_M, REST_M = 20.0, 80.0
BESIDE_M = 30.0
NEAR_M = 250.0


@pytest.fixture(scope="module")
def porto():
    """Cut Porto by a north-south line; only where nothing else is near is the truth certain."""
    if not PORTO.exists():
        pytest.skip(f"{PORTO.name} is not beside the checkout")
    sys.path.insert(0, str(ROOT / "scripts"))
    from bench.networks import load  # noqa: PLC0415 (the path is known only now)

    made = load("porto-straight", seed=1, folder=SHARED)
    found = made.crossings
    lone = found[found["required"] & (found["alone_m"] >= 90) & (found["angle_deg"] >= 45)]
    alone = [
        spot.distance(without(made.roads["b"], found, lone.loc[[k]]).union_all()) >= REST_M
        for k, spot in zip(lone.index, shapely.points(lone[["x", "y"]]), strict=True)
    ]
    return made, lone[alone]


def without(roads, found, chosen):
    """Leave out what one side has at some crossings, each feature up to its next junction."""
    others = set().union(*found.loc[~found.index.isin(chosen.index), "b"])
    spots = shapely.multipoints(chosen[["x", "y"]].to_numpy())
    near = shapely.dwithin(roads.geometry.array, spots, ROUND_M) & ~roads["fid"].isin(others)
    return roads[~near].reset_index(drop=True)


def taken_out(porto, start):
    made, lone = porto
    chosen = lone.iloc[start:][:TAKEN]
    assert len(chosen) == TAKEN
    line = gpd.GeoDataFrame(geometry=[made.line], crs=made.crs)
    side_a, side_b = made.roads["a"], without(made.roads["b"], made.crossings, chosen)
    return chosen, line, side_a, side_b


@pytest.mark.real
@pytest.mark.parametrize("start", [0, 2])
def test_a_crossing_out_of_one_plan_is_c03_and_nothing_else_is(porto, start):
    chosen, line, side_a, side_b = taken_out(porto, start)
    result = roadalign.check(side_a[COLUMNS], side_b[COLUMNS], boundary=line, network=PORTO)
    findings = result.findings
    found = findings[(findings["rule"] == "C03") & findings["level"].isin(SPOKEN)]
    assert found["chainage_m"].to_list() == pytest.approx(chosen["chainage_m"].to_list(), abs=5)
    assert set(found["side"]) == {"b"}


@pytest.mark.real
@pytest.mark.parametrize("start", [0, 2])
def test_out_of_the_network_too_the_detours_are_those_of_networkx(porto, start):
    chosen, line, side_a, side_b = taken_out(porto, start)
    both = pd.concat([side_a, side_b], ignore_index=True)
    oneway = both["oneway"].map({True: "yes", False: "no"})
    existing = gpd.GeoDataFrame(
        {"highway": both["class_text"], "oneway": oneway}, geometry=both.geometry, crs=line.crs
    )
    plans = side_a[COLUMNS], side_b[COLUMNS]
    result = roadalign.check(*plans, boundary=line, network=existing)
    points = result.docking_points
    assert not (result.findings["rule"] == "C03").any()
    settings = Settings()
    boundary = read_boundary(line, settings=settings)
    read = [
        read_plan([one], side=side, boundary=boundary, settings=settings)
        for side, one in zip("ab", plans, strict=True)
    ]
    limits = settings.limits_for(boundary.name)
    ends = ends_of(dock(*read, boundary, limits=limits))
    graph = build_graph(read_network([existing], boundary=boundary, band_m=10_000))
    reference = Reference(graph)
    compared = 0
    for chainage in chosen["chainage_m"]:
        (row,) = np.flatnonzero((points["chainage_m"] - chainage).abs() < 5)
        assert points["verdict"].iloc[row] == "missing"
        assert points["network"].iloc[row] != "connected"
        there = ends.inside["a"][row]
        ahead = ends.foot[row] + 1000 * ends.heading["a"][row]
        ways = reference.ways(there, ahead)
        told = points["detour_m"].iloc[row]
        if not ways:
            assert pd.isna(told)
            continue
        assert told == pytest.approx(np.mean(ways), rel=0.01)
        compared += 1
    assert compared >= TAKEN - 1


class Reference:
    """Shortest ways with networkx, from place to place beside the roads."""

    def __init__(self, graph):
        self.graph = graph
        self.roads = nx.MultiDiGraph()
        for tail, head, length_m in zip(*graph.arcs("m")[:3], strict=True):
            self.roads.add_edge(int(tail), int(head), m=float(length_m))

    def ways(self, one, two):
        """Return the ways there and back in metres, those that exist."""
        net = self.roads.copy()
        spots = [self.joined(net, place, name) for place, name in ((one, "one"), (two, "two"))]
        if not all(spots):
            return []
        # Both on one edge: straight along it, which the arcs to its ends do not know.
        for (edge, at_m), (other, on_m) in itertools.product(*spots):
            if edge == other:
                ahead = on_m >= at_m
                for name, may in (
                    (("one out", "two in"), self.graph.forward[edge] == ahead),
                    (("two out", "one in"), self.graph.backward[edge] == ahead),
                ):
                    if may:
                        net.add_edge(*name, m=abs(on_m - at_m))
        found = []
        for pair in (("one out", "two in"), ("two out", "one in")):
            try:
                found.append(nx.dijkstra_path_length(net, *pair, weight="m"))
            except (nx.NetworkXNoPath, nx.NodeNotFound):
                continue
        return found

    def joined(self, net, place, name):
        """Join a place to the edges about as near as the nearest; return them."""
        graph, spot = self.graph, shapely.Point(place)
        away_m = shapely.distance(graph.lines, spot)
        if away_m.min() > NEAR_M:
            return []
        edges = np.flatnonzero((away_m <= away_m.min() + BESIDE_M) & (away_m <= NEAR_M))
        spots = []
        for edge in edges.tolist():
            at_m = shapely.line_locate_point(graph.lines[edge], spot)
            rest_m = graph.length_m[edge] - at_m
            start, end = int(graph.start[edge]), int(graph.end[edge])
            if graph.forward[edge]:
                net.add_edge(f"{name} out", end, m=rest_m)
                net.add_edge(start, f"{name} in", m=at_m)
            if graph.backward[edge]:
                net.add_edge(f"{name} out", start, m=at_m)
                net.add_edge(end, f"{name} in", m=rest_m)
            spots.append((edge, at_m))
        return spots
