"""A network is cut at a line: two sides, and the truth about every crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from benchmarks.cut_networks.attributes import canonical
from benchmarks.cut_networks.cuts import SIDES, Cut
from benchmarks.cut_networks.lines import Web, keys, split_at_shared
from benchmarks.limits import LIMITS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely import LineString

    Floats = NDArray[np.float64]

ON_LINE_M = 0.005
BAND_M = LIMITS["read_band_m"]
"""Features further than this from the line are left out, as the reader of plans does."""

WEAVE_M = 150.0
"""A bit of network of at most this total length between crossings is part of a weaving road."""

TOUCH_M = LIMITS["touch_m"]
"""A dead end of the network itself this near to the line looks like a road without a
counterpart; nobody can tell, so what is said of it counts neither way."""

GRAZE_M = 5.0
"""A road that goes over the line by no more than this only grazes it."""

ALONG_DEG, ALONG_BAND_M = LIMITS["boundary_road_angle_deg"], LIMITS["boundary_road_band_m"]
ALONG_REACH_M = 60.0
"""A road that makes a smaller angle with the line than this, and stays in the band over the
reach to both sides of the crossing, runs along the line."""


def cut(
    network: gpd.GeoDataFrame,
    line: LineString,
    *,
    name: str,
    land_a: shapely.Polygon,
) -> Cut:
    """Cut a network at a line.

    Parameters
    ----------
    network
        Columns as of `benchmarks.cut_networks.attributes.canonical`, in a metric CRS.
    line
        The boundary.
    name
        Name of the cut.
    land_a
        Side A's land.
    """
    parts, source = split_at_shared(np.asarray(network.geometry.array, dtype=object))
    near = shapely.dwithin(parts, line, BAND_M)
    parts, source = parts[near], source[near]
    pieces, origin = _pieces(parts, line)
    shapely.prepare(land_a)
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    inside = np.asarray(shapely.contains(land_a, middle), dtype=bool)
    sides = {}
    for side, own in (("a", inside), ("b", ~inside)):
        rows = np.flatnonzero(own)
        table = network.iloc[source[origin[rows]]].reset_index(drop=True)
        table = table.assign(fid=[f"{side}{k}" for k in range(len(rows))])
        table = table.set_geometry(gpd.GeoSeries(pieces[rows], crs=network.crs))
        sides[side] = canonical(table, side=side)
    window = tuple(float(v) for v in network.total_bounds)
    return finished(name, line, network.crs, sides, window)


def finished(
    name: str,
    line: LineString,
    crs: CRS,
    sides: dict[str, gpd.GeoDataFrame],
    window: Any,
) -> Cut:
    """Find the crossings of two sides that were cut already, and describe them."""
    webs = {side: Web.of(np.asarray(sides[side].geometry.array, dtype=object)) for side in SIDES}
    shapely.prepare(line)
    found = _meetings(webs, sides, line)
    found = _described(found, webs, sides, line)
    return Cut(name, line, crs, sides, found, window, _own_ends(found, webs, line))


def _own_ends(
    found: pd.DataFrame, webs: dict[str, Web], line: LineString
) -> frozenset[tuple[float, float]]:
    """Return the dead ends of the network itself that touch the line."""
    met = KDTree(found[["x", "y"]].to_numpy(dtype=float))
    ends: list[tuple[float, float]] = []
    for side in SIDES:
        place = webs[side].place[webs[side].degree == 1]
        near = shapely.dwithin(shapely.points(place), line, TOUCH_M)
        apart = met.query(place)[0]
        ends += [(float(x), float(y)) for x, y in place[near & (apart > ON_LINE_M)]]
    return frozenset(ends)


def _pieces(
    parts: NDArray[np.object_], line: LineString
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Split lines where they meet the boundary; return the pieces and the line of each."""
    meets = shapely.intersects(parts, line)
    cut_parts = shapely.difference(parts[meets], line)
    bits, of = shapely.get_parts(cut_parts, return_index=True)
    pieces = np.concatenate([parts[~meets], bits])
    origin = np.concatenate([np.flatnonzero(~meets), np.flatnonzero(meets)[of]])
    order = np.argsort(origin, kind="stable")
    pieces, origin = pieces[order], origin[order]
    real = shapely.length(pieces) > 0.02  # noqa: PLR2004 (2 cm: rounding of the cut)
    return pieces[real], origin[real]


def _meetings(
    webs: dict[str, Web], sides: dict[str, gpd.GeoDataFrame], line: LineString
) -> pd.DataFrame:
    """Return the places on the line where lines of both sides end."""
    at: dict[tuple[int, int], dict[str, Any]] = {}
    for side in SIDES:
        web = webs[side]
        fid = sides[side]["fid"].to_numpy()
        on = np.flatnonzero(shapely.distance(shapely.points(web.place), line) < ON_LINE_M)
        node_key = {int(node): tuple(keys(web.place[[node]])[0].tolist()) for node in on}
        for row, pair in enumerate(web.nodes.tolist()):
            for node in pair:
                if node in node_key:
                    place = web.place[node]
                    entry = at.setdefault(
                        node_key[node],
                        {"x": float(place[0]), "y": float(place[1]), "a": set(), "b": set()},
                    )
                    entry[side].add(str(fid[row]))
    rows = [entry for _, entry in sorted(at.items()) if entry["a"] and entry["b"]]
    table = pd.DataFrame(rows, columns=["x", "y", "a", "b"])
    sets = {side: pd.Series([frozenset(fids) for fids in table[side]]) for side in SIDES}
    return table.assign(**sets)


