"""What the existing roads say at the boundary: where they cross, where they end before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from roadalign.model.columns import SIDES

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.assessment.graph import RoadGraph
    from roadalign.assessment.point_ends import Ends
    from roadalign.docking.ruler import Ruler
    from roadalign.model.result import Network
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

HEADING_M = 15.0
DEAD_END_M = 30.0
BARRIER_M = 40.0
SAME_PLACE_M = 1.0
"""A road that ends on the boundary crosses it where another one goes on this near to its end."""

BESIDE_DEAD_END_M = 2.0
"""A road not in the graph (closed, under construction) this near to a dead end goes on there."""


def crossings(network: Network, ruler: Ruler, *, limits: Limits) -> pd.DataFrame:
    """Return the places where existing roads cross the boundary; carriageways apart.

    Parameters
    ----------
    network
        The existing roads.
    ruler
        The boundary.
    limits
        ``corridor_width_m``, ``weave_m``.

    Returns
    -------
    pandas.DataFrame
        ``x, y, chainage_m, ux, uy`` (direction of the road), ``angle_deg`` (to the boundary),
        ``name, road_class, kind, barrier`` (of one within `BARRIER_M` that stops motor traffic),
        ``road`` (row of the network's roads) and ``at_m`` (where on it), ``corridor`` (number of
        the road that several carriageways are).
    """
    existing = np.flatnonzero((network.roads["status"] == "existing").to_numpy(dtype=bool))
    roads = network.roads.iloc[existing]
    lines = np.asarray(roads.geometry.array, dtype=object)
    which, at_m = _meetings(lines, ruler)
    real = _goes_over(lines[which], at_m, ruler)
    which, at_m = which[real], at_m[real]
    line, length_m = lines[which], shapely.length(lines[which])
    place = shapely.get_coordinates(shapely.line_interpolate_point(line, at_m)).reshape(-1, 2)
    ahead, behind = (
        shapely.get_coordinates(shapely.line_interpolate_point(line, far)).reshape(-1, 2)
        for far in (np.minimum(at_m + HEADING_M, length_m), np.maximum(at_m - HEADING_M, 0.0))
    )
    way = ahead - behind
    way = way / np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    reading = ruler.read(place)
    slope = way[:, 0] * reading.direction[:, 1] - way[:, 1] * reading.direction[:, 0]
    road = roads.iloc[which]
    found = pd.DataFrame(
        {
            "x": place[:, 0],
            "y": place[:, 1],
            "chainage_m": reading.chainage_m,
            "ux": way[:, 0],
            "uy": way[:, 1],
            "angle_deg": np.degrees(np.arcsin(np.clip(np.abs(slope), 0, 1))),
            "name": road["name"].fillna(road["ref"]).to_numpy(),
            "road_class": road["road_class"].to_numpy(),
            "kind": road["kind"].to_numpy(),
            "barrier": _barriers_at(place, network.barriers),
            "road": existing[which],
            "at_m": at_m,
        }
    ).astype({"name": "string", "road_class": "Int64", "kind": "string", "barrier": "string"})
    return found.assign(corridor=_corridors(found, limits=limits))


def _meetings(lines: NDArray[np.object_], ruler: Ruler) -> tuple[NDArray[np.intp], Floats]:
    """Return where roads meet the boundary, also with an end that is a hair short of it."""
    which, at_m = ruler.crossings(lines)
    tips: Any = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    tip = np.unique(ruler.tree.query(tips, predicate="dwithin", distance=SAME_PLACE_M / 2)[0])
    own = tip % max(len(lines), 1)
    which = np.concatenate([which, own])
    at_m = np.concatenate([at_m, np.where(tip < len(lines), 0.0, shapely.length(lines[own]))])
    order = np.lexsort((at_m, which))
    which, at_m = which[order], at_m[order]
    same = np.zeros(len(which), dtype=bool)
    same[1:] = (np.diff(which) == 0) & (np.diff(at_m) < SAME_PLACE_M)
    return which[~same], at_m[~same]


def _goes_over(line: NDArray[np.object_], at_m: Floats, ruler: Ruler) -> NDArray[np.bool_]:
    """Tell which meetings of roads with the boundary lead over it.

    A road whose file or way ends on the boundary only does so where another one, within
    `SAME_PLACE_M`, leads on from there to the other side.
    """
    length_m = shapely.length(line)
    at_start, at_end = at_m < SAME_PLACE_M, at_m > length_m - SAME_PLACE_M
    over = ~(at_start | at_end)
    ends = np.flatnonzero(~over)
    if len(ends) == 0:
        return over
    place = shapely.get_coordinates(shapely.line_interpolate_point(line, at_m)).reshape(-1, 2)
    away_m = np.minimum(HEADING_M, length_m[ends])
    inner_m = np.where(at_start[ends], away_m, length_m[ends] - away_m)
    inner = shapely.get_coordinates(shapely.line_interpolate_point(line[ends], inner_m))
    side = np.sign(ruler.read(inner.reshape(-1, 2)).distance_m)
    near = cKDTree(place[ends]).query_pairs(SAME_PLACE_M, output_type="ndarray")
    opposite = near[side[near[:, 0]] * side[near[:, 1]] < 0]
    over[ends[np.unique(opposite)]] = True
    return over


def dead_ends(network: Network, graph: RoadGraph) -> pd.DataFrame:
    """Return the dead ends of the existing roads.

    Returns
    -------
    pandas.DataFrame
        ``node, x, y, ux, uy`` (outward heading), ``name, road_class, kind``.
    """
    edge = np.arange(len(graph.start))
    node = np.concatenate([graph.start, graph.end])
    edge = np.concatenate([edge, edge])
    at_start = np.arange(len(node)) < len(graph.start)
    lone = graph.degree[node] == 1
    node, edge, at_start = node[lone], edge[lone], at_start[lone]
    others = network.roads[~network.roads.index.isin(graph.road)].geometry.array
    tree = shapely.STRtree(np.asarray(others, dtype=object))
    marks = shapely.points(graph.place[node])
    on = np.zeros(len(node), dtype=bool)
    on[tree.query(marks, predicate="dwithin", distance=BESIDE_DEAD_END_M)[0]] = True
    node, edge, at_start = node[~on], edge[~on], at_start[~on]
    line = graph.lines[edge]
    length_m = shapely.length(line)
    inner = np.minimum(DEAD_END_M, length_m)
    back = shapely.line_interpolate_point(line, np.where(at_start, inner, length_m - inner))
    out = graph.place[node] - shapely.get_coordinates(back).reshape(-1, 2)
    out = out / np.maximum(np.hypot(*out.T), 1e-9)[:, None]
    road = network.roads.iloc[graph.road[edge]]
    return pd.DataFrame(
        {
            "node": node,
            "x": graph.place[node, 0],
            "y": graph.place[node, 1],
            "ux": out[:, 0],
            "uy": out[:, 1],
            "name": road["name"].fillna(road["ref"]).to_numpy(),
            "road_class": road["road_class"].to_numpy(),
            "kind": road["kind"].to_numpy(),
        }
    ).astype({"name": "string", "road_class": "Int64", "kind": "string"})


def states(
    network: Network,
    ends: Ends,
    crossed: pd.DataFrame,
    dead: pd.DataFrame,
    *,
    limits: Limits,
) -> tuple[pd.DataFrame, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what the network says at every docking point.

    Parameters
    ----------
    network
        The existing roads.
    ends
        The ends of the docking points.
    crossed, dead
        Of `crossings` and `dead_ends`.
    limits
        ``network_match_m``, ``network_angle_deg``, ``network_near_m``.

    Returns
    -------
    points, near, taken
        Per docking point ``network, network_name, network_class, network_barrier``; per crossing
        whether it may be that of a docking point, and whether it is the one that is.
    """
    count = len(ends.foot)
    gaps = ends.gaps()
    reach_m, turn = limits["network_match_m"], np.cos(np.radians(limits["network_angle_deg"]))
    state = np.full(count, "none", dtype=object)
    chosen = np.full(count, -1)
    has = {}
    for side in SIDES:
        spot, row = _near(_spots(ends.reaching(side)), dead, reach_m)
        facing = ends.facing(side)[spot]
        fits = np.einsum("ij,ij->i", facing, dead[["ux", "uy"]].to_numpy(float)[row]) >= turn
        has[side] = np.zeros(count, dtype=bool)
        has[side][spot[fits]] = True
        chosen[spot[fits]] = row[fits]
    state[has["a"]], state[has["b"]] = "dead_end_a", "dead_end_b"
    state[has["a"] & has["b"]] = "dead_end_both"
    name, rank = _taken(dead, chosen)
    spot, row = _near(gaps, crossed, reach_m)
    along = crossed[["ux", "uy"]].to_numpy(float)[row]
    fits = np.abs(np.einsum("ij,ij->i", ends.facing("a")[spot], along)) >= turn
    spot, row = spot[fits], row[fits]
    near, taken = np.zeros((2, len(crossed)), dtype=bool)
    near[row] = True
    away = shapely.distance(gaps[spot], shapely.points(crossed[["x", "y"]].to_numpy(float)[row]))
    lone = ~(ends.has("a") & ends.has("b"))
    # A lone road is not the one on which two others meet nearer to it.
    of_pairs = np.full(len(crossed), np.inf)
    np.minimum.at(of_pairs, row, np.where(lone[spot], np.inf, away))
    own = ~(lone[spot] & (of_pairs[row] < away))
    spot, row, away = spot[own], row[own], away[own]
    best = np.full(count, -1)
    order = np.lexsort((row, away.round(1)))[::-1]
    best[spot[order]] = row[order]
    taken[best[best >= 0]] = True
    state[best >= 0] = "connected"
    new_name, new_rank = _taken(crossed, best)
    there = pd.Series(best >= 0)
    barrier = crossed["barrier"].reindex(best).reset_index(drop=True)
    return (
        pd.DataFrame(
            {
                "network": np.where(
                    _mapped(network, gaps, limits["network_near_m"]), state, "unknown"
                ),
                "network_name": new_name.where(there, name),
                "network_class": new_rank.where(there, rank),
                "network_barrier": barrier,
            }
        ),
        near,
        taken,
    )


