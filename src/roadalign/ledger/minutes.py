"""``minutes.json``: what a meeting wrote down at the map, one entry for each docking point.

The map exports it and reads it again; ``align ledger import`` takes it into a ledger. The JSON
Schema beside this module is made from the types below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import msgspec

from roadalign.errors import InputError
from roadalign.ledger.files import read_bytes
from roadalign.ledger.values import (
    A_DAY,
    A_TIME,
    DAY_PATTERN,
    ID_PATTERN,
    TIME_PATTERN,
    cut,
    free_text,
    one_line,
    parse_day,
    parse_time,
)
from roadalign.model.schemas import json_schema
from roadalign.model.words import LONGEST_NAME, LONGEST_NOTE, Decision, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST_BYTES = 20_000_000
"""Of a file of minutes; the map takes no larger one either."""

FARTHEST_M = 1e8
"""No place along a boundary is farther from its start: more than the way around the earth."""

PointId = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
Day = Annotated[str, msgspec.Meta(pattern=DAY_PATTERN)]
Time = Annotated[str, msgspec.Meta(pattern=TIME_PATTERN)]
Chainage = Annotated[float, msgspec.Meta(ge=-FARTHEST_M, le=FARTHEST_M)]
Office = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]
Note = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
Side = Annotated[str, msgspec.Meta(max_length=1000)]
Read = TypeVar("Read")

IN_WORDS = {
    ID_PATTERN: "no id of a docking point (DP-7K3Q9F)",
    DAY_PATTERN: f"no {A_DAY}",
    TIME_PATTERN: f"no {A_TIME}",
}
"""What the patterns ask for."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What was written down of one docking point.

    Parameters
    ----------
    id
        Of the docking point.
    decision, stage
        One of `roadalign.model.words`, ``None`` where none was chosen.
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
    chainage_m: Chainage
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    roads: tuple[Side, Side]

    def __post_init__(self) -> None:
        """Refuse days and times that the calendar does not have; take out what steers."""
        parse_time(self.updated, name="updated")
        if self.due is not None:
            parse_day(self.due, name="due")
        set_texts(self, responsible_a=one_line, responsible_b=one_line, note=free_text)
        msgspec.structs.force_setattr(self, "roads", tuple(map(one_line, self.roads)))


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """A file of minutes.

    Parameters
    ----------
    format, version
        What the file is.
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

    def __post_init__(self) -> None:
        """Refuse a time that the calendar does not have."""
        parse_time(self.exported, name="exported")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``minutes.json``."""
    return json_schema(Minutes, title="roadalign minutes")


def read_minutes(path: Path) -> Minutes:
    """Read a file of minutes, all of it or nothing.

    What a meeting agreed belongs together, and the map can export it again: so one entry that is
    not right refuses the file, unlike a line of a ledger, which nobody may be able to write again.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        If it cannot be read, is no file of minutes, of a later version, or holds something that
        the format does not allow, or a docking point twice; the message names the entry.
    """
    return parse_minutes(read_bytes(path, most=LARGEST_BYTES), where=path)


def parse_minutes(content: bytes, *, where: Path) -> Minutes:
    """Return the minutes that the bytes of a file are; see `read_minutes`."""
    if len(content) > LARGEST_BYTES:
        problem = f"> {LARGEST_BYTES // 1_000_000} MB"
        raise InputError("cannot_read", where=where, problem=problem)
    minutes = decoded(content, Minutes, key="not_minutes", where=where)
    seen: set[str] = set()
    for entry in minutes.entries:
        if entry.id in seen:
            raise InputError("not_minutes", where=where, problem=f"{entry.id} × 2")
        seen.add(entry.id)
    return minutes


def set_texts(record: msgspec.Struct, **made: Callable[[str], str]) -> None:
    """Replace texts of a record that is just being made by what a function makes of each."""
    for name, make in made.items():
        value = getattr(record, name)
        if isinstance(value, str):
            msgspec.structs.force_setattr(record, name, make(value))


def decoded(content: bytes | str, kind: type[Read], *, key: str, where: object) -> Read:
    """Return JSON as one of the types of the formats, or raise `InputError` with the reason."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise InputError(key, where=where, problem=plain_problem(problem)) from None


def plain_problem(problem: Exception) -> str:
    """Return what is wrong with something of a file, patterns said in words."""
    said = str(problem)
    for pattern, words in IN_WORDS.items():
        said = said.replace(f"Expected `str` matching regex {pattern!r}", words)
    return cut(said)
