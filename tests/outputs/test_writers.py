"""One entry a file: whoever enters one has done all that its folder needs."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadalign.cli import align
from roadalign.errors import InputError
from roadalign.outputs import writers
from roadalign.outputs.file_sets import FileSet, OutputFile, as_text
from roadalign.outputs.run_ids import NO_ROWS, read_run_of_json
from roadalign.outputs.writers import (
    BATCH,
    BATCH_COSTS,
    CHECK,
    COMPARISON,
    PAIR_MARK,
)

ROOT = Path(__file__).parents[2]
CASE = ROOT / "tests" / "cases" / "G02" / "offset-of-8-m"
SETS = (CHECK, COMPARISON, BATCH, BATCH_COSTS, PAIR_MARK)


def make_summary(result, options):
    """A report as somebody may add one."""
    counts = dict(result.summary["verdicts"])
    return json.dumps({"run": result.run["id"], "lang": options.lang, **counts})


SUMMARY = OutputFile("summary.json", "table", as_text(make_summary), read_run_of_json)


@pytest.fixture
def with_summary(monkeypatch):
    """The registry with one more entry, and nothing else."""
    monkeypatch.setattr(writers, "CHECK", dataclasses.replace(CHECK, files=(*CHECK.files, SUMMARY)))


def check(folder, *more):
    words = [f"{CASE}/a.geojson", f"{CASE}/b.geojson", "--boundary", f"{CASE}/boundary.geojson"]
    return CliRunner().invoke(align, ["check", *words, "-o", str(folder), *more])


@pytest.mark.usefixtures("with_summary")
def test_a_file_entered_is_written_counted_and_listed_with_the_others(tmp_path):
    ran = check(tmp_path / "out", "--json")
    assert ran.exit_code == 0, ran.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {*CHECK.names, "summary.json"}
    assert set(json.loads(ran.stdout)["files"]) == names
    own = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["run"]["id"]
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8")) == {
        "run": own,
        "lang": "en",
        **json.loads(ran.stdout)["summary"]["verdicts"],
    }
    assert writers.CHECK.is_complete(tmp_path / "out")
    (tmp_path / "out" / "summary.json").unlink()
    assert not writers.CHECK.is_complete(tmp_path / "out")


@pytest.mark.usefixtures("with_summary")
@pytest.mark.parametrize("beside", ["alone", "beside_a_run"])
def test_a_file_entered_never_overwrites_one_of_somebody_else(tmp_path, monkeypatch, beside):
    out = tmp_path / "out"
    out.mkdir()
    if beside == "beside_a_run":
        with monkeypatch.context() as before:
            before.setattr(writers, "CHECK", CHECK)
            assert check(out, "-q").exit_code == 0
    (out / "summary.json").write_text("mine", encoding="utf-8")
    before_it = {path.name: path.read_bytes() for path in out.iterdir()}
    ran = check(out, "-q")
    assert isinstance(ran.exception, InputError)
    assert ran.exception.key == "foreign_files"
    assert ran.exception.values["files"] == "summary.json"
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before_it
    assert check(out, "-q", "--force").exit_code == 0
    assert check(out, "-q").exit_code == 0  # now its own
    assert (out / "summary.json").read_text(encoding="utf-8") != "mine"


@pytest.mark.usefixtures("with_summary")
def test_a_file_entered_is_known_where_it_is_of_another_run(tmp_path, monkeypatch):
    for name, time in (("one", "1772352000"), ("two", "1772438400")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", time)
        assert check(tmp_path / name, "-q").exit_code == 0
    assert writers.find_mixed_files(tmp_path / "one") == []
    (tmp_path / "two" / "summary.json").replace(tmp_path / "one" / "summary.json")
    assert writers.find_mixed_files(tmp_path / "one") == ["summary.json"]
    ran = check(tmp_path / "new", "-q", "--since", str(tmp_path / "one"))
    assert "summary.json" in ran.stderr


def test_every_file_says_which_run_it_is_of(made_result, tmp_path):
    CHECK.write(made_result, tmp_path, lang="en", force=False)
    own = CHECK.read_run(tmp_path / CHECK.record)
    assert own not in {None, NO_ROWS}
    assert {CHECK.read_run(tmp_path / name) for name in CHECK.names} == {own}


@pytest.mark.parametrize("content", [b"", b"mine", b"\xff\xfe\x00", b"PK\x03\x04"])
@pytest.mark.parametrize("files", SETS, ids=lambda files: files.record)
def test_what_is_no_file_of_ours_has_no_run_and_is_refused(files, content, tmp_path):
    for name in files.names:
        (tmp_path / name).write_bytes(content)
        assert files.read_run(tmp_path / name) is None
        with pytest.raises(InputError) as problem:
            files.refuse_foreign(tmp_path, force=False)
        assert problem.value.key == "foreign_files"
        (tmp_path / name).unlink()


def test_a_set_has_one_record_and_no_name_twice():
    record = CHECK.files[0]
    with pytest.raises(ValueError, match="two files have one name"):
        FileSet("check", (record, dataclasses.replace(SUMMARY, name=record.name)))
    with pytest.raises(ValueError, match="one file is the record"):
        FileSet("check", (SUMMARY,))


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_names_every_file(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    for files in (CHECK, COMPARISON, BATCH, BATCH_COSTS):
        assert [name for name in files.names if f"`{name}`" not in text] == []
    rows = [line for line in text.splitlines() if re.match(r"\| `(report\.json|map\.html)", line)]
    table = text[text.index(rows[0]) :].split("\n\n")[0]
    listed = re.findall(r"`([\w.]+)`", "\n".join(row.split("|")[1] for row in table.splitlines()))
    assert sorted(listed) == sorted(CHECK.names)
