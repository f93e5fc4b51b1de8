"""Where things are: the checkout, its example, and the real networks beside it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "roadalign"
EXAMPLE = ROOT / "data" / "jinshan-jiaxing"
CASES = ROOT / "tests" / "cases"

DATA = ROOT.parent / "shared" / "data"
"""Networks of OpenStreetMap contributors (ODbL), beside the checkout, where there are any."""

PORTO, MONACO = DATA / "porto.osm.pbf", DATA / "monaco.osm.pbf"
WUHAN = DATA / "wuhan_hongshan_wuchang.gpkg"
