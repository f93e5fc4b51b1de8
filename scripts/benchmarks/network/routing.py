"""Ways around over a large made-up network, beside networkx, osmnx and, where it is, rustworkx.

All of them work in this process, one thing at a time: their times are those of the processor.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import osmnx
import shapely

from roadalign.assessment.graph import MINUTES_PER_M_AND_KMH, RoadGraph
from roadalign.assessment.graph_places import at_nodes
from roadalign.assessment.routes import shortest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

SPACING_M, JITTER_M = 100.0, 30.0
BRIDGES = {40: "4 km", 160: "16 km"}
"""The river in the middle is crossed by every so manieth street; how far apart that is."""

SPEED_KMH = 40.0
MOST_M = 100_000.0
SAME = 1e-6
OWN = "roadalign"


def town(size: int, bridge_every: int) -> tuple[RoadGraph, Whole, Whole]:
    """Return a planar grid with a river through its middle, and where its two banks are.

    Parameters
    ----------
    size
        Nodes along each side; about ``2 * size ** 2`` edges.
    bridge_every
        Streets from bridge to bridge.

    Returns
    -------
    graph, south, north
        Nodes by column a kilometre south and a kilometre north of the river.
    """
    random = np.random.default_rng(5)
    number = np.arange(size * size).reshape(size, size)
    grid = np.stack(np.meshgrid(np.arange(size), np.arange(size)), axis=-1).reshape(-1, 2)
    place = grid * SPACING_M + random.uniform(-JITTER_M, JITTER_M, (size * size, 2))
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1)
    river = size // 2
    bridged = np.arange(size) % bridge_every == 0
    upward = np.stack([number[:-1], number[1:]], axis=-1)
    along = np.concatenate(
        [
            upward[: river - 1].reshape(-1, 2),
            upward[river - 1][bridged],
            upward[river:].reshape(-1, 2),
        ]
    )
    start, end = np.concatenate([across, along]).T
    length_m = np.hypot(*(place[start] - place[end]).T) * random.uniform(1.0, 1.2, len(start))
    both_ways = np.ones(len(start), dtype=bool)
    graph = RoadGraph(
        place=place,
        start=start,
        end=end,
        length_m=length_m,
        minutes=length_m / SPEED_KMH * MINUTES_PER_M_AND_KMH,
        forward=both_ways,
        backward=both_ways,
        road=np.zeros(len(start), dtype=np.int64),
        lines=np.asarray(shapely.linestrings(np.stack([place[start], place[end]], axis=1))),
    )
    back = round(1000 / SPACING_M)
    return graph, number[river - back], number[river + back - 1]


def compare(*, size: int, pairs: int) -> str:
    """Return times and ratios of the ways of docking points along the river, as text.

    As in a check, each point takes the way there and the way back, and one-way streets are
    respected, although this network has none.

    Parameters
    ----------
    size
        Of `town`.
    pairs
        Docking points, spread along the river; 2 km from place to place.

    Raises
    ------
    ValueError
        If two programs do not find the same lengths.
    """
    return "\n\n".join(
        _compared(*town(size, every), pairs=pairs, apart=apart) for every, apart in BRIDGES.items()
    )


def _compared(graph: RoadGraph, south: Whole, north: Whole, *, pairs: int, apart: str) -> str:
    columns = np.linspace(0, len(south) - 1, pairs).round().astype(int)
    origin = np.concatenate([south[columns], north[columns]])
    target = np.concatenate([north[columns], south[columns]])
    straight_m = np.hypot(*(graph.place[origin] - graph.place[target]).T)
    rows = [f"{len(graph.start):,} edges, {pairs} docking points on a river, a bridge each {apart}"]
    whole_s: dict[str, float] = {}
    truth = np.empty(0)
    for name, job in JOBS.items():
        build_s, query_s, found = job(graph, origin, target)
        whole_s[name] = build_s + query_s
        if len(truth) == 0:
            truth = found
            ratio = float(np.median(found / straight_m))
            rows.append(f"median way {np.median(found):.0f} m, {ratio:.1f} times the straight line")
        elif not np.allclose(found, truth, rtol=SAME, atol=0):
            raise ValueError(name)
        rows.append(f"{name:26} build {build_s:7.2f} s   ways {query_s:7.2f} s")
    own_s = whole_s.pop(OWN)
    rows += [f"{f'{name} / {OWN}':44} {time_s / own_s:6.1f}" for name, time_s in whole_s.items()]
    return "\n".join([*rows, "the same lengths in all of them"])


def _own(graph: RoadGraph, origin: Whole, target: Whole) -> tuple[float, float, Floats]:
    began = time.process_time()
    places = at_nodes(graph, np.concatenate([origin, target]))
    row = np.arange(len(origin))
    found = shortest(graph, places, row, row + len(row), weight="m", most=MOST_M)
    # The matrices are built within.
    return 0.0, time.process_time() - began, found


def _networkx(graph: RoadGraph, origin: Whole, target: Whole) -> tuple[float, float, Floats]:
    began = time.process_time()
    roads = nx.DiGraph()
    tail, head, length_m, _ = graph.arcs("m")
    arcs = zip(tail.tolist(), head.tolist(), length_m.tolist(), strict=True)
    roads.add_weighted_edges_from(arcs)
    built = time.process_time()
    found = [
        nx.bidirectional_dijkstra(roads, one, two)[0]
        for one, two in zip(origin.tolist(), target.tolist(), strict=True)
    ]
    return built - began, time.process_time() - built, np.array(found)


def _osmnx(graph: RoadGraph, origin: Whole, target: Whole) -> tuple[float, float, Floats]:
    began = time.process_time()
    roads = nx.MultiDiGraph(crs="EPSG:4549")
    roads.add_nodes_from(
        (node, {"x": x, "y": y}) for node, (x, y) in enumerate(graph.place.tolist())
    )
    tail, head, length_m, _ = graph.arcs("m")
    arcs = zip(tail.tolist(), head.tolist(), length_m.tolist(), strict=True)
    roads.add_edges_from((one, two, {"length": m}) for one, two, m in arcs)
    built = time.process_time()
    ways = osmnx.shortest_path(roads, origin.tolist(), target.tolist(), weight="length", cpus=1)
    query_s = time.process_time() - built
    found = [nx.path_weight(roads, way, "length") for way in ways]
    return built - began, query_s, np.array(found)


def _rustworkx(graph: RoadGraph, origin: Whole, target: Whole) -> tuple[float, float, Floats]:
    library = importlib.import_module("rustworkx")
    began = time.process_time()
    roads = library.PyDiGraph()
    roads.add_nodes_from([None] * len(graph.place))
    tail, head, length_m, _ = graph.arcs("m")
    arcs = zip(tail.tolist(), head.tolist(), length_m.tolist(), strict=True)
    roads.extend_from_weighted_edge_list(list(arcs))
    built = time.process_time()
    found = [
        library.dijkstra_shortest_path_lengths(roads, one, float, goal=two)[two]
        for one, two in zip(origin.tolist(), target.tolist(), strict=True)
    ]
    return built - began, time.process_time() - built, np.array(found)


JOBS = {OWN: _own, "networkx bidirectional": _networkx, "osmnx shortest_path": _osmnx}
if importlib.util.find_spec("rustworkx"):
    JOBS["rustworkx dijkstra"] = _rustworkx
