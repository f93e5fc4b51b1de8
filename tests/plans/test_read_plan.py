"""Plans in every format: what is read, what it means, and what is refused."""

from __future__ import annotations

import io
import shutil
import warnings
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiLineString, Point, Polygon

from roadalign.errors import InputError
from roadalign.locales import text
from roadalign.model.tables import ROAD_COLUMNS
from roadalign.plans.read import read_plan
from roadalign.settings import parse_settings

X, Y = 600_000.0, 3_400_000.0


def shapefile(frame, path, *, encoding="GBK", cpg=False, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names longer than ten bytes are cut
        frame.to_file(path, encoding=encoding, **options)
    if not cpg:
        path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


def plan_of(source, boundary, settings, side="a"):
    return read_plan([source], side=side, boundary=boundary, settings=settings)


def check_roads(plan, *, lonlat=False):
    found = plan.roads.iloc[plan.roads.bounds["miny"].argsort()]
    assert found["name"].tolist() == ["兴豪路", "姚杨公路"]
    assert found["lanes"].tolist() == [6, 4]
    assert found["slow_lanes"].tolist() == [2, pd.NA]
    assert found["lanes_future"].tolist() == [pd.NA, 6]
    assert found["redline_m"].tolist() == [40.0, 45.0]
    assert set(found["side"]) == {"a"}
    tolerance_m = 0.01 if lonlat else 1e-6
    whole = LineString([(X - 3000, Y + 1000), (X + 3000, Y + 1000)])
    assert shapely.hausdorff_distance(found.geometry.iloc[0], whole) <= tolerance_m
    assert [*found.columns] == [*ROAD_COLUMNS, "geometry"]
    assert found.crs.to_epsg() == 4549


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("a.gpkg", "GPKG"),
        ("a.fgb", "FlatGeobuf"),
        ("a.geojson", "GeoJSON"),
        ("a.kml", "KML"),
        ("a.gdb", "OpenFileGDB"),
    ],
)
def test_formats_of_gdal(tmp_path, roads, boundary, settings, name, driver):
    lonlat = driver in ("GeoJSON", "KML")
    if name == "a.kml":
        roads = roads.rename(columns={"道路名称": "Name"})
    pyogrio.write_dataframe(roads.to_crs(4326) if lonlat else roads, tmp_path / name, driver=driver)
    plan = plan_of(str(tmp_path / name), boundary, settings)
    check_roads(plan, lonlat=lonlat)
    (record,) = plan.inputs
    assert (record.features_total, record.features_read, record.parts) == (3, 2, 2)
    assert record.crs == ("EPSG:4326" if lonlat else "EPSG:4549")
    assert record.crs_how == "stated"
    assert len(record.sha256) == 64
    assert record.size_bytes > 0
    assert record.path == str(tmp_path / name)
    # The extent is that of all features, the far one included. A box of degrees lies askew by the
    # convergence of the meridians, here half a degree: 56 m in 6 km.
    abs_m = 60 if lonlat else 0.01
    assert plan.extent == pytest.approx((X - 3000, Y + 1000, X + 6000, Y + 3000), abs=abs_m)


@pytest.mark.parametrize("covering", [True, False])
def test_geoparquet_keeps_the_number_of_the_row(tmp_path, roads, boundary, settings, covering):
    path = tmp_path / "a.parquet"
    turned = roads.iloc[::-1].reset_index(drop=True)
    turned.to_parquet(path, write_covering_bbox=covering, row_group_size=1)
    plan = plan_of(path, boundary, settings)
    check_roads(plan)
    assert set(zip(plan.roads["fid"], plan.roads["name"], strict=True)) == {
        ("1", "姚杨公路"),
        ("2", "兴豪路"),
    }
    assert plan.inputs[0].features_total == 3
    assert plan.extent == pytest.approx((X - 3000, Y + 1000, X + 6000, Y + 3000))


