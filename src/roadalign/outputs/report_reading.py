"""A ``report.json`` of anybody's becomes one that can be compared, or an error that names a place.

What a comparison or a run after it takes from a report is looked at value by value; what no version
of this program writes is left out, and a column that only some rows have is unknown in the others.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from pyproj.exceptions import CRSError

from roadalign.errors import InputError
from roadalign.georeferencing.crs_text import read_crs
from roadalign.model.columns import columns_of
from roadalign.model.records import REPORT_TABLES, Alternative
from roadalign.model.run import SCHEMA_VERSION
from roadalign.model.words import WORDS
from roadalign.outputs.older_reports import upgraded
from roadalign.safety.bounds import shortened
from roadalign.safety.regular_files import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MOST_BYTES = 1 << 30
"""A report is no larger; a boundary of 2,000 docking points gives a hundredth of it."""

MOST_LETTERS = 20_000
LARGEST_WHOLE = 2**53
OWN_PROGRAM = "roadalign"

_ID = re.compile(r"DP-[0-9A-Z]{6}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_PLACES = {"docking_points": "Point", "approaches": "Point", "links": "LineString"}
_DECIDING_WORDS = {"verdict", "severity", "party", "end"}
_DEGREES = {"lon": 180.0, "lat": 90.0}


class _Kind(NamedTuple):
    """What a cell may hold."""

    type: str
    words: str | None = None
    several: bool = False
    known: bool = False


def _kinds(table: str) -> dict[str, _Kind]:
    return {
        name: _Kind(one.type, one.words, one.list_on_points or one.type == "text_list", one.known)
        for name, one in columns_of(table).items()
    }


_COMPARED = {name: _kinds(REPORT_TABLES[name]) for name in _PLACES}
_HISTORY = {
    "id": _Kind("text", known=True),
    "lon": _Kind("number", known=True),
    "lat": _Kind("number", known=True),
    "axis_deg": _Kind("number", known=True),
    **{
        f"{side}_{name}": _kinds("side")[name]._replace(known=False)
        for side in "ab"
        for name, column in columns_of("side").items()
        if column.identifies
    },
    "first_seen": _Kind("text", known=True),
    "last_seen": _Kind("text", known=True),
    "gone": _Kind("boolean", known=True),
}
_STATE = {
    "time": _Kind("text", known=True),
    "verdict": _Kind("text", "verdict", known=True),
    "severity": _Kind("text", "severity", known=True),
    "unresolved": _Kind("boolean", known=True),
}


class _WrongError(Exception):
    """Something in a report is not what it has to be; the text says where and what."""


def read_json(file: Path) -> Any:
    """Read a JSON file of bounded size.

    Parameters
    ----------
    file
        The file.

    Raises
    ------
    InputError
        ``no_such_file``, ``cannot_read``, ``not_a_file``, ``file_too_large`` or ``not_a_report``.
    """
    content = read_regular_file(file, label=file, limit_bytes=MOST_BYTES)
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise InputError("not_a_report", where=file, problem="[[[[…") from None
    except ValueError as problem:
        said = shortened(str(problem), letters=200)
        raise InputError("not_a_report", where=file, problem=said) from None


def require_report(record: Mapping[str, Any], *, where: object) -> dict[str, Any]:
    """Return a report whose values are what they have to be.

    Parameters
    ----------
    record
        As JSON gives it, written by this program as ``run.program`` says.
    where
        What to call it in an error.

    Raises
    ------
    InputError
        ``not_a_report``, with the place and the value that is wrong.
    """
    try:
        return _report(upgraded(dict(record)))
    except _WrongError as problem:
        raise InputError("not_a_report", where=where, problem=str(problem)) from None


def _report(record: Mapping[str, Any]) -> dict[str, Any]:
    run = _run(_dict(record.get("run"), "run"))
    names = _list(record.get("names"), "names")
    if len(names) != 2:  # noqa: PLR2004  (two sides)
        raise _WrongError("names")
    for k, name in enumerate(names):
        _text(name, f"names[{k}]")
    boundary = _dict(record.get("boundary"), "boundary")
    _text(boundary.get("name"), "boundary.name")
    lines = {"LineString", "MultiLineString"}
    _geometry(boundary.get("geometry"), lines, "boundary.geometry")
    tables = {name: _table(record.get(name), name) for name in _COMPARED if name in record}
    for name in ("docking_points", "approaches"):
        if name not in tables:
            raise _WrongError(name)
    _refuse_strangers(tables)
    history = [
        _past(row, f"history[{k}]")
        for k, row in enumerate(_list(record.get("history", []), "history"))
    ]
    _refuse_twice((row["id"] for row in history), "history")
    return {**record, "run": run, **tables, "history": history}


def _run(run: dict[str, Any]) -> dict[str, Any]:
    _time(run.get("time"), "run.time")
    _text(run.get("version"), "run.version")
    schema = run.get("schema_version", SCHEMA_VERSION)
    if not isinstance(schema, str) or schema.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise _wrong("run.schema_version", schema)
    _crs(run.get("crs"))
    for name, value in _dict(run.get("limits") or {}, "run.limits").items():
        _number(value, f"run.limits.{shortened(name)}")
    if run.get("since") is not None:
        _dict(run["since"], "run.since")
    if run.get("id") is not None:
        _text(run["id"], "run.id")
    return run


def _crs(given: Any) -> None:
    text = _text(given, "run.crs")
    try:
        good = read_crs(text).is_projected
    except (CRSError, ValueError):
        good = False
    if not good:
        raise _wrong("run.crs", text)


def _table(given: Any, name: str) -> list[dict[str, Any]]:
    columns = _COMPARED[name]
    rows = [_dict(row, f"{name}[{k}]") for k, row in enumerate(_list(given, name))]
    stated = [column for column in columns if any(column in row for row in rows)]
    found = []
    for k, row in enumerate(rows):
        where = f"{name}[{k}]"
        kept = {column: row.get(column) for column in stated}
        _cells(kept, columns, where)
        if "id" in kept:
            _id(kept["id"], f"{where}.id")
        if "geometry" in row or name != "docking_points":
            kept["geometry"] = _geometry(row.get("geometry"), {_PLACES[name]}, f"{where}.geometry")
        found.append(kept)
    return found


def _past(given: Any, where: str) -> dict[str, Any]:
    """Return a row of the history."""
    row = _dict(given, where)
    kept: dict[str, Any] = {column: row.get(column) for column in _HISTORY}
    _cells(kept, _HISTORY, where)
    _id(kept["id"], f"{where}.id")
    kept["states"] = states = []
    for k, one in enumerate(_list(row.get("states"), f"{where}.states")):
        state = _dict(one, f"{where}.states[{k}]")
        told = {column: state.get(column) for column in _STATE}
        _cells(told, _STATE, f"{where}.states[{k}]")
        _time(told["time"], f"{where}.states[{k}].time")
        states.append(told)
    if not states:
        raise _WrongError(f"{where}.states")
    return kept


def _refuse_strangers(tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Refuse ids that stand twice, and ends of docking points that are not there."""
    ids = [row["id"] for row in tables["docking_points"]]
    _refuse_twice(ids, "docking_points")
    known = set(ids)
    for name in ("approaches", "links"):
        for k, row in enumerate(tables.get(name, [])):
            if row["docking_point"] not in known:
                raise _wrong(f"{name}[{k}].docking_point", row["docking_point"])
    with_ends = {row["docking_point"] for row in tables["approaches"]}
    for name in ids:
        if name not in with_ends:
            raise _WrongError(f"approaches: {name}")


