"""Runs killed at random moments, and what is then in their folders."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import psutil

from benchmarks.kill.worlds import (
    COSTS,
    NEW_TIME,
    World,
    batch_world,
    check_world,
    compare_world,
    content,
    run,
)
from benchmarks.processes import ALIGN
from roadalign.outputs.writers import COMPARISON, find_mixed_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KINDS = ("check", "compare", "batch", "worker")
TOLD_EVERY = 10
"""Runs between two lines of progress."""
LATE = 0.6
"""Half of the kills come after this share of a run: that is where files are written."""

_WORKER = "spawn_main"


@dataclass
class Tally:
    """What a storm came to: how many runs were killed, and how their folders were found.

    Parameters
    ----------
    kills
        Runs killed before their end.
    ended
        Runs that were faster than their kill.
    old, new
        Folders with all files of before, or all new ones.
    short
        Batches that say of themselves that a pair lost its worker.
    mixed
        Folders with whole files of both; `unsaid`: where no reader would say so.
    torn
        Files that are of neither.
    left
        Folders in which the next run left anything but its own files.
    """

    kills: int = 0
    ended: int = 0
    old: int = 0
    new: int = 0
    short: int = 0
    mixed: int = 0
    unsaid: int = 0
    torn: int = 0
    left: int = 0

    @property
    def faults(self) -> int:
        """What must not be: torn files, things left behind, mixtures nobody is told of."""
        return self.torn + self.left + self.unsaid

    def as_row(self, kind: str) -> str:
        """Return the tally as a line of a table."""
        cells = [f"{getattr(self, one.name):>7}" for one in fields(self)]
        return f"{kind:<8}" + "".join(cells)


def heading() -> str:
    """Return the head of the table."""
    return f"{'':<8}" + "".join(f"{one.name:>7}" for one in fields(Tally))


def storm(kind: str, folder: Path, *, kills: int, seed: int) -> Tally:
    """Kill runs of one kind at random moments.

    Parameters
    ----------
    kind
        One of `KINDS`: of ``batch`` the process that was called is killed, of ``worker`` one of
        those that work for it.
    folder
        An empty folder.
    kills
        How many.
    seed
        Of the moments.
    """
    make = {"check": check_world, "compare": compare_world}.get(kind, batch_world)
    world = make(folder)
    draw = random.Random(seed)  # noqa: S311  (no secret)
    start: Callable[[World], int] = _forked if kind in {"check", "compare"} else _called
    lasts_s = _duration(world, start)
    tally = Tally()
    while tally.kills < kills:
        world.reset()
        moment = draw.random() if draw.random() < 0.5 else draw.uniform(LATE, 1.0)  # noqa: PLR2004
        child = start(world)
        # a run that had to load everything anew took longer than those after it do
        lasts_s = min(lasts_s, _wait(child, moment * lasts_s) or lasts_s)
        _kill(child, worker=kind == "worker", draw=draw, tally=tally)
        _judge(kind, world, tally)
        world.finish()
        _judge_next(world, tally)
        if (tally.kills + tally.ended) % TOLD_EVERY == 0:
            print(f"{tally.as_row(kind)}  ...", file=sys.stderr, flush=True)
    return tally


def _duration(world: World, start: Callable[[World], int]) -> float:
    world.reset()
    began = time.monotonic()
    os.waitpid(start(world), 0)
    return time.monotonic() - began


def _forked(world: World) -> int:
    """Start the call in a copy of this process, which has everything loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the copy has one thread only
        child = os.fork()
    if child:
        return child
    try:
        run(world.words, world.folder, time=NEW_TIME)
    finally:
        os._exit(0)


def _called(world: World) -> int:
    """Start a batch with two workers as a program of its own."""
    words = [word if word != "serial" else "processes" for word in world.words]
    process = subprocess.Popen(  # noqa: S603
        [*ALIGN, *words, "--jobs", "2"],
        cwd=world.folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": NEW_TIME},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    process.returncode = 0  # it is waited for by its number
    return process.pid


def _wait(child: int, for_s: float) -> float | None:
    """Wait so long, or until the process ends; return how long it took then."""
    began = time.monotonic()
    while (passed_s := time.monotonic() - began) < for_s:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return passed_s
        time.sleep(min(0.01, for_s - passed_s))
    return None


def _kill(child: int, *, worker: bool, draw: random.Random, tally: Tally) -> None:
    workers = _workers(child)
    if worker and workers:
        victim = draw.choice(workers)
        os.kill(victim, signal.SIGKILL)
        tally.kills += 1
    elif not worker:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        tally.kills += 1
    elif not (worker and workers):
        tally.ended += 1
    for one in workers:  # they end by themselves when nobody waits for them
        while psutil.pid_exists(one) and psutil.Process(one).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.05)


def _workers(child: int) -> list[int]:
    try:
        return [
            one.pid
            for one in psutil.Process(child).children()
            if any(_WORKER in word for word in one.cmdline())
        ]
    except psutil.Error:
        return []


def _judge(kind: str, world: World, tally: Tally) -> None:
    """Look at every file after the kill."""
    found = {name: held for name, held in content(world.out).items() if not _unfinished(name)}
    short = [one for one in world.without_a_pair if one.items() <= found.items()]
    tally.short += bool(short)
    kinds = set()
    for name, held in found.items():
        if any(name in one for one in short):
            continue
        old, new = held == world.old.get(name), held == world.new.get(name)
        if not (old or new):
            tally.torn += 1
            print(f"{kind}: of neither run: {name}", file=sys.stderr, flush=True)
        if old != new:
            kinds.add("old" if old else "new")
    tally.torn += len((set(world.old) & set(world.new)) - set(found) - _marks(world))
    if len(kinds) < 2:  # noqa: PLR2004
        tally.new += kinds == {"new"}
        tally.old += kinds != {"new"}
        return
    tally.mixed += 1
    tally.unsaid += not _said(world)


def _said(world: World) -> bool:
    """Whether a reader says so: a batch by the marks that are missing, else by the ids."""
    if world.words[0] == "check":
        return bool(find_mixed_files(world.out))
    if world.words[0] == "compare":
        return bool(COMPARISON.find_files_of_other_runs(world.out))
    for pair in (world.out / "pairs").iterdir():
        if find_mixed_files(pair) and (pair / "pair.json").exists():
            return False
    return True


def _judge_next(world: World, tally: Tally) -> None:
    """Look at the folder after the next run: its own files, and nothing else."""
    names = {
        path.relative_to(world.out).as_posix()
        for path in world.out.rglob("*")
        if path.name != COSTS and not (path.is_dir() and any(path.iterdir()))
    }
    tally.left += names != set(world.new) or content(world.out) != world.new


def _unfinished(name: str) -> bool:
    return any(part.startswith(".align-") for part in name.split("/"))


def _marks(world: World) -> set[str]:
    """Return the marks of pairs: they are away while their pair is done anew."""
    return {name for name in world.old if name.endswith("pair.json")}