def test_geoparquet_keeps_an_index_of_its_own(tmp_path, roads, boundary, settings):
    path = tmp_path / "a.parquet"
    roads.set_axis([7, 8, 9]).to_parquet(path)
    assert plan_of(path, boundary, settings).roads["fid"].tolist() == ["7", "8"]


def test_geoparquet_in_native_encoding(tmp_path, roads, boundary, settings):
    path = tmp_path / "a.parquet"
    roads.to_parquet(path, geometry_encoding="geoarrow")
    check_roads(plan_of(path, boundary, settings))


def test_dxf_states_no_system(tmp_path, roads, boundary, settings):
    path = tmp_path / "a.dxf"
    pyogrio.write_dataframe(roads[["geometry"]], path)
    with pytest.raises(InputError) as problem:
        plan_of(path, boundary, settings)
    assert problem.value.key == "no_crs_projected"
    assert "EPSG:4549 (CGCS2000 / 3-degree Gauss-Kruger CM 120E)" in str(problem.value)
    assert "EPSG:4549" in problem.value.render("zh")
    given = parse_settings({"a": {"crs": "EPSG:4549"}}, where="test")
    plan = plan_of(path, boundary, given)
    assert len(plan.roads) == 2
    assert plan.inputs[0].crs_how == "assumed"
    assert [(note.rule, note.severity) for note in plan.inputs[0].notes] == [("I01", "notice")]


def test_a_stated_system_wins_over_the_assumed_one(roads, boundary):
    given = parse_settings({"a": {"crs": "EPSG:4528"}}, where="test")
    plan = plan_of(roads, boundary, given)
    assert plan.inputs[0].crs == "EPSG:4549"
    check_roads(plan)


def test_systems_are_joined(tmp_path, roads, boundary, settings):
    path = tmp_path / "zone.gpkg"
    roads.to_crs(4528).to_file(path)
    assert pyogrio.read_info(path)["total_bounds"][0] > 40_000_000
    check_roads(plan_of(path, boundary, settings))


@pytest.mark.parametrize(("encoding", "found"), [("GBK", "gb18030"), ("UTF-8", "utf-8")])
def test_shapefile_that_says_nothing_of_its_texts(
    tmp_path, roads, boundary, settings, encoding, found
):
    path = shapefile(roads, tmp_path / "plan.shp", encoding=encoding)
    if encoding == "UTF-8":  # 道路名称 is twelve bytes: cut after ten, in the middle of 称
        header = path.with_suffix(".dbf").read_bytes()[32:42]
        assert header == "道路名称".encode()[:10]
    plan = plan_of(path, boundary, settings)
    check_roads(plan)
    (record,) = plan.inputs
    assert (record.encoding, record.encoding_how) == (found, "found")
    assert [note.rule for note in record.notes] == ["I03"]


def test_shapefile_with_cpg_needs_no_note(tmp_path, roads, boundary, settings):
    path = shapefile(roads, tmp_path / "plan.shp", encoding="GBK", cpg=True)
    plan = plan_of(path, boundary, settings)
    check_roads(plan)
    assert plan.inputs[0].encoding_how == "cpg"
    assert plan.inputs[0].notes == ()


def test_a_cpg_that_the_bytes_contradict_is_not_believed(tmp_path, roads, boundary, settings):
    path = shapefile(roads, tmp_path / "plan.shp", encoding="GBK")
    path.with_suffix(".cpg").write_text("UTF-8")
    check_roads(plan_of(path, boundary, settings))


def test_plain_ascii_needs_no_note(tmp_path, boundary, settings):
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[LineString([(X - 9, Y), (X, Y)])], crs=4549)
    plan = plan_of(shapefile(frame, tmp_path / "a.shp"), boundary, settings)
    assert plan.inputs[0].encoding_how == "ascii"
    assert plan.inputs[0].notes == ()


