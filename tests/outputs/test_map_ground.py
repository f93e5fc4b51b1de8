"""What lies under the plans, what stands for many points, and what no plan has."""

import dataclasses

import pandas as pd
import pytest
from map_pages import go_to, on_map

from roadalign.outputs.map import render

pytestmark = pytest.mark.browser

VERDICTS = ("missing", "mismatched", "ambiguous", "aligned")


def ink(page):
    """Return how many pixels of the ground are painted."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector('.leaflet-ground-pane canvas');
          const copy = document.createElement('canvas');
          Object.assign(copy, { width: canvas.width, height: canvas.height });
          const pen = copy.getContext('2d', { willReadFrequently: true });
          pen.drawImage(canvas, 0, 0);
          const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
          let painted = 0;
          for (let i = 3; i < dots.length; i += 4) painted += dots[i] > 0;
          return painted;
        }"""
    )


def names(page):
    return page.locator(".name").all_inner_texts()


def test_without_tiles_it_is_a_map(opened, page_file):
    page = opened(page_file, width=1920, height=1080)
    assert {"A", "B"} <= set(names(page))  # both sides, inside their land
    assert {"枫泾镇", "姚庄镇", "廊下镇"} <= set(names(page))
    a, b = (page.locator(f".name.side.{side}").bounding_box() for side in "ab")
    assert a["x"] > b["x"] or a["y"] < b["y"]  # A lies north-east of this boundary
    assert page.evaluate("document.querySelectorAll('.leaflet-tile').length") == 0
    painted = [ink(page)]
    for key in ("land", "network", "area-water", "area-farmland", "area-ecological_red_line"):
        page.click(f"#show-{key}")
        page.wait_for_function(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
        )
        painted.append(ink(page))
    assert painted == sorted(painted, reverse=True)
    assert painted[0] > painted[1] > painted[2] >= painted[-1] == 0
    page.click("#show-names")
    assert names(page) == []
    page.click("#show-land")
    page.click("#show-names")
    page.wait_for_selector(".name.side.a", state="attached")


def test_the_land_lies_on_the_right_sides(default_result):
    land = default_result.background
    places = land.places.set_index("name").geometry
    for name in ("枫泾镇", "廊下镇", "金山卫镇"):
        assert land.land_a.contains(places[name])
        assert not land.land_b.contains(places[name])
    for name in ("新埭镇", "姚庄镇"):
        assert land.land_b.contains(places[name])
    # everything within the width of the band is on one side or the other
    band_m2 = default_result.boundary.line.buffer(land.band_m).area
    assert land.land_a.area + land.land_b.area == pytest.approx(band_m2, rel=0.005)


