"""Shortest ways between places beside the roads of a graph.

A place is joined to every edge that lies about as near as the nearest one, so that both
carriageways of a road count. It is left by arcs out of it and reached by arcs into another node:
nothing drives through a place, and no way is made where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from roadalign.evidence.graph import matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from roadalign.evidence.graph import RoadGraph, Weight

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

BESIDE_M = 30.0
"""How much further away than the nearest edge another one may be: the other carriageway."""

CHUNK_CELLS = 4_000_000
"""Most cells of distances held at once: 32 MB."""

FIRST_M = 2000.0
WIDENING = 4.0
PER_MINUTE_M = 500.0
"""Where the search for minutes begins: 30 km/h. What it does not find is looked for further."""


@dataclass(frozen=True)
class Snapped:
    """Places and the edges beside them.

    Parameters
    ----------
    point, edge
        One row per place and edge, by place.
    along_m
        Where on the edge, from its start.
    place
        The nearest point on a road, shape ``(n, 2)``, NaN where none is near.
    away_m
        How far that is, NaN where none is near.
    """

    point: Whole
    edge: Whole
    along_m: Floats
    place: Floats
    away_m: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which places have a road near them."""
        return np.isfinite(self.away_m)


def snap(
    graph: RoadGraph, points: Floats, *, limit_m: float, beside_m: float = BESIDE_M
) -> Snapped:
    """Find the roads beside some places.

    Parameters
    ----------
    graph
        The roads.
    points
        Coordinates, shape ``(n, 2)``; NaN has no road near it.
    limit_m
        Roads further away are not near.
    beside_m
        How much further away than the nearest edge others are joined too.
    """
    count = len(points)
    place, away = np.full((count, 2), np.nan), np.full(count, np.nan)
    real = np.flatnonzero(np.isfinite(points).all(axis=1))
    if len(graph.lines) == 0 or len(real) == 0:
        none = np.empty(0, dtype=np.int64)
        return Snapped(none, none, np.empty(0), place, away)
    marks: Any = shapely.points(points[real])
    (which, nearest), far = graph.tree.query_nearest(
        marks, max_distance=limit_m, return_distance=True, all_matches=False
    )
    away[real[which]] = far
    feet = shapely.line_interpolate_point(
        graph.lines[nearest], shapely.line_locate_point(graph.lines[nearest], marks[which])
    )
    place[real[which]] = shapely.get_coordinates(feet)
    row, edge = graph.tree.query(marks[which], predicate="dwithin", distance=far + beside_m)
    marked = marks[which][row]
    close = shapely.distance(graph.lines[edge], marked) <= limit_m
    row, edge, marked = row[close], edge[close], marked[close]
    along = shapely.line_locate_point(graph.lines[edge], marked)
    point = real[which][row]
    order = np.lexsort((edge, point))
    return Snapped(
        point[order].astype(np.int64), edge[order].astype(np.int64), along[order], place, away
    )


def at_nodes(graph: RoadGraph, nodes: Whole) -> Snapped:
    """Return dead ends of the graph as places.

    Parameters
    ----------
    graph
        The roads.
    nodes
        Nodes at which one edge ends, shape ``(n,)``.
    """
    both = np.concatenate([graph.start, graph.end])
    order = np.argsort(both, kind="stable")
    at = order[np.searchsorted(both[order], nodes)]
    edge = at % len(graph.start)
    along_m = np.where(at < len(graph.start), 0.0, graph.length_m[edge])
    point = np.arange(len(nodes), dtype=np.int64)
    return Snapped(point, edge.astype(np.int64), along_m, graph.place[nodes], np.zeros(len(nodes)))


