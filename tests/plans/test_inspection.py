"""What the program understands of layers, told of files made wrong in one known way each."""

from __future__ import annotations

import tomllib
import warnings
import zipfile

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pyproj import CRS
from shapely import LineString, MultiLineString, Point, Polygon

import roadalign
from roadalign.errors import InputError
from roadalign.georeferencing.georeference import Georeference
from roadalign.outputs.inspection import inspection_text, settings_lines
from roadalign.plans import trial_readings as readings
from roadalign.plans.inspection import MOST_TEXTS, inspect
from roadalign.settings import Settings, parse_settings

X, Y = 600_000.0, 3_400_000.0


def line(*places):
    return LineString([(X + x, Y + y) for x, y in places])


def layer_of(texts=(), *, lines=None, crs=4549, **fields):
    fields = fields or {"建设状态": list(texts)}
    count = len(next(iter(fields.values())))
    lines = lines or [line((0, 1000 * i), (1000, 1000 * i)) for i in range(count)]
    return gpd.GeoDataFrame(fields, geometry=lines, crs=crs)


def shapefile(frame, path, *, encoding="GBK", drop=(".cpg",)):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names longer than ten bytes are cut; no .prj
        frame.to_file(path, encoding=encoding)
    for suffix in drop:
        path.with_suffix(suffix).unlink(missing_ok=True)
    return path


@pytest.fixture
def line_file(tmp_path):
    """Put the boundary on the easting X, from 1 km south of Y to 9 km north of it."""
    path = tmp_path / "line.gpkg"
    gpd.GeoDataFrame(geometry=[line((0, -1000), (0, 9000))], crs=4549).to_file(path)
    return path


def repaired(source, *, side="a", **more):
    """Return the report after the suggested lines are set, and the lines."""
    lines = settings_lines(inspect(source, side=side, **more), side=side, lang="en")
    given = parse_settings(tomllib.loads(lines), where="test")
    assert settings_lines(inspect(source, side=side, **more), side=side, lang="zh") != lines
    (after,) = inspect(source, side=side, settings=given, **more)
    return after, lines


def faults(report):
    return {fault.kind: fault.count for fault in report.faults}


def test_a_good_layer_needs_nothing(tmp_path, line_file):
    path = tmp_path / "a.gpkg"
    layer_of(["规划", "现状"]).to_file(path)
    (report,) = roadalign.inspect(path, boundary=line_file)
    assert (report.source, report.layer, report.driver) == (str(path), "a", "GPKG")
    assert (report.encoding, report.encoding_how) == ("utf-8", "format")
    assert (report.crs.name, report.crs.how, report.crs.verdict) == (
        "EPSG:4549",
        "stated",
        "plausible",
    )
    assert (report.features, report.parts) == (2, 2)
    # At 100 km from the central meridian the grid is 1.000123 times the ellipsoid.
    assert report.length_km == pytest.approx(2 / 1.000123, abs=0.001)
    assert report.extent.bounds == (X, Y, X + 1000, Y + 1000)
    assert report.extent.width_km == pytest.approx(1.0, abs=0.02)
    assert report.extent.height_km == pytest.approx(1.0, abs=0.02)
    (status,) = report.fields
    assert (status.column, status.field, status.how) == ("status", "建设状态", "dictionary")
    assert (status.filled, status.understood) == (2, 2)
    assert (report.boundary.near, report.boundary.at) == (2, 2)
    assert not report.faults
    assert not report.problems
    assert not settings_lines([report], side="a", lang="en")


def test_gbk_without_a_word_of_it_is_found_and_can_be_stated(tmp_path):
    path = shapefile(layer_of(["规划", "现状"]), tmp_path / "a.shp")
    (report,) = inspect(str(path))
    assert (report.encoding, report.encoding_how) == ("gb18030", "found")
    after, lines = repaired(path)
    assert 'encoding = "gb18030"' in lines
    assert after.encoding_how == "stated"
    assert after.fields == report.fields


