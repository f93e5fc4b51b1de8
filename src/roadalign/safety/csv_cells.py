"""Cells of CSV files that no spreadsheet takes for a formula.

A text is *live* where its first visible character begins a formula or looks like one that does:
``=``, ``+``, ``-``, ``@``, in full or half width, and every minus, dash, plus or equals sign.
Spreadsheets differ in what they skip before it, so everything invisible is skipped. A live text
gets an apostrophe in front, also where it begins with apostrophes already: taking one away from
every text of apostrophes and a live text gives back what was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")
_APOSTROPHE = "'"
_STARTERS = frozenset("=+-@")
_BREAKS = ("\t", "\r", "\n")
_BLANK_CATEGORIES = ("Z", "C", "M")
"""Separators, controls and other invisible characters, marks without a letter to stand on."""

_BLANK_NAMES = ("FILLER", "BLANK")
_SIGN_NAMES = ("MINUS", "HYPHEN", "DASH", "PLUS SIGN", "EQUALS SIGN", "COMMERCIAL AT")


def cell(value: Any) -> Any:
    """Return a value as a cell: numbers stay numbers, unknown is empty, no text is live.

    Parameters
    ----------
    value
        A number, a text, a list of texts (joined by commas) or ``None``. A text that is a plain
        negative number is a number. Control characters are left out.
    """
    if value is None:
        return ""
    if isinstance(value, list):
        value = ",".join(map(str, value))
    if not isinstance(value, str):
        return value
    plain = CONTROL.sub("", value)
    return f"{_APOSTROPHE}{plain}" if is_live(plain) else plain


def text_of(written: str) -> str:
    """Return the text of which `cell` made what is written (control characters aside)."""
    quoted = written.startswith(_APOSTROPHE) and is_live(written)
    return written[1:] if quoted else written


def is_live(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula, apostrophes in front aside."""
    bare = text.lstrip(_APOSTROPHE)
    if bare.startswith(_BREAKS):
        return True
    if _NEGATIVE.fullmatch(bare):
        return bare != text  # written with an apostrophe it is a text, and has to come back as one
    first = next((letter for letter in bare if not _is_blank(letter)), "")
    return bool(first) and _begins_a_formula(first)


def _is_blank(letter: str) -> bool:
    if unicodedata.category(letter)[0] in _BLANK_CATEGORIES:
        return True
    return any(word in unicodedata.name(letter, "") for word in _BLANK_NAMES)


def _begins_a_formula(letter: str) -> bool:
    plain = unicodedata.normalize("NFKC", letter)
    if not _STARTERS.isdisjoint(plain) or unicodedata.category(letter) == "Pd":
        return True
    name = unicodedata.name(letter, "")
    return any(word in name for word in _SIGN_NAMES) and not letter.isalnum()
