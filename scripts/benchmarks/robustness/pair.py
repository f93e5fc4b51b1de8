"""The good pair that every variant breaks, and what is right of it.

A straight boundary of 8 km runs east on the northing 3 400 000 m of EPSG:4549. Four roads come
from the south (A), three from the north (B):

- 亭枫公路 meets at 1000 m: aligned.
- 朱吕公路 comes at 3000 m, its counterpart 30 m further east: mismatched.
- 金张公路 comes at 5000 m and nothing answers: missing.
- 兴豪路 meets at 7000 m, but six lanes meet two: mismatched.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from shapely import LineString

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pandas import DataFrame

CODE = 4549
X, Y = 600_000.0, 3_400_000.0
LENGTH_M = 8_000.0
REACH_M = 900.0
NAME, LANES, REDLINE, YEAR = "道路名称", "车道数", "红线宽度", "通车年份"

TRUTH = (
    (10, "aligned", "亭枫公路", "亭枫公路"),
    (30, "mismatched", "朱吕公路", "朱吕公路"),
    (50, "missing", "金张公路", ""),
    (70, "mismatched", "兴豪路", "兴豪路"),
)
"""Chainage in hundreds of metres, verdict, and the roads' names."""

MIRRORED = tuple((place, verdict, b, a) for place, verdict, a, b in TRUTH)
"""The same with the sides exchanged."""

BACKWARDS = (
    (10, "mismatched", "兴豪路", "兴豪路"),
    (30, "missing", "金张公路", ""),
    (50, "mismatched", "朱吕公路", "朱吕公路"),
    (70, "aligned", "亭枫公路", "亭枫公路"),
)
"""The same along a boundary that runs west: 8000 m less 7000, 5000, 3015 and 1000 m."""

_ROWS_A = (
    (1000.0, "亭枫公路", "4", "40", "2027"),
    (3000.0, "朱吕公路", "4", "40", "2027"),
    (5000.0, "金张公路", "2", "24", "2027"),
    (7000.0, "兴豪路", "6", "45", "2027"),
)
_ROWS_B = (
    (1000.0, "亭枫公路", "4", "40", "2027"),
    (3030.0, "朱吕公路", "4", "40", "2027"),
    (7000.0, "兴豪路", "2", "45", "2027"),
)


@dataclass(frozen=True)
class Call:
    """What `align check` is called with.

    Parameters
    ----------
    a, b, boundary
        Sources as a user writes them.
    settings
        Content of an ``align.toml``.
    """

    a: str
    b: str
    boundary: str
    settings: Mapping[str, Any] = field(default_factory=dict)


def side(name: str) -> gpd.GeoDataFrame:
    """Return the roads of side ``"a"`` or ``"b"``, drawn towards the boundary."""
    rows, start = (_ROWS_A, Y - REACH_M) if name == "a" else (_ROWS_B, Y + REACH_M)
    lines = [LineString([(X + x, start), (X + x, (start + Y) / 2), (X + x, Y)]) for x, *_ in rows]
    texts = list(zip(*(row[1:] for row in rows), strict=True))
    columns = dict(zip((NAME, LANES, REDLINE, YEAR), map(list, texts), strict=True))
    return gpd.GeoDataFrame(columns, geometry=lines, crs=CODE)


def line() -> gpd.GeoDataFrame:
    """Return the boundary."""
    drawn = LineString([(X, Y), (X + LENGTH_M / 2, Y), (X + LENGTH_M, Y)])
    return gpd.GeoDataFrame({"name": ["界线"]}, geometry=[drawn], crs=CODE)


def save(table: gpd.GeoDataFrame | DataFrame, path: Path, **options: Any) -> str:
    """Write a table with the driver of the path's ending; return the path as a source."""
    if path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        with warnings.catch_warnings():
            # Names cut in the middle of a character are what some variants are about.
            warnings.simplefilter("ignore")
            gpd.GeoDataFrame(table).to_file(path, engine="pyogrio", **options)
    return str(path)


def good(folder: Path, **replaced: Any) -> Call:
    """Write the good pair into a folder; what is named in `replaced` is taken as it is."""
    return Call(
        a=replaced.get("a") or save(side("a"), folder / "a.gpkg"),
        b=replaced.get("b") or save(side("b"), folder / "b.gpkg"),
        boundary=replaced.get("boundary") or save(line(), folder / "line.gpkg"),
        settings=replaced.get("settings") or {},
    )


def written(
    path: Path,
    geometries: Iterable[Mapping[str, Any] | None],
    *,
    rows: Iterable[Mapping[str, Any]] = (),
    crs: str | None = f"urn:ogc:def:crs:EPSG::{CODE}",
) -> str:
    """Write GeoJSON by hand, with whatever a library would refuse; return the path."""
    properties = list(rows)
    features = [
        {
            "type": "Feature",
            "properties": properties[i] if i < len(properties) else {},
            "geometry": shape,
        }
        for i, shape in enumerate(geometries)
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if crs is not None:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    collection["features"] = features
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return str(path)


def shapes(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the geometries of a table as GeoJSON objects."""
    return [dict(shape.__geo_interface__) for shape in table.geometry]


def properties(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the attributes of a table, one mapping per feature."""
    return [
        {str(key): value for key, value in row.items()}
        for row in table.drop(columns="geometry").to_dict("records")
    ]
