"""A commented manifest to start from."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import TYPE_CHECKING

from roadalign.batches.rows import COMMENT, ENDINGS
from roadalign.errors import InputError
from roadalign.locales import text
from roadalign.standards import table

if TYPE_CHECKING:
    from pathlib import Path

_WIDTH = 28
"""Of a column of a workbook, in letters."""


def write_template(path: Path, *, lang: str) -> None:
    """Write a commented manifest; a file that exists is never overwritten.

    Parameters
    ----------
    path
        ``.csv``, ``.xlsx`` or ``.toml``.
    lang
        Language of the comments.

    Raises
    ------
    InputError
        If the ending is none of these, the file exists, or it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in ENDINGS:
        raise InputError("manifest_ending", where=path, known=", ".join(ENDINGS))
    if os.path.lexists(path):
        raise InputError("file_exists", where=path)
    try:
        if suffix == ".xlsx":
            _write_workbook(path, lang)
        else:
            content = _csv(lang) if suffix == ".csv" else _toml(lang)
            with path.open("xb") as file:
                file.write(content.encode("utf-8-sig" if suffix == ".csv" else "utf-8"))
    except OSError as problem:
        raise InputError("cannot_write", where=path, problem=problem.strerror) from None


def _comments(lang: str) -> list[str]:
    told = [line for line in text(lang, "batch", "template").strip().split("\n") if line]
    columns = [f"{column}: {entry[lang]}" for column, entry in table("manifest").items()]
    return [f"{COMMENT} {line}" for line in (*told, *columns)]


def _rows(lang: str) -> list[list[str]]:
    """Return comments, head and a first row that is a comment until somebody fills it in."""
    known = table("manifest")
    example = [entry["example"] for entry in known.values()]
    comments = [[comment] for comment in _comments(lang)]
    return [*comments, list(known), [f"{COMMENT} {example[0]}", *example[1:]]]


def _csv(lang: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(_rows(lang))
    return out.getvalue()


def _toml(lang: str) -> str:
    lines = [*_comments(lang), "", f"{COMMENT} [[pair]]"]
    for column, entry in table("manifest").items():
        lines.append(f"{COMMENT} {column} = {json.dumps(entry['example'], ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _write_workbook(path: Path, lang: str) -> None:
    import openpyxl  # noqa: PLC0415  (only where a workbook is asked for)
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in _rows(lang):
        sheet.append(row)
    for number in range(1, len(table("manifest")) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    book.save(path)
