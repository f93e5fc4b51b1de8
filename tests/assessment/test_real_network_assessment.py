"""A real network cut in two, with crossings taken out of one plan, then out of the network too.

The truth is how it was made: which crossings were taken out, and networkx on the same roads.
"""

import itertools
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

import roadalign
from benchmarks.cut_networks.named import load
from roadalign.assessment.graph import build_graph
from roadalign.assessment.point_ends import ends_of
from roadalign.boundary.read import read_boundary
from roadalign.docking import dock
from roadalign.network.read import read_network
from roadalign.plans.read import read_plan
from roadalign.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
PORTO = SHARED / "porto.osm.pbf"
COLUMNS = ["name", "ref", "class_text", "lanes", "geometry"]
SPOKEN = ["notice", "mismatch", "severe"]
LEAST, REST_M, STEEP_DEG = 20, 20.0, 45.0
BESIDE_M = 30.0
NEAR_M = 250.0
WUHAN = SHARED / "wuhan_hongshan_wuchang.gpkg"


def cut(name, path):
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the checkout")

    return load(name, seed=1, folder=SHARED)


def without(roads, found, chosen):
    """Leave out what one side has at some crossings, each feature up to its next junction."""
    kept = set().union(*found.loc[~found.index.isin(chosen.index), "b"])
    own = set().union(*chosen["b"]) - kept
    return roads[~roads["fid"].isin(own)].reset_index(drop=True)


@pytest.fixture(scope="module")
def porto():
    """Cut Porto by a north-south line, and choose the roads that side B can be said to lack.

    These are whole roads, all their carriageways; where a side street begins within `REST_M` of
    the line, the plan still reaches the line without the piece up to there.
    """
    made = cut("porto-straight", PORTO)
    found, roads = made.crossings, made.roads["b"]
    chosen = []
    for _, road in found.groupby("group"):
        spots = shapely.multipoints(road[["x", "y"]].to_numpy())
        rest = without(roads, found, road)
        if (
            road["required"].all()
            and road["angle_deg"].min() >= STEEP_DEG
            and rest.distance(spots).min() >= REST_M
        ):
            chosen.append(road)
    assert len(chosen) >= LEAST
    line = gpd.GeoDataFrame(geometry=[made.line], crs=made.crs)
    side_b = without(roads, found, pd.concat(chosen))
    return chosen, line, made.roads["a"], side_b


def point_of(points, side_a, road):
    """Return the row of the docking point at which side A's road arrives."""
    own = set(side_a.index[side_a["fid"].isin(set().union(*road["a"]))].astype(str))
    held = [bool(own & set(fids.split(","))) for fids in points["a_fid"].fillna("")]
    return np.flatnonzero(held)


@pytest.mark.real
def test_every_road_out_of_one_plan_is_c03_and_nothing_else_is(porto):
    chosen, line, side_a, side_b = porto
    result = roadalign.check(side_a[COLUMNS], side_b[COLUMNS], boundary=line, network=PORTO)
    findings, points = result.findings, result.docking_points
    found = findings[(findings["rule"] == "C03") & findings["severity"].isin(SPOKEN)]
    assert set(found["side"]) == {"b"}
    said = points["id"].isin(found["docking_point"])
    answered = {row for road in chosen for row in point_of(points, side_a, road) if said[row]}
    for road in chosen:
        assert said.iloc[point_of(points, side_a, road)].any(), road["chainage_m"].tolist()
    assert len(answered) == len(found)


@pytest.mark.real
@pytest.mark.parametrize(("name", "path"), [("porto-straight", PORTO), ("wuhan", WUHAN)])
def test_where_both_plans_have_what_exists_c03_is_silent(name, path):
    made = cut(name, path)
    line = gpd.GeoDataFrame(geometry=[made.line], crs=made.crs)
    plans = made.roads["a"], made.roads["b"]
    network = PORTO if path == PORTO else network_of(plans)
    result = roadalign.check(*(one[COLUMNS] for one in plans), boundary=line, network=network)
    assert not (result.findings["rule"] == "C03").any()
    assert (result.docking_points["network"] == "connected").mean() > 0.9


def network_of(plans):
    """Return the roads of both sides, cut at the line as they are, as the existing ones."""
    both = pd.concat(plans, ignore_index=True)
    oneway = both["oneway"].map({True: "yes", False: "no"})
    columns = {"highway": both["class_text"], "oneway": oneway}
    return gpd.GeoDataFrame(columns, geometry=both.geometry, crs=both.crs)


@pytest.mark.real
def test_out_of_the_network_too_the_detours_are_those_of_networkx(porto):
    chosen, line, side_a, side_b = porto
    existing = network_of((side_a, side_b))
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
    lone = {row for road in chosen for row in point_of(points, side_a, road)}
    lone = [row for row in sorted(lone) if points["verdict"].iloc[row] == "missing"]
    assert len(lone) >= LEAST
    compared = 0
    for row in lone:
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
    assert compared >= LEAST - 2


class Reference:
    """Shortest ways with networkx, from place to place beside the roads."""

    def __init__(self, graph):
        self.graph = graph
        self.roads = nx.MultiDiGraph()
        for tail, head, length_m in zip(*graph.arcs("m")[:3], strict=True):
            self.roads.add_edge(int(tail), int(head), m=float(length_m))

    def ways(self, one, two):
        """Return the ways there and back in metres, those that exist."""
        net = self.roads
        spots = [self.joined(net, place, name) for place, name in ((one, "one"), (two, "two"))]
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
        net.remove_nodes_from([f"{name} {way}" for name in ("one", "two") for way in ("out", "in")])
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
