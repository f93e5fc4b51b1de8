"""A manifest of many pairs: real networks cut at many lines, some of the pairs broken.

On side B of each pair some roads are left out, more of them from pair to pair, so that the
docking rates differ. The extracts are data of OpenStreetMap contributors (ODbL).
"""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from benchmarks.cut_networks.named import UTM_PORTO, UTM_WUHAN
from benchmarks.cut_networks.osm import read_roads
from benchmarks.places import DATA, PORTO, WUHAN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

COLUMNS = ["name", "ref", "highway", "lanes"]
BAND_M = 600.0
"""How far from the line roads are written: more than the reader of plans asks for."""

BEND = 0.06
"""How far the middle of a line lies aside, as a share of its length: no border is straight."""

CITIES = {"porto": 20, "wuhan": 10}
"""How many pairs are cut out of each."""


def available(folder: Path = DATA) -> bool:
    """Return whether the networks are here."""
    return (folder / PORTO.name).exists() and (folder / WUHAN.name).exists()


def write_pairs(
    folder: Path, *, length_m: float, cities: Collection[str] = tuple(CITIES), data: Path = DATA
) -> Path:
    """Write up to 30 pairs and their manifest; up to three of them cannot be checked.

    Parameters
    ----------
    folder
        Where to, an empty folder.
    length_m
        Length of each boundary.
    cities
        Some of `CITIES`.
    data
        Where the networks are.

    Returns
    -------
    Path
        The manifest. ``porto-05`` lacks a file, in ``porto-12`` one is cut short, and the
        boundary of ``wuhan-07`` is a point.
    """
    rows = []
    read = {"porto": lambda: _porto(data / PORTO.name), "wuhan": lambda: _wuhan(data / WUHAN.name)}
    for city in cities:
        roads = read[city]()
        for number, line in enumerate(_lines(roads, CITIES[city], length_m), 1):
            name = f"{city}-{number:02}"
            left_out = 0.02 * number
            rows.append(_written(folder, name, roads, line, left_out=left_out))
    manifest = folder / "pairs.csv"
    with manifest.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "plan_a", "plan_b", "name_a", "name_b", "boundary"))
        writer.writerows(rows)
    for name, spoil in BROKEN.items():
        if name.partition("-")[0] in cities:
            spoil(folder / f"{name}-b.gpkg", folder / f"{name}-line.geojson")
    return manifest


def _absent(plan: Path, _line: Path) -> None:
    plan.unlink()


def _cut_short(plan: Path, _line: Path) -> None:
    content = plan.read_bytes()
    plan.write_bytes(content[: len(content) // 3])


def _point(_plan: Path, line: Path) -> None:
    start = pyogrio.read_dataframe(line).geometry[0].coords[0]
    line.unlink()
    place = gpd.GeoDataFrame(geometry=[shapely.Point(start)], crs=4326)
    pyogrio.write_dataframe(place, line, driver="GeoJSON")


BROKEN: dict[str, Callable[[Path, Path], None]] = {
    "porto-05": _absent,
    "porto-12": _cut_short,
    "wuhan-07": _point,
}


@cache
def _porto(path: Path) -> gpd.GeoDataFrame:
    return read_roads(path, epsg=UTM_PORTO)


@cache
def _wuhan(path: Path) -> gpd.GeoDataFrame:
    sides = [pyogrio.read_dataframe(path, layer=f"side_{side}") for side in "ab"]
    roads = pd.concat(sides, ignore_index=True).to_crs(UTM_WUHAN)
    lines, of = shapely.get_parts(np.asarray(roads.geometry.array), return_index=True)
    table = roads.reindex(columns=COLUMNS).iloc[of].reset_index(drop=True)
    return gpd.GeoDataFrame(table, geometry=lines, crs=UTM_WUHAN)


def _lines(roads: gpd.GeoDataFrame, count: int, length_m: float) -> list[shapely.LineString]:
    """Return lines at places with many roads, each in another direction."""
    middle = shapely.get_coordinates(shapely.centroid(np.asarray(roads.geometry.array)))
    rng = np.random.default_rng(count)
    places = middle[rng.choice(len(middle), count, replace=False)]
    angle = np.pi * np.arange(count) / count
    way = np.column_stack([np.cos(angle), np.sin(angle)])
    aside = np.column_stack([-way[:, 1], way[:, 0]]) * BEND * length_m
    ends = (places - way * length_m / 2, places + aside, places + way * length_m / 2)
    return [shapely.LineString(np.array(one)) for one in zip(*ends, strict=True)]


def _written(
    folder: Path,
    name: str,
    roads: gpd.GeoDataFrame,
    line: shapely.LineString,
    *,
    left_out: float,
) -> tuple[str, ...]:
    """Write one pair; return its row of the manifest."""
    lines = np.asarray(roads.geometry.array)
    near = np.flatnonzero(shapely.dwithin(lines, line, BAND_M))
    parts, of = shapely.get_parts(shapely.difference(lines[near], line), return_index=True)
    table = roads.reindex(columns=COLUMNS).iloc[near[of]].reset_index(drop=True)
    start, end = (np.array(line.coords[k]) for k in (0, -1))
    land_a = shapely.buffer(line, np.hypot(*(end - start)), single_sided=True)
    is_a = shapely.intersects(land_a, shapely.line_interpolate_point(parts, 0.5, normalized=True))
    kept = np.random.default_rng(len(parts)).random(len(parts)) >= left_out
    for side, own in (("a", is_a), ("b", ~is_a & kept)):
        plan = gpd.GeoDataFrame(table[COLUMNS][own], geometry=parts[own], crs=roads.crs)
        pyogrio.write_dataframe(plan, folder / f"{name}-{side}.gpkg", driver="GPKG")
    border = gpd.GeoDataFrame({"name": [name]}, geometry=[line], crs=roads.crs)
    pyogrio.write_dataframe(border.to_crs(4326), folder / f"{name}-line.geojson", driver="GeoJSON")
    sides = (f"{name}-a.gpkg", f"{name}-b.gpkg")
    return (name, *sides, f"{name} A", f"{name} B", f"{name}-line.geojson")
