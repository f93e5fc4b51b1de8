"""Print: an overview and one page for each point, read back out of the PDF."""

import dataclasses
import io
import unicodedata

import pypdf
import pytest

from roadalign.model.words import OPEN
from roadalign.outputs.map import render

pytestmark = pytest.mark.browser

RADICALS = str.maketrans("⻚⻅⻆⻋⻓⻔〜", "页见角车长门~")
NOTE = "审图号：示例 0001"
ROAD = "枫美路"
POINTS = 10
"""Open docking points of the example: two without a counterpart, eight mismatched."""


@pytest.fixture(scope="module")
def noted_file(default_result, tmp_path_factory):
    """The map of the example with a line that has to stand on it and on every page."""
    run = default_result.run
    settings = run["settings"] | {"map_note": NOTE}
    result = dataclasses.replace(default_result, run=run | {"settings": settings})
    path = tmp_path_factory.mktemp("noted") / "map.html"
    path.write_text(render(result, lang="zh"), encoding="utf-8")
    return path


@pytest.fixture
def ids(default_result):
    points = default_result.docking_points
    return dict(zip(points["a_name"].fillna(points["b_name"]), points["id"], strict=True))


def printed(page):
    """Return the text of each page, and check the paper."""
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    for one in pages:
        size = [round(float(side) / 72 * 25.4) for side in one.mediabox[2:]]
        assert size == [210, 297]
    return [read(one.extract_text()) for one in pages]


def read(text):
    """Return a text as it was before the font drew some signs as the radicals they look like."""
    plain = unicodedata.normalize("NFKC", text).translate(RADICALS)
    return "".join(plain.split())


def still_open(result):
    points = result.docking_points
    return points[points["verdict"].isin(OPEN)].sort_values("chainage_m")


@pytest.mark.parametrize(
    ("lang", "overview", "number", "minutes"),
    [
        ("zh", "未解决的对接点：10 处", "第 {} 页，共 12 页", "会议记录"),
        ("en", "Open docking points: 10", "page {} of 12", "Minutes"),
    ],
)
def test_an_overview_and_a_page_for_each_point(
    opened, noted_file, default_result, lang, overview, number, minutes
):
    page = opened(noted_file)
    page.click(f'button[lang="{lang}"]')
    pages = printed(page)
    assert len(pages) == 2 + POINTS
    assert read(overview) in pages[0]
    assert read("58%～62%" if lang == "zh" else "58%–62%") in pages[0]
    # rates, roads and data to ask for stand on a page of their own
    for part in {
        "zh": ("45%～55%", "1处对接点待补充等级"),
        "en": ("45%–55%", "class(1dockingpoint(s))"),
    }[lang]:
        assert read(part) in pages[1]
    wanted = still_open(default_result)
    for at, text in enumerate(pages):
        assert read(NOTE) in text
        assert read(number.format(at + 1)) in text
        assert "OpenStreetMap" in text
        for wrong in ("undefined", "[object", "NaN"):
            assert wrong not in text
    for point, text in zip(wanted.to_dict("records"), pages[2:], strict=True):
        assert point["id"] in pages[0]
        assert point["id"] in text
        assert minutes in text
        for rule in str(point["rules"]).split(","):
            assert rule in text
    # the screen is as it was
    assert page.locator("#sheets > *").count() == 0
    assert page.locator("button.entry").count() == 26


def test_the_map_is_drawn_on_the_paper(opened, noted_file):
    page = opened(noted_file)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    box = page.locator(".picture").bounding_box()
    assert box["width"] > 600
    assert box["height"] > 200
    assert page.locator(".picture > svg").count() == 26  # a symbol for each point
    assert page.locator(".paper-roads, .paper-water").count() == 2
    assert page.locator(".paper-number").all_text_contents() == [str(one + 1) for one in range(10)]
    lines = page.eval_on_selector_all(
        ".picture > path", "all => all.map((one) => one.getTotalLength())"
    )
    assert len(lines) >= 6  # the roads of both sides, the boundary and its rim, the ruler
    assert min(lines) > 20
    inside = page.eval_on_selector_all(
        ".picture > svg, .picture > text",
        """(all) => { const paper = document.querySelector('.picture').getBoundingClientRect();
        return all.every((one) => { const box = one.getBoundingClientRect();
        return box.left >= paper.left && box.right <= paper.right && box.top >= paper.top && box.bottom <= paper.bottom; }); }""",
    )
    assert inside
    assert page.locator("body > :not(#sheets):visible").count() == 0


