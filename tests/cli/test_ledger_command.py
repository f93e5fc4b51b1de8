"""``align ledger`` and ``align check --ledger`` as processes."""

import csv
import io
import json
import os

import jsonschema
import pytest
from test_command_line import CASE, check

from roadalign.model.records import report_schema
from warm_processes import align

ROADS = ["甲路", "乙路"]
LOOK = ("docking_points.csv", "docking_points.geojson")


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    assert check(CASE, "--names", "south,north", "-q", folder=folder).returncode == 0
    return folder / "align-out"


@pytest.fixture
def ran(run_folder):
    """One mismatched point, as the report of its run has it."""
    return json.loads((run_folder / "report.json").read_text(encoding="utf-8"))


@pytest.fixture
def point(ran):
    (row,) = ran["docking_points"]
    return row["id"]


def minutes_of(record, point, **values):
    entry = {
        "id": point, "decision": "agreed", "stage": None, "responsible_a": "南局",
        "responsible_b": "", "due": None, "note": "", "updated": "2026-03-01T08:00:00Z",
        "chainage_m": 1000, "lon": 121, "lat": 30.8, "roads": ROADS,
    }  # fmt: skip
    return {
        "format": "roadalign-minutes", "version": 1, "boundary": record["boundary"]["name"],
        "names": record["names"], "report_time": record["run"]["time"],
        "exported": "2026-03-01T10:00:00Z", "entries": [entry | values],
    }  # fmt: skip


def written(path, minutes):
    path.write_text(json.dumps(minutes), encoding="utf-8")
    return path


def again(folder, *words, **more):
    return check(CASE, "--names", "south,north", *words, folder=folder, **more)


def test_minutes_settle_a_point_and_nothing_else_changes(ran, run_folder, point, tmp_path):
    written(tmp_path / "minutes.json", minutes_of(ran, point))
    taken = align("ledger", "import", "minutes.json", "--ledger", "l.jsonl", folder=tmp_path)
    assert taken.returncode == 0, taken.stderr
    assert "1 new" in taken.stdout
    assert "decision: — → agreed" in taken.stdout
    told = again(tmp_path, "--ledger", "l.jsonl", "--out", "two")
    assert told.returncode == 0, told.stderr
    assert "settled by a decision: 1" in told.stdout
    assert "Unresolved" not in told.stdout
    now = json.loads((tmp_path / "two/report.json").read_text(encoding="utf-8"))
    assert jsonschema.Draft202012Validator(report_schema()).is_valid(now)
    assert now["docking_points"][0].pop("decision") == "agreed"
    assert now["summary"].pop("settled_by_decision") == 1
    assert now["summary"].pop("decisions") == {"agreed": 1}
    (kept,) = now["run"].pop("ledger")["entries"]
    assert (kept["id"], kept["responsible_a"], kept["place"]["roads"]) == (point, "南局", ROADS)
    assert now["run"]["settings"].pop("ledger") == "l.jsonl"
    # all else is as it was without the ledger
    assert ran["docking_points"][0].pop("decision") is None
    assert ran["summary"].pop("settled_by_decision") == 0
    assert ran["summary"].pop("decisions") == {}
    assert ran["run"].pop("ledger") is None
    assert ran["run"]["settings"].pop("ledger") is None
    for record in (ran, now):
        record["run"].pop("time")
        record["run"].pop("id")
    assert now == ran
    for name in LOOK:
        before, after = (
            (one / name).read_text("utf-8-sig") for one in (run_folder, tmp_path / "two")
        )
        assert before != after
    (row,) = csv.DictReader(
        io.StringIO((tmp_path / "two/docking_points.csv").read_text("utf-8-sig"))
    )
    assert row["decision"] == "agreed"


def test_what_is_to_do_stays_unresolved(ran, point, tmp_path):
    written(tmp_path / "minutes.json", minutes_of(ran, point, decision="to_do"))
    align("ledger", "import", "minutes.json", "-l", "l.jsonl", folder=tmp_path)
    words = ["decide", "DP-ZZZZZZ", "--decision", "agreed", "-l", "l.jsonl"]
    first = align("ledger", *words, folder=tmp_path)
    assert "nothing of this docking point before" in first.stdout
    told = again(tmp_path, "--ledger", "l.jsonl", lang="zh").stdout
    assert "台账 l.jsonl：待办 1；经决定已了结：0 处" in told
    assert "属于本次检查中没有的对接点：1 条（DP-ZZZZZZ）" in told
    (line,) = [one for one in told.splitlines() if one.strip().startswith(point)]
    assert line.endswith("待办")


