"""Which run wrote a file, folders of two runs, and folders that two runs want at once."""

import csv
import json
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

import roadalign
from benchmarks.robustness.pair import good
from roadalign.errors import InputError
from roadalign.outputs.writers import CHECK, COMPARISON, find_mixed_files
from roadalign.safety import folder_writes
from roadalign.safety.folder_writes import clear_leftovers, require_writable, write_together
from warm_processes import align

TIMES = ("1772352000", "1772438400")


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The folders of two runs of one pair, a day apart, and the first once more."""
    folder = tmp_path_factory.mktemp("runs")
    call = good(folder)
    for name, time in zip(("one", "two", "again"), (*TIMES, TIMES[0]), strict=True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", time)
            result = roadalign.check(call.a, call.b, boundary=call.boundary)
        CHECK.write(result, folder / name, lang="en", force=False)
    return folder


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_file_carries_the_id_of_its_run_read_another_way(runs):
    for name in ("one", "two"):
        folder = runs / name
        own = json.loads((folder / "report.json").read_text(encoding="utf-8"))["run"]["id"]
        geo = json.loads((folder / "docking_points.geojson").read_text(encoding="utf-8"))
        with (folder / "docking_points.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        with closing(sqlite3.connect(folder / "docking_points.gpkg")) as file:
            (held,) = file.execute("SELECT value FROM run WHERE key = 'id'").fetchone()
        page = (folder / "map.html").read_text(encoding="utf-8")
        block = page.split('id="data">')[1].split("</script>")[0]
        assert {own} == {geo["run"], held, json.loads(block)["run"], *(row["run"] for row in rows)}
        assert {CHECK.read_run(folder / file) for file in CHECK.names} == {own}
        assert CHECK.find_files_of_other_runs(folder) == []


def test_the_id_follows_from_what_went_in_and_the_time(runs):
    ids = [CHECK.read_run(runs / name / "report.json") for name in ("one", "two", "again")]
    assert ids[0] == ids[2] != ids[1]
    for name in CHECK.names:
        assert (runs / "one" / name).read_bytes() == (runs / "again" / name).read_bytes()


@pytest.mark.parametrize("name", CHECK.names)
def test_a_file_of_another_run_is_recognised(runs, name, tmp_path):
    shutil.copytree(runs / "one", tmp_path / "mixed")
    shutil.copy(runs / "two" / name, tmp_path / "mixed" / name)
    others = find_mixed_files(tmp_path / "mixed")
    if name == "report.json":
        assert others == [other for other in CHECK.names if other != name]
    else:
        assert others == [name]
    assert find_mixed_files(tmp_path / "mixed" / "report.json") == others


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_check_compare_and_ledger_say_that_a_folder_is_of_two_runs(runs, lang, tmp_path):
    call = good(tmp_path)
    shutil.copytree(runs / "one", tmp_path / "mixed")
    shutil.copy(runs / "two" / "docking_points.csv", tmp_path / "mixed")
    shutil.copytree(runs / "two", tmp_path / "whole")
    check = ["check", call.a, call.b, "--boundary", call.boundary, "-q"]
    calls = [
        ["compare", "mixed", "whole", "-q"],
        ["compare", "whole", "mixed/report.json", "-q"],
        ["ledger", "start", "mixed", "--ledger", "ledger.jsonl"],
        [*check, "--since", "mixed", "--out", "new"],
        [*check, "--out", "mixed"],
    ]
    for words in calls:
        done = align(*words, folder=tmp_path, lang=lang)
        assert done.returncode == 0, done.stderr
        (line,) = [one for one in done.stderr.splitlines() if "docking_points.csv" in one]
        assert "map.html" not in line
    assert find_mixed_files(tmp_path / "mixed") == []  # the last call wrote all of it
    assert align("compare", "mixed", "whole", "-q", folder=tmp_path, lang=lang).stderr == ""


def test_a_comparison_carries_an_id_too(runs, tmp_path):
    for name, pair in {"x": ("one", "two"), "y": ("two", "one"), "z": ("one", "two")}.items():
        found = roadalign.compare(*(runs / one for one in pair))
        COMPARISON.write(found, tmp_path / name, lang="en", force=False)
    ids = [
        {COMPARISON.read_run(tmp_path / name / file) for file in COMPARISON.names} for name in "xyz"
    ]
    assert all(len(own) == 1 for own in ids)
    assert ids[0] == ids[2] != ids[1]
    assert None not in ids[0]


@pytest.mark.parametrize("name", CHECK.names[1:])
def test_a_file_of_somebody_else_in_a_folder_of_ours_is_foreign(runs, name, tmp_path):
    shutil.copytree(runs / "one", tmp_path / "out")
    (tmp_path / "out" / name).write_bytes(b"my own notes")
    with pytest.raises(InputError) as problem:
        CHECK.prepare(tmp_path / "out", force=False)
    assert problem.value.key == "foreign_files"
    assert problem.value.values["files"] == name
    CHECK.prepare(tmp_path / "out", force=True)


def test_a_link_is_foreign_and_what_it_points_at_is_never_touched(runs, tmp_path):
    shutil.copytree(runs / "one", tmp_path / "out")
    mine = tmp_path / "mine.html"
    shutil.move(tmp_path / "out" / "map.html", mine)
    before = mine.read_bytes()
    (tmp_path / "out" / "map.html").symlink_to(mine)
    with pytest.raises(InputError) as problem:
        CHECK.prepare(tmp_path / "out", force=False)
    assert problem.value.values["files"] == "map.html"
    write_together({"map.html": folder_writes.text_maker(lambda: "new")}, tmp_path / "out")
    assert mine.read_bytes() == before


@pytest.mark.parametrize("force", [False, True])
def test_a_file_nobody_may_write_to_is_not_replaced(runs, force, tmp_path):
    shutil.copytree(runs / "one", tmp_path / "out")
    (tmp_path / "out" / "docking_points.csv").chmod(0o444)
    with pytest.raises(InputError) as problem:
        CHECK.prepare(tmp_path / "out", force=force)
    assert (problem.value.key, problem.value.where) == (
        "cannot_write",
        str(tmp_path / "out" / "docking_points.csv"),
    )


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_folder_that_only_looks_writable_is_refused_before_the_work(tmp_path):
    call = good(tmp_path)
    words = ["check", call.a, call.b, "--boundary", call.boundary, "--out", "/proc/out"]
    done = align(*words, folder=tmp_path)
    assert done.returncode == 2
    assert "/proc/out" in done.stderr
    assert "[1/" not in done.stderr  # not even the boundary was read


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_folder_of_an_impossible_name_is_refused(name, tmp_path):
    with pytest.raises(InputError) as problem:
        require_writable(tmp_path / name)
    assert problem.value.key == "cannot_write"
    assert list(tmp_path.iterdir()) == []


def left_by_a_killed_run(folder):
    beside = folder / f"{folder_writes.UNFINISHED}ab12_xyz"
    (beside / "before").mkdir(parents=True)
    (beside / "map.html").write_text("half")
    (beside / "before" / "report.json").write_text("old")


def test_leftovers_are_cleared_and_only_they(tmp_path):
    mine = [".align-notes", ".alignment", ".align-toolongname"]
    for name in mine:
        (tmp_path / name).mkdir()
    (tmp_path / f"{folder_writes.UNFINISHED}ab12_abc").write_text("a file, not a folder")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "precious").write_text("x")
    (tmp_path / f"{folder_writes.UNFINISHED}ab12_lnk").symlink_to(tmp_path / "elsewhere")
    before = names_in(tmp_path)
    left_by_a_killed_run(tmp_path)
    clear_leftovers(tmp_path)
    assert names_in(tmp_path) == before
    left_by_a_killed_run(tmp_path)
    write_together({"new": folder_writes.text_maker(lambda: "x")}, tmp_path)
    assert names_in(tmp_path) == sorted([*before, "new"])
    assert (tmp_path / "elsewhere" / "precious").exists()


@pytest.mark.parametrize("by", ["folder", "file"])
def test_what_a_living_run_makes_is_not_cleared(by, tmp_path, monkeypatch):
    if by == "file":  # a disk that does not know locks of folders
        monkeypatch.setattr(folder_writes, "_locked", no_locks)
    halfway, go_on = threading.Event(), threading.Event()

    def slow(path):
        path.write_text("first")
        halfway.set()
        assert go_on.wait(60)

    first = threading.Thread(target=write_together, args=({"x": slow}, tmp_path))
    first.start()
    assert halfway.wait(60)
    there = names_in(tmp_path)
    clear_leftovers(tmp_path)
    assert names_in(tmp_path) == there
    with pytest.raises(InputError) as problem, folder_writes._turn(tmp_path, wait_s=0.0):
        pass
    assert problem.value.key == "folder_busy"
    second = threading.Thread(
        target=write_together, args=({"x": folder_writes.text_maker(lambda: "second")}, tmp_path)
    )
    second.start()
    go_on.set()
    first.join(60)
    second.join(60)
    assert (tmp_path / "x").read_text() == "second"
    assert names_in(tmp_path) == ["x"] if by == "folder" else [folder_writes.LOCK_NAME, "x"]


def no_locks(*_, **__):
    raise OSError(95, "Operation not supported")


def test_a_roll_back_that_fails_keeps_the_old_files_where_it_says(tmp_path, monkeypatch):
    names = ("a", "b", "c")
    write_together({name: folder_writes.text_maker(lambda: "old") for name in names}, tmp_path)
    really, broken = os.replace, []

    def replace(source, target):
        if Path(target).name == "c" or broken:
            broken.append(target)
            raise OSError(5, "Input/output error")
        really(source, target)

    monkeypatch.setattr("os.replace", replace)
    with pytest.raises(InputError) as problem:
        write_together({name: folder_writes.text_maker(lambda: "new") for name in names}, tmp_path)
    monkeypatch.undo()
    assert problem.value.key == "cannot_restore"
    assert problem.value.values["files"] == "a, b"
    kept = Path(problem.value.values["kept"])
    assert str(kept) in problem.value.render("zh")
    assert {path.name: path.read_text() for path in kept.iterdir()} == {"a": "old", "b": "old"}
    assert (tmp_path / "c").read_text() == "old"
    clear_leftovers(tmp_path)
    write_together({"d": folder_writes.text_maker(lambda: "x")}, tmp_path)
    assert kept.exists()  # no later run takes it for a leftover