def _refuse_twice(ids: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise _wrong(f"{where}.id", name)
        seen.add(name)


def _cells(row: Mapping[str, Any], kinds: Mapping[str, _Kind], where: str) -> None:
    for column, kind in kinds.items():
        value = row.get(column)
        if value is not None:
            _cell(value, column, kind, f"{where}.{column}")
        elif kind.known:
            raise _WrongError(f"{where}.{column}")


def _cell(value: Any, column: str, kind: _Kind, where: str) -> None:
    if kind.type == "record_list":
        _records(value, where)
    elif kind.several:
        _texts(value, where)
    elif kind.type == "text":
        text = _text(value, where)
        if kind.words in _DECIDING_WORDS and text not in WORDS[kind.words]:
            raise _wrong(where, value)
    elif kind.type in {"boolean", "flag"}:
        if not isinstance(value, bool):
            raise _wrong(where, value)
    else:
        number = _number(value, where)
        if kind.type == "integer" and number != int(number):
            raise _wrong(where, value)
        if column in _DEGREES:
            _within(number, column, where)


def _texts(value: Any, where: str) -> None:
    parts = _list(value, where)
    if not parts:
        raise _wrong(where, value)
    for part in parts:
        _text(part, where)


def _records(value: Any, where: str) -> None:
    try:
        found = msgspec.convert(value, list[Alternative])
    except msgspec.ValidationError:
        raise _wrong(where, value) from None
    for one in found:
        _text(one.fid, where)
        for number in (one.offset_m, one.gap_m, one.deflection_deg):
            _number(number, where)


def _geometry(given: Any, kinds: set[str], where: str) -> dict[str, Any]:
    """Return a geometry with nothing in it but its type and its places in degrees."""
    place = _dict(given, where)
    kind, coordinates = place.get("type"), place.get("coordinates")
    if not isinstance(kind, str) or kind not in kinds:
        raise _wrong(f"{where}.type", kind)
    if kind == "Point":
        found: list[Any] = _position(coordinates, where)
    elif kind == "LineString":
        found = _line(coordinates, where)
    else:
        found = [_line(part, where) for part in _list(coordinates, where)]
        if not found:
            raise _wrong(where, coordinates)
    return {"type": kind, "coordinates": found}


def _line(given: Any, where: str) -> list[list[float]]:
    line = [_position(one, where) for one in _list(given, where)]
    if len({tuple(one) for one in line}) < 2:  # noqa: PLR2004  (two ends)
        raise _wrong(where, given)
    return line


def _position(given: Any, where: str) -> list[float]:
    parts = _list(given, where)
    if len(parts) not in {2, 3}:
        raise _wrong(where, given)
    numbers = [_number(part, where) for part in parts[:2]]
    for number, meaning in zip(numbers, ("lon", "lat"), strict=True):
        _within(number, meaning, where)
    return numbers


def _within(number: float, meaning: str, where: str) -> None:
    if not abs(number) <= _DEGREES[meaning]:
        raise _wrong(where, number)


def _finite(text: str) -> float:
    """Return a number of a file; one that is too large to be one is refused."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text[:20])
    return number


def _number(value: Any, where: str) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not abs(value) <= LARGEST_WHOLE or not math.isfinite(value):
        raise _wrong(where, value)
    number: float = value
    return number


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        raise _wrong(where, value)
    return value


def _time(value: Any, where: str) -> None:
    text = _text(value, where)
    try:
        good = bool(_TIME.fullmatch(text)) and bool(dt.datetime.fromisoformat(text))
    except ValueError:
        good = False
    if not good:
        raise _wrong(where, value)


def _id(value: Any, where: str) -> None:
    if not _ID.fullmatch(_text(value, where)):
        raise _wrong(where, value)


def _dict(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, value)
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(where, value)
    return value


def _wrong(where: str, value: Any) -> _WrongError:
    return _WrongError(f"{where} = {shortened(value)}")


def _no_number(word: str) -> Any:
    raise ValueError(word)
