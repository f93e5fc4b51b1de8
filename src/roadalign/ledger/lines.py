"""The lines of a ledger's file: what is read, what is left out, and which of them is cut off."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.errors import InputError
from roadalign.ledger.events import (
    FORMAT,
    Event,
    Header,
    Ledger,
    LeftOut,
    in_order,
    line_of,
    named,
    same_boundary,
    who,
)
from roadalign.ledger.minutes import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LONGEST_LINE = 256 * 1024
"""Bytes of a line; the longest event with the longest texts takes less than half of it."""

MOST_LEFT_OUT = 10_000
"""A file with more damaged lines than this is no ledger."""

MARK = b"\xef\xbb\xbf"
"""What editors of Windows write before a text; in joined copies also in the middle."""


def parse_ledger(content: bytes, *, where: Path) -> Ledger:
    """Return the ledger that the bytes of a file are.

    A line that is damaged, and lines that belong to another ledger, are left out and named; the
    others are read.

    Parameters
    ----------
    content
        The file.
    where
        Its path, for the messages.

    Raises
    ------
    InputError
        If it is no ledger: no line is the header of one, its first header is of a later version,
        or more than `MOST_LEFT_OUT` lines are damaged.
    """
    reading = _Reading(_first_header(content, where), where)
    torn = None
    for number, line, ended in _numbered(content):
        before = len(reading.left)
        reading.take(number, line, ended=ended)
        if not ended and len(reading.left) > before:
            torn = number
        if len(reading.left) > MOST_LEFT_OUT:
            problem = str(reading.left[0].problem.values.get("problem", ""))
            raise InputError("not_a_ledger", where=where, problem=problem)
    foreign = reading.foreign is not None
    reading.end_block()
    return Ledger(
        header=reading.header,
        events=in_order(reading.events),
        left_out=tuple(sorted(reading.left, key=lambda one: one.line)),
        torn=torn,
        foreign=foreign,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def added_lines(ledger: Ledger, events: Sequence[Event], *, content: bytes) -> bytes:
    """Return what is to be written behind a file so that it holds more events.

    Parameters
    ----------
    ledger
        As `parse_ledger` returned it.
    events
        To be written, in this order.
    content
        The file.

    Returns
    -------
    bytes
        The lines. Before them a line that is cut off is closed, and where the file ends in lines
        of another ledger, the header of this one stands first.
    """
    close = b"" if content.endswith(b"\n") else b"\n"
    head = line_of(ledger.header) if ledger.foreign else b""
    return close + head + b"".join(map(line_of, events))


def text_of_ledger(ledger: Ledger) -> bytes:
    """Return the file of a ledger that was not read from one."""
    return line_of(ledger.header) + b"".join(map(line_of, ledger.events))


def is_ledger(content: bytes) -> bool:
    """Return whether a file holds the header of a ledger, of whatever version."""
    return any(_claims(line) for _, line, _ in _numbered(content))


@dataclass
class _Foreign:
    """Lines of another ledger that are being passed over."""

    line: int
    key: str
    values: dict[str, Any]
    count: int = 0


@dataclass
class _Reading:
    """A ledger while it is read line by line."""

    header: Header
    where: Path
    events: list[Event] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    foreign: _Foreign | None = None

    def take(self, number: int, line: bytes, *, ended: bool) -> None:
        if _claims(line):
            self.end_block()
            self.foreign = self._other(number, line)
        elif self.foreign is not None:
            self.foreign.count += 1
        else:
            self._take_event(number, line, ended=ended)

    def end_block(self) -> None:
        """Name the lines of another ledger that were passed over."""
        if self.foreign is not None:
            key, values = self.foreign.key, self.foreign.values | {"count": self.foreign.count}
            self._leave(self.foreign.line, key, **values)
        self.foreign = None

    def _take_event(self, number: int, line: bytes, *, ended: bool) -> None:
        key = "bad_ledger_line" if ended else "torn_ledger_line"
        if len(line) > LONGEST_LINE:
            self._leave(number, key, problem=f"> {LONGEST_LINE} B")
            return
        try:
            event = decoded(line, Event, key=key, where="")
        except InputError as wrong:
            self._leave(number, key, **wrong.values)
        else:
            self.events.append(named(event, names=self.header.names))

    def _other(self, number: int, line: bytes) -> _Foreign | None:
        """Return what is wrong with a header in the middle; ``None`` where it is that of a copy."""
        try:
            header = decoded(line, Header, key="not_a_ledger", where="")
        except InputError as wrong:
            return _Foreign(number, "bad_ledger_header", wrong.values)
        if not same_boundary(self.header, boundary=header.boundary, names=header.names):
            own = who(self.header.boundary, self.header.names)
            other = who(header.boundary, header.names)
            return _Foreign(number, "other_ledger_inside", {"own": own, "other": other})
        if header.names != self.header.names:
            return _Foreign(number, "ledger_sides_swapped", {})
        return None

    def _leave(self, number: int, key: str, **values: Any) -> None:
        self.left.append(LeftOut(number, InputError(key, where=f"{self.where}:{number}", **values)))


def _first_header(content: bytes, where: Path) -> Header:
    first = b""
    for _, line, _ in _numbered(content):
        if _claims(line):
            return decoded(line, Header, key="not_a_ledger", where=where)
        first = first or line
    if not first:
        raise InputError("not_a_ledger", where=where, problem=f"{len(content)} bytes")
    decoded(first, Header, key="not_a_ledger", where=where)  # tells what is wrong with it
    raise InputError("not_a_ledger", where=where, problem=FORMAT)


def _claims(line: bytes) -> bool:
    """Return whether a line says that it is the header of a ledger."""
    if len(line) > LONGEST_LINE or b'"format"' not in line:
        return False
    try:
        return msgspec.json.decode(line, type=dict[str, Any]).get("format") == FORMAT
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _numbered(content: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the lines that hold anything: number, bytes, and whether a line break ends them."""
    start, number = 0, 0
    while start < len(content):
        number += 1
        end = content.find(b"\n", start)
        ended = end >= 0
        line = content[start : end if ended else None].removeprefix(MARK).strip()
        if line:
            yield number, line, ended
        start = end + 1 if ended else len(content)
