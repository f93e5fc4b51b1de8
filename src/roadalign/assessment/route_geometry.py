"""The ways around as lines, for maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from shapely.ops import substring

from roadalign.assessment.route_search import Search

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import LineString

    from roadalign.assessment.graph import RoadGraph
    from roadalign.assessment.graph_places import Snapped
    from roadalign.assessment.route_search import Steps

    Whole = NDArray[np.int64]

HAIR_M = 0.01
"""How much longer than told the way may be found to be: told lengths are rounded."""


def way_lines(
    graph: RoadGraph,
    places: Snapped,
    origin: Whole,
    target: Whole,
    *,
    length_m: NDArray[np.float64],
) -> list[LineString | None]:
    """Return the shortest way in metres of some pairs of places.

    Parameters
    ----------
    graph
        The roads.
    places
        Of `roadalign.assessment.graph_places.snap`.
    origin, target
        Places of each pair, shape ``(k,)``; few: each is searched by itself.
    length_m
        Their lengths, as `roadalign.assessment.routes.shortest` found them.

    Returns
    -------
    list
        Per pair a line from origin to target; ``None`` where there is no way.
    """
    search = Search(graph, places, "m", per_m=1.0)
    lines: list[LineString | None] = []
    for one, two, whole_m in zip(origin.tolist(), target.tolist(), length_m.tolist(), strict=True):
        direct = _on_one_edge(graph, places, one, two, whole_m)
        if direct is None and np.isfinite(whole_m):
            steps = search.steps(one, two, reach=whole_m + HAIR_M)
            direct = _line(graph, places, steps) if steps else None
        lines.append(direct)
    return lines


def _on_one_edge(
    graph: RoadGraph, places: Snapped, one: int, two: int, whole_m: float
) -> LineString | None:
    """Return the stretch of an edge that is the way, where one is."""
    for row in np.flatnonzero(places.point == one):
        for end in np.flatnonzero((places.point == two) & (places.edge == places.edge[row])):
            edge, at_m, on_m = places.edge[row], places.along_m[row], places.along_m[end]
            may = graph.forward[edge] if on_m >= at_m else graph.backward[edge]
            if may and 0 < abs(on_m - at_m) <= whole_m + HAIR_M:
                return cast("LineString", substring(graph.lines[edge], at_m, on_m))
    return None


def _line(graph: RoadGraph, places: Snapped, steps: Steps) -> Any:
    """Put the edges of a way together, those of both ends in part."""
    first = _leg(graph, places, steps.first, int(steps.nodes[0]), out=True)
    last = _leg(graph, places, steps.last, int(steps.nodes[-1]), out=False)
    as_drawn = graph.start[steps.edges] == steps.nodes[:-1]
    inner = graph.lines[steps.edges]
    inner = np.where(as_drawn, inner, shapely.reverse(inner))
    xy = shapely.get_coordinates([first, *inner, last])
    fresh = np.append(True, np.any(np.diff(xy, axis=0) != 0, axis=1))
    return shapely.linestrings(xy[fresh] if fresh.sum() > 1 else xy[:2])


def _leg(graph: RoadGraph, places: Snapped, row: int, node: int, *, out: bool) -> Any:
    """Return the stretch from a place to a node beside it, or from the node to the place."""
    edge, at_m = places.edge[row], float(places.along_m[row])
    line = graph.lines[edge]
    ends = [(0.0, graph.start[edge], graph.backward if out else graph.forward)]
    ends += [(line.length, graph.end[edge], graph.forward if out else graph.backward)]
    on_m = min(
        (end_m for end_m, at, may in ends if at == node and may[edge]),
        key=lambda end_m: abs(end_m - at_m),
    )
    return substring(line, at_m, on_m) if out else substring(line, on_m, at_m)
