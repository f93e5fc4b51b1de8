"""The networks of the benchmark, by name, and the lines they are cut at.

Coordinates of the lines are hand-drawn and coarse. The extracts are data of OpenStreetMap
contributors (ODbL); where their folder is absent only the synthetic networks are there.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj import Transformer
from shapely import ops

from benchmarks.cut_networks.attributes import canonical
from benchmarks.cut_networks.cutting import cut, finished
from benchmarks.cut_networks.lines import split_at_shared
from benchmarks.cut_networks.osm import read_line, read_roads
from benchmarks.cut_networks.synthetic import SYNTHETIC, synthetic
from benchmarks.places import DATA, MONACO, PORTO, WUHAN

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.cut_networks.cuts import Cut

UTM_PORTO, UTM_MONACO, UTM_WUHAN = 32629, 32632, 32650

PORTO_WINDOW = (-8.68, 41.095, -8.50, 41.205)

DOURO = (
    (-8.70, 41.1440), (-8.675, 41.1455), (-8.655, 41.1470), (-8.640, 41.1467), (-8.625, 41.1420),
    (-8.613, 41.1396), (-8.600, 41.1390), (-8.588, 41.1400), (-8.580, 41.1420), (-8.572, 41.1390),
    (-8.562, 41.1310), (-8.553, 41.1200), (-8.535, 41.1090), (-8.520, 41.0980), (-8.505, 41.0900),
)  # fmt: skip
"""Along the river Douro from its mouth, then up the valley."""

STREET = "Rua de Costa Cabral"
"""A street of 2.9 km without carriageways of its own for each direction, in the north of Porto."""

MONACO_WAYS = (
    770774507, 37794470, 398372186, 37794471, 37811853, 176533407, 212810311, 30837497,
)  # fmt: skip
"""The land boundary; 700 m that the extract lacks are bridged by a straight line."""

REAL = ("wuhan", "porto-straight", "porto-oblique", "porto-river", "porto-street", "monaco")


def available(folder: Path = DATA) -> tuple[str, ...]:
    """Return the names of the networks there are here (extracts need pyosmium)."""
    files = {
        "wuhan": WUHAN.name,
        "porto": PORTO.name,
        "monaco": MONACO.name,
    }
    readable = importlib.util.find_spec("osmium") is not None
    real = tuple(
        name
        for name in REAL
        if (folder / (file := files[name.partition("-")[0]])).exists()
        and (readable or not file.endswith(".pbf"))
    )
    return real + SYNTHETIC


def load(name: str, *, seed: int, folder: Path = DATA) -> Cut:
    """Load a network, cut at its line.

    Parameters
    ----------
    name
        One of `available`.
    seed
        Steers the synthetic networks; real ones are the same for every seed.
    folder
        Where the extracts are.
    """
    if name in SYNTHETIC:
        return synthetic(name, seed=seed)
    return _real(name, folder)


@cache
def _real(name: str, folder: Path) -> Cut:
    if name == "wuhan":
        return _wuhan(folder)
    if name == "monaco":
        return _monaco(folder)
    roads = _porto(folder)
    line = _porto_line(name, roads)
    box = shapely.box(*roads.total_bounds).buffer(50.0, join_style="mitre")
    halves = shapely.get_parts(ops.split(box, line))
    land = max(halves, key=lambda part: part.centroid.x - part.centroid.y)
    return cut(roads, line, name=name, land_a=land)


@cache
def _porto(folder: Path) -> gpd.GeoDataFrame:
    roads = read_roads(folder / PORTO.name, epsg=UTM_PORTO)
    project = Transformer.from_crs(4326, UTM_PORTO, always_xy=True).transform
    left, low = project(*PORTO_WINDOW[:2])
    right, high = project(*PORTO_WINDOW[2:])
    return _clipped(roads, (left, low, right, high))


def _clipped(
    roads: gpd.GeoDataFrame, window: tuple[float, float, float, float]
) -> gpd.GeoDataFrame:
    """Return the lines inside a window, so that its edge is the edge of the data."""
    box = shapely.box(*window)
    kept = roads[shapely.intersects(roads.geometry.array, box)]
    inside = shapely.intersection(np.asarray(kept.geometry.array, dtype=object), box)
    lines, of = shapely.get_parts(inside, return_index=True)
    is_line = shapely.get_type_id(lines) == 1
    table = kept.iloc[of[is_line]].reset_index(drop=True)
    return table.set_geometry(gpd.GeoSeries(lines[is_line], crs=roads.crs))


def _porto_line(name: str, roads: gpd.GeoDataFrame) -> shapely.LineString:
    left, low, right, high = roads.total_bounds
    if name == "porto-straight":
        x = left + 0.56 * (right - left)
        return shapely.LineString([(x, low - 100), (x, high + 100)])
    if name == "porto-oblique":
        return shapely.LineString([(left + 1500, high + 100), (right - 3000, low - 100)])
    project = Transformer.from_crs(4326, UTM_PORTO, always_xy=True).transform
    if name == "porto-river":
        xy = np.column_stack(project(*np.array(DOURO).T))
        ends = np.array([[left - 100, xy[0, 1]], [right + 100, xy[-1, 1] - 300]])
        return shapely.LineString(np.concatenate([ends[:1], xy[1:], ends[1:]]))
    return _along_street(roads)


def _along_street(roads: gpd.GeoDataFrame) -> shapely.LineString:
    """Follow the street as a hand would draw it: within some metres of its axis, then on."""
    parts = roads.geometry[roads["name"] == STREET].to_numpy()
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(parts)))
    axis = max(merged, key=shapely.length)
    xy = shapely.get_coordinates(shapely.simplify(shapely.segmentize(axis, 150.0), 2.0))
    if xy[0, 1] > xy[-1, 1]:
        xy = xy[::-1]
    rng = np.random.default_rng(20)
    xy = xy + rng.normal(0.0, 3.0, xy.shape)
    _, low, _, high = roads.total_bounds
    start, end = xy[0], xy[-1]
    before = [(start[0] - 2500.0, low - 100.0), (start[0] - 900.0, start[1] - 1200.0)]
    after = [(end[0] + 700.0, end[1] + 900.0), (end[0] + 2000.0, high + 100.0)]
    return shapely.LineString(np.concatenate([before, xy, after]))


def _wuhan(folder: Path) -> Cut:
    path = folder / WUHAN.name
    line = pyogrio.read_dataframe(path, layer="boundary").to_crs(UTM_WUHAN).geometry[0]
    sides = {}
    for side in ("a", "b"):
        table = pyogrio.read_dataframe(path, layer=f"side_{side}").to_crs(UTM_WUHAN)
        parts, source = split_at_shared(np.asarray(table.geometry.array, dtype=object))
        table = table[["highway", "geometry"]].iloc[source].reset_index(drop=True)
        table = table.set_geometry(gpd.GeoSeries(parts, crs=UTM_WUHAN))
        table = table.assign(fid=[f"{side}{k}" for k in range(len(table))])
        sides[side] = canonical(table, side=side)
    window = tuple(np.concatenate([
        np.min([table.total_bounds[:2] for table in sides.values()], axis=0),
        np.max([table.total_bounds[2:] for table in sides.values()], axis=0),
    ]).tolist())  # fmt: skip
    return finished("wuhan", line, sides["a"].crs, sides, window)


def _monaco(folder: Path) -> Cut:
    path = folder / MONACO.name
    roads = read_roads(path, epsg=UTM_MONACO)
    line = read_line(path, MONACO_WAYS, epsg=UTM_MONACO)
    land = shapely.Polygon(shapely.get_coordinates(line)).buffer(0)
    roads = roads[shapely.dwithin(roads.geometry.array, land, 3000.0)].reset_index(drop=True)
    return cut(roads, line, name="monaco", land_a=land)
