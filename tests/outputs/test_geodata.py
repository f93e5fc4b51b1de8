"""GeoPackage, GeoJSON and CSV of a result made by hand."""

import csv
import dataclasses
import io
import json
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from made_results import FORMULA, RUN, SCRIPT, TABBED, TIME
from pyproj import Transformer
from shapely import LineString, MultiPolygon, Point, box

from roadalign.model.tables import (
    APPROACH_COLUMNS,
    CROSSED_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    LINK_COLUMNS,
)
from roadalign.model.words import Verdict
from roadalign.outputs.geodata import to_csv, to_geojson, write_geopackage, write_layers

LAYERS = {
    "docking_points",
    "links",
    "proposals",
    "detours",
    "constraints_crossed",
    "approaches",
    "boundary",
    "findings",
    "run",
}
SQL_TYPES = {
    "string": {"TEXT"},
    "Int64": {"INTEGER"},
    "Float64": {"REAL"},
    "boolean": {"BOOLEAN"},
    "object": {"TEXT"},
}


def written(result, folder, name="x.gpkg"):
    path = folder / name
    write_geopackage(result, path)
    return path


def query(path, statement):
    with closing(sqlite3.connect(path)) as file:
        return file.execute(statement).fetchall()


def cells(result):
    return list(csv.DictReader(io.StringIO(to_csv(result).removeprefix("\ufeff"), newline="")))


