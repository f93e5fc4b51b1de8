"""Which run wrote a file: every file carries the id of its run.

A run that was killed while it put its files in place leaves each of them whole, but some of an
earlier run. So a folder of files of two runs is known for what it is.
"""

from __future__ import annotations

import csv
import os
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from roadalign.outputs.report_json import REPORT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd

GEOPACKAGE_NAME, MAP_NAME = "docking_points.gpkg", "map.html"
CHECK_FILES = (
    REPORT_NAME,
    GEOPACKAGE_NAME,
    "docking_points.geojson",
    "docking_points.csv",
    MAP_NAME,
)
"""What one check writes into its folder."""

RUN_COLUMN = "run"
"""Last column of tables, and key of the id in what is no table."""

NO_ROWS = ""
"""Stands for the id where a table without rows has no cell for it."""

_SIGNED = re.compile(rb'"run": ?(?:\{\s*"id": ?)?"(R-[0-9A-Z]{10})"')
_PARQUET_KEY = b"roadalign_run"
_HEAD_BYTES = 4096
_CHUNK_BYTES = 1 << 20


def run_in(path: Path) -> str | None:
    """Return the id of the run that wrote a file.

    Parameters
    ----------
    path
        A file of an output folder.

    Returns
    -------
    str or None
        `NO_ROWS` where it is a table of ours without rows; ``None`` where it carries no id:
        it is of an earlier version or not of this program, or cannot be read.
    """
    reader = _READERS.get(path.suffix)
    try:
        return reader(path) if reader and path.is_file() else None
    except (OSError, ValueError, sqlite3.Error, csv.Error):
        return None


def files_of_other_runs(
    folder: Path, names: Iterable[str], *, record: str = REPORT_NAME
) -> list[str]:
    """Return the files of a folder that are not of the run of its record.

    Parameters
    ----------
    folder
        An output folder.
    names
        Files that one run writes; those that are missing are left out.
    record
        The file that says which run the folder is of.
    """
    there = [name for name in names if os.path.isfile(folder / name)]  # noqa: PTH113  (never raises)
    if record not in there:
        return []
    own = run_in(folder / record)
    found = {name: run_in(folder / name) for name in there}
    return [name for name, run in found.items() if run not in {own, NO_ROWS}]


def mixed_in(source: Path) -> list[str]:
    """Return the files beside a report that another run wrote.

    Parameters
    ----------
    source
        An output folder of a check or a comparison, or a ``report.json``.
    """
    folder = source if os.path.isdir(source) else source.parent  # noqa: PTH112  (never raises)
    if source != folder and source.name != REPORT_NAME:
        return []
    return files_of_other_runs(folder, CHECK_FILES)


def write_parquet(table: gpd.GeoDataFrame, path: Path, *, run: str) -> None:
    """Write a table as GeoParquet with the id of its run among the metadata of the file.

    Parameters
    ----------
    table
        What to write.
    path
        File to make.
    run
        Id of the run.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415  (only where such a file is written)

    table.to_parquet(path, index=False)
    plain = pq.read_table(path)
    signed = {**(plain.schema.metadata or {}), _PARQUET_KEY: run.encode()}
    pq.write_table(plain.replace_schema_metadata(signed), path, compression="snappy")


def _in_head(path: Path) -> str | None:
    with path.open("rb") as file:
        return _signed(file.read(_HEAD_BYTES))


def _in_page(path: Path) -> str | None:
    """Look for the data of a page, which begins with the id."""
    with path.open("rb") as file:
        rest = b""
        while chunk := file.read(_CHUNK_BYTES):
            found = _signed(rest + chunk)
            if found:
                return found
            rest = chunk[-64:]
    return None


def _signed(content: bytes) -> str | None:
    found = _SIGNED.search(content)
    return None if found is None else found[1].decode()


def _in_table(path: Path) -> str | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head, first = next(rows, [""]), next(rows, None)
    if head[-1] != RUN_COLUMN:
        return None
    return NO_ROWS if first is None else first[-1]


def _in_geopackage(path: Path) -> str | None:
    where = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(where, uri=True)) as file:
        row = file.execute("SELECT value FROM run WHERE key = 'id'").fetchone()
    return None if row is None else str(row[0])


def _in_parquet(path: Path) -> str | None:
    import pyarrow.parquet as pq  # noqa: PLC0415  (only where there is such a file)

    found = (pq.read_schema(path).metadata or {}).get(_PARQUET_KEY)
    return None if found is None else found.decode()


_READERS = {
    ".json": _in_head,
    ".geojson": _in_head,
    ".html": _in_page,
    ".csv": _in_table,
    ".gpkg": _in_geopackage,
    ".parquet": _in_parquet,
}
