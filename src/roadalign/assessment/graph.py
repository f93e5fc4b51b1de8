"""The roads of a network as a graph on which one can drive.

Ways are split where they share a node, and at barriers that stop motor traffic, where nothing
goes through. One row per edge; every column is an array, and nothing here walks over edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from roadalign.standards import table

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.model.result import Network

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

Weight = Literal["m", "minutes"]

SAME_NODE_M = 1.0
"""Where the format knows no nodes, a line end this near to a vertex is joined to it."""

SAME_PLACE_M = 0.01
"""Vertices of such formats nearer than this to one another are one place."""

MINUTES_PER_M_AND_KMH = 60 / 1000
SHORTEST_M = 1e-3
"""An edge is never shorter, so that it is not taken for one that is not there."""


@dataclass(frozen=True)
class RoadGraph:
    """Existing roads open to motor traffic, split where they meet.

    Parameters
    ----------
    place
        Coordinates of the nodes, shape ``(n, 2)``, working CRS.
    start, end
        Nodes of each edge, in the direction in which the way is drawn, shape ``(m,)``.
    length_m, minutes
        Of each edge; minutes at the speed limit, else at the speed of its class.
    forward, backward
        Whether one may drive it as drawn, and against that.
    road
        Row of each edge in the network's table of roads.
    lines
        Geometry of each edge.
    """

    place: Floats
    start: Whole
    end: Whole
    length_m: Floats
    minutes: Floats
    forward: Flags
    backward: Flags
    road: Whole
    lines: NDArray[np.object_]

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the edges."""
        return shapely.STRtree(self.lines)

    @cached_property
    def degree(self) -> Whole:
        """How many edge ends lie at each node."""
        ends = np.concatenate([self.start, self.end])
        return np.bincount(ends, minlength=len(self.place)).astype(np.int64)

    @cached_property
    def part(self) -> Whole:
        """Number of the connected part of each node, whatever the direction of its edges."""
        ways = np.ones(len(self.start)), (self.start, self.end)
        joined = coo_array(ways, shape=(len(self.place),) * 2)
        return connected_components(joined, directed=False)[1].astype(np.int64)

    def weight(self, name: Weight) -> Floats:
        """Return metres or minutes of each edge."""
        return self.length_m if name == "m" else self.minutes

    def arcs(self, name: Weight) -> tuple[Whole, Whole, Floats, Whole]:
        """Return tail, head, weight and edge of every direction that may be driven."""
        weight = self.weight(name)
        there, back = np.flatnonzero(self.forward), np.flatnonzero(self.backward)
        tail = np.concatenate([self.start[there], self.end[back]])
        head = np.concatenate([self.end[there], self.start[back]])
        edge = np.concatenate([there, back])
        return tail, head, weight[edge], edge


def build_graph(network: Network) -> RoadGraph:
    """Make the graph of a network.

    Parameters
    ----------
    network
        Of `roadalign.network.read.read_network`.

    Returns
    -------
    RoadGraph
        Without roads that are not in use or closed to motor traffic.
    """
    roads = network.roads
    closed = roads["access"].isin(table("osm")["access"]["closed"])
    used = (roads["status"] == "existing") & ~closed
    rows = np.flatnonzero(used.to_numpy(dtype=bool))
    kept = roads.iloc[rows]
    lines = np.asarray(kept.geometry.array, dtype=object)
    xy, way = shapely.get_coordinates(lines, return_index=True)
    vertex = _Vertices(xy, way.astype(np.int64))
    node, blocked = _nodes(kept, vertex, network.barriers)
    graph = _split(vertex, node, blocked)
    speed_kmh = _speeds_kmh(kept)[graph["way"]]
    oneway = kept["oneway"].to_numpy(dtype=object)[graph["way"]]
    length_m = np.maximum(graph["length_m"], SHORTEST_M)
    return RoadGraph(
        place=graph["place"],
        start=graph["start"],
        end=graph["end"],
        length_m=length_m,
        minutes=length_m / speed_kmh * MINUTES_PER_M_AND_KMH,
        forward=oneway != "backward",
        backward=oneway != "forward",
        road=rows[graph["way"]],
        lines=graph["lines"],
    )


class _Vertices:
    """All vertices of some lines, one after the other."""

    def __init__(self, xy: Floats, way: Whole) -> None:
        self.xy, self.way = xy, way
        change = np.flatnonzero(np.diff(way)) + 1
        self.is_first = np.zeros(len(way), dtype=bool)
        self.is_first[np.concatenate([[0], change])[: len(way)]] = True
        self.is_last = np.append(self.is_first[1:], True)[: len(way)]