@pytest.mark.parametrize(
    ("said", "really", "wanted"), [("ISO-8859-1", "GBK", "gb18030"), ("1252", "UTF-8", "utf-8")]
)
def test_a_cpg_file_that_lies_is_told(tmp_path, said, really, wanted):
    frame = layer_of(["规划", "现状"])
    path = shapefile(frame, tmp_path / "a.shp", encoding=really)
    path.with_suffix(".cpg").write_text(said)
    (before,) = inspect(path)
    assert (before.encoding_how, before.encoding_doubt) == ("cpg", wanted)
    assert not before.fields
    after, _ = repaired(path)
    assert after.encoding_doubt is None
    # Eight bytes of GBK fit into a name, twelve of UTF-8 do not.
    names = [field.field for field in after.fields] + [*after.unused]
    assert names == ["建设状态" if really == "GBK" else "建设状"]


def test_european_texts_are_not_doubted(tmp_path):
    frame = layer_of(name=["Straße nach Köln", "Allée des Érables", "Fußweg"])
    path = shapefile(frame, tmp_path / "a.shp", encoding="ISO-8859-1", drop=())
    (report,) = inspect(path)
    assert (report.encoding_how, report.encoding_doubt) == ("cpg", None)


def test_a_missing_prj_is_told_with_what_the_numbers_fit(tmp_path, line_file):
    path = shapefile(layer_of(["规划"]), tmp_path / "a.shp", drop=(".prj",))
    (report,) = inspect(path, boundary=line_file)
    assert (report.crs.name, report.crs.how, report.crs.verdict) == (None, "missing", "missing")
    assert report.crs.candidates[0].code == "EPSG:4549"
    assert report.readable
    assert [problem.key for problem in report.problems] == ["no_crs_projected"]
    assert (report.length_km, report.boundary, report.extent.lonlat_deg) == (None, None, None)
    after, lines = repaired(path, boundary=line_file)
    assert 'crs = "EPSG:4549"' in lines
    assert "EPSG:2385" in lines
    assert (after.crs.name, after.crs.how) == ("EPSG:4549", "assumed")
    assert not after.problems
    assert after.boundary.at == 1


def test_a_system_set_wrongly_is_replaced(tmp_path):
    path = shapefile(layer_of(["规划"]), tmp_path / "a.shp", drop=(".prj",))
    wrong = parse_settings({"b": {"crs": "EPSG:4326"}}, where="test")
    (report,) = inspect(path, side="b", settings=wrong)
    assert (report.crs.how, report.crs.verdict) == ("assumed", "impossible")
    lines = tomllib.loads(settings_lines([report], side="b", lang="en"))
    assert lines["b"]["crs"] == "EPSG:4549"


def test_what_a_file_states_wrongly_can_be_told_otherwise(tmp_path, line_file):
    path = tmp_path / "a.gpkg"
    # DrawnLines in the zone of 123°E and said to be in that of 120°E: 286 km to the west.
    layer_of(["规划"]).to_crs(4550).set_crs(4549, allow_override=True).to_file(path)
    (report,) = inspect(path, boundary=line_file)
    assert report.crs.verdict == "far"
    # UTM of the same meridian differs by 1.4 km only.
    assert {one.code for one in report.crs.candidates[:2]} >= {"EPSG:4550"}
    assert report.boundary.compass == "W"
    assert 280 < report.boundary.distance_km < 290
    lines = settings_lines([report], side="a", lang="en")
    assert "EPSG:4550" in lines
    told = tomllib.loads(lines)
    assert told["a"].keys() == {"assume_crs"}
    (again,) = inspect(path, boundary=line_file, settings=parse_settings(told, where="test"))
    assert (again.crs.how, again.crs.verdict) == ("told", "plausible")
    (alone,) = inspect(path)
    assert alone.crs.verdict == "outside"


def test_numbers_in_the_wrong_order(tmp_path):
    path = tmp_path / "a.gpkg"
    frame = layer_of(["规划"]).to_crs(4490)
    turned = shapely.transform(frame.geometry.array, lambda xy: xy[:, ::-1])
    frame.set_geometry(gpd.GeoSeries(turned, crs=4490)).to_file(path)
    (report,) = inspect(path)
    assert (report.crs.verdict, report.crs.looks_like) == ("impossible", "swapped")
    told = tomllib.loads(settings_lines([report], side="a", lang="en"))
    assert told == {"a": {"assume_crs": "swapped"}}
    (again,) = inspect(path, settings=parse_settings(told, where="test"))
    assert (again.crs.how, again.crs.verdict) == ("told", "plausible")


