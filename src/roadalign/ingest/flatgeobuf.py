"""Whether a FlatGeobuf file is whole.

GDAL follows the offsets in its index wherever they lead, out of the file and the process with it,
and takes a file that ends early for one with fewer features. The layout is checked first: magic
bytes, heading, index (a packed R-tree), then every feature with its length before it. See
https://flatgeobuf.org (specification 3).
"""

from __future__ import annotations

import math
import mmap
import struct
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from roadalign.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.ingest.sources import LayerSource

    Content = bytes | mmap.mmap

FLATGEOBUF = "FlatGeobuf"

_MAGIC = b"fgb"
_PREFIX_BYTES = 12  # magic bytes and the length of the heading
_NODE = np.dtype([("box", "<f8", 4), ("offset", "<u8")])
_COUNT_FIELD, _NODE_SIZE_FIELD = 8, 9  # of the table in the heading
_NODE_SIZE = 16  # children of a node where the heading does not say


def refuse_part_of_flatgeobuf(source: LayerSource) -> None:
    """Raise where a FlatGeobuf file is not whole.

    Parameters
    ----------
    source
        The layer, in a file of its own or in an archive.

    Raises
    ------
    InputError
        ``file_damaged``.
    """
    path = source.files[0]
    if source.opened.startswith("/vsizip/"):
        name = source.opened.partition("}/")[2]
        with zipfile.ZipFile(path) as archive:
            whole = _is_whole(archive.read(name))
    else:
        name = path.name
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            whole = _is_whole(view)
    if not whole:
        raise InputError("file_damaged", where=source.shown, part=name)


def _is_whole(content: Content) -> bool:
    try:
        if content[:3] != _MAGIC:
            return True  # called so, but of another kind: the reader finds out
        heading_end = _PREFIX_BYTES + struct.unpack_from("<I", content, 8)[0]
        count = int(_field(content, _COUNT_FIELD, "<Q", 0))
        node_size = int(_field(content, _NODE_SIZE_FIELD, "<H", _NODE_SIZE))
        levels = _levels(count, node_size, most=len(content))
        start = heading_end + _NODE.itemsize * (levels[-1][1] if levels else 0)
        offsets = _features(content, start)
    except (struct.error, ValueError, IndexError):
        return False
    if offsets is None or (count and len(offsets) != count):
        return False
    return not levels or _leads_inside(content, heading_end, levels, offsets)


def _field(content: Content, number: int, form: str, default: int) -> int:
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


def _features(content: Content, start: int) -> NDArray[np.uint64] | None:
    """Return where each feature begins, counted from the first; ``None`` where one is cut."""
    found = []
    place = start
    while place < len(content):
        found.append(place - start)
        place += 4 + struct.unpack_from("<I", content, place)[0]
    return np.array(found, dtype=np.uint64) if place == len(content) else None


def _leads_inside(
    content: Content, start: int, levels: list[tuple[int, int]], offsets: NDArray[np.uint64]
) -> bool:
    """Whether each node of the index leads to the next level, and the last to features."""
    nodes = np.frombuffer(content, _NODE, levels[-1][1], start)["offset"].copy()
    for (first, end), (below, below_end) in pairwise(levels):
        children = nodes[first:end]
        if not ((children >= below) & (children < below_end)).all():
            return False
    first, end = levels[-1]
    return bool(np.isin(nodes[first:end], offsets).all())
