"""``minutes.json``: what a meeting wrote down at the map, one entry for each docking point.

The map exports it and reads it again; ``align ledger import`` takes it into a ledger. The JSON
Schema beside this module is made from the types below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import msgspec

from roadalign.errors import InputError
from roadalign.model.decisions import Decision, Stage

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_NAME, LONGEST_NOTE = 200, 4000
"""Characters of a responsible office and of a note; the fields of the map take no more."""

LARGEST_BYTES = 50_000_000
DAY_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
TIME_PATTERN = (
    r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$"
)

PointId = Annotated[str, msgspec.Meta(pattern=r"^DP-[0-9A-Z]{4,16}$")]
Day = Annotated[str, msgspec.Meta(pattern=DAY_PATTERN)]
Time = Annotated[str, msgspec.Meta(pattern=TIME_PATTERN)]
Office = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]
Note = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
Side = Annotated[str, msgspec.Meta(max_length=1000)]
Read = TypeVar("Read")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What was written down of one docking point.

    Parameters
    ----------
    id
        Of the docking point.
    decision, stage
        One of `roadalign.model.decisions`, ``None`` where none was chosen.
    responsible_a, responsible_b
        Who answers for it on either side; may be empty.
    due
        Day, ``YYYY-MM-DD``.
    note
        Free text; may be empty.
    updated
        When it was last changed, UTC.
    chainage_m, lon, lat
        Where the point lay in the run of the map.
    roads
        What either side called its road there.
    """

    id: PointId
    decision: Decision | None
    stage: Stage | None
    responsible_a: Office
    responsible_b: Office
    due: Day | None
    note: Note
    updated: Time
    chainage_m: float
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    roads: tuple[Side, Side]


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """A file of minutes.

    Parameters
    ----------
    boundary, names
        The boundary and the two sides, A first, as the map's run called them.
    report_time, exported
        When the run was made, and when the file was.
    entries
        One for each docking point with minutes.
    """

    format: Literal["roadalign-minutes"]
    version: Literal[1]
    boundary: str
    names: tuple[Side, Side]
    report_time: str
    exported: Time
    entries: list[Entry]


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``minutes.json``."""
    made = msgspec.json.schema(Minutes)
    return described("roadalign minutes", made)


def described(title: str, made: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Schema with its draft and title, without the docstrings of the types."""
    parts = {
        name: {key: value for key, value in part.items() if key != "description"}
        for name, part in made["$defs"].items()
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return head | made | {"$defs": parts}


def read_minutes(path: Path) -> Minutes:
    """Read a file of minutes.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        If it cannot be read, is no file of minutes, of a later version, or holds something that
        the format does not allow; the message names the entry.
    """
    minutes = decoded(read_bytes(path), Minutes, key="not_minutes", where=path)
    seen: set[str] = set()
    for entry in minutes.entries:
        if entry.id in seen:
            raise InputError("not_minutes", where=path, problem=f"{entry.id} × 2")
        seen.add(entry.id)
    return minutes


def read_bytes(path: Path) -> bytes:
    """Return what a file holds, refusing what is none or too large to be meant."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            problem = f"> {LARGEST_BYTES // 1_000_000} MB"
            raise InputError("cannot_read", where=path, problem=problem)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no_such_file", where=path) from None
    except OSError as problem:
        said = problem.strerror or str(problem)
        raise InputError("cannot_read", where=path, problem=said) from None


def decoded(content: bytes | str, kind: type[Read], *, key: str, where: object) -> Read:
    """Return JSON as one of the types of the formats, or raise `InputError` with the reason."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise InputError(key, where=where, problem=str(problem)) from None
