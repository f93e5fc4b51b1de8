"""Texts on a terminal, without what would steer it."""

from __future__ import annotations


def shown(value: object) -> str:
    """Return a text from a file without what would steer the terminal or break the line."""
    return "".join(letter if letter.isprintable() else " " for letter in str(value)).strip()
