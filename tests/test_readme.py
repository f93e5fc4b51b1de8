"""What the two READMEs and CONTRIBUTING say of files and scripts is what is there."""

import re
import tomllib
from pathlib import Path

import pytest

from roadalign.formats.recognition import listed_suffixes
from roadalign.formats.sources import OSM_SUFFIXES
from roadalign.model.words import Change, RoadState, Verdict
from roadalign.settings import parse_settings
from roadalign.standards import table

HOME = Path(__file__).parent.parent
LISTED = {
    "README.md": "files with these endings are read",
    "README.zh.md": "规划文件只读取下列扩展名",
}


@pytest.mark.parametrize(("name", "begin"), LISTED.items())
def test_the_endings_that_are_read_are_listed(name, begin):
    text = (HOME / name).read_text("utf-8")
    assert text.count(begin) == 1
    paragraph = text[text.index(begin) :].partition("\n\n")[0].partition("```")[0]
    endings = re.findall(r"`(\.[\w.]+)`", paragraph)
    assert sorted(endings) == sorted({*listed_suffixes(), *OSM_SUFFIXES})


@pytest.mark.parametrize("name", LISTED)
def test_the_settings_that_are_shown_are_settings(name):
    text = (HOME / name).read_text("utf-8")
    (shown,) = re.findall(r"^```toml\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    settings = parse_settings(tomllib.loads(shown), where=name)
    assert settings.a.complete
    assert settings.a.defaults["horizon"] == 2035
    stated = tomllib.loads(shown)["limits"]
    assert stated == {name: table("limits")[name]["value"] for name in stated}


@pytest.mark.parametrize("name", [*LISTED, "docs/glossary.md"])
def test_verdicts_states_and_changes_are_explained(name):
    text = (HOME / name).read_text("utf-8")
    chinese = name == "README.zh.md"
    for word in Verdict:
        assert f"`{word}`" in text
    if not chinese:
        assert [word for word in RoadState if f"`{word}`" not in text] == []
    if name.startswith("README"):
        words = set(Change) - ({Change.GONE} if chinese else set())
        assert [word for word in words if f"`{word}`" not in text] == []


@pytest.mark.parametrize("name", LISTED)
def test_it_is_said_that_other_drivers_are_gone(name):
    text = (HOME / name).read_text("utf-8")
    assert re.search(r"GDAL drivers that are not listed|未列入 .{1,80} 的 GDAL 驱动", text)


def test_the_scripts_that_are_named_are_there_and_know_their_options():
    text = (HOME / "CONTRIBUTING.md").read_text("utf-8")
    for script in set(re.findall(r"`(scripts/\w+\b)(?!/)", text)):
        assert (HOME / script).is_file(), script
    calls = re.findall(r"`scripts/bench (\w+)((?: --[a-z-]+)?)", text)
    assert {"mutants", "kill"} <= {name for name, _ in calls}
    for name, option in calls:
        folder = HOME / "scripts" / "benchmarks" / name
        sources = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
        assert sources, name
        assert option.strip() in sources, (name, option)