def _mapped(network: Network, gaps: NDArray[np.object_], near_m: float) -> NDArray[np.bool_]:
    existing = (network.roads["status"] == "existing").to_numpy(dtype=bool)
    tree = shapely.STRtree(np.asarray(network.roads.geometry.array[existing], dtype=object))
    known = np.zeros(len(gaps), dtype=bool)
    known[tree.query(gaps, predicate="dwithin", distance=near_m)[0]] = True
    return known


def _near(
    shapes: NDArray[np.object_], table: pd.DataFrame, reach_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows of shapes and of a table that lie near one another."""
    tree = shapely.STRtree(_spots(table[["x", "y"]].to_numpy(dtype=float)))
    spot, row = tree.query(shapes, predicate="dwithin", distance=reach_m)
    return spot, row


def _spots(places: Floats) -> NDArray[np.object_]:
    return np.asarray(shapely.points(places), dtype=object)


def _taken(table: pd.DataFrame, rows: NDArray[np.intp]) -> tuple[pd.Series, pd.Series]:
    """Return name and rank of some rows, ``<NA>`` for -1."""
    picked = table[["name", "road_class"]].reindex(rows).reset_index(drop=True)
    return picked["name"], picked["road_class"]


def _barriers_at(place: Floats, barriers: gpd.GeoDataFrame) -> NDArray[np.object_]:
    found = np.full(len(place), pd.NA, dtype=object)
    stops = barriers[barriers["blocks"].fillna(value=False).to_numpy(dtype=bool)]
    if len(stops) and len(place):
        tree = cKDTree(shapely.get_coordinates(stops.geometry.array))
        which: Any
        far, which = tree.query(place, distance_upper_bound=BARRIER_M)
        near = np.asarray(np.isfinite(far))
        found[near] = stops["kind"].to_numpy(dtype=object)[which[near]]
    return found


def _corridors(found: pd.DataFrame, *, limits: Limits) -> NDArray[np.int64]:
    """Return which crossings are one road: side by side, or of one name and soon after."""
    if len(found) == 0:
        return np.empty(0, dtype=np.int64)
    place, way = found[["x", "y"]].to_numpy(float), found[["ux", "uy"]].to_numpy(float)
    near = cKDTree(place).query_pairs(limits["weave_m"], output_type="ndarray")
    one, two = near[:, 0], near[:, 1]
    apart_m = np.hypot(*(place[one] - place[two]).T)
    level = np.abs(np.einsum("ij,ij->i", way[one], way[two]))
    beside = apart_m <= limits["corridor_width_m"]
    beside &= level >= np.cos(np.radians(limits["corridor_angle_deg"]))
    name = found["name"].fillna("").to_numpy(dtype=object)
    named = (name[one] == name[two]) & (name[one] != "")
    joined = near[beside | named]
    size = (len(found),) * 2
    graph = coo_array((np.ones(len(joined)), (joined[:, 0], joined[:, 1])), shape=size)
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels
