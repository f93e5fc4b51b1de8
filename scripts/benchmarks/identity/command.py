"""How many docking points keep their id from version to version.

Cuts a network at its line into two plans, edits them as a new version would (redrawn, renamed,
renumbered, split, removed and added, shifted) and counts the docking points that keep their id, and
the ids that another road got; beside it, matching by the nearest point and by feature number.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.places import DATA
from benchmarks.problems import CannotRunError

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench identity --quick",
    "scripts/bench identity --network porto-straight --seeds 1 --named 0",
)
QUICK = {"network": "grid", "named": "0.6", "seeds": 1}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--network", default="wuhan", help="a network of scripts/bench accuracy (default: wuhan)")
    add("--data", type=Path, default=DATA, help="folder of the real networks")
    add("--named", default="0,0.6", help="shares of roads with a name (default: 0,0.6)")
    add("--seeds", type=int, default=2, help="how many seeds (default: 2)")


def run(given: argparse.Namespace) -> int:
    """Print the shares kept."""
    from benchmarks.cut_networks.named import available  # noqa: PLC0415 (after --help)
    from benchmarks.identity.editions import run_edits, table  # noqa: PLC0415

    known = available(given.data)
    if given.network not in known:
        raise CannotRunError(f"{given.network} is not here, but {', '.join(known)}")
    found = run_edits(
        given.network,
        folder=given.data,
        named=[float(part) for part in given.named.split(",")],
        seeds=range(1, given.seeds + 1),
        progress=lambda line: print(line, file=sys.stderr),
    )
    print(table(found))
    return 0
