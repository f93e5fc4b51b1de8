"""What columns and values of a comparison are called in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.locales import catalogue, text
from roadalign.model.columns import label_of
from roadalign.model.words import DECIDING
from roadalign.outputs.page_words import page_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadalign.model.comparison import Comparison

KINDS = ("status", "end")
"""Columns whose values are words of `map.toml`."""

NOTHING = ("rules", "decision")
"""Columns that hold nothing where there is none, rather than what is not stated."""


def say(lang: str, key: str, /, **values: object) -> str:
    """Return a message of the room ``comparison``."""
    return text(lang, "comparison", key, **values)


def field_called(found: Comparison, field: str, *, lang: str, own: bool = False) -> str:
    """Return what a column is called; of a side's column, with the name of the side.

    With `own`, the column is one of an approach, so it is clear whose it is.
    """
    known = catalogue(lang, "comparison")["field"]
    if field in known and not own:
        return str(known[field])
    side, _, name = field.partition("_")
    if side in ("a", "b"):
        return f"{found.names['ab'.index(side)]} {label_of('side', name, lang=lang)}"
    return label_of("side", field, lang=lang)


def value_called(field: str, value: Any, *, lang: str) -> str:
    """Return a value as people say it."""
    if value is None or pd.isna(value):
        return say(lang, "none" if field in NOTHING else "unknown")
    return str(_words_of(field, lang).get(str(value), value))


def _words_of(field: str, lang: str) -> Mapping[str, Any]:
    """Return what the values of a column are called, nothing where they are no words."""
    kind = field.removeprefix("a_").removeprefix("b_")
    shared: dict[str, Mapping[str, Any]] = page_words(lang)
    if kind in DECIDING:
        return shared["outcome"]
    if kind == "decision":
        return dict(catalogue(lang, "minutes")["decision_word"])
    return dict(catalogue(lang, "map")[kind]) if kind in KINDS else shared.get(kind, {})