def test_a_ledger_is_kept_from_the_command_line(tmp_path, run_folder, point):
    started = align("ledger", "start", run_folder, "-l", "l.jsonl", folder=tmp_path)
    assert started.returncode == 0, started.stderr
    words = ["--decision", "to_do", "--stage", "coordination", "--responsible-a", "南局"]
    words += ["--responsible-b", "北局", "--due", "2020-01-31", "--note", "先\x1b[2J测量\n后设计"]
    decided = align("ledger", "decide", point.lower(), *words, "-l", "l.jsonl", folder=tmp_path)
    assert decided.returncode == 0, decided.stderr
    align("ledger", "decide", point, "--stage", "none", "-l", "l.jsonl", folder=tmp_path)
    status = align("ledger", "status", "-l", "l.jsonl", folder=tmp_path).stdout
    assert "to do 1" in status
    assert "2020-01-31 !" in status  # past its day
    assert "北局" in status
    record = json.loads(
        align("ledger", "status", "--json", "-l", "l.jsonl", folder=tmp_path).stdout
    )
    (one,) = record["entries"]
    assert (one["id"], one["decision"], one["stage"]) == (point, "to_do", None)
    history = align("ledger", "history", point, "-l", "l.jsonl", folder=tmp_path, lang="zh").stdout
    assert history.count("align ledger decide") == 2
    assert "阶段: 协调" in history
    assert "\x1b" not in history
    steps = json.loads(
        align("ledger", "history", point, "--json", "-l", "l.jsonl", folder=tmp_path).stdout
    )
    assert [step["fields"].get("stage", "") for step in steps] == ["coordination", None]


