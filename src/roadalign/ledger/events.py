"""The ledger: a text file of events, one JSON object a line, to which lines are only ever added.

The first line is the header: format, version, boundary and the names of the two sides. Every other
line is an event: when, what kind, which docking point, the fields it sets, where it comes from, and
a name of its own that no other event has. Such files can be read by people, compared line by line
and put together: the lines of two parties' copies one after the other are again a ledger, whatever
their order; lines that stand twice count once.

Names of events are UUIDs (RFC 9562). A decision gets a random one, so that two people who write
the same at the same moment are two events. What comes from minutes gets one made of what it says
(`content_uid`): whoever takes the same minutes in, and however often, writes the same event. Events
of version 1 had no names; they get the one made of what they say as they are read.

How such a file is read and written is told in `roadalign.ledger.store`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from roadalign.errors import InputError
from roadalign.ledger.minutes import (
    Chainage,
    Day,
    Note,
    Office,
    PointId,
    Side,
    Time,
    set_texts,
)
from roadalign.ledger.values import cut, free_text, one_line, parse_day, parse_time
from roadalign.model.schemas import json_schema
from roadalign.model.words import Decision, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

FORMAT = "roadalign-ledger"
VERSION: Literal[2] = 2
NAMESPACE = uuid.UUID("943bdf0c-2342-486a-a662-5268ed8a86f2")
"""Of the names that are made of what an event says; never to be changed."""

SWAPPED = {"responsible_a": "responsible_b", "responsible_b": "responsible_a"}


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """First line of a ledger: what it is a ledger of.

    Parameters
    ----------
    format, version
        What the file is.
    boundary, names
        The boundary and the two sides, A first.
    """

    format: Literal["roadalign-ledger"]
    version: Literal[1, 2]
    boundary: Side
    names: tuple[Side, Side]


class Fields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an event sets; what it does not name stays as it was. ``None`` takes a value away.

    Parameters
    ----------
    decision, stage
        What was decided, and how far it has come.
    responsible_a, responsible_b
        The office of each side that is to act.
    due
        Day by which it is to be done.
    note
        What else was written.
    """

    decision: Decision | msgspec.UnsetType | None = msgspec.UNSET
    stage: Stage | msgspec.UnsetType | None = msgspec.UNSET
    responsible_a: Office | msgspec.UnsetType = msgspec.UNSET
    responsible_b: Office | msgspec.UnsetType = msgspec.UNSET
    due: Day | msgspec.UnsetType | None = msgspec.UNSET
    note: Note | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        """Refuse a day that the calendar does not have; take out what steers."""
        if isinstance(self.due, str):
            parse_day(self.due, name="due")
        set_texts(self, responsible_a=one_line, responsible_b=one_line, note=free_text)


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a docking point lay when the event was written, and what its roads were called.

    Parameters
    ----------
    chainage_m
        Distance along the boundary.
    lon, lat
        Longitude and latitude, WGS 84.
    roads
        What the two sides call their roads, A first.
    """

    chainage_m: Chainage
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    roads: tuple[Side, Side]

    def __post_init__(self) -> None:
        """Take out what steers."""
        msgspec.structs.force_setattr(self, "roads", tuple(map(one_line, self.roads)))


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
    uid
        Its name. ``None`` in lines of version 1; every event of a `Ledger` has one.
    """

    time: Time
    kind: Literal["minutes", "decision"]
    id: PointId
    fields: Fields
    source: Annotated[str, msgspec.Meta(max_length=1000)]
    place: Place | None = None
    uid: uuid.UUID | None = None

    def __post_init__(self) -> None:
        """Refuse a time that the calendar does not have; take out what steers."""
        parse_time(self.time, name="time")
        set_texts(self, source=one_line)

    @property
    def moment(self) -> datetime:
        """When it was written down, as a time that compares."""
        return parse_time(self.time, name="time")

    @property
    def said(self) -> tuple[str, str, bytes]:
        """What it says of which docking point, and when."""
        return self.id, self.moment.isoformat(), msgspec.json.encode(self.fields)

    @property
    def identity(self) -> tuple[str, str, str, bytes]:
        """What makes it the same event as another one, from whichever file either was read.

        Its name alone is not enough: where somebody changed a line in one copy, both stay.
        """
        return str(self.uid), *self.said


