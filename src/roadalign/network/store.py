"""The network as one file, written and read back with nothing lost."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pyogrio.errors

from roadalign.errors import InputError
from roadalign.formats import gdal
from roadalign.georeferencing.crs import WGS84
from roadalign.network.raw import no_places, no_points
from roadalign.safety.folder_writes import write_one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.formats.layer_source import LayerSource
    from roadalign.formats.layers import Layer
    from roadalign.model.result import Network
    from roadalign.network.raw import RawRoads

SCHEMA = "roadalign"
"""Name of the row in ``osm.toml`` that reads these files."""

_ROADS, _BARRIERS, _PLACES = "roads", "barriers", "places"
_MARK = "roadalign network"
_NOTED = f"{_MARK}; "
_NOTE = re.compile(rf'"description"\s*:\s*"{_NOTED}([^"]*)"')
_INTEGER = re.compile(r"-?\d{1,18}|-?[1-8]\d{18}")  # what 64 bits hold
_HEAD_BYTES = 4096
_READABLE_VERSION = "1.2"  # of the GeoPackage: an older GDAL warns of 1.4
_FAILURES = (
    OSError,
    sqlite3.Error,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
)


def check_target(path: Path, *, force: bool) -> None:
    """Refuse an output that cannot be written or would lose somebody's file.

    Meant for before the long work.

    Parameters
    ----------
    path
        The file to write; its ending names the format.
    force
        Overwrite a file that is not of this program.

    Raises
    ------
    InputError
        If the format is not known, the folder does not exist, or the file is somebody else's.
    """
    if path.suffix.lower() not in _WRITERS:
        raise InputError("network_ending", where=path, suffix=path.suffix or path.name)
    if not path.absolute().parent.is_dir():
        raise InputError("no_such_file", where=path.parent)
    if path.is_dir():
        raise InputError("cannot_write", where=path, problem=os.strerror(21))
    if os.path.lexists(path) and not force and attribution_in(path) is None:
        raise InputError("foreign_files", where=path.parent, files=path.name)


def write_network(network: Network, path: Path, *, force: bool = False) -> None:
    """Write a network into one file, complete or not at all.

    Parameters
    ----------
    network
        What to write.
    path
        ``.gpkg`` (layers ``roads``, ``barriers`` and ``places``, working CRS), ``.parquet`` (roads,
        working CRS) or ``.geojson`` (roads, WGS84).
    force
        Overwrite a file that is not of this program.

    Raises
    ------
    InputError
        As `check_target`, or if the disk does not take it; then nothing has changed.
    """
    check_target(path, force=force)
    joined = [None if one is None else " ".join(map(str, one)) for one in network.roads["nodes"]]
    roads = network.roads.assign(nodes=pd.array(joined, dtype="string"))
    write = _WRITERS[path.suffix.lower()]
    write_one(lambda made: write(roads, network, made), path, others=_FAILURES)


def attribution_in(path: Path) -> str | None:
    """Return whom a file of this program names as its source, ``None`` for any other file.

    Parameters
    ----------
    path
        A file that exists.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        return None
    try:
        if suffix == ".gpkg":
            info = gdal.read_info(gdal.gdal_name(path, label=str(path)), layer=_ROADS)
            note = str((info.get("layer_metadata") or {}).get("DESCRIPTION"))
            return note.removeprefix(_NOTED) if note.startswith(_NOTED) else None
        if suffix in {".parquet", ".geoparquet", ".pq"}:
            found = (pq.read_schema(path).metadata or {}).get(_MARK.encode())
            return None if found is None else found.decode()
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).decode(errors="replace")
        found_note = _NOTE.search(head)
        return None if found_note is None else found_note[1]
    except (*_FAILURES, InputError, ValueError):
        return None


def stands_beside(source: LayerSource) -> bool:
    """Whether a layer found is one of the points that a file of this program has by its roads."""
    beside = source.gdal_layer in {_BARRIERS, _PLACES}
    return beside and attribution_in(source.files[0]) is not None


def node_ids(texts: pd.Series, counts: NDArray[Any]) -> NDArray[np.object_]:
    """Return the ids of vertices that a file keeps as texts; ``None`` where they do not fit.

    Parameters
    ----------
    texts
        Ids with a blank between.
    counts
        Numbers of vertices of the lines.
    """
    out = np.full(len(texts), None, dtype=object)
    for row, (text, count) in enumerate(zip(texts, counts.tolist(), strict=True)):
        found = text.split() if isinstance(text, str) else []
        if len(found) == count and all(map(_INTEGER.fullmatch, found)):
            out[row] = np.array(found, dtype=np.int64)
    return out


def with_own(raw: RawRoads, layer: Layer) -> RawRoads:
    """Return what was read of a file of this program with what stands beside its roads.

    Parameters
    ----------
    raw
        Its roads.
    layer
        The layer they came from.
    """
    path = layer.source.files[0]
    opened = layer.source.opened
    named = attribution_in(path) or ""
    raw = replace(raw, overture="Overture" in named)
    if layer.source.gdal_layer is None or not named:
        return raw
    read: gpd.GeoDataFrame = gdal.read_dataframe(opened, layer=_BARRIERS)
    places = read.geometry.to_crs(WGS84)
    points = {
        "node": read["osm_id"].astype("int64"),
        "barrier": read["kind"],
        "access": read["access"],
        "lon": places.x,
        "lat": places.y,
    }
    table = pd.DataFrame(points).reindex(columns=no_points().columns).astype({"noexit": object})
    return replace(raw, points=table, named=_named(opened))


def _named(opened: str) -> pd.DataFrame:
    if _PLACES not in gdal.list_layers(opened)[:, 0]:
        return no_places()
    read: gpd.GeoDataFrame = gdal.read_dataframe(opened, layer=_PLACES)
    at = read.geometry.to_crs(WGS84)
    return pd.DataFrame({"name": read["name"], "kind": read["kind"], "lon": at.x, "lat": at.y})


def _to_geopackage(roads: gpd.GeoDataFrame, network: Network, path: Path) -> None:
    layers = [(_ROADS, roads, "LineString"), (_BARRIERS, network.barriers, "Point")]
    if network.places is not None and len(network.places):
        layers.append((_PLACES, network.places, "Point"))
    for name, table, kind in layers:
        first = not path.exists()
        pyogrio.write_dataframe(
            table,
            path,
            layer=name,
            driver="GPKG",
            geometry_type=kind,
            append=False,
            dataset_options={"VERSION": _READABLE_VERSION} if first else None,
            layer_options={"DESCRIPTION": _NOTED + network.attribution},
        )


def _to_parquet(roads: gpd.GeoDataFrame, network: Network, path: Path) -> None:
    roads.to_parquet(path, write_covering_bbox=True)
    table = pq.read_table(path)
    mark = {_MARK.encode(): network.attribution.encode()}
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **mark}), path)


def _to_geojson(roads: gpd.GeoDataFrame, network: Network, path: Path) -> None:
    text = roads.to_crs(WGS84).to_json(drop_id=True, show_bbox=False)
    content: dict[str, Any] = json.loads(text)
    content.pop("crs", None)
    head = {"type": content.pop("type"), "description": _NOTED + network.attribution}
    path.write_text(json.dumps({**head, **content}, ensure_ascii=False), encoding="utf-8")


_WRITERS: dict[str, Callable[[gpd.GeoDataFrame, Network, Path], None]] = {
    ".gpkg": _to_geopackage,
    ".parquet": _to_parquet,
    ".geojson": _to_geojson,
}
