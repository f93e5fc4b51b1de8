"""Many writers at once, killed at random."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.ledger.events import new_ledger
from roadalign.ledger.store import update

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITER = Path(__file__).with_name("writer.py")
LOOK_S = 0.01
NAMES = ("甲", "乙")


@dataclass(frozen=True)
class Storm:
    """What is there after a storm.

    Parameters
    ----------
    noted
        Decisions that were reported as written.
    lost, doubled
        Those of them that the file does not hold, and that it holds more than once.
    refused
        Reasons of calls that were refused.
    unnoted
        Decisions in the file whose writer was killed before it could note them.
    torn
        Lines that were cut off.
    kills
        Writers killed while they wrote.
    left
        Files beside the ledger after one more, undisturbed call.
    seconds
        The storm took.
    """

    noted: int
    lost: int
    doubled: int
    refused: tuple[str, ...]
    unnoted: int
    torn: int
    kills: int
    left: tuple[str, ...]
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether everything reported as written is there once, and nobody was refused."""
        return not (self.lost or self.doubled or self.refused or self.left)


def storm(folder: Path, *, writers: int, each: int, kills: int, seed: int) -> Storm:
    """Let writers write to one ledger, kill some at random, and look what is there.

    A writer that was killed is started again and goes on behind what it had noted.

    Parameters
    ----------
    folder
        An empty one.
    writers, each
        Processes, and decisions of each.
    kills
        How many are killed by SIGKILL.
    seed
        Of the moments and the victims.
    """
    chance = random.Random(seed)  # noqa: S311
    path, notes = folder / "ledger.jsonl", folder / "notes"
    notes.mkdir()
    update(path, lambda _: new_ledger("界", NAMES))
    points = [f"DP-STORM{number:02d}" for number in range(writers)]
    start = time.monotonic()
    running = {point: _start(path, notes, point, each=each) for point in points}
    killed = 0
    moment = start
    while running:
        for point, process in list(running.items()):
            if process.poll() is None:
                continue
            del running[point]
            if process.returncode < 0 and len(_noted(notes / point)) < each:
                running[point] = _start(path, notes, point, each=each)
        if killed < kills and running and time.monotonic() >= moment:
            running[chance.choice(list(running))].kill()
            killed += 1
            moment = time.monotonic() + chance.uniform(0, 0.3)
        time.sleep(LOOK_S)
    seconds = time.monotonic() - start
    lines = path.read_bytes().split(b"\n")
    noted = [line.split(" ", 1) for point in points for line in _noted(notes / point)]
    end = _start(path, notes, "DP-THELAST", each=1)
    end.wait()
    return _counted(lines, noted, kills=killed, seconds=seconds, folder=folder)


def _start(path: Path, notes: Path, point: str, *, each: int) -> subprocess.Popen[bytes]:
    done = len(_noted(notes / point))
    words = [sys.executable, str(WRITER), str(path), str(notes / point), point]
    return subprocess.Popen([*words, str(done), str(each - done)])  # noqa: S603


def _noted(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _counted(
    lines: Sequence[bytes],
    noted: list[list[str]],
    *,
    kills: int,
    seconds: float,
    folder: Path,
) -> Storm:
    """Count without the program's own reader: by the bytes of the file."""
    found: dict[str, int] = {}
    torn = 0
    for line in lines[1:]:
        if not line.strip():
            continue
        try:
            name = str(json.loads(line)["uid"])
        except (ValueError, KeyError):
            torn += 1
        else:
            found[name] = found.get(name, 0) + 1
    refused = tuple(text for first, text in noted if first == "refused")
    names = [first for first, _ in noted if first != "refused"]
    beside = {file.name for file in folder.iterdir()} - {"ledger.jsonl", "notes"}
    return Storm(
        noted=len(names),
        lost=sum(name not in found for name in names),
        doubled=sum(found.get(name, 0) > 1 for name in names),
        refused=refused,
        unnoted=len(found.keys() - set(names)),
        torn=torn,
        kills=kills,
        left=tuple(sorted(beside)),
        seconds=seconds,
    )