def test_the_ledger_of_the_settings_file_is_taken(tmp_path, run_folder):
    assert (
        align(
            "init",
            CASE / "a.geojson",
            CASE / "b.geojson",
            "-b",
            CASE / "boundary.geojson",
            "--names",
            "south,north",
            folder=tmp_path,
        ).returncode
        == 0
    )
    config = tmp_path / "align.toml"
    text = config.read_text(encoding="utf-8")
    assert '# ledger = "ledger.jsonl"' in text
    config.write_text(text.replace("# ledger =", "ledger ="), encoding="utf-8")
    missing = align("check", "-q", folder=tmp_path)
    assert missing.returncode == 2
    assert "ledger.jsonl: There is no ledger here." in missing.stderr
    words = ["start", run_folder / "report.json"]
    assert align("ledger", *words, folder=tmp_path).returncode == 0
    ran = align("check", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Ledger ledger.jsonl: 0; settled by a decision: 0" in ran.stdout


def test_calls_that_are_wrong_change_nothing(tmp_path, run_folder, ran, point):
    align("ledger", "start", run_folder, "-l", "l.jsonl", folder=tmp_path)
    (tmp_path / "other.txt").write_text("a letter\n", encoding="utf-8")
    written(tmp_path / "minutes.json", minutes_of(ran, point))
    written(tmp_path / "bad.json", minutes_of(ran, point, due="soon"))
    written(tmp_path / "strange.json", minutes_of(ran, point) | {"boundary": "别处"})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    calls = [
        (["import", "minutes.json", "-l", "other.txt"], "This is not a ledger"),
        (["import", "bad.json", "-l", "l.jsonl"], "entries[0].due"),
        (["import", "minutes.json", "bad.json", "-l", "l.jsonl"], "entries[0].due"),
        (["import", "strange.json", "-l", "l.jsonl"], "another boundary"),
        (["import", "nowhere.json", "-l", "l.jsonl"], "no such file"),
        (["import", "bad.json", "-l", "new.jsonl"], "entries[0].due"),
        (["start", "-l", "l.jsonl"], "already"),
        (["start", "nowhere", "-l", "new.jsonl"], "nowhere"),
        (["decide", point, "-l", "l.jsonl"], "Nothing is said"),
        (["decide", point, "--decision", "perhaps", "-l", "l.jsonl"], "perhaps"),
        (["decide", point, "--due", "2026-02-30", "-l", "l.jsonl"], "is no day"),
        (["decide", "x", "--note", "y", "-l", "l.jsonl"], "DP-7K3Q9F"),
        (["decide", point, "--note", "y", "-l", "new.jsonl"], "There is no ledger here"),
        (["history", point, "-l", "l.jsonl"], "says nothing of this docking point"),
        (["status"], "No ledger is named"),
    ]
    for words, said in calls:
        call = align("ledger", *words, folder=tmp_path)
        assert call.returncode == 2, words
        assert said in call.stderr, words
        assert "Traceback" not in call.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_ledger_of_another_boundary_stops_a_check(tmp_path, ran, point):
    written(tmp_path / "minutes.json", minutes_of(ran, point))
    align("ledger", "import", "minutes.json", "-l", "l.jsonl", folder=tmp_path)
    other = check(CASE, "--names", "east,west", "--ledger", "l.jsonl", "-o", "new", folder=tmp_path)
    assert other.returncode == 2
    assert "another boundary" in other.stderr
    assert not (tmp_path / "new").exists()


def test_damaged_lines_are_named_and_the_rest_is_in_force(tmp_path, ran, point):
    written(tmp_path / "minutes.json", minutes_of(ran, point))
    align("ledger", "import", "minutes.json", "-l", "l.jsonl", folder=tmp_path)
    later = {
        "time": "9999-12-31T23:59:59.999Z", "kind": "decision", "id": point, "source": "x",
        "fields": {"decision": "rejected"},
    }  # fmt: skip
    path = tmp_path / "l.jsonl"
    torn = '{"time": "2026-'
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(later) + "\n" + torn)
    held = path.read_bytes()
    told = again(tmp_path, "--ledger", "l.jsonl", "-q", "-o", "new")
    assert told.returncode == 0, told.stderr
    assert (
        "l.jsonl: lines of the ledger that could not be read and were left out: 2 (3, 4)"
        in told.stderr
    )
    record = json.loads((tmp_path / "new/report.json").read_text(encoding="utf-8"))
    assert record["docking_points"][0]["decision"] == "agreed"
    kept = record["run"]["ledger"]
    assert (kept["left_out"], kept["lines_left_out"], kept["events"]) == ([3, 4], 2, 1)
    for words in (["status"], ["status", "--json"], ["history", point]):
        said = align("ledger", *words, "-l", "l.jsonl", folder=tmp_path, lang="zh")
        assert said.returncode == 0
        assert "l.jsonl:3: 台账的这一行已损坏" in said.stderr
        assert "l.jsonl:4: 台账的最后一行写到一半中断" in said.stderr
        assert point in said.stdout or words == ["history", point]
    listed = json.loads(
        align("ledger", "status", "--json", "-l", "l.jsonl", folder=tmp_path).stdout
    )
    assert [one["line"] for one in listed["left_out"]] == [3, 4]
    assert (
        "no time (YYYY-MM-DDTHH:MM:SSZ, 1900 to 2199) - at `$.time`"
        in listed["left_out"][0]["problem"]
    )
    assert path.read_bytes() == held
    # the next entry stands in a line of its own, after the one that was cut off
    done = align("ledger", "decide", point, "--decision", "to_do", "-l", "l.jsonl", folder=tmp_path)
    assert done.returncode == 0
    assert "line 4, which was cut off, was closed" in done.stderr
    assert path.read_bytes().startswith(held + b"\n{")
    status = align("ledger", "status", "-l", "l.jsonl", folder=tmp_path)
    assert "to do 1" in status.stdout
    taken = align("ledger", "import", "l.jsonl", "-l", "copy.jsonl", folder=tmp_path)
    assert taken.returncode == 0
    assert taken.stderr.count("is damaged and was left out") == 2
    assert "2 new" in taken.stdout


def test_many_damaged_lines_are_counted(tmp_path, run_folder):
    align("ledger", "start", run_folder, "-l", "l.jsonl", folder=tmp_path)
    with (tmp_path / "l.jsonl").open("a", encoding="utf-8") as file:
        file.write("<<<<<<<\n" * 13)
    said = align("ledger", "status", "-l", "l.jsonl", folder=tmp_path)
    assert said.returncode == 0
    assert said.stderr.count("is damaged") == 10
    assert "Further lines of the ledger that were left out: 3" in said.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--due", "2026-02-31"], "is no day"),
        (["--due", "0000-01-01"], "is no day"),
        (["--due", "9999-12-31"], "1900 to 2199"),
        (["--due", "2027-03-31\n"], "is no day"),
        (["--due", "20270331"], "is no day"),
        (["--note", "x" * 4001], "4000"),
    ],
)
def test_what_would_poison_a_ledger_is_not_written_down(words, said, tmp_path, run_folder, point):
    align("ledger", "start", run_folder, "-l", "l.jsonl", folder=tmp_path)
    before = (tmp_path / "l.jsonl").read_bytes()
    for id_ in (point, point + "\n"):
        call = align("ledger", "decide", id_, *words, "-l", "l.jsonl", folder=tmp_path)
        assert call.returncode == 2
        assert "Traceback" not in call.stderr
    named = align("ledger", "decide", point + "\n", "--note", "x", "-l", "l.jsonl", folder=tmp_path)
    assert named.returncode == 2
    call = align("ledger", "decide", point, *words, "-l", "l.jsonl", folder=tmp_path)
    assert said in call.stderr
    assert (tmp_path / "l.jsonl").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="names and pipes of POSIX")
