"""What a FlatGeobuf file holds, feature by feature, and whether it is whole.

GDAL follows the offsets in its index wherever they lead, out of the file and the process with it,
and takes a file that ends early for one with fewer features. The layout is checked first: magic
bytes, heading, index (a packed R-tree), then every feature with its length before it. The boxes
come from the coordinates of the features, and the leaves of the index are compared with them. What
is not found: a damaged byte in an attribute, or in the description of the fields, for there are no
checksums. See https://flatgeobuf.org (specification 3).
"""

from __future__ import annotations

import math
import struct
from itertools import pairwise
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
from roadalign.formats.integrity.files import bytes_of, path_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.integrity.content import Boxes, Bytes, Places
    from roadalign.formats.layer_source import LayerSource
    from roadalign.model.run import InputNote

FLATGEOBUF = "FlatGeobuf"

MAGIC = b"fgb"
_PREFIX_BYTES = 12  # magic bytes and the length of the heading
_NODE = np.dtype([("box", "<f8", 4), ("offset", "<u8")])
_KIND_FIELD, _COUNT_FIELD, _NODE_SIZE_FIELD = 2, 8, 9  # of the table in the heading
_ARCS, _LAST_ARC = 8, 14  # kinds of curves, of a geometry and of a layer
_GEOMETRY, _XY, _KIND, _PARTS = 0, 1, 6, 7  # fields of a feature, and of a geometry
_DEEPEST_PART = 8  # a collection of groups of areas with rings has four
_LENGTH_BYTES = 4
_NODE_SIZE = 16  # children of a node where the heading does not say


class _Layout(NamedTuple):
    starts: Places  # of the features, behind their lengths
    ends: Places
    leaves: NDArray[np.void] | None  # of the index
    curved: bool  # whether all of them are curves


def flatgeobuf_content(source: LayerSource) -> Content | None:
    """Return what the features of a FlatGeobuf file are.

    Parameters
    ----------
    source
        The layer, in a file of its own or in an archive.

    Returns
    -------
    Content
        ``None`` where it is called so, but is of another kind.

    Raises
    ------
    InputError
        ``file_damaged`` where the file is not whole.
    """
    path = path_of(source)
    with bytes_of(source, path) as data:
        if data[:3].tobytes() != MAGIC:
            return None
        layout = _layout(data)
        if layout is None:
            raise InputError("file_damaged", where=source.shown, part=Path(path).name)
        boxes, odd, curved = _geometries(data, layout)
    notes: list[InputNote] = []
    if odd.any():
        notes.append(damage_note(source.layer, "features_damaged", int(odd.sum())))
    if layout.leaves is not None:
        apart = outside(boxes, layout.leaves["box"])
        if apart.any():
            count = int(apart.sum())
            notes.append(index_note(source.layer, lacking=0, more=0, elsewhere=count))
    # An arc reaches further than its points.
    return Content(np.arange(len(boxes)), boxes, tuple(notes), unsure=curved)


def _layout(data: Bytes) -> _Layout | None:
    """Return where everything is, ``None`` where something leads elsewhere."""
    content = data.data
    try:
        heading_end = _PREFIX_BYTES + struct.unpack_from("<I", content, 8)[0]
        count = int(_field(content, _COUNT_FIELD, "<Q", 0))
        kind = int(_field(content, _KIND_FIELD, "<B", 0))
        node_size = int(_field(content, _NODE_SIZE_FIELD, "<H", _NODE_SIZE))
        levels = _levels(count, node_size, most=len(content))
        start = heading_end + _NODE.itemsize * (levels[-1][1] if levels else 0)
        offsets = _features(content, start)
        if offsets is None or (count and len(offsets) != count):
            return None
        leaves = None
        if levels:
            leaves = _leaves(content, heading_end, levels, offsets)
            if leaves is None:
                return None
    except (struct.error, ValueError, IndexError):
        return None
    starts = offsets.astype(np.int64) + start + _LENGTH_BYTES
    ends = np.append(starts[1:] - _LENGTH_BYTES, len(content))
    return _Layout(starts, ends, leaves, _ARCS <= kind <= _LAST_ARC)


