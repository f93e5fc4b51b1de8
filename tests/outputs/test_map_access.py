"""The map for everybody: axe-core finds nothing, at a desk and on a phone, in both languages."""

import pytest

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

pytestmark = pytest.mark.browser

SIZES = {"desk": (1440, 900), "phone": (360, 740)}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page):
    """Return what axe-core calls serious or critical: rule and elements."""
    # axe reads the style of a page that has come to rest
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    found = axe.Axe().run(page, options=RULES).response["violations"]
    serious = {
        one["id"]: [node["html"][:120] for node in one["nodes"]]
        for one in found
        if one["impact"] in {"serious", "critical"}
    }
    # where a symbol lies on a map is essential (WCAG 2.5.8), and the list has each of them too
    on_map = "leaflet-marker-icon"
    sized = [html for html in serious.pop("target-size", []) if on_map not in html]
    return sorted(serious.items()) + [("target-size", sized)] * bool(sized)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_serious(opened, page_file, default_result, lang, size):
    width, height = SIZES[size]
    page = opened(page_file, width=width, height=height, bypass_csp=True)
    page.click(f'button[lang="{lang}"]')
    page.click("#filters summary")
    page.click("#overview summary")
    assert violations(page) == []
    worst = default_result.docking_points.sort_values("priority").iloc[-1]["id"]
    page.evaluate(f"location.hash = '#{worst}'")
    page.wait_for_selector("table.sides")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_lost_at_twice_the_size(opened, page_file):
    page = opened(page_file, width=720, height=450)  # what 1440 by 900 is at 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    page.focus("#search")
    assert page.locator("#search").bounding_box()["width"] > 100


def test_axe_does_find_what_is_wrong(opened, page_file):
    page = opened(page_file, bypass_csp=True)
    page.evaluate("document.querySelector('#search').closest('label').replaceWith(search)")
    page.evaluate("search.removeAttribute('placeholder')")
    assert "label" in dict(violations(page))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_can_be_hit_with_a_finger(opened, page_file, lang):
    page = opened(page_file, width=360, height=740, has_touch=True, is_mobile=True)
    page.tap(f'button[lang="{lang}"]')
    page.tap("#filters summary")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, label, .marker, input[type=search]')]
        .filter((one) => one.offsetParent && !one.closest('label label'))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.width < 23.9 || box.height < 23.9)
        .filter(([html]) => !html.includes('data-id'))
        .map(([html]) => html)"""
    )
    assert small == []


def test_focus_is_seen_everywhere(opened, page_file):
    page = opened(page_file)
    seen = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])"
            "(getComputedStyle(document.activeElement))"
        )
        if page.evaluate("document.activeElement !== document.body"):
            assert style[0] != "none"
            assert style[1] >= 2
            seen += 1
    assert seen >= 30
