"""Batches of small pairs: what is found, what is kept, and what one pair can do to the others."""

import json
import os
import signal
import sqlite3

import geopandas as gpd
import jsonschema
import msgspec
import psutil
import pyogrio
import pytest
from small_pairs import HOSTILE, content_of, rows_of, write_manifest, write_pair

import roadalign
from roadalign.batches.records import BatchRecord, schema
from roadalign.errors import InputError
from roadalign.outputs.file_sets import FileSet
from roadalign.outputs.writers import CHECK

LOW = [1.0, round(2 / 3, 4), 0.5, 0.4]
HIGH = [*LOW[:3], 1.0]
"""Two of all points are aligned. Where three of the south arrive alone in a row, the layers of the
north may not reach that far: these points wait for data."""
WAIT_FOR_LOCK = {"OGR_SQLITE_BUSY_TIMEOUT": "600000"}


def test_all_pairs_together(done):
    folder, found = done
    assert found.pairs["pair"].tolist() == [f"pair-{k}" for k in range(4)]
    assert found.pairs["docking_rate_low"].tolist() == LOW
    assert found.pairs["docking_rate_high"].tolist() == HIGH
    assert found.pairs["missing"].tolist() == [0, 1, 2, 0]
    assert found.pairs["open_points"].tolist() == [0, 1, 2, 0]
    assert found.pairs["undetermined"].tolist() == [0, 0, 0, 3]
    assert found.failed.empty
    assert (found.pairs["seconds"] > 0).all()
    points = found.docking_points
    assert points.crs == 4326
    assert points.groupby("pair").size().tolist() == [2, 3, 4, 5]
    assert set(points["name_a"]) == {"South"}
    record = json.loads((folder / "out" / "batch.json").read_text(encoding="utf-8"))
    whole = record["summary"]
    assert whole["docking_rate"] == {"low": round(8 / 14, 4), "high": round(11 / 14, 4)}
    assert whole["verdicts"] == {"aligned": 8, "missing": 3, "undetermined": 3}
    assert (whole["open_points"], whole["waiting_points"]) == (3, 3)
    jsonschema.Draft202012Validator(schema(), format_checker=None).validate(record)
    assert msgspec.convert(record, BatchRecord) == found.record


def test_one_geopackage_and_one_geoparquet_hold_what_the_pairs_hold(done):
    folder, found = done
    out = folder / "out"
    again = gpd.read_parquet(out / "docking_points.parquet")
    assert again["id"].tolist() == found.docking_points["id"].tolist()
    assert again.crs == 4326
    single = json.loads((out / "pairs" / "pair-3" / "report.json").read_text(encoding="utf-8"))
    mine = again[again["pair"] == "pair-3"]
    assert mine["id"].tolist() == [row["id"] for row in single["docking_points"]]
    assert [[p.x, p.y] for p in mine.geometry] == [
        row["geometry"]["coordinates"] for row in single["docking_points"]
    ]
    layers = dict(pyogrio.list_layers(out / "all_pairs.gpkg"))
    assert {
        "docking_points",
        "links",
        "proposals",
        "approaches",
        "boundaries",
        "findings",
        "pairs",
    } <= set(layers)
    lines = pyogrio.read_dataframe(out / "all_pairs.gpkg", layer="boundaries")
    assert lines["pair"].tolist() == [f"pair-{k}" for k in range(4)]
    assert lines["docking_rate_low"].tolist() == LOW
    findings = pyogrio.read_dataframe(out / "all_pairs.gpkg", layer="findings")
    assert (findings["rule"] == "C01").sum() == 3


def test_rows_in_any_order_and_any_number_of_processes_give_the_same_bytes(
    done, four_pairs, tmp_path
):
    _, rows = four_pairs
    turned = write_manifest(tmp_path / "turned.csv", rows[::-1])
    roadalign.batch(turned, out=tmp_path / "two", runner="processes", jobs=2)
    assert content_of(tmp_path / "two") == content_of(done[0] / "out")
    assert len(content_of(tmp_path / "two")) == 4 + 4 * (1 + len(CHECK.names))


def test_what_is_finished_is_kept_and_what_changed_is_done_again(own):
    manifest, out = own / "pairs.csv", own / "out"
    rows = rows_of(manifest)
    before = content_of(out)
    mark = {path: path.stat().st_mtime_ns for path in out.glob("pairs/*/*")}
    again = roadalign.batch(manifest, out=out)
    assert again.pairs["kept"].all()
    assert content_of(out) == before
    assert {path: path.stat().st_mtime_ns for path in mark} == mark
    assert again.pairs["seconds"].notna().all()  # of the call that did them
    write_pair(own, "pair-1", alone=2)  # an input
    (out / "pairs" / "pair-2" / "map.html").unlink()  # a result
    (own / "align.toml").write_text("[limits]\ngap_mismatch_m = 7\n", encoding="utf-8")
    rows[3]["settings"] = "align.toml"  # a setting
    changed = roadalign.batch(
        write_manifest(manifest, [{"settings": "", **row} for row in rows]), out=out
    )
    assert changed.pairs["kept"].tolist() == [True, False, False, False]
    assert changed.pairs["docking_rate_low"].tolist() == [1.0, LOW[2], LOW[2], LOW[3]]


