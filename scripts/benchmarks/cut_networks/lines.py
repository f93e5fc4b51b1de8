"""Lines as a graph: split at shared vertices, joined at nodes, followed to the first junction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

NODE_M = 0.01
"""Ends nearer than about this are one node."""


def keys(xy: Floats) -> NDArray[np.int64]:
    """Return coordinates as whole centimetres, shape ``(n, 2)``."""
    return np.round(xy / NODE_M).astype(np.int64)


def split_at_shared(lines: NDArray[np.object_]) -> tuple[NDArray[np.object_], Ints]:
    """Split lines at the vertices that two of them (or one twice) share.

    Returns
    -------
    parts, source
        The parts and the index of the line each came from.
    """
    lines = np.asarray(shapely.remove_repeated_points(lines), dtype=object)
    xy, index = shapely.get_coordinates(lines, return_index=True)
    _, vertex, count = np.unique(keys(xy), axis=0, return_inverse=True, return_counts=True)
    edge = np.ones(len(xy), dtype=bool)
    edge[1:] = index[1:] != index[:-1]
    edge[:-1] |= index[1:] != index[:-1]
    edge[-1] = True
    broken = (count[vertex.ravel()] > 1) & ~edge
    taken = np.repeat(np.arange(len(xy)), 1 + broken)
    second = np.zeros(len(taken), dtype=bool)
    second[1:] = taken[1:] == taken[:-1]
    new = second.copy()
    new[1:] |= index[taken[1:]] != index[taken[:-1]]
    part = np.cumsum(new)
    source = index[taken[np.flatnonzero(np.diff(part, prepend=-1))]]
    return np.asarray(shapely.linestrings(xy[taken], indices=part), dtype=object), source


@dataclass(frozen=True)
class Web:
    """The graph of one side's lines.

    Parameters
    ----------
    lines
        The lines, shape ``(n,)``.
    nodes
        Node of each line's start and end, shape ``(n, 2)``.
    place
        Coordinates of the nodes.
    degree
        Line ends at each node.
    """

    lines: NDArray[np.object_]
    nodes: Ints
    place: Floats
    degree: Ints

    @classmethod
    def of(cls, lines: NDArray[np.object_]) -> Web:
        """Make the graph of some lines."""
        first = shapely.get_coordinates(shapely.get_point(lines, 0))
        last = shapely.get_coordinates(shapely.get_point(lines, -1))
        both = np.concatenate([first, last])
        _, at, node = np.unique(keys(both), axis=0, return_index=True, return_inverse=True)
        node = node.ravel()
        pairs = np.stack([node[: len(lines)], node[len(lines) :]], axis=1).astype(np.intp)
        return cls(lines, pairs, both[at], np.bincount(node, minlength=len(at)).astype(np.intp))

    def node_at(self, xy: Floats) -> int:
        """Return the node nearest to a place, -1 where none lies within 10 cm."""
        apart = np.hypot(*(self.place - xy).T)
        nearest = int(np.argmin(apart))
        return nearest if apart[nearest] < 10 * NODE_M else -1

    def reach(self, node: int, *, limit_m: float) -> Floats:
        """Return the way along the lines from one node to all others, infinite beyond a limit."""
        count = len(self.place)
        length = np.maximum(shapely.length(self.lines), 1e-6)
        # several lines between two nodes would be summed: keep the shortest
        order = np.lexsort((length, *np.sort(self.nodes, axis=1).T))
        pair = np.sort(self.nodes, axis=1)[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (pair[1:] != pair[:-1]).any(axis=1)
        kept = order[first]
        graph = coo_array(
            (length[kept], (self.nodes[kept, 0], self.nodes[kept, 1])), shape=(count, count)
        )
        found = dijkstra(graph.tocsr(), directed=False, indices=np.array([node]), limit=limit_m)
        return np.asarray(found[0], dtype=float)

    def tail(self, node: int) -> Tail:
        """Follow the road from an end to its first junction."""
        by_node = self._by_node()
        rows: list[int] = []
        here = node
        coordinates: list[Any] = [self.place[node]]
        while True:
            onward = [row for row in by_node.get(here, []) if row not in rows]
            if len(onward) != 1 or (rows and self.degree[here] != 2):  # noqa: PLR2004
                break
            row = onward[0]
            rows.append(row)
            xy = shapely.get_coordinates(self.lines[row])
            if self.nodes[row, 0] != here:
                xy = xy[::-1]
                here = int(self.nodes[row, 0])
            else:
                here = int(self.nodes[row, 1])
            coordinates.extend(xy[1:])
        path = np.array(coordinates)
        return Tail(tuple(rows), path, here, int(self.degree[here]))

    def _by_node(self) -> dict[int, list[int]]:
        cached: dict[int, list[int]] | None = self.__dict__.get("_cached")
        if cached is None:
            cached = {}
            for row, pair in enumerate(self.nodes.tolist()):
                for node in set(pair):
                    cached.setdefault(node, []).append(row)
            self.__dict__["_cached"] = cached
        return cached


@dataclass(frozen=True)
class Tail:
    """A road from its end at the boundary back to its first junction.

    Parameters
    ----------
    rows
        Its lines, from the boundary inwards.
    path
        Coordinates, from the boundary inwards.
    node, degree
        Where it stops, and how many line ends meet there.
    """

    rows: tuple[int, ...]
    path: Floats
    node: int
    degree: int

    @property
    def length_m(self) -> float:
        """Length of the whole tail."""
        return float(np.hypot(*np.diff(self.path, axis=0).T).sum())

    def at(self, distance_m: float) -> Floats:
        """Return the place this far from the end, along the road."""
        step = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(self.path, axis=0).T))])
        return np.array([np.interp(distance_m, step, self.path[:, axis]) for axis in (0, 1)])

    def outward(self, distance_m: float = 0.0, *, over_m: float = 10.0) -> Floats:
        """Return the unit heading towards the boundary at a distance from the end."""
        way = self.at(distance_m) - self.at(min(distance_m + over_m, self.length_m))
        size = float(np.hypot(*way))
        return way / size if size > 0 else np.array([1.0, 0.0])

    def straight(self, distance_m: float) -> float:
        """Return chord by length of the first stretch: 1 where it is straight."""
        length_m = min(distance_m, self.length_m)
        return float(np.hypot(*(self.at(length_m) - self.path[0]))) / max(length_m, 1e-9)
