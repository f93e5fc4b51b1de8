"""What lies in a file beside its layers and is not read: links of KML, archives inside archives."""

from __future__ import annotations

import zipfile
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from roadalign.formats.layer_source import LayerSource, LeftOut
from roadalign.formats.recognition import listed_suffixes
from roadalign.model.run import InputNote
from roadalign.model.words import Severity
from roadalign.safety.regular_files import opener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO


PACKED = (".7z", ".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz")
"""Endings of archives that are opened nowhere, but may hold what is meant."""

MOST_NAMED = 5
LONGEST_NAME = 200
_CHUNK_BYTES = 1 << 16


def left_out_notes(source: LayerSource) -> tuple[InputNote, ...]:
    """Return what is left out beside a layer as its notes."""
    return tuple(
        InputNote(
            "I04",
            Severity.NOTICE,
            one.key,
            {"layer": source.layer, "count": one.many, "named": one.named},
            one.many,
        )
        for one in source.left_out
    )


def unfollowed(path: Path) -> tuple[LeftOut, ...]:
    """Return the network links of a KML or KMZ file.

    Parameters
    ----------
    path
        A file that was found to be what its ending says; others have none.
    """
    if path.suffix.lower() not in {".kml", ".kmz"}:
        return ()
    state = path.stat()
    return _unfollowed(path, state.st_size, state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=64)
def _unfollowed(path: Path, *_state: int) -> tuple[LeftOut, ...]:
    if path.suffix.lower() == ".kml":
        return _links(network_links(opener(path)))
    with zipfile.ZipFile(path) as archive:
        return _links(
            [
                link
                for name in archive.namelist()
                if name.lower().endswith(".kml")
                for link in network_links(partial(archive.open, name))
            ]
        )


def unfollowed_inside(archive: zipfile.ZipFile, name: str) -> tuple[LeftOut, ...]:
    """Return the network links of a KML file in an archive."""
    if not name.lower().endswith(".kml"):
        return ()
    return _links(network_links(partial(archive.open, name)))


def unopened(names: Iterable[str], *, opened: Iterable[str]) -> tuple[LeftOut, ...]:
    """Return the entries of an archive that might hold roads and are not opened.

    Parameters
    ----------
    names
        Of all its entries, readable.
    opened
        Endings of entries that are.
    """
    # Parquet and OpenStreetMap's files are read beside archives, but not in them.
    others = {*listed_suffixes(), *PACKED, ".osm", ".pbf"}.difference(opened)
    found = [
        name
        for name in sorted(names)
        if Path(name).suffix.lower() in others and ".gdb/" not in name.lower()
    ]
    return (LeftOut("not_opened", len(found), _named(found)),) if found else ()


def network_links(opened: Callable[[], IO[bytes]]) -> list[str]:
    """Return where each network link of a KML file leads, ``—`` where it does not say.

    Parameters
    ----------
    opened
        Opens the file from its start. Damage ends the search: the reader names it.
    """
    found: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        inside.append(name.rpartition(":")[2])
        if inside[-1] == "NetworkLink":
            found.append("")

    def end(_name: str) -> None:
        inside.pop()

    def text(said: str) -> None:
        if inside[-1:] == ["href"] and "NetworkLink" in inside and len(found[-1]) < LONGEST_NAME:
            found[-1] += said[:LONGEST_NAME]

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        with opened() as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                parser.Parse(chunk, False)  # noqa: FBT003
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return [link.strip() or "—" for link in found]


def _links(found: list[str]) -> tuple[LeftOut, ...]:
    return (LeftOut("links_not_followed", len(found), _named(found)),) if found else ()


def _named(names: list[str]) -> str:
    shown = [
        "".join(one if one.isprintable() else "�" for one in name[:LONGEST_NAME])
        for name in names[:MOST_NAMED]
    ]
    return ", ".join(shown) + (" …" if len(names) > MOST_NAMED else "")
