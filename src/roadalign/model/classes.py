"""What a road's class is called in a sentence, whatever code the source writes for it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from roadalign.standards import table


def class_name(text: Any, rank: Any, *, lang: str) -> Any:
    """Return the name of a class in one language.

    Parameters
    ----------
    text
        The class as the source writes it, ``<NA>`` where it writes none.
    rank
        Its ordinal rank, ``<NA>`` where the text was not understood.
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str or <NA>
        ``class 1 highway`` for the code ``11`` of rank 5, and for ``一级公路``; a text that is
        no code and no name of ``standards/classes.toml`` as it is.
    """
    if pd.isna(text):
        return pd.NA
    plain = str(text).strip()
    if plain.isdigit() and not pd.isna(rank):
        return _highways(lang).get(int(rank), plain)
    return _names(lang).get(plain.lower(), plain)


def is_name(text: Any, rank: Any) -> bool:
    """Return whether a class is said by a name of ``standards/classes.toml``."""
    return not pd.isna(text) and class_name(text, rank, lang="en") in _names("en").values()


def class_names(texts: pd.Series, ranks: pd.Series, *, lang: str) -> pd.Series:
    """Return the names of classes, as `class_name`."""
    said = [class_name(text, rank, lang=lang) for text, rank in zip(texts, ranks, strict=True)]
    return pd.Series(said, index=texts.index, dtype="string")


@cache
def _names(lang: str) -> dict[str, str]:
    rows = table("classes")["name"]
    return {row[own].lower(): row[lang] for row in rows for own in ("en", "zh")}


@cache
def _highways(lang: str) -> dict[int, str]:
    rows = table("classes")["name"]
    return {row["rank"]: row[lang] for row in rows if row["system"] == "highway"}