def _nodes(
    roads: gpd.GeoDataFrame, vertex: _Vertices, barriers: gpd.GeoDataFrame
) -> tuple[Whole, Flags]:
    """Return the node of every vertex, and whether a barrier there stops motor traffic."""
    known = roads["nodes"].notna().to_numpy(dtype=bool)[vertex.way]
    node = np.empty(len(vertex.way), dtype=np.int64)
    blocked = np.zeros(len(vertex.way), dtype=bool)
    stops = barriers[barriers["blocks"].fillna(value=False).to_numpy(dtype=bool)]
    if known.any():
        ids = np.concatenate([np.asarray(one, dtype=np.int64) for one in roads["nodes"].dropna()])
        barred = pd.to_numeric(stops["osm_id"], errors="coerce").dropna().to_numpy(dtype=np.int64)
        blocked[known] = np.isin(ids, barred)
        # Ids below zero are junctions of nothing, each a node of its own.
        made_up = ids < 0
        ids[made_up] = ids.max(initial=0) + 1 + np.arange(np.count_nonzero(made_up))
        node[known] = np.unique(ids, return_inverse=True)[1]
    rest = ~known
    if rest.any():
        ends = (vertex.is_first | vertex.is_last)[rest]
        node[rest] = _by_place(vertex.xy[rest], ends) + (node[known].max(initial=-1) + 1)
        if len(stops):
            at = cKDTree(shapely.get_coordinates(stops.geometry.array))
            blocked[rest] = np.isfinite(at.query(vertex.xy[rest], distance_upper_bound=0.5)[0])
    return node, blocked


def _by_place(xy: Floats, ends: Flags) -> Whole:
    """Return one number per place; line ends are joined to what lies within `SAME_NODE_M`."""
    cells = np.round(xy / SAME_PLACE_M).astype(np.int64)
    _, first, place = np.unique(cells, axis=0, return_index=True, return_inverse=True)
    place = place.ravel()
    is_end = np.bincount(place, weights=ends, minlength=len(first)) > 0
    near = cKDTree(xy[first]).query_pairs(SAME_NODE_M, output_type="ndarray")
    near = near[is_end[near].any(axis=1)]
    joins = coo_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(first),) * 2)
    joined: Whole = connected_components(joins, directed=False)[1].astype(np.int64)[place]
    return joined


def _split(vertex: _Vertices, node: Whole, blocked: Flags) -> dict[str, Any]:
    """Split the ways at every vertex that is an end, is shared, or is blocked."""
    shared = np.bincount(node)[node] > 1
    cut = shared | blocked | vertex.is_first | vertex.is_last
    opens, closes = cut & ~vertex.is_last, cut & ~vertex.is_first
    first, last = np.flatnonzero(opens), np.flatnonzero(closes)
    step = np.hypot(*np.diff(vertex.xy, axis=0, prepend=vertex.xy[:1]).T)
    along = np.cumsum(np.where(vertex.is_first, 0.0, step))
    # Each edge end at a barrier is a node of its own: one gets there, not through.
    fresh = (int(node.max(initial=-1)) + 1) + np.arange(2 * len(first))
    start = np.where(blocked[first], fresh[: len(first)], node[first])
    end = np.where(blocked[last], fresh[len(first) :], node[last])
    names, number = np.unique(np.concatenate([start, end]), return_inverse=True)
    place = np.empty((len(names), 2))
    place[number] = vertex.xy[np.concatenate([first, last])]
    counts = last - first + 1
    edge = np.repeat(np.arange(len(first)), counts)
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    lines = shapely.linestrings(vertex.xy[first[edge] + inside], indices=edge)
    return {
        "place": place,
        "start": number[: len(first)].astype(np.int64),
        "end": number[len(first) :].astype(np.int64),
        "length_m": along[last] - along[first],
        "way": vertex.way[first],
        "lines": np.asarray(lines, dtype=object),
    }


def _speeds_kmh(roads: gpd.GeoDataFrame) -> Floats:
    by_kind = {kind: row["speed_kmh"] for row in table("osm")["highway"] for kind in row["values"]}
    slowest = min(by_kind.values())
    speed = roads["maxspeed_kmh"].fillna(roads["kind"].map(by_kind).astype("Float64"))
    kmh: Floats = speed.fillna(slowest).to_numpy(dtype=float)
    return kmh
