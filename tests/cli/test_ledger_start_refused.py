"""A ledger is begun from a report of the right shape alone; of any other nothing is written."""

import copy
import json
import sys
from pathlib import Path

import pytest

import roadalign
from roadalign import cli
from roadalign.outputs.report_json import as_record

CASES = Path(__file__).parent.parent / "cases"

ODD = {
    "not JSON": "{",
    "a list": [],
    "a text": "report",
    "null": None,
    "nothing in it": {},
    "one name": ("names", ["south"]),
    "three names": ("names", ["a", "b", "c"]),
    "names as one text": ("names", "ab"),
    "names that are numbers": ("names", [1, 2]),
    "no boundary": ("boundary", None),
    "a boundary as text": ("boundary", "line"),
    "a boundary without a name": ("boundary", "name", None),
    "a name that is a list": ("boundary", "name", ["x"]),
    "no geometry": ("boundary", "geometry", None),
    "a point as boundary": ("boundary", "geometry", {"type": "Point", "coordinates": [121, 30]}),
    "a line of one place": (
        *("boundary", "geometry"),
        {"type": "LineString", "coordinates": [[121, 30]]},
    ),
    "coordinates as text": (
        *("boundary", "geometry"),
        {"type": "LineString", "coordinates": [["a", "b"], ["c", "d"]]},
    ),
    "places that are none": (
        *("boundary", "geometry"),
        {"type": "LineString", "coordinates": [[1e400, 0], [1, 1]]},
    ),
    "an unknown geometry": ("boundary", "geometry", {"type": "Spline", "coordinates": []}),
    "points as a dictionary": ("docking_points", {"a": 1}),
    "a point that is a number": ("docking_points", [1]),
    "no run": ("run", None),
    "a system that names a file": ("run", "crs", "+init=/nowhere:1"),
}


@pytest.fixture(scope="module")
def report():
    one = CASES / "G02" / "offset-of-8-m"
    plans = (one / "a.geojson", one / "b.geojson")
    return as_record(roadalign.check(*plans, boundary=one / "boundary.geojson"))


def changed(report, change):
    if isinstance(change, str) and change != "report":
        return change
    if not isinstance(change, tuple):
        return json.dumps(change)
    record = copy.deepcopy(report)
    *path, last, value = change
    inner = record
    for key in path:
        inner = inner[key]
    inner[last] = value
    return json.dumps(record)


@pytest.fixture
def start(tmp_path, monkeypatch, capsys):
    def begun(text):
        (tmp_path / "report.json").write_text(text, "utf-8")
        words = ["ledger", "start", str(tmp_path / "report.json"), "-l", str(tmp_path / "l.jsonl")]
        monkeypatch.setattr(sys, "argv", ["align", *words])
        status = cli._status()
        return status, capsys.readouterr()

    return begun


def test_a_report_as_it_is_begins_a_ledger(report, start, tmp_path):
    assert start(json.dumps(report))[0] == 0
    assert (tmp_path / "l.jsonl").is_file()


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_an_odd_report_is_refused_by_name_and_nothing_is_written(change, report, start, tmp_path):
    status, said = start(changed(report, change))
    assert status == 2
    assert said.out == ""
    assert said.err.startswith(str(tmp_path / "report.json"))
    assert "→" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