def test_stated_encoding_wins(tmp_path, roads, boundary):
    path = shapefile(roads, tmp_path / "plan.shp", encoding="GBK")
    given = parse_settings({"a": {"encoding": "gbk"}}, where="test")
    plan = plan_of(path, boundary, given)
    check_roads(plan)
    assert (plan.inputs[0].encoding, plan.inputs[0].encoding_how) == ("gbk", "stated")
    wrong = parse_settings({"a": {"encoding": "klingon"}}, where="test")
    with pytest.raises(InputError) as problem:
        plan_of(path, boundary, wrong)
    assert problem.value.key == "bad_encoding"


def test_zipped_shapefile(tmp_path, roads, boundary, settings):
    shapefile(roads, tmp_path / "plan.shp")
    archive = tmp_path / "plan.zip"
    with zipfile.ZipFile(archive, "w") as whole:
        for suffix in ("shp", "shx", "dbf", "prj"):
            whole.write(tmp_path / f"plan.{suffix}", f"数据/规划.{suffix}")
    plan = plan_of(archive, boundary, settings)
    check_roads(plan)
    assert plan.inputs[0].layer == "规划"
    assert plan.inputs[0].encoding == "gb18030"


def test_zip_with_names_in_gbk(tmp_path, roads, boundary, settings):
    shapefile(roads, tmp_path / "plan.shp")
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as whole:
        for suffix in ("shp", "shx", "dbf", "prj"):
            whole.write(tmp_path / f"plan.{suffix}", f"QQQQ.{suffix}")
    archive = tmp_path / "plan.zip"
    archive.write_bytes(memory.getvalue().replace(b"QQQQ", "规划".encode("gbk")))
    plan = plan_of(archive, boundary, settings)
    check_roads(plan)
    assert plan.inputs[0].layer == "规划"


def test_layers_folders_and_joined_sources(tmp_path, roads, boundary, settings):
    folder = tmp_path / "plans"
    folder.mkdir()
    path = folder / "a.gpkg"
    roads.iloc[:1].to_file(path, layer="one")
    roads.iloc[1:].to_file(path, layer="two")
    gpd.GeoDataFrame(geometry=[Point(X, Y)], crs=4549).to_file(path, layer="points")
    assert plan_of(f"{path}:one", boundary, settings).roads["name"].tolist() == ["兴豪路"]
    whole = plan_of(path, boundary, settings)
    check_roads(whole)
    assert [record.layer for record in whole.inputs] == ["one", "two"]
    check_roads(plan_of(f"{path}:one+{path}:two", boundary, settings))
    check_roads(plan_of(folder, boundary, settings))
    with pytest.raises(InputError) as problem:
        plan_of(f"{path}:three", boundary, settings)
    assert problem.value.key == "no_such_layer"
    assert "one, two" in str(problem.value)


def test_features_are_whole_and_parts_keep_their_number(boundary, settings):
    near = LineString([(X - 100, Y + 50), (X + 100, Y + 50)])
    beyond = LineString([(X + 8000, Y), (X + 9000, Y)])
    frame = gpd.GeoDataFrame(
        {"name": ["two parts", "mixed"]},
        geometry=[
            MultiLineString([near, beyond]),
            GeometryCollection([LineString([(X, Y), (X, Y), (X + 5, Y)]), Point(X, Y)]),
        ],
        crs=4549,
        index=[11, 12],
    )
    plan = plan_of(frame, boundary, settings)
    assert plan.roads["fid"].tolist() == ["11", "11", "12"]
    assert plan.roads.geometry.tolist() == [near, beyond, LineString([(X, Y), (X + 5, Y)])]
    (note,) = plan.inputs[0].notes
    assert (note.rule, note.key, note.values["points"]) == ("I04", "not_lines_dropped", 1)


