"""Texts that hold several names or route numbers of one road.

Concurrent routes and bilingual names are written in one cell (``G320;G228``, ``Rue Haute /
Hoogstraat``); the same is made where two features turn out to be one road. Two such texts agree
where one of the names does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    Texts = NDArray[np.object_]

NAMES, NUMBERS = " / ", ";"
"""What is put between several names, and between several route numbers."""

_BETWEEN = re.compile(r"\s*[;；]\s*|\s+/\s+")
_MANY = re.compile(r"[;；]|\s/\s")


def parts_of(text: str) -> tuple[str, ...]:
    """Return the single names of a text."""
    return tuple(part for part in _BETWEEN.split(text) if part)


def join_texts(texts: Iterable[str], *, between: str) -> str:
    """Return the different names of some texts in one, in their order.

    Parameters
    ----------
    texts
        Each one name or several; names that differ in case alone are one.
    between
        What to put between them.
    """
    found: dict[str, str] = {}
    for text in texts:
        for part in parts_of(text):
            found.setdefault(part.casefold(), part)
    return between.join(found.values())


def agree(left: Texts, right: Texts) -> NDArray[np.bool_]:
    """Return where two texts are the same, or have a name in common."""
    same = np.asarray(left == right, dtype=bool)
    for k in np.flatnonzero(~same & _several(left, right)):
        same[k] = not set(parts_of(left[k])).isdisjoint(parts_of(right[k]))
    return same


def most_alike(
    left: Texts, right: Texts, score: Callable[[list[str], list[str]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return how alike two texts are, of several names the two most alike.

    Parameters
    ----------
    left, right
        Texts, empty where there is none.
    score
        How alike two lists of names are, pair by pair.
    """
    found = np.array(score(list(left), list(right)), dtype=float)
    for k in np.flatnonzero(_several(left, right)):
        pairs = [(one, two) for one in parts_of(left[k]) for two in parts_of(right[k])]
        if pairs:
            ones, twos = zip(*pairs, strict=True)
            found[k] = max(found[k], score(list(ones), list(twos)).max())
    return found


def _several(left: Texts, right: Texts) -> NDArray[np.bool_]:
    return np.array(
        [
            bool(one and two and (_MANY.search(one) or _MANY.search(two)))
            for one, two in zip(left, right, strict=True)
        ],
        dtype=bool,
    )