def test_a_layer_in_another_datum_lies_on_the_roads_only_when_read_so(tmp_path):
    """Ten existing roads 1 km apart; the plan holds the same ones written in GCJ-02, 490 m off."""
    roads = [line((1000 * i, -900), (1000 * i + 100, 900)) for i in range(10)]
    network = tmp_path / "roads.gpkg"
    layer_of(highway=["primary"] * 10, lines=roads).to_file(network)
    place = Georeference(CRS.from_epsg(4326), "gcj02")
    written = [
        shapely.transform(one, lambda xy: place.numbers(xy, CRS.from_epsg(4549))) for one in roads
    ]
    path, boundary = tmp_path / "a.gpkg", tmp_path / "line.gpkg"
    layer_of(name=["a"] * 10, lines=written, crs=4326).to_file(path)
    layer_of(["line"], lines=[line((-1000, 0), (11_000, 0))]).to_file(boundary)
    (report,) = inspect(path, boundary=boundary, network=network)
    shares = {score.reading: score.share for score in report.readings}
    assert shares["gcj02"] == 1.0
    assert shares[""] < 0.1
    told = tomllib.loads(settings_lines([report], side="b", lang="en"))
    assert told == {"b": {"assume_crs": "gcj02"}}
    clean = tmp_path / "clean.gpkg"
    layer_of(name=["a"] * 10, lines=roads).to_file(clean)
    (right,) = inspect(clean, boundary=boundary, network=network)
    assert right.readings[0].share == 1.0
    assert "assume_crs" not in settings_lines([right], side="b", lang="en")


@pytest.mark.parametrize("place", ["bd09", "", "EPSG:…"])
def test_a_reading_that_fails_ends_alone_and_is_told(place, tmp_path, monkeypatch):
    roads = [line((1000 * i, -900), (1000 * i + 100, 900)) for i in range(4)]
    network, path, boundary = (tmp_path / f"{name}.gpkg" for name in ("roads", "a", "line"))
    layer_of(highway=["primary"] * 4, lines=roads).to_file(network)
    layer_of(name=["a"] * 4, lines=roads).to_file(path)
    layer_of(["line"], lines=[line((-1000, 0), (5000, 0))]).to_file(boundary)
    score = readings._score

    def failing(name, *rest):
        if name == place:
            raise ZeroDivisionError("nobody thought of it")
        return score(name, *rest)

    def unknown(*_):
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr(readings, "_score", failing)
    if place == "EPSG:…":
        monkeypatch.setattr(readings, "systems_here", unknown)
    (report,) = inspect(path, boundary=boundary, network=network)
    problems = {one.reading: one.problem for one in report.readings if one.problem}
    assert problems == {place: "ZeroDivisionError: nobody thought of it"}
    assert {"", "gcj02", "bd09"} <= {one.reading for one in report.readings}
    assert "assume_crs" not in settings_lines([report], side="b", lang="en")
    for lang in ("en", "zh"):
        said = inspection_text([report], side="a", lang=lang, width=400)
        assert "nobody thought of it" in said


def test_texts_not_understood_are_listed_and_can_be_left_open(tmp_path):
    path = tmp_path / "a.gpkg"
    texts = ["一级", "乡间小道", "泥巴路", "泥巴路", None]
    layer_of(技术等级=texts, 设计速度=["80", "0", "40~60", "60", "60"]).to_file(path)
    (report,) = inspect(path)
    by_column = {field.column: field for field in report.fields}
    assert (by_column["road_class"].filled, by_column["road_class"].understood) == (4, 1)
    road_class, speed = sorted(report.doubts, key=lambda doubt: doubt.columns, reverse=True)
    assert (road_class.columns, road_class.count, road_class.kinds) == (("road_class",), 3, 2)
    assert [(one.text, one.count) for one in road_class.texts] == [("泥巴路", 2), ("乡间小道", 1)]
    assert [(one.text, one.count) for one in speed.texts] == [("40~60", 1)]
    after, lines = repaired(path)
    assert tomllib.loads(lines) == {
        "a": {
            "values": {
                "road_class": {"泥巴路": "unknown", "乡间小道": "unknown"},
                "design_speed_kmh": {"40~60": "unknown"},
            }
        }
    }
    assert '"泥巴路" = "unknown"  # 2' in lines
    assert not after.doubts
    assert {field.column: field.understood for field in after.fields}["road_class"] == 4


