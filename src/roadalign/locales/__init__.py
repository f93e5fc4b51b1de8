"""Every sentence a user sees, in English and Chinese.

One folder per language, one TOML file per room (``errors``, ``cli``, ``report``,
``map``). A message may hold ``{placeholders}``; both languages hold the same
keys and the same placeholders, which a test checks.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")


@cache
def catalogue(lang: str, room: str) -> dict[str, Any]:
    """Return all messages of one room in one language.

    Parameters
    ----------
    lang
        One of `LANGUAGES`.
    room
        Name of the TOML file without its ending, e.g. ``"errors"``.
    """
    if lang not in LANGUAGES:
        raise KeyError(lang)
    source = files(__name__).joinpath(lang, f"{room}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def text(lang: str, room: str, key: str, /, **values: object) -> str:
    """Return one message, its placeholders filled.

    Parameters
    ----------
    lang
        One of `LANGUAGES`.
    room
        The TOML file the message stands in.
    key
        Dotted path of the message, e.g. ``"no_crs.what"``.
    **values
        Values of the placeholders.

    Raises
    ------
    KeyError
        If there is no such message or a value is missing.
    """
    found: Any = catalogue(lang, room)
    for part in key.split("."):
        found = found[part]
    return str(found).format(**values)
