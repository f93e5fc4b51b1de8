"""``--since`` and ``align compare`` on the command line."""

import contextlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadalign.cli import align as group
from roadalign.errors import InputError

CASES = Path(__file__).resolve().parents[1] / "cases"
CASE, MEETS = CASES / "G02/offset-of-35-m", CASES / "aligned/two-roads-meet"
NAMES = ("--names", "south,north")


@dataclass
class Ran:
    returncode: int
    stdout: str
    stderr: str


def align(*words, folder):
    with contextlib.chdir(folder):
        ran = CliRunner().invoke(group, list(map(str, words)), standalone_mode=False)
    if isinstance(ran.exception, InputError):
        return Ran(2, ran.stdout, ran.exception.render("en"))
    if ran.exception:
        raise ran.exception
    return Ran(ran.return_value or 0, ran.stdout, ran.stderr)


def check(case, *words, folder):
    layers = [case / "a.geojson", case / "b.geojson"]
    return align("check", *layers, "--boundary", case / "boundary.geojson", *words, folder=folder)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("ALIGN_LANG", "en")


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two runs of one boundary: first the two roads are 35 m apart, then they meet."""
    folder = tmp_path_factory.mktemp("runs")
    for case, out in ((MEETS, "meets"), (CASE, "apart")):
        ran = check(case, "-q", "-o", out, *NAMES, folder=folder)
        assert ran.returncode == 0, ran.stderr
    return folder


def report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def ids(folder):
    return [row["id"] for row in report(folder)["docking_points"]]


def test_a_run_may_follow_the_one_in_its_own_folder(tmp_path):
    words = ("--since", "align-out", *NAMES)
    first = check(CASE, *words, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "the first run" in first.stderr
    before = ids(tmp_path / "align-out")
    second = check(CASE, *words, folder=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "the first run" not in second.stderr
    assert ids(tmp_path / "align-out") == before
    changes = {row["change"] for row in report(tmp_path / "align-out")["docking_points"]}
    assert changes == {"same"}


def test_a_jump_and_other_names_are_told_on_stderr(runs, tmp_path):
    ran = check(CASE, "-q", "--since", runs / "meets", "--names", "east,west", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "compares south, north, this one east, west" in ran.stderr
    assert report(tmp_path / "align-out")["run"]["since"]["jump"]  # its one point is changed
    assert "More than half" in ran.stderr
    calm = check(MEETS, "--since", runs / "meets", *NAMES, "-o", "calm", folder=tmp_path)
    assert "More than half" not in calm.stderr
    assert "this one" not in calm.stderr
    assert "same 1" in calm.stdout


def test_an_earlier_run_that_is_not_there_is_an_error_and_nothing_is_written(tmp_path):
    ran = check(CASE, "--since", "march", folder=tmp_path)
    assert ran.returncode == 2
    assert "march" in ran.stderr
    assert not (tmp_path / "align-out").exists()


@pytest.mark.parametrize("content", ["{}", '{"run": {"program": "roadalign"}}', "[", "[1]"])
def test_what_is_no_report_is_refused(content, tmp_path):
    (tmp_path / "report.json").write_text(content, encoding="utf-8")
    ran = check(CASE, "--since", "report.json", folder=tmp_path)
    assert ran.returncode == 2
    assert "not a report of this program" in ran.stderr
    assert align("compare", ".", ".", folder=tmp_path).returncode == 2


def test_two_runs_are_compared_in_text_json_and_files(runs, tmp_path):
    words = ("compare", runs / "meets", runs / "apart")
    told = align(*words, "-o", "found", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "What south changed near the boundary" in told.stdout
    said = json.loads(align(*words, "--json", folder=tmp_path).stdout)
    written = json.loads((tmp_path / "found" / "comparison.json").read_text(encoding="utf-8"))
    assert said == written
    assert said["names"] == ["south", "north"]
    with closing(sqlite3.connect(tmp_path / "found" / "comparison.gpkg")) as file:
        names = {row[0] for row in file.execute("SELECT table_name FROM gpkg_contents")}
    assert {"docking_points", "changed_new", "changed_old", "gone", "approaches"} <= names
    before = {path.name: path.read_bytes() for path in (tmp_path / "found").iterdir()}
    again = align(*words, "-o", "found", folder=tmp_path)
    assert again.returncode == 0  # its own files are replaced
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "found").iterdir()}
    assert set(before) == {"comparison.json", "comparison.gpkg", "comparison.html"}


def test_the_exit_code_says_whether_there_is_what_is_asked_for(runs, tmp_path):
    def code(old, new, what):
        return align(
            "compare", runs / old, runs / new, "-q", "--fail-on", what, folder=tmp_path
        ).returncode

    assert code("meets", "apart", "new-mismatch") == 1
    assert code("apart", "meets", "new-mismatch") == 0
    assert code("meets", "apart", "any") == 1
    assert code("apart", "apart", "any") == 0
    assert code("apart", "apart", "reopened") == 0


def test_foreign_files_are_not_overwritten(runs, tmp_path):
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / "comparison.html").write_text("mine", encoding="utf-8")
    ran = align("compare", runs / "meets", runs / "apart", "-o", "found", folder=tmp_path)
    assert ran.returncode == 2
    assert (tmp_path / "found" / "comparison.html").read_text(encoding="utf-8") == "mine"


@pytest.mark.browser
def test_the_page_shows_both_states_without_a_network(runs, tmp_path, chromium):
    align("compare", runs / "meets", runs / "apart", "-o", "found", folder=tmp_path)
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto((tmp_path / "found" / "comparison.html").as_uri())
    page.wait_for_selector("#panel h2")
    found = json.loads((tmp_path / "found" / "comparison.json").read_text(encoding="utf-8"))
    differing = [row["id"] for row in found["points"] if row["change"] != "same"]
    assert page.locator("[data-entry]").count() == len(differing)
    page.locator(f'[data-entry="{differing[0]}"]').click()
    assert differing[0] in page.locator("#panel").inner_text()
    page.keyboard.press("Escape")
    page.locator('#languages [lang="zh"]').click()
    assert "变化" in page.locator("#panel h2").inner_text()
    assert faults == []
    context.close()