def test_hostile_texts_come_back_whole_from_the_suggested_lines(tmp_path):
    path = tmp_path / "a.gpkg"
    texts = ['"]\n[b]\nname = "x', "\x1b[31mred", "a\u202eb", "全\u3000角", "<script>", "x" * 5000]
    layer_of(texts).to_file(path)
    after, lines = repaired(path)
    meant = tomllib.loads(lines)
    assert set(meant) == {"a"}
    assert set(meant["a"]["values"]["status"]) == set(texts[:-1])
    assert all(letter.isprintable() or letter == "\n" for letter in lines)
    # What is far too long for a value is only counted.
    assert [doubt.kinds for doubt in after.doubts] == [1]
    assert "1 other texts" in lines


def test_more_texts_than_anybody_reads_are_counted(tmp_path):
    path = tmp_path / "a.gpkg"
    layer_of([f"甲{i}" for i in range(MOST_TEXTS + 5)]).to_file(path)
    (report,) = inspect(path)
    (doubt,) = report.doubts
    assert (doubt.kinds, len(doubt.texts)) == (MOST_TEXTS + 5, MOST_TEXTS)
    assert "5 other texts" in settings_lines([report], side="a", lang="en")


def test_a_field_nobody_recognised_is_suggested_by_name_and_texts(tmp_path):
    path = tmp_path / "a.gpkg"
    layer_of(
        规划红线宽度值=["40米", "45", "50"], 车道数备注=["甲", "乙", "丙"], x=[1, 2, 3]
    ).to_file(path)
    (report,) = inspect(path)
    (guess,) = report.guesses
    assert (guess.column, guess.field) == ("redline_m", "规划红线宽度值")
    assert (guess.filled, guess.understood) == (3, 3)
    assert "redline_m" in report.missing
    assert set(report.unused) == {"规划红线宽度值", "车道数备注", "x"}
    after, _ = repaired(path)
    assert [(one.column, one.how) for one in after.fields] == [("redline_m", "set")]
    assert not after.guesses


def test_a_name_cut_by_the_format_is_said_to_be_cut(tmp_path):
    path = shapefile(layer_of(规划红线宽度=["40"]), tmp_path / "a.shp")
    (report,) = inspect(path)
    assert [(one.column, one.field, one.how) for one in report.fields] == [
        ("redline_m", "规划红线宽", "cut")
    ]


def drawn():
    """Return one geometry per fault; the numbers below are counted here by hand."""
    return {
        "plain": line((0, 0), (1000, 0)),
        "drawn again, backwards": line((1000, 0), (0, 0)),
        "with heights": shapely.force_3d(line((0, 500), (1000, 500)), 4.0),
        "two parts": MultiLineString([line((0, 1000), (9, 1000)), line((20, 1000), (30, 1000))]),
        "none": None,
        "empty": LineString(),
        "zero length": line((5, 5), (5, 5)),
        "a point twice": line((0, 2000), (0, 2000), (50, 2000)),
        "crosses itself": line((0, 3000), (100, 3000), (50, 3050), (50, 2950)),
        "no number": LineString([(X, Y), (np.nan, Y)]),
    }


FAULTS = {
    "z": 1,
    "multipart": 1,
    "missing": 2,
    "not_finite": 1,
    "zero_length": 1,
    "repeated_points": 1,
    "duplicates": 1,
    "self_crossing": 1,
}


@pytest.mark.parametrize("kind", ["memory", "gpkg", "parquet"])
def test_faults_of_the_geometry_are_counted(tmp_path, kind):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the coordinate that is no number
        shapes = drawn()
        frame = gpd.GeoDataFrame({"name": [*shapes]}, geometry=[*shapes.values()], crs=4549)
    source = frame
    if kind == "gpkg":
        source = tmp_path / "a.gpkg"
        frame.to_file(source)
    elif kind == "parquet":
        source = tmp_path / "a.parquet"
        frame.to_parquet(source)
    (report,) = inspect(source)
    found = faults(report)
    if kind == "gpkg":  # GDAL itself may write NaN as an empty line
        assert found.pop("missing") + found.pop("not_finite", 0) == 3
        assert found == {
            name: n for name, n in FAULTS.items() if name not in ("missing", "not_finite")
        }
    else:
        assert found == FAULTS
    # Plain, again, heights, two parts, a point twice, crosses itself.
    assert (report.features, report.parts) == (10, 7)


