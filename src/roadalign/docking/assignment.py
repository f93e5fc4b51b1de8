"""The best assignment of candidates, and how much worse each of its parts could be done without.

Candidates of side A are paired with candidates of side B or stay alone; every pair and every being
alone has a cost, and the sum is to be least. Written as a flow, a candidate sends one unit to its
partner or to its own place of being alone, and what a pair leaves empty is filled through one hub.
The best flow is found once. What it costs to do without a pair is then the shortest way around it
in the residual graph of that flow, which is local and searched with potentials (Ahuja, Magnanti
and Orlin, "Network Flows", 1993, ch. 9: successive shortest paths). So a boundary with a road every
few metres takes about as long for each of them as one with few.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]
    Flags = NDArray[np.bool_]

EXACT = 1e-12
"""Costs nearer than this are equal."""


@dataclass(frozen=True)
class Flow:
    """A best assignment as a flow.

    Nodes are, one after the other, the candidates of A, a place beside each candidate of B, the
    candidates of B, a place beside each candidate of A, and the hub.

    Parameters
    ----------
    count_a, count_b
        How many candidates each side has.
    tail, head, cost
        The arcs, shape ``(m,)`` each: first the pairs, then A alone, B alone, into and out of the
        hub.
    used
        Which arcs carry a unit.
    potential
        Of each node: no arc of the residual graph has a reduced cost below 0.
    """

    count_a: int
    count_b: int
    tail: Ints
    head: Ints
    cost: Floats
    used: Flags
    potential: Floats

    @property
    def partner(self) -> Ints:
        """Partner of each candidate of A, -1 where it stays alone, shape ``(count_a,)``."""
        found = np.full(self.count_a, -1, dtype=np.intp)
        pairs = np.flatnonzero(self.used[: self.pairs])
        found[self.tail[pairs]] = self.head[pairs] - self.count_a - self.count_b
        return found

    @property
    def pairs(self) -> int:
        """How many of the arcs are pairs; they come first."""
        return len(self.tail) - 2 * (self.count_a + self.count_b)

    def find_pairs(self, rows_a: Flags, rows_b: Flags) -> Ints:
        """Return the arcs that pair one of some candidates with one of others."""
        first, both = self.pairs, self.count_a + self.count_b
        own = rows_a[self.tail[:first]] & rows_b[self.head[:first] - both]
        return np.flatnonzero(own)

    def find_alone(self, row: int, *, side: str) -> int:
        """Return the arc on which a candidate is alone."""
        return self.pairs + (row if side == "a" else self.count_a + row)

    def without(self, arcs: Ints, *, limit: float) -> tuple[float, Flow]:
        """Return how much worse the best flow without some arcs is, and that flow.

        Parameters
        ----------
        arcs
            Arcs that must carry nothing.
        limit
            What is worse than this need not be known: it is then infinite, and the flow that of
            before.

        Returns
        -------
        worse, flow
            The difference of the costs, not negative, and the flow.
        """
        lost = arcs[self.used[arcs]]
        sources, sinks = self.tail[lost].tolist(), self.head[lost].tolist()
        kept = replace(self, used=self.used.copy())
        kept.used[lost] = False
        worse = -float(self.cost[lost].sum())
        graph = self._graph if len(lost) == 1 else kept.arranged()
        for source, sink in zip(sources, sinks, strict=True):
            found = graph.way(source, sink, barred=arcs, limit=limit)
            if found is None:
                return np.inf, self
            path, potential = found
            kept.used[path] = ~kept.used[path]
            worse += float(np.where(kept.used[path], self.cost[path], -self.cost[path]).sum())
            kept = replace(kept, potential=potential)
            if len(lost) > 1:
                graph = kept.arranged()
        return max(worse, 0.0), kept

    @cached_property
    def _graph(self) -> _Residual:
        return self.arranged()

    def arranged(self) -> _Residual:
        """Return the residual graph, ready to be searched."""
        tail = np.where(self.used, self.head, self.tail)
        head = np.where(self.used, self.tail, self.head)
        cost = np.where(self.used, -self.cost, self.cost)
        reduced = np.maximum(cost + self.potential[tail] - self.potential[head], 0.0)
        order = np.lexsort((head, tail))
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        begins = np.searchsorted(tail[order], np.arange(len(self.potential) + 1))
        shape = (len(self.potential),) * 2
        graph = csr_array((reduced[order], head[order], begins), shape=shape)
        return _Residual(graph, order, place, self.potential)


@dataclass(frozen=True)
class _Residual:
    """The arcs on which a unit can still be moved, by the node they leave.

    ``arc`` is the number of each, ``place`` where each number stands.
    """

    graph: csr_array
    arc: Ints
    place: Ints
    potential: Floats

    def way(
        self, source: int, sink: int, *, barred: Ints, limit: float
    ) -> tuple[Ints, Floats] | None:
        """Return the arcs of the cheapest way, and the potentials after it; else ``None``."""
        costs = self.graph.data
        at = self.place[barred]
        kept = costs[at]
        costs[at] = np.inf
        ways = dijkstra(self.graph, indices=[source], limit=limit, return_predecessors=True)
        away, before = ways[0][0], ways[1][0]
        path, node = [], sink
        while np.isfinite(away[sink]) and node != source:
            last = int(before[node])
            leaving = slice(self.graph.indptr[last], self.graph.indptr[last + 1])
            here = np.flatnonzero(self.graph.indices[leaving] == node) + leaving.start
            path.append(int(self.arc[here[np.argmin(costs[here])]]))
            node = last
        costs[at] = kept
        if not path:
            return None
        return np.array(path, dtype=np.intp), self.potential + np.minimum(away, away[sink])


def assign(one: Ints, two: Ints, cost: Floats, alone_a: Floats, alone_b: Floats) -> Flow:
    """Return the best assignment.

    Parameters
    ----------
    one, two, cost
        Possible pairs, shape ``(k,)`` each, each once: numbers of the candidates, what it costs.
    alone_a, alone_b
        What it costs each candidate to stay alone.
    """
    count_a, count_b = len(alone_a), len(alone_b)
    gain = np.zeros((count_a, count_b))
    gain[one, two] = np.maximum(alone_a[one] + alone_b[two] - cost, 0.0)
    row, column = linear_sum_assignment(gain, maximize=True)
    real = gain[row, column] > 0
    partner = np.full(count_a, -1, dtype=np.intp)
    partner[row[real]] = column[real]
    both = count_a + count_b
    rows_a, rows_b, hub = np.arange(count_a), np.arange(count_b), 2 * both
    tail = np.concatenate([one, rows_a, count_a + rows_b, count_a + rows_b, np.full(count_a, hub)])
    head = np.concatenate(
        [
            *(both + two, both + count_b + rows_a, both + rows_b),
            *(np.full(count_b, hub), both + count_b + rows_a),
        ]
    )
    weight = np.concatenate([cost, alone_a, alone_b, np.zeros(both)])
    paired_a = partner >= 0
    paired_b = np.isin(rows_b, partner)
    used = np.concatenate([partner[one] == two, ~paired_a, ~paired_b, paired_b, paired_a])
    return Flow(count_a, count_b, tail, head, weight, used, _potentials(tail, head, weight, used))


def _potentials(tail: Ints, head: Ints, cost: Floats, used: Flags) -> Floats:
    """Return the shortest distances from outside to every node of the residual graph."""
    begin, end = np.where(used, head, tail), np.where(used, tail, head)
    weight = np.where(used, -cost, cost)
    away = np.zeros(max(int(tail.max(initial=0)), int(head.max(initial=0))) + 1)
    for _ in range(len(away)):
        nearer = away.copy()
        np.minimum.at(nearer, end, away[begin] + weight)
        if np.allclose(nearer, away, rtol=0, atol=EXACT):
            break
        away = nearer
    return away
