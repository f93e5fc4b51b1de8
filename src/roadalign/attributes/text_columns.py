"""Columns of texts, parsed once per different text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 1000
"""More characters than this are no value, and searching them could take for ever (ours)."""

_BLANKS = re.compile(r"\s+")


class NotUnderstood:
    """What a parser returns for a text that says something it cannot read."""


NOT_UNDERSTOOD = NotUnderstood()


@dataclass(frozen=True)
class Parsed:
    """A column after parsing.

    Parameters
    ----------
    values
        What was understood, ``None`` elsewhere; the index of the source.
    source
        The source's texts, ``None`` where it says nothing.
    understood
        False where the source says something that was not understood.
    """

    values: pd.Series
    source: pd.Series
    understood: pd.Series


def plain(text: str) -> str:
    """Return a text as it is compared: NFKC, no case, single blanks, none around it."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def as_text(value: object) -> str:
    """Return one cell as the text a person would write: ``6`` for 6.0, ``;`` between items."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, list | tuple | np.ndarray):
        return ";".join(as_text(item) for item in value)
    return str(value).strip()


def shortened(text: str, *, longest: int = LONGEST) -> str:
    """Return a text, ``…`` for all that is beyond a length."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def is_missing(text: str, *, zero: bool = False) -> bool:
    """Whether a compared text says nothing; with `zero`, 0 says nothing either."""
    return text in _missing() or (zero and bool(re.match(table("values")["missing"]["zero"], text)))


def parse_column(
    column: pd.Series,
    parse: Callable[[str], Any],
    *,
    stated: dict[str, Any] | None = None,
    zero: bool = False,
) -> Parsed:
    """Parse a column, each different text once.

    Parameters
    ----------
    column
        Cells of any kind.
    parse
        From a compared text (see `plain`) to a value, ``None`` (says nothing), or
        `NOT_UNDERSTOOD`.
    stated
        Source text to value, compared like the rest; wins over `parse`.
    zero
        Whether 0 says nothing.
    """
    known = {plain(text): value for text, value in (stated or {}).items()}
    if column.dtype == object:
        column = column.map(as_text, na_action="ignore")
    codes, unique = pd.factorize(column)
    sources = [as_text(value) for value in unique]
    results = [_result(plain(text), parse, known, zero=zero) for text in sources]
    clear = [result is not NOT_UNDERSTOOD for result in results]
    values = _cells([r if ok else None for r, ok in zip(results, clear, strict=True)])
    said = [None if is_missing(plain(text)) else text for text in sources]
    return Parsed(
        values=pd.Series(values[codes], index=column.index, dtype=object),
        source=pd.Series(_cells(said)[codes], index=column.index, dtype=object),
        understood=pd.Series(np.array([*clear, True])[codes], index=column.index),
    )


def _cells(items: list[Any]) -> np.ndarray[Any, Any]:
    # One more, for the code -1 of missing cells; filled one by one because items may be tuples.
    cells = np.empty(len(items) + 1, dtype=object)
    for position, item in enumerate(items):
        cells[position] = item
    return cells


def _result(text: str, parse: Callable[[str], Any], known: dict[str, Any], *, zero: bool) -> Any:
    if text in known:
        return known[text]
    if len(text) > LONGEST:
        return NOT_UNDERSTOOD
    if is_missing(text, zero=zero):
        return None
    return parse(text)


@cache
def _missing() -> frozenset[str]:
    return frozenset(plain(text) for text in table("values")["missing"]["texts"])
