"""How much faster a batch is with two processes than with one.

Cuts the networks of Porto and Wuhan at 30 lines, breaks three of the pairs, and checks them all
with one process and with two, turn by turn. Prints the times, their ratio, and the most memory
that a process held. The networks are looked for in ../shared/data beside the project.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.places import DATA
from benchmarks.problems import CannotRunError, chosen

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench batch --quick",
    "scripts/bench batch --length-m 5000 --rounds 3",
)
QUICK = {"cities": "wuhan", "length_m": 1000}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--cities", help="porto (20 pairs), wuhan (10) by commas (default: both)")
    add("--length-m", type=float, default=2000.0, help="of each boundary (default: 2000)")
    add("--rounds", type=int, default=1, help="how often each is measured (default: once)")


def run(given: argparse.Namespace) -> int:
    """Print the times and their ratio."""
    import roadalign  # noqa: PLC0415 (after --help)
    from benchmarks.batch.pairs import CITIES, available, write_pairs  # noqa: PLC0415

    cities = chosen(given.cities, CITIES)
    if not available():
        raise CannotRunError(f"the networks of Porto and Wuhan are not in {DATA}")
    times: dict[int, list[float]] = {1: [], 2: []}
    peak_mb = 0.0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "pairs"
        folder.mkdir()
        manifest = write_pairs(folder, length_m=given.length_m, cities=cities)
        for number in range(given.rounds):
            for workers, measured in times.items():
                out = Path(made) / f"out-{number}-{workers}"
                began = time.perf_counter()
                found = roadalign.batch(manifest, out=out, runner="processes", jobs=workers)
                measured.append(time.perf_counter() - began)
                peak_mb = max(peak_mb, float(found.pairs["peak_mb"].max()))
                counts = found.pairs["status"].value_counts().to_dict()
                print(f"{workers} process(es): {measured[-1]:.1f} s, {counts}", flush=True)
    one, two = min(times[1]), min(times[2])
    print(f"ratio of two processes to one: {two / one:.2f} ({two:.1f} s / {one:.1f} s)")
    print(f"most memory of one process: {peak_mb:.0f} MB")
    return 0
