"""What killed runs leave of their files.

Kills runs of `align check`, `compare` and `batch` (the process called, or one of its workers) with
SIGKILL at random moments, half of them while files are written, and looks at what is in the folder
then and after the next run. Every file has to be whole, of before or new; a folder of both has to
be recognised; the next run leaves nothing but its own files. Exits with 1 where that is not so.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.problems import chosen

if TYPE_CHECKING:
    import argparse

EXAMPLES = ("scripts/bench kill --quick", "scripts/bench kill --kills 100 --only batch,worker")
QUICK = {"kills": 1, "only": "check,compare,batch"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--kills", type=int, default=100, help="of each kind (default: 100)")
    add("--only", help="some of check,compare,batch,worker")
    add("--seed", type=int, default=1, help="of the moments (default: 1)")


def run(given: argparse.Namespace) -> int:
    """Print the tallies; 1 where a folder held what it must not."""
    from benchmarks.kill.kills import KINDS, heading, storm  # noqa: PLC0415 (after --help)

    faults = 0
    kinds = chosen(given.only, KINDS)
    print(heading())
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            found = storm(kind, Path(folder), kills=given.kills, seed=given.seed)
        faults += found.faults
        print(found.as_row(kind), flush=True)
    return 1 if faults else 0
