"""What the two READMEs and CONTRIBUTING say of files and scripts is what is there."""

import re
from pathlib import Path

import pytest

from roadalign.formats.recognition import listed_suffixes
from roadalign.formats.sources import OSM_SUFFIXES

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
