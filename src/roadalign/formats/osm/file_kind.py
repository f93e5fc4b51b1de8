"""What kind of OpenStreetMap file a file is, before its objects are looked at."""

from __future__ import annotations

import bz2
import gzip
import zlib
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import osmium

from roadalign.errors import InputError
from roadalign.formats.file_integrity import ARCHIVE_MAX_RATIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

NODE, WAY = osmium.osm.NODE, osmium.osm.WAY
_BLOCK_BYTES = 1 << 20
_RATIO_FROM_BYTES = 64 << 20
_MARK = b"action"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_SORTED = "Type_then_ID"
_OBJECTS = ("node", "way")


def refuse_no_state(path: Path, *, label: str) -> None:
    """Raise where a file does not say how the world is, but what was changed in it, or ever was.

    Parameters
    ----------
    path, label
        The file, and how the user named it.

    Raises
    ------
    InputError
        ``osm_changes`` for a change file, whatever it is called; ``osm_history`` where the file
        calls itself a history.
    """
    kinds = _suffixes(path)
    if ".osc" in kinds:
        raise InputError("osm_changes", where=label)
    if ".osh" in kinds:
        raise InputError("osm_history", where=label)
    with osmium.io.Reader(str(path), NODE | WAY) as reader:
        several = reader.header().has_multiple_object_versions
    if several:
        raise InputError("osm_history" if is_binary(path) else "osm_changes", where=label)


def is_binary(path: Path) -> bool:
    """Whether a file is one of Protocol Buffers, by its name, as pyosmium takes it."""
    return ".pbf" in _suffixes(path)


def in_order(path: Path) -> bool:
    """Whether each node and way of a file stands in it once, sorted by positive ids, undeleted.

    A binary file may state it; of all others every object is looked at.
    """
    if any(deleted_in_editor(path).values()):
        return False
    with osmium.io.Reader(str(path), NODE | WAY) as reader:
        if reader.header().get("sorting") == _SORTED:
            return True
        last = {True: 0, False: 0}
        one: Any
        for one in osmium.OsmFileIterator(reader):
            key, node = one.id, one.is_node()
            if key <= last[node] or not one.visible:
                return False
            last[node] = key
    return True


def deleted_in_editor(path: Path) -> dict[str, set[int]]:
    """Return which nodes and ways are marked as deleted by JOSM, by their place in the file.

    JOSM keeps what its user deleted, marked ``action="delete"``, until it is uploaded. pyosmium
    does not hand that mark on.

    Parameters
    ----------
    path
        A file of XML, compressed or not.

    Returns
    -------
    dict
        Of ``node`` and ``way`` each the running numbers from 0.

    Raises
    ------
    ValueError, OSError
        Where the file is damaged.
    """
    found: dict[str, set[int]] = {name: set() for name in _OBJECTS}
    if is_binary(path) or not _marked(path):
        return found
    numbers = dict.fromkeys(_OBJECTS, -1)

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in numbers:
            numbers[name] += 1
            if attributes.get("action") == "delete":
                found[name].add(numbers[name])

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse_entity
    try:
        for block in _blocks(path):
            parser.Parse(block)
        parser.Parse(b"", True)  # noqa: FBT003  (takes no keyword)
    except expat.ExpatError as problem:
        raise ValueError(str(problem)) from None
    return found


def _refuse_entity(*_: object) -> None:
    raise ValueError("XML entities are not supported")


def _suffixes(path: Path) -> list[str]:
    return [suffix.lower() for suffix in path.suffixes[-2:]]


def _marked(path: Path) -> bool:
    """Whether a file may hold marks of an editor: most do not, and need no parsing for them."""
    end = b""
    for block in _blocks(path):
        if not end and block.startswith(_UTF16):
            return True
        if _MARK in end + block:
            return True
        end = block[-len(_MARK) :]
    return False


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield a file's text block by block; raise where it is packed tighter than any map."""
    size = path.stat().st_size
    read = 0
    try:
        with _opened(path) as stream:
            while block := stream.read(_BLOCK_BYTES):
                read += len(block)
                if read > _RATIO_FROM_BYTES and read > ARCHIVE_MAX_RATIO * size:
                    raise ValueError(f"{size} bytes unpack to more than {read}")
                yield block
    except (EOFError, zlib.error) as problem:
        raise ValueError(str(problem)) from None


def _opened(path: Path) -> BufferedIOBase:
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path)
        case ".bz2":
            return bz2.open(path)
    return path.open("rb")
