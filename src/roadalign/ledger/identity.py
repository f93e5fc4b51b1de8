"""Names of docking points without a predecessor; `roadalign.ledger.baseline` keeps the others.

An id such as ``DP-7K3Q9F`` is made from the place (to about ten metres) and the roads that meet
there, so the same input always gives the same id, whichever side is called A. Two points that
would get the same id are told apart by their order along the boundary.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letters that are mistaken for digits."""

LETTERS = 6
PLACE_DIGITS = 4
"""Decimals of longitude and latitude that count: 0.0001° is about 10 m."""


def new_ids(
    places: Sequence[tuple[float, float]],
    roads: Sequence[tuple[str, str]],
    *,
    taken: Collection[str] = (),
) -> list[str]:
    """Make ids for docking points.

    Parameters
    ----------
    places
        Longitude and latitude of each point, in order along the boundary.
    roads
        What each side calls its road there, ``""`` where it has none.
    taken
        Ids of other points, now or in an earlier version: none of them is given again.
    """
    used = set(taken)
    return [_one_id(place, pair, taken=used) for place, pair in zip(places, roads, strict=True)]


def _one_id(place: tuple[float, float], pair: tuple[str, str], *, taken: set[str]) -> str:
    where = ",".join(f"{value:.{PLACE_DIGITS}f}" for value in place)
    key = "|".join([where, *sorted(pair)])
    turn = 0
    while True:
        name = _name(f"{key}|{turn}" if turn else key)
        if name not in taken:
            taken.add(name)
            return name
        turn += 1


def _name(key: str) -> str:
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    letters = [ALPHABET[number >> (5 * i) & 31] for i in range(LETTERS)]
    return "DP-" + "".join(letters)
