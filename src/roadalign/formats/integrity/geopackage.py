"""What a GeoPackage holds, row by row, and whether its spatial index knows it.

The boxes come from the coordinates of the rows. Three other places state them again: the heading
of each geometry, the R-tree, and the table of contents; and two state how many there are. A row
that only the R-tree knows may have been lost with a damaged page. SQLite's own check of the pages
comes first. What is not found: a damaged byte in an attribute, or in a coordinate that stays inside
the box stated for it, for there are no checksums. The file is opened read-only and never written.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import numpy as np

from roadalign.errors import InputError
from roadalign.formats.integrity.content import Content, damage_note, index_note, outside
from roadalign.formats.integrity.files import bytes_of, is_zipped, path_of
from roadalign.formats.integrity.wkb import wkb_boxes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.integrity.content import Boxes, Places
    from roadalign.formats.layer_source import LayerSource
    from roadalign.model.run import InputNote

MAGIC = b"SQLite format 3\0"

_BLOCK_ROWS = 20_000
_HEADING = 8  # magic letters, version, flags and reference system of a geometry
_ENVELOPES = (0, 32, 48, 48, 64)  # bytes of the box in the heading, by its kind
_EMPTY = 0x10
_CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])
_DEEPEST = 40  # levels of an R-tree in SQLite
_WRITE_AHEAD = 18  # byte that says whether changes are kept beside the file
# What the check of the pages says of values, not of pages.
_OF_VALUES = ("NULL value in", "CHECK constraint", "TEXT value in", "NUMERIC value in", "non-INT")


class _Table(NamedTuple):
    name: str
    geometry: str


class _Rows(NamedTuple):
    ids: Places
    boxes: Boxes
    stated: Boxes
    whole: NDArray[np.bool_]
    missing: NDArray[np.bool_]
    curved: NDArray[np.bool_]


def geopackage_content(source: LayerSource) -> Content | None:
    """Return what the rows of a layer in a GeoPackage hold.

    Parameters
    ----------
    source
        The layer.

    Returns
    -------
    Content
        ``None`` where it is no table, holds arcs, or SQLite as it is built here cannot read it.

    Raises
    ------
    InputError
        ``file_damaged`` where its pages do not fit together.
    """
    name = Path(path_of(source)).name
    try:
        with closing(_opened(source)) as base:
            _refuse_damaged(base, source, name)
            table = _table(base, source)
            return None if table is None else _content(base, table, source.layer)
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError:
        raise InputError("file_damaged", where=source.shown, part=name) from None


def refuse_unmerged(path: Path, *, label: str) -> None:
    """Raise where another program left changes beside a database: a copy of it would lack them.

    Before any reader opens it: SQLite would merge them into the file, which is not ours to change.

    Parameters
    ----------
    path
        Any file.
    label
        How to name it in an error.

    Raises
    ------
    InputError
        ``changes_beside``.
    """
    for ending in ("-wal", "-journal"):
        other = path.with_name(path.name + ending)
        if other.is_file() and other.stat().st_size:
            raise InputError("changes_beside", where=label, part=other.name)


def _opened(source: LayerSource) -> sqlite3.Connection:
    if is_zipped(source):
        base = sqlite3.connect(":memory:")
        with bytes_of(source, path_of(source)) as data:
            content = bytearray(data)
        content[_WRITE_AHEAD : _WRITE_AHEAD + 2] = b"\1\1"  # nothing is beside it
        base.deserialize(bytes(content))
    else:
        path = quote(str(Path(path_of(source)).resolve()))
        # Immutable: no lock, and no file made beside it.
        base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA query_only = ON")
    base.text_factory = lambda text: text.decode("utf-8", errors="replace")
    return base


def _refuse_damaged(base: sqlite3.Connection, source: LayerSource, name: str) -> None:
    said = [str(row[0]) for row in base.execute("PRAGMA quick_check")]
    bad = [
        one
        for one in said
        if one != "ok" and not one.startswith(_OF_VALUES) and "rtree" not in one.lower()
    ]
    if bad:
        raise InputError("file_damaged", where=source.shown, part=name)


def _table(base: sqlite3.Connection, source: LayerSource) -> _Table | None:
    found = base.execute(
        "SELECT g.table_name, g.column_name FROM gpkg_geometry_columns g JOIN sqlite_master m "
        "ON lower(m.name) = lower(g.table_name) AND m.type = 'table'"
    ).fetchall()
    named = [row for row in found if row[0] in (source.gdal_layer, source.layer)]
    return _Table(*named[0]) if len(named) == 1 else None


def _content(base: sqlite3.Connection, table: _Table, layer: str) -> Content | None:
    rows = _rows(base, table)
    if rows.curved.any():
        return None  # an arc reaches further than its points: GDAL has to say how far
    notes: list[InputNote] = []
    if not rows.whole.all():
        notes.append(damage_note(layer, "features_damaged", int((~rows.whole).sum())))
    apart = outside(rows.boxes, rows.stated) & rows.whole
    reach = _joined(rows.boxes, rows.stated, apart)
    known = _index(base, table)
    if known is not None:
        ids, indexed = known
        place = np.minimum(np.searchsorted(ids, rows.ids), max(len(ids) - 1, 0))
        both = ids[place] == rows.ids if len(ids) else np.zeros(len(rows.ids), dtype=bool)
        elsewhere = np.zeros(len(both), dtype=bool)
        elsewhere[both] = outside(rows.boxes[both], indexed[place[both]])
        reach[both] = _joined(reach[both], indexed[place[both]], elsewhere[both])
        lacking = int((~both & ~rows.missing).sum())
        more = len(ids) - int(both.sum())
        # Where both say so against the coordinates, these are in doubt and not the index.
        alone = elsewhere & ~apart
        apart &= elsewhere | ~both
        if lacking or more or alone.any():
            notes.append(index_note(layer, lacking=lacking, more=more, elsewhere=int(alone.sum())))
    if apart.any():
        notes.append(damage_note(layer, "features_outside", int(apart.sum())))
    stated = _stated_count(base, table)
    if stated is not None and stated != len(rows.ids):
        notes.append(damage_note(layer, "count_differs", len(rows.ids), stated=stated))
    return Content(rows.ids, rows.boxes, tuple(notes), doubtful=reach)


def _joined(one: Boxes, other: Boxes, differing: NDArray[np.bool_]) -> Boxes:
    """Return boxes that hold both where they differ; NaN stays, for such a feature is read."""
    out = one.copy()
    low, high = out[differing, :2], out[differing, 2:]
    out[differing, :2] = np.minimum(low, other[differing, :2])
    out[differing, 2:] = np.maximum(high, other[differing, 2:])
    return out


def _rows(base: sqlite3.Connection, table: _Table) -> _Rows:
    name, column = _quoted(table.name), _quoted(table.geometry)
    cursor = base.execute(f"SELECT rowid, {column} FROM {name} ORDER BY rowid")  # noqa: S608  (quoted)
    blocks = [_geometries([])]
    while block := cursor.fetchmany(_BLOCK_ROWS):
        blocks.append(_geometries(block))
    return _Rows(*(np.concatenate(part) for part in zip(*blocks, strict=True)))


def _geometries(block: list[tuple[int, object]]) -> _Rows:
    ids = np.array([row[0] for row in block], dtype=np.int64)
    blobs = [blob if isinstance(blob, bytes) else b"" for _, blob in block]
    odd = np.array([not isinstance(blob, bytes | type(None)) for _, blob in block], dtype=bool)
    data = np.frombuffer(b"".join(blobs) + bytes(_HEADING), dtype=np.uint8)
    lengths = np.array([len(blob) for blob in blobs], dtype=np.int64)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    missing = lengths == 0
    flags = np.where(missing, 0, data[begins + 3])
    kind = (flags >> 1) & 7
    headed = (data[begins] == ord("G")) & (data[begins + 1] == ord("P")) & (data[begins + 2] == 0)
    headed &= (kind < len(_ENVELOPES)) & (flags < 2 * _EMPTY)
    width = np.array([*_ENVELOPES, 0, 0, 0])[kind]
    headed &= lengths >= _HEADING + width
    # Where the heading is damaged there is nothing to look through.
    starts = np.where(headed, begins + _HEADING + width, ends)
    boxes, whole, curved = wkb_boxes(data, starts, ends)
    stated = np.full((len(blobs), 4), np.nan)
    stated[:, :2], stated[:, 2:] = -np.inf, np.inf
    for form, order in (("<f8", 1), (">f8", 0)):
        with_box = np.flatnonzero(headed & (width > 0) & ((flags & 1) == order))
        raw = data[(begins[with_box] + _HEADING)[:, None] + np.arange(32)]
        west, east, south, north = np.ascontiguousarray(raw).view(form).astype(float).T
        stated[with_box] = np.column_stack([west, south, east, north])
    empty = (flags & _EMPTY) > 0
    # What is drawn may not say that it is empty, for the reader believes it.
    whole &= (headed & ~(empty & np.isfinite(boxes).all(axis=1))) | missing
    whole &= ~odd
    boxes[empty] = np.nan
    without_box = np.isnan(stated).any(axis=1)
    stated[without_box, :2], stated[without_box, 2:] = -np.inf, np.inf
    return _Rows(ids, boxes, stated, whole, missing | empty, curved)


def _index(base: sqlite3.Connection, table: _Table) -> tuple[Places, Boxes] | None:
    """Return the numbers and boxes in the R-tree, ``None`` where there is none."""
    name = f"rtree_{table.name}_{table.geometry}_node"
    there = base.execute(
        "SELECT name FROM sqlite_master WHERE lower(name) = lower(?)", (name,)
    ).fetchone()
    if there is None:
        return None
    # From the nodes themselves: SQLite need not be built with R-trees, and is slower.
    rows = base.execute(f"SELECT nodeno, data FROM {_quoted(there[0])}").fetchall()  # noqa: S608
    nodes = {int(number): data for number, data in rows if isinstance(data, bytes)}
    empty = np.zeros(0, dtype=_CELL)
    level, cells = [1], empty
    depth = int.from_bytes(nodes.get(1, b"")[:2], "big")
    for _ in range(min(depth, _DEEPEST) + 1):
        found = [_cells(nodes.pop(number, b"")) for number in level]
        cells = np.concatenate(found) if found else empty
        level = cells["id"].tolist()
    west, east, south, north = cells["box"].astype(float).T
    boxes = np.column_stack([west, south, east, north])
    ids, first = np.unique(cells["id"].astype(np.int64), return_index=True)
    return ids, boxes[first]


def _cells(node: bytes) -> NDArray[np.void]:
    count = int.from_bytes(node[2:4], "big")
    most = max(len(node) - 4, 0) // _CELL.itemsize
    return np.frombuffer(node, _CELL, min(count, most), 4) if count and most else np.zeros(0, _CELL)


def _stated_count(base: sqlite3.Connection, table: _Table) -> int | None:
    try:
        found = base.execute(
            "SELECT feature_count FROM gpkg_ogr_contents WHERE lower(table_name) = lower(?)",
            (table.name,),
        ).fetchone()
    except sqlite3.OperationalError:
        return None  # an extension of GDAL's, which others need not write
    return int(found[0]) if found and isinstance(found[0], int) else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
