"""The page of ``align inspect --html``: one file, no scripts, nothing from elsewhere."""

from __future__ import annotations

import errno
import os
from html import escape
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.locales import text
from roadalign.report.inspection.remedy import settings_lines
from roadalign.report.inspection.sheet import FIELD_COLUMNS, NUMBERS, Sheet, sheet
from roadalign.report.letters import shown
from roadalign.writing import text_maker, write_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadalign.model.inspection import LayerReport

MARK = '<meta name="generator" content="roadalign inspect">'
"""By this the program knows its own pages, which it may overwrite."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_HTML_LANG = {"en": "en", "zh": "zh-CN"}
_STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1d2733;
max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}h2{font-size:1.05rem;overflow-wrap:anywhere}
section{border-top:1px solid #c8d0d8;margin-top:1.5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
dt{color:#52606d}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:1rem 0}
th,td{text-align:left;padding:.15rem 1rem .15rem 0;border-bottom:1px solid #e4e8ec}
.number{text-align:right}
.notes li{overflow-wrap:anywhere}.refused h2,.notes li::marker{color:#a33b00}
pre{background:#f3f5f7;padding:1rem;overflow-x:auto}
"""


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
    title = escape(text(lang, "inspection", "title", count=len(reports)))
    layers = "\n".join(
        _layer(sheet(report, lang=lang), lang, refused=not report.readable) for report in reports
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{_HTML_LANG[lang]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n{MARK}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"{layers}\n{_settings(reports, side, lang)}\n</body>\n</html>\n"
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
