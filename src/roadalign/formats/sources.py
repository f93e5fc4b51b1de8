"""What a user may name as a source, and the files and layers that stand behind it.

A source is a file, ``file.gpkg:layer``, a folder, a ``.zip``, several of these joined by ``+``,
or a table in memory.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import geopandas as gpd
from pyogrio.errors import DataSourceError

from roadalign.errors import InputError
from roadalign.formats import gdal
from roadalign.formats.file_integrity import (
    refuse_bomb,
    refuse_odd_file,
    refuse_odd_files_inside,
    refuse_part_in_archive,
    refuse_part_of_shapefile,
)
from roadalign.formats.geopackage import plain_tables, plain_tables_in_archive
from roadalign.formats.integrity.geopackage import refuse_unmerged
from roadalign.formats.layer_source import (
    OSM_SUFFIXES,
    PARQUET_SUFFIXES,
    LayerSource,
    LeftOut,
)
from roadalign.formats.left_out import unfollowed, unfollowed_inside, unopened
from roadalign.formats.markup import outermost
from roadalign.formats.recognition import refuse_pointer, refuse_stated, require_content
from roadalign.formats.source_names import locate, refuse_address, split_source
from roadalign.safety.regular_files import opener

if TYPE_CHECKING:
    from collections.abc import Iterable

Source: TypeAlias = str | Path | gpd.GeoDataFrame

IN_MEMORY = "(in memory)"

_ONE_LAYER = {".shp", ".geojson", ".json", ".fgb"}
_FOLDER = {
    *(".shp", ".gpkg", ".geojson", ".parquet", ".geoparquet", ".pq", ".fgb", ".kml", ".kmz"),
    *(".dxf", ".gdb", ".zip", ".tab", ".mif", ".gml"),
}
_ZIPPED = _FOLDER - PARQUET_SUFFIXES - {".zip", ".gdb"}
_SIBLINGS = {
    ".shp": {".shp", ".shx", ".dbf", ".prj", ".cpg"},
    ".tab": {".tab", ".dat", ".map", ".id", ".ind"},
    ".mif": {".mif", ".mid"},
}
_UTF8_NAME = 0x800  # bit 11 of a ZIP entry's flags: its name is UTF-8
_OSM_LAYER = "lines"  # as GDAL calls it
_BESIDE = "._"  # how macOS names its own notes beside each file
_INNER_ARCHIVE_BYTES = 256 << 20


def find_layers(source: Source) -> list[LayerSource]:
    """Return every layer a source names, in a stable order.

    Parameters
    ----------
    source
        See the head of this module. Folders and archives give all their vector files by name;
        a file with several layers and none chosen gives all that have a geometry.

    Raises
    ------
    InputError
        If a file or layer does not exist, cannot be read, or a folder holds no vector file.
    """
    if isinstance(source, gpd.GeoDataFrame):
        return [LayerSource(label=IN_MEMORY, layer=IN_MEMORY, opened="", frame=source)]
    found: list[LayerSource] = []
    refuse_address(str(source))
    for piece in split_source(str(source)):
        path, layer = locate(piece)
        label = piece if layer is None else piece[: -len(layer) - 1]
        found += _of_path(path, layer, label)
    return found


def single_sources(source: Source) -> list[Source]:
    """Return the single sources of one, folders taken apart, so that each can fail on its own.

    Parameters
    ----------
    source
        See the head of this module. What does not exist or holds nothing stays as it is.
    """
    if isinstance(source, gpd.GeoDataFrame):
        return [source]
    found: list[Source] = []
    for piece in split_source(str(source)):
        path = Path(piece).expanduser()
        inside = path.is_dir() and path.suffix.lower() != ".gdb" and _members(path)
        found += [f"{piece.rstrip('/')}/{member.name}" for member in inside or ()] or [piece]
    return found


def said_by(problem: Exception) -> str:
    """Return what a reader says of a file, without pyogrio's advice on GDAL's drivers."""
    return str(problem).partition("; It might help")[0] or type(problem).__name__


def _of_path(path: Path, layer: str | None, label: str) -> list[LayerSource]:
    suffix = path.suffix.lower()
    refuse_odd_file(path, label=label)
    if path.name.lower().endswith(OSM_SUFFIXES) and not path.is_dir():
        return [_of_osm(path, layer, label)]
    refuse_unmerged(path, label=label)
    if path.is_dir():
        if suffix != ".gdb":
            return _of_folder(path, layer, label)
        refuse_odd_files_inside(path, label=label)
    else:
        _guard_content(path, label)
    if suffix == ".zip":
        return _of_zip(path, layer, label)
    files = _files(path)
    if suffix == ".shp":
        refuse_part_of_shapefile(files, label=label)
    for other in (*files, path.with_suffix(".gfs")):
        if other.is_file():
            refuse_stated(opener(other), name=other.name, label=f"{label} ({other.name})")
    if suffix in PARQUET_SUFFIXES:
        return [LayerSource(label, path.stem, str(path), files=files)]
    opened = gdal.gdal_name(path, label=label)
    dbf = next((str(file) for file in files if file.suffix.lower() == ".dbf"), None)
    if suffix in _ONE_LAYER and layer in (None, path.stem):
        return [LayerSource(label, path.stem, opened, files=files, dbf=dbf)]
    tables = plain_tables(path, layer=layer, label=label) if suffix == ".gpkg" else None
    found = _inside(opened, layer, label, files, tables=tables)
    return [replace(one, left_out=unfollowed(path)) for one in found]


def _of_osm(path: Path, layer: str | None, label: str) -> LayerSource:
    if layer not in (None, _OSM_LAYER):
        raise InputError("no_such_layer", where=f"{label}:{layer}", layers=_OSM_LAYER)
    if path.suffix.lower() == ".osm":
        # Entities make a small file huge; of the rest its own reader says what is wrong.
        outermost(opener(path), label=label)
    return LayerSource(label, path.name.partition(".")[0], str(path), files=(path,))


def _guard_content(path: Path, label: str) -> None:
    try:
        state = path.stat()
        _checked_content(path, label, state.st_size, state.st_mtime_ns, state.st_ino)
        if path.suffix.lower() == ".kmz":
            _checked_archive(path, label, state.st_size, state.st_mtime_ns)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise InputError("not_readable", where=label, problem=str(problem)) from None


@lru_cache(maxsize=256)
def _checked_content(path: Path, label: str, *_state: int) -> None:
    """Raise where a file is not what it says; one that stays the same is looked at once."""
    require_content(opener(path), name=path.name, label=label)


def _of_folder(path: Path, layer: str | None, label: str) -> list[LayerSource]:
    try:
        members = _members(path)
        _refuse_pointers(path, label)
    except OSError as problem:
        raise InputError("cannot_read", where=label, problem=problem.strerror) from None
    if layer is not None:
        members = [member for member in members if layer in (member.name, member.stem)]
    if not members:
        raise InputError("no_vector_files", where=label)
    return [
        found
        for member in members
        for found in _of_path(member, None, f"{label.rstrip('/')}/{member.name}")
    ]


def _members(path: Path) -> list[Path]:
    return sorted(
        member
        for member in path.iterdir()
        if member.suffix.lower() in _FOLDER and not member.name.startswith(_BESIDE)
    )


def _refuse_pointers(folder: Path, label: str) -> None:
    """Raise where a folder holds a file that only names data elsewhere, whatever its ending."""
    for other in sorted(folder.iterdir()):
        if other.is_file() and other.suffix.lower() not in _FOLDER:
            refuse_pointer(opener(other), label=f"{label}/{other.name}")


def _of_zip(path: Path, layer: str | None, label: str) -> list[LayerSource]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
        state = path.stat()
        _checked_archive(path, label, state.st_size, state.st_mtime_ns)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise InputError("not_readable", where=label, problem=str(problem)) from None
    readable = {
        entry.filename: _readable_name(entry)
        for entry in entries
        if not Path(entry.filename).name.startswith(_BESIDE)
    }
    targets = {name for name in readable if Path(name).suffix.lower() in _ZIPPED}
    targets = {name for name in targets if not _in_geodatabase(name)}
    targets |= {_geodatabase(name) for name in readable if _in_geodatabase(name)}
    found = []
    for name in sorted(targets):
        stem = Path(readable.get(name, name)).stem
        member = f"{label}/{readable.get(name, name)}"
        opened = gdal.gdal_name_in_archive(path, name, label=member)
        if Path(name).suffix.lower() in _ONE_LAYER:
            if layer in (None, stem):
                dbf = _same_stem(name, readable, ".dbf")
                found.append(LayerSource(member, stem, opened, files=(path,), dbf=dbf))
        else:
            tables = None
            if name.lower().endswith(".gpkg"):
                tables = plain_tables_in_archive(path, name, layer=layer, label=member)
            found += _inside(opened, None, member, (path,), tables=tables)
    if layer is not None:
        found = [one for one in found if layer in (one.layer, one.gdal_layer)]
    if not found:
        raise InputError("no_vector_files", where=label)
    rest = unopened(readable.values(), opened=(*_ZIPPED, ".gdb"))
    return [replace(one, left_out=(*_unfollowed_of(one, path), *rest)) for one in found]


def _unfollowed_of(source: LayerSource, path: Path) -> tuple[LeftOut, ...]:
    with zipfile.ZipFile(path) as archive:
        return unfollowed_inside(archive, source.opened.partition("}/")[2])


@lru_cache(maxsize=64)
def _checked_archive(path: Path, label: str, _size_bytes: int, _time_ns: int) -> None:
    """Raise where an archive is hostile or damaged; a file that stays the same is checked once."""
    with zipfile.ZipFile(path) as archive:
        _check_entries(archive, label)


def _check_entries(archive: zipfile.ZipFile, label: str) -> None:
    refuse_bomb(archive, label=label)
    for entry in archive.infolist():
        suffix = Path(entry.filename).suffix.lower()
        shown = f"{label}/{_readable_name(entry)}"
        if suffix == ".shp":
            refuse_part_in_archive(archive, entry.filename, label=shown)
        own = suffix in _ZIPPED and not _in_geodatabase(entry.filename)
        if entry.is_dir() or Path(entry.filename).name.startswith(_BESIDE):
            continue
        inside = partial(archive.open, entry.filename)
        refuse_stated(inside, name=entry.filename, label=shown)
        if not own:
            refuse_pointer(inside, label=shown)
            continue
        require_content(inside, name=entry.filename, label=shown)
        if suffix == ".kmz":
            if entry.file_size > _INNER_ARCHIVE_BYTES:
                raise InputError("file_too_large", where=shown, limit_mb=_INNER_ARCHIVE_BYTES >> 20)
            with zipfile.ZipFile(io.BytesIO(archive.read(entry))) as inner:
                _check_entries(inner, shown)


def _readable_name(entry: zipfile.ZipInfo) -> str:
    # Windows archivers in China write names in GBK; zipfile and GDAL take them for CP437.
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _in_geodatabase(name: str) -> bool:
    return ".gdb/" in name.lower()


def _geodatabase(name: str) -> str:
    return name[: name.lower().index(".gdb/") + len(".gdb")]


def _same_stem(name: str, names: Iterable[str], suffix: str) -> str | None:
    wanted = str(Path(name).with_suffix(suffix)).lower()
    return next((other for other in names if other.lower() == wanted), None)


def _inside(
    opened: str,
    layer: str | None,
    label: str,
    files: tuple[Path, ...],
    *,
    tables: list[str] | None = None,
) -> list[LayerSource]:
    """Return the layers of a file; `tables` are those that may be read where not all may."""
    if tables is not None:
        return [
            LayerSource(label, name, opened, gdal_layer=name, files=files)
            for name in (tables if layer is None else [layer])
        ]
    try:
        table = gdal.list_layers(opened)
    except (DataSourceError, ValueError) as problem:
        raise InputError("not_readable", where=label, problem=said_by(problem)) from None
    names = [str(name) for name, kind in table if kind is not None or name == layer]
    if layer is not None and layer not in names:
        raise InputError("no_such_layer", where=f"{label}:{layer}", layers=", ".join(names) or "—")
    chosen = names if layer is None else [layer]
    if not chosen:
        raise InputError("no_vector_files", where=label)
    several = len(table) > 1
    return [
        LayerSource(label, name, opened, gdal_layer=name if several else None, files=files)
        for name in chosen
    ]


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        inner = (file for file in path.rglob("*") if file.is_file())
        return tuple(sorted(file for file in inner if file.suffix != ".lock"))
    wanted = _SIBLINGS.get(path.suffix.lower())
    if wanted is None:
        return (path,)
    stem = path.stem
    beside = (file for file in path.parent.iterdir() if file.stem == stem)
    return tuple(sorted(file for file in beside if file.suffix.lower() in wanted))
