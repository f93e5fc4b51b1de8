"""The page of ``align inspect --html``: one file, no scripts, nothing from elsewhere."""

from __future__ import annotations

import errno
import os
from html import escape
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.locales import text
from roadalign.outputs.inspection.remedy import settings_lines
from roadalign.outputs.inspection.sheet import FIELD_COLUMNS, NUMBERS, Sheet, sheet
from roadalign.outputs.page import compose, packaged
from roadalign.outputs.terminal_text import shown
from roadalign.safety.folder_writes import text_maker, write_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadalign.model.inspection import LayerReport

GENERATOR = "roadalign inspect"
MARK = f'<meta name="generator" content="{GENERATOR}">'
"""By this the program knows its own pages, which it may overwrite."""

_HTML_LANG = {"en": "en", "zh": "zh-CN"}


def inspection_page(reports: Sequence[LayerReport], *, side: str, lang: str) -> str:
    """Return a page about some layers, complete in one text.

    Parameters
    ----------
    reports
        The layers.
    side
        ``"a"`` or ``"b"``: whose settings the lines at the end are.
    lang
        ``"en"`` or ``"zh"``.
    """
    title = text(lang, "inspection", "title", count=len(reports))
    layers = "\n".join(
        _layer(sheet(report, lang=lang), lang, refused=not report.readable) for report in reports
    )
    return compose(
        title=title,
        lang=_HTML_LANG[lang],
        body=f"<h1>{escape(title)}</h1>\n{layers}\n{_settings(reports, side, lang)}",
        styles=[packaged("roadalign.outputs.inspection", "inspection.css")],
        meta={"generator": GENERATOR},
    )


def write_page(page: str, path: Path, *, force: bool) -> None:
    """Write a page, complete or not at all.

    Parameters
    ----------
    page
        What `inspection_page` returned.
    path
        The file.
    force
        Overwrite a file that the program did not write.

    Raises
    ------
    InputError
        If there is such a file, or the page cannot be written.
    """
    check_page(path, force=force)
    if not path.parent.is_dir():
        said = os.strerror(errno.ENOENT)
        raise InputError("cannot_write_page", where=path, problem=said)
    try:
        write_one(text_maker(lambda: page), path)
    except InputError as problem:
        if problem.key != "cannot_write":
            raise
        raise InputError("cannot_write_page", where=path, **problem.values) from None


def check_page(path: Path, *, force: bool) -> None:
    """Refuse to overwrite a file that the program did not write.

    Parameters
    ----------
    path
        The file; it need not exist.
    force
        Overwrite all the same.

    Raises
    ------
    InputError
        If there is such a file.
    """
    if not os.path.lexists(path) or force:
        return
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            own = MARK in file.read(1000)
    except OSError:
        own = False
    if not own:
        raise InputError("foreign_page", where=path)


def _settings(reports: Sequence[LayerReport], side: str, lang: str) -> str:
    settings = settings_lines(reports, side=side, lang=lang)
    if settings:
        lines = "\n".join(shown(line) for line in settings.splitlines())
        head = escape(text(lang, "inspection", "remedy_head"))
        return f"<section><h2>{head}</h2>\n<pre>{escape(lines)}</pre></section>"
    if not any(report.readable for report in reports):
        return ""
    return f"<section><p>{escape(text(lang, 'inspection', 'remedy_none'))}</p></section>"


def _layer(page: Sheet, lang: str, *, refused: bool) -> str:
    facts = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(said)}</dd>\n" for label, said in page.facts
    )
    notes = "".join(f"<li>{escape(note)}</li>\n" for note in page.notes)
    kind = ' class="refused"' if refused else ""
    return "\n".join(
        [
            f"<section{kind}><h2>{escape(page.title)}</h2>",
            f"<dl>{facts}</dl>" if facts else "",
            _fields(page, lang) if page.fields else "",
            f'<ul class="notes">{notes}</ul>' if notes else "",
            "</section>",
        ]
    )


def _fields(page: Sheet, lang: str) -> str:
    def cells(tag: str, row: dict[str, str]) -> str:
        classes = dict.fromkeys(NUMBERS, ' class="number"')
        return "".join(
            f"<{tag}{classes.get(column, '')}>{escape(row[column])}</{tag}>"
            for column in FIELD_COLUMNS
        )

    heads = {column: text(lang, "inspection", f"head.{column}") for column in FIELD_COLUMNS}
    rows = "".join(f"<tr>{cells('td', row)}</tr>\n" for row in page.fields)
    return f"<table><thead><tr>{cells('th', heads)}</tr></thead>\n<tbody>{rows}</tbody></table>"