def test_names_that_are_no_text_and_files_that_are_none(tmp_path, ran, point):
    odd = os.fsdecode(b"m\xff.json")
    refused = align("ledger", "import", odd, "-l", "l.jsonl", folder=tmp_path)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    name = "m\x07.json"
    written(tmp_path / name, minutes_of(ran, point, note="看过\x07"))
    taken = align("ledger", "import", name, "-l", "l.jsonl", folder=tmp_path)
    assert "Traceback" not in taken.stderr
    history = align("ledger", "history", point, "--json", "-l", "l.jsonl", folder=tmp_path)
    (event,) = json.loads(history.stdout)
    assert event["source"] == "m\ufffd.json"
    assert event["fields"]["note"] == "看过\ufffd"
    os.mkfifo(tmp_path / "pipe")
    for words in (["import", "pipe", "-l", "l.jsonl"], ["import", "/dev/zero", "-l", "l.jsonl"],
                  ["status", "-l", "pipe"], ["decide", point, "--note", "x", "-l", "/dev/zero"]):  # fmt: skip
        call = align("ledger", *words, folder=tmp_path)
        assert call.returncode == 2, words
        assert "a pipe, a device or a socket" in call.stderr
    stopped = again(tmp_path, "--ledger", "pipe", "-o", "new")
    assert stopped.returncode == 2
    assert "a pipe, a device or a socket" in stopped.stderr


@pytest.mark.parametrize("command", ["start", "import", "decide", "status", "history"])
def test_every_command_has_an_example_in_both_languages(command, tmp_path):
    for lang, word in (("en", "Example"), ("zh", "示例")):
        told = align("ledger", command, "--help", folder=tmp_path, lang=lang)
        assert told.returncode == 0
        assert word in told.stdout
        assert f"align ledger {command}" in told.stdout


@pytest.mark.browser
def test_from_the_page_into_the_ledger_and_back_onto_the_map(chromium, run_folder, tmp_path):
    page = chromium.new_context(offline=True).new_page()
    page.goto((run_folder / "map.html").as_uri())
    assert page.locator("#list h3").all_inner_texts() == ["Unresolved: 1"]
    page.click("button.entry")
    page.check("input[value=rejected]")
    page.fill("#minutes-note", "stays as it is")
    page.click(".back")
    page.click("#minutes summary")
    with page.expect_download() as download:
        page.click("#minutes-export")
    download.value.save_as(tmp_path / "minutes.json")
    page.context.close()
    taken = align("ledger", "import", "minutes.json", "-l", "l.jsonl", folder=tmp_path)
    assert taken.returncode == 0, taken.stderr
    assert again(tmp_path, "-q", "--ledger", "l.jsonl", "-o", "two").returncode == 0
    page = chromium.new_context(offline=True).new_page()  # that has seen nothing of it
    page.goto((tmp_path / "two" / "map.html").as_uri())
    assert page.locator("#list h3").all_inner_texts() == ["Settled by a decision: 1"]
    assert page.inner_text(".minutes-mark") == "rejected"
    page.click("button.entry")
    assert page.input_value("#minutes-note") == "stays as it is"
    assert "From the ledger" in page.inner_text("#minutes-state")
    # what the ledger says can be taken back here, and that goes out as an entry
    page.check("input[value=none]")
    page.fill("#minutes-note", "")
    page.click(".back")
    page.click("#minutes summary")
    with page.expect_download() as download:
        page.click("#minutes-export")
    (entry,) = json.loads(download.value.path().read_text(encoding="utf-8"))["entries"]
    assert (entry["decision"], entry["note"]) == (None, "")
    page.context.close()