@dataclass(frozen=True)
class LeftOut:
    """A line that a ledger was read without; it stays in the file as it is.

    Parameters
    ----------
    line
        Its number, the first is 1.
    problem
        What is wrong with it.
    """

    line: int
    problem: InputError


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
    left_out
        Lines that could not be read.
    torn
        Number of the last line where it was cut off in the middle, else ``None``.
    foreign
        Whether the file ends in lines of another ledger, after whose header nothing of this one
        can be written without its own.
    sha256
        Checksum of what was read, empty where the ledger is new.
    """

    header: Header
    events: tuple[Event, ...]
    left_out: tuple[LeftOut, ...] = ()
    torn: int | None = None
    foreign: bool = False
    sha256: str = ""

    def lacks(self, events: Iterable[Event]) -> list[Event]:
        """Return those of other events that this ledger does not hold, each once, in order."""
        known = {event.identity for event in self.events}
        return [event for event in in_order(events) if event.identity not in known]


def new_ledger(boundary: str, names: tuple[str, str]) -> Ledger:
    """Return a ledger without events."""
    header = Header(format="roadalign-ledger", version=VERSION, boundary=boundary, names=names)
    return Ledger(header, ())


def with_events(ledger: Ledger, events: Iterable[Event]) -> Ledger:
    """Return the ledger with those events added that it does not hold yet."""
    added = [named(event, names=ledger.header.names) for event in events]
    return replace(ledger, events=in_order([*ledger.events, *added]))


def named(event: Event, *, names: tuple[str, str]) -> Event:
    """Return an event with a name: its own, or else the one made of what it says."""
    if event.uid is not None:
        return event
    return msgspec.structs.replace(event, uid=content_uid(event, names=names))


def content_uid(event: Event, *, names: tuple[str, str]) -> uuid.UUID:
    """Return the name that is made of what an event says.

    It is the UUID of version 5 in `NAMESPACE` of three lines: the id of the docking point, the time
    as ISO 8601 with the offset ``+00:00``, and the fields as compact JSON in the order of `Fields`,
    with the two sides in the order of their names, so that it is the same in a ledger in which
    they stand the other way round.

    Parameters
    ----------
    event
        The event.
    names
        Of the two sides, as the event's file has them.
    """
    straight = event if list(names) == sorted(names) else turned(event)
    point, moment, fields = straight.said
    return uuid.uuid5(NAMESPACE, f"{point}\n{moment}\n{fields.decode()}")


def turned(event: Event) -> Event:
    """Return an event as it reads with the two sides the other way round."""
    said = msgspec.to_builtins(event)
    said["fields"] = {SWAPPED.get(key, key): value for key, value in said["fields"].items()}
    if event.place:
        said["place"] = said["place"] | {"roads": said["place"]["roads"][::-1]}
    return msgspec.convert(said, Event)


def refuse_other(header: Header, *, boundary: str, names: tuple[str, str], where: object) -> None:
    """Raise `InputError` where something is not of the boundary and the sides of a ledger."""
    if not same_boundary(header, boundary=boundary, names=names):
        own, other = who(header.boundary, header.names), who(boundary, names)
        raise InputError("other_ledger", where=where, own=own, other=other)


def same_boundary(header: Header, *, boundary: str, names: tuple[str, str]) -> bool:
    """Return whether something is of the boundary and the sides of a ledger, in either order."""
    return boundary == header.boundary and sorted(names) == sorted(header.names)


def who(boundary: str, names: tuple[str, str]) -> str:
    """Return what messages call a boundary with its sides."""
    return cut(f"{boundary} ({'–'.join(names)})")


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in the order of time, each once."""
    unique = {event.identity: event for event in sorted(events, key=msgspec.json.encode)}
    return tuple(
        sorted(unique.values(), key=lambda event: (event.moment, event.said, event.identity))
    )


def line_of(one: Header | Event) -> bytes:
    """Return a line of a ledger."""
    return msgspec.json.encode(one) + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of a ledger."""
    return json_schema(Header, Event, title="one line of a roadalign ledger")
