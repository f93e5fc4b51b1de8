"""What several rooms' tests share."""

import os
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import settings

import roadalign
import warm_processes
from roadalign.plans.constraints import ConstraintSource

pytest_plugins = ["straight_boundary"]

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT / "data" / "jinshan-jiaxing"
HOSTILE = '</script><img src=x onerror="document.title=1">'
PATIENCE_MS = 120_000
"""How long a page may take to show what a test waits for: a machine may be slow."""

settings.register_profile("tests", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("tests")

FAST = {
    *("assessment", "attributes", "boundary", "docking", "georeferencing", "ledger", "network"),
    *("plans", "rules", "safety", "settings", "test_cases.py", "test_locales.py"),
}
"""Rooms of pure functions, and the cases: what is run first, and often."""

FORMULA = '=HYPERLINK("http://example.invalid","x")'


def pytest_collection_modifyitems(items):
    """Mark as fast what lies in a room that is, opens no page and starts no process."""
    tests = Path(__file__).parent
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        if "real" in marks:
            item.add_marker("slow")
        elif item.path.relative_to(tests).parts[0] in FAST and not marks & {
            "browser",
            "process",
            "slow",
        }:
            item.add_marker("fast")


@pytest.fixture(scope="session", autouse=True)
def _warm_processes_end():
    yield
    warm_processes.stop()


@pytest.fixture(scope="session")
def default_folder():
    return DEFAULT


@pytest.fixture(scope="session")
def default_result():
    return roadalign.check(
        DEFAULT / "jinshan" / "jinshan_roads.shp",
        f"{DEFAULT / 'jiaxing.gpkg'}:ghlw",
        boundary=DEFAULT / "boundary.geojson",
        network=DEFAULT / "network.osm.pbf",
        constraints=[
            ConstraintSource(f"{DEFAULT / 'constraints.gpkg'}:{kind}", kind)
            for kind in ("farmland", "ecological_red_line", "water")
        ],
    )


@pytest.fixture(scope="session")
def hostile_result():
    """Two roads that meet and one that does not, with names that attack whatever shows them."""

    def side(*rows):
        lines = [
            shapely.LineString([(600000 + x, 3400000 + y) for x, y in line]) for _, line in rows
        ]
        return gpd.GeoDataFrame({"name": [name for name, _ in rows]}, geometry=lines, crs=4549)

    line = shapely.LineString([(600000, 3400000), (604000, 3400000)])
    return roadalign.check(
        side((HOSTILE, [(1000, -600), (1000, 0)]), (FORMULA, [(3000, -600), (3000, 0)])),
        side(("bell\x07\nand line", [(1000, 0), (1000, 600)])),
        boundary=gpd.GeoDataFrame(geometry=[line], crs=4549),
    )


@pytest.fixture(scope="session")
def chromium():
    """Open pages in a real Chromium with the network off."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which(path) or path, args=flags)
        make = browser.new_context

        def new_context(**how):
            context = make(**how)
            context.set_default_timeout(PATIENCE_MS)
            return context

        browser.new_context = new_context
        yield browser
        browser.close()
