"""What ``align inspect`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from roadalign.locales import text
from roadalign.outputs.inspection.remedy import settings_lines
from roadalign.outputs.inspection.sheet import FIELD_COLUMNS, NUMBERS, Sheet, sheet
from roadalign.outputs.terminal_table import plain_lines
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from roadalign.model.inspection import LayerReport

LEAST_WIDTH = 60
"""Narrower terminals fold the lines themselves."""


def inspection_text(reports: Sequence[LayerReport], *, side: str, lang: str, width: int) -> str:
    """Return what was found of some layers as plain text.

    Parameters
    ----------
    reports
        The layers.
    side
        ``"a"`` or ``"b"``: whose settings the lines at the end are.
    lang
        ``"en"`` or ``"zh"``.
    width
        Columns of the terminal. The lines for ``align.toml`` are never folded.
    """
    pages = (_layer(sheet(report, lang=lang), lang) for report in reports)
    lines = plain_lines(*pages, width=max(width, LEAST_WIDTH))
    lines += _settings(reports, side, lang)
    return "\n".join(lines)


def _settings(reports: Sequence[LayerReport], side: str, lang: str) -> list[str]:
    if not any(report.readable for report in reports):
        return []
    settings = settings_lines(reports, side=side, lang=lang)
    if not settings:
        return [text(lang, "inspection", "remedy_none")]
    head = text(lang, "inspection", "remedy_head")
    return [head, "", *(shown(line) for line in settings.splitlines())]


def _layer(page: Sheet, lang: str) -> RenderableType:
    parts: list[RenderableType] = [Text(page.title)]
    if page.facts:
        facts = _grid(2)
        for label, said in page.facts:
            facts.add_row(Text(label), Text(said))
        parts.append(Padding(facts, (0, 0, 0, 2)))
    if page.fields:
        table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
        for column in FIELD_COLUMNS:
            head = text(lang, "inspection", f"head.{column}")
            table.add_column(
                Text(head), justify="right" if column in NUMBERS else "left", overflow="fold"
            )
        for row in page.fields:
            table.add_row(*(Text(row[column]) for column in FIELD_COLUMNS))
        parts += [Text(""), Padding(table, (0, 0, 0, 2))]
    if page.notes:
        notes = _grid(1)
        for note in page.notes:
            notes.add_row(Text("!"), Text(note))
        parts += [Text(""), Padding(notes, (0, 0, 0, 2))]
    return Group(*parts, Text(""))


def _grid(gap: int) -> Table:
    """Return two columns; Chinese sentences have no blanks to break at, so they are folded."""
    grid = Table.grid(padding=(0, gap))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid
