"""The columns of every table, read from ``standards/columns.toml``: one entry each.

Table types, the field dictionary, JSON Schemas with their descriptions, headings, what the cards
compare and what makes a docking point "changed" all follow from these entries.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import msgspec

from roadalign.standards import table

TABLES = (
    "road",
    "docking_point",
    "approach",
    "link",
    "crossing",
    "finding",
    "network",
    "barrier",
    "place",
    "area",
)
"""Tables of ``standards/columns.toml``; ``helper`` and ``end`` beside them are parts of others."""

SIDES = ("a", "b")

BY_VALUE = "value"
"""How a column is tracked of which any other value counts."""

_PANDAS = {
    "text": "string",
    "text_list": "string",
    "record_list": "object",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "flag": "bool",
}
_SIDES_BEFORE = {"docking_point": "gap_m", "approach": "heading_deg"}
"""The column before which a table holds those of a side."""


class Words(msgspec.Struct, frozen=True):
    """A text in both languages."""

    en: str
    zh: str


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column.

    Parameters
    ----------
    type
        ``flag`` is a boolean that is never unknown; lists are joined by commas in tables.
    label, description
        What people call it, and what it is.
    unit
        Of its numbers.
    group
        What it is about, on cards and in workbooks.
    aspect
        What it speaks for in a verdict: ``place``, ``section`` and ``timing`` decide.
    compared
        Whether the two sides' values are set against one another.
    deciding
        Whether a verdict needs it of both sides where one states it.
    tracked
        ``value``, or the name of a limit: what makes a docking point "changed".
    identifies
        Whether it tells which road is meant when versions are matched.
    words
        Enumeration of its texts, see `roadalign.model.words.WORDS`.
    minimum, maximum
        Of its numbers.
    known
        Never ``<NA>``.
    on_points
        Of a road's column: docking points and approaches carry it for each side.
    list_on_points
        There it may hold several, joined by commas.
    spellings
        Names of the source field, best first.
    parser
        What reads its texts, a function of `roadalign.attributes.values`.
    zero_is_unknown
        Whether 0 means that nobody filled in the cell.
    """

    type: Literal["text", "text_list", "record_list", "integer", "number", "boolean", "flag"]
    label: Words
    description: Words
    unit: str | None = None
    group: str | None = None
    aspect: Literal["place", "section", "timing", "identity", "land"] | None = None
    compared: bool = False
    deciding: bool = False
    tracked: str | None = None
    identifies: bool = False
    words: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    known: bool = False
    on_points: bool = False
    list_on_points: bool = False
    spellings: tuple[str, ...] = ()
    parser: str | None = None
    zero_is_unknown: bool = False

    @property
    def pandas_type(self) -> str:
        """Its type in a table."""
        return _PANDAS[self.type]


@cache
def _entries() -> dict[str, dict[str, Column]]:
    return msgspec.convert(table("columns"), dict[str, dict[str, Column]])


@cache
def columns_of(name: str) -> dict[str, Column]:
    """Return the columns of one table, in its order.

    Parameters
    ----------
    name
        One of `TABLES`; ``side`` for what docking points say of each side, without ``a_`` and
        ``b_`` in front.
    """
    if name == "side":
        of_road = {key: one for key, one in _entries()["road"].items() if one.on_points}
        return of_road | _entries()["end"]
    own = _entries()[name]
    before = _SIDES_BEFORE.get(name)
    if before is None:
        return own
    prefixes = ("a_", "b_") if name == "docking_point" else ("",)
    found: dict[str, Column] = {}
    for key, one in own.items():
        if key == before:
            for prefix in prefixes:
                found |= {f"{prefix}{of}": column for of, column in _of_side(prefix).items()}
        found[key] = one
    return found


def _of_side(prefix: str) -> dict[str, Column]:
    """Return the columns of a side; where one may be without a road, none is always known."""
    own = columns_of("side")
    if not prefix:
        return own
    return {key: msgspec.structs.replace(one, known=False) for key, one in own.items()}


def pandas_types(name: str) -> dict[str, str]:
    """Return the pandas type of each column of a table; see `columns_of`."""
    return {key: column.pandas_type for key, column in columns_of(name).items()}


@cache
def read_columns() -> dict[str, Column]:
    """Return the columns that are read from source fields: those of the road table, and helpers."""
    both = _entries()["road"] | _entries()["helper"]
    return {key: column for key, column in both.items() if column.spellings}


@cache
def expected_columns() -> tuple[str, ...]:
    """Return the columns of a road that a plan is expected to state in a field of their own.

    An administrative class mostly stands in the route number.
    """
    return tuple(
        key
        for key, column in _entries()["road"].items()
        if column.spellings and key != "admin_class"
    )


def selected(name: str, **wanted: Any) -> tuple[str, ...]:
    """Return the columns of a table whose entries hold some values, e.g. ``compared=True``."""
    return tuple(
        key
        for key, column in columns_of(name).items()
        if all(getattr(column, what) == value for what, value in wanted.items())
    )


def list_columns(name: str) -> frozenset[str]:
    """Return the columns of a table that hold several texts, joined by commas in tables."""
    return frozenset(
        key
        for key, column in columns_of(name).items()
        if column.type == "text_list" or column.list_on_points
    )


def tracked_columns(name: str) -> dict[str, str]:
    """Return the columns of a table that make a docking point "changed".

    Returns
    -------
    dict
        Column to ``"value"`` (any other value does) or the name of a limit (a difference of at
        least that does, and one that is known in one version only).
    """
    return {key: one.tracked for key, one in columns_of(name).items() if one.tracked is not None}


def label_of(name: str, column: str, *, lang: str) -> str:
    """Return what people call a column of a table, see `columns_of`."""
    label: str = getattr(columns_of(name)[column].label, lang)
    return label


def label_to_supply(column: str, *, lang: str) -> str:
    """Return what to call a column of a side that is to be supplied.

    A class is asked for as people write it; its rank follows.
    """
    return label_of("side", {"road_class": "class_text"}.get(column, column), lang=lang)
