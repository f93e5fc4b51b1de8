"""Reports of schema 1.x are read; what they could not know stays unknown, and that is said."""

import copy
import json
from pathlib import Path

import pytest

import roadalign
from roadalign.outputs.comparison.terminal import comparison_text
from roadalign.outputs.report_json import as_record
from roadalign.outputs.terminal import summary_text
from roadalign.settings import parse_settings

DATA = Path(__file__).resolve().parents[2] / "data/jinshan-jiaxing"

LATER = {
    *("state", "place", "section", "timing", "missing_a", "missing_b"),
    *(
        f"{side}_{name}"
        for side in "ab"
        for name in ("admin_class", "median_m", "status_certainty", "horizon_year", "plan_values")
    ),
}
"""Columns that reports of 1.x did not have."""


def as_of_1_2(record):
    """A report as schema 1.2 wrote it: other names, texts for lists, fewer columns."""
    old = copy.deepcopy(record)
    old["run"]["schema_version"] = "1.2"
    for key in ("features", "as_of"):
        old["run"].pop(key)
    old["summary"] = {"docking_rate": 0.6, "approaches": 50, "aligned_approaches": 30}
    for name in ("docking_points", "findings"):
        for row in old[name]:
            row["level"] = row.pop("severity")
    for row in old["docking_points"]:
        row["priority_level"] = row.pop("priority_severity")
        row["rules"] = ",".join(row["rules"]) if row["rules"] else None
        row["alternatives"] = None
        for side in "ab":
            row[f"{side}_level"] = row.pop(f"{side}_grade_level")
        for column in LATER:
            row.pop(column, None)
        if row["verdict"] == "undetermined":
            row["verdict"] = "aligned"  # what nobody compared was aligned
    return old


@pytest.fixture(scope="module")
def older(default_result, tmp_path_factory):
    path = tmp_path_factory.mktemp("older") / "report.json"
    path.write_text(json.dumps(as_of_1_2(as_record(default_result))), encoding="utf-8")
    return path


def test_a_report_of_1_2_is_compared_and_what_it_did_not_compare_is_said(older, default_result):
    found = roadalign.compare(older, default_result)
    counts = found.summary["counts"]
    # the point of which Jiaxing states nothing was called aligned
    assert (counts["same"], counts["not_comparable"]) == (25, 1)
    assert found.summary["older_verdicts"]
    assert "does not say what its verdicts compared" in comparison_text(found, lang="en")
    assert "未注明其结论比较了哪些内容" in comparison_text(found, lang="zh")


def test_a_run_follows_a_report_of_1_2(older):
    again = roadalign.check(
        DATA / "jinshan/jinshan_roads.shp",
        f"{DATA}/jiaxing.gpkg:ghlw",
        boundary=DATA / "boundary.geojson",
        settings=parse_settings(
            {"a": {"name": "金山"}, "b": {"name": "嘉兴"}, "as_of": "2026-03-01"}, where="test"
        ),
        since=older.parent,
    )
    since = again.run["since"]
    assert since["older_verdicts"]
    assert since["counts"]["new"] == since["counts"]["gone"] == 0
    assert since["counts"]["not_comparable"] == 1
    assert "does not say what its verdicts compared" in summary_text(again, lang="en", width=120)
