"""One side's lines become strokes: roads that run on through their junctions.

A plan is cut into features wherever somebody saved it; what a planner calls a road is the run of
lines that continue one another most nearly straight. At every junction the ends that continue
one another best are joined, mutually best first, the rule of "good continuation"
(Thomson and Richardson, "The good continuation principle of perceptual organization applied to
the generalization of road networks", 1999). Ends are compared with a tolerance, never by equal
coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from roadalign.attributes.several import agree

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

STRAIGHT_DEG = 40.0
"""Two ends turning more than this at a junction are two roads."""

CORNER_DEG = 100.0
"""Two ends of the same class and name that meet alone are one road up to this turn."""

OTHER_ROAD_DEG = 15.0
"""What a different class or name weighs against straightness at a junction."""

SHORT_SHARE = 0.4
"""Ends are joined over at most this share of the shorter line's length."""

END_STRETCH_M = 10.0
"""Length at a line's end over which its direction at a junction is taken."""


@dataclass(frozen=True)
class Strokes:
    """One side's roads as strokes.

    Parameters
    ----------
    lines
        One LineString per stroke.
    line_stroke
        Stroke of each row of the road table, -1 for a line shorter than the tolerance.
    end_free
        Per stroke, whether its start and its end touch nothing else of the side (a dangle),
        shape ``(n, 2)``.
    end_last
        The same for ends from which no road of the side goes on, though others may end there
        too (two carriageways that converge on the boundary).
    """

    lines: NDArray[np.object_]
    line_stroke: Ints
    end_free: NDArray[np.bool_]
    end_last: NDArray[np.bool_]


def make_strokes(roads: gpd.GeoDataFrame, *, tolerance_m: float) -> Strokes:
    """Join the lines of one side into strokes.

    Parameters
    ----------
    roads
        Canonical road table of one side.
    tolerance_m
        Two ends within this distance are one junction.
    """
    every = _without_repeats(np.asarray(roads.geometry.array, dtype=object))
    once, copy = _find_repeated(every)
    lines, roads = every[once], roads.iloc[once]
    if len(lines) == 0:
        none = np.empty((0, 2), dtype=bool)
        return Strokes(lines, np.empty(0, dtype=np.intp), none, none)
    ends = np.concatenate([_at(lines, 0), _at(lines, -1)])
    node = _nodes(ends, np.tile(shapely.length(lines), 2), tolerance_m=tolerance_m)
    passed = _passed(lines, ends, tolerance_m=tolerance_m)
    alone = np.bincount(node)[node] == 1
    joined = _continuations(roads, lines, node, ends)
    goes_on = np.zeros(node.max() + 1, dtype=bool)
    goes_on[node[joined.ravel()]] = True
    goes_on[node[passed]] = True
    label = _labels(len(lines), joined)
    snapped, mean = _snapped(lines, node, ends)
    made = _merged(lines, snapped, label, free=ends[alone & ~passed], last=mean[~goes_on])
    return replace(made, line_stroke=made.line_stroke[copy])