def test_areas_and_points_are_no_roads(tmp_path):
    area = Polygon([(X, Y), (X + 9, Y), (X, Y + 9)])
    path = tmp_path / "area.shp"
    layer_of(name=["a", "b"], lines=[area, area]).to_file(path)
    (report,) = inspect(path)
    assert (report.parts, faults(report)) == (0, {"polygons": 2})
    mixed = layer_of(name=["a", "b", "c"], lines=[area, Point(X, Y), line((0, 0), (9, 0))])
    (report,) = inspect(mixed)
    assert (report.parts, faults(report)) == (1, {"points": 1, "polygons": 1})


def test_roads_at_the_boundary_are_counted_by_feature(line_file):
    lines = [
        MultiLineString([line((-500, 0), (-4, 0)), line((-500, 10), (-3, 10))]),  # two parts, 3 m
        line((-900, 500), (-6, 500)),  # 6 m short
        line((-900, 600), (900, 600)),  # across
        line((-3000, 700), (-1501, 700)),  # 1 m further than roads are read
    ]
    (report,) = inspect(layer_of(name=list("abcd"), lines=lines), boundary=line_file)
    reach = report.boundary
    assert (reach.name, reach.near, reach.at) == ("line", 3, 2)
    assert (reach.near_m, reach.at_m) == (1500, 5)
    assert reach.distance_km == 0


def test_a_layer_without_features(tmp_path, line_file):
    path = tmp_path / "a.gpkg"
    layer_of(["规划"]).iloc[:0].to_file(path)
    (report,) = inspect(path, boundary=line_file)
    assert (report.features, report.parts, report.extent) == (0, 0, None)
    assert report.crs.verdict == "unknown"
    assert not settings_lines([report], side="a", lang="en")


def test_one_unreadable_layer_does_not_hide_the_others(tmp_path):
    layer_of(["规划"]).to_file(tmp_path / "good.gpkg")
    (tmp_path / "bad.gpkg").write_bytes(b"nothing")
    (tmp_path / "bad.zip").write_bytes(b"PK nothing")
    sources = [tmp_path / "absent.shp", tmp_path]
    reports = inspect(sources)
    assert [(one.source.rpartition("/")[2], one.readable) for one in reports] == [
        ("absent.shp", False),
        ("bad.gpkg", False),
        ("bad.zip", False),
        ("good.gpkg", True),
    ]
    assert [one.problems[0].key for one in reports[:3]] == [
        "no_such_file",
        "format_unlike_name",
        "format_unlike_name",
    ]


def test_layers_of_archives_and_files_and_several_joined(tmp_path):
    path = tmp_path / "two.gpkg"
    layer_of(["规划"]).to_file(path, layer="one")
    layer_of(["规划", "规划"]).to_file(path, layer="two")
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(path, "inside/two.gpkg")
    assert [one.layer for one in inspect(path)] == ["one", "two"]
    assert [one.features for one in inspect(f"{path}:two+{archive}")] == [2, 1, 2]


def test_settings_of_one_layer_do_not_disturb_another(tmp_path):
    layer_of(甲=["40"]).to_file(tmp_path / "a.gpkg")
    layer_of(红线宽度=["40"]).to_file(tmp_path / "b.gpkg")
    given = parse_settings({"a": {"fields": {"redline_m": "甲"}}}, where="test")
    reports = inspect([tmp_path / "a.gpkg", tmp_path / "b.gpkg"], settings=given)
    assert [[(one.field, one.how) for one in report.fields] for report in reports] == [
        [("甲", "set")],
        [("红线宽度", "dictionary")],
    ]
    (alone,) = inspect(tmp_path / "b.gpkg", settings=given)
    assert [problem.key for problem in alone.problems] == ["unknown_field"]
    assert [one.field for one in alone.fields] == ["红线宽度"]


def test_settings_that_mean_nothing_are_refused(tmp_path):
    frame = layer_of(["规划"], crs=None)
    for wrong, key in (
        ({"crs": "EPSG:1"}, "bad_crs"),
        ({"values": {"status": {"x": "soon"}}}, "bad_meaning"),
    ):
        with pytest.raises(InputError) as problem:
            inspect(frame, settings=parse_settings({"a": wrong}, where="test"))
        assert problem.value.key == key
    with pytest.raises(InputError):
        inspect(frame, boundary=tmp_path / "absent.gpkg", settings=Settings())


