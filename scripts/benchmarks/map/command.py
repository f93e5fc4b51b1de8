"""What the map costs, beside a plain Folium map of the same data.

Makes synthetic plans, checks them, and opens map.html and a plain Folium map of the same data
(roads as GeoJSON, one popup per point) in Chromium. Prints the size of each page, the seconds until
it answers and until a search is shown, script memory and the number of elements; nothing is
asserted. A plain Folium map is handed its libraries from the disk: without the internet it would
stay blank.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from benchmarks.problems import CannotRunError

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench map --quick",
    "scripts/bench map --points 500 --roads 20000 --planned 1",
)
QUICK = {"points": "50,500", "roads": 2000}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--points", default="50,500,5000", help="docking points (default: 50,500,5000)")
    add("--roads", type=int, default=20_000, help="features in all (default: 20000)")
    add("--planned", type=float, default=0.5, help="share of them in the plans (default: 0.5)")


def run(given: argparse.Namespace) -> int:
    """Print what the pages cost."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser is None:
        raise CannotRunError("no Chromium found (Debian: apt-get install chromium)")
    from benchmarks.map.measure import costs, table  # noqa: PLC0415 (after --help)

    counts = [int(text) for text in given.points.split(",")]
    found = costs(counts, roads=given.roads, planned=given.planned, browser_path=browser)
    print(table(found))
    return 0
