"""Lines of one side that lie on one another are one road with what each of them says.

Layers that hold one feature per name or route (TIGER/Line, national routes, concurrent routes) draw
a carriageway as often as it has names, and the longer route runs on where the street ends. Each
line is cut where it begins and ceases to lie on another one; pieces that coincide become one, with
the names and route numbers of all and, for the rest, the values of the best described.

Lines stay apart where they contradict one another in what makes them another road: grade level
(one above the other), status (a road and what will replace it), or where both carry one direction.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.ops import substring

from roadalign.attributes.several import NAMES, NUMBERS, join_texts

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

STEP_M = 10.0
MOST_PLACES = 2000
"""Of a line longer than 20 km places lie further apart than `STEP_M`."""

WHOLE_SHARE = 0.9
"""A line shorter than ``coincident_least_m`` is one with another that covers so much of it."""

SHORTEST_M = 5.0
SNAP_M = 1.0
"""Stretches that begin or end this near to a vertex, or to one another, do so there."""

APART = ("grade_level", "status")
BOOKKEEPING = ("side", "fid", "layer", "plan_values", "status_certainty", "oneway")
"""Columns that do not describe the road."""


@dataclass(frozen=True)
class _Shared:
    """A stretch of one line that lies on another: from and to, along the first."""

    line: int
    other: int
    from_m: float
    to_m: float


def merge_coincident(
    roads: gpd.GeoDataFrame, ruler: Ruler, *, reach_m: float, limits: Limits
) -> gpd.GeoDataFrame:
    """Return the road table with coincident stretches once.

    Parameters
    ----------
    roads
        Canonical road table of one side.
    ruler
        The boundary.
    reach_m
        Lines further from it stay as they are.
    limits
        Uses ``coincident_m`` (how near is on one another) and ``coincident_least_m``.

    Returns
    -------
    geopandas.GeoDataFrame
        The same table where nothing coincides. Else rows anew numbered; one made of several lines
        has their ``fid`` joined by commas, the best described first.
    """
    lines = np.asarray(roads.geometry.array, dtype=object)
    near = np.unique(ruler.tree.query(lines, predicate="dwithin", distance=reach_m)[0])
    shared = _shared(lines, _pairs(roads, lines, near, limits=limits), limits=limits)
    if not shared:
        return roads
    return _rebuilt(roads, lines, shared)


def _pairs(
    roads: gpd.GeoDataFrame, lines: NDArray[np.object_], near: Ints, *, limits: Limits
) -> list[tuple[int, int]]:
    """Return pairs of lines of which one has places on the other, and nothing keeps them apart."""
    if len(near) < 2:  # noqa: PLR2004 (a pair takes two)
        return []
    length_m = shapely.length(lines[near])
    count = np.clip(np.ceil(length_m / STEP_M), 1, MOST_PLACES).astype(int)
    of = np.repeat(np.arange(len(near)), count)
    step = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    places = shapely.line_interpolate_point(
        lines[near][of], (step + 0.5) / count[of] * length_m[of]
    )
    place, other = shapely.STRtree(lines[near]).query(
        places, predicate="dwithin", distance=limits["coincident_m"]
    )
    one, two = near[of[place]], near[other]
    found = np.unique(np.sort(np.stack([one, two], axis=1)[one != two], axis=1), axis=0)
    if len(found) == 0:
        return []
    keep = np.ones(len(found), dtype=bool)
    for column in APART:
        value = roads[column].astype("string").to_numpy(dtype=object, na_value="")
        left, right = value[found[:, 0]], value[found[:, 1]]
        keep &= np.asarray((left == right) | (left == "") | (right == ""), dtype=bool)
    oneway = roads["oneway"].fillna(value=False).to_numpy(dtype=bool)
    keep &= ~(oneway[found[:, 0]] & oneway[found[:, 1]])
    return [(int(i), int(j)) for i, j in found[keep]]


def _shared(
    lines: NDArray[np.object_], pairs: list[tuple[int, int]], *, limits: Limits
) -> list[_Shared]:
    """Return the stretches that are long enough, in both directions of each pair."""
    within_m = limits["coincident_m"]
    found: list[_Shared] = []
    for i, j in pairs:
        both = _overlap(i, j, lines, within_m=within_m) + _overlap(j, i, lines, within_m=within_m)
        shorter_m = min(shapely.length(lines[i]), shapely.length(lines[j]))
        least_m = min(limits["coincident_least_m"], max(WHOLE_SHARE * shorter_m, SHORTEST_M))
        if {one.line for one in both if one.to_m - one.from_m >= least_m} == {i, j}:
            found += [one for one in both if one.to_m - one.from_m >= least_m]
    return found


def _overlap(
    line: int, other: int, lines: NDArray[np.object_], *, within_m: float
) -> list[_Shared]:
    own = lines[line]
    met = shapely.get_parts(shapely.intersection(own, shapely.buffer(lines[other], within_m)))
    spans = []
    for part in met:
        if part.geom_type != "LineString":
            continue
        ends = [own.project(shapely.Point(xy)) for xy in (part.coords[0], part.coords[-1])]
        spans.append((min(ends), max(ends)))
    joined: list[list[float]] = []
    for start, stop in sorted(spans):
        if joined and start - joined[-1][1] <= SNAP_M:
            joined[-1][1] = max(joined[-1][1], stop)
        else:
            joined.append([start, stop])
    vertices = [shapely.points(shapely.get_coordinates(one)) for one in (own, lines[other])]
    marks = np.concatenate([shapely.line_locate_point(own, one) for one in vertices])
    return [
        _Shared(line, other, _snapped(start, marks), _snapped(stop, marks))
        for start, stop in joined
    ]


def _snapped(at_m: float, marks: Floats) -> float:
    """Return the vertex of either line nearest to a place, if it is near."""
    nearest = float(marks[int(np.argmin(np.abs(marks - at_m)))])
    return nearest if abs(nearest - at_m) <= SNAP_M else at_m


def _rebuilt(
    roads: gpd.GeoDataFrame,
    lines: NDArray[np.object_],
    shared: list[_Shared],
) -> gpd.GeoDataFrame:
    cuts = _cuts(lines, shared, apart_m=SNAP_M)
    piece_of = [
        (line, start, stop)
        for line, places in sorted(cuts.items())
        for start, stop in itertools.pairwise(places)
    ]
    shapes = [substring(lines[line], start, stop) for line, start, stop in piece_of]
    own: dict[int, list[int]] = defaultdict(list)
    for k, (line, _, _) in enumerate(piece_of):
        own[line].append(k)
    edges = []
    for one in shared:
        for k in own[one.line]:
            start, stop = piece_of[k][1:]
            middle_m = (start + stop) / 2
            if not one.from_m <= middle_m <= one.to_m:
                continue
            place = lines[one.line].interpolate(middle_m)
            near = [shapely.distance(shapes[m], place) for m in own[one.other]]
            edges.append((k, own[one.other][int(np.argmin(near))]))
    edge = np.array(edges, dtype=np.intp).reshape(-1, 2)
    count = len(piece_of)
    graph = coo_array((np.ones(len(edge)), (edge[:, 0], edge[:, 1])), shape=(count, count))
    label = connected_components(graph, directed=False)[1]
    told = roads.drop(columns="geometry")
    rows, at, geometry = [], [], []
    for number in range(int(label.max()) + 1):
        members = np.flatnonzero(label == number)
        table = told.iloc[sorted({piece_of[k][0] for k in members})]
        rows.append(_united(table))
        at.append(min(piece_of[k][0] for k in members))
        geometry.append(max((shapes[k] for k in members), key=lambda shape: float(shape.length)))
    rest = np.setdiff1d(np.arange(len(roads)), list(cuts))
    made = pd.concat([told.iloc[rest], pd.concat(rows)], ignore_index=True).astype(told.dtypes)
    order = np.argsort(np.concatenate([rest, at]), kind="stable")
    shape = np.array([*lines[rest], *geometry], dtype=object)
    return type(roads)(
        made.iloc[order].reset_index(drop=True), geometry=shape[order], crs=roads.crs
    )


def _cuts(
    lines: NDArray[np.object_], shared: list[_Shared], *, apart_m: float
) -> dict[int, list[float]]:
    """Return where each line is cut, ends included; a cut of one is one of all that lie there."""
    found: dict[int, list[float]] = defaultdict(list)
    for one in shared:
        found[one.line] += [one.from_m, one.to_m]
    for one in shared:
        for place_m in found[one.other].copy():
            place = lines[one.other].interpolate(place_m)
            there_m = float(lines[one.line].project(place))
            if one.from_m < there_m < one.to_m:
                found[one.line].append(there_m)
    kept = {}
    for line, places in found.items():
        end = float(lines[line].length)
        chosen = [0.0]
        for place_m in sorted(places):
            if place_m - chosen[-1] > apart_m and end - place_m > apart_m:
                chosen.append(place_m)
        kept[line] = [*chosen, end]
    return kept


def _united(table: pd.DataFrame) -> pd.DataFrame:
    """Return what several rows say as one: the best described, completed by the others."""
    if len(table) == 1:
        return table
    described = table.drop(columns=[c for c in BOOKKEEPING if c in table]).notna().sum(axis=1)
    rank = table["road_class"].fillna(0).astype(int)
    order = np.lexsort((np.arange(len(table)), -rank.to_numpy(), -described.to_numpy()))
    table = table.iloc[order]
    values: dict[str, Any] = {}
    for column in table.columns:
        known = table[column].dropna()
        values[column] = known.iloc[0] if len(known) else pd.NA
    values["fid"] = ",".join(dict.fromkeys(table["fid"].astype(str)))
    for column, between in (("name", NAMES), ("ref", NUMBERS)):
        text = join_texts(table[column].dropna().astype(str), between=between)
        values[column] = text or pd.NA
    return pd.DataFrame([values]).astype(table.dtypes)
