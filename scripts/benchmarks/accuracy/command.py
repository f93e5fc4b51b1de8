"""How right the program is: real networks cut in two, disturbed in known ways.

Cuts networks at a line into two sides, disturbs them in known ways, and compares what
`roadalign` finds with what is true; beside it a matcher that joins each end to the nearest end of
the other side within a search distance. The networks of OpenStreetMap are looked for in
../shared/data beside the project; without them only the synthetic ones are run.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.problems import chosen

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench accuracy --quick",
    "scripts/bench accuracy --json figures.json --picture figures.png",
    "scripts/bench accuracy --networks wuhan --kinds noise,datum --seeds 1 --failures pictures",
)
QUICK = {"networks": "grid", "seeds": "1"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--networks", help="names by commas: wuhan, porto-…, monaco, grid, weave (default: all)")
    add("--kinds", help="kinds of disturbance by commas (default: all; none = undisturbed)")
    add("--seeds", default="1,2,3", help="whole numbers by commas (default: 1,2,3)")
    add("--processes", type=int, default=2, help="how many processes (default: 2)")
    add("--json", type=Path, metavar="FILE", help="write all figures and failures")
    add("--picture", type=Path, metavar="FILE.png", help="draw F1 per kind and the reliability")
    add("--failures", type=Path, metavar="DIR", help="draw what went wrong")


def run(given: argparse.Namespace) -> int:
    """Print the figures of all cases."""
    from benchmarks.accuracy.cases import run_cases  # noqa: PLC0415 (after --help)
    from benchmarks.accuracy.figures import figures, table  # noqa: PLC0415
    from benchmarks.cut_networks.named import available  # noqa: PLC0415
    from benchmarks.disturbances.kinds import KINDS  # noqa: PLC0415

    networks = chosen(given.networks, available())
    kinds = chosen(given.kinds, tuple(KINDS))
    seeds = [int(text) for text in given.seeds.split(",")]
    began = time.monotonic()

    def progress(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    scores = run_cases(networks, kinds, seeds, processes=given.processes, progress=progress)
    found = figures(scores)
    print(table(found))
    if not any("momepy" in name for name in found["matchers"]):
        print("\nGap closing by momepy: not compared, momepy is not installed.")
    if given.json:
        wrong = [one for score in scores if score.matcher == "roadalign" for one in score.failures]
        text = json.dumps(found | {"failures": wrong}, ensure_ascii=False, indent=1)
        given.json.write_text(text + "\n", encoding="utf-8")
    if given.picture or given.failures:
        try:
            from benchmarks.accuracy.pictures import failures, overview  # noqa: PLC0415
        except ImportError:
            print("No pictures: matplotlib is not installed.", file=sys.stderr)
            return 0
        if given.picture:
            overview(scores, given.picture)
        if given.failures:
            print(f"{failures(scores, given.failures)} sheets in {given.failures}", file=sys.stderr)
    return 0
