"""What a ledger says of each docking point, and what comes into it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.errors import InputError
from roadalign.ledger.events import (
    FORMAT,
    Event,
    Fields,
    Ledger,
    Place,
    new_ledger,
    read_ledger,
    refuse_other,
    with_events,
)
from roadalign.ledger.minutes import read_bytes, read_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from roadalign.ledger.minutes import Minutes

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

SWAPPED = {"responsible_a": "responsible_b", "responsible_b": "responsible_a"}


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


def import_source(ledger: Ledger | None, path: Path) -> Imported:
    """Take a file of minutes, or another ledger, into a ledger.

    Parameters
    ----------
    ledger
        The ledger; ``None`` to begin one for the boundary of the file.
    path
        The file.

    Raises
    ------
    InputError
        If it is neither, is damaged, or is of another boundary.
    """
    if _is_ledger(path):
        other = read_ledger(path)
        start = ledger or new_ledger(other.header.boundary, other.header.names)
        return import_ledger(start, other, source=str(path))
    minutes = read_minutes(path)
    start = ledger or new_ledger(minutes.boundary, minutes.names)
    return import_minutes(start, minutes, source=str(path))


def import_minutes(ledger: Ledger, minutes: Minutes, *, source: str) -> Imported:
    """Take minutes into a ledger.

    Parameters
    ----------
    ledger
        The ledger.
    minutes
        Of the same boundary; where the sides stand the other way round, they are turned.
    source
        The file they come from; its name is kept with each event.

    Raises
    ------
    InputError
        If the minutes are of another boundary.
    """
    refuse_other(ledger.header, boundary=minutes.boundary, names=minutes.names, where=source)
    events = [
        Event(
            time=entry.updated,
            kind="minutes",
            id=entry.id,
            fields=msgspec.convert({key: getattr(entry, key) for key in EMPTY}, Fields),
            source=PurePath(source).name,
            place=Place(
                chainage_m=entry.chainage_m, lon=entry.lon, lat=entry.lat, roads=entry.roads
            ),
        )
        for entry in minutes.entries
    ]
    return _imported(ledger, events, names=minutes.names)


def import_ledger(ledger: Ledger, other: Ledger, *, source: str) -> Imported:
    """Take the events of another ledger of the same boundary in; see `import_minutes`."""
    header = other.header
    refuse_other(ledger.header, boundary=header.boundary, names=header.names, where=source)
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

    Raises
    ------
    InputError
        If nothing is to be set, or the id or a value is not as the format wants it.
    """
    told = {key: value for key, value in fields.items() if value is not None}
    if not told:
        raise InputError("nothing_decided", where=point)
    due = told.get("due", NONE)
    if due != NONE and not _is_day(due):
        raise InputError("bad_day", where="--due", value=due)
    event = {
        "time": _after(ledger, point.upper(), time),
        "kind": "decision",
        "id": point.upper(),
        "fields": {key: EMPTY[key] if value == NONE else value for key, value in told.items()},
        "source": "align ledger decide",
    }
    try:
        return with_events(ledger, [msgspec.convert(event, Event)])
    except msgspec.ValidationError as problem:
        raise InputError("bad_decision", where=point, problem=str(problem)) from None


def _after(ledger: Ledger, point: str, time: str) -> str:
    last = max((event.moment for event in ledger.events if event.id == point), default=None)
    if last is None or last < dt.datetime.fromisoformat(time):
        return time
    next_ = (last + dt.timedelta(milliseconds=1)).astimezone(dt.UTC)
    return next_.isoformat(timespec="milliseconds").replace("+00:00", "Z")


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


def _is_ledger(path: Path) -> bool:
    """Return whether the first line of a file is the header of a ledger, of whatever version."""
    first = read_bytes(path).removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    try:
        return msgspec.json.decode(first, type=dict[str, Any]).get("format") == FORMAT
    except msgspec.DecodeError:
        return False


def _is_day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _imported(ledger: Ledger, events: list[Event], *, names: tuple[str, str]) -> Imported:
    turned = [_turned_event(event) for event in events] if names != ledger.header.names else events
    before = standing(ledger.events)
    after = with_events(ledger, turned)
    now = standing(after.events)
    known = {event.said for event in ledger.events}
    new = [event for event in turned if event.said not in known]
    changed = {
        point: (_fields(before.get(point, EMPTY)), _fields(now[point]))
        for point in dict.fromkeys(event.id for event in new)
        if _fields(before.get(point, EMPTY)) != _fields(now[point])
    }
    older = [event.id for event in new if event.id not in changed and _differs(event, now)]
    added = len(after.events) - len(ledger.events)
    return Imported(after, added, len(turned) - len(new), changed, tuple(dict.fromkeys(older)))


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in EMPTY}


def _differs(event: Event, now: dict[str, dict[str, Any]]) -> bool:
    said = msgspec.to_builtins(event.fields)
    return any(now[event.id][key] != value for key, value in said.items())


def _turned_event(event: Event) -> Event:
    """Return an event as it reads with the two sides the other way round."""
    said = msgspec.to_builtins(event)
    said["fields"] = {SWAPPED.get(key, key): value for key, value in said["fields"].items()}
    if event.place:
        said["place"] = said["place"] | {"roads": said["place"]["roads"][::-1]}
    return msgspec.convert(said, Event)
