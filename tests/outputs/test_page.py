"""The one place where pages are put together: what is in them, and what their policy lets run."""

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser

import pytest
from hostile import TEXTS, boundary, plan
from made_batches import made_batch

import roadalign
from roadalign.errors import InputError
from roadalign.model.basemap import Basemap
from roadalign.outputs.comparison.page import render as render_comparison
from roadalign.outputs.index import render as render_index
from roadalign.outputs.inspection import inspection_page
from roadalign.outputs.map import render
from roadalign.outputs.map.skeleton import skeleton
from roadalign.outputs.page import compose, policy
from roadalign.plans.inspection import inspect


class Parts(HTMLParser):
    """Collects scripts, styles and attributes as a browser takes them."""

    def __init__(self):
        super().__init__()
        self.open, self.scripts, self.styles = None, [], []
        self.blocks, self.attributes, self.policies = [], set(), []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.attributes |= set(given)
        if tag == "script":
            kind = given.get("type")
            self.open = self.blocks if kind == "application/json" else self.scripts
        elif tag == "style":
            self.open = self.styles
        elif given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        if self.open is not None and tag in {"script", "style"}:
            self.open.append("")

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.open[-1] += data


def parts_of(page):
    found = Parts()
    found.feed(page)
    found.close()
    return found


def source(text):
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def all_pages():
    """Return every page there is, made of hostile texts, by name."""
    plans = plan(side="a"), plan(side="b")
    result = roadalign.check(*plans, boundary=boundary())
    less = roadalign.check(plans[0].iloc[2:], plans[1], boundary=boundary())
    record, reports = made_batch()
    return {
        "map": render(result, lang="en"),
        "comparison": render_comparison(roadalign.compare(result, less), lang="en"),
        "index": render_index(record, reports, lang="zh", folder="pairs", page="map.html"),
        "inspection": inspection_page(inspect(plans[0]), side="a", lang="zh"),
    }


@pytest.fixture(scope="module")
def pages():
    return all_pages()


@pytest.mark.parametrize("name", ["map", "comparison", "index", "inspection"])
def test_the_policy_names_exactly_the_scripts_and_styles_of_the_page(pages, name):
    found = parts_of(pages[name])
    (said,) = found.policies
    rules = {rule.split()[0]: rule.split()[1:] for rule in said.split("; ")}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules.get("script-src", []) == list(map(source, found.scripts))
    assert rules["style-src"] == list(map(source, found.styles))
    assert rules.get("img-src", ["data:"]) == ["data:"]
    assert set(rules) <= {
        "default-src",
        "script-src",
        "style-src",
        "img-src",
        "base-uri",
        "form-action",
    }
    assert "unsafe" not in said
    assert not [one for one in found.attributes if one == "style" or one.startswith("on")]
    assert len(found.scripts) == {"map": 4, "comparison": 4, "index": 2, "inspection": 0}[name]
    # the policy stands before all that it speaks of
    first = min(pages[name].find(tag) % len(pages[name]) for tag in ("<style", "<script", "<title"))
    assert pages[name].index("Content-Security-Policy") < first


@pytest.mark.parametrize("name", ["map", "comparison"])
def test_data_is_one_block_that_ends_where_it_should(pages, name):
    (block,) = parts_of(pages[name]).blocks
    assert not set("<>&") & set(block)
    assert {*TEXTS} <= set(re.findall(r"[^\x00]+", "\x00".join(strings(json.loads(block)))))


def strings(value):
    """Return all texts in plain data."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in strings(one)]


def test_the_same_input_gives_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772352000")
    skeleton.cache_clear()
    assert all_pages() == all_pages()


@pytest.mark.parametrize("text", TEXTS)
def test_titles_and_facts_are_escaped(text):
    page = compose(title=text, lang="en", body="", styles=[], meta={text: text}, data={text: text})
    assert html.unescape(page.split("<title>")[1].split("</title>")[0]) == text
    found = parts_of(page)
    assert json.loads(found.blocks[0]) == {text: text}
    assert found.attributes == {"lang", "charset", "http-equiv", "content", "name", "type", "id"}


@pytest.mark.parametrize(
    "text", ["a </script> b", "</STYLE>", "<!-- <script>", "a\r\nb", "a\0b", "</script\n>"]
)
def test_a_script_or_style_that_a_browser_would_read_otherwise_is_refused(text):
    for kind in ("styles", "scripts"):
        with pytest.raises(ValueError, match=r".+"):
            policy(**{kind: ["fine", text]})
    assert policy(styles=["b < c", "//"], scripts=["a </ b"])


@pytest.mark.parametrize(
    "origin",
    ["https://a.org;", "https://a.org 'unsafe-inline'", "*", "data:", "https://*.a.org", "https://a.org/",
     "javascript:x", "https://a.org\n"],
)  # fmt: skip
def test_only_plain_origins_come_into_the_policy(origin):
    assert "img-src data: https://a.org;" in policy(images=["https://a.org"])
    with pytest.raises(ValueError, match=r".+"):
        policy(images=["https://b.org", origin])


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("javascript:alert(1)//{z}{x}{y}", ""),
        ("data:image/png,{z}{x}{y}", ""),
        ("file:///{z}/{x}/{y}", ""),
        ("//a.org/{z}/{x}/{y}", ""),
        ("https://a.org;/{z}/{x}/{y}", ""),
        ("https://a.org\\@b.org/{z}/{x}/{y}", ""),
        ("https://a.org/\\{z}/{x}/{y}", ""),
        ("https://a.org/{z}\n/{x}/{y}", ""),
        ("https://{s}/{z}/{x}/{y}", "a.org 'unsafe-inline'"),
        ("https://{s}.org/{z}/{x}/{y}", "a.org; script-src *; x"),
    ],
)
def test_tiles_come_from_plain_web_addresses_alone(url, host):
    assert Basemap(("https://{s}.a.org/{z}/{x}/{y}",), ("t",), "wgs84", 19, "x").origins == (
        "https://t.a.org",
    )
    with pytest.raises(InputError) as refused:
        Basemap((url,), (host,), "wgs84", 19, "x")
    assert refused.value.key == "basemap_unknown"


def test_halves_of_letters_become_the_sign_for_them():
    page = compose(title="a\udcffb", lang="en", body="\ud83d", styles=[], data=["\udc80", "𠀀"])
    assert page.encode("utf-8")
    assert "a\ufffdb" in page
    assert json.loads(parts_of(page).blocks[0]) == ["\ufffd", "𠀀"]
