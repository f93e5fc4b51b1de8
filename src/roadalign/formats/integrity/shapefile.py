"""What a shapefile holds, record by record, and whether its parts fit together.

GDAL takes the place of each record from the .shx, a box from each record, and where there is a
.qix or .sbn the numbers of the records near. Each may be old or damaged. Here every entry of the
.shx must lead to the record of its number and length, and the boxes come from the coordinates;
.qix and .sbn are never used. What is not found: a damaged byte in an attribute, in the name of a
field, or in a coordinate that stays inside the box of its record, for there are no checksums.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from roadalign.errors import InputError
from roadalign.formats.integrity.content import (
    Content,
    Runs,
    boxes_of,
    damage_note,
    index_note,
    outside,
    whole_numbers,
)
from roadalign.formats.integrity.files import beside, bytes_of, path_of
from roadalign.model.run import InputNote
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.integrity.content import Boxes, Bytes, Places
    from roadalign.formats.layer_source import LayerSource

_HEADING = 100
_MAGIC = 9994
_ENTRY = np.dtype([("offset", ">u4"), ("length", ">u4")])
_POINTS, _GROUPS, _MANY_POINTS, _PATCHES = {1, 11, 21}, {3, 5, 13, 15, 23, 25}, {8, 18, 28}, {31}
_HEIGHTS, _MEASURES = range(11, 20), range(21, 30)
_FIELD = 32  # bytes of the description of a field, and of the heading before
_END_OF_FIELDS = 0x0D
_DELETED = ord("*")
_WIDTHS = {
    **dict.fromkeys(b"CNFM", range(1, 256)),
    **dict.fromkeys(b"DTY@O", range(8, 9)),
    **dict.fromkeys(b"I+", range(4, 5)),
    **dict.fromkeys(b"BGPQVWX0", range(1, 256)),
    ord("L"): range(1, 2),
}
"""Bytes a field of each kind may have."""


class _Records(NamedTuple):
    starts: Places  # of the content, behind number and length
    lengths: Places  # of the content, in bytes


def shapefile_content(source: LayerSource) -> Content | None:
    """Return what the records of a shapefile hold.

    Parameters
    ----------
    source
        The layer; its .shp and .shx exist.

    Returns
    -------
    Content
        ``None`` where it is called so, but is of another kind.

    Raises
    ------
    InputError
        ``shapefile_parts_differ`` where .shp, .shx and .dbf do not fit together.
    """
    shp, shx, dbf = path_of(source), beside(source, ".shx"), beside(source, ".dbf")
    with bytes_of(source, shp) as data:
        if len(data) < _HEADING or _big(data, 0) != _MAGIC or shx is None:
            return None
        with bytes_of(source, shx) as index:
            records = _records(source, data, index, names=(shp, shx))
        kind = int.from_bytes(data[32:36].tobytes(), "little")
        boxes, stated, whole = _geometries(data, records, kind)
    deleted = np.zeros(len(boxes), dtype=bool)
    if dbf is not None:
        with bytes_of(source, dbf) as table:
            deleted = _deleted(source, table, len(boxes), names=(shp, dbf))
    notes = _notes(source, boxes, stated, whole, deleted)
    ids = np.flatnonzero(~deleted)
    return Content(ids, boxes[~deleted], tuple(notes))


def _notes(
    source: LayerSource,
    boxes: Boxes,
    stated: Boxes,
    whole: NDArray[np.bool_],
    deleted: NDArray[np.bool_],
) -> list[InputNote]:
    layer, notes = source.layer, []
    here = ~deleted
    if (~whole & here).any():
        notes.append(damage_note(layer, "features_damaged", int((~whole & here).sum())))
    apart = outside(boxes, stated) & whole & here
    if apart.any():
        notes.append(damage_note(layer, "features_outside", int(apart.sum())))
    if deleted.any():
        count = int(deleted.sum())
        values: dict[str, object] = {"layer": layer, "count": count}
        notes.append(InputNote("I04", Severity.NOTICE, "features_deleted", values, count))
    known = _indexed(source)
    if known is not None and known != len(boxes):
        lacking, more = max(len(boxes) - known, 0), max(known - len(boxes), 0)
        note = index_note(layer, lacking=lacking, more=more, elsewhere=0)
        notes.append(note)
    return notes


def _records(source: LayerSource, data: Bytes, index: Bytes, *, names: tuple[str, str]) -> _Records:
    """Return where the records are; each is found by the .shx and says so itself."""
    size = len(index) - _HEADING
    fits = size >= 0 and size % _ENTRY.itemsize == 0 and 2 * _big(index, 24) == len(index)
    end = 2 * _big(data, 24)
    if fits:
        entries = np.frombuffer(index.tobytes(), _ENTRY, offset=_HEADING)
        starts = 2 * entries["offset"].astype(np.int64)
        lengths = 2 * entries["length"].astype(np.int64)
        fits = bool((starts >= _HEADING).all() and (starts + 8 + lengths <= end).all())
        fits = fits and end <= len(data)
    if fits:
        number = whole_numbers(data, starts, form=">u4")
        stated = 2 * whole_numbers(data, starts + 4, form=">u4")
        fits = bool((number == np.arange(1, len(starts) + 1)).all() and (stated == lengths).all())
        fits = fits and _all_reached(data, starts, lengths, end)
    if not fits:
        raise InputError("shapefile_parts_differ", where=source.shown, parts=_named(names))
    return _Records(starts + 8, lengths)


def _all_reached(data: Bytes, starts: Places, lengths: Places, end: int) -> bool:
    """Whether what lies between the records is only older drafts of them.

    Programs that lengthen a road write it again at the end; a record of a higher number is one
    that the .shx lacks.
    """
    order = np.argsort(starts, kind="stable")
    begins = np.append(starts[order], end)
    ends = np.append(_HEADING, starts[order] + 8 + lengths[order])
    if (begins < ends).any():
        return False
    for gap in np.flatnonzero(begins > ends):
        place = int(ends[gap])
        while place + 8 <= begins[gap]:
            if not 1 <= _big(data, place) <= len(starts):
                return False
            place += 8 + 2 * _big(data, place + 4)
    return True


def _geometries(
    data: Bytes, records: _Records, kind: int
) -> tuple[Boxes, Boxes, NDArray[np.bool_]]:
    """Return the box by the coordinates, the box stated, and whether each record is whole."""
    starts, lengths = records
    features = len(starts)
    boxes, stated = np.full((features, 4), np.nan), np.full((features, 4), np.nan)
    stated[:, :2], stated[:, 2:] = -np.inf, np.inf
    kinds = np.full(features, -1)
    typed = lengths >= 4  # noqa: PLR2004
    kinds[typed] = whole_numbers(data, starts[typed], form="<u4")
    whole = (kinds == kind) | (kinds == 0)
    numbers = np.full(features, 2)
    if kind in _POINTS:
        rows = np.flatnonzero((kinds == kind) & (lengths >= 20))  # noqa: PLR2004
        runs = Runs(rows, starts[rows] + 4, np.ones(len(rows), dtype=np.int64), numbers[rows])
        return boxes_of(data, runs, features=features), stated, whole
    parts_size = {**dict.fromkeys(_GROUPS, 4), **dict.fromkeys(_PATCHES, 8)}.get(kind, 0)
    heading = 44 if parts_size else 40
    if not parts_size and kind not in _MANY_POINTS:
        return boxes, stated, whole
    rows = np.flatnonzero(kinds == kind)
    long_enough = lengths[rows] >= heading
    whole[rows[~long_enough]] = False
    rows = rows[long_enough]
    parts = np.zeros(len(rows), dtype=np.int64)
    if parts_size:
        parts = whole_numbers(data, starts[rows] + 36, form="<u4")
    points = whole_numbers(data, starts[rows] + heading - 4, form="<u4")
    at = heading + parts_size * parts
    fits = _fitting(lengths[rows] - at - 16 * points, points, kind)
    if parts_size:
        fits &= _ordered(data, starts[rows] + heading, parts, points, fits)
    whole[rows[~fits]] = False
    rows, at, points = rows[fits], at[fits], points[fits]
    runs = Runs(rows, starts[rows] + at, points, numbers[rows])
    corners = Runs(rows, starts[rows] + 4, np.full(len(rows), 2), numbers[rows])
    stated[rows] = boxes_of(data, corners, features=features)[rows]
    return boxes_of(data, runs, features=features), stated, whole


def _fitting(tail: NDArray[np.int64], points: Places, kind: int) -> NDArray[np.bool_]:
    """Whether what is left of each record behind its points is heights and measures, or nothing."""
    along = 16 + 8 * points  # their least and largest, and one for each point
    if kind in _HEIGHTS or kind in _PATCHES:
        return np.asarray((tail == along) | (tail == 2 * along), dtype=bool)
    if kind in _MEASURES:
        return np.asarray((tail == 0) | (tail == along), dtype=bool)
    return np.asarray(tail == 0, dtype=bool)


def _ordered(
    data: Bytes, at: Places, parts: Places, points: Places, fits: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether the parts of each record begin at its first point and follow each other."""
    found = np.ones(len(at), dtype=bool)
    rows = np.flatnonzero(fits & (parts > 0))
    counts = parts[rows]
    if not len(rows):
        return np.asarray((parts > 0) | (points == 0), dtype=bool)
    begins = np.cumsum(counts) - counts
    owner = np.repeat(rows, counts)
    inner = np.arange(len(owner)) - np.repeat(begins, counts)
    first = whole_numbers(data, at[owner] + 4 * inner, form="<u4")
    previous = np.where(inner == 0, -1, np.roll(first, 1))
    bad = (first <= previous) | (first >= points[owner]) | ((inner == 0) & (first != 0))
    found[owner[bad]] = False
    return np.asarray(found & ((parts > 0) | (points == 0)), dtype=bool)


