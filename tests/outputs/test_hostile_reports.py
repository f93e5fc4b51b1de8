"""A report.json is compared, or refused with the place of what is wrong; never anything else."""

import copy
import json
import os
import random

import geopandas as gpd
import pytest
import shapely

import roadalign
from roadalign.errors import InputError
from roadalign.outputs.report_json import as_record

EPOCH = "1772352000"
SEEDS = range(24)
VALUES = (
    *(None, True, 0, -1, 1.5, 1e400, -1e400, float("nan"), 10**400, "", "x", "__proto__", "7"),
    *([], [[]], {}, {"type": "Point"}, {"type": "LineString", "coordinates": []}),
    *([1, 2], "2026-13-45T00:00:00Z", "EPSG:4326", "EPSG:999999", "😀" * 30_000, "\x00"),
)


def side(*lines):
    drawn = [shapely.LineString([(600000 + x, 3400000 + y) for x, y in line]) for line in lines]
    names = [f"road {k}" for k in range(len(lines))]
    return gpd.GeoDataFrame({"name": names}, geometry=drawn, crs=4549)


@pytest.fixture(scope="module")
def record():
    """A run after another one: two roads that meet, one aside, one alone; history of a point gone."""
    line = gpd.GeoDataFrame(
        {"name": ["the line"]},
        geometry=[shapely.LineString([(600000, 3400000), (606000, 3400000)])],
        crs=4549,
    )
    south = [[(x, -600), (x, 0)] for x in (1000, 2500, 4000)]
    north = [[(1000, 0), (1000, 600)], [(2530, 0), (2530, 600)]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        first = roadalign.check(side(*south), side(*north), boundary=line)
        second = roadalign.check(side(*south[:2]), side(*north), boundary=line, since=first)
    record = as_record(second)
    assert {row["gone"] for row in record["history"]} == {False, True}
    assert len(record["links"]) >= 1
    return record


def written(record, folder, name="report.json"):
    path = folder / name
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def places(value, path=()):
    """Return every place in a report."""
    found = [path] if path else []
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, held in parts:
        found += places(held, (*path, key))
    return found


def put(record, path, value):
    *above, last = path
    inside = record
    for key in above:
        inside = inside[key]
    inside[last] = value


def refused(old, new):
    with pytest.raises(InputError) as problem:
        roadalign.compare(old, new)
    assert all("\n" in problem.value.render(lang) for lang in ("en", "zh"))
    assert all(len(line) < 500 for line in problem.value.render("en").splitlines())
    return problem.value


def test_the_report_itself_is_compared(record, tmp_path):
    path = written(record, tmp_path)
    assert set(roadalign.compare(path, path).points["change"]) == {"same"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_changed_anywhere_is_compared_or_refused(record, seed, tmp_path):
    draw = random.Random(seed)  # noqa: S311  (no secret)
    good = written(record, tmp_path, "good.json")
    every = [path for path in places(record) if path[0] not in {"findings", "constraints_crossed"}]
    for _ in range(15):
        bad = copy.deepcopy(record)
        put(bad, draw.choice(every), draw.choice(VALUES))
        changed = written(bad, tmp_path, "bad.json")
        for one, two in ((changed, good), (good, changed)):
            try:
                assert len(roadalign.compare(one, two).points) >= 1
            except InputError as problem:
                assert problem.render("zh")  # noqa: PT017  (a result is right too)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("docking_points", 0, "lon"), float("nan"), "NaN"),
        (("docking_points", 0, "lat"), 1e400, "Infinity"),
        (("docking_points", 0, "lat"), "30.8", "docking_points[0].lat = 30.8"),
        (("docking_points", 0, "lon"), 200, "docking_points[0].lon = 200"),
        (("docking_points", 0, "id"), "__proto__", "docking_points[0].id = __proto__"),
        (("docking_points", 0, "verdict"), "fine", "docking_points[0].verdict = fine"),
        (("docking_points", 0, "a_fid"), [], "docking_points[0].a_fid"),
        (("approaches", 0, "geometry"), {}, "approaches[0].geometry.type"),
        (("approaches", 0, "side"), "c", "approaches[0].side = c"),
        (("approaches", 0, "docking_point"), "DP-ZZZZZZ", "approaches[0].docking_point"),
        (("boundary", "geometry", "coordinates"), [], "boundary.geometry"),
        (("boundary", "geometry", "coordinates", 0), [121, "30"], "boundary.geometry = 30"),
        (("boundary", "geometry", "type"), "Point", "boundary.geometry.type = Point"),
        (("run", "time"), "2026-02-31T00:00:00Z", "run.time"),
        (("run", "crs"), "EPSG:4326", "run.crs = EPSG:4326"),
        (("run", "schema_version"), "7.0", "run.schema_version = 7.0"),
        (("run", "limits", "search_m"), "far", "run.limits.search_m = far"),
        (("history", 0, "states"), [], "history[0].states"),
        (("names",), ["only one"], "names"),
        (("links", 0, "geometry", "coordinates"), [[121, 30]], "links[0].geometry"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(record, path, value, said, tmp_path):
    bad = copy.deepcopy(record)
    put(bad, path, value)
    problem = refused(written(bad, tmp_path, "bad.json"), written(record, tmp_path))
    assert problem.key == "not_a_report"
    assert said in problem.values["problem"]


def test_an_id_that_stands_twice_is_refused(record, tmp_path):
    bad = copy.deepcopy(record)
    bad["docking_points"].append(bad["docking_points"][0])
    assert (
        refused(written(bad, tmp_path, "bad.json"), written(record, tmp_path)).key == "not_a_report"
    )


def test_lists_nested_ten_thousand_deep_are_refused(record, tmp_path):
    path = tmp_path / "deep.json"
    path.write_text('{"run": ' + "[" * 10_000 + "]" * 10_000 + "}")
    assert refused(path, written(record, tmp_path)).key == "not_a_report"


def test_a_number_of_ten_thousand_digits_is_refused(record, tmp_path):
    path = written(record, tmp_path)
    text = path.read_text().replace(EPOCH[:1], EPOCH[:1], 1)
    long = tmp_path / "long.json"
    long.write_text(text.replace('"length_m": ', '"length_m": ' + "9" * 10_000, 1))
    assert refused(long, path).key == "not_a_report"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_what_is_no_file_is_refused_and_not_waited_for(record, tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    good = written(record, tmp_path)
    assert refused(tmp_path / "pipe.json", good).key == "not_a_file"
    assert refused(good, tmp_path / "pipe.json").key == "not_a_file"
    assert refused("/dev/zero", good).key == "not_a_file"
    assert refused("x" * 5000, good).key in {"cannot_read", "no_such_file"}
    assert refused("a\0b", good).key == "cannot_read"


def test_a_report_larger_than_any_is_refused_unread(record, tmp_path):
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # a hole: it takes no room
    assert refused(huge, written(record, tmp_path)).key == "file_too_large"


def test_swapped_sides_are_compared(record, tmp_path):
    bad = copy.deepcopy(record)
    bad["names"].reverse()
    assert len(
        roadalign.compare(written(bad, tmp_path, "b.json"), written(record, tmp_path)).points
    )


def test_columns_that_only_some_rows_have_are_unknown_in_the_others(record, tmp_path):
    bad = copy.deepcopy(record)
    del bad["docking_points"][0]["a_name"]
    bad["docking_points"][1]["__proto__"] = {"polluted": True}
    found = roadalign.compare(written(record, tmp_path), written(bad, tmp_path, "b.json"))
    assert set(found.changes["field"]) == {"a_name"}
