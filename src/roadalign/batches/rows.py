"""Manifests as they are written: CSV, XLSX or TOML become rows of cells, nothing is judged yet."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from roadalign.errors import InputError
from roadalign.formats.file_integrity import refuse_bomb
from roadalign.formats.markup import outermost
from roadalign.safety.bounds import require_bounded
from roadalign.safety.regular_files import read_regular_file, require_regular_file
from roadalign.settings import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

ENDINGS = (".csv", ".xlsx", ".toml")
COMMENT = "#"
TOML_KEY = "pair"
_DELIMITERS = (",", ";", "\t")
MOST_BYTES = 64 << 20
"""A manifest may hold this much, a workbook unpacked (ours): thousands of pairs take a few MB."""

MOST_ROWS, MOST_COLUMNS = 20_000, 256
"""A manifest may have this many rows and columns (ours)."""

_LAST_LINE = 1 << 20  # of a sheet; a number beyond it would be counted up to, for ever
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One row of a manifest.

    Parameters
    ----------
    place
        Where it stands, as an error names it: ``"pairs.csv:3"``.
    cells
        Column as written to value; empty cells are left out. Columns without a head are called
        by their number.
    """

    place: str
    cells: dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Read a manifest.

    Parameters
    ----------
    path
        ``.csv`` (UTF-8 with or without mark, UTF-16 with mark, or GB18030; comma, semicolon or
        tab), ``.xlsx`` (the first sheet) or ``.toml`` (one ``[[pair]]`` a row). Empty rows and
        rows whose first cell begins with ``#`` are left out.

    Raises
    ------
    InputError
        If it cannot be read, or a column stands in it twice.
    """
    suffix = path.suffix.lower()
    if suffix not in ENDINGS:
        raise InputError("manifest_ending", where=path, known=", ".join(ENDINGS))
    require_regular_file(path, label=path, limit_bytes=MOST_BYTES)
    if suffix == ".toml":
        return _of_toml(path)
    return _of_table(_csv_lines(path) if suffix == ".csv" else _xlsx_lines(path), path)


def _of_table(lines: Iterable[tuple[int, Sequence[str]]], path: Path) -> list[Row]:
    """Return the rows below the first line that holds something, which is the head."""
    told: list[tuple[int, Sequence[str]]] = []
    for number, cells in lines:
        if len(cells) > MOST_COLUMNS or len(told) > MOST_ROWS or number > _LAST_LINE:
            raise _too_large(f"{path}:{number}")
        if _says(cells):
            told.append((number, cells))
    if not told:
        return []
    heads = [cell.strip() for cell in told[0][1]]
    named = [head for head in heads if head]
    twice = sorted({head for head in named if named.count(head) > 1})
    if twice:
        where = f"{path}:{told[0][0]}:{twice[0]}"
        raise InputError("manifest_column_twice", where=where)
    rows = []
    for number, cells in told[1:]:
        by_head = {
            (heads[i] if i < len(heads) and heads[i] else str(i + 1)): cell.strip()
            for i, cell in enumerate(cells)
        }
        full = {head: cell for head, cell in by_head.items() if cell}
        rows.append(Row(f"{path}:{number}", full))
    return rows


def _says(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith(COMMENT)


def _csv_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(path)
    lines = (line.lstrip(' "') for line in text.splitlines())
    head = next((line for line in lines if line and not line.startswith(COMMENT)), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as problem:
        where = f"{path}:{reader.line_num}"
        raise InputError("manifest_unreadable", where=where, problem=str(problem)) from None


def _decoded(path: Path) -> str:
    content = read_regular_file(path, label=path, limit_bytes=MOST_BYTES)
    encodings = ("utf-16",) if content.startswith(_UTF16_MARKS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("manifest_encoding", where=path)


def _xlsx_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    import openpyxl  # noqa: PLC0415  (only where a manifest is a workbook)

    content = read_regular_file(path, label=path, limit_bytes=MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_large_or_odd(archive, path)
        options = {"read_only": True, "data_only": True, "keep_links": False}
        with closing(openpyxl.load_workbook(io.BytesIO(content), **options)) as book:
            sheet = book.worksheets[0]
            # What the sheet says of its size may be a million rows of empty cells.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_shown(cell) for cell in cells]
    except InputError:
        raise
    except Exception as problem:  # noqa: BLE001
        # openpyxl lets through whatever a damaged archive or sheet makes its parsers raise
        said = f"{type(problem).__name__}: {problem}"
        raise InputError("manifest_unreadable", where=path, problem=said) from None


def _refuse_large_or_odd(archive: zipfile.ZipFile, path: Path) -> None:
    """Raise where a workbook unpacks to more than a manifest holds or its parts define entities."""
    try:
        refuse_bomb(archive, label=str(path), limit_bytes=MOST_BYTES)
    except InputError as problem:
        raise (_too_large(path) if problem.key == "archive_too_large" else problem) from None
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            outermost(partial(archive.open, entry.filename), label=f"{path}/{entry.filename}")


def _too_large(where: object) -> InputError:
    return InputError(
        "manifest_too_large",
        where=where,
        limit_rows=MOST_ROWS,
        limit_columns=MOST_COLUMNS,
        limit_mb=MOST_BYTES >> 20,
    )


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else str(cell)


def _of_toml(path: Path) -> list[Row]:
    data = read_toml(path)
    require_bounded(data, where=path)
    strange = sorted(set(data) - {TOML_KEY})
    if strange:
        raise InputError("manifest_column", where=f"{path}:{strange[0]}", suggestion=TOML_KEY)
    pairs = data.get(TOML_KEY, [])
    if not isinstance(pairs, list) or not all(isinstance(pair, dict) for pair in pairs):
        raise InputError("manifest_cell_type", where=f"{path}:{TOML_KEY}")
    return [
        Row(f"{path}:[[{TOML_KEY}]] {number}", {k: v for k, v in pair.items() if v not in ("", [])})
        for number, pair in enumerate(pairs, 1)
    ]