def test_faulty_geometry_is_counted(boundary, settings):
    good = LineString([(X - 5, Y), (X + 5, Y)])
    with np.errstate(invalid="ignore"):
        bad = [None, LineString(), LineString([(X, Y), (X, Y)]), LineString([(X, Y), (np.nan, Y)])]
    frame = gpd.GeoDataFrame(geometry=[good, *bad], crs=4549)
    plan = plan_of(frame, boundary, settings)
    assert plan.roads.geometry.tolist() == [good]
    (note,) = plan.inputs[0].notes
    assert (note.rule, note.severity, note.count) == ("I04", "notice", 4)


def test_heights_are_dropped(boundary, settings):
    frame = gpd.GeoDataFrame(geometry=[LineString([(X - 5, Y, 3), (X + 5, Y, 4)])], crs=4549)
    assert not plan_of(frame, boundary, settings).roads.has_z.any()


def test_arcs_become_lines(tmp_path, boundary, settings):
    places = f"{X - 100} {Y} {X} {Y + 100} {X + 100} {Y}"
    (tmp_path / "arc.gml").write_text(
        '<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" '
        'xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:arc fid="arc.0">'
        '<ogr:geometryProperty><gml:Curve srsName="EPSG:4549"><gml:segments><gml:Arc><gml:posList>'
        f"{places}</gml:posList></gml:Arc></gml:segments></gml:Curve></ogr:geometryProperty>"
        "<ogr:name>1</ogr:name></ogr:arc></gml:featureMember></ogr:FeatureCollection>"
    )
    (road,) = plan_of(tmp_path / "arc.gml", boundary, settings).roads.geometry
    assert road.length == pytest.approx(np.pi * 100, rel=1e-3)


def test_a_line_against_its_only_direction_is_turned(boundary, settings):
    line = LineString([(X - 5, Y), (X + 5, Y)])
    frame = gpd.GeoDataFrame({"oneway": ["yes", "-1", "no", None]}, geometry=[line] * 4, crs=4549)
    roads = plan_of(frame, boundary, settings).roads
    assert roads["oneway"].tolist() == [True, True, False, pd.NA]
    assert roads.geometry.tolist() == [line, line.reverse(), line, line]


def test_openstreetmap_tags(boundary, settings):
    frame = gpd.GeoDataFrame(
        {
            "highway": ["primary", "construction", "trunk", "proposed"],
            "highway:CN": [None, None, "2", None],
            "bridge": ["yes", None, "no", None],
            "layer": ["1", "-1", None, None],
            "ref": [["G320", "S202"], None, "G318", None],
        },
        geometry=[LineString([(X - 5, Y), (X + 5, Y)])] * 4,
        crs=4549,
    )
    roads = plan_of(frame, boundary, settings).roads
    assert roads["road_class"].tolist() == [4, pd.NA, 4, pd.NA]
    assert roads["status"].tolist() == [pd.NA, "construction", pd.NA, "proposed"]
    assert roads["grade_level"].tolist() == [1, -1, 0, pd.NA]
    assert roads["ref"].tolist() == ["G320;S202", pd.NA, "G318", pd.NA]
    assert roads["admin_class"].tolist() == ["G", pd.NA, "G", pd.NA]
    assert roads["class_text"].tolist() == ["primary", "construction", "2", "proposed"]


def test_missing_is_unknown_and_never_zero(boundary, settings):
    frame = gpd.GeoDataFrame(
        {
            "CDS": ["0", "", "无", None],
            "HXKD": [0.0, np.nan, 0.0, 40.0],
            "SJSS": [0, 0, 0, 80],
            "TCSJ": ["0", "无", None, "2027年"],
            "LXMC": ["", "无", None, " 朱吕公路 "],
        },
        geometry=[LineString([(X - 5, Y), (X + 5, Y)])] * 4,
        crs=4549,
    )
    plan = plan_of(frame, boundary, settings)
    roads = plan.roads
    assert roads["lanes"].isna().all()
    assert roads["redline_m"].tolist() == [pd.NA, pd.NA, pd.NA, 40.0]
    assert roads["design_speed_kmh"].tolist() == [pd.NA, pd.NA, pd.NA, 80.0]
    assert roads["open_year"].tolist() == [pd.NA, pd.NA, pd.NA, 2027]
    assert roads["name"].tolist() == [pd.NA, pd.NA, pd.NA, "朱吕公路"]
    assert plan.inputs[0].notes == ()
    assert plan.inputs[0].fields == {
        "name": "LXMC",
        "lanes": "CDS",
        "redline_m": "HXKD",
        "design_speed_kmh": "SJSS",
        "open_year": "TCSJ",
    }