def test_a_pair_fails_alone_and_what_it_had_stays_but_is_not_counted(own, monkeypatch):
    manifest, out = own / "pairs.csv", own / "out"
    before = (out / "pairs" / "pair-1" / "report.json").read_bytes()
    (own / "pair-1-b.gpkg").unlink()
    monkeypatch.setattr(FileSet, "write", _no_disk_for("pair-2", keep=FileSet.write))
    (out / "pairs" / "pair-2" / "pair.json").unlink()
    found = roadalign.batch(manifest, out=out)
    assert found.failed["pair"].tolist() == ["pair-1", "pair-2"]
    input_error, unexpected = (pair.reason for pair in found.record.pairs[1:3])
    assert (input_error.kind, input_error.where) == ("input", "pair-1-b.gpkg")
    assert "There is no such file" in input_error.en
    assert "没有这个文件" in input_error.zh
    assert unexpected.kind == "unexpected"
    assert "RuntimeError: no disk" in unexpected.en
    assert "Traceback" not in unexpected.en
    assert (out / "pairs" / "pair-1" / "report.json").read_bytes() == before
    assert "pair-1/map.html" not in (out / "index.html").read_text(encoding="utf-8")
    assert set(found.docking_points["pair"]) == {"pair-0", "pair-3"}


def test_an_earlier_run_and_a_ledger_are_inputs_too(own):
    """The ids of an earlier run are kept, and another one is another input."""
    rows = [{**rows_of(own / "pairs.csv")[1], "since": "old/report.json"}]
    manifest = write_manifest(own / "pairs.csv", rows)
    report = (own / "out" / "pairs" / "pair-1" / "report.json").read_text(encoding="utf-8")
    first = json.loads(report)["docking_points"][0]["id"]
    (own / "old").mkdir()
    (own / "old" / "report.json").write_text(report.replace(first, "DP-OLDOLD"), encoding="utf-8")
    found = roadalign.batch(manifest, out=own / "new")
    assert found.docking_points["id"].tolist()[0] == "DP-OLDOLD"
    assert roadalign.batch(manifest, out=own / "new").pairs["kept"].all()
    (own / "old" / "report.json").write_text(report, encoding="utf-8")
    again = roadalign.batch(manifest, out=own / "new")
    assert again.docking_points["id"].tolist()[0] == first
    write_manifest(manifest, [{**rows[0], "since": "", "ledger": "nothing.jsonl"}])
    lacking = roadalign.batch(manifest, out=own / "new")
    assert "nothing.jsonl" in lacking.failed["reason_en"].iloc[0]


def test_a_pair_that_follows_its_own_last_result_is_kept_and_loses_nobody(own):
    rows = [{**rows_of(own / "pairs.csv")[1], "since": "own/pairs/pair-1"}]
    manifest = write_manifest(own / "pairs.csv", rows)
    first = roadalign.batch(manifest, out=own / "own")
    again = roadalign.batch(manifest, out=own / "own")
    assert again.pairs["kept"].all()
    assert set(first.docking_points["change"]) == set(again.docking_points["change"]) == {"new"}
    hidden = (own / "pair-1-b.gpkg").rename(own / "hidden.gpkg")
    assert len(roadalign.batch(manifest, out=own / "own").failed) == 1
    hidden.rename(own / "pair-1-b.gpkg")
    back = roadalign.batch(manifest, out=own / "own").docking_points
    assert back["id"].tolist() == first.docking_points["id"].tolist()


