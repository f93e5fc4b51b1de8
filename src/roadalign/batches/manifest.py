"""A manifest: one row a pair, judged as a whole, so that all faults are told at once."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.batches.names import alike, is_safe, settled
from roadalign.batches.rows import Row, read_rows
from roadalign.errors import InputError, SeveralInputError
from roadalign.settings import Settings, parse_settings, read_toml
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

IN_PYTHON = "rows"
"""How the place of a row is called that does not come from a file."""

_JOINT = ";"
_FULL_WIDTH_JOINT = "；"


@dataclass(frozen=True)
class Pair:
    """One pair of plans to be checked.

    Parameters
    ----------
    name
        Name of the pair, safe as the name of a folder.
    settings
        Everything that steers its check; sources are relative to the folder of the manifest.
    """

    name: str
    settings: Settings


def read_manifest(path: Path, *, lang: str) -> list[Pair]:
    """Read a manifest.

    Parameters
    ----------
    path
        See `roadalign.batches.rows.read_rows`.
    lang
        Language in which the maps open, ``"en"`` or ``"zh"``.

    Returns
    -------
    list of Pair
        Sorted by name.

    Raises
    ------
    SeveralInputError
        With everything that is wrong in it, each with row and column.
    """
    return _judged(read_rows(path), path.parent, where=path, lang=lang)


def pairs_of(rows: Iterable[Mapping[str, Any]], folder: Path, *, lang: str) -> list[Pair]:
    """Return the pairs of rows that are given as dictionaries, see `read_manifest`.

    Parameters
    ----------
    rows
        Columns of ``standards/manifest.toml``; values are texts, paths or lists of them.
    folder
        What relative paths are relative to.
    lang
        Language in which the maps open.
    """
    told = [
        Row(f"{IN_PYTHON}:{number}", {key: _in_python(value) for key, value in row.items()})
        for number, row in enumerate(rows, 1)
    ]
    full = [Row(row.place, {k: v for k, v in row.cells.items() if v is not None}) for row in told]
    return _judged(full, folder, where=IN_PYTHON, lang=lang)


def _in_python(value: object) -> object:
    """Return a cell as a manifest would hold it; NaN is how pandas leaves one empty."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    empty = value in (None, "") or (isinstance(value, float) and math.isnan(value))
    if empty:
        return None
    return str(value)


def _judged(rows: Sequence[Row], folder: Path, *, where: object, lang: str) -> list[Pair]:
    if not rows:
        raise InputError("manifest_empty", where=where)
    problems: list[InputError] = []
    pairs: list[Pair] = []
    places: dict[str, str] = {}
    strange = _strange_columns(rows)
    for row in rows:
        cells, wrong = _cells(row, skip=strange)
        name = settled(str(cells.get("name", "")))
        if name and not is_safe(name):
            wrong.append(InputError("pair_name", where=f"{row.place}:name", name=name))
        elif name and alike(name) in places:
            other = places[alike(name)]
            wrong.append(InputError("pair_twice", where=f"{row.place}:name", other=other))
        places.setdefault(alike(name), row.place)
        pair = None
        if not wrong:
            pair, wrong = _pair(name, cells, row.place, folder, lang=lang)
        problems += wrong
        pairs += [pair] if pair else []
    problems = list(strange.values()) + problems
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralInputError(where, problems)
    return sorted(pairs, key=lambda pair: pair.name)


def _strange_columns(rows: Sequence[Row]) -> dict[str, InputError]:
    """Return an error for each column nobody knows, at the row where it is first used."""
    found: dict[str, InputError] = {}
    for row in rows:
        for head in row.cells:
            if head not in found and _column(head) is None:
                near = difflib.get_close_matches(head.casefold(), _spellings(), n=1)
                known = near[0] if near else ", ".join(table("manifest"))
                where = f"{row.place}:{head}"
                found[head] = InputError("manifest_column", where=where, suggestion=known)
    return found


def _cells(row: Row, *, skip: Mapping[str, Any]) -> tuple[dict[str, Any], list[InputError]]:
    """Return a row's cells by column, and what is wrong with them."""
    cells: dict[str, Any] = {}
    problems = []
    for head, value in row.cells.items():
        if head in skip:
            continue
        column = _column(head) or head
        where = f"{row.place}:{head}"
        if column in cells:
            problems.append(InputError("manifest_column_twice", where=where))
        entry = table("manifest")[column]
        parts = _parts(value) if entry.get("several") else value
        good = isinstance(parts, str) or (isinstance(parts, list) and entry.get("several"))
        if not good or not all(isinstance(part, str) and part for part in parts):
            problems.append(InputError("manifest_cell_type", where=where))
        cells[column] = parts
    if "name" not in cells:
        problems.append(InputError("manifest_cell", where=f"{row.place}:name", column="name"))
    return cells, problems


def _parts(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = value.replace(_FULL_WIDTH_JOINT, _JOINT).split(_JOINT)
    return [part.strip() for part in parts if part.strip()]


def _pair(
    name: str, cells: dict[str, Any], place: str, folder: Path, *, lang: str
) -> tuple[Pair | None, list[InputError]]:
    """Return the pair of a row, or what is wrong with it."""
    try:
        settings = _settings(cells, place, folder, lang=lang)
    except InputError as problem:
        return None, [problem]
    has = {
        "plan_a": settings.a.plan,
        "plan_b": settings.b.plan,
        "boundary": settings.boundary.file,
    }
    missing = [
        InputError("manifest_cell", where=f"{place}:{column}", column=column)
        for column, value in has.items()
        if not value
    ]
    return (None, missing) if missing else (Pair(name, settings), [])


def _settings(cells: dict[str, Any], place: str, folder: Path, *, lang: str) -> Settings:
    """Return the settings of a row: its align.toml, and what the row itself says above it."""
    from roadalign.pipeline.run_from_settings import seen_from_here  # noqa: PLC0415  (loads the whole check)
    from roadalign.rules.core import refuse_unknown  # noqa: PLC0415  (loads the rules)

    plain: dict[str, Any] = {}
    if "settings" in cells:
        where = f"{place}:settings: {cells['settings']}"
        try:
            base = parse_settings(read_toml(folder / cells["settings"]), where=where)
        except InputError as problem:
            raise InputError(problem.key, where=where, **problem.values) from None
        refuse_unknown(base.only)
        plain = msgspec.to_builtins(seen_from_here(base, Path(cells["settings"]).parent))
    for column, value in cells.items():
        into = table("manifest")[column].get("into")
        if into:
            *rooms, key = into.split(".")
            room = plain.setdefault(rooms[0], {}) if rooms else plain
            room[key] = value
    return parse_settings(plain | {"lang": lang, "out": None}, where=place)


@cache
def _spellings() -> dict[str, str]:
    known = table("manifest").items()
    return {
        spelling.casefold(): column
        for column, entry in known
        for spelling in (column, *entry["also"])
    }


def _column(head: str) -> str | None:
    return _spellings().get(head.strip().casefold())