def test_what_is_not_understood_is_said_once(boundary, settings):
    frame = gpd.GeoDataFrame(
        {"GHNX": ["近期", "近期", "2027", "远景"]},
        geometry=[LineString([(X - 5, Y), (X + 5, Y)])] * 4,
        crs=4549,
    )
    plan = plan_of(frame, boundary, settings)
    (note,) = plan.inputs[0].notes
    assert (note.rule, note.severity, note.count) == ("I05", "notice", 3)
    assert note.values["texts"] == "近期 (2), 远景 (1)"
    for lang in ("en", "zh"):
        assert "近期 (2)" in text(lang, "notes", note.key, **note.values)


def lines(count):
    return [LineString([(X - 5, Y), (X + 5, Y)])] * count


def test_a_status_and_the_year_in_it(boundary, settings):
    frame = gpd.GeoDataFrame(
        {
            "JSZT": ["计划2027年建成通车", "工可", "2026年通车", "现状", "在建", None],
            "TCSJ": [None, None, None, None, "2028", "2030"],
        },
        geometry=lines(6),
        crs=4549,
    )
    plan = plan_of(frame, boundary, settings)
    roads = plan.roads
    assert roads["status"].tolist() == [
        *("planned", "planned", pd.NA, "existing", "construction", pd.NA)
    ]
    assert roads["status_certainty"].tolist() == [
        *("said", "inferred", pd.NA, "said", "said", pd.NA)
    ]
    assert roads["open_year"].tolist() == [2027, pd.NA, 2026, pd.NA, 2028, 2030]
    assert roads["plan_values"].isna().all()
    unread, taken = plan.inputs[0].notes
    assert (unread.key, unread.count) == ("values_not_understood", 1)
    assert (taken.rule, taken.key, taken.count) == ("I05", "years_from_status", 2)


def test_a_status_from_highway_is_inferred(boundary, settings):
    frame = gpd.GeoDataFrame(
        {
            "highway": ["construction", "primary", "proposed"],
            "status": [None, None, "现状"],
        },
        geometry=lines(3),
        crs=4549,
    )
    roads = plan_of(frame, boundary, settings).roads
    assert roads["status"].tolist() == ["construction", pd.NA, "existing"]
    assert roads["status_certainty"].tolist() == ["inferred", pd.NA, "said"]


def test_periods_of_a_plan_are_years(boundary):
    given = {"periods": {"近期": 2030, "远期": 2035}, "values": {"status": {"在册": "planned"}}}
    frame = gpd.GeoDataFrame(
        {
            "JSZT": ["近期建设", "在册", "规划", "规划", "规划", "远期", "现状"],
            "GHNX": [None, "近期", "近期（2028年）", "2027", "中期", None, "近远期"],
        },
        geometry=lines(7),
        crs=4549,
    )
    plan = plan_of(frame, boundary, parse_settings({"a": given}, where="test"))
    roads = plan.roads
    assert roads["open_year"].tolist() == [2030, 2030, 2028, 2027, pd.NA, 2035, pd.NA]
    assert roads["plan_values"].tolist() == [
        *("open_year", "open_year", pd.NA, pd.NA, pd.NA, "open_year", pd.NA)
    ]
    assert roads["status_certainty"].tolist()[:2] == ["inferred", "said"]
    assert roads["status"].tolist()[5] == "reserved"


