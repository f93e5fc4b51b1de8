"""The ledger: a text file of events, one JSON object a line, to which lines are only ever added.

The first line is the header: format, version, boundary and the names of the two sides. Every other
line is an event: when, what kind, which docking point, the fields it sets, and where it comes from.
Such files can be read by people, compared line by line and put together: the lines of two parties'
copies one after the other are again a ledger, whatever their order; lines that stand twice count
once.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from roadalign.errors import InputError
from roadalign.ledger.minutes import (
    Day,
    Note,
    Office,
    PointId,
    Side,
    Time,
    decoded,
    described,
    read_bytes,
)
from roadalign.model.decisions import Decision, Stage

FORMAT = "roadalign-ledger"


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """First line of a ledger: what it is a ledger of."""

    format: Literal["roadalign-ledger"]
    version: Literal[1]
    boundary: str
    names: tuple[Side, Side]


class Fields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an event sets; what it does not name stays as it was. ``None`` takes a value away."""

    decision: Decision | msgspec.UnsetType | None = msgspec.UNSET
    stage: Stage | msgspec.UnsetType | None = msgspec.UNSET
    responsible_a: Office | msgspec.UnsetType = msgspec.UNSET
    responsible_b: Office | msgspec.UnsetType = msgspec.UNSET
    due: Day | msgspec.UnsetType | None = msgspec.UNSET
    note: Note | msgspec.UnsetType = msgspec.UNSET


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a docking point lay when the event was written, and what its roads were called."""

    chainage_m: float
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    roads: tuple[Side, Side]


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a ledger.

    Parameters
    ----------
    time
        When it was written down, UTC.
    kind
        ``"minutes"`` taken over from a meeting's minutes, ``"decision"`` from the command line.
    id
        Of the docking point.
    fields
        What it sets.
    source
        Name of the file it comes from, or of the command.
    place
        Where the point lay, where that is known.
    """

    time: Time
    kind: Literal["minutes", "decision"]
    id: PointId
    fields: Fields
    source: Annotated[str, msgspec.Meta(max_length=1000)]
    place: Place | None = None

    @property
    def moment(self) -> datetime:
        """When it was written down, as a time that compares."""
        return datetime.fromisoformat(self.time)

    @property
    def said(self) -> tuple[str, str, bytes]:
        """What makes it the same event as another one, from whichever file either was read."""
        return self.id, self.moment.isoformat(), msgspec.json.encode(self.fields)


@dataclass(frozen=True)
class Ledger:
    """A ledger as it was read.

    Parameters
    ----------
    header
        What it is a ledger of.
    events
        In the order of time; those of one time in the order of what they say, so that the order
        of lines in the file does not matter.
    text
        The file's own lines.
    """

    header: Header
    events: tuple[Event, ...]
    text: str


def new_ledger(boundary: str, names: tuple[str, str]) -> Ledger:
    """Return a ledger without events."""
    header = Header(format="roadalign-ledger", version=1, boundary=boundary, names=names)
    return Ledger(header, (), _line(header))


def read_ledger(path: Path) -> Ledger:
    """Read a ledger.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        If it cannot be read, does not begin with the header of a ledger, holds headers of several
        boundaries, or a line is damaged; the message names the line.
    """
    if not path.exists():
        raise InputError("no_ledger", where=path)
    content = read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        broken = content[: problem.start].count(b"\n") + 1
        raise InputError("bad_ledger_line", where=f"{path}:{broken}", problem="UTF-8") from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise InputError("not_a_ledger", where=path, problem="0 bytes")
    header = decoded(lines[0][1], Header, key="not_a_ledger", where=path)
    events = []
    for number, line in lines[1:]:
        where = f"{path}:{number}"
        if _is_header(line):  # of a copy that was added to the end of this one
            again = decoded(line, Header, key="bad_ledger_line", where=where)
            refuse_other(header, boundary=again.boundary, names=again.names, where=where)
            if again.names != header.names:
                raise InputError("ledger_sides_swapped", where=where)
        else:
            events.append(decoded(line, Event, key="bad_ledger_line", where=where))
    return Ledger(header, in_order(events), text)


def with_events(ledger: Ledger, events: list[Event]) -> Ledger:
    """Return the ledger with lines for those events added that it does not hold yet."""
    known = {event.said for event in ledger.events}
    added = []
    for event in events:
        if event.said not in known:
            known.add(event.said)
            added.append(event)
    start = ledger.text if not ledger.text or ledger.text.endswith("\n") else ledger.text + "\n"
    text = start + "".join(_line(event) for event in added)
    return Ledger(ledger.header, in_order([*ledger.events, *added]), text)


def write_ledger(ledger: Ledger, path: Path, *, before: Ledger | None) -> None:
    """Write a ledger: all of it or nothing.

    Parameters
    ----------
    ledger
        What to write.
    path
        The file.
    before
        What was read from it, ``None`` where there was none.

    Raises
    ------
    InputError
        If somebody else wrote to it meanwhile, or the disk does not take it; then nothing has
        changed.
    """
    target = path.resolve()  # of a link, the file it names
    beside = None
    try:
        handle, name = tempfile.mkstemp(prefix=".align-", dir=target.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(ledger.text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        there = target.read_bytes().decode("utf-8-sig") if target.exists() else None
        if there != (before.text if before else None):
            raise InputError("ledger_changed", where=path)
        beside.replace(target)
    except OSError as problem:
        said = problem.strerror or str(problem)
        raise InputError("cannot_write_ledger", where=path, problem=said) from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def refuse_other(header: Header, *, boundary: str, names: tuple[str, str], where: object) -> None:
    """Raise `InputError` where something is not of the boundary and the sides of a ledger."""
    if boundary != header.boundary or sorted(names) != sorted(header.names):
        own, other = (
            f"{name} ({'–'.join(sides)})"
            for name, sides in ((header.boundary, header.names), (boundary, names))
        )
        raise InputError("other_ledger", where=where, own=own, other=other)


def in_order(events: list[Event]) -> tuple[Event, ...]:
    """Return events in the order of time, each once."""
    unique = {event.said: event for event in sorted(events, key=msgspec.json.encode)}
    return tuple(sorted(unique.values(), key=lambda event: (event.moment, event.said)))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of a ledger."""
    (header, event), parts = msgspec.json.schema_components(
        [Header, Event], ref_template="#/$defs/{name}"
    )
    made = {"anyOf": [header, event], "$defs": parts}
    return described("one line of a roadalign ledger", made)


def _is_header(line: str) -> bool:
    try:
        return "format" in msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        return False


def _line(one: Header | Event) -> str:
    return msgspec.json.encode(one).decode() + "\n"
