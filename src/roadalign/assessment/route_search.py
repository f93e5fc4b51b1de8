"""The shortest ways of pairs of places that lie near one another, looked for only where they run.

From the targets of all pairs together, one search against the direction of travel finds for every
node v the weight h(v) of the way to the nearest of them, no further than ``reach``. A way no longer
than ``reach`` to any of the targets never passes a node the search did not come to, since the rest
of the way from there would be longer than ``reach`` alone. So the graph is clipped to the nodes it
came to, and what is clipped cannot matter.

In what is left, h leads the search from each origin (A*; Hart, Nilsson and Raphael 1968): for an
edge, h(u) <= w(u, v) + h(v), so the weights w(u, v) - h(u) + h(v) are none below 0, a way from s to
a target weighs h(s) less in them than it does, and Dijkstra's algorithm finds the same ways but
meets only nodes that lie about as near to a target by way of them as the shortest way does.

rustworkx 0.18 takes 1.6 to 2.6 times the CPU time (`scripts/bench network --only routing`;
0.9 times on short ways in Porto) and three times the memory or more: it knows no `reach`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.assessment.graph import RoadGraph, Weight
    from roadalign.assessment.graph_places import Snapped

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

CHUNK_CELLS = 4_000_000
"""Most cells of distances held at once: 32 MB."""


class Steps(NamedTuple):
    """What a way consists of.

    Parameters
    ----------
    first, last
        Rows of `roadalign.assessment.graph_places.Snapped` by which it leaves and arrives.
    edges
        Edges in between, in order.
    nodes
        Nodes passed, one more than `edges`.
    """

    first: int
    last: int
    edges: Whole
    nodes: Whole


class _Ahead(NamedTuple):
    """All arcs by the node they leave: where those of each begin, their heads, costs, numbers."""

    starts: NDArray[np.int32]
    heads: NDArray[np.int32]
    cost: Floats
    arc: NDArray[np.int32]


class Search:
    """Looks for ways between places of one graph by one weight.

    Parameters
    ----------
    graph
        The roads.
    places
        Of `roadalign.assessment.graph_places.snap`.
    weight
        Metres or minutes.
    per_m
        Weight of a metre of an ordinary road.
    """

    def __init__(self, graph: RoadGraph, places: Snapped, weight: Weight, *, per_m: float) -> None:
        self._nodes, self._count = len(graph.place), len(places.away_m)
        self._place, self._per_m = places.place, per_m
        tail, head, cost, self._edge = _arcs(graph, places, weight)
        self._size = self._nodes + 2 * self._count
        ahead, back = _by_row(tail, head, self._size), _by_row(head, tail, self._size)
        self._ahead = _Ahead(ahead.indptr, ahead.indices, cost[ahead.data], ahead.data)
        self._back = csr_array(
            (cost[back.data], back.indices, back.indptr), shape=(self._size, self._size)
        )

    def shortest_ways(self, origin: Whole, target: Whole, *, reach: float) -> Floats:
        """Return the weights of the shortest ways of some pairs, infinite beyond `reach`.

        Parameters
        ----------
        origin, target
            Places of each pair; the nearer the targets lie to one another, the sooner it is done.
        reach
            Longer ways are not looked for.
        """
        source, sink = self._nodes + origin, self._nodes + self._count + target
        targets = np.unique(sink)
        still = self._to_nearest(targets, reach)
        found = still[source]
        if len(targets) == 1:
            return found
        # Most ways are longer than that to the nearest target by no more than targets lie apart.
        spot = self._place[np.unique(target)]
        spread = float(np.hypot(*np.ptp(spot, axis=0))) * self._per_m
        open_ = np.flatnonzero(np.isfinite(found))
        found = np.full(len(source), np.inf)
        if len(open_) == 0:
            return found
        part = _Part(self._ahead, still)
        for more in (min(spread, reach), reach):
            found[open_] = part.shortest_ways(source[open_], sink[open_], more=more)
            open_ = open_[~np.isfinite(found[open_])]
        return np.where(found <= reach, found, np.inf)

    def steps(self, origin: int, target: int, *, reach: float) -> Steps | None:
        """Return what the shortest way of one pair consists of, ``None`` where there is none.

        Parameters
        ----------
        origin, target
            Places.
        reach
            Longer ways are not looked for.
        """
        source, sink = self._nodes + origin, self._nodes + self._count + target
        still = self._to_nearest(np.array([sink]), reach)
        if not np.isfinite(still[source]):
            return None
        nodes, arcs = _Part(self._ahead, still).steps(source, sink)
        edges = self._edge[arcs]
        return Steps(int(edges[0]), int(edges[-1]), edges[1:-1], nodes[1:-1])

    def to_places(self, target: Whole, *, reach: float) -> Floats:
        """Return the weights from all nodes to some places, infinite beyond `reach`.

        Parameters
        ----------
        target
            Places, shape ``(k,)``.
        reach
            Longer ways are not looked for.

        Returns
        -------
        numpy.ndarray
            Shape ``(k, nodes)``.
        """
        sink = self._nodes + self._count + target
        found: Floats = dijkstra(self._back, indices=sink, limit=reach)
        return found[:, : self._nodes]

    def _to_nearest(self, targets: Whole, reach: float) -> Floats:
        still: Floats = dijkstra(self._back, indices=targets, min_only=True, limit=reach)
        return still


class _Part:
    """What is left of the graph, with the weights that lead to the targets."""

    def __init__(self, whole: _Ahead, still: Floats) -> None:
        self._still, self._node = still, np.flatnonzero(np.isfinite(still))
        self._number = np.full(len(still), -1, dtype=np.int32)
        self._number[self._node] = np.arange(len(self._node))
        starts = whole.starts[self._node]
        counts = whole.starts[self._node + 1] - starts
        stops = np.cumsum(counts)
        arc = np.arange(stops[-1]) + np.repeat(starts - stops + counts, counts)
        tail, head = np.repeat(np.arange(len(counts)), counts), self._number[whole.heads[arc]]
        inside = head >= 0
        tail, head, arc = tail[inside], head[inside], arc[inside]
        own = still[self._node]
        weight = whole.cost[arc] - own[tail] + own[head]
        self._arc = whole.arc[arc]
        rows = np.zeros(len(counts) + 1, dtype=np.int32)
        np.cumsum(np.bincount(tail, minlength=len(counts)), out=rows[1:])
        size = (len(counts), len(counts))
        # Rounding alone makes a weight less than nothing.
        self._matrix = csr_array((np.maximum(weight, 0.0), head, rows), shape=size)

    def shortest_ways(self, source: Whole, sink: Whole, *, more: float) -> Floats:
        """Return the ways that are no more than so much longer than that to the nearest target."""
        starts, row = np.unique(source, return_inverse=True)
        found = np.empty(len(source))
        step = max(CHUNK_CELLS // len(self._node), 1)
        for first in range(0, len(starts), step):
            chunk = starts[first : first + step]
            far = dijkstra(self._matrix, indices=self._number[chunk], limit=more)
            mine = np.flatnonzero((row >= first) & (row < first + step))
            got = far[row[mine] - first, self._number[sink[mine]]]
            found[mine] = got + self._still[source[mine]]
        return found

    def steps(self, source: int, sink: int) -> tuple[Whole, Whole]:
        """Return nodes and arcs of the whole graph on the way from source to sink."""
        start, at = int(self._number[source]), int(self._number[sink])
        _, before = dijkstra(self._matrix, indices=np.array(start), return_predecessors=True)
        nodes, arcs = [at], []
        while at != start:
            head, at = at, int(before[at])
            row = slice(self._matrix.indptr[at], self._matrix.indptr[at + 1])
            weight = np.where(self._matrix.indices[row] == head, self._matrix.data[row], np.inf)
            arcs.append(row.start + int(np.argmin(weight)))
            nodes.append(at)
        return self._node[nodes[::-1]], self._arc[arcs[::-1]]


def _by_row(tail: Whole, head: Whole, size: int) -> csr_array:
    """Return the numbers of some arcs as a sparse matrix, parallel arcs apart."""
    arcs = coo_array((np.arange(len(tail), dtype=np.int32), (tail, head)), shape=(size, size))
    # Said to have no two in one cell, it does not add them up; the search takes the lightest.
    arcs.has_canonical_format = True
    return arcs.tocsr()


def _arcs(graph: RoadGraph, places: Snapped, weight: Weight) -> tuple[Whole, Whole, Floats, Whole]:
    """Return tail, head and weight of all arcs, and the edge or the row of `places` of each.

    Places have two numbers after the nodes: by the first they are left, by the second reached.
    """
    nodes, edge = len(graph.place), places.edge
    share = np.nan_to_num(places.along_m / np.maximum(graph.length_m[edge], places.along_m))
    whole = graph.weight(weight)[edge]
    before, after = share * whole, (1 - share) * whole
    there, back = np.flatnonzero(graph.forward[edge]), np.flatnonzero(graph.backward[edge])
    out, into = nodes + places.point, nodes + len(places.away_m) + places.point
    start, end = graph.start[edge], graph.end[edge]
    tail, head, cost, own = graph.arcs(weight)
    return (
        np.concatenate([tail, out[there], out[back], start[there], end[back]]).astype(np.int32),
        np.concatenate([head, end[there], start[back], into[there], into[back]]).astype(np.int32),
        np.concatenate([cost, after[there], before[back], before[there], after[back]]),
        np.concatenate([own, there, back, there, back]),
    )