def test_what_a_batch_took_is_not_written_over_a_file_of_somebody_else(own):
    (own / "new").mkdir()
    (own / "new" / "costs.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError, match=r"costs\.json"):
        roadalign.batch(own / "pairs.csv", out=own / "new")
    assert (own / "new" / "costs.json").read_text(encoding="utf-8") == "[1]"


def _no_disk_for(name, *, keep):
    def write(files, result, folder, **how):
        if folder.name == name:
            raise RuntimeError("no disk")
        return keep(files, result, folder, **how)

    return write


def test_files_of_somebody_else_are_not_overwritten(four_pairs, tmp_path):
    manifest, _ = four_pairs
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        roadalign.batch(manifest, out=out)
    assert caught.value.key == "foreign_files"
    assert not (out / "pairs").exists()


def test_a_call_that_is_wrong_is_refused_before_any_work(four_pairs, tmp_path):
    manifest, _ = four_pairs
    for how, key in (
        ({"runner": "magic"}, "no_such_runner"),
        ({"runner": "dask"}, "no_scheduler_given"),
        ({"runner": "dask", "scheduler": "localhost"}, "no_scheduler_given"),
    ):
        with pytest.raises(InputError) as caught:
            roadalign.batch(manifest, out=tmp_path / "out", **how)
        assert caught.value.key == key
    assert not (tmp_path / "out").exists()


def test_the_command_prints_the_summary_and_fails_where_it_should(tmp_path, align):
    rows = [write_pair(tmp_path, "fits"), write_pair(tmp_path, "缺", alone=1)]
    rows[1]["plan_b"] = "nothing.gpkg"
    manifest = write_manifest(tmp_path / "pairs.csv", rows)
    first = align(manifest, "--out", tmp_path / "out", "--runner", "serial")
    out, err = first.communicate()
    assert first.returncode == 1
    assert "1 of 2 pairs done, 1 failed" in out
    assert "nothing.gpkg: There is no such file" in out
    assert "[1/2] fits: done" in err
    assert "left" in err
    assert "Traceback" not in out + err
    good = write_manifest(tmp_path / "good.csv", rows[:1])
    second = align(
        good, "--out", tmp_path / "out", "--runner", "serial", "--json", "--fail-on", "notice"
    )
    out, err = second.communicate()
    assert (second.returncode, err) == (0, "")
    record = json.loads(out)
    assert record["pairs"][0]["kept"] is True
    assert record["summary"]["docking_rate"] == {"low": 1.0, "high": 1.0}


def held(path):
    """Lock a GeoPackage: whoever opens it waits, as long as the environment says."""
    lock = sqlite3.connect(path)
    lock.execute("BEGIN EXCLUSIVE")
    return lock


def worker_at(process, path):
    """Return the worker that has a file open; it comes to it sooner or later."""
    while process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            try:
                if any(file.path == str(path) for file in child.open_files()):
                    return child
            except psutil.Error:
                continue  # a child that is just beginning or ending
    raise AssertionError(process.communicate())


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_worker_costs_its_own_pair_and_a_second_call_does_it(
    done, four_pairs, tmp_path, align
):
    manifest, _ = four_pairs
    out = tmp_path / "out"
    lock = held(tmp_path / "pair-2-b.gpkg")
    first = align(manifest, "--out", out, "--jobs", "2", **WAIT_FOR_LOCK)
    worker_at(first, tmp_path / "pair-2-b.gpkg").kill()
    printed, _ = first.communicate()
    lock.close()
    assert first.returncode == 1
    assert "3 of 4 pairs done, 1 failed" in printed
    assert "pair-2: The process that worked on this pair ended" in printed
    record = json.loads((out / "batch.json").read_text(encoding="utf-8"))
    assert [pair["reason"] and pair["reason"]["kind"] for pair in record["pairs"]] == [
        None,
        None,
        "worker",
        None,
    ]
    second = roadalign.batch(manifest, out=out)
    assert second.pairs["kept"].tolist() == [True, True, False, True]
    assert content_of(out) == content_of(done[0] / "out")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_leaves_what_is_finished_and_no_process(done, four_pairs, tmp_path, align):
    manifest, _ = four_pairs
    out = tmp_path / "out"
    lock = held(tmp_path / "pair-3-b.gpkg")
    first = align(manifest, "--out", out, "--jobs", "2", **WAIT_FOR_LOCK)
    while "[3/4]" not in first.stderr.readline():
        assert first.poll() is None
    worker_at(first, tmp_path / "pair-3-b.gpkg")
    workers = psutil.Process(first.pid).children(recursive=True)
    first.send_signal(signal.SIGINT)
    printed, err = first.communicate()
    lock.close()
    assert first.returncode == 130
    assert printed == ""
    assert "to go on, call again" in err
    assert str(manifest) in err
    assert "Traceback" not in err
    assert psutil.wait_procs(workers, timeout=60)[1] == []
    assert not (out / "batch.json").exists()
    second = roadalign.batch(manifest, out=out)
    assert second.pairs["kept"].tolist() == [True, True, True, False]
    assert content_of(out) == content_of(done[0] / "out")


def test_a_name_is_only_ever_text(tmp_path):
    row = write_pair(tmp_path, "attack", alone=0, names=[HOSTILE, "=1+1"])
    row["name_a"] = HOSTILE
    found = roadalign.batch(
        [{**row, **{key: str(tmp_path / row[key]) for key in ("plan_a", "plan_b", "boundary")}}],
        out=tmp_path / "out",
    )
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert found.pairs["name_a"].tolist() == [HOSTILE]
    assert "<img" not in page.split('id="data">')[1].split("</script>")[0]


def test_no_processes_at_all_is_told(four_pairs, tmp_path):
    """With too little memory a worker cannot even begin."""
    manifest, _ = four_pairs
    with pytest.raises(InputError) as caught:
        roadalign.batch(manifest, out=tmp_path / "out", runner="processes", jobs=1, memory_mb=1)
    assert caught.value.key == "no_worker"