def _without_repeats(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the lines with consecutive equal vertices taken out."""
    return np.asarray(shapely.remove_repeated_points(lines), dtype=object)


def _find_repeated(lines: NDArray[np.object_]) -> tuple[Ints, Ints]:
    """Return the rows of the different lines, and for every line which of those it repeats."""
    if len(lines) == 0:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    shapes = np.asarray(shapely.to_wkb(shapely.normalize(lines)), dtype=object)
    codes = pd.factorize(shapes)[0]
    return np.unique(codes, return_index=True)[1], np.asarray(codes, dtype=np.intp)


def _at(lines: NDArray[np.object_], position: int) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.get_point(lines, position)))


def _nodes(ends: Floats, length_m: Floats, *, tolerance_m: float) -> Ints:
    """Return the junction of every line end: ends within the tolerance share one.

    Lines not much longer than the tolerance ask for a finer one, lest they vanish.
    """
    pairs = KDTree(ends).query_pairs(tolerance_m, output_type="ndarray")
    apart = np.hypot(*(ends[pairs[:, 0]] - ends[pairs[:, 1]]).T)
    pairs = pairs[apart <= SHORT_SHARE * length_m[pairs].min(axis=1)]
    count = len(ends)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def _passed(lines: NDArray[np.object_], ends: Floats, *, tolerance_m: float) -> NDArray[np.bool_]:
    """Return which ends lie on another line of the side (a T-junction without a vertex)."""
    points = shapely.points(ends)
    which, line = shapely.STRtree(lines).query(points, predicate="dwithin", distance=tolerance_m)
    own = line == which % len(lines)
    passed = np.zeros(len(ends), dtype=bool)
    passed[which[~own]] = True
    return passed


def _end_directions(lines: NDArray[np.object_]) -> Floats:
    """Return the unit direction out of each line at its start and its end, stacked."""
    stretch = np.minimum(END_STRETCH_M, shapely.length(lines))
    inner_start = shapely.get_coordinates(shapely.line_interpolate_point(lines, stretch))
    inner_end = shapely.get_coordinates(shapely.line_interpolate_point(lines, -stretch))
    out = np.concatenate([_at(lines, 0) - inner_start, _at(lines, -1) - inner_end])
    norm = np.hypot(*out.T)
    return np.asarray(out / np.where(norm > 0, norm, 1)[:, None])


def _continuations(
    roads: gpd.GeoDataFrame, lines: NDArray[np.object_], node: Ints, ends: Floats
) -> NDArray[np.intp]:
    """Return pairs of line ends that continue one another, shape ``(k, 2)``."""
    count = len(lines)
    row = np.arange(2 * count) % count
    direction = _end_directions(lines)
    busy = np.bincount(node)[node] > 1
    table = pd.DataFrame({"node": node[busy], "end": np.flatnonzero(busy)})
    pairs = table.merge(table, on="node", suffixes=("_1", "_2"))
    pairs = pairs[pairs["end_1"] < pairs["end_2"]]
    one, two = pairs["end_1"].to_numpy(), pairs["end_2"].to_numpy()
    one, two = one[row[one] != row[two]], two[row[one] != row[two]]
    turn = np.degrees(
        np.arccos(np.clip(-np.einsum("ij,ij->i", direction[one], direction[two]), -1, 1))
    )
    other = np.zeros(len(one))
    for column in ("road_class", "class_text", "name", "ref"):
        value = roads[column].astype("string").to_numpy(dtype=object, na_value="")
        left, right = value[row[one]], value[row[two]]
        other += (~agree(left, right) & (left != "") & (right != "")).astype(float)
    cost = turn + OTHER_ROAD_DEG * np.minimum(other, 2)
    # where nothing else branches off, the road itself turns
    alone = np.bincount(node)[node[one]] == 2  # noqa: PLR2004 (two ends)
    cost = np.where(turn <= np.where(alone & (other == 0), CORNER_DEG, STRAIGHT_DEG), cost, np.inf)
    return _mutually_best(one, two, cost, count=len(ends))


def _mutually_best(one: Ints, two: Ints, cost: Floats, *, count: int) -> NDArray[np.intp]:
    """Join ends greedily, cheapest first; every end is joined at most once.

    The loop runs over rounds, not over ends: each round joins all pairs that are the best for
    both of their ends, and a junction of k roads is done after at most k / 2 rounds.
    """
    found: list[NDArray[np.intp]] = []
    keep = np.isfinite(cost)
    one, two, cost = one[keep], two[keep], cost[keep]
    while len(one):
        rank = np.empty(len(cost), dtype=np.intp)
        rank[np.lexsort((two, one, cost))] = np.arange(len(cost))
        best = np.full(count, len(cost), dtype=np.intp)
        np.minimum.at(best, one, rank)
        np.minimum.at(best, two, rank)
        mutual = (best[one] == rank) & (best[two] == rank)
        found.append(np.stack([one[mutual], two[mutual]], axis=1))
        used = np.zeros(count, dtype=bool)
        used[one[mutual]] = used[two[mutual]] = True
        left = ~(used[one] | used[two])
        one, two, cost = one[left], two[left], cost[left]
    return np.concatenate(found) if found else np.empty((0, 2), dtype=np.intp)


def _labels(count: int, joined: NDArray[np.intp]) -> Ints:
    row = joined % count
    graph = coo_array((np.ones(len(row)), (row[:, 0], row[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def _snapped(
    lines: NDArray[np.object_], node: Ints, ends: Floats
) -> tuple[NDArray[np.object_], Floats]:
    """Return the lines with their ends moved to the mean of their junction, and those means."""
    size = np.bincount(node)
    mean = np.stack([np.bincount(node, ends[:, axis]) / size for axis in (0, 1)], axis=1)
    coordinates, index = shapely.get_coordinates(lines, return_index=True)
    first = np.unique(index, return_index=True)[1]
    last = np.concatenate([first[1:], [len(coordinates)]]) - 1
    count = len(lines)
    coordinates[first] = mean[node[:count]]
    coordinates[last] = mean[node[count:]]
    return np.asarray(shapely.linestrings(coordinates, indices=index), dtype=object), mean


def _merged(
    lines: NDArray[np.object_],
    snapped: NDArray[np.object_],
    label: Ints,
    *,
    free: Floats,
    last: Floats,
) -> Strokes:
    """Merge the lines of each label; a label that does not form one line gives several strokes."""
    order = np.argsort(label, kind="stable")
    bundles = np.asarray(
        shapely.multilinestrings(snapped[order], indices=label[order]), dtype=object
    )
    merged, of_label = shapely.get_parts(shapely.line_merge(bundles), return_index=True)
    merged = np.asarray(shapely.remove_repeated_points(merged), dtype=object)
    one = np.bincount(of_label, minlength=len(bundles)) == 1
    stroke_of_label = np.zeros(len(bundles), dtype=np.intp)
    stroke_of_label[of_label] = np.arange(len(merged))
    line_stroke = stroke_of_label[label]
    several = ~one[label]
    if several.any():
        middle = shapely.line_interpolate_point(lines[several], 0.5, normalized=True)
        rows = np.flatnonzero(several)
        for row, point in zip(rows, middle, strict=True):
            options = np.flatnonzero(of_label == label[row])
            nearest = np.argsort(shapely.distance(merged[options], point), kind="stable")
            line_stroke[row] = options[nearest[0]] if len(options) else -1
    ends = np.stack([_at(merged, 0), _at(merged, -1)], axis=1)
    return Strokes(merged, line_stroke, _among(ends, free), _among(ends, last))


def _among(ends: Floats, places: Floats) -> NDArray[np.bool_]:
    """Return which ends lie at one of some places, shape ``(n, 2)``; neither was moved."""
    if len(places) == 0:
        return np.zeros(ends.shape[:2], dtype=bool)
    near = np.asarray(KDTree(places).query(ends.reshape(-1, 2))[0])
    return near.reshape(-1, 2) < 1e-6  # noqa: PLR2004 (a micrometre)
