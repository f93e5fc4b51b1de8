"""How fast the network is read and cut, and ways around are found, beside other tools.

Reads the roads of an extract within a band and writes them as a GeoPackage, and lets
`osmium extract` and `osmium tags-filter` (Debian: apt-get install osmium-tool) cut the same box out
of the same file, in turn, in one run. Then finds ways around on a large made-up network, beside
networkx and osmnx, and rustworkx where it is installed. Prints times and their ratio; only the
lengths of the ways are compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.places import PORTO
from benchmarks.problems import CannotRunError

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench network --quick",
    "scripts/bench network --only routing",
    "scripts/bench network zhejiang-latest.osm.pbf --line 121.0,30.7,121.3,31.0 --band-km 10",
)
QUICK = {"only": "routing", "size": 100, "pairs": 50}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("file", nargs="?", type=Path, default=PORTO, help="an .osm.pbf (default: Porto's)")
    add("--line", default="-8.61,41.12,-8.61,41.18", help="the boundary: lon,lat,lon,lat")
    add("--band-km", type=float, default=3.0, help="how far on each side (default: 3)")
    add("--rounds", type=int, default=5, help="how often each is run (default: 5)")
    add("--only", choices=("cutting", "routing"), help="one half of it")
    add("--size", type=int, default=500, help="streets along a side (default: 500)")
    add("--pairs", type=int, default=200, help="docking points (default: 200)")


def run(given: argparse.Namespace) -> int:
    """Print times and ratios."""
    if given.only != "routing":
        if not given.file.exists():
            raise CannotRunError(f"there is no {given.file}; name an extract, or --only routing")
        from benchmarks.network.band import figures, table  # noqa: PLC0415 (after --help)

        line = tuple(float(text) for text in given.line.split(","))
        print(table(figures(given.file, line=line, band_km=given.band_km, rounds=given.rounds)))
    if given.only != "cutting":
        from benchmarks.network.routing import compare  # noqa: PLC0415 (after --help)

        print(compare(size=given.size, pairs=given.pairs))
    return 0
