"""Shortest ways between places beside the roads of a graph.

A place is left by arcs out of it and reached by arcs into another node: nothing drives through a
place, and no way is made where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from roadalign.assessment.route_search import Search

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.assessment.graph import RoadGraph, Weight
    from roadalign.assessment.graph_places import Snapped

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

FIRST_RATIO, FIRST_M = 3.0, 2000.0
"""Where the search begins, in terms of the straight line; what lies further comes after it."""

WIDENING = 2.0
PER_MINUTE_M = 500.0
"""30 km/h: where the search for minutes begins."""

GROUPS_A_REACH = 2.0
"""Pairs are taken together in squares this many times smaller than they reach."""


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
        Of `roadalign.assessment.graph_places.snap`.
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
    per_m = 1.0 if weight == "m" else 1 / PER_MINUTE_M
    search = Search(graph, places, weight, per_m=per_m)
    found = _on_one_edge(graph, places, origin, target, weight)
    straight_m = np.hypot(*(places.place[origin] - places.place[target]).T)
    wanted_m = FIRST_RATIO * straight_m + FIRST_M
    open_ = np.flatnonzero(places.has_road[origin] & places.has_road[target])
    room_m = _rounded(wanted_m)
    while len(open_):
        for group in _groups(places.place, origin[open_], target[open_], room_m[open_]):
            pairs = open_[group]
            reach = min(float(room_m[pairs[0]]) * per_m, most)
            way = search.shortest_ways(origin[pairs], target[pairs], reach=reach)
            found[pairs] = np.minimum(found[pairs], way)
        reached = room_m[open_] * per_m
        open_ = open_[(found[open_] > reached) & (reached < most)]
        if len(open_):
            open_ = open_[~apart(graph, places, origin[open_], target[open_])]
        room_m[open_] *= WIDENING
    return np.where(found <= most, found, np.inf)


def apart(graph: RoadGraph, places: Snapped, origin: Whole, target: Whole) -> NDArray[np.bool_]:
    """Tell which pairs of places lie on roads that are joined nowhere, in whatever direction."""
    part = graph.part[graph.start[places.edge]]
    lowest, highest = np.full(len(places.away_m), np.inf), np.full(len(places.away_m), -np.inf)
    np.minimum.at(lowest, places.point, part)
    np.maximum.at(highest, places.point, part)
    separate: NDArray[np.bool_] = (highest[origin] < lowest[target]) | (
        highest[target] < lowest[origin]
    )
    return separate


def _rounded(room_m: Floats) -> Floats:
    """Return the next power of two, so that pairs that reach about as far go together."""
    return np.exp2(np.ceil(np.log2(np.nan_to_num(room_m, nan=1.0))))


def _groups(place: Floats, origin: Whole, target: Whole, room_m: Floats) -> list[Whole]:
    """Return which pairs begin near one another, end near one another and reach as far."""
    cell = np.floor(np.hstack([place[origin], place[target]]) / room_m[:, None] * GROUPS_A_REACH)
    _, group = np.unique(np.column_stack([room_m, cell]), axis=0, return_inverse=True)
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


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
