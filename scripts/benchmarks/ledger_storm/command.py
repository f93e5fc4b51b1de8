"""Whether a ledger loses anything when many write at once and writers are killed.

Lets many processes write to one ledger and kills them at random (SIGKILL), then counts in the bytes
of the file: every decision that was reported as written has to be there once, and nobody may have
been refused. Then kills `align ledger import` at random, and calls `align ledger decide` from many
processes at once. Ends with 1 where anything is not as it has to be.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench ledger_storm --quick",
    "scripts/bench ledger_storm --writers 16 --each 100 --kills 200 --seed 7",
)
QUICK = {"writers": 4, "each": 12, "kills": 6, "imports": 4, "callers": 3, "calls": 2}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--writers", type=int, default=8, help="processes that write (default: 8)")
    add("--each", type=int, default=200, help="decisions of each (default: 200)")
    add("--kills", type=int, default=100, help="writers killed (default: 100)")
    add("--imports", type=int, default=100, help="imports killed (default: 100)")
    add("--entries", type=int, default=200, help="entries of each import (default: 200)")
    add("--callers", type=int, default=8, help="commands at once (default: 8)")
    add("--calls", type=int, default=3, help="calls of each (default: 3)")
    add("--seed", type=int, default=1, help="of the moments of the kills (default: 1)")


def run(given: argparse.Namespace) -> int:
    """Print what is there after each storm; 1 where it is not all that has to be."""
    from benchmarks.ledger_storm.killed_commands import (  # noqa: PLC0415 (after --help)
        killed_imports,
        simultaneous_decisions,
    )
    from benchmarks.ledger_storm.storm import storm  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="ledger-storm-") as name:
        folder = Path(name)
        (folder / "storm").mkdir()
        found = storm(
            folder / "storm",
            writers=given.writers,
            each=given.each,
            kills=given.kills,
            seed=given.seed,
        )
        print(f"{given.writers} writers × {given.each} decisions, {found.kills} killed:")
        for key, value in vars(found).items():
            print(f"  {key:8} {value:.1f}" if isinstance(value, float) else f"  {key:8} {value}")
        right = found.is_clean and found.noted == given.writers * given.each
        (folder / "imports").mkdir()
        states = killed_imports(
            folder / "imports", times=given.imports, entries=given.entries, seed=given.seed
        )
        print(f"{given.imports} imports of {given.entries} entries, killed: {dict(states)}")
        right = right and not states["wrong"]
        told, held, seconds = simultaneous_decisions(
            folder, callers=given.callers, each=given.calls
        )
        print(f"{given.callers} callers × {given.calls}: {told} told, {held} held, {seconds:.1f} s")
        right = right and told == held == given.callers * given.calls
    print("everything is there once, nobody was refused" if right else "NOT AS IT HAS TO BE")
    return 0 if right else 1