def _geometries(data: Bytes, layout: _Layout) -> tuple[Boxes, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the box of each feature, NaN for one without a geometry, which are odd, which curves.

    A feature is a flatbuffer: an offset to a table, before it an offset back to the list of its
    fields, each field an offset again; 0 where it is left out. A geometry with parts (areas, and
    curves) holds its coordinates in these.
    """
    features = len(layout.starts)
    odd = np.zeros(features, dtype=bool)
    curved = np.full(features, layout.curved)
    owner = np.arange(features)
    table = _followed(data, layout.starts, owner, layout, odd)
    geometry = _at(data, table, _GEOMETRY, owner, layout, odd)
    found: list[Runs] = []
    level = owner[geometry >= 0], geometry[geometry >= 0]
    for _ in range(_DEEPEST_PART):
        own, place = level
        if not len(own):
            break
        curved[own[_curves(data, place, own, layout)]] = True
        xy = _at(data, place, _XY, own, layout, odd)
        held = xy >= 0
        own_xy, at = own[held], xy[held]
        numbers = whole_numbers(data, at, form="<u4")
        fits = at + 4 + 8 * numbers <= layout.ends[own_xy]
        odd[own_xy[~fits | (numbers % 2 == 1)]] = True
        own_xy, at, numbers = own_xy[fits], at[fits], numbers[fits]
        two = np.full(len(at), 2)
        found.append(Runs(own_xy, at + 4, numbers // 2, two))
        level = _parts(data, own, place, layout, odd)
    if not found:
        return np.full((features, 4), np.nan), odd, curved
    runs = Runs(*(np.concatenate(part) for part in zip(*found, strict=True)))
    boxes = boxes_of(data, runs, features=features)
    boxes[odd] = np.nan
    return boxes, odd, curved


def _parts(
    data: Bytes, own: Places, place: Places, layout: _Layout, odd: NDArray[np.bool_]
) -> tuple[Places, Places]:
    """Return the parts of geometries that have any, with the feature each belongs to."""
    at = _at(data, place, _PARTS, own, layout, odd)
    own, at = own[at >= 0], at[at >= 0]
    if not len(at):
        return own, at
    count = whole_numbers(data, at, form="<u4")
    fits = at + 4 + 4 * count <= layout.ends[own]
    odd[own[~fits]] = True
    own, at, count = own[fits], at[fits], count[fits]
    inner = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    owner = np.repeat(own, count)
    entry = np.repeat(at, count) + 4 + 4 * inner
    place = _followed(data, entry, owner, layout, odd)
    return owner[place >= 0], place[place >= 0]


def _curves(data: Bytes, table: Places, owner: Places, layout: _Layout) -> NDArray[np.bool_]:
    """Whether each geometry says of itself that it is a curve; what is odd is found elsewhere."""
    found = np.zeros(len(table), dtype=bool)
    rows, entry = _entries(data, table, _KIND, owner, layout)[:2]
    inside = entry < layout.ends[owner[rows]]
    kinds = data[entry[inside]]
    found[rows[inside]] = (kinds >= _ARCS) & (kinds <= _LAST_ARC)
    return found


def _at(
    data: Bytes, table: Places, field: int, owner: Places, layout: _Layout, odd: NDArray[np.bool_]
) -> Places:
    """Return where a field of each table leads, -1 where it is left out or leads outside."""
    found = np.full(len(table), -1, dtype=np.int64)
    rows, entry, outside_rows = _entries(data, table, field, owner, layout)
    odd[owner[outside_rows]] = True
    found[rows] = _followed(data, entry, owner[rows], layout, odd)
    return found


def _entries(
    data: Bytes, table: Places, field: int, owner: Places, layout: _Layout
) -> tuple[Places, Places, Places]:
    """Return which tables have a field, where it stands, and which tables lead outside."""
    rows = np.flatnonzero(table >= 0)
    back = whole_numbers(data, table[rows], form="<i4")
    fields = table[rows] - back
    begin, end = layout.starts[owner[rows]], layout.ends[owner[rows]]
    inside = (fields >= begin) & (fields + 4 <= end)
    outside_rows = rows[~inside]
    rows, fields, end = rows[inside], fields[inside], end[inside]
    length = whole_numbers(data, fields, form="<u2")
    place = fields + 4 + 2 * field
    there = (4 + 2 * field + 2 <= length) & (place + 2 <= end)
    rows, place = rows[there], place[there]
    step = whole_numbers(data, place, form="<u2")
    rows, step = rows[step > 0], step[step > 0]
    return rows, table[rows] + step, outside_rows


def _followed(
    data: Bytes, at: Places, owner: Places, layout: _Layout, odd: NDArray[np.bool_]
) -> Places:
    """Return where an offset leads from where it stands, -1 where that is outside its feature."""
    found = np.full(len(at), -1, dtype=np.int64)
    rows = np.flatnonzero((at >= layout.starts[owner]) & (at + 4 <= layout.ends[owner]))
    target = at[rows] + whole_numbers(data, at[rows], form="<u4")
    inside = target + 4 <= layout.ends[owner[rows]]
    found[rows[inside]] = target[inside]
    odd[owner[found < 0]] = True
    return found


def _field(content: memoryview, number: int, form: str, default: int) -> int:
    """Return one number of the table in the heading, a flatbuffer."""
    table = _PREFIX_BYTES + struct.unpack_from("<I", content, _PREFIX_BYTES)[0]
    fields = table - struct.unpack_from("<i", content, table)[0]
    length = struct.unpack_from("<H", content, fields)[0]
    place = 4 + 2 * number
    inside = struct.unpack_from("<H", content, fields + place)[0] if place < length else 0
    value: int = struct.unpack_from(form, content, table + inside)[0] if inside else default
    return value


def _levels(count: int, node_size: int, *, most: int) -> list[tuple[int, int]]:
    """Return first node and end of each level of the index, the root's first."""
    if not count or not node_size:
        return []
    if node_size == 1 or count > most:
        raise ValueError(node_size, count)
    sizes = [count]
    while sizes[-1] > 1:
        sizes.append(math.ceil(sizes[-1] / node_size))
    if len(sizes) == 1:
        sizes.append(1)  # a single feature has a root above it
    ends = np.cumsum(sizes[::-1]).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _features(content: memoryview, start: int) -> NDArray[np.uint64] | None:
    """Return where each feature begins, counted from the first; ``None`` where one is cut."""
    found = []
    place = start
    while place < len(content):
        found.append(place - start)
        place += 4 + struct.unpack_from("<I", content, place)[0]
    return np.array(found, dtype=np.uint64) if place == len(content) else None


def _leaves(
    content: memoryview, start: int, levels: list[tuple[int, int]], offsets: NDArray[np.uint64]
) -> NDArray[np.void] | None:
    """Return the leaves of the index; ``None`` where a node does not lead to what is below it."""
    nodes = np.frombuffer(content, _NODE, levels[-1][1], start)
    for (first, end), (below, below_end) in pairwise(levels):
        children = nodes["offset"][first:end]
        if not ((children >= below) & (children < below_end)).all():
            return None
    leaves = nodes[levels[-1][0] : levels[-1][1]]
    # GDAL finds a feature of a number by the leaf of that number.
    return leaves.copy() if np.array_equal(leaves["offset"], offsets) else None
