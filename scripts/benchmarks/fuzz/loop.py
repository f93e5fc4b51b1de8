"""The loop: processes that die, hang or raise are what it looks for."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.fuzz.mutate import mutated

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

SLOWEST_S = 60
_SAY_S = 10
_PER_CHILD = 500  # a child is replaced after so many files, so that leaks never add up


@dataclass
class Tally:
    """What a run of the fuzzer came to.

    Parameters
    ----------
    files
        How many were tried.
    corpus
        How many reached lines that none before had.
    lines
        Lines of the readers reached.
    found
        Kinds of failure: first line of each to the file kept of it.
    """

    files: int = 0
    corpus: int = 0
    lines: int = 0
    found: dict[str, str] = field(default_factory=dict)


def _child(boundary: Path, pipe: Connection) -> None:
    from benchmarks.fuzz.target import boundary_of, tried  # noqa: PLC0415  (in the child only)

    line = boundary_of(boundary)
    while True:
        content, suffix = pipe.recv()
        pipe.send(tried(content, suffix, line))


class _Readers:
    """A process that reads, started again when it dies or hangs."""

    def __init__(self, boundary: Path) -> None:
        self._boundary = boundary
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._pipe, inner = self._context.Pipe()
        self._process = self._context.Process(target=_child, args=(self._boundary, inner))
        self._process.daemon = True
        self._process.start()
        inner.close()
        self._done = 0

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def read(self, content: bytes, suffix: str) -> tuple[str, set[int]]:
        """Return what went wrong and the lines reached."""
        if self._done >= _PER_CHILD:
            self.stop()
            self._start()
        self._done += 1
        try:
            self._pipe.send((content, suffix))
            if self._pipe.poll(SLOWEST_S):
                found: tuple[str, set[int]] = self._pipe.recv()
                return found
            wrong = f"hangs: no answer in {SLOWEST_S} s"
        except (EOFError, OSError):
            self._process.join()
            wrong = f"dies: exit status {self._process.exitcode}"
        self.stop()
        self._start()
        return wrong, set()


def fuzz(
    seeds: list[Path],
    boundary: Path,
    *,
    minutes: float,
    seed: int,
    keep: Path,
    progress: Callable[[Tally], None],
) -> Tally:
    """Mutate files and read them for some time.

    Parameters
    ----------
    seeds
        Files to start from, see `benchmarks.fuzz.seeds.write_seeds`.
    boundary
        A boundary near them.
    minutes
        How long.
    seed
        Of chance.
    keep
        Folder for the files that failed.
    progress
        Called about every ten seconds.
    """
    dice = random.Random(seed)  # noqa: S311  (no secret)
    corpus: dict[str, list[bytes]] = {}
    tally, reached = Tally(), set[int]()
    readers = _Readers(boundary)
    began = said = time.monotonic()
    try:
        for path in seeds:
            content, suffix = path.read_bytes(), path.suffix[1:]
            corpus.setdefault(suffix, []).append(content)
            _judge(readers, content, suffix, tally, reached, keep)
        formats = sorted(corpus)
        while time.monotonic() - began < 60 * minutes:
            suffix = dice.choice(formats)
            known = corpus[suffix]
            # The newest finds are the most promising; the seed itself stays in play.
            start = dice.choice(known[-8:] if dice.randrange(2) else known)
            content = mutated(start, dice.choice(known), dice)
            if _judge(readers, content, suffix, tally, reached, keep):
                known.append(content)
                tally.corpus += 1
            if time.monotonic() - said > _SAY_S:
                said = time.monotonic()
                progress(tally)
    finally:
        readers.stop()
    return tally


def _judge(
    readers: _Readers, content: bytes, suffix: str, tally: Tally, reached: set[int], keep: Path
) -> bool:
    """Read one file, keep it where it fails, and return whether it reached new lines."""
    wrong, lines = readers.read(content, suffix)
    tally.files += 1
    if wrong:
        kind = _kind(wrong)
        if kind not in tally.found:
            keep.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(content).hexdigest()[:12]
            (keep / f"{name}.{suffix}").write_bytes(content)
            (keep / f"{name}.txt").write_text(wrong, encoding="utf-8")
            tally.found[kind] = f"{name}.{suffix}"
    new = lines - reached
    reached |= new
    tally.lines = len(reached)
    return bool(new)


def _kind(wrong: str) -> str:
    """Return what tells one failure from another: its last place and the kind of the error."""
    lines = wrong.strip().splitlines()
    places = [line.strip() for line in lines if line.lstrip().startswith("File ")]
    return " ".join([*places[-1:], lines[-1].partition(":")[0] if places else wrong])
