"""Flipped bytes where files keep counts, offsets, lengths and indexes, and what comes of them.

Not flipped are coordinates, values of attributes, and texts that describe (names of fields, of
coordinate systems, of layers): without checksums nobody can see that these were others.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
import struct
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyarrow.parquet as pq
from shapely import LineString

from benchmarks.robustness.pair import CODE, X, Y, line
from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.plans.read import read_plan
from roadalign.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadalign.model.result import Boundary, Plan

FORMATS = ("shp", "zip", "gpkg", "fgb", "parquet")
SAME, TOLD, REFUSED, SILENT, DIED = "same", "told", "refused", "silent", "died"
ROADS = 60
SLOWEST_S = 120
_FAR_M = 30_000.0

Zones = list[tuple[Path, int, int]]


def roads() -> gpd.GeoDataFrame:
    """Return 60 roads that end at the boundary and, between them in the file, 60 far from it."""
    lines = []
    for number in range(2 * ROADS):
        x = X + 100 + 65 * number
        y = Y - (_FAR_M if number % 2 else 0)
        lines.append(LineString([(x, y - 900), (x + 3, y - 500), (x, y - 200), (x, y)]))
    columns = {
        "NAME": [f"road {number}" for number in range(2 * ROADS)],
        "LANES": [2 + 2 * (number % 3) for number in range(2 * ROADS)],
        "REDLINE": [24.5 + number % 4 for number in range(2 * ROADS)],
    }
    return gpd.GeoDataFrame(columns, geometry=lines, crs=CODE)


def written(form: str, folder: Path) -> Path:
    """Write the roads in a format; return what is read."""
    path = folder / f"roads.{'shp' if form == 'zip' else form}"
    if form == "parquet":
        roads().to_parquet(path, write_covering_bbox=True, row_group_size=ROADS)
    else:
        roads().to_file(path, engine="pyogrio")
    return packed(folder) if form == "zip" else path


def packed(folder: Path) -> Path:
    """Pack the shapefile in a folder; return the archive."""
    path = folder / "roads.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.glob("roads.*")):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    return path


def flipped(form: str, source: Path, folder: Path, *, seed: int) -> tuple[Path, str]:
    """Copy a source into a folder and change one to four bytes of one of its zones.

    Parameters
    ----------
    form
        One of `FORMATS`.
    source
        As `written` returned it.
    folder
        An empty folder.
    seed
        Of chance.

    Returns
    -------
    tuple
        What is to be read, and which bytes were changed.
    """
    for part in source.parent.glob("roads.*"):
        shutil.copy(part, folder / part.name)
    dice = random.Random(f"{form} {seed}")  # noqa: S311  (no secret)
    kinds = list(zones("shp" if form == "zip" else form, folder))
    places = dice.choice([kind for kind in kinds if kind])
    said = []
    for _ in range(dice.randint(1, 4)):
        path, start, end = dice.choice(places)
        content = bytearray(path.read_bytes())
        at = dice.randrange(start, end)
        new = content[at] ^ (
            1 << dice.randrange(8) if dice.randrange(2) else dice.randrange(1, 256)
        )
        said.append(f"{path.suffix}[{at}] {content[at]:02x}→{new:02x}")
        content[at] = new
        path.write_bytes(content)
    path = packed(folder) if form == "zip" else folder / source.name
    return path, ", ".join(said)


def zones(form: str, folder: Path) -> Iterator[Zones]:
    """Give the stretches of bytes that may be changed, one list for each kind."""
    path = folder / f"roads.{form}"
    content = path.read_bytes()
    if form == "shp":
        yield from _shapefile(path, content)
    elif form == "gpkg":
        yield from _geopackage(path, content)
    elif form == "fgb":
        yield from _flatgeobuf(path, content)
    else:
        yield from _parquet(path, content)


def _shapefile(path: Path, content: bytes) -> Iterator[Zones]:
    index = path.with_suffix(".shx")
    entries = index.read_bytes()
    starts = [2 * start for start, _ in struct.iter_unpack(">II", entries[100:])]
    yield [(path, 0, 100)]
    yield [(path, start, start + 8) for start in starts]
    yield [(path, start + 8, start + 12) for start in starts]
    yield [(path, start + 12, start + 44) for start in starts]
    yield [(path, start + 44, start + 56) for start in starts]
    yield [(index, 0, 100)]
    yield [(index, 100, len(entries))]
    table = path.with_suffix(".dbf")
    rows = table.read_bytes()
    begin, length = struct.unpack_from("<HH", rows, 8)
    yield [(table, 4, 12)]
    fields = range(32, begin - 1, 32)
    yield [(table, at + 16, at + 17) for at in fields] + [(table, begin - 1, begin)]
    yield [(table, begin + i * length, begin + i * length + 1) for i in range(2 * ROADS)]
    assert len(content) > begin  # noqa: S101


def _geopackage(path: Path, content: bytes) -> Iterator[Zones]:
    size = int.from_bytes(content[16:18], "big")
    yield [(path, 0, 100)]
    heads: Zones = []
    pointers: Zones = []
    cells: Zones = []
    for page in range(0, len(content), size):
        at = page + (100 if page == 0 else 0)
        kind, count = content[at], int.from_bytes(content[at + 3 : at + 5], "big")
        inner = 12 if kind in (2, 5) else 8
        if kind not in (2, 5, 10, 13) or not count or at + inner + 2 * count > page + size:
            continue
        heads.append((path, at, at + inner))
        pointers.append((path, at + inner, at + inner + 2 * count))
        for i in range(count):
            place = at + inner + 2 * i
            cell = page + int.from_bytes(content[place : place + 2], "big")
            if cell + 3 <= page + size and kind in (5, 13):
                cells.append((path, cell, cell + (5 if kind == 5 else 3)))
    yield heads
    yield pointers
    yield cells
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as base:
        found = base.execute("SELECT data FROM rtree_roads_geom_node").fetchall()
    base.close()
    nodes: Zones = []
    for (data,) in found:
        at = content.find(data[:300])
        nodes.append((path, at, at + 300))
    yield nodes
    blobs: Zones = []
    boxes: Zones = []
    counts: Zones = []
    at = content.find(b"GP\0")
    while at >= 0:
        blobs.append((path, at, at + 8))
        boxes.append((path, at + 8, at + 40))
        counts.append((path, at + 40, at + 49))
        at = content.find(b"GP\0", at + 3)
    yield blobs
    yield boxes
    yield counts


def _flatgeobuf(path: Path, content: bytes) -> Iterator[Zones]:
    heading = 12 + int.from_bytes(content[8:12], "little")
    table = 12 + int.from_bytes(content[12:16], "little")
    fields = table - struct.unpack_from("<i", content, table)[0]
    length = int.from_bytes(content[fields : fields + 2], "little")
    own = int.from_bytes(content[fields + 2 : fields + 4], "little")
    yield [(path, 0, 16)]
    yield [(path, fields, fields + length), (path, table, table + own)]
    features = len(content)
    places = []
    at = heading + _index_bytes(2 * ROADS)
    index_end = at
    while at < features:
        places.append(at)
        at += 4 + int.from_bytes(content[at : at + 4], "little")
    yield [(path, heading, index_end)]
    yield [(path, at, at + 4) for at in places]
    offsets: Zones = []
    counts: Zones = []
    for at in places:
        feature = at + 4
        offsets.append((path, feature, feature + 16))
        points = content.find(struct.pack("<I", 8), feature)  # four points: eight numbers
        counts.append((path, points, points + 4))
    yield offsets
    yield counts


def _index_bytes(features: int) -> int:
    nodes, level = features, features
    while level > 1:
        level = -(-level // 16)
        nodes += level
    return 40 * nodes


def _parquet(path: Path, content: bytes) -> Iterator[Zones]:
    size = len(content)
    footer = size - 8 - int.from_bytes(content[-8:-4], "little")
    yield [(path, size - 8, size), (path, 0, 4)]
    groups = content.rfind(b"ymax", 0, content.find(b"\x03geo", footer))
    with pq.ParquetFile(path) as file:
        meta = file.metadata
    chunks = [
        meta.row_group(group).column(column)
        for group in range(meta.num_row_groups)
        for column in range(meta.num_columns)
    ]
    # From the end of the schema to the texts of the heading.
    schema_end = content.find(b"\x15", content.find(b"ymax", footer))
    assert groups > schema_end  # noqa: S101
    yield [(path, schema_end, content.find(b"\x03geo", footer))]
    heads: Zones = []
    covering: Zones = []
    for chunk in chunks:
        first = chunk.dictionary_page_offset or chunk.data_page_offset
        heads += [
            (path, first, first + 12),
            (path, chunk.data_page_offset, chunk.data_page_offset + 12),
        ]
        if chunk.path_in_schema.startswith("bbox"):
            covering.append((path, first, first + chunk.total_compressed_size))
    yield heads
    yield covering


def read(path: Path, boundary: Boundary) -> Plan:
    """Read the roads as ``check`` does."""
    return read_plan([path], side="a", boundary=boundary, settings=Settings())


def judged(path: Path, clean: Plan, boundary: Boundary) -> str:
    """Return what came of a changed file, compared with the clean one."""
    try:
        plan = read(path, boundary)
    except InputError as problem:
        problem.render("zh")
        return REFUSED
    if told(plan) - told(clean):
        return TOLD
    return SAME if alike(plan, clean) else SILENT


def told(plan: Plan) -> set[str]:
    """Return what the reader said of a plan."""
    return {f"{note.rule} {note.key}" for record in plan.inputs for note in record.notes}


def alike(one: Plan, other: Plan) -> bool:
    """Whether the same roads were read, to the last digit."""

    def rows(plan: Plan) -> list[tuple[Any, ...]]:
        table = plan.roads.drop(columns=["layer", "fid"])
        texts = table.drop(columns="geometry").astype(str).to_numpy().tolist()
        shapes = table.geometry.to_wkb().tolist()
        return sorted((shape, *row) for shape, row in zip(shapes, texts, strict=True))

    return rows(one) == rows(other) and one.extent == other.extent


def _tried(form: str, source: Path, folder: Path, seed: int) -> tuple[str, str]:
    boundary = _boundary(source.parent)
    path, said = flipped(form, source, folder, seed=seed)
    return judged(path, read(source, boundary), boundary), said


def _boundary(folder: Path) -> Boundary:
    path = folder / "line.gpkg"
    if not path.exists():
        line().to_file(path, engine="pyogrio")
    return read_boundary(path, settings=Settings())


def outcomes(form: str, folder: Path, *, seeds: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Try a format with some seeds, in a process of its own, for a reader may die.

    Parameters
    ----------
    form
        One of `FORMATS`.
    folder
        An empty folder.
    seeds
        Of chance.

    Yields
    ------
    tuple
        Seed, one of `SAME`, `TOLD`, `REFUSED`, `SILENT` and `DIED`, and the bytes changed.
    """
    clean = folder / "clean"
    clean.mkdir()
    source = written(form, clean)
    _boundary(clean)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=context)
    for seed in seeds:
        own = folder / str(seed)
        own.mkdir()
        try:
            kind, said = pool.submit(_tried, form, source, own, seed).result(SLOWEST_S)
        except (BrokenProcessPool, TooLong) as problem:
            kind, said = DIED, type(problem).__name__
            pool.shutdown(wait=False, cancel_futures=True)
            pool = ProcessPoolExecutor(1, mp_context=context)
        yield seed, kind, said
        shutil.rmtree(own)
    pool.shutdown()
