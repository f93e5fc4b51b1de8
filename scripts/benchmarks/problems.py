"""Why a benchmark cannot run as it was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class CannotRunError(Exception):
    """What is missing or not known; its text is for who called, the exit status is 2."""


def chosen(text: str | None, known: Collection[str]) -> list[str]:
    """Return names given by commas, all where none are.

    Parameters
    ----------
    text
        Names by commas.
    known
        Those there are.

    Raises
    ------
    CannotRunError
        Where one is not known.
    """
    names = [name.strip() for name in text.split(",")] if text else list(known)
    if strange := [name for name in names if name not in known]:
        raise CannotRunError(f"not known: {', '.join(strange)}; known: {', '.join(known)}")
    return names
