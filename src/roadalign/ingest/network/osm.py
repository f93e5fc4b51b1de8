"""OpenStreetMap's formats, read twice: where the ways lie, then what the near ones say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
import pandas as pd
import shapely
from pyproj import Transformer

from roadalign.errors import InputError
from roadalign.ingest.crs import WGS84
from roadalign.ingest.dbf import FORMAT_KNOWS
from roadalign.ingest.nearby import band_around, near_features, nothing_near
from roadalign.ingest.network.places import Places, vertices
from roadalign.ingest.network.raw import ID, RawRoads, keys, kinds, no_places, no_points, road_keys
from roadalign.ingest.records import checksum, size_bytes
from roadalign.model.levels import Level
from roadalign.model.result import InputNote, InputRecord
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from roadalign.ingest.crs import Bounds
    from roadalign.model.result import Boundary

_CHUNK = 100_000  # ways whose places are looked at together
_WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)
_NODE, _WAY = osmium.osm.NODE, osmium.osm.WAY
_BROKEN = (RuntimeError, OSError, ValueError, osmium.InvalidLocationError)
"""How pyosmium says that a file is damaged or no OpenStreetMap file."""


@dataclass
class _Scan:
    """What the first reading found: roads seen, their places, and telling nodes.

    `pieces` are the nodes of the stretches that are left of ways of which the file lacks nodes;
    they are the last lines of `places`.
    """

    places: Places
    seen: int = 0
    incomplete: int = 0
    points: list[tuple[Any, ...]] = field(default_factory=list)
    named: list[tuple[Any, ...]] = field(default_factory=list)
    pieces: list[list[int]] = field(default_factory=list)

    def take(self, node: Any, get: Any) -> None:
        """Keep what a node says."""
        if get("barrier") or get("noexit"):
            self.points.append(_point(node, get))
        at = node.location
        west, south, east, north = self.places.box
        near = west <= at.lon <= east and south <= at.lat <= north
        if near and get("name") and get("place") in table("osm")["place"]["kinds"]:
            self.named.append((get("name"), get("place"), at.lon, at.lat))


@dataclass(frozen=True)
class _Lines:
    """Lines near the boundary: the ids of their ways, and which vertices repeat no other.

    `piece` is the place in the scan's pieces, negative for whole ways.
    """

    ids: list[int]
    lines: NDArray[np.object_]
    piece: list[int]
    fresh: list[NDArray[np.bool_]]


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
        If the file cannot be read to its end or holds no road at all.
    """
    area = band_around(boundary, band_m, WGS84)
    box: Bounds = _WORLD if area is None else area.bounds
    try:
        scan = _scan(path, box, nodes_first=False)
        if scan.incomplete:
            # Either some nodes stand behind their ways, or the file lacks them.
            scan = _scan(path, box, nodes_first=True)
        if not scan.seen:
            raise InputError("network_no_roads", where=label)
        near = _near(scan, boundary, band_m)
        tags, refs = _said(path, set(near.ids))
    except _BROKEN as problem:
        raise InputError("network_not_readable", where=label, problem=str(problem)) from None
    rows = [tags[key] for key in near.ids]
    return RawRoads(
        tags=pd.DataFrame(rows, columns=[ID, *keys()], dtype=object),
        lines=near.lines,
        nodes=_node_ids(near, refs, scan),
        points=pd.DataFrame(scan.points, columns=no_points().columns).astype({"node": "int64"}),
        record=_record(path, label, scan, boundary, features=len(tags), parts=len(rows)),
        named=pd.DataFrame(scan.named, columns=no_places().columns),
    )


def _scan(path: Path, box: Bounds, *, nodes_first: bool) -> _Scan:
    """Read where the roads lie.

    Parameters
    ----------
    path
        The file.
    box
        Longitudes and latitudes outside which nothing is kept.
    nodes_first
        Read all nodes before all ways, for files that are not sorted.
    """
    scan = _Scan(Places(box))
    make = osmium.geom.WKBFactory().create_linestring
    every = osmium.geom.use_nodes.ALL
    roads = kinds() | set(table("osm")["lifecycle"])
    drawn: list[str] = []
    ids: list[int] = []
    gaps: list[tuple[int, list[tuple[int, float, float]]]] = []
    for one in _objects(path, nodes_first=nodes_first):
        get = one.tags.get
        if one.is_node():
            scan.take(one, get)
            continue
        scan.seen += 1
        if get("highway") not in roads and "highway" in one.tags:
            continue
        try:
            drawn.append(make(one, every))
        except osmium.InvalidLocationError:
            scan.incomplete += 1
            if nodes_first:
                gaps += _stretches(one)
            continue
        except RuntimeError:
            continue  # a way of one node
        ids.append(one.id)
        if len(ids) == _CHUNK:
            scan.places.add(ids, *vertices(drawn))
            drawn, ids = [], []
    if ids:
        scan.places.add(ids, *vertices(drawn))
    if gaps:
        counts = np.array([len(run) for _, run in gaps])
        xy = np.array([place[1:] for _, run in gaps for place in run])
        hit = scan.places.add([key for key, _ in gaps], counts, xy)
        kept = (gaps[place][1] for place in np.flatnonzero(hit))
        scan.pieces = [[place[0] for place in run] for run in kept]
    return scan


