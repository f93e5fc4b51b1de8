"""An index, a box or a count in a file never decides which roads there are.

Sixty roads of each side meet at the boundary, and one more lies far from it, so that the area near
the boundary does not hold the whole layer; the file of side a says otherwise somewhere.
"""

import shutil
import sqlite3
import struct
import zipfile
from contextlib import closing

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import LineString, MultiLineString

import roadalign
from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.formats.layers import open_layer, read_layer
from roadalign.formats.sources import find_layers
from roadalign.plans.inspection import inspect
from roadalign.plans.read import read_plan
from roadalign.settings import Settings

X, Y = 600_000.0, 3_400_000.0
ROADS = 60
WRONG = 20
STEP_M = 150.0
LENGTH_M = STEP_M * ROADS + 300


def side(name, *, roads=ROADS, away_m=0.0):
    """Return roads that end at the boundary, from the south for a and from the north for b."""
    reach = -900.0 if name == "a" else 900.0
    lines = [
        LineString([(x, Y + reach - away_m), (x, Y + reach / 2 - away_m), (x, Y - away_m)])
        for x in X + 200 + STEP_M * np.arange(roads)
    ]
    lines.append(LineString([(X, Y + 70 * reach), (X + 900, Y + 70 * reach)]))
    names = [f"road {number}" for number in range(roads + 1)]
    return gpd.GeoDataFrame({"NAME": names}, geometry=lines, crs=4549)


def line():
    drawn = LineString([(X, Y), (X + LENGTH_M, Y)])
    return gpd.GeoDataFrame({"NAME": ["line"]}, geometry=[drawn], crs=4549)


@pytest.fixture
def boundary(tmp_path):
    path = tmp_path / "line.geojson"
    line().to_file(path)
    return path


def written(table, path, **options):
    table.to_file(path, engine="pyogrio", **options)
    return path


def changed(path, *statements):
    """Run statements in a GeoPackage without the triggers that keep its index."""
    with closing(sqlite3.connect(path)) as base, base:
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
        for (name,) in triggers:
            base.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            base.execute(statement)
    return path


def put(path, at, content):
    whole = bytearray(path.read_bytes())
    whole[at : at + len(content)] = content
    path.write_bytes(whole)


def rtree_that_lacks_rows(folder):
    path = written(side("a"), folder / "a.gpkg")
    return changed(path, "DELETE FROM rtree_a_geom WHERE id <= 20")


def rtree_with_rows_elsewhere(folder):
    path = written(side("a"), folder / "a.gpkg")
    return changed(
        path,
        "UPDATE rtree_a_geom SET miny = 3000000, maxy = 3000900 WHERE id <= 20",
    )


def qix_of_fewer_roads(folder):
    path = written(side("a", roads=ROADS - WRONG), folder / "a.shp", SPATIAL_INDEX="YES")
    shutil.copy(path.with_suffix(".qix"), folder / "kept")
    written(side("a"), path)
    shutil.copy(folder / "kept", path.with_suffix(".qix"))
    return path


def qix_of_as_many_roads_elsewhere(folder):
    """The old index has the first roads far away, so that nobody can tell it from a new one."""
    old = side("a")
    old.loc[: WRONG - 1, "geometry"] = side("a", away_m=90_000).geometry[:WRONG]
    path = written(old, folder / "a.shp", SPATIAL_INDEX="YES")
    shutil.copy(path.with_suffix(".qix"), folder / "kept")
    written(side("a"), path)
    shutil.copy(folder / "kept", path.with_suffix(".qix"))
    return path


