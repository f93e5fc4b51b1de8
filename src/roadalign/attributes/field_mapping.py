"""Which source field holds which canonical column.

The dictionary is that of ``standards/columns.toml``; a mapping in the settings wins over it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.model.columns import read_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SEPARATORS = re.compile(r"[\s_\-:.·]+")
_CUT_BYTES = 10  # room for a field name in a shapefile
_UTF8_HAN_BYTES = 3
_OSM = {"highway", "bridge", "tunnel"}


def spelled(name: str) -> str:
    """Return a field name as it is compared: no case, blanks, separators or bracketed units.

    Full-width characters are plain ones: ``车道数量（个）`` and ``车道数量`` are the same.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _SEPARATORS.sub("", _IN_BRACKETS.sub("", plain))


def map_fields(
    names: Iterable[str], *, stated: dict[str, str], where: str, cut: bool
) -> dict[str, str]:
    """Return the source field of each canonical column that has one.

    Parameters
    ----------
    names
        The source's fields.
    stated
        Canonical column to source field, from the settings.
    where
        How to name that setting in an error.
    cut
        Whether the format cuts names at ten bytes (shapefile), so that a name may be the
        beginning of a spelling.

    Returns
    -------
    dict
        Canonical column (or one of the helpers ``highway``, ``bridge``, ``tunnel``) to source
        field, in the order of the dictionary.

    Raises
    ------
    InputError
        If a stated column or field does not exist; names the nearest.
    """
    fields = list(names)
    _check(stated, fields, where)
    by_spelling: dict[str, str] = {}
    for field in fields:
        by_spelling.setdefault(spelled(field), field)
    for field in fields if cut else ():
        by_spelling.setdefault(_completed(field), field)
    taken = set(stated.values())
    found = {}
    for column, entry in read_columns().items():
        fitting = (by_spelling.get(spelled(spelling), "") for spelling in entry.spellings)
        best = stated.get(column) or next((one for one in fitting if one and one not in taken), "")
        if best:
            found[column] = best
    # `layer` is a grade level in OpenStreetMap only; elsewhere it names a drawing's layer.
    if spelled(found.get("grade_level", "")) == "layer" and not (
        _OSM & {*found} or "grade_level" in stated
    ):
        del found["grade_level"]
    return found


def _check(stated: dict[str, str], fields: list[str], where: str) -> None:
    dictionary = read_columns()
    for column, field in stated.items():
        if column not in dictionary:
            raise InputError(
                "unknown_column",
                where=f"{where}.{column}",
                suggestion=nearest(column, dictionary),
            )
        if field not in fields:
            raise InputError(
                "unknown_field",
                where=f"{where}.{column}",
                field=field,
                suggestion=nearest(field, fields),
                fields=", ".join(fields) or "—",
            )


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name most like another, ``—`` if none is at all."""
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return near[0] if near else "—"


def _completed(field: str) -> str:
    """Return the one spelling of the dictionary that a cut name begins, or the name itself."""
    plain = spelled(field)
    if plain in _all_spellings() or not plain:
        return plain
    room = {len(field.encode("gb18030")), len(field.encode("utf-8"))}
    full = any(_CUT_BYTES - _UTF8_HAN_BYTES < length <= _CUT_BYTES for length in room)
    if not full:
        return plain
    longer = [one for one in _all_spellings() if one.startswith(plain)]
    columns = {column for one in longer for column in _all_spellings()[one]}
    if len(longer) == 1 or len(columns) == 1:
        return min(longer, key=len)
    return plain


@cache
def _all_spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for column, entry in read_columns().items():
        for spelling in entry.spellings:
            found[spelled(spelling)] = (*found.get(spelled(spelling), ()), column)
    return found
