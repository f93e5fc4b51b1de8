"""Plain values from outside are bounded before anything is done with them.

What TOML or JSON may hold and a program cannot digest: a thousand tables in one another, numbers
that are none or have a thousand digits, texts without end, and the character that ends a name for
the system.
"""

from __future__ import annotations

import math
import reprlib
from typing import Any

from roadalign.errors import InputError

MOST_DEPTH = 12
MOST_VALUES = 200_000
MOST_LETTERS = 4000
MOST_SIZE = 1e15
"""No number of a setting is larger: it is more than all metres or people there are."""

MOST_NAME_BYTES = 512
"""Disks take 255, of which a layer behind a colon is no part."""

LETTERS_SHOWN = 60


def require_bounded(data: Any, *, where: object) -> None:
    """Refuse values that are too deep, too many, too long, not finite or too large.

    Parameters
    ----------
    data
        Dictionaries, lists and single values, as `tomllib` returns them.
    where
        What to call the whole in an error.

    Raises
    ------
    InputError
        ``setting_bounds``, with the key and what is wrong with it.
    """
    waiting: list[tuple[str, Any, int]] = [("", data, 0)]
    seen = 0
    while waiting:
        key, value, depth = waiting.pop()
        seen += 1
        problem = _problem(value, depth) or ("many" if seen > MOST_VALUES else None)
        if problem:
            said = {"key": shortened(key or "—"), "value": shortened(value)}
            bound = {"depth": MOST_DEPTH, "letters": MOST_LETTERS, "size": f"{MOST_SIZE:.0e}"}
            raise InputError(f"setting_{problem}", where=where, **said, **bound)
        if isinstance(value, dict):
            for name, held in value.items():
                waiting.append((f"{key}.{name}" if key else str(name), held, depth + 1))
                waiting.append((key, str(name), depth))
        elif isinstance(value, list | tuple):
            waiting += [(f"{key}[{k}]", held, depth + 1) for k, held in enumerate(value)]


def require_names(source: str, *, key: str) -> None:
    """Refuse a path, or several joined by ``+``, with a name that no disk takes.

    Parameters
    ----------
    source
        As the user wrote it.
    key
        The setting.

    Raises
    ------
    InputError
        ``name_too_long``.
    """
    for name in source.replace("\\", "/").replace("+", "/").split("/"):
        if len(name.encode("utf-8", "replace")) > MOST_NAME_BYTES:
            said = {"key": key, "value": shortened(name), "most": MOST_NAME_BYTES}
            raise InputError("name_too_long", where=shortened(source), **said)


def shortened(value: Any, *, letters: int = LETTERS_SHOWN) -> str:
    """Return a value as a message shows it: its beginning, however long or deep it is."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, int) and abs(value) > MOST_SIZE:  # a float may be too small for it
        return f"{'-' * (value < 0)}1e{int(value.bit_length() * math.log10(2))}"
    said = value if isinstance(value, str) else reprlib.repr(value)
    plain = "".join(letter if letter.isprintable() else "�" for letter in said)
    return plain if len(plain) <= letters else f"{plain[:letters]}…"


def _problem(value: Any, depth: int) -> str | None:
    """Return which bound a value breaks, ``None`` where it keeps them all."""
    if depth > MOST_DEPTH:
        return "deep"
    if isinstance(value, str):
        return "nul" if "\0" in value else "long" if len(value) > MOST_LETTERS else None
    if isinstance(value, int):
        return "number" if abs(value) > MOST_SIZE else None
    if isinstance(value, float):
        return None if math.isfinite(value) and abs(value) <= MOST_SIZE else "number"
    return None