def test_what_was_not_given_is_not_offered(opened, blank_result, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(render(blank_result, lang="en"), encoding="utf-8")
    page = opened(path)
    for key in ("land", "network", "area-water", "extras"):
        assert page.locator(f"#show-{key}").count() == 0
    assert page.locator("#filter-change").count() == 0
    assert "No docking point" in page.inner_text("#list")
    assert page.locator("#sources").is_hidden()


def test_a_cluster_shows_the_worst_and_opens(opened, page_file, default_result):
    page = opened(page_file)
    page.evaluate("map_align.setView([30.81, 121.13], 8, {animate: false})")
    assert on_map(page) == 26
    page.evaluate("map_align.setView([30.81, 121.13], 7, {animate: false})")
    # 30 km are fewer than 26 pixels here: all of them are one
    one = page.locator(".cluster")
    assert one.count() == 1
    assert one.inner_text() == "26"
    assert one.get_attribute("data-worst") == "mismatched"  # of the highest priority
    assert "26" in one.get_attribute("aria-label")
    assert one.get_attribute("title") == "对侧无道路：2 · 衔接不一致：8 · 资料不全：1 · 已对接：15"
    one.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.marker').length > 3")
    assert page.evaluate("map_align.getZoom()") > 9
    assert on_map(page) == 26
    # the chosen point is never inside a cluster
    ids = default_result.docking_points.set_index("a_name")["id"]
    page.evaluate(f"location.hash = '#{ids['亭枫公路']}'")
    page.wait_for_selector("table.sides")
    page.evaluate("map_align.setView([30.81, 121.13], 8, {animate: false})")
    assert page.locator(f'.chosen[data-id="{ids["亭枫公路"]}"]').is_visible()
    page.click(".back")
    page.click("#verdict-missing")
    assert on_map(page) == 2


def test_what_only_the_network_has_is_shown_and_told(opened, page_file, default_result):
    findings = default_result.findings
    alone = findings[findings["docking_point"].isna() & findings["rule"].isin(["C03", "C04"])]
    assert len(alone) == 2
    page = opened(page_file)
    assert page.locator(".extra").count() == 2
    first = alone.iloc[0]
    lon, lat = alone.geometry.to_crs(4326).iloc[0].coords[0]
    go_to(page, (lon, lat), zoom=15)
    page.click(".extra")
    assert first["message_zh"] in page.evaluate("document.activeElement.textContent")
    page.focus('[data-extra="1"]')
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.extra.chosen')")
    assert alone.iloc[1]["message_zh"] in page.evaluate("document.activeElement.textContent")
    page.click("#show-extras")
    assert page.locator(".extra").count() == 0


def test_the_highest_priorities_are_at_hand(opened, page_file, default_result):
    page = opened(page_file)
    points = default_result.docking_points
    worst = points[points["verdict"] != "aligned"].sort_values("priority", ascending=False)
    tops = page.eval_on_selector_all(".top", "all => all.map(one => one.dataset.top)")
    assert tops == worst["id"].tolist()[:5]
    page.click(".top >> nth=2")
    assert page.url.endswith(f"#{tops[2]}")


def test_priorities_are_filtered(opened, page_file, default_result):
    page = opened(page_file)
    page.click("#filters summary")
    for least in (20, 60, 80):
        page.select_option("#filter-priority", str(least))
        shown = int((default_result.docking_points["priority"] >= least).sum())
        assert page.locator("button.entry").count() == shown
    assert shown < 26


@pytest.fixture
def later_result(default_result):
    """The example as if there had been a run before: three changed, two reopened, the rest same."""
    points = default_result.docking_points
    change = ["changed"] * 3 + ["reopened"] * 2 + ["same"] * (len(points) - 5)
    later = points.assign(change=pd.array(change, dtype="string"))
    run = default_result.run | {"since": {"time": "2025-05-06T07:08:09Z"}}
    return dataclasses.replace(default_result, docking_points=later, run=run)


def test_changes_since_the_last_run_are_told_and_filtered(opened, later_result, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(render(later_result, lang="en"), encoding="utf-8")
    page = opened(path)
    said = page.inner_text(".since")
    assert "2025-05-06" in said
    assert "same 21 · ≠ changed 3 · ! reopened 2" in said
    page.click("#filters summary")
    page.select_option("#filter-change", "reopened")
    assert page.locator("button.entry").count() == on_map(page) == 2
    assert "reopened" in page.inner_text(".entry >> nth=0")


@pytest.fixture
def crowded_result(default_result):
    """The example forty times over, each time 20 m further east."""
    points = default_result.docking_points
    copies = []
    for i in range(40):
        moved = points.assign(id=[f"DP-{i:02d}{at:04d}" for at in range(len(points))])
        copies.append(moved.set_geometry(points.geometry.translate(20 * i, 0)))
    return dataclasses.replace(default_result, docking_points=pd.concat(copies, ignore_index=True))


def test_a_thousand_points_are_listed_as_they_are_looked_at(opened, crowded_result, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(render(crowded_result, lang="en"), encoding="utf-8")
    page = opened(path)
    assert "1040 of 1040" in page.inner_text("#shown")
    made = page.locator("button.entry").count()
    assert made < 400
    page.locator(".more").scroll_into_view_if_needed()
    page.wait_for_function(f"() => document.querySelectorAll('button.entry').length > {made}")
    # what has no room on the strip is counted there
    counted = [int(text) for text in page.locator(".crowd").all_inner_texts()]
    assert page.locator(".stop").count() + sum(counted) == 1040
    assert counted
    page.locator(".crowd >> nth=0").dispatch_event("click")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.sides")
    page.keyboard.press("Escape")
    page.fill("#search", "DP-390025")
    assert page.locator("button.entry").count() == on_map(page) == 1