def _deleted(
    source: LayerSource, table: Bytes, features: int, *, names: tuple[str, str]
) -> NDArray[np.bool_]:
    """Return which rows of the attribute file are marked as deleted."""
    heading = table[:_FIELD].tobytes()
    count = int.from_bytes(heading[4:8], "little")
    begin, length = (int.from_bytes(heading[at : at + 2], "little") for at in (8, 10))
    fits = count == features and length > 0 and begin + count * length <= len(table)
    flags = np.zeros(0, dtype=np.uint8)
    if fits:
        flags = table[begin : begin + count * length : length]
        fits = _described(table[:begin].tobytes(), length, flags)
    if not fits:
        raise InputError("shapefile_parts_differ", where=source.shown, parts=_named(names))
    return np.asarray(flags == _DELETED)


def _described(heading: bytes, length: int, flags: Bytes) -> bool:
    """Whether the fields make up a row, and the rows begin where the heading ends."""
    place, width = _FIELD, 1
    while place + 1 <= len(heading) and heading[place] != _END_OF_FIELDS:
        if place + _FIELD > len(heading):
            return False
        kind, own = heading[place + 11], heading[place + 16]
        if own not in _WIDTHS.get(kind, ()):
            return False
        place, width = place + _FIELD, width + own
    if place >= len(heading) or width != length:
        return False
    # Some programs leave room behind the fields; then the marks of the rows tell.
    return place + 1 == len(heading) or bool(np.isin(flags, (ord(" "), _DELETED)).all())


def _indexed(source: LayerSource) -> int | None:
    """Return how many features a .qix or .sbn beside the file knows; neither is ever used."""
    qix, sbn = beside(source, ".qix"), beside(source, ".sbn")
    if qix is not None:
        with bytes_of(source, qix) as data:
            if len(data) >= 16 and data[:3].tobytes() == b"SQT":  # noqa: PLR2004
                if data[3] == 2:  # noqa: PLR2004
                    return _big(data, 8)
                return int.from_bytes(data[8:12].tobytes(), "little")
    if sbn is not None:
        with bytes_of(source, sbn) as data:
            if len(data) >= _HEADING:
                return _big(data, 28)
    return None


def _big(data: Bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4].tobytes(), "big")


def _named(names: tuple[str, str]) -> str:
    return ", ".join(Path(name).name for name in names)