def shortest(
    graph: RoadGraph,
    places: Snapped,
    origin: Whole,
    target: Whole,
    *,
    weight: Weight,
    most: float,
) -> Floats:
    """Return the weight of the shortest way of each pair of places.

    Parameters
    ----------
    graph
        The roads.
    places
        Of `snap`.
    origin, target
        Places of each pair, shape ``(k,)``.
    weight
        Metres or minutes.
    most
        Ways longer than this are not looked for.

    Returns
    -------
    numpy.ndarray
        Shape ``(k,)``; infinite where there is no such way.
    """
    count, nodes = len(places.away_m), len(graph.place)
    tail, head, cost = graph.arcs(weight)
    more_tail, more_head, more_cost = _arcs_of(graph, places, weight)
    together = matrix(
        np.concatenate([tail, more_tail]),
        np.concatenate([head, more_head]),
        np.concatenate([cost, more_cost]),
        nodes=nodes + 2 * count,
    )
    found = _on_one_edge(graph, places, origin, target, weight)
    straight_m = np.hypot(*(places.place[origin] - places.place[target]).T)
    scale = 1.0 if weight == "m" else 1 / PER_MINUTE_M
    reach = np.fmin((3 * straight_m + FIRST_M) * scale, most)
    open_ = np.flatnonzero(places.known[origin] & places.known[target])
    while len(open_):
        _search(together, nodes + origin, nodes + count + target, open_, reach, found)
        left = open_[(found[open_] > reach[open_]) & (reach[open_] < most)]
        reach[left] = np.minimum(reach[left] * WIDENING, most)
        open_ = left
    return np.where(found <= most, found, np.inf)


def _search(
    together: csr_array,
    source: Whole,
    sink: Whole,
    pairs: Whole,
    reach: Floats,
    found: Floats,
) -> None:
    """Fill in the ways of some pairs, several origins of about the same reach at a time."""
    size = together.shape[0]
    starts, row = np.unique(source[pairs], return_inverse=True)
    needed = np.zeros(len(starts))
    np.maximum.at(needed, row, reach[pairs])
    order = np.argsort(needed, kind="stable")
    step = max(CHUNK_CELLS // size, 1)
    for first in range(0, len(order), step):
        chunk = order[first : first + step]
        far: Floats = dijkstra(together, indices=starts[chunk], limit=float(needed[chunk].max()))
        at = np.full(len(starts), -1)
        at[chunk] = np.arange(len(chunk))
        mine = at[row] >= 0
        got = far[at[row[mine]], sink[pairs[mine]]]
        found[pairs[mine]] = np.minimum(found[pairs[mine]], got)


def _arcs_of(graph: RoadGraph, places: Snapped, weight: Weight) -> tuple[Whole, Whole, Floats]:
    """Return the arcs out of the places, and those into them."""
    nodes, count, edge = len(graph.place), len(places.away_m), places.edge
    share = places.along_m / np.maximum(graph.length_m[edge], places.along_m)
    share = np.nan_to_num(share)
    whole = graph.weight(weight)[edge]
    before, after = share * whole, (1 - share) * whole
    there, back = graph.forward[edge], graph.backward[edge]
    out, into = nodes + places.point, nodes + count + places.point
    start, end = graph.start[edge], graph.end[edge]
    tail = np.concatenate([out[there], out[back], start[there], end[back]])
    head = np.concatenate([end[there], start[back], into[there], into[back]])
    cost = np.concatenate([after[there], before[back], before[there], after[back]])
    return tail, head, cost


def _on_one_edge(
    graph: RoadGraph, places: Snapped, origin: Whole, target: Whole, weight: Weight
) -> Floats:
    """Return the way of pairs that lie on the same edge, infinite for all others."""
    found = np.full(len(origin), np.inf)
    per_m = graph.weight(weight) / graph.length_m
    starts, counts = _runs(places.point, len(places.away_m))
    pair = np.repeat(np.arange(len(origin)), counts[origin] * counts[target])
    inner = np.arange(len(pair)) - np.repeat(
        np.cumsum(counts[origin] * counts[target]) - counts[origin] * counts[target],
        counts[origin] * counts[target],
    )
    wide = np.maximum(counts[target], 1)[pair]
    one = starts[origin][pair] + inner // wide
    two = starts[target][pair] + inner % wide
    same = places.edge[one] == places.edge[two]
    pair, one, two = pair[same], one[same], two[same]
    edge = places.edge[one]
    ahead_m = places.along_m[two] - places.along_m[one]
    may = np.where(ahead_m >= 0, graph.forward[edge], graph.backward[edge])
    np.minimum.at(found, pair, np.where(may, np.abs(ahead_m) * per_m[edge], np.inf))
    return found


def _runs(sorted_numbers: Whole, count: int) -> tuple[Whole, Whole]:
    """Return where the rows of each number begin, and how many there are."""
    starts = np.searchsorted(sorted_numbers, np.arange(count))
    stops = np.searchsorted(sorted_numbers, np.arange(count), side="right")
    return starts.astype(np.int64), (stops - starts).astype(np.int64)
