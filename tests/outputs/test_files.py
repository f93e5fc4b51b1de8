"""The files of the output folder, read back by other programs."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pyogrio
import pytest
from pyproj import Transformer
from rich.cells import cell_len

import roadalign
from roadalign.errors import InputError
from roadalign.model.records import report_schema
from roadalign.model.tables import DOCKING_COLUMNS
from roadalign.outputs.geodata import to_csv, to_geojson, write_geopackage
from roadalign.outputs.report_json import as_record, read_record, to_json
from roadalign.outputs.terminal import summary_text
from roadalign.outputs.writers import CHECK


def test_a_report_fits_its_schema(default_result, hostile_result):
    for result in (default_result, hostile_result):
        judge = jsonschema.Draft202012Validator(report_schema())
        assert not list(judge.iter_errors(json.loads(to_json(result))))


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record.pop("run"),
        lambda record: record["docking_points"][0].update(verdict="perhaps"),
        lambda record: record["docking_points"][0].update(gap_m="5 m"),
        lambda record: record["docking_points"][0].update(a_fid="1,2"),
        lambda record: record["summary"].update(docking_rate=64),
        lambda record: record.update(more=1),
    ],
)
def test_a_damaged_report_does_not(default_result, damage):
    record = json.loads(to_json(default_result))
    damage(record)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(report_schema()).validate(record)


def test_unknown_is_null_and_several_features_are_a_list(default_result):
    points = {p["a_name"]: p for p in as_record(default_result)["docking_points"] if p["a_name"]}
    assert len(points["兴豪路"]["a_fid"]) == 2
    assert points["示例一路"]["b_fid"] is None
    assert points["示例一路"]["gap_m"] is None


def test_geojson_is_in_degrees_and_says_so_by_saying_nothing(default_result):
    collection = json.loads(to_geojson(default_result))
    assert "crs" not in collection
    to_metres = Transformer.from_crs(4326, default_result.boundary.crs, always_xy=True)
    first = collection["features"][0]
    place = to_metres.transform(*first["geometry"]["coordinates"])
    known = default_result.docking_points.geometry.iloc[0]
    assert place == pytest.approx((known.x, known.y), abs=0.02)
    assert first["id"] == default_result.docking_points["id"].iloc[0]


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula(default_result, hostile_result):
    text = to_csv(default_result)
    assert text.startswith("\ufeffid,chainage_m")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(default_result.docking_points)
    offsets = {row["a_name"]: row["offset_m"] for row in rows}
    assert offsets["示例十六路"] == "-8.0"  # a negative number stays a number
    cells = [
        cell
        for row in csv.reader(io.StringIO(to_csv(hostile_result).removeprefix("\ufeff")))
        for cell in row
    ]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)
    assert not any("\x07" in cell for cell in cells)


def test_geopackage_is_read_by_others_and_is_the_same_twice(default_result, tmp_path):
    one, two = tmp_path / "one.gpkg", tmp_path / "two.gpkg"
    write_geopackage(default_result, one)
    write_geopackage(default_result, two)
    assert one.read_bytes() == two.read_bytes()
    layers = {name for name, _ in pyogrio.list_layers(one)}
    assert layers >= {"docking_points", "links", "approaches", "boundary", "findings", "run"}
    points = pyogrio.read_dataframe(one, layer="docking_points")
    assert points.crs.to_epsg() == 4549
    assert set(points.columns) == {*DOCKING_COLUMNS, "geometry"}
    assert points["a_name"].tolist()[0] == "沿海大道"
    styles = pyogrio.read_dataframe(one, layer="layer_styles")
    assert set(styles["f_table_name"]) >= {"docking_points", "boundary"}
    assert "categorizedSymbol" in styles.set_index("f_table_name")["styleQML"]["docking_points"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed")
def test_geopackage_is_read_by_gdal(default_result, tmp_path):
    path = tmp_path / "x.gpkg"
    write_geopackage(default_result, path)
    said = subprocess.run(
        ["ogrinfo", "-so", "-al", path], capture_output=True, text=True, check=True
    ).stdout
    assert "Layer name: docking_points" in said
    assert f"Feature Count: {len(default_result.docking_points)}" in said


def test_a_result_without_points_is_written_too(tmp_path):
    case = "tests/cases/C01/cul-de-sac-60-m-before-the-line"
    home = Path(__file__).resolve().parents[2] / case
    result = roadalign.check(
        home / "a.geojson", home / "b.geojson", boundary=home / "boundary.geojson"
    )
    written = CHECK.write(result, tmp_path / "out", lang="en", force=False)
    assert {path.name for path in written} == set(CHECK.names)
    jsonschema.Draft202012Validator(report_schema()).validate(read_record(tmp_path / "out"))
    assert len(pyogrio.read_dataframe(tmp_path / "out/docking_points.gpkg", layer="links")) == 0


def test_own_files_are_replaced_and_foreign_ones_are_not(default_result, tmp_path):
    folder = tmp_path / "out"
    CHECK.write(default_result, folder, lang="en", force=False)
    CHECK.write(default_result, folder, lang="en", force=False)  # its own: no question
    assert sorted(path.name for path in folder.iterdir()) == sorted(CHECK.names)
    foreign = tmp_path / "other"
    foreign.mkdir()
    (foreign / "map.html").write_text("mine")
    (foreign / "notes.txt").write_text("mine too")
    with pytest.raises(InputError, match=r"map\.html"):
        CHECK.write(default_result, foreign, lang="en", force=False)
    assert sorted(path.name for path in foreign.iterdir()) == ["map.html", "notes.txt"]
    assert (foreign / "map.html").read_text() == "mine"
    CHECK.prepare(foreign, force=True)


def test_a_write_that_fails_leaves_nothing_half_done(default_result, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    CHECK.write(default_result, folder, lang="en", force=False)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full_disk(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("roadalign.outputs.writers.to_csv", full_disk)
    with pytest.raises(InputError, match="No space left"):
        CHECK.write(default_result, folder, lang="zh", force=False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="folder"):
        CHECK.prepare(tmp_path / "out", force=False)


@pytest.mark.parametrize("content", ["{}", "[]", "no json", '{"run": {"program": "other"}}'])
def test_what_is_no_report_is_refused(tmp_path, content):
    (tmp_path / "report.json").write_text(content)
    with pytest.raises(InputError):
        read_record(tmp_path)


def test_the_summary_lines_up_with_wide_characters(default_result):
    lines = summary_text(default_result, lang="zh", width=120).splitlines()
    table = [line for line in lines if " DP-" in line]
    assert len(table) == 10
    assert len({cell_len(line[: line.index("DP-")]) for line in table}) == 1
    assert max(cell_len(line) for line in lines if " DP-" in line) <= 120
    assert "对接率" in lines[1]


def test_the_summary_of_a_hostile_name_is_one_line(hostile_result):
    text = summary_text(hostile_result, lang="en", width=100)
    assert "\x07" not in text
    assert len([line for line in text.splitlines() if " DP-" in line]) == 1
