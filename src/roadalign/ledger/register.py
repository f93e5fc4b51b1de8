"""What a ledger says of each docking point, and what comes into it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.errors import InputError
from roadalign.ledger.events import (
    Event,
    Fields,
    Ledger,
    Place,
    named,
    new_ledger,
    refuse_other,
    turned,
    with_events,
)
from roadalign.ledger.files import read_bytes
from roadalign.ledger.lines import is_ledger, parse_ledger
from roadalign.ledger.minutes import Minutes, parse_minutes, plain_problem
from roadalign.ledger.store import LARGEST_BYTES
from roadalign.ledger.values import LAST_YEAR, cut, parse_day, parse_time, written_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EMPTY: dict[str, str | None] = {
    "decision": None,
    "stage": None,
    "responsible_a": "",
    "responsible_b": "",
    "due": None,
    "note": "",
}
"""A docking point of which nothing was said."""

NONE = "none"
"""What takes a value away, where a decision is written down."""


@dataclasses.dataclass(frozen=True)
class Imported:
    """What came of an import.

    Parameters
    ----------
    ledger
        With what came in.
    added, known
        Number of events that are new, and that the ledger held already.
    changed
        Docking points of which the ledger now says something else than before, with both:
        ``{"DP-…": (before, after)}``; ``before`` is `EMPTY` where it said nothing.
    older
        Docking points of which something came in that is older than what the ledger says and
        differs from it: kept in their history, not in force.
    """

    ledger: Ledger
    added: int
    known: int
    changed: dict[str, tuple[dict[str, Any], dict[str, Any]]]
    older: tuple[str, ...]


def standing(events: Iterable[Event]) -> dict[str, dict[str, Any]]:
    """Return what is in force of each docking point.

    Parameters
    ----------
    events
        In the order of time.

    Returns
    -------
    dict
        By id: the fields of `EMPTY`, ``updated`` and ``source`` of the last event, and ``place``
        of the last event that names one (else ``None``). Each field is that of the last event
        that sets it.
    """
    found: dict[str, dict[str, Any]] = {}
    for event in events:
        before = found.get(event.id, {**EMPTY, "place": None})
        place = msgspec.to_builtins(event.place) if event.place else before["place"]
        fields = msgspec.to_builtins(event.fields)
        newest = {"updated": event.time, "source": event.source, "place": place}
        found[event.id] = before | fields | newest
    return found


def read_source(path: Path) -> Minutes | Ledger:
    """Read what can be taken into a ledger: a file of minutes, or another ledger.

    Raises
    ------
    InputError
        If it is neither, or minutes are damaged. Damaged lines of a ledger are left out.
    """
    content = read_bytes(path, most=LARGEST_BYTES)
    if is_ledger(content):
        return parse_ledger(content, where=path)
    return parse_minutes(content, where=path)


def import_source(ledger: Ledger | None, source: Minutes | Ledger, *, name: str) -> Imported:
    """Take minutes, or another ledger, into a ledger.

    Parameters
    ----------
    ledger
        The ledger; ``None`` to begin one for the boundary of the source.
    source
        As `read_source` returned it.
    name
        Path of its file, for messages; the last part is kept with events from minutes.

    Raises
    ------
    InputError
        If it is of another boundary.
    """
    if isinstance(source, Ledger):
        header = source.header
        return import_ledger(ledger or new_ledger(header.boundary, header.names), source, name=name)
    return import_minutes(ledger or new_ledger(source.boundary, source.names), source, name=name)


def import_minutes(ledger: Ledger, minutes: Minutes, *, name: str) -> Imported:
    """Take minutes into a ledger.

    Parameters
    ----------
    ledger
        The ledger.
    minutes
        Of the same boundary; where the sides stand the other way round, they are turned.
    name
        Path of the file they come from; its last part is kept with each event.

    Raises
    ------
    InputError
        If the minutes are of another boundary.
    """
    refuse_other(ledger.header, boundary=minutes.boundary, names=minutes.names, where=name)
    events = [
        Event(
            time=entry.updated,
            kind="minutes",
            id=entry.id,
            fields=msgspec.convert({key: getattr(entry, key) for key in EMPTY}, Fields),
            source=PurePath(name).name,
            place=Place(
                chainage_m=entry.chainage_m, lon=entry.lon, lat=entry.lat, roads=entry.roads
            ),
        )
        for entry in minutes.entries
    ]
    return _imported(ledger, events, names=minutes.names)


def import_ledger(ledger: Ledger, other: Ledger, *, name: str) -> Imported:
    """Take the events of another ledger of the same boundary in; see `import_minutes`."""
    header = other.header
    refuse_other(ledger.header, boundary=header.boundary, names=header.names, where=name)
    return _imported(ledger, list(other.events), names=header.names)


def decide(ledger: Ledger, point: str, fields: dict[str, str | None], *, time: str) -> Ledger:
    """Write down what was decided of one docking point.

    Parameters
    ----------
    ledger
        The ledger.
    point
        Id of the docking point.
    fields
        Those of `EMPTY` to set; ``None`` leaves one as it is, ``"none"`` takes it away.
    time
        Now, UTC. Where the ledger holds something later of this point, because another computer's
        clock runs ahead, the entry is dated right after that, so that it is in force.

    Returns
    -------
    Ledger
        With one event more, whose name is a random UUID.

    Raises
    ------
    InputError
        If nothing is to be set, the id or a value is not as the format wants it, or the ledger
        holds an event of this point at the end of the calendar, after which none can come.
    """
    told = {key: value for key, value in fields.items() if value is not None}
    if not told:
        raise InputError("nothing_decided", where=point)
    due = told.get("due", NONE)
    if due != NONE:
        _refuse_no_day(due)
    event = {
        "time": _after(ledger, point.upper(), time),
        "kind": "decision",
        "id": point.upper(),
        "fields": {key: EMPTY[key] if value == NONE else value for key, value in told.items()},
        "source": "align ledger decide",
        "uid": str(uuid.uuid4()),
    }
    try:
        return with_events(ledger, [msgspec.convert(event, Event)])
    except msgspec.ValidationError as problem:
        raise InputError("bad_decision", where=cut(point), problem=plain_problem(problem)) from None


def _refuse_no_day(due: str) -> None:
    try:
        parse_day(due, name="due")
    except ValueError:
        raise InputError("bad_day", where="--due", value=cut(due)) from None


def _after(ledger: Ledger, point: str, time: str) -> str:
    last = max((event for event in ledger.events if event.id == point), key=_moment, default=None)
    if last is None or last.moment < parse_time(time, name="time"):
        return time
    next_ = last.moment + dt.timedelta(milliseconds=1)
    if next_.year > LAST_YEAR:
        raise InputError("end_of_calendar", where=point, time=last.time)
    return written_time(next_)


def _moment(event: Event) -> dt.datetime:
    return event.moment


def history(ledger: Ledger, point: str) -> list[dict[str, Any]]:
    """Return the events of one docking point as plain values, oldest first.

    Parameters
    ----------
    ledger
        The ledger.
    point
        Id of the docking point.

    Raises
    ------
    InputError
        If the ledger says nothing of it.
    """
    found = [msgspec.to_builtins(event) for event in ledger.events if event.id == point.upper()]
    if not found:
        known = list(dict.fromkeys(event.id for event in ledger.events))
        near = difflib.get_close_matches(point.upper(), known, n=3, cutoff=0.5)
        raise InputError("not_in_ledger", where=point, nearest=", ".join(near) or "—")
    return found


def _imported(ledger: Ledger, events: list[Event], *, names: tuple[str, str]) -> Imported:
    own = [named(event, names=names) for event in events]  # before they are turned
    if names != ledger.header.names:
        own = [turned(event) for event in own]
    new = ledger.lacks(own)
    after = with_events(ledger, new)
    before, now = standing(ledger.events), standing(after.events)
    changed = {
        point: (_fields(before.get(point, EMPTY)), _fields(now[point]))
        for point in dict.fromkeys(event.id for event in own)
        if _fields(before.get(point, EMPTY)) != _fields(now[point])
    }
    older = [event.id for event in new if event.id not in changed and _differs(event, now)]
    return Imported(after, len(new), len(own) - len(new), changed, tuple(dict.fromkeys(older)))


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in EMPTY}


def _differs(event: Event, now: dict[str, dict[str, Any]]) -> bool:
    said = msgspec.to_builtins(event.fields)
    return any(now[event.id][key] != value for key, value in said.items())