def test_layers_that_need_different_settings_are_told_so(tmp_path):
    near = shapefile(layer_of(["规划"]), tmp_path / "near.shp", drop=(".prj", ".cpg"))
    other = layer_of(["规划"]).to_crs(4528)
    far = shapefile(other, tmp_path / "zone.shp", drop=(".prj", ".cpg"), encoding="UTF-8")
    lines = settings_lines(inspect([near, far]), side="a", lang="en")
    assert tomllib.loads(lines) == {"a": {"crs": "EPSG:4549"}}
    assert "perhaps EPSG:4528" in lines
    assert "gb18030, utf-8" in lines


def test_what_was_given_is_not_changed():
    frame = layer_of(["规划", "在册"])
    before = frame.copy(deep=True)
    inspect(frame)
    assert_geodataframe_equal(frame, before)


def damaged(tmp_path):
    """Return files that each promise something they do not hold."""
    good = layer_of(["规划", "现状"])
    for name, size in (("rows cut", 70), ("head cut", 20), ("nothing", 0)):
        path = shapefile(good, tmp_path / f"{name}.shp")
        table = path.with_suffix(".dbf")
        table.write_bytes(table.read_bytes()[:size])
        yield path
    path = shapefile(good, tmp_path / "lines cut.shp")
    path.write_bytes(path.read_bytes()[:150])
    yield path
    whole = tmp_path / "whole.parquet"
    good.to_parquet(whole)
    table = pq.read_table(whole)
    place = table.schema.get_field_index("geometry")
    broken = table.set_column(place, "geometry", pa.array([b"\x01\x02", b"zz"]))
    pq.write_table(broken.replace_schema_metadata(table.schema.metadata), tmp_path / "wkb.parquet")
    yield tmp_path / "wkb.parquet"
    for name, geo in (("empty", b"{}"), ("list", b"[]"), ("text", b"no json")):
        head = {**table.schema.metadata, b"geo": geo}
        pq.write_table(table.replace_schema_metadata(head), tmp_path / f"{name}.parquet")
        yield tmp_path / f"{name}.parquet"
    (tmp_path / "empty.geojson").write_text("")
    yield tmp_path / "empty.geojson"


def test_damaged_files_are_described_or_refused(tmp_path):
    reports = [report for path in damaged(tmp_path) for report in inspect(path)]
    assert [report.readable for report in reports] == [False] * 9
    keys = [report.problems[0].key for report in reports]
    # The four shapefiles end before what their headers promise.
    assert keys == ["file_cut_short"] * 4 + ["not_readable"] * 4 + ["file_empty"]


def test_numbers_beyond_every_place_are_counted(tmp_path):
    path = tmp_path / "a.gpkg"
    layer_of(name=["a"], lines=[line((0, 0), (1e300, 0))]).to_file(path)
    (report,) = inspect(path)
    assert faults(report) == {"not_finite": 1}
    assert report.length_km == 0


def test_a_shifted_datum_is_taken_out_before_the_layer_is_placed(tmp_path):
    """The line lies 490 m off as GCJ-02; read as told it lies at the boundary."""
    place = Georeference(CRS.from_epsg(4326), "gcj02")
    ends = np.array([[600_000.0, 3_400_000.0], [600_000.0, 3_400_900.0]])
    (start, end) = place.numbers(ends, CRS.from_epsg(4549))
    path = tmp_path / "a.gpkg"
    table = gpd.GeoDataFrame({"name": ["a"]}, geometry=[LineString([start, end])], crs=4326)
    table.to_file(path)
    line_of = layer_of(["line"], lines=[line((-1000, 0), (1000, 0))])
    boundary = tmp_path / "line.gpkg"
    line_of.to_file(boundary)
    told = parse_settings({"a": {"assume_crs": "gcj02"}}, where="test")
    (report,) = inspect(path, boundary=boundary, settings=told)
    assert report.crs.how == "told"
    assert report.crs.name == "GCJ-02 (EPSG:4326)"
    assert report.boundary.at == 1
    assert report.length_km == pytest.approx(0.9, abs=0.002)