def test_two_writes_are_the_same_bytes_and_hold_the_time_of_the_run(made_result, tmp_path):
    one = written(made_result, tmp_path, "one.gpkg")
    time.sleep(0.01)  # the format stores milliseconds
    two = written(made_result, tmp_path, "two.gpkg")
    assert one.read_bytes() == two.read_bytes()
    times = {row[0] for row in query(one, "SELECT last_change FROM gpkg_contents")}
    assert times == {TIME.replace("Z", ".000Z")}
    assert query(one, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("which", ["made_result", "blank_result"])
def test_every_layer_has_its_columns_and_types_even_without_rows(which, request, tmp_path):
    path = written(request.getfixturevalue(which), tmp_path)
    assert {name for name, _ in pyogrio.list_layers(path)} == LAYERS | {"layer_styles"}
    for layer, columns in {
        "docking_points": DOCKING_COLUMNS,
        "approaches": APPROACH_COLUMNS,
        "links": LINK_COLUMNS,
        "proposals": LINK_COLUMNS,
        "detours": LINK_COLUMNS,
        "constraints_crossed": CROSSED_COLUMNS,
        "findings": FINDING_COLUMNS,
    }.items():
        found = {row[1]: row[2] for row in query(path, f"PRAGMA table_info({layer})")}
        assert list(found)[2:] == list(columns)
        for name, kind in columns.items():
            assert found[name] in SQL_TYPES[kind], (layer, name)


def test_layers_are_in_the_working_system_where_they_were(made_result, tmp_path):
    path = written(made_result, tmp_path)
    points = pyogrio.read_dataframe(path, layer="docking_points")
    assert points.crs.to_epsg() == 4549
    assert points.geometry.x.tolist() == pytest.approx([595705.33 + 1000 * k for k in range(5)])
    assert points["a_fid"].tolist() == ["1", "12,13", "20", "30", "40"]
    assert points["b_lanes"].isna().tolist() == [False, True, True, True, True]
    assert points["missing_b"].iloc[[1, 4]].tolist() == ["carriageway_m", "road_class,lanes"]
    boundary = pyogrio.read_dataframe(path, layer="boundary")
    assert boundary["length_m"].tolist() == pytest.approx([6000.0])
    findings = pyogrio.read_dataframe(path, layer="findings")
    assert findings.geometry.isna().tolist() == [True, False, False]


def test_the_run_is_a_table_of_keys_and_values(made_result, tmp_path):
    table = pyogrio.read_dataframe(written(made_result, tmp_path), layer="run")
    run = dict(zip(table["key"], table["value"], strict=True))
    assert (run["program"], run["time"]) == ("roadalign", TIME)
    assert json.loads(run["limits"]) == {"gap_mismatch_m": 20.0}
    assert json.loads(run["inputs"])[0]["fields"] == {"name": "道路名称"}


def test_every_layer_is_styled_and_every_verdict_has_its_own_shape_and_colour(
    made_result, tmp_path
):
    path = written(made_result, tmp_path)
    rows = query(path, "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles")
    assert {row[0] for row in rows} == LAYERS - {"run"}
    geometry = dict(query(path, "SELECT table_name, column_name FROM gpkg_geometry_columns"))
    assert all(geometry[layer] == column for layer, column, _ in rows)
    styles = {layer: ET.fromstring(qml) for layer, _, qml in rows}  # noqa: S314  (our own)
    renderer = styles["docking_points"].find("renderer-v2")
    assert renderer.get("attr") == "verdict"
    categories = {c.get("value"): c.get("symbol") for c in renderer.iter("category")}
    assert set(categories) == {str(verdict) for verdict in Verdict}
    looks = {
        symbol.get("name"): tuple(
            option.get("value")
            for option in symbol.iter("Option")
            if option.get("name") in {"name", "color"}
        )
        for symbol in renderer.iter("symbol")
    }
    assert set(looks) == set(categories.values())
    for part in zip(*looks.values(), strict=True):
        assert len(set(part)) == len(Verdict)
    assert "aligned 已对接" in {c.get("label") for c in renderer.iter("category")}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed")
def test_another_program_reads_it_without_a_word(blank_result, tmp_path):
    path = written(blank_result, tmp_path)
    said = subprocess.run(
        ["ogrinfo", "-so", "-al", path], capture_output=True, text=True, check=True
    )
    assert said.stderr == ""
    assert said.stdout.count("Layer name: ") == len(LAYERS) + 1
    assert "a_carriageways: Integer64" in said.stdout


def test_control_characters_do_not_reach_the_files(made_result, tmp_path):
    points = pyogrio.read_dataframe(written(made_result, tmp_path), layer="docking_points")
    assert points["a_name"].tolist()[2] == "行一\n行二[31m红"
    assert not {"\x07", "\x1b"} & set(to_csv(made_result))


def test_writing_changes_neither_the_result_nor_gdal(made_result, tmp_path):
    before = made_result.docking_points.copy()
    option = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    written(made_result, tmp_path)
    assert made_result.docking_points.equals(before)
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == option


def test_a_place_that_cannot_be_written_is_an_os_error(made_result, tmp_path):
    with pytest.raises(OSError, match=r"x\.gpkg"):
        write_geopackage(made_result, tmp_path / "nowhere" / "x.gpkg")


def test_geojson_holds_all_columns_in_degrees(made_result):
    collection = json.loads(to_geojson(made_result))
    assert set(collection) == {"type", "run", "features"}
    assert collection["run"] == RUN
    to_degrees = Transformer.from_crs(4549, 4326, always_xy=True)
    for feature, place in zip(
        collection["features"], made_result.docking_points.geometry, strict=True
    ):
        assert list(feature["properties"]) == list(DOCKING_COLUMNS)
        known = to_degrees.transform(place.x, place.y)
        assert feature["geometry"]["coordinates"] == pytest.approx(known, abs=1e-7)
    first = collection["features"][0]["geometry"]["coordinates"]
    assert first == pytest.approx([121.0, 30.8], abs=1e-6)  # longitude first


def test_csv_has_a_mark_its_line_ends_and_all_columns(made_result):
    text = to_csv(made_result)
    assert text.encode("utf-8")[:3] == b"\xef\xbb\xbf"
    assert text.endswith("\r\n")
    assert list(cells(made_result)[0]) == [*DOCKING_COLUMNS, "run"]
    assert {row["run"] for row in cells(made_result)} == {RUN}


def test_csv_disarms_formulas_and_leaves_numbers_alone(made_result):
    _, two, three, four, five = cells(made_result)
    assert two["a_name"] == "'" + FORMULA
    assert two["b_name"] == SCRIPT
    assert four["a_name"] == "'" + TABBED
    assert four["b_name"] == "'＝1+1"
    assert (two["offset_m"], two["b_fid"], two["a_layer"]) == ("-8.0", "-9", "-5")
    assert two["a_fid"] == "12,13"
    assert (three["b_name"], three["gap_m"]) == ("", "")
    assert (five["verdict"], five["state"], five["timing"]) == (
        "undetermined",
        "unknown",
        "unknown",
    )
    assert (five["missing_a"], five["missing_b"]) == ("open_year", "road_class,lanes")


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " ="]
)
def test_no_start_of_a_formula_passes(made_result, start):
    points = made_result.docking_points
    points["a_name"] = points["a_name"].where(points["id"] != "DP-000001", f"{start}cmd|x")
    assert cells(made_result)[0]["a_name"] == f"'{start}cmd|x"


