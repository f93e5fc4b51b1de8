"""GeoPackages in which more than tables stands."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from benchmarks.robustness.pair import Call, good, save, side
from benchmarks.robustness.registry import refused, right

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
_VIEW = (
    f'CREATE VIEW {{name}} AS SELECT r.* FROM "a" r WHERE (SELECT count(*) FROM ({_ENDLESS})) > 0'
)
_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
SELECT '{name}', 'features', '{name}', srs_id FROM gpkg_contents LIMIT 1
"""
_GEOMETRY = """
INSERT INTO gpkg_geometry_columns
SELECT '{name}', column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns LIMIT 1
"""
_LISTED = (_CONTENTS, _GEOMETRY)


def _made(folder: Path, *statements: str) -> str:
    path = save(side("a"), folder / "a.gpkg", layer="a")
    with closing(sqlite3.connect(path)) as base, base:
        base.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            base.create_function(name, 1, lambda _: 0.0)
        for statement in statements:
            base.execute(statement.format(name="v"))
    return path


@refused("layer_computes", named="v")
def a_view_among_the_layers(folder: Path) -> Call:
    return good(folder, a=_made(folder, _VIEW, *_LISTED))


@refused("layer_computes", named="(there are: a)")
def a_view_asked_for(folder: Path) -> Call:
    return good(folder, a=_made(folder, _VIEW, *_LISTED) + ":v")


@right()
def a_table_beside_a_view(folder: Path) -> Call:
    return good(folder, a=_made(folder, _VIEW, *_LISTED) + ":a")


@right()
def a_view_that_is_no_layer(folder: Path) -> Call:
    return good(folder, a=_made(folder, _VIEW))


@refused("not_readable", named="a.gpkg")
def a_broken_schema_that_is_no_text(folder: Path) -> Call:
    path = folder / "a.gpkg"
    content = Path(save(side("a"), path, layer="a")).read_bytes()
    content = content.replace(b"CREATE TABLE gpkg_ogr_contents", b"CREATE TABLF gpkg_ogr_contents")
    path.write_bytes(content.replace(b"gpkg_ogr_contents", b"gpkg_ogr_conten\xa0s"))
    return good(folder, a=str(path))


@refused("layer_computes", named="gpkg_ogr_contents")
def a_view_in_place_of_what_readers_ask(folder: Path) -> Call:
    swap = (
        "DROP TABLE gpkg_ogr_contents",
        (
            "CREATE VIEW gpkg_ogr_contents AS "
            f"SELECT 'a' AS table_name, i AS feature_count FROM ({_ENDLESS})"
        ),
    )
    return good(folder, a=_made(folder, *swap))


@refused("layer_computes", named="v")
def a_view_in_an_archive(folder: Path) -> Call:
    path = _made(folder, _VIEW, *_LISTED)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(path, "a.gpkg")
    return good(folder, a=str(folder / "a.zip"))


@refused("layer_computes", named="a")
def a_column_that_computes(folder: Path) -> Call:
    add = (
        'ALTER TABLE "a" ADD COLUMN big TEXT GENERATED ALWAYS AS (hex(zeroblob(400000000))) VIRTUAL'
    )
    return good(folder, a=_made(folder, add))


@right()
def triggers_that_write(folder: Path) -> Call:
    trigger = 'CREATE TRIGGER t AFTER UPDATE ON "a" BEGIN DELETE FROM "a"; END'
    return good(folder, a=_made(folder, trigger))


@refused("table_endless", named="a")
def pages_that_lead_in_circles(folder: Path) -> Call:
    """Make each page above the rows name the same first page of rows, four hundred times over."""
    path = Path(save(side("a"), folder / "a.gpkg", layer="a"))
    with closing(sqlite3.connect(path)) as base, base:
        (size,) = base.execute("PRAGMA page_size").fetchone()
        (root,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'a'").fetchone()
        (pages,) = base.execute("PRAGMA page_count").fetchone()
    content = bytearray(path.read_bytes())
    leaf = bytes(content[(root - 1) * size : root * size])
    # Two new pages: the rows, and above them a page of many ways to the rows; the root likewise.
    rows, above = pages + 1, pages + 2
    content += leaf + _interior(size, rows)
    content[(root - 1) * size : root * size] = _interior(size, above)
    content[28:32] = (pages + 2).to_bytes(4, "big")
    content[92:96] = content[24:28]  # says that the number of pages is of this change
    path.write_bytes(bytes(content))
    return good(folder, a=str(path))


def _interior(size: int, child: int) -> bytes:
    """Return a page of a table whose every cell leads to one child."""
    count = (size - 16) // 8
    page = bytearray(size)
    start = size - 6 * count
    for cell in range(count):
        place = start + 6 * cell
        page[place : place + 6] = child.to_bytes(4, "big") + b"\x81\x00"
        page[12 + 2 * cell : 14 + 2 * cell] = place.to_bytes(2, "big")
    page[:12] = (
        b"\x05\0\0"
        + count.to_bytes(2, "big")
        + start.to_bytes(2, "big")
        + b"\0"
        + child.to_bytes(4, "big")
    )
    return bytes(page)
