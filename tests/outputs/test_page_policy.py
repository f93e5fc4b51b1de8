"""The policy in a real browser: it holds against what is slipped in, and the page's own parts obey it."""

import pytest
from made_batches import made_batch

from roadalign.outputs.index import render as render_index

pytestmark = pytest.mark.browser

DIRECTIVES = {
    "script-src-elem", "script-src-attr", "script-src", "style-src-elem", "style-src-attr",
    "img-src", "frame-src", "connect-src",
}  # fmt: skip
SLIPPED = """async () => {
  globalThis.forbidden = new Set();
  document.addEventListener("securitypolicyviolation", (event) => forbidden.add(event.violatedDirective));
  const holder = document.createElement("div");
  holder.innerHTML = '<p id="slipped" style="color: rgb(1, 2, 3)" onclick="document.title = 1">x</p>'
    + '<img src="https://example.invalid/x.png"><iframe src="https://example.invalid/"></iframe>';
  document.body.append(holder);
  for (const [tag, text] of [["script", "document.title = 2"], ["style", "#slipped { color: rgb(4, 5, 6); }"]]) {
    const element = document.createElement(tag);
    element.textContent = text;
    document.body.append(element);
  }
  document.getElementById("slipped").click();
  setTimeout("document.title = 3");
  await fetch("https://example.invalid/").catch(() => null);
}"""


def slip(page):
    """Put scripts, styles and addresses into an open page, and see all of them forbidden."""
    before = page.title()
    page.evaluate(SLIPPED)
    page.wait_for_function("(all) => all.every((one) => forbidden.has(one))", arg=[*DIRECTIVES])
    assert page.title() == before
    colour = page.evaluate("getComputedStyle(document.getElementById('slipped')).color")
    assert colour not in {"rgb(1, 2, 3)", "rgb(4, 5, 6)"}
    assert any("Content Security Policy" in one for one in page.complaints)
    # these are what this test is for; what the policy refuses is named, but not asked for
    page.complaints.clear()


def test_what_is_slipped_into_a_map_does_not_run(watched, page_file):
    slip(watched(page_file))


def test_what_is_slipped_into_an_index_does_not_run(watched, tmp_path):
    path = tmp_path / "index.html"
    path.write_text(
        render_index(*made_batch(), lang="en", folder="pairs", page="map.html"), encoding="utf-8"
    )
    slip(watched(path, ready=".wide tbody tr"))


def test_every_part_of_the_map_obeys_the_policy(watched, page_file, default_result):
    """The fixture fails on any complaint of the browser, and on any request."""
    ids = dict(
        zip(
            default_result.docking_points["a_name"],
            default_result.docking_points["id"],
            strict=True,
        )
    )
    page = watched(page_file)
    page.evaluate("window.print = () => {}")
    for lang in ("en", "zh"):
        page.click(f'button[lang="{lang}"]')
        for box in page.locator("#legend input").all():
            box.click()
            box.click()
        for zoom in (8, 12, 17):
            page.evaluate(f"map_align.setZoom({zoom}, {{ animate: false }})")
        page.locator(".leaflet-marker-icon").first.dispatch_event("mouseover")
        page.click(f'[data-entry="{ids["枫美路"]}"]')
        page.check("input[value=agreed]")
        page.fill("#minutes-note", "one\ntwo")
        page.click("#print-this")
        page.pdf()
        page.click("#minutes-remove")
        page.click("#minutes-state .undo")
        page.keyboard.press("Escape")
        if page.get_attribute("#minutes", "open") is None:
            page.click("#minutes summary")
        page.click("#print-all")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#sheets .leaf").count() > 1
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        for button in ("#minutes-export", "#minutes-text"):
            with page.expect_download() as download:
                page.click(button)
            assert download.value.path()
        page.set_viewport_size({"width": 400 if lang == "en" else 1440, "height": 800})
    assert page.locator("[style*='<'], [onclick], [onload], [onerror]").count() == 0
