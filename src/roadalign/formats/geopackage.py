"""GeoPackages are databases: of one, only tables are read, nothing that computes.

A view is a query that runs when it is opened; it may never end. A generated column computes with
each row. What is a table is asked of the engine, not only of the words in the schema.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.georeferencing.crs_text import names_files

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = re.compile(r"(gpkg|rtree|sqlite)_", re.IGNORECASE)  # what readers query on opening
_STORED_MODULES = re.compile(r"\busing\s+[\"'`\[]?(rtree|fts[345])\b", re.IGNORECASE)
_VIRTUAL = re.compile(r"\s*create\s+virtual\s", re.IGNORECASE)
_GENERATED = (2, 3)  # how SQLite marks columns that are computed, kept or not
_ROW_BYTES = 4  # no row takes less
_STEPS = 10_000
_SHOWN_CHARS = 200
_CALLS = 2000  # of `_STEPS` each: some seconds, far beyond any schema
_BYTES_OF_A_CALL = 100  # no byte of a file is worth more than a hundred steps


def plain_tables(path: Path, *, layer: str | None, label: str) -> list[str] | None:
    """Return the tables that can be read of a GeoPackage in which other things compute.

    Parameters
    ----------
    path
        The file.
    layer
        The layer asked for; ``None`` for all.
    label
        How to name the file in an error.

    Returns
    -------
    list of str
        Layers that are tables; ``None`` where nothing computes, so that a reader may list them.

    Raises
    ------
    InputError
        ``not_readable``; ``layer_computes`` where a layer that would be read is a view or has
        computed columns, or where the database's own tables are; ``table_endless``.
    """
    size_bytes = path.stat().st_size
    left = iter(range(_CALLS + size_bytes // _BYTES_OF_A_CALL))
    try:
        with closing(_opened(path, left)) as base:
            base.execute("PRAGMA trusted_schema=OFF")
            return _plain(base, size_bytes, layer, label)
    except sqlite3.Error as problem:
        if next(left, None) is None:
            raise InputError("table_endless", where=label, layer="—") from None
        raise InputError("not_readable", where=label, problem=str(problem)) from None
    except UnicodeDecodeError as problem:
        # SQLite's message quotes the broken schema, whose bytes need not be text.
        said = problem.object.decode("utf-8", errors="replace")
        raise InputError("not_readable", where=label, problem=said) from None


def plain_tables_in_archive(
    archive: Path, entry: str, *, layer: str | None, label: str
) -> list[str] | None:
    """Return what `plain_tables` does, of a GeoPackage in an archive."""
    with tempfile.TemporaryDirectory(prefix="align-") as folder:
        path = Path(folder) / "entry.gpkg"
        with (
            zipfile.ZipFile(archive) as packed,
            packed.open(entry) as source,
            path.open("wb") as target,
        ):
            shutil.copyfileobj(source, target)
        return plain_tables(path, layer=layer, label=label)


def _opened(path: Path, left: Iterator[int]) -> sqlite3.Connection:
    """Open a database in which nothing takes more steps than are left."""

    def connected(mode: str) -> sqlite3.Connection:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)
        base.set_progress_handler(lambda: next(left, None) is None, _STEPS)
        return base

    base = connected("mode=ro")
    try:
        base.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # not count(*): that asks no handler
    except sqlite3.OperationalError:
        base.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise
        # Another program's lock, or a folder in which nothing may be written.
        base = connected("mode=ro&immutable=1")
    return base


def _plain(
    base: sqlite3.Connection, size_bytes: int, layer: str | None, label: str
) -> list[str] | None:
    computing = _computing(base)
    own = sorted(name for name in computing if _OWN.match(name))
    if own:
        raise InputError("layer_computes", where=label, layers=", ".join(own), tables="—")
    # Readers look through all of these on opening, most of them through more than we do.
    own_tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for name in [str(row[0]) for row in own_tables]:
        if name not in computing and (_OWN.match(name) or name == "layer_styles"):
            _refuse_endless(base, name, size_bytes, label)
    _refuse_crs_elsewhere(base, label)
    listed = [
        str(name)
        for name, kind in base.execute("SELECT table_name, data_type FROM gpkg_contents")
        if str(kind).lower() == "features"
    ]
    tables = [name for name in listed if name.casefold() not in _folded(computing)]
    computing |= {name for name in tables if _has_computed_columns(base, name)}
    tables = [name for name in tables if name not in computing]
    wanted = listed if layer is None else [layer]
    bad = [name for name in wanted if name.casefold() in _folded(computing)]
    if bad:
        shown = ", ".join(tables) or "—"
        raise InputError("layer_computes", where=label, layers=", ".join(bad), tables=shown)
    for name in tables if layer is None else [name for name in tables if name == layer]:
        _refuse_endless(base, name, size_bytes, label)
    return tables if computing else None


def _refuse_crs_elsewhere(base: sqlite3.Connection, label: str) -> None:
    """Raise where a coordinate system of the database names a file: GDAL opens it in passing."""
    rows = base.execute("SELECT * FROM gpkg_spatial_ref_sys")
    for text in (cell for row in rows for cell in row if isinstance(cell, str)):
        if names_files(text):
            raise InputError("crs_elsewhere", where=label, target=text[:_SHOWN_CHARS])


def _computing(base: sqlite3.Connection) -> set[str]:
    """Return the names of all views, and of virtual tables other than plain indexes."""
    rows = base.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
    made = {str(name): str(sql) for name, _, sql in rows}
    kinds = [(str(row[1]), str(row[2])) for row in base.execute("PRAGMA table_list")]
    # Engines before 3.37 have no such list.
    kinds += [(name, "virtual") for name, sql in made.items() if _VIRTUAL.match(sql)]
    kinds += [(str(name), "view") for name, kind, _ in rows if kind == "view"]
    return {
        name
        for name, kind in kinds
        if kind == "view" or (kind == "virtual" and not _STORED_MODULES.search(made.get(name, "")))
    }


def _has_computed_columns(base: sqlite3.Connection, name: str) -> bool:
    columns = base.execute("SELECT hidden FROM pragma_table_xinfo(?)", (name,))
    return any(hidden in _GENERATED for (hidden,) in columns)


def _refuse_endless(base: sqlite3.Connection, name: str, size_bytes: int, label: str) -> None:
    """Raise where a table gives more rows than its file has room for: its pages lead in circles."""
    most = size_bytes // _ROW_BYTES
    quoted = name.replace('"', '""')
    for how in ("NOT INDEXED", ""):  # the table itself, and the index that SQLite would rather take
        query = f'SELECT count(*) FROM (SELECT 1 FROM "{quoted}" {how} LIMIT ?)'  # noqa: S608  (quoted)
        (count,) = base.execute(query, (most,)).fetchone()
        if count >= most:
            raise InputError("table_endless", where=label, layer=name)


def _folded(names: set[str]) -> set[str]:
    return {name.casefold() for name in names}
