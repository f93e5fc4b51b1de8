"""Whether files and archives are whole and plain, before a reader opens them.

GDAL reads what is left of a shapefile that was cut short, and says nothing; it waits for ever at a
pipe. A plan of which half is missing would be a list of missing counterparts.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.errors import InputError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterable, Iterator, Mapping

ARCHIVE_MAX_BYTES = 4 << 30
"""An archive may unpack to this much (ours): plans of whole provinces are smaller."""

ARCHIVE_MAX_RATIO = 200
"""Above `_RATIO_FROM_BYTES` an archive's content may be this many times its size (ours): text of
coordinates shrinks to a tenth, bytes that are all the same to a thousandth."""

_RATIO_FROM_BYTES = 64 << 20
_BLOCK_BYTES = 1 << 20
_HEADING_BYTES = 100
_MAGIC = 9994
_DBF_HEADING_BYTES = 32
_COMPANIONS = (
    *(".shp", ".shx", ".dbf", ".prj", ".qpj", ".cpg", ".cst", ".qix", ".sbn", ".sbx", ".idm"),
    *(".dat", ".map", ".id", ".ind", ".mid", ".gfs", ".xsd", ".xml", ".aux.xml"),
)
_ENTRIES_MOST = 10_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def refuse_odd_file(path: Path, *, label: str) -> None:
    """Raise where a path, or what readers open beside it, is no file with content of its own.

    Parameters
    ----------
    path
        An existing path.
    label
        How to name it in an error.

    Raises
    ------
    InputError
        ``not_a_file``, ``file_empty``.
    """
    if path.is_dir():
        return
    if not path.is_file():
        raise InputError("not_a_file", where=label)
    if not path.stat().st_size:
        raise InputError("file_empty", where=label)
    for beside in _beside(path):
        # A link to nowhere is as good as no file.
        if beside.exists() and not beside.is_file() and not beside.is_dir():
            raise InputError("not_a_file", where=f"{label} ({beside.name})")


def refuse_odd_files_inside(folder: Path, *, label: str) -> None:
    """Raise where a folder that readers take for one file holds a pipe, a device or a socket."""
    for inner in folder.rglob("*"):
        if inner.exists() and not inner.is_file() and not inner.is_dir():
            raise InputError("not_a_file", where=f"{label}/{inner.relative_to(folder)}")


def _beside(path: Path) -> Iterator[Path]:
    """Yield the names under which readers look for more of a file."""
    for suffix in _COMPANIONS:
        yield path.with_suffix(suffix)
        yield path.with_suffix(suffix.upper())
        yield path.with_name(path.name + suffix)
    for ending in ("-wal", "-shm", "-journal"):
        yield path.with_name(path.name + ending)


def refuse_part_of_shapefile(files: Iterable[Path], *, label: str) -> None:
    """Raise where a shapefile is not whole.

    Parameters
    ----------
    files
        Those that exist of it.
    label
        How to name it in an error.

    Raises
    ------
    InputError
        ``shapefile_part_missing`` without an index, ``file_cut_short`` where a file is shorter
        than it says itself.
    """
    by_suffix = {file.suffix.lower(): file for file in files}

    def heading(suffix: str) -> tuple[bytes, int]:
        path = by_suffix[suffix]
        with path.open("rb") as stream:
            return stream.read(_HEADING_BYTES), path.stat().st_size

    _refuse_part({key: file.name for key, file in by_suffix.items()}, heading, label)


def refuse_part_in_archive(archive: zipfile.ZipFile, name: str, *, label: str) -> None:
    """Raise where a shapefile in an archive is not whole; like `refuse_part_of_shapefile`."""
    stem = name.rpartition(".")[0].lower()
    entries = {
        f".{entry.filename.rpartition('.')[2].lower()}": entry
        for entry in archive.infolist()
        if entry.filename.rpartition(".")[0].lower() == stem
    }

    def heading(suffix: str) -> tuple[bytes, int]:
        entry = entries[suffix]
        with archive.open(entry) as stream:
            return stream.read(_HEADING_BYTES), entry.file_size

    names = {key: Path(entry.filename).name for key, entry in entries.items()}
    _refuse_part(names, heading, label)


def _refuse_part(
    names: Mapping[str, str], heading: Callable[[str], tuple[bytes, int]], label: str
) -> None:
    start, size = heading(".shp")
    if int.from_bytes(start[:4], "big") != _MAGIC:
        return  # called so, but of another kind: the reader finds out
    if ".shx" not in names:
        part = f"{names['.shp'].rpartition('.')[0]}.shx"
        raise InputError("shapefile_part_missing", where=label, part=part)
    for suffix in (".shp", ".shx"):
        start, size = heading(suffix)
        # The length stands in the heading in words of two bytes.
        if len(start) < _HEADING_BYTES or size < 2 * int.from_bytes(start[24:28], "big"):
            raise InputError("file_cut_short", where=label, part=names[suffix])
    if ".dbf" in names:
        start, size = heading(".dbf")
        count = int.from_bytes(start[4:8], "little")
        length = int.from_bytes(start[8:10], "little") + count * int.from_bytes(
            start[10:12], "little"
        )
        if len(start) < _DBF_HEADING_BYTES or size < length:
            raise InputError("file_cut_short", where=label, part=names[".dbf"])


def refuse_bomb(
    archive: zipfile.ZipFile, *, label: str, limit_bytes: int = ARCHIVE_MAX_BYTES
) -> None:
    """Raise where an archive unpacks to more than any plan, by what it says or by what it holds.

    Parameters
    ----------
    archive
        The open archive.
    label
        How to name it in an error.
    limit_bytes
        It may unpack to this much.

    Raises
    ------
    InputError
        ``archive_too_large``, ``archive_entries``; ``archive_entry_outside``, ``archive_link``,
        ``archive_locked`` and ``name_misread`` of an entry's name or kind; ``archive_false`` where
        one is larger than it says or damaged.
    """
    entries = archive.infolist()
    if len(entries) > _ENTRIES_MOST:
        raise InputError(
            "archive_entries", where=label, count=len(entries), limit_count=_ENTRIES_MOST
        )
    said = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if said > limit_bytes or (
        said > _RATIO_FROM_BYTES and said > ARCHIVE_MAX_RATIO * max(packed, 1)
    ):
        raise InputError(
            "archive_too_large",
            where=label,
            size_mb=f"{said / 1e6:.0f}",
            limit_mb=f"{limit_bytes / 1e6:.0f}",
            ratio=f"{said / max(packed, 1):.0f}",
            limit_ratio=ARCHIVE_MAX_RATIO,
        )
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename):
            raise InputError("archive_entry_outside", where=label, entry=entry.filename)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise InputError("archive_link", where=label, entry=entry.filename)
        if found := _CONTROL.search(entry.filename):
            shown = f"{label}/{_CONTROL.sub('�', entry.filename)}"
            raise InputError("name_misread", where=shown, sign=ascii(found[0])[1:-1])
        if entry.flag_bits & 1:
            raise InputError("archive_locked", where=label, entry=entry.filename)
        _refuse_false(archive, entry, label)


def _refuse_false(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str) -> None:
    """Unpack an entry into nothing; `zipfile` stops at the size stated and compares the sum."""
    try:
        with archive.open(entry) as stream:
            while stream.read(_BLOCK_BYTES):
                pass
    except Exception as problem:  # noqa: BLE001  (zlib, lzma and bz2 each have errors of their own)
        raise InputError(
            "archive_false", where=label, entry=entry.filename, problem=str(problem)
        ) from None
