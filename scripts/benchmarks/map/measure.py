"""What a page costs in a real browser: size, time until it answers, memory."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xstatic.pkg import leaflet

from benchmarks.map.made_result import made_result
from benchmarks.map.plain_folium import write_plain
from roadalign.outputs.map import render

if TYPE_CHECKING:
    from collections.abc import Sequence

READY = """window.answersAfter = new Promise((done) => addEventListener("load", () =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))))"""
"""A promise, because the policy of our page forbids to ask again and again (it would be `eval`)."""

JQUERY = """window.$ = window.jQuery = (html) => { const holder = document.createElement("div");
  holder.innerHTML = html; return holder.children; };"""
"""Folium makes popups with jQuery; this much of it suffices, and costs less than all of it."""

WAIT_MS = 120_000


@dataclass(frozen=True)
class Cost:
    """One page: bytes, seconds, megabytes of script memory, elements."""

    size_mb: float
    ready_s: float
    search_s: float | None
    heap_mb: float
    nodes: int
    written_s: float


def costs(
    counts: Sequence[int], *, roads: int, planned: float, browser_path: str
) -> list[tuple[int, Cost, Cost]]:
    """Return for each number of points what our page and a plain Folium map cost.

    Parameters
    ----------
    counts
        Numbers of docking points.
    roads
        Features in all.
    planned
        Share of them in the plans.
    browser_path
        A Chromium.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    found = []
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for count in counts:
            result = made_result(count, roads, planned=planned)
            own, plain = Path(folder) / "map.html", Path(folder) / "plain.html"
            began = time.perf_counter()
            own.write_text(render(result, lang="zh"), encoding="utf-8")
            middle = time.perf_counter()
            write_plain(result, plain)
            after = time.perf_counter()
            points = len(result.docking_points)
            found.append(
                (
                    points,
                    _cost(browser, own, written_s=middle - began, search="#search"),
                    _cost(browser, plain, written_s=after - middle, search=None),
                )
            )
        browser.close()
    return found


def table(found: list[tuple[int, Cost, Cost]]) -> str:
    """Return the figures as lines of text."""
    head = ("size MB", "answers s", "search s", "memory MB", "elements", "written s")
    lines = [f"{'points':>7}  {'page':<12} " + " ".join(f"{one:>10}" for one in head)]
    for points, own, plain in found:
        for name, cost in (("align", own), ("plain Folium", plain)):
            search = "" if cost.search_s is None else f"{cost.search_s:.2f}"
            lines.append(
                f"{points:>7}  {name:<12} {cost.size_mb:>10.2f} {cost.ready_s:>10.2f} {search:>10} "
                f"{cost.heap_mb:>10.1f} {cost.nodes:>10} {cost.written_s:>10.2f}"
            )
    return "\n".join(lines)


def _cost(browser: Any, path: Path, *, written_s: float, search: str | None) -> Cost:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(READY)
    page.route(lambda url: url.startswith("http"), _from_disk)
    page.goto(path.as_uri(), timeout=WAIT_MS)
    ready_s = page.evaluate("answersAfter") / 1000
    search_s = page.evaluate(SEARCH, search) / 1000 if search else None
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    context.close()
    return Cost(
        size_mb=path.stat().st_size / 1e6,
        ready_s=ready_s,
        search_s=search_s,
        heap_mb=metrics["JSHeapUsedSize"] / 1e6,
        nodes=int(metrics["Nodes"]),
        written_s=written_s,
    )


SEARCH = """(where) => new Promise((done) => {
  const field = document.querySelector(where);
  const began = performance.now();
  field.value = "1";
  field.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""


def _from_disk(route: Any) -> None:
    """Hand a plain map its libraries, which it would fetch from the internet."""
    name = route.request.url.rpartition("/")[2]
    if name in {"leaflet.js", "leaflet.css"}:
        route.fulfill(path=str(Path(leaflet.BASE_DIR) / name))
    elif name.startswith("jquery"):
        route.fulfill(body=JQUERY, content_type="text/javascript")
    else:
        route.abort()
