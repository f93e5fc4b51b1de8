"""What ``align inspect`` says: the page, the terminal, the JSON."""

from __future__ import annotations

import html
import json
import re
import tomllib
from html.parser import HTMLParser

import geopandas as gpd
import msgspec
import pytest
from rich.cells import cell_len
from shapely import LineString

from roadalign.errors import InputError
from roadalign.model.inspection import LayerReport
from roadalign.outputs.inspection import (
    inspection_page,
    inspection_record,
    inspection_text,
    write_page,
)
from roadalign.plans.inspection import inspect

SCRIPT = "<script>document.title='x'</script>"
ESCAPE = "\x1b[2J\x1b]0;x\x07"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Reports of a layer whose file, layer, fields and texts attack, and of one that is absent."""
    path = tmp_path_factory.mktemp("hostile") / "<i>道路.gpkg"
    fields = {
        "建设状态": [SCRIPT, f"{ESCAPE}{{x}}", "规划"],
        f"{SCRIPT}": ["1", "2", "3"],
        f'"]{ESCAPE}': ["1", "2", "3"],
    }
    lines = [LineString([(6e5, 3.4e6 + i), (6e5 + 900, 3.4e6 + i)]) for i in range(3)]
    gpd.GeoDataFrame(fields, geometry=lines, crs=4549).to_file(path, layer="other")
    gpd.GeoDataFrame(fields, geometry=lines, crs=4549).to_file(path, layer="plain")
    return inspect([path, f"absent{ESCAPE}{SCRIPT}.shp"])


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_holds_no_script_and_asks_for_nothing(hostile, lang):
    page = inspection_page(hostile, side="a", lang=lang)
    assert "<script" not in page.lower()
    assert "&lt;script&gt;document.title=&#x27;x&#x27;&lt;/script&gt;" in page
    assert "&lt;i&gt;道路" in page
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", page)
    seen = Tags()
    seen.feed(page)
    assert not seen.tags & {"script", "b", "i", "img", "link", "iframe", "a", "form", "base"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert not seen.attributes & {"src", "href", "action", "srcset"}
    assert "default-src 'none'" in html.unescape(page)
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in page
    assert ("程序对图层的理解" in page) == (lang == "zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [10, 80, 200])
def test_the_terminal_is_not_steered_and_nothing_is_cut(hostile, lang, width):
    said = inspection_text(hostile, side="a", lang=lang, width=width)
    assert all(letter.isprintable() or letter == "\n" for letter in said)
    head, _, lines = said.partition("\n[a.values.status]")
    reports, _, _ = head.partition("align.toml" if lang == "en" else "写入 align.toml")
    assert max(cell_len(line) for line in reports.splitlines()) <= max(width, 60)
    assert head.count("…") == 4  # those between the numbers of two extents
    assert SCRIPT in lines


def test_the_lines_on_the_terminal_are_those_of_the_json(hostile):
    record = inspection_record(hostile, side="b", lang="en", version="1")
    said = inspection_text(hostile, side="b", lang="en", width=80)
    assert said.endswith(record["align_toml"].rstrip("\n"))
    meant = tomllib.loads(record["align_toml"])
    # The texts are compared as they stand in the file, escapes and all.
    assert set(meant["b"]["values"]["status"]) == {SCRIPT, f"{ESCAPE}{{x}}"}


def test_the_json_has_every_key_and_comes_back_as_it_was(hostile):
    record = json.loads(json.dumps(inspection_record(hostile, side="a", lang="en", version="1.2")))
    assert [*record] == [
        "program",
        "version",
        "inspection_version",
        "side",
        "layers",
        "align_toml",
    ]
    assert [*record["layers"][0]] == [*LayerReport.__struct_fields__]
    assert [*record["layers"][-1]] == [*LayerReport.__struct_fields__]
    assert msgspec.convert(record["layers"], list[LayerReport]) == hostile


def test_what_was_found_is_said(hostile):
    said = " ".join(inspection_text(hostile, side="a", lang="en", width=100).split())
    for sentence in (
        "3 features, 3 lines, 2.7 km",
        "EPSG:4549 (CGCS2000 / 3-degree Gauss-Kruger CM 120E), stated by the file",
        "status 建设状态 its name 100% 33%",
        "Features: 2; different texts: 2.",
        "This layer cannot be used: There is no such file or folder.",
    ):
        assert sentence in said
    assert "{" not in said.replace("{x}", "")


def test_shares_say_all_and_none_only_of_all_and_none():
    texts = ["规划"] * 299 + ["在册"]
    lines = [LineString([(6e5, 3.4e6 + i), (6e5 + 9, 3.4e6 + i)]) for i in range(300)]
    reports = inspect(gpd.GeoDataFrame({"状态": texts}, geometry=lines, crs=4549))
    assert "99%" in inspection_text(reports, side="a", lang="en", width=80)


def test_pages_of_others_are_not_overwritten(tmp_path):
    own, other = tmp_path / "own.html", tmp_path / "other.html"
    page = inspection_page([], side="a", lang="en")
    write_page(page, own, force=False)
    write_page(page, own, force=False)
    assert own.read_text(encoding="utf-8") == page
    other.write_text("<html>minutes</html>")
    with pytest.raises(InputError) as problem:
        write_page(page, other, force=False)
    assert problem.value.key == "foreign_page"
    assert other.read_text() == "<html>minutes</html>"
    write_page(page, other, force=True)
    assert other.read_text(encoding="utf-8") == page
    with pytest.raises(InputError) as problem:
        write_page(page, tmp_path / "absent" / "x.html", force=False)
    assert problem.value.key == "cannot_write_page"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.html", "own.html"]
