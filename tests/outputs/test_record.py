"""``report.json``: what it says, and what its schema lets pass."""

import copy
import dataclasses
import json

import jsonschema
import pytest
from pyproj import Transformer
from shapely import MultiLineString

from roadalign.errors import InputError
from roadalign.model.columns import selected
from roadalign.model.records import REPORT_TABLES, report_schema
from roadalign.model.run import InputRecord
from roadalign.model.tables import DOCKING_COLUMNS, FINDING_COLUMNS
from roadalign.outputs.report_json import as_record, read_record, read_report, to_json


def valid(record):
    return jsonschema.Draft202012Validator(report_schema()).is_valid(record)


def test_the_schema_is_one_of_its_draft():
    jsonschema.Draft202012Validator.check_schema(report_schema())


def test_a_record_is_plain_and_valid_without_a_detour_over_text(made_result, blank_result):
    assert valid(as_record(made_result))
    assert valid(as_record(blank_result))
    assert json.loads(to_json(made_result)) == as_record(made_result)


def test_a_boundary_of_several_parts_is_valid(made_result):
    line = MultiLineString([made_result.boundary.line])
    split = dataclasses.replace(made_result.boundary, line=line)
    assert valid(as_record(dataclasses.replace(made_result, boundary=split)))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("docking_points", "id", None),
        ("docking_points", "lon", 595705.33),
        ("docking_points", "a_end", "somewhere"),
        ("docking_points", "b_status", "maybe"),
        ("docking_points", "change", "newer"),
        ("docking_points", "confidence", 98.0),
        ("docking_points", "a_road_class", 7),
        ("docking_points", "a_lanes", 4.5),
        ("docking_points", "a_fid", []),
        ("docking_points", "geometry", None),
        ("docking_points", "geometry", {"type": "Point", "coordinates": [30.8, 121.0]}),
        ("docking_points", "extra", 1),
        ("links", "geometry", {"type": "Point", "coordinates": [121.0, 30.8]}),
        ("links", "length_m", -1.0),
        ("approaches", "side", "c"),
        ("findings", "message_zh", None),
    ],
)
def test_one_wrong_cell_is_noticed(made_result, table, column, value):
    record = as_record(made_result)
    record[table][0][column] = value
    assert not valid(record)


@pytest.mark.parametrize("part", ["run", "names", "boundary", "summary", "docking_points", "links"])
def test_no_part_may_be_left_out(made_result, part):
    record = as_record(made_result)
    del record[part]
    assert not valid(record)


def test_an_input_has_all_fields_and_no_others(made_result):
    for damage in ({"sha256": "abc"}, {"password": "x"}, {"features_read": -1}):
        record = as_record(made_result)
        record["run"]["inputs"][0].update(damage)
        assert not valid(record)
    described = report_schema()["$defs"]["InputRecord"]["properties"]
    assert set(described) == set(InputRecord.__struct_fields__)


def test_numbers_have_the_digits_they_mean(made_result):
    record = as_record(made_result)
    one, two, _, four, _ = record["docking_points"]
    assert (one["confidence"], two["gap_m"], two["deflection_deg"]) == (0.987654, 35.123, 22.0)
    assert str(one["offset_m"]) == "0.0"  # not -0.0
    assert four["gap_m"] is None  # JSON knows no infinity
    assert record["boundary"]["strip_width_max_m"] == 2.5
    assert record["boundary"]["strip_width_median_m"] is None
    assert [row["value"] for row in record["findings"]] == [1.0, 35.123, 0.123457]
    assert record["boundary"]["length_m"] == 6000.0


def test_rows_follow_the_tables_and_unknown_is_null(made_result):
    record = as_record(made_result)
    one, two, three, _, _ = record["docking_points"]
    assert list(one) == [*DOCKING_COLUMNS, "geometry"]
    assert list(record["findings"][0]) == [*FINDING_COLUMNS, "geometry"]
    assert (one["a_fid"], two["a_fid"], three["b_fid"]) == (["1"], ["12", "13"], None)
    assert (three["b_name"], three["b_lanes"], three["gap_m"]) == (None, None, None)
    assert record["findings"][0]["geometry"] is None
    assert (one["missing_a"], one["missing_b"]) == (None, None)
    assert record["docking_points"][4]["missing_a"] == ["open_year"]
    assert record["docking_points"][4]["missing_b"] == ["road_class", "lanes"]


def test_places_are_in_degrees(made_result):
    record = as_record(made_result)
    place = record["docking_points"][0]["geometry"]
    assert place["type"] == "Point"
    assert place["coordinates"] == pytest.approx([121.0, 30.8], abs=1e-6)
    to_degrees = Transformer.from_crs(4549, 4326, always_xy=True)
    ends = [list(to_degrees.transform(*xy)) for xy in made_result.boundary.line.coords]
    drawn = record["boundary"]["geometry"]["coordinates"]
    for one, known in zip(drawn, ends, strict=True):
        assert one == pytest.approx(known, abs=1e-7)
        assert [round(value, 7) for value in one] == one


def test_the_text_is_readable_and_ends_its_line(made_result):
    text = to_json(made_result)
    assert "叶新公路" in text
    assert text.endswith("}\n")
    assert "NaN" not in text
    assert "Infinity" not in text


def test_the_record_shares_nothing_with_the_result(made_result):
    before = copy.deepcopy(made_result.run), copy.deepcopy(made_result.summary)
    record = as_record(made_result)
    record["run"]["settings"]["lang"] = "en"
    record["summary"]["sides"]["a"]["name"] = "x"
    assert (made_result.run, made_result.summary) == before


REQUIRED = [
    (table, column)
    for table in ("docking_points", "approaches")
    for column in selected(REPORT_TABLES[table], known=True)
]


@pytest.mark.parametrize(("table", "column"), sorted(REQUIRED))
def test_a_report_whose_rows_lack_what_is_never_unknown_is_refused(
    made_result, tmp_path, table, column
):
    record = as_record(made_result)
    # The one point of which the result also holds the ends.
    record |= {"docking_points": record["docking_points"][:1], "links": []}
    path = tmp_path / "report.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert len(read_report(path)[table]) == len(record[table]) > 0
    del record[table][-1][column]
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(InputError) as problem:
        read_report(path)
    assert problem.value.key == "not_a_report"
    assert table in problem.value.values["problem"]


@pytest.mark.parametrize("run", [None, [], {}, {"program": "another"}, {"program": "Roadalign"}])
def test_a_record_of_another_program_is_refused(made_result, tmp_path, run):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(as_record(made_result) | {"run": run}), encoding="utf-8")
    with pytest.raises(InputError) as problem:
        read_record(tmp_path)
    assert (problem.value.key, problem.value.values["problem"]) == ("not_a_report", "run.program")