def test_whose_the_network_is_stands_in_csv_and_geojson_only_where_there_is_one(made_result):
    heard = {"attribution": "© OpenStreetMap contributors", "roads": 1, "edges": 1, "nodes": 2}
    given = dataclasses.replace(made_result, run=made_result.run | {"network": heard})
    assert json.loads(to_geojson(given))["attribution"] == heard["attribution"]
    assert "attribution" not in json.loads(to_geojson(made_result))
    rows = list(csv.reader(io.StringIO(to_csv(given))))
    assert rows[0][-2:] == ["network_attribution", "run"]
    assert {tuple(row[-2:]) for row in rows[1:]} == {(heard["attribution"], RUN)}
    assert "network_attribution" not in to_csv(made_result)


def test_every_layer_says_its_kind_of_geometry_even_without_rows(blank_result, tmp_path):
    path = written(blank_result, tmp_path)
    found = dict(query(path, "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    lines = dict.fromkeys(("links", "proposals", "detours", "boundary"), "LINESTRING")
    points = dict.fromkeys(("docking_points", "approaches", "findings"), "POINT")
    assert found == {**lines, **points, "constraints_crossed": "POLYGON"}


def test_the_file_is_one_that_older_programs_read(made_result, tmp_path):
    path = written(made_result, tmp_path)
    assert query(path, "PRAGMA user_version") == [(10200,)]
    # A column of our own is called fid: the one that numbers rows is not.
    assert query(path, "PRAGMA table_info(approaches)")[0][1] == "row"


def test_each_layer_of_lines_holds_its_own_kind(made_result, tmp_path):
    links = made_result.links
    one = links.iloc[[0]]
    kinds = ["link", "proposal", "proposal", "detour", "detour", "detour"]
    several = gpd.GeoDataFrame(pd.concat([one] * len(kinds), ignore_index=True), crs=links.crs)
    several["kind"] = pd.Series(kinds, dtype=links["kind"].dtype)
    path = written(dataclasses.replace(made_result, links=several), tmp_path)
    for layer, count in {"links": 1, "proposals": 2, "detours": 3}.items():
        table = pyogrio.read_dataframe(path, layer=layer)
        assert table["kind"].tolist() == [layer.removesuffix("s")] * count


def test_the_boundary_and_the_summary_are_in_the_file(made_result, tmp_path):
    path = written(made_result, tmp_path)
    boundary = pyogrio.read_dataframe(path, layer="boundary")
    assert boundary["name"].tolist() == [made_result.boundary.name]
    run = pyogrio.read_dataframe(path, layer="run").set_index("key")["value"]
    assert json.loads(run["summary"]) == made_result.summary
    types = {row[1]: row[2] for row in query(path, "PRAGMA table_info(boundary)")}
    assert {types[f"strip_width_{one}_m"] for one in ("max", "median")} == {"REAL"}


def test_texts_of_the_run_stand_in_the_file_as_they_are(made_result, tmp_path):
    run = pyogrio.read_dataframe(written(made_result, tmp_path), layer="run").set_index("key")
    assert "道路名称" in run["value"]["inputs"]


@pytest.mark.parametrize("part", ["run", "summary"])
def test_what_json_cannot_say_is_not_written(made_result, tmp_path, part):
    """A number that is none would make a file that other programs refuse."""
    no_number = {**getattr(made_result, part), "id": float("nan")}
    odd = dataclasses.replace(made_result, **{part: no_number})
    with pytest.raises(ValueError, match="JSON"):
        write_geopackage(odd, tmp_path / "x.gpkg")
    if part == "run":
        with pytest.raises(ValueError, match="JSON"):
            to_geojson(odd)


def written_layers(folder, **layers):
    path = folder / "own.gpkg"
    tables = {"plain": pd.DataFrame({"key": ["a"], "value": ["路"]})}
    write_layers(layers, tables, path, time="2026-01-02T03:04:05Z")
    return path


def table_of(shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4549")


def test_areas_of_several_parts_stay_whole(tmp_path):
    two = MultiPolygon([box(0, 0, 1, 1), box(2, 0, 3, 1)])
    path = written_layers(
        tmp_path,
        several=(table_of([two, two]), "Polygon"),
        single=(table_of([box(0, 0, 1, 1)]), "Polygon"),
        lines=(table_of([LineString([(0, 0), (1, 1)])]), "LineString"),
    )
    found = dict(query(path, "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    assert found == {"several": "MULTIPOLYGON", "single": "POLYGON", "lines": "LINESTRING"}
    back = pyogrio.read_dataframe(path, layer="several").geometry
    assert back.area.tolist() == [2.0, 2.0]


@pytest.mark.parametrize("kind", ["string", "str"])
def test_no_control_character_of_any_kind_of_text_is_written(tmp_path, kind):
    texts = pd.Series(["a\x07b", "路\n宽"], dtype=kind)
    path = written_layers(tmp_path, roads=(table_of([Point(0, 0)] * 2, said=texts), "Point"))
    assert pyogrio.read_dataframe(path, layer="roads")["said"].tolist() == ["ab", "路\n宽"]


def test_layers_without_styles_and_plain_tables_are_one_file(tmp_path):
    path = written_layers(tmp_path, roads=(table_of([Point(0, 0)]), "Point"))
    assert [name for name, _ in pyogrio.list_layers(path)] == ["roads", "plain"]
    assert pyogrio.read_dataframe(path, layer="plain")["value"].tolist() == ["路"]
    times = query(path, "SELECT DISTINCT last_change FROM gpkg_contents")
    assert times == [("2026-01-02T03:04:05.000Z",)]


def test_styles_hold_what_qgis_looks_for(made_result, tmp_path):
    path = written(made_result, tmp_path)
    columns = "f_table_catalog, f_table_schema, styleName, useAsDefault, description, owner"
    rows = query(path, f"SELECT {columns}, update_time FROM layer_styles ORDER BY id")  # noqa: S608
    time_of_run = TIME.replace("Z", ".000Z")
    expected = [("", "", layer, 1, "", "", time_of_run) for layer in sorted(LAYERS - {"run"})]
    assert sorted(rows, key=lambda row: row[2]) == expected
    kinds = query(
        path, "SELECT data_type, identifier FROM gpkg_contents WHERE table_name = 'layer_styles'"
    )
    assert kinds == [("attributes", "layer_styles")]


def test_geojson_is_what_its_standard_says(made_result):
    text = to_geojson(made_result)
    collection = json.loads(text)
    assert collection["type"] == "FeatureCollection"
    assert {feature["type"] for feature in collection["features"]} == {"Feature"}
    assert [one["id"] for one in collection["features"]] == made_result.docking_points[
        "id"
    ].tolist()
    # For people too: one value a line, one blank for each severity, and signs as they are.
    assert text.startswith('{\n "type": ')
    assert text.endswith("}\n")
    assert "行一" in text
