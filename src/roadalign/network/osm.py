"""The roads near a boundary, out of a file of OpenStreetMap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.attributes.osm_keys import ID, keys
from roadalign.formats.input_records import checksum, size_bytes
from roadalign.formats.nearby import band_around, near_features, nothing_near
from roadalign.formats.osm.found import DrawnLines, Found, T, drawn_lines
from roadalign.formats.osm.layer import WORLD, find_ways, notes_of, ways_said
from roadalign.formats.text_encoding import FORMAT_KNOWS
from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.model.run import InputRecord
from roadalign.model.words import Role
from roadalign.network.raw import RawRoads, no_places, no_points

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from roadalign.model.result import Boundary


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

    found = find_ways(path, label, WORLD if area is None else area.bounds, say)
    lines = drawn_lines(found)
    change = find_transformer(WGS84, boundary.crs)
    moved = lines.shapes(np.column_stack(change.transform(*lines.xy.T)))
    near, lost = near_features(moved, lines.ids, boundary, band_m)
    rows = np.flatnonzero(near)
    ids = lines.ids[rows].tolist()
    said = ways_said(found, ids, label)
    notes = notes_of(found, path.name, without_line=found.short + lines.points + lost)
    extent = found.places.extent
    if not len(rows) and extent is not None:
        notes.append(nothing_near(extent, WGS84, boundary, layer=path.name))
    record = InputRecord(
        role=Role.NETWORK,
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
        fields={},
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


def _node_ids(
    rows: NDArray[np.int64], lines: DrawnLines, found: Found[T], refs: dict[int, list[int]]
) -> NDArray[np.object_]:
    out = np.empty(len(rows), dtype=object)
    for place, row in enumerate(rows):
        piece = int(lines.piece[row])
        own = refs[int(lines.ids[row])] if piece < 0 else found.pieces[piece]
        out[place] = np.array(own, dtype=np.int64)[lines.fresh[row]]
    return out
