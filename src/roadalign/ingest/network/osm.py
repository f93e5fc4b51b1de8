"""OpenStreetMap's formats: the roads near a boundary, or all as a layer of a plan."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
from pyproj import Transformer

from roadalign.errors import InputError
from roadalign.ingest.crs import WGS84
from roadalign.ingest.dbf import FORMAT_KNOWS
from roadalign.ingest.nearby import band_around, near_features, nothing_near
from roadalign.ingest.network.osm_file import in_order, refuse_no_state
from roadalign.ingest.network.osm_found import Drawn, Found, Say, T, drawn
from roadalign.ingest.network.osm_newest import read_newest
from roadalign.ingest.network.osm_sorted import NotInOrderError, read_sorted
from roadalign.ingest.network.raw import ID, RawRoads, keys, no_places, no_points
from roadalign.ingest.network.tags import interpret
from roadalign.ingest.records import checksum, size_bytes
from roadalign.model.result import InputNote, InputRecord
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from roadalign.ingest.crs import Bounds
    from roadalign.model.result import Boundary

_WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)
_BROKEN = (RuntimeError, OSError, ValueError, MemoryError, osmium.InvalidLocationError)
"""How pyosmium says that a file is damaged or no OpenStreetMap file."""

MOST_FIELDS = 200
"""Keys that a layer of a plan has at most (ours): the most frequent; mappers invent thousands."""


def read_osm(path: Path, *, label: str, boundary: Boundary, band_m: float) -> RawRoads:
    """Read an ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.

    Parameters
    ----------
    path, label
        The file, and how the user named it.
    boundary
        The common line.
    band_m
        Ways with a part within this many metres of the boundary are read, whole.

    Raises
    ------
    InputError
        If the file cannot be read to its end, is no state of the map but a list of changes or a
        history, or holds no road at all.
    """
    area = band_around(boundary, band_m, WGS84)
    wanted = keys()

    def say(way: Any) -> list[Any]:
        return [str(way.id), *map(way.tags.get, wanted)]

    found = _found(path, label, _WORLD if area is None else area.bounds, say)
    lines = drawn(found)
    change = Transformer.from_crs(WGS84, boundary.crs, always_xy=True)
    moved = lines.shapes(np.column_stack(change.transform(*lines.xy.T)))
    near, lost = near_features(moved, lines.ids, boundary, band_m)
    rows = np.flatnonzero(near)
    ids = lines.ids[rows].tolist()
    said = _said(found, ids, label)
    notes = _notes(found, path.name, without_line=found.short + lines.points + lost)
    extent = found.places.extent
    if not len(rows) and extent is not None:
        notes.append(nothing_near(extent, WGS84, boundary, layer=path.name))
    record = InputRecord(
        role="network",
        path=label,
        layer=path.name,
        size_bytes=size_bytes([path]),
        sha256=checksum([path]),
        driver="OSM",
        crs="EPSG:4326",
        crs_how="stated",
        encoding=FORMAT_KNOWS.name,
        encoding_how=FORMAT_KNOWS.how,
        features_total=found.seen,
        features_read=len(said),
        parts=len(rows),
        notes=tuple(notes),
    )
    return RawRoads(
        tags=pd.DataFrame([said[key][0] for key in ids], columns=[ID, *wanted], dtype=object),
        lines=moved[rows],
        nodes=_node_ids(rows, lines, found, {key: refs for key, (_, refs) in said.items()}),
        points=pd.DataFrame(found.points, columns=no_points().columns).astype({"node": "int64"}),
        record=record,
        named=pd.DataFrame(found.named, columns=no_places().columns),
    )


def road_layer(path: Path, *, label: str) -> tuple[gpd.GeoDataFrame, tuple[InputNote, ...]]:
    """Return all roads of motor traffic of a file as a layer, and what was noticed.

    Parameters
    ----------
    path, label
        The file, and how the user named it.

    Returns
    -------
    tuple
        A table in longitudes and latitudes, indexed by the ids of the ways, with their tags as
        fields; and notes.

    Raises
    ------
    InputError
        As `read_osm`.
    """
    at = path.stat()
    return _road_layer(path, label, (at.st_size, at.st_mtime_ns, at.st_ino))


@lru_cache(maxsize=4)
def _road_layer(
    path: Path, label: str, _state: tuple[int, int, int]
) -> tuple[gpd.GeoDataFrame, tuple[InputNote, ...]]:
    def say(way: Any) -> dict[str, str]:
        return {tag.k: tag.v for tag in way.tags}

    found = _found(path, label, _WORLD, say)
    lines = drawn(found)
    ids = lines.ids.tolist()
    said = _said(found, ids, label)
    rows = [said[key][0] for key in ids]
    known = pd.DataFrame(
        [[str(key), *map(row.get, keys())] for key, row in zip(ids, rows, strict=True)],
        columns=[ID, *keys()],
        dtype=object,
    )
    _, keep = interpret(known)
    kept = [row for row, own in zip(rows, keep, strict=True) if own]
    shapes = lines.shapes(lines.xy)[keep]
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name) for row in kept], dtype=object) for name in _fields(kept)}
    )
    table = gpd.GeoDataFrame(frame, geometry=shapes, crs=WGS84)
    table.index = pd.Index(lines.ids[keep])
    notes = _notes(found, path.name, without_line=found.short + lines.points)
    return table, tuple(notes)


def _fields(rows: Iterable[dict[str, str]]) -> list[str]:
    """Return the keys that become fields: those with a meaning here, and the most frequent."""
    counts: dict[str, int] = {}
    for row in rows:
        for key in row:
            counts[key] = counts.get(key, 0) + 1
    meant = [key for key in keys() if key in counts]
    others = sorted(counts.keys() - {*meant, "geometry"}, key=lambda key: (-counts[key], key))
    return [*meant, *others[: MOST_FIELDS - len(meant)]]


def _found(path: Path, label: str, box: Bounds, say: Say[T]) -> Found[T]:
    try:
        refuse_no_state(path, label=label)
        found = _read(path, box, say)
    except _BROKEN as problem:
        raise InputError("network_not_readable", where=label, problem=str(problem)) from None
    if not found.seen + found.deleted:
        raise InputError("network_no_roads", where=label)
    if not found.lines and found.wanted + found.deleted:
        raise InputError(
            "osm_no_lines",
            where=label,
            count=found.wanted + found.deleted,
            deleted=found.deleted,
            short=found.short,
            incomplete=found.incomplete,
        )
    return found


def _read(path: Path, box: Bounds, say: Say[T]) -> Found[T]:
    if in_order(path):
        try:
            return read_sorted(path, box=box, say=say)
        except NotInOrderError:
            pass
    return read_newest(path, box=box, say=say)


def _said(found: Found[T], ids: list[int], label: str) -> dict[int, tuple[T, list[int]]]:
    try:
        return found.said(ids)
    except _BROKEN as problem:
        raise InputError("network_not_readable", where=label, problem=str(problem)) from None


def _node_ids(
    rows: NDArray[np.int64], lines: Drawn, found: Found[T], refs: dict[int, list[int]]
) -> NDArray[np.object_]:
    out = np.empty(len(rows), dtype=object)
    for place, row in enumerate(rows):
        piece = int(lines.piece[row])
        own = refs[int(lines.ids[row])] if piece < 0 else found.pieces[piece]
        out[place] = np.array(own, dtype=np.int64)[lines.fresh[row]]
    return out


def _notes(found: Found[T], layer: str, *, without_line: int) -> list[InputNote]:
    told = {
        "ways_incomplete": found.incomplete,
        "ways_without_line": without_line,
        "ways_deleted": found.deleted,
        "ways_older": found.older,
    }
    return [
        InputNote("I04", str(Severity.NOTICE), key, {"layer": layer, "count": count}, count)
        for key, count in told.items()
        if count
    ]
