"""One writer: adds decisions to a ledger and notes each one that was reported as written.

Started as a process of its own: ``writer.py LEDGER NOTED POINT FIRST COUNT``. It adds one line to
NOTED for each decision, with the decision's name and text, as soon as the ledger has it.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.ledger.register import decide
from roadalign.ledger.store import update
from roadalign.ledger.values import written_time

if TYPE_CHECKING:
    from roadalign.ledger.events import Ledger

REFUSED = 3


def main(argv: list[str]) -> int:
    """Write down what the command line says."""
    path, noted, point, first, count = Path(argv[0]), Path(argv[1]), argv[2], *map(int, argv[3:5])
    handle = os.open(noted, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for number in range(first, first + count):
        text = f"{point} {number}"

        def decided(before: Ledger | None, text: str = text) -> Ledger:
            if before is None:
                raise InputError("no_ledger", where=path)
            now = written_time(dt.datetime.now(tz=dt.UTC))
            return decide(before, point, {"note": text}, time=now)

        try:
            before, after = update(path, decided)
        except InputError as problem:
            os.write(handle, f"refused {problem.key}\n".encode())
            return REFUSED
        held = {event.uid for event in before.events} if before else set()
        (new,) = (event for event in after.events if event.uid not in held)
        os.write(handle, f"{new.uid} {text}\n".encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
