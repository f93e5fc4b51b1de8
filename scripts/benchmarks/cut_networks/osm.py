"""Drivable roads of an OpenStreetMap extract."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from benchmarks.cut_networks.attributes import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DRIVABLE = set(RANKS) | {f"{kind}_link" for kind in RANKS}
ONE_DIRECTION = {"yes": True, "true": True, "1": True, "-1": True, "no": False}


def read_roads(path: Path, *, epsg: int) -> gpd.GeoDataFrame:
    """Read the drivable roads of an extract.

    Parameters
    ----------
    path
        An ``.osm.pbf`` file.
    epsg
        The metric CRS to return them in.
    """
    rows, lines = [], []
    for way in _ways(path):
        if way.tags.get("highway") not in DRIVABLE:
            continue
        xy = [(node.location.lon, node.location.lat) for node in way.nodes if node.location.valid()]
        if len(xy) < 2:  # noqa: PLR2004 (a line takes two)
            continue
        tag = way.tags.get
        oneway = tag("oneway")
        ring = tag("junction") == "roundabout" or str(tag("highway")).startswith("motorway")
        if oneway == "-1":
            xy.reverse()
        lines.append(shapely.LineString(xy))
        rows.append(
            {
                "highway": tag("highway"),
                "name": tag("name"),
                "ref": tag("ref"),
                "lanes": _count(tag("lanes")),
                "oneway": ONE_DIRECTION.get(oneway or "", ring),
                "grade_level": _grade_level(tag("bridge"), tag("tunnel"), tag("layer")),
            }
        )
    table = pd.DataFrame(rows).astype(
        {"lanes": "Int64", "oneway": "boolean", "grade_level": "Int64"}
    )
    return gpd.GeoDataFrame(table, geometry=lines, crs=4326).to_crs(epsg)


def _ways(path: Path) -> Iterator[Any]:
    """Return the ways of an extract, their nodes with places (needs pyosmium)."""
    osmium = importlib.import_module("osmium")
    kinds = osmium.osm.NODE | osmium.osm.WAY
    reader = osmium.FileProcessor(str(path), kinds).with_locations()
    return (one for one in reader if one.is_way())


def read_line(path: Path, ways: tuple[int, ...], *, epsg: int) -> shapely.LineString:
    """Join some ways, in the order given, into one line; what lies between two is bridged."""
    found: dict[int, list[tuple[float, float]]] = {}
    for way in _ways(path):
        if way.id in ways:
            found[way.id] = [(n.location.lon, n.location.lat) for n in way.nodes]
    xy = [place for key in ways for place in found[key]]
    line: shapely.LineString = gpd.GeoSeries([shapely.LineString(xy)], crs=4326).to_crs(epsg)[0]
    return shapely.LineString(shapely.remove_repeated_points(line))


def _count(text: str | None) -> int | None:
    found = re.fullmatch(r"\d{1,2}", text or "")
    return int(found[0]) if found else None


def _grade_level(bridge: str | None, tunnel: str | None, layer: str | None) -> int:
    if re.fullmatch(r"-?\d", layer or ""):
        return int(layer or 0)
    return int(bridge not in {None, "no"}) - int(tunnel not in {None, "no"})
