"""Places beside the roads of a graph, from which and to which one drives.

A place is joined to every edge that lies about as near as the nearest one, so that both
carriageways of a road count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.assessment.graph import RoadGraph

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

BESIDE_M = 30.0
"""How much further away than the nearest edge another one may be: the other carriageway."""


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
    def has_road(self) -> NDArray[np.bool_]:
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