def _described(
    found: pd.DataFrame,
    webs: dict[str, Web],
    sides: dict[str, gpd.GeoDataFrame],
    line: LineString,
) -> pd.DataFrame:
    count = len(found)
    place = found[["x", "y"]].to_numpy(dtype=float)
    row_of = {side: {fid: k for k, fid in enumerate(sides[side]["fid"])} for side in SIDES}
    chainage = np.asarray(shapely.line_locate_point(line, shapely.points(place)))
    tangent = _tangent(line, chainage)
    axis = np.zeros((count, 2))
    along = np.zeros(count, dtype=bool)
    rank = np.zeros(count, dtype=int)
    for k in range(count):
        tails = {side: webs[side].tail(webs[side].node_at(place[k])) for side in SIDES}
        way = tails["b"].at(15.0) - tails["a"].at(15.0)
        axis[k] = way / max(float(np.hypot(*way)), 1e-9)
        along[k] = _runs_along(tails, axis[k], tangent[k], line)
        ranks = [
            sides[side]["road_class"].iloc[row_of[side][fid]]
            for side in SIDES
            for fid in found[side].iloc[k]
        ]
        rank[k] = max(int(value) for value in ranks)
    angle = np.degrees(np.arcsin(np.clip(np.abs(_cross(axis, tangent)), 0, 1)))
    group, shallow = _groups(found, webs, sides, line)
    alone = np.full(count, np.inf)
    if count > 1:
        apart, nearest = KDTree(place).query(place, k=min(count, 12))
        apart = np.where(group[nearest] == group[:, None], np.inf, apart)
        alone = apart.min(axis=1)
    return found.assign(
        chainage_m=chainage,
        axis_x=axis[:, 0],
        axis_y=axis[:, 1],
        angle_deg=angle,
        rank=rank,
        group=group,
        alone_m=alone,
        required=~along & ~shallow,
    )


def _cross(one: Floats, two: Floats) -> Floats:
    return np.asarray(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])


def _tangent(line: LineString, chainage: Floats) -> Floats:
    low = shapely.get_coordinates(
        shapely.line_interpolate_point(line, np.maximum(chainage - 5.0, 0.0))
    )
    high = shapely.get_coordinates(shapely.line_interpolate_point(line, chainage + 5.0))
    way = high - low
    return np.asarray(way / np.maximum(np.hypot(*way.T), 1e-9)[:, None])


def _runs_along(tails: dict[str, Any], axis: Floats, tangent: Floats, line: LineString) -> bool:
    sine = abs(float(axis[0] * tangent[1] - axis[1] * tangent[0]))
    if sine >= np.sin(np.radians(ALONG_DEG)):
        return False
    ends = [tails[side].at(ALONG_REACH_M) for side in SIDES]
    return bool((shapely.distance(shapely.points(np.array(ends)), line) <= ALONG_BAND_M).all())


def _groups(
    found: pd.DataFrame,
    webs: dict[str, Web],
    sides: dict[str, gpd.GeoDataFrame],
    line: LineString,
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Join the crossings of weaving roads; tell which only graze the line.

    Crossings belong together where a bit of network no longer than `WEAVE_M` lies between them;
    they graze it where that bit stays within `GRAZE_M` of the line.
    """
    count = len(found)
    joined: list[tuple[int, int]] = []
    shallow = np.zeros(count, dtype=bool)
    for side in SIDES:
        web = webs[side]
        graph = coo_array(
            (np.ones(len(web.nodes)), (web.nodes[:, 0], web.nodes[:, 1])),
            shape=(len(web.place),) * 2,
        )
        label = connected_components(graph, directed=False)[1]
        length = np.bincount(label[web.nodes[:, 0]], shapely.length(web.lines))
        rows = {fid: k for k, fid in enumerate(sides[side]["fid"])}
        part = np.array(
            [label[web.nodes[rows[min(fids)], 0]] for fids in found[side]], dtype=np.intp
        )
        for small in np.unique(part[length[part] <= WEAVE_M]) if count else []:
            members = np.flatnonzero(part == small)
            joined += [(int(members[0]), int(k)) for k in members[1:]]
            bits = web.lines[label[web.nodes[:, 0]] == small]
            far = shapely.distance(shapely.points(shapely.get_coordinates(bits)), line).max()
            if far <= GRAZE_M:
                shallow[members] = True
    pairs = np.array(joined, dtype=np.intp).reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp), shallow