def test_traffic(boundary, settings):
    frame = gpd.GeoDataFrame(
        {"A3305": ["12,345", "1.2万辆/日", "0", "8000 pcu/d", "23456辆/日"]},
        geometry=lines(5),
        crs=4549,
    )
    roads = plan_of(frame, boundary, settings).roads
    assert roads["aadt"].tolist() == [12_345, 12_000, pd.NA, pd.NA, 23_456]


def test_a_field_that_holds_class_and_lanes(tmp_path, boundary, settings):
    frame = gpd.GeoDataFrame(
        {"技术等级及车道数": ["一级公路双向六车道", "二级公路", "双向四车道"]},
        geometry=[LineString([(X - 5, Y), (X + 5, Y)])] * 3,
        crs=4549,
    )
    plan = plan_of(shapefile(frame, tmp_path / "a.shp"), boundary, settings)
    assert plan.inputs[0].fields == {"road_class": "技术等级及", "lanes": "技术等级及"}
    assert plan.roads["road_class"].tolist() == [5, 4, pd.NA]
    assert plan.roads["lanes"].tolist() == [6, pd.NA, 4]
    assert [note.rule for note in plan.inputs[0].notes] == ["I03"]


def test_settings_win(roads, boundary):
    given = parse_settings(
        {
            "a": {
                "name": "jinshan",
                "fields": {"status": "道路名称"},
                "values": {
                    "status": {"兴豪路": "planned", "姚杨公路": "现状"},
                    "lanes": {"六快二慢": 8},
                },
            }
        },
        where="test",
    )
    plan = plan_of(roads, boundary, given)
    assert plan.name == "jinshan"
    assert plan.roads["status"].tolist() == ["planned", "existing"]
    assert plan.roads["lanes"].tolist() == [8, 4]
    assert plan.roads["name"].isna().all()


@pytest.mark.parametrize(
    ("side", "key", "said"),
    [
        ({"fields": {"lanes": "车道规摸"}}, "unknown_field", "车道规模"),
        ({"fields": {"lane": "车道规模"}}, "unknown_column", "lanes"),
        ({"values": {"stattus": {"x": "planned"}}}, "unknown_column", "status"),
        ({"values": {"status": {"x": "perhaps"}}}, "bad_meaning", "perhaps"),
        ({"values": {"road_class": {"x": 7}}}, "bad_meaning", "7"),
    ],
)
def test_settings_that_name_what_is_not_there(roads, boundary, side, key, said):
    with pytest.raises(InputError) as problem:
        plan_of(roads, boundary, parse_settings({"a": side}, where="test"))
    assert problem.value.key == key
    assert said in str(problem.value)
    assert said in problem.value.render("zh")


def test_a_plan_without_lines_is_refused(boundary, settings):
    square = Polygon([(X, Y), (X + 9, Y), (X, Y + 9)])
    frame = gpd.GeoDataFrame(geometry=[square], crs=4549)
    with pytest.raises(InputError) as problem:
        plan_of(frame, boundary, settings)
    assert problem.value.key == "plan_not_lines"
    assert "Polygon" in str(problem.value)


def test_a_plan_without_features_is_refused(tmp_path, roads, boundary, settings):
    path = tmp_path / "empty.gpkg"
    roads.iloc[:0].to_file(path, geometry_type="LineString")
    with pytest.raises(InputError) as problem:
        plan_of(path, boundary, settings)
    assert problem.value.key == "plan_empty"


def test_a_plan_without_any_geometry_is_refused(boundary, settings):
    with pytest.raises(InputError) as problem:
        plan_of(gpd.GeoDataFrame(geometry=[None, LineString()], crs=4549), boundary, settings)
    assert problem.value.key == "plan_empty"


