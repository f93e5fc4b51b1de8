"""What rich lays out, as lines of plain text; nothing below the commands prints."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rich.console import RenderableType

INDENT = "  "
GAP = 2
LEAST_CUT = 8
"""On a narrow terminal cells are cut down to this many columns, and no further."""


def plain_lines(*parts: RenderableType, width: int) -> list[str]:
    """Return what rich makes of some parts, without colour and without blanks at the ends.

    Parameters
    ----------
    parts
        One below the other. Texts from files are given as `rich.text.Text`, which reads no markup.
    width
        Columns there are.
    """
    out = StringIO()
    # Told what it writes to: it would take a notebook or a variable of the environment for it.
    console = Console(
        file=out, width=width, color_system=None, force_terminal=False, force_jupyter=False
    )
    for part in parts:
        console.print(part)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def table_lines(
    rows: Sequence[Mapping[str, str]],
    *,
    right: Collection[str] = (),
    longest: Mapping[str, int],
    width: int | None = None,
) -> list[str]:
    """Return rows as an indented table, each in one line.

    Parameters
    ----------
    rows
        One or more, all with the same columns in the same order; headings are a row.
    right
        Columns of numbers, which stand on the right.
    longest
        Columns that are cut, with the most columns of the terminal each takes; others never are.
    width
        Columns of the terminal. Where they are too few, the columns of `longest` are cut further,
        the widest first; without a width they are not.
    """
    table = Table.grid(padding=(0, GAP))
    least = GAP * (len(rows[0]) - 1)
    for column in rows[0]:
        wanted = max(cell_len(shown(row[column])) for row in rows)
        most = min(wanted, longest.get(column, wanted))
        kept = min(most, LEAST_CUT) if width is not None and column in longest else most
        least += kept
        side: Literal["left", "right"] = "right" if column in right else "left"
        table.add_column(
            justify=side, min_width=kept, max_width=most, no_wrap=column not in longest
        )
    for row in rows:
        table.add_row(
            *(Text(shown(cell), no_wrap=True, overflow="ellipsis") for cell in row.values())
        )
    return [
        INDENT + line for line in plain_lines(table, width=max(least, (width or 0) - len(INDENT)))
    ]