def _objects(path: Path, *, nodes_first: bool) -> Iterator[Any]:
    """Yield the telling nodes and all roads, with places."""
    filters = (
        _only(osmium.filter.KeyFilter(*road_keys()), _WAY),
        _only(osmium.filter.KeyFilter("barrier", "noexit", "place"), _NODE),
    )
    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    places.ignore_errors()
    for kinds_read in (_NODE, _WAY) if nodes_first else (_NODE | _WAY,):
        with osmium.io.Reader(str(path), kinds_read) as reader:
            yield from osmium.OsmFileIterator(reader, places, *filters)


def _only(chosen: Any, kind: osmium.osm.osm_entity_bits) -> Any:
    """Return a filter that lets all other kinds of objects pass."""
    chosen.enable_for(kind)
    return chosen


def _stretches(way: Any) -> list[tuple[int, list[tuple[int, float, float]]]]:
    """Return what is left of a way of which nodes are missing: no line leads over a hole."""
    runs: list[list[tuple[int, float, float]]] = [[]]
    for node in way.nodes:
        if node.location.valid():
            runs[-1].append((node.ref, node.location.lon, node.location.lat))
        elif runs[-1]:
            runs.append([])
    return [(way.id, run) for run in runs if len(run) > 1]


def _point(node: Any, get: Any) -> tuple[Any, ...]:
    values = (get(key) for key in table("osm")["access"]["keys"])
    access = next((value for value in values if value), None)
    return (node.id, get("barrier"), get("noexit"), access, node.location.lon, node.location.lat)


def _near(scan: _Scan, boundary: Boundary, band_m: float) -> _Lines:
    """Return the lines near the boundary, in the working system."""
    places = scan.places
    ids = np.concatenate([np.zeros(0, np.int64), *places.ids])
    counts = np.concatenate([np.zeros(0, np.int64), *places.counts])
    xy = np.concatenate([np.zeros((0, 2)), *places.xy])
    owner = np.repeat(np.arange(len(ids)), counts)
    fresh = np.ones(len(xy), dtype=bool)
    fresh[1:] = (xy[1:] != xy[:-1]).any(axis=1) | (owner[1:] != owner[:-1])
    drawable = np.bincount(owner[fresh], minlength=len(ids)) > 1
    used = fresh & drawable[owner]
    change = Transformer.from_crs(WGS84, boundary.crs, always_xy=True)
    moved = np.column_stack(change.transform(*xy[used].T))
    number = np.cumsum(drawable) - 1
    lines = np.zeros(0, dtype=object)
    if len(moved):
        lines = np.asarray(shapely.linestrings(moved, indices=number[owner[used]]), dtype=object)
    rows = np.flatnonzero(drawable)
    near, _ = near_features(lines, ids[rows], boundary, band_m)
    rows = rows[near]
    ends = np.cumsum(counts)
    return _Lines(
        ids=ids[rows].tolist(),
        lines=lines[near],
        piece=(rows - (len(ids) - len(scan.pieces))).tolist(),
        fresh=[fresh[ends[row] - counts[row] : ends[row]] for row in rows],
    )


def _said(path: Path, ids: set[int]) -> tuple[dict[int, list[Any]], dict[int, list[int]]]:
    """Read the tags and nodes of some ways: key values after the id, and node ids, by way."""
    wanted = keys()
    tags: dict[int, list[Any]] = {}
    refs: dict[int, list[int]] = {}
    if not ids:
        return tags, refs
    chosen = _only(osmium.filter.IdFilter(ids), _WAY)
    with osmium.io.Reader(str(path), _WAY) as reader:
        way: Any
        for way in osmium.OsmFileIterator(reader, chosen):
            get = way.tags.get
            key = way.id
            tags[key] = [str(key), *map(get, wanted)]
            refs[key] = [node.ref for node in way.nodes]
    return tags, refs


def _node_ids(near: _Lines, refs: dict[int, list[int]], scan: _Scan) -> NDArray[np.object_]:
    out = np.empty(len(near.ids), dtype=object)
    for row, (key, piece, fresh) in enumerate(zip(near.ids, near.piece, near.fresh, strict=True)):
        own = refs[key] if piece < 0 else scan.pieces[piece]
        out[row] = np.array(own, dtype=np.int64)[fresh]
    return out


def _record(
    path: Path, label: str, scan: _Scan, boundary: Boundary, *, features: int, parts: int
) -> InputRecord:
    notes = []
    if scan.incomplete:
        values: dict[str, object] = {"layer": path.name, "count": scan.incomplete}
        notes.append(
            InputNote("I04", str(Level.NOTICE), "ways_incomplete", values, scan.incomplete)
        )
    extent = scan.places.extent
    if not parts and extent is not None:
        notes.append(nothing_near(extent, WGS84, boundary, layer=path.name))
    return InputRecord(
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
        features_total=scan.seen,
        features_read=features,
        parts=parts,
        notes=tuple(notes),
    )
