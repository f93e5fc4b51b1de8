"""Texts on a terminal: how wide they are, and without what would steer it."""

from __future__ import annotations

import unicodedata


def shown_width(value: str) -> int:
    """Return how many columns a text takes on a terminal.

    East Asian wide characters take two, marks that stand on the letter before them none.
    """
    return sum(
        0
        if unicodedata.category(letter) in {"Mn", "Me"}
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in value
    )


def shown(value: object) -> str:
    """Return a text from a file without what would steer the terminal or break the line."""
    return "".join(letter if letter.isprintable() else " " for letter in str(value)).strip()
