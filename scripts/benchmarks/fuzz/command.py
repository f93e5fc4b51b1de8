"""Whether mutated files make the readers fail: each must give a result or a clear error.

Writes the example in every format, changes the bytes by chance, reads the files as a plan and as a
boundary, and goes on from those that reach lines of the readers that none reached before. The
readers run in a process of their own, so that one that dies or hangs is found too. What fails is
kept. Exit status 1 where anything failed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.places import EXAMPLE

if TYPE_CHECKING:
    import argparse

    from benchmarks.fuzz.loop import Tally

EXAMPLES = (
    "scripts/bench fuzz --quick",
    "scripts/bench fuzz --minutes 20 --seed 7 --keep failures",
)
QUICK = {"minutes": 0.2}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--minutes", type=float, default=1.0, help="how long (default: 1)")
    add("--seed", type=int, default=1, help="of chance (default: 1)")
    add("--keep", type=Path, default=Path("fuzz-failures"), help="folder for what fails")


def run(given: argparse.Namespace) -> int:
    """Print what was tried; 1 where something failed."""
    from benchmarks.fuzz.loop import fuzz  # noqa: PLC0415 (after --help)
    from benchmarks.fuzz.seeds import write_seeds  # noqa: PLC0415

    def said(tally: Tally) -> str:
        return (
            f"{tally.files} files, {tally.lines} lines of the readers reached, "
            f"{tally.corpus} files kept as starts, {len(tally.found)} kinds of failure"
        )

    with tempfile.TemporaryDirectory() as folder:
        seeds = write_seeds(EXAMPLE / "jinshan" / "jinshan_roads.shp", Path(folder))
        tally = fuzz(
            seeds,
            EXAMPLE / "boundary.geojson",
            minutes=given.minutes,
            seed=given.seed,
            keep=given.keep,
            progress=lambda tally: print(said(tally), file=sys.stderr, flush=True),
        )
    print(f"{given.minutes:g} min, seed {given.seed}: {said(tally)}")
    for kind, name in tally.found.items():
        print(f"  {given.keep / name}: {kind}")
    return int(bool(tally.found))