def test_an_empty_layer_does_not_hide_that_the_other_is_far(roads, boundary, settings):
    away = roads.set_geometry(roads.translate(xoff=-203_000))
    with pytest.raises(InputError) as problem:
        read_plan([roads.iloc[:0], away], side="a", boundary=boundary, settings=settings)
    assert problem.value.key == "plan_far"


def test_a_field_named_in_the_settings_may_be_in_one_of_two_layers(roads, boundary):
    given = parse_settings({"b": {"fields": {"design_speed_kmh": "V"}}}, where="test")
    other = roads.assign(V="80km/h")
    plan = read_plan([roads, other], side="b", boundary=boundary, settings=given)
    assert plan.roads["design_speed_kmh"].tolist() == [pd.NA, pd.NA, 80.0, 80.0]


def test_a_plan_two_hundred_kilometres_away_is_refused(roads, boundary, settings):
    away = roads.set_geometry(roads.translate(xoff=-203_000))
    with pytest.raises(InputError) as problem:
        plan_of(away, boundary, settings)
    assert problem.value.key == "plan_far"
    # The easternmost road ends 6 km east of the boundary before it is moved west.
    assert problem.value.values["distance_km"] == "197"
    assert problem.value.values["compass"] == "W"
    assert problem.value.values["crs"] == "EPSG:4549"


def test_numbers_read_in_the_wrong_zone_are_refused(roads, boundary, settings):
    wrong = roads.set_crs(4550, allow_override=True)
    with pytest.raises(InputError) as problem:
        plan_of(wrong, boundary, settings)
    assert problem.value.key == "plan_far"
    assert problem.value.values["compass"] == "E"


def test_metres_labelled_as_degrees_are_refused(roads, boundary, settings):
    wrong = roads.set_crs(4490, allow_override=True)
    with pytest.raises(InputError) as problem:
        plan_of(wrong, boundary, settings)
    assert problem.value.key == "crs_does_not_fit"
    assert "EPSG:4549" in str(problem.value)


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_plan_somewhat_away_is_an_empty_table_and_a_note(
    in_memory, tmp_path, roads, boundary, settings
):
    away = roads.set_geometry(roads.translate(xoff=23_000))
    away.to_parquet(tmp_path / "away.parquet")
    plan = plan_of(away if in_memory else tmp_path / "away.parquet", boundary, settings)
    assert plan.roads.empty
    assert [*plan.roads.columns] == [*ROAD_COLUMNS, "geometry"]
    assert plan.roads.crs.to_epsg() == 4549
    (note,) = plan.inputs[0].notes
    assert (note.rule, note.severity) == ("I06", "mismatch")
    assert float(note.values["distance_km"]) == pytest.approx(20.0, abs=0.1)


def test_the_band_is_a_setting(roads, boundary):
    given = parse_settings({"limits": {"read_band_m": 1399.0}}, where="test")
    assert plan_of(roads, boundary, given).roads["name"].tolist() == ["兴豪路"]
    given = parse_settings({"limits": {"read_band_m": 1401.0}}, where="test")
    assert len(plan_of(roads, boundary, given).roads) == 2


def test_nothing_of_the_input_is_changed(roads, boundary, settings):
    before = roads.copy()
    plan_of(roads, boundary, settings)
    pd.testing.assert_frame_equal(pd.DataFrame(roads), pd.DataFrame(before))


def test_broken_files_are_named(tmp_path, boundary, settings):
    for name in ("a.gpkg", "a.zip", "a.parquet", "a.geojson", "a.shp"):
        path = tmp_path / name
        path.write_bytes(b"nothing of the kind")
        with pytest.raises(InputError) as problem:
            plan_of(path, boundary, settings)
        assert problem.value.key == "format_unlike_name"
        assert problem.value.where == str(path)


def test_folder_without_vector_files(tmp_path, boundary, settings):
    shutil.copy(__file__, tmp_path / "a.txt")
    with pytest.raises(InputError) as problem:
        plan_of(tmp_path, boundary, settings)
    assert problem.value.key == "no_vector_files"