def test_what_the_filters_show_is_printed(opened, noted_file):
    page = opened(noted_file)
    page.click("#filters summary")
    page.select_option("#filter-severity", "severe")
    page.click("#minutes summary")
    assert "3 处（当前筛选所示）" in page.inner_text("#print-hint")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".point-leaf").count() == 3
    page.fill("#search", "no such road")
    (only,) = printed(page)
    assert "没有符合筛选条件的对接点" in only


def test_one_point_is_printed_alone_and_then_everything_again(opened, noted_file, ids):
    page = opened(noted_file, anchor=f"#{ids[ROAD]}")
    page.evaluate("window.print = () => { window.asked = true; }")
    page.click("#print-this")
    assert page.evaluate("window.asked")
    (only,) = printed(page)
    assert ids[ROAD] in only
    assert read("第 1 页，共 1 页") in only
    page.click(".back")
    page.click("#minutes summary")
    page.click("#print-all")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".leaf").count() == 2 + POINTS


def test_minutes_are_printed_or_lines_to_write_on(opened, noted_file, ids):
    page = opened(noted_file, anchor=f"#{ids[ROAD]}")
    page.check("input[value=to_do]")
    page.fill("#minutes-due", "2027-03-31")
    page.fill("#minutes-note", "测量后再议\nSecond line")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    filled = page.locator(f'[data-point="{ids[ROAD]}"]')
    assert filled.locator(".box.on").all_text_contents() == ["✕待办"]
    assert filled.locator(".rule, .rules").count() == 0
    empty = page.locator(f'[data-point="{ids["亭枫公路"]}"]')
    assert empty.locator(".box").count() == 8  # four decisions, four stages
    assert empty.locator(".box.on").count() == 0
    assert empty.locator(".rule").count() == 3  # both sides, and the day
    assert empty.locator(".rules > span").count() == 3
    pages = printed(page)
    (own,) = [text for text in pages[1:] if "测量后再议" in text]
    assert ids[ROAD] in own
    assert "2027年3月31日" in own
    assert "Secondline" in own
    assert "待办" in pages[0]


def test_a_long_list_goes_on_to_further_pages(opened, default_result, tmp_path):
    points = default_result.docking_points.sort_values("chainage_m")
    long = points.assign(verdict="mismatched", a_name="很长的道路名称" * 6)
    result = dataclasses.replace(default_result, docking_points=long)
    path = tmp_path / "map.html"
    path.write_text(render(result, lang="en"), encoding="utf-8")
    pages = printed(opened(path))
    lists, own = pages[:-27], pages[-26:]  # between them the page of the rates
    assert len(lists) > 1
    for at, text in enumerate(pages):
        assert text.endswith(f"page{at + 1}of{len(pages)}")
    assert all("mostimportantfinding" in text for text in lists)  # the heads stand on each
    for at, name in enumerate(points["id"]):
        assert sum(name in text for text in lists) == 1
        assert name in own[at]


def test_what_is_too_long_for_a_page_runs_on(opened, noted_file, ids):
    page = opened(noted_file, anchor=f"#{ids[ROAD]}")
    page.fill("#minutes-note", "\n".join(f"line {at}" for at in range(400)))
    page.evaluate("window.print = () => {}")
    page.click("#print-this")
    pages = printed(page)
    assert len(pages) > 1
    text = "".join(pages)
    assert all(f"line{at}" in text for at in range(400))


def test_nothing_is_wider_or_higher_than_its_page(opened, noted_file):
    page = opened(noted_file)
    page.click('button[lang="en"]')
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    over = page.eval_on_selector_all(
        ".leaf",
        """(all) => all.flatMap((sheet) => { const paper = sheet.getBoundingClientRect();
        return [...sheet.querySelectorAll('*')].filter((one) => {
          // what a picture hides at its rim is none of the page's
          if (one.ownerSVGElement) return false; const box = one.getBoundingClientRect();
          return box.width && (box.right > paper.right + 1 || box.bottom > paper.bottom + 1 || box.left < paper.left - 1); })
          .map((one) => one.outerHTML.slice(0, 80)); })""",
    )
    assert over == []
    heights = page.eval_on_selector_all(
        ".leaf", "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert max(heights) < 273 / 25.4 * 96
