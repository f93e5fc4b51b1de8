"""index.html of a batch: one file, no network, values only ever as text, links that lead somewhere."""

import html
import re
from urllib.parse import unquote, urlsplit

import pytest
from made_batches import HOSTILE, made_batch

from roadalign.outputs.index import render


@pytest.fixture(scope="module")
def index_file(tmp_path_factory):
    """Three boundaries and a failure, with the files that the page links to."""
    folder = tmp_path_factory.mktemp("index")
    record, reports = made_batch()
    for pair in reports:
        home = folder / "pairs" / pair
        home.mkdir(parents=True)
        (home / "map.html").write_text("the map", encoding="utf-8")
    path = folder / "index.html"
    path.write_text(
        render(record, reports, lang="zh", folder="pairs", page="map.html"), encoding="utf-8"
    )
    return path


def test_nothing_is_loaded_from_anywhere(index_file):
    text = index_file.read_text(encoding="utf-8")
    # what Leaflet's own script says of itself is text; its attribution is switched off
    assert set(re.findall(r'(?:src|href)\s*=\s*"?https?://([\w.]+)', text)) <= {"leafletjs.com"}
    assert set(re.findall(r"url\(\s*['\"]?(?!data:)([^)]+)\)", text)) <= {"#default#VML"}
    assert "default-src 'none'" in html.unescape(text)
    assert "<link" not in text
    assert "<" not in text.split('id="data">')[1].split("</script>")[0]
    record, reports = made_batch()
    assert render(record, reports, lang="zh", folder="pairs", page="map.html") == text


@pytest.fixture
def index(opened, index_file):
    return opened(index_file, ready=".wide tbody tr")


def texts(page, where):
    return [" ".join(text.split()) for text in page.locator(where).all_inner_texts()]


@pytest.mark.browser
def test_boundaries_and_points_are_ranked(index):
    assert texts(index, "[data-pair] th a") == ["a 南 #1", "b-half", "c-all"]
    assert texts(index, "[data-pair] td.rate") == ["25%", "50%～75%", "100%"]
    assert texts(index, "[data-pair] td.class") == ["25%", "50%～75%", "100%"]
    assert texts(index, "tfoot td.rate") == ["58%～67%"]
    # priority 10 k + pair: the roads without a counterpart, highest first, then
    # the one that waits for data, then the others
    ids = index.locator("#points li").evaluate_all("all => all.map(one => one.dataset.point)")
    assert ids[:5] == ["DP-13", "DP-03", "DP-02", "DP-01", "DP-12"]
    assert len(ids) == 12
    index.click('[data-sort="rate"]')
    assert texts(index, "[data-pair] th a") == ["c-all", "b-half", "a 南 #1"]
    index.click('[data-sort="name"]')
    assert texts(index, "[data-pair] th a") == ["a 南 #1", "b-half", "c-all"]
    assert texts(index, '[data-total="open"] dd')[0] == "4"
    assert texts(index, '[data-total="waiting"] dd')[0] == "1"
    assert texts(index, "#rate") == ["对接率 58%～67% · 贯通率 58%"]


@pytest.mark.browser
def test_what_was_not_compared_is_said_first(opened, index, tmp_path):
    assert index.locator("#left-out").is_hidden()
    record, reports = made_batch()
    aspects = record["summary"]["aspects"]
    record["summary"]["aspects"] = aspects | {"timing": aspects["timing"] | {"left_out": 3}}
    path = tmp_path / "index.html"
    path.write_text(
        render(record, reports, lang="zh", folder="pairs", page="map.html"), encoding="utf-8"
    )
    page = opened(path, ready=".wide tbody tr")
    assert "按设置未比较：时序" in page.inner_text("#left-out")
    above = page.locator("#left-out").bounding_box()["y"]
    assert above < page.locator("#rate").bounding_box()["y"]


@pytest.mark.browser
def test_every_link_leads_to_a_file(index, index_file):
    links = index.locator(".results a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) == 3 + 12
    for link in links:
        assert (index_file.parent / unquote(urlsplit(link).path)).is_file(), link
    assert (
        index.locator('[data-point="DP-03"] a').get_attribute("href")
        == "pairs/a%20%E5%8D%97%20%231/map.html#DP-03"
    )


@pytest.mark.browser
def test_filters_leave_what_they_say(index):
    index.select_option("#filter-verdict", "undetermined")
    assert texts(index, "#points li .pair-named") == ["b-half"]
    assert texts(index, "#points .what b") == ["资料不全"]  # no severity is known of it
    index.select_option("#filter-verdict", "open")
    assert index.locator("#points li").count() == 4
    assert texts(index, "[data-pair] th a") == ["a 南 #1", "b-half"]
    assert index.locator("#failed").is_hidden()
    index.fill("#filter-text", "settle 13")
    assert texts(index, "#points li .pair-named") == ["b-half"]
    index.click("#reset")
    index.select_option("#filter-severity", "ok")
    assert index.locator("#points li").count() == 8
    index.click("#reset")
    index.click('[data-pair="b-half"] .pick')
    assert index.input_value("#filter-pair") == "1"
    assert index.locator("#points li").count() == 4
    index.fill("#filter-text", "nothing of this name")
    assert index.locator("#points li").count() == 0
    index.click("#reset")
    assert index.locator("#points li").count() == 12


@pytest.mark.browser
def test_a_click_on_the_map_chooses_a_boundary(index):
    box = index.locator("#map").bounding_box()
    # the second of three parallel lines, fitted to the height of the map
    index.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert index.input_value("#filter-pair") == "1"


@pytest.mark.browser
def test_failures_are_told_and_names_are_text(index):
    assert HOSTILE in index.inner_text('[data-failed="d-broken"]')
    assert "去找" in index.inner_text('[data-failed="d-broken"] .remedy')
    assert HOSTILE in index.inner_text('[data-pair="b-half"] .sides-named')
    assert HOSTILE in index.inner_text('[data-point="DP-00"]')
    assert index.locator("img").count() == 0
    assert index.title() != "1"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1440])
def test_both_languages_are_complete_at_any_width(opened, index_file, width):
    page = opened(index_file, width=width, height=740, ready=".wide tbody tr")
    for lang, word, other in (
        ("en", "Not checked: 1", "未能检查"),
        ("zh", "未能检查：1", "Not checked"),
    ):
        page.click(f'button[lang="{lang}"]')
        assert page.get_attribute("html", "lang") == lang
        shown = page.inner_text("body")
        assert word in shown
        for wrong in (other, "undefined", "[object", "NaN"):
            assert wrong not in shown
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#map").bounding_box()["height"] > 200