def sbn_with_one_road(folder):
    """By hand, for GDAL writes none: a tree of 15 nodes, of which the root holds one feature."""
    path = written(side("a"), folder / "a.shp")
    west, south, east, north = side("a").total_bounds
    nodes = struct.pack(">ii", 2, 1) + bytes(14 * 8)
    leaf = struct.pack(">ii4Bi", 2, 4, 0, 0, 255, 255, 1)
    words = (108 + len(nodes) + len(leaf)) // 2
    head = struct.pack(">8i", 9994, -400, 0, 0, 0, 0, words, ROADS + 1)
    head += struct.pack(">8d", west, south, east, north, 0, 0, 0, 0)
    head += struct.pack(">3i", 0, 1, len(nodes) // 2)
    path.with_suffix(".sbn").write_bytes(head + nodes + leaf)
    return path


def qix_in_an_archive(folder):
    inner = folder / "inner"
    inner.mkdir()
    qix_of_fewer_roads(inner)
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in inner.glob("a.*"):
            archive.write(part, part.name)
    return path


def flatgeobuf_with_roads_elsewhere(folder):
    path = written(side("a"), folder / "a.fgb")
    content = path.read_bytes()
    leaves = 12 + int.from_bytes(content[8:12], "little") + 40 * 5  # a root and four below it
    for place in range(WRONG):
        put(path, leaves + 40 * place, struct.pack("<4d", 0, 0, 1, 1))
    return path


def parquet_with_a_lying_covering(folder):
    path = folder / "a.parquet"
    side("a").to_parquet(path, write_covering_bbox=True, row_group_size=10)
    table = pq.read_table(path)
    boxes = table["bbox"].to_pylist()
    boxes[:WRONG] = [dict.fromkeys(box, 1.0) for box in boxes[:WRONG]]
    place = table.schema.get_field_index("bbox")
    kind = table.schema.field("bbox").type
    lying = table.set_column(place, table.schema.field("bbox"), pa.array(boxes, kind))
    pq.write_table(lying, path, row_group_size=10)
    return path


TOLD = [
    rtree_that_lacks_rows,
    rtree_with_rows_elsewhere,
    qix_of_fewer_roads,
    qix_in_an_archive,
    flatgeobuf_with_roads_elsewhere,
    parquet_with_a_lying_covering,
]
UNSEEN = [qix_of_as_many_roads_elsewhere, sbn_with_one_road]


@pytest.mark.parametrize("make", [*TOLD, *UNSEEN], ids=lambda make: make.__name__)
def test_all_roads_are_found_and_a_wrong_index_is_said(make, tmp_path, boundary):
    source = make(tmp_path)
    other = written(side("b"), tmp_path / "b.gpkg")
    result = roadalign.check(source, other, boundary=boundary)
    assert result.docking_points["place"].tolist() == ["agrees"] * ROADS
    assert ("I04" in set(result.findings["rule"])) == (make in TOLD)
    (report,) = inspect(source, boundary=boundary)
    faults = {fault.kind: fault.count for fault in report.faults}
    assert faults == ({"index_differs": WRONG} if make in TOLD else {})


def test_rows_that_only_the_index_knows_may_be_lost(tmp_path, boundary):
    path = written(side("a"), tmp_path / "a.gpkg")
    changed(path, "DELETE FROM a WHERE fid <= 20")
    plan = read(path, boundary)
    assert len(plan.roads) == ROADS - WRONG
    notes = {note.key: note for record in plan.inputs for note in record.notes}
    assert notes["index_differs"].values["more"] == WRONG
    assert notes["index_differs"].severity == "mismatch"
    assert notes["count_differs"].values["stated"] == ROADS + 1


def read(source, boundary):
    line_of = read_boundary(boundary, settings=Settings())
    return read_plan([source], side="a", boundary=line_of, settings=Settings())


def told(source, boundary):
    plan = read(source, boundary)
    return {note.key: note.count for record in plan.inputs for note in record.notes}


def shx_offsets(path):
    for place in range(WRONG):  # each to the record of the road after the last
        put(path.with_suffix(".shx"), 100 + 8 * place, (2**20 + place).to_bytes(4, "big"))


def shx_offsets_inside(path):
    content = path.with_suffix(".shx").read_bytes()
    for place in range(WRONG):  # each to the record after its own
        put(path.with_suffix(".shx"), 100 + 8 * place, content[108 + 8 * place : 112 + 8 * place])


def shx_without_the_last(path):
    index = path.with_suffix(".shx")
    index.write_bytes(index.read_bytes()[: -8 * WRONG])
    put(index, 24, (index.stat().st_size // 2).to_bytes(4, "big"))


def record_numbers(path):
    for start in starts(path)[:WRONG]:
        put(path, start, (7_000).to_bytes(4, "big"))


def record_lengths(path):
    for start in starts(path)[:WRONG]:
        put(path, start + 4, (4).to_bytes(4, "big"))


def fewer_rows_of_attributes(path):
    put(path.with_suffix(".dbf"), 4, (ROADS - WRONG).to_bytes(4, "little"))


def narrower_field(path):
    put(path.with_suffix(".dbf"), 32 + 16, b"\x08")


def starts(path):
    entries = path.with_suffix(".shx").read_bytes()[100:]
    return [2 * start for start, _ in struct.iter_unpack(">II", entries)]


@pytest.mark.parametrize(
    "damage",
    [
        *(shx_offsets, shx_offsets_inside, shx_without_the_last, record_numbers, record_lengths),
        *(fewer_rows_of_attributes, narrower_field),
    ],
    ids=lambda damage: damage.__name__,
)
@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "zipped"])
def test_a_shapefile_whose_parts_differ_is_refused(damage, zipped, tmp_path, boundary):
    path = written(side("a"), tmp_path / "a.shp")
    damage(path)
    source = path
    if zipped:
        source = tmp_path / "a.zip"
        with zipfile.ZipFile(source, "w") as archive:
            for part in tmp_path.glob("a.*"):
                if part != source:
                    archive.write(part, part.name)
    with pytest.raises(InputError) as problem:
        read(source, boundary)
    assert problem.value.key == "shapefile_parts_differ"
    assert "a.shp" in problem.value.render("en")
    (report,) = inspect(source)
    assert (report.readable, report.problems[0].key) == (False, "shapefile_parts_differ")


def points_beyond_the_record(path):
    for start in starts(path)[:WRONG]:
        put(path, start + 8 + 40, (90).to_bytes(4, "little"))


def boxes_elsewhere(path):
    for start in starts(path)[:WRONG]:
        put(path, start + 8 + 4, struct.pack("<4d", 0, 0, 1, 1))


@pytest.mark.parametrize(
    ("damage", "key", "found"),
    [
        (points_beyond_the_record, "features_damaged", ROADS - WRONG),
        (boxes_elsewhere, "features_outside", ROADS),
    ],
)
def test_records_that_contradict_themselves_are_said(damage, key, found, tmp_path, boundary):
    path = written(side("a"), tmp_path / "a.shp")
    damage(path)
    assert told(path, boundary)[key] == WRONG
    assert len(read(path, boundary).roads) == found


def test_deleted_rows_are_left_out_and_said(tmp_path, boundary):
    path = written(side("a"), tmp_path / "a.shp")
    content = path.with_suffix(".dbf").read_bytes()
    begin, length = struct.unpack_from("<HH", content, 8)
    for row in range(WRONG):
        put(path.with_suffix(".dbf"), begin + row * length, b"*")
    assert told(path, boundary) == {"features_deleted": WRONG}
    roads = read(path, boundary).roads
    assert roads["name"].tolist() == [f"road {number}" for number in range(WRONG, ROADS)]


def test_a_record_written_again_at_the_end_is_no_damage(tmp_path, boundary):
    """Programs that lengthen a road do so; the .shx leads to the newer one."""
    path = written(side("a"), tmp_path / "a.shp")
    content, first = path.read_bytes(), starts(path)[0]
    length = 8 + 2 * int.from_bytes(content[first + 4 : first + 8], "big")
    path.write_bytes(content + content[first : first + length])
    put(path, 24, (path.stat().st_size // 2).to_bytes(4, "big"))
    put(path.with_suffix(".shx"), 100, (len(content) // 2).to_bytes(4, "big"))
    assert told(path, boundary) == {}
    assert len(read(path, boundary).roads) == ROADS


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.fgb", "a.parquet", "a.geojson"])
def test_a_feature_without_geometry_is_said(name, tmp_path, boundary):
    table = side("a")
    table.loc[:2, "geometry"] = None
    path = tmp_path / name
    if name == "a.parquet":
        table.to_parquet(path)
    else:
        # GDAL writes no FlatGeobuf of these with an index.
        written(table, path, **({"SPATIAL_INDEX": "NO"} if name == "a.fgb" else {}))
    assert told(path, boundary) == {"lines_dropped": 3}
    assert len(read(path, boundary).roads) == ROADS - 3


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.fgb", "a.parquet"])
def test_every_kind_of_geometry_is_looked_through(name, tmp_path):
    """Points, areas with holes, groups and heights: nothing whole is taken for damaged."""
    lines = side("a", roads=3).geometry
    groups = [
        MultiLineString([line, other]) for line, other in zip(lines, lines[::-1], strict=True)
    ]
    raised = [LineString([(*point, 4.0) for point in line.coords]) for line in lines]
    holes = lines.buffer(50).difference(lines.buffer(20))
    for number, shapes in enumerate([lines, groups, raised, holes, lines.centroid]):
        path = tmp_path / f"{number}{name}"
        table = gpd.GeoDataFrame({"NAME": list("abcd")}, geometry=list(shapes), crs=4549)
        table.to_parquet(path) if name == "a.parquet" else written(table, path)
        (source,) = find_layers(path)
        layer = open_layer(source, encoding=None, where="test")
        assert layer.notes == ()
        assert layer.features == 4
        assert layer.bounds == pytest.approx(tuple(table.total_bounds))
        west, south, east, north = table.geometry[1].bounds
        mask = LineString([(west - 1, south - 1), (east + 1, north + 1)]).envelope
        near = table[table.intersects(mask)]
        assert sorted(read_layer(layer, mask=mask)["NAME"]) == near["NAME"].tolist()


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_changes_that_are_not_merged_are_refused_and_left_alone(ending, tmp_path, boundary):
    path = written(side("a"), tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = " + ("WAL" if ending == "-wal" else "DELETE"))
        base.execute("BEGIN IMMEDIATE")
        base.execute("CREATE TABLE more (id INTEGER)")
        if ending == "-wal":
            base.commit()
        copies = tmp_path / "copy"
        copies.mkdir()
        for part in tmp_path.glob("a.gpkg*"):
            shutil.copy(part, copies / part.name)
    beside = copies / f"a.gpkg{ending}"
    if not beside.exists() or not beside.stat().st_size:
        beside.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    before = {part.name: part.read_bytes() for part in copies.iterdir()}
    assert before[f"a.gpkg{ending}"]
    with pytest.raises(InputError) as problem:
        read(copies / "a.gpkg", boundary)
    assert problem.value.key == "changes_beside"
    assert f"a.gpkg{ending}" in problem.value.render("zh")
    after = {part.name: part.read_bytes() for part in copies.iterdir()}
    assert after == before


def test_any_name_may_be_opened(tmp_path, boundary):
    path = written(side("a"), tmp_path / "a ?mode=rwc#%41&é.gpkg", layer="a")
    changed(path, "DELETE FROM rtree_a_geom WHERE id <= 20")
    names = sorted(part.name for part in tmp_path.iterdir())
    assert told(path, boundary) == {"index_differs": WRONG}
    assert sorted(part.name for part in tmp_path.iterdir()) == names


def test_pages_with_checksums_are_compared(tmp_path, boundary):
    path = tmp_path / "a.parquet"
    side("a").to_parquet(path, write_page_checksum=True, compression=None)
    content = path.read_bytes()
    put(path, content.index(b"road 7") + 5, b"8")
    with pytest.raises(InputError) as problem:
        read(path, boundary)
    assert problem.value.key == "not_readable"


def test_an_arc_that_reaches_the_boundary_with_its_points_far_away_is_read(tmp_path):
    """The circle of 4 km has its ends and its third point 8 km south, its top at the boundary."""
    middle, far = (X + 5000, Y - 4000.0), 4000.0
    points = [
        (middle[0] + far * np.sin(turn), middle[1] - far * np.cos(turn))
        for turn in (-0.02, -0.021, 0.02)
    ]
    straight = [[(X + x, Y - 9000), (X + x + 9, Y - 9000), (X + x, Y - 8000)] for x in range(20)]
    table = gpd.GeoDataFrame(
        {"NAME": [str(k) for k in range(21)]},
        geometry=[LineString(one) for one in (points, *straight)],
        crs=4549,
    )
    path = written(table, tmp_path / "a.fgb", SPATIAL_INDEX="NO")
    whole = path.read_bytes()
    heading = 12 + struct.unpack_from("<I", whole, 12)[0]
    fields = heading - struct.unpack_from("<i", whole, heading)[0]
    kind = heading + struct.unpack_from("<H", whole, fields + 4 + 2 * 2)[0]
    assert whole[kind] == 2
    (one,) = find_layers(path)
    near = line().geometry.iloc[0].buffer(100)
    plain = read_layer(open_layer(one, encoding=None, where=""), mask=near)
    assert len(plain) == 0
    put(path, kind, b"\x08")  # from here on all are circular strings
    (one,) = find_layers(path)
    layer = open_layer(one, encoding=None, where="")
    assert layer.bounds is not None
    read = read_layer(layer, mask=near)
    assert read["NAME"].tolist() == ["0"]
    assert read.geometry.iloc[0].length > 20_000
