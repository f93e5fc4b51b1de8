"""The real command, killed at random while it takes minutes in, or called by many at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.processes import ALIGN
from roadalign.ledger.events import new_ledger
from roadalign.ledger.register import decide
from roadalign.ledger.store import read_ledger, update

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("甲", "乙")
HELD = "DP-HELDBEFORE"


def made_minutes(count: int) -> dict[str, object]:
    """Return minutes of so many docking points, with long notes."""
    entry: dict[str, object] = {
        "decision": "agreed", "stage": None, "responsible_a": "甲局", "responsible_b": "",
        "due": "2027-03-31", "note": "备注" * 500, "updated": "2026-03-01T08:00:00Z",
        "chainage_m": 1000.0, "lon": 121.0, "lat": 30.8, "roads": ["G320", "320国道"],
    }  # fmt: skip
    return {
        "format": "roadalign-minutes", "version": 1, "boundary": "界", "names": list(NAMES),
        "report_time": "2026-02-01T00:00:00Z", "exported": "2026-03-01T10:00:00Z",
        "entries": [{"id": f"DP-{number:06d}"} | entry for number in range(count)],
    }  # fmt: skip


def killed_imports(folder: Path, *, times: int, entries: int, seed: int) -> Counter[str]:
    """Kill ``align ledger import`` at random, and look at the ledger and at what a next run leaves.

    Every other ledger is there before and holds one decision; the others are begun by the import.

    Returns
    -------
    Counter
        ``old``, ``new``: the ledger after the kill holds nothing or everything of the import;
        ``part``: some of its entries, each whole; ``torn``: its last line is cut off;
        ``finished``: the kill came too late; ``wrong``: something that was there before is gone, or
        the next run does not complete the import or leaves anything beside the ledger.
    """
    chance = random.Random(seed)  # noqa: S311
    minutes = folder / "minutes.json"
    minutes.write_text(json.dumps(made_minutes(entries)), encoding="utf-8")
    longest = _duration(folder, minutes)
    found: Counter[str] = Counter()
    for number in range(times):
        own = folder / f"kill-{number}"
        own.mkdir()
        path = own / "l.jsonl"
        begun = number % 2 == 0
        if begun:
            _begin(path)
        process = subprocess.Popen(_import(minutes, path), stdout=subprocess.DEVNULL)  # noqa: S603
        time.sleep(chance.uniform(0.5, 1.0) * longest)
        process.kill()
        code = process.wait()
        found["finished" if code == 0 else _state(path, entries, begun=begun)] += 1
        again = subprocess.run(_import(minutes, path), capture_output=True, check=False)  # noqa: S603
        whole = again.returncode == 0 and _held(path) == entries + begun
        if not whole or {file.name for file in own.iterdir()} != {"l.jsonl"}:
            found["wrong"] += 1
    return found


def simultaneous_decisions(folder: Path, *, callers: int, each: int) -> tuple[int, int, float]:
    """Call ``align ledger decide`` from many processes at once.

    Returns
    -------
    tuple
        Calls that reported success, decisions in the ledger, seconds.
    """
    path = folder / "decided.jsonl"
    update(path, lambda _: new_ledger("界", NAMES))
    start = time.monotonic()
    told = 0
    for number in range(each):
        words = [*ALIGN, "ledger", "decide", "DP-TOGETHER", "-l", str(path), "--note"]
        calls = [
            subprocess.Popen([*words, f"{caller} {number}"], stdout=subprocess.DEVNULL)  # noqa: S603
            for caller in range(callers)
        ]
        told += sum(call.wait() == 0 for call in calls)
    return told, len(read_ledger(path).events), time.monotonic() - start


def _begin(path: Path) -> None:
    held = decide(new_ledger("界", NAMES), HELD, {"note": "x"}, time="2026-01-01T00:00:00Z")
    update(path, lambda _: held)


def _import(minutes: Path, path: Path) -> list[str]:
    return [*ALIGN, "ledger", "import", str(minutes), "-l", str(path)]


def _duration(folder: Path, minutes: Path) -> float:
    path = folder / "measured.jsonl"
    start = time.monotonic()
    subprocess.run(_import(minutes, path), check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return time.monotonic() - start


def _held(path: Path) -> int:
    return len(read_ledger(path).events)


def _state(path: Path, entries: int, *, begun: bool) -> str:
    if not os.path.lexists(path):
        return "wrong" if begun else "old"
    kept = read_ledger(path)
    here = len(kept.events)
    if begun and HELD not in {event.id for event in kept.events}:
        return "wrong"
    if kept.torn is not None:
        return "torn"
    return {0 + begun: "old", entries + begun: "new"}.get(here, "part")
