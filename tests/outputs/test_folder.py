"""The output folder: everything or nothing, and nobody else's files."""

import dataclasses
import os

import pytest

from roadalign.errors import InputError
from roadalign.outputs.geodata import write_geopackage
from roadalign.outputs.run_ids import NO_ROWS
from roadalign.outputs.writers import CHECK, find_mixed_files


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def later(result):
    return dataclasses.replace(result, run=result.run | {"time": "2031-01-01T00:00:00Z"})


def refused(result, folder, *, key, force=False):
    with pytest.raises(InputError) as problem:
        CHECK.write(result, folder, lang="zh", force=force)
    assert problem.value.key == key
    return problem.value


def test_all_files_are_written_and_nothing_else_stays(made_result, tmp_path):
    folder = tmp_path / "new" / "out"
    written = CHECK.write(made_result, folder, lang="zh", force=False)
    assert written == [folder / name for name in CHECK.names]
    assert set(held(folder)) == set(CHECK.names)
    assert all(path.stat().st_size for path in written)


def test_the_same_result_gives_the_same_files(made_result, tmp_path):
    for name in ("one", "two"):
        CHECK.write(made_result, tmp_path / name, lang="zh", force=False)
    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_a_foreign_table_is_named_and_nothing_is_touched(made_result, tmp_path):
    (tmp_path / "docking_points.csv").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine too")
    problem = refused(made_result, tmp_path, key="foreign_files")
    assert problem.values["files"] == "docking_points.csv"
    for lang in ("en", "zh"):
        assert "docking_points.csv" in problem.render(lang)
    assert held(tmp_path) == {"docking_points.csv": b"mine", "notes.txt": b"mine too"}


def test_a_report_of_another_program_is_foreign(made_result, tmp_path):
    (tmp_path / "report.json").write_text('{"run": {"program": "other"}}')
    refused(made_result, tmp_path, key="foreign_files")
    assert held(tmp_path) == {"report.json": b'{"run": {"program": "other"}}'}


def test_force_overwrites_and_unrelated_files_never_matter(made_result, tmp_path):
    (tmp_path / "docking_points.csv").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine too")
    CHECK.write(made_result, tmp_path, lang="zh", force=True)
    assert (tmp_path / "notes.txt").read_text() == "mine too"
    assert (tmp_path / "docking_points.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    CHECK.write(later(made_result), tmp_path, lang="zh", force=False)  # now its own
    assert set(held(tmp_path)) == {*CHECK.names, "notes.txt"}


@pytest.mark.parametrize("failing", CHECK.names)
def test_a_rename_that_fails_brings_all_files_back(made_result, tmp_path, monkeypatch, failing):
    CHECK.write(made_result, tmp_path, lang="zh", force=False)
    (tmp_path / "docking_points.geojson").unlink()  # one that was not there before
    before = held(tmp_path)
    really = os.replace

    def opened_elsewhere(source, target):
        if os.path.basename(target) == failing and "before" not in str(source):  # noqa: PTH119
            raise PermissionError(13, "Permission denied", str(target))
        really(source, target)

    monkeypatch.setattr("roadalign.outputs.writers.os.replace", opened_elsewhere)
    refused(later(made_result), tmp_path, key="cannot_write")
    assert held(tmp_path) == before


def test_a_folder_where_a_file_should_go_is_seen_before_the_work(tmp_path):
    (tmp_path / "map.html").mkdir()
    with pytest.raises(InputError) as problem:
        CHECK.prepare(tmp_path, force=True)
    assert problem.value.key == "cannot_write"


def test_a_file_on_the_way_to_the_folder_is_seen_before_the_work(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as problem:
        CHECK.prepare(tmp_path / "file" / "a" / "b", force=False)
    assert problem.value.key == "not_a_folder"
    assert problem.value.where == str(tmp_path / "file")


def test_a_folder_that_may_not_be_written_to_is_seen_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "roadalign.outputs.writers.os.access", lambda *_: False
    )  # root may anything
    with pytest.raises(InputError) as problem:
        CHECK.prepare(tmp_path / "out", force=False)
    assert problem.value.key == "cannot_write"
    assert not (tmp_path / "out").exists()


def test_a_folder_given_from_here_is_checked_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    CHECK.prepare(tmp_path.relative_to(tmp_path) / "out" / "deep", force=False)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.95])
def test_a_disk_that_fills_up_leaves_nothing(made_result, tmp_path, share):
    resource = pytest.importorskip("resource", reason="limits of file size are POSIX")
    probe = tmp_path / "probe.gpkg"
    write_geopackage(made_result, probe)
    most = int(share * probe.stat().st_size)
    probe.unlink()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        with pytest.raises(OSError, match=r"\w"):
            write_geopackage(made_result, tmp_path / "x.gpkg")
        (tmp_path / "x.gpkg").unlink(missing_ok=True)
        (tmp_path / "x.gpkg-journal").unlink(missing_ok=True)
        refused(made_result, tmp_path / "new" / "out", key="cannot_write")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_table_without_rows_has_no_room_for_an_id(blank_result, tmp_path):
    CHECK.write(blank_result, tmp_path / "out", lang="en", force=False)
    assert CHECK.read_run(tmp_path / "out" / "docking_points.csv") == NO_ROWS
    assert find_mixed_files(tmp_path / "out") == []
    CHECK.prepare(tmp_path / "out", force=False)
