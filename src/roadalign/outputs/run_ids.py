"""Which run wrote a file: every file carries the id of its run, and each kind its own way.

A run that was killed while it put its files in place leaves each of them whole, but some of an
earlier run. So a folder of files of two runs is known for what it is.

A reader gets a path and returns the id, `NO_ROWS` where a table without rows has no place for it,
and ``None`` where the file is nobody's or of another kind; it may raise `OSError` and `ValueError`.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

RUN_COLUMN = "run"
"""Last column of tables, and key of the id in what is no table."""

NO_ROWS = ""
"""Stands for the id where a table without rows has no cell for it."""

RUN_ID = r"R-[0-9A-Z]{10}"
"""Form of an id; a reader returns nothing else."""

_SIGNED = re.compile(rf'"run": ?(?:\{{\s*"id": ?)?"({RUN_ID})"'.encode())
_PARQUET_KEY = b"roadalign_run"
_HEAD_BYTES = 4096
_CHUNK_BYTES = 1 << 20


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


def read_run_of_json(path: Path) -> str | None:
    """Read the id in a JSON file of ours, which stands at its beginning."""
    with path.open("rb") as file:
        return _signed(file.read(_HEAD_BYTES))


def read_run_of_page(path: Path) -> str | None:
    """Read the id in a page: the data in it begins with the id."""
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


def read_run_of_table(path: Path) -> str | None:
    """Read the id in a CSV: that of its first row, `NO_ROWS` where there is none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head, first = next(rows, [""]), next(rows, None)
    if head[-1] != RUN_COLUMN:
        return None
    return NO_ROWS if first is None else first[-1]


def read_run_of_geopackage(path: Path) -> str | None:
    """Read the id in a GeoPackage: it stands in the table ``run``."""
    where = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(where, uri=True)) as file:
        row = file.execute("SELECT value FROM run WHERE key = 'id'").fetchone()
    return None if row is None else str(row[0])


def read_run_of_parquet(path: Path) -> str | None:
    """Read the id in a GeoParquet file: it stands among the metadata of the file."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (only where there is such a file)

    found = (pq.read_schema(path).metadata or {}).get(_PARQUET_KEY)
    return None if found is None else found.decode()
