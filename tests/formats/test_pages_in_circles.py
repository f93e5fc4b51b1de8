"""Pages of a database that lead in circles are refused by name, whichever table they belong to."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import geopandas as gpd
import pytest
from shapely import LineString

from roadalign.errors import InputError
from roadalign.formats.geopackage import plain_tables
from roadalign.formats.sources import find_layers

SCHEMA = "sqlite_master"
READ = """
import sys
from roadalign.errors import InputError
from roadalign.formats.sources import find_layers
try:
    find_layers(sys.argv[1])
except InputError as problem:
    print(problem.key)
"""


def interior(size, child, *, offset=0, count=None):
    """Return a page of a table whose every cell leads to one child."""
    count = (size - 16 - offset) // 8 if count is None else count
    page = bytearray(size)
    start = size - 6 * count
    for cell in range(count):
        place = start + 6 * cell
        page[place : place + 6] = child.to_bytes(4, "big") + b"\x81\x00"
        at = offset + 12 + 2 * cell
        page[at : at + 2] = place.to_bytes(2, "big")
    head = b"\x05\0\0" + count.to_bytes(2, "big") + (start % 65536).to_bytes(2, "big") + b"\0"
    page[offset : offset + 12] = head + child.to_bytes(4, "big")
    return page


def made(folder, table, *, levels=6, itself=False):
    """Write a GeoPackage in which a table's first page leads to its rows in very many ways."""
    path = folder / "a.gpkg"
    lines = [LineString([(0, 0), (1, 1)])]
    gpd.GeoDataFrame({"name": ["x"]}, geometry=lines, crs=4326).to_file(path, layer="a")
    with closing(sqlite3.connect(path)) as base, base:
        (size,) = base.execute("PRAGMA page_size").fetchone()
        (pages,) = base.execute("PRAGMA page_count").fetchone()
        root = 1
        if table != SCHEMA:
            query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
            (root,) = base.execute(query, (table,)).fetchone()
    content = bytearray(path.read_bytes())
    offset = 100 if root == 1 else 0
    begin = (root - 1) * size
    if itself:
        content[begin : begin + size] = interior(size, root, count=0 if itself == "empty" else None)
    else:
        leaf = content[begin : begin + size]
        if offset:
            head = 8 + 2 * int.from_bytes(leaf[offset + 3 : offset + 5], "big")
            leaf[:head] = leaf[offset : offset + head]
        content += leaf
        for level in range(levels):
            content += interior(size, pages + 1 + level)
        top = interior(size, pages + 1 + levels, offset=offset)
        top[:offset] = content[:offset]
        content[begin : begin + size] = top
        content[28:32] = (pages + 1 + levels).to_bytes(4, "big")
        content[92:96] = content[24:28]  # says that the number of pages is of this change
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize(
    "table", ["a", "gpkg_contents", "gpkg_spatial_ref_sys", "gpkg_ogr_contents", SCHEMA]
)
def test_rows_without_end_are_refused(table, tmp_path):
    path = made(tmp_path, table)
    # In a process of its own: SQLite in an endless loop could not be stopped from here.
    done = subprocess.run(
        [sys.executable, "-c", READ, path],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    # SQLite itself finds that a table of the schema stands there twice.
    assert done.stdout.strip() == ("not_readable" if table == SCHEMA else "table_endless")


@pytest.mark.parametrize("itself", ["full", "empty"])
@pytest.mark.parametrize("table", ["a", "gpkg_contents", "gpkg_ogr_contents"])
def test_a_page_without_rows_that_leads_to_itself_is_refused(table, itself, tmp_path):
    path = made(tmp_path, table, itself=itself)
    with pytest.raises(InputError) as problem:
        find_layers(path)
    assert problem.value.key in {"table_endless", "not_readable"}


def test_a_whole_database_is_read(tmp_path):
    path = tmp_path / "a.gpkg"
    lines = [LineString([(0, k), (1, k)]) for k in range(5000)]
    gpd.GeoDataFrame({"name": ["x"] * 5000}, geometry=lines, crs=4326).to_file(path, layer="a")
    assert plain_tables(path, layer=None, label="a") is None
