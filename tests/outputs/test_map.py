"""map.html: one file, no network, values only ever as text."""

import html
import re

import pytest
from map_pages import go_to, on_map

from roadalign.locales import catalogue
from roadalign.outputs.map import render
from roadalign.outputs.map.payload import ROOMS

POINT = "亭枫公路"


def test_nothing_is_loaded_from_anywhere(default_result):
    text = render(default_result, lang="en")
    # what Leaflet's own script says of itself is text; its attribution is switched off
    links = re.findall(r'(?:src|href)\s*=\s*"?https?://([\w.]+)', text)
    assert set(links) <= {"leafletjs.com"}
    assert "attributionControl: false" in text or '"attributionControl": false' in text
    # Leaflet's style sheet names a behaviour of browsers long gone, which is no address
    images = re.findall(r"url\(\s*['\"]?(?!data:)([^)]+)\)", text)
    assert all(one.startswith("#") for one in images)  # patterns of the page's own drawings
    assert "default-src 'none'" in html.unescape(text)
    assert "<link" not in text


def test_the_same_result_gives_the_same_page(default_result):
    assert render(default_result, lang="en") == render(default_result, lang="en")


def test_no_name_can_end_the_data_block(hostile_result):
    text = render(hostile_result, lang="en")
    block = text.split('id="data">')[1].split("</script>")[0]
    assert "<" not in block
    assert "onerror" in block


def test_no_key_stands_in_two_catalogues():
    keys = [key for room in ROOMS for key in catalogue("en", room)]
    assert len(keys) == len(set(keys))


@pytest.mark.browser
def test_a_click_on_a_point_shows_the_comparison(opened, page_file, default_result):
    page = opened(page_file)
    point = default_result.docking_points.set_index("a_name").loc[POINT]
    go_to(page, (point["lon"], point["lat"]), zoom=15)
    page.click(f'[data-id="{point["id"]}"]')
    page.wait_for_selector("table.sides")
    assert POINT in page.inner_text("#panel h2")
    speed = page.locator('tr[data-field="design_speed_kmh"] td')
    assert speed.all_inner_texts() == ["60 km/h", "80 km/h"]
    assert page.locator('tr[data-field="design_speed_kmh"] td.differs').count() == 2
    assert page.locator('tr[data-field="lanes"] td.differs').count() == 0
    assert page.locator(".findings li.mismatch").count() == 1


@pytest.mark.browser
def test_unknown_is_marked_and_not_as_a_difference(opened, page_file, default_result):
    ids = default_result.docking_points.set_index("a_name")["id"]
    page = opened(page_file, anchor=f"#{ids['示例十一路']}")
    cells = page.locator('tr[data-field="lanes"] td')
    assert cells.all_inner_texts() == ["2", "未注明"]
    assert "unknown" in cells.nth(1).get_attribute("class")
    assert page.locator("td.differs").count() == 0


@pytest.mark.browser
def test_the_list_has_all_points_and_the_legend_counts_them(opened, page_file):
    page = opened(page_file)
    assert page.locator("button.entry").count() == 26
    assert on_map(page) == 26
    assert page.locator(".legend .count").all_inner_texts() == ["2", "8", "0", "1", "15"]
    assert "58%～62%" in page.inner_text("#rate")
    assert "非法定规划" not in page.inner_text("#legend")  # no map_note was given


@pytest.mark.browser
def test_layers_can_be_switched_off_and_on(opened, page_file):
    page = opened(page_file)
    page.click("#show-aligned")
    assert on_map(page) == 11
    page.click("#show-aligned")
    assert on_map(page) == 26
    for key in ("a", "b", "boundary"):
        page.click(f"#show-{key}")


@pytest.mark.browser
def test_both_languages_are_complete(opened, page_file, default_result):
    ids = default_result.docking_points.set_index("a_name")["id"]
    page = opened(page_file, anchor=f"#{ids[POINT]}")
    page.click('button[lang="en"]')
    assert page.get_attribute("html", "lang") == "en"
    english = page.inner_text("#panel")
    assert "design speed" in english
    assert "mismatched" in english
    for word in ("衔接不一致", "设计速度", "undefined", "[object"):
        assert word not in english
    page.click('button[lang="zh"]')
    assert "设计速度" in page.inner_text("#panel")


@pytest.mark.browser
def test_the_keyboard_is_enough(opened, page_file):
    page = opened(page_file)
    page.focus("button.entry >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.sides")
    first = page.inner_text("#panel h2")
    page.keyboard.press("j")
    assert page.inner_text("#panel h2") != first
    page.keyboard.press("k")
    assert page.inner_text("#panel h2") == first
    page.keyboard.press("Escape")
    assert page.locator("table.sides").count() == 0
    assert page.evaluate("document.activeElement.className") == "entry"


@pytest.mark.browser
def test_hostile_names_are_text(opened, hostile_result, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(render(hostile_result, lang="en"), encoding="utf-8")
    page = opened(path)
    assert "<img src=x" in page.inner_text("#panel")
    page.click("button.entry >> nth=1")
    page.wait_for_selector("table.sides")
    assert page.locator("img").count() == 0
    assert page.title() != "1"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1920])
def test_nothing_sticks_out_sideways(opened, page_file, width):
    page = opened(page_file, width=width, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".folium-map").bounding_box()
    assert box["height"] > 200
