"""How many small faults, put into the code one at a time, the fast tests notice.

Puts small faults (mutants: a comparison turned, a number changed, an argument dropped) into the
code one at a time, in a copy, and runs the fast tests of that package on each. Prints the share
that a test notices (it fails or takes too long) and lists the survivors. Mutants that change
nothing stand in scripts/benchmarks/mutants/equivalents.toml, the packages and their tests in
packages.toml beside it.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks.problems import CannotRunError

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench mutants --quick",
    "scripts/bench mutants docking --match intervals --sample 0",
    "scripts/bench mutants --sample 200 --seed 7 --processes 8",
)
QUICK = {"package": ["values"], "sample": 20}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("package", nargs="*", help="packages of packages.toml (default: all)")
    add("--sample", type=int, default=150, help="mutants drawn of each, 0 for all (default: 150)")
    add("--seed", type=int, default=1, help="seed of the draw (default: 1)")
    add("--match", default="", help="only mutants whose 'module.py function' holds this text")
    add("--processes", type=int, default=os.cpu_count() or 1, help="mutants tried at a time")
    add("--timeout", type=float, default=60.0, help="seconds for one mutant (default: 60)")
    add("--slowest", type=float, default=3.0, help="leave out tests that take longer (default: 3)")


def run(given: argparse.Namespace) -> int:
    """Print the survivors and the shares."""
    if find_spec("mutmut") is None:
        raise CannotRunError("mutmut is not installed (the extra bench)")
    from benchmarks.mutants.trials import (  # noqa: PLC0415 (after --help)
        Options,
        by_module,
        packages,
        survivors,
        table,
        try_packages,
    )

    known = list(packages())
    names = given.package or known
    if unknown := sorted(set(names) - set(known)):
        raise CannotRunError(f"no such package {', '.join(unknown)}: {', '.join(known)}")
    options = Options(
        sample=given.sample,
        seed=given.seed,
        processes=given.processes,
        timeout_s=given.timeout,
        slowest_s=given.slowest,
        match=given.match,
    )
    found = try_packages(names, options, progress=lambda line: print(line, file=sys.stderr))
    if rest := survivors(found):
        print(rest, end="\n\n")
    print(by_module(found), table(found), sep="\n\n")
    return 0
