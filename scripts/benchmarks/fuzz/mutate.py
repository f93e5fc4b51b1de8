"""Mutations of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_INTERESTING = (
    *(b"\0", b"\xff", b"\x7f", b"\x80", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"),
    *(b"\0\0\0\x80", b"\0\0\0\0\0\0\xf0\x7f", b"\0\0\0\0\0\0\xf8\x7f", b"NaN", b"null", b"1e999"),
    *(b"[]", b"{}", b'""', b"-1", b"99999999999999999999", b"&x;", b"<", b">", b"\xd0\xb0"),
)


def mutated(  # noqa: C901  (one branch per kind of change)
    content: bytes, other: bytes, dice: random.Random
) -> bytes:
    """Return bytes changed in one to eight places.

    Parameters
    ----------
    content
        What to change.
    other
        Another file of the same format, from which a stretch may be taken.
    dice
        Source of chance.
    """
    out = bytearray(content)
    for _ in range(1 << dice.randrange(4)):
        if not out:
            break
        place = dice.randrange(len(out))
        length = min(len(out) - place, 1 << dice.randrange(10))
        kind = dice.randrange(8)
        if kind == 0:
            out[place] ^= 1 << dice.randrange(8)
        elif kind == 1:
            out[place] = dice.randrange(256)
        elif kind == 2:  # noqa: PLR2004
            piece = dice.choice(_INTERESTING)
            out[place : place + len(piece)] = piece
        elif kind == 3:  # noqa: PLR2004
            out[place:place] = dice.choice(_INTERESTING)
        elif kind == 4:  # noqa: PLR2004
            del out[place : place + length]
        elif kind == 5:  # noqa: PLR2004
            out[place:place] = out[place : place + length]
        elif kind == 6 and other:  # noqa: PLR2004
            start = dice.randrange(len(other))
            out[place : place + length] = other[start : start + length]
        else:
            piece = bytes(out[place : place + length])
            target = dice.randrange(len(out))
            out[target : target + length] = piece
    if not dice.randrange(40):
        del out[dice.randrange(len(out) + 1) :]
    return bytes(out)
