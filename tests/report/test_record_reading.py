"""A report that lacks what it has to have is refused, whichever part it is."""

import json

import pytest

from roadalign.errors import InputError
from roadalign.report.record import read_record, read_report

POINT = {"id": "P", "chainage_m": 1, "lon": 1, "lat": 1, "verdict": "aligned", "level": "ok"}
APPROACH = {
    "approach": "a0", "side": "a", "docking_point": "P", "verdict": "aligned", "fid": ["1"],
    "end": "crosses",
}  # fmt: skip


def record(**changed):
    return {
        "run": {"program": "roadalign", "time": "2026-01-01T00:00:00Z"},
        "names": ["甲", "乙"],
        "boundary": {"name": "界"},
        "docking_points": [POINT],
        "approaches": [APPROACH],
    } | changed


@pytest.fixture
def report(tmp_path):
    def write(value):
        path = tmp_path / "report.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    return write


def without(row, key):
    return {name: value for name, value in row.items() if name != key}


def test_one_that_is_whole_is_read(report):
    assert read_report(report(record())) == record()
    assert read_record(report({"run": {"program": "roadalign"}})) == {
        "run": {"program": "roadalign"}
    }


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [("docking_points", POINT, key) for key in POINT]
    + [("approaches", APPROACH, key) for key in APPROACH],
)
def test_a_row_without_what_every_row_has_is_refused(table, row, key, report):
    path = report(record(**{table: [row, without(row, key)]}))
    with pytest.raises(InputError) as refused:
        read_report(path)
    assert (refused.value.key, refused.value.where) == ("not_a_report", str(path))
    assert refused.value.values == {"problem": table}


@pytest.mark.parametrize(
    "changed",
    [
        {"docking_points": None}, {"docking_points": {}}, {"approaches": "x"}, {"boundary": None},
        {"boundary": []}, {"names": ["甲"]}, {"names": ["甲", "乙", "丙"]},
        {"run": {"program": "roadalign"}}, {"run": {"program": "roadalign", "time": 7}},
    ],
    ids=str,
)  # fmt: skip
def test_one_that_is_not_whole_is_refused(changed, report):
    with pytest.raises(InputError) as refused:
        read_report(report(record(**changed)))
    assert refused.value.key == "not_a_report"


@pytest.mark.parametrize("value", [[], None, 7, {}, {"run": None}, {"run": {"program": "other"}}])
def test_what_another_program_wrote_is_refused(value, report):
    with pytest.raises(InputError) as refused:
        read_record(report(value))
    assert (refused.value.key, refused.value.values) == ("not_a_report", {"problem": "run.program"})
