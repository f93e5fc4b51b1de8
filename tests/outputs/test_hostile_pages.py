"""Whatever a plan, a file name, a setting or a foreign report says stands on a page as text, and nothing runs."""

import contextlib
import csv
import json
import os

import pytest
from click.testing import CliRunner
from hostile import (
    FILE_NAMES,
    RAN,
    SHELL,
    SPOKEN,
    TEXTS,
    boundary,
    missing,
    plan,
    texts_of,
)
from made_batches import made_batch

from roadalign.cli import align
from roadalign.errors import InputError
from roadalign.model.basemap import Basemap
from roadalign.outputs.index import render as render_index
from roadalign.outputs.inspection import inspection_page, write_page
from roadalign.outputs.map import render
from roadalign.plans.inspection import inspect

SETTING = "{%endraw%}{{ " + SHELL + " }}{%raw%}</script><b>"
NAME_A, NAME_B = f"甲 {SETTING}", "{{ 7*7 }}<!--<script>"
LINE = FILE_NAMES[7]
LAYER = "层 {%endraw%}{{ 7*7 }} '<b>"
OPENED = {"ready": "button.entry"}


def run(folder, *words):
    """Run a command in a folder, where a text that ran would leave its file."""
    with contextlib.chdir(folder):
        ran = CliRunner().invoke(align, list(map(str, words)), catch_exceptions=False)
    assert ran.exit_code in (0, 1), ran.output
    return ran


def nothing_ran(page, folder):
    """Assert that no text was run, by the program or by the browser."""
    assert not (folder / RAN).exists()
    assert not os.path.lexists(RAN)
    assert "run" not in page.title()
    assert page.locator("img, iframe, object, embed, form[action]").count() == 0
    assert page.locator("script:not([type]), style").count() == page.evaluate("own")
    assert page.evaluate("Object.getOwnPropertyNames(Object.prototype).length") == page.evaluate(
        "clean"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run of ``align check`` on files whose names, layers, fields and texts attack."""
    folder = tmp_path_factory.mktemp("hostile")
    one, two = plan(side="a"), plan(side="b")
    one["class"] = list(reversed(TEXTS))
    one["编号"] = list(TEXTS)
    one.to_file(folder / "a.gpkg", layer=LAYER, driver="GPKG")
    two.to_file(folder / "b.gpkg", layer="roads", driver="GPKG")
    boundary().to_file(folder / f"{LINE}.geojson", driver="GeoJSON")
    note = json.dumps(f"note {SETTING}")
    (folder / "align.toml").write_text(f"map_note = {note}\n", encoding="utf-8")
    line, names = f"{LINE}.geojson", f"{NAME_A},{NAME_B}"
    words = ("--boundary", line, "--names", names, "--config", "align.toml", "-q", "-o", "out")
    run(folder, "check", "a.gpkg", "b.gpkg", *words)
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_map_shows_all_texts_and_runs_none(watched, folder, lang):
    page = watched(folder / "out" / "map.html", **OPENED)
    page.click(f'button[lang="{lang}"]')
    assert missing(page, where="#list") == []
    for text in (NAME_A, NAME_B, LINE):
        assert " ".join(text.split()) in texts_of(page, ".bar")
    assert f"note {SETTING}" in texts_of(page, "#legend")
    assert page.title().count(SETTING) == 1
    nothing_ran(page, folder)


@pytest.mark.browser
def test_cards_and_printed_sheets_show_all_texts_and_run_none(watched, folder):
    page = watched(folder / "out" / "map.html", **OPENED)
    page.evaluate("window.print = () => {}")
    seen = page.evaluate(
        """() => [...document.querySelectorAll("button.entry")].map((one) => {
          one.click();
          return document.getElementById("card").textContent;
        })"""
    )
    shown = " ".join(" ".join(seen).split())
    assert [text for text in SPOKEN if text not in shown] == []
    for text in (NAME_A, NAME_B, LAYER):
        assert text in shown
    sheets = page.evaluate(
        """() => [...document.querySelectorAll("button.entry")].map((one) => {
          one.click();
          document.getElementById("print-this").click();
          dispatchEvent(new Event("beforeprint"));
          const said = document.getElementById("sheets").textContent;
          dispatchEvent(new Event("afterprint"));
          return said;
        })"""
    )
    page.click("button.back")
    page.fill("#search", "__proto__")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#sheets .overview-leaf .listed").text_content().count("__proto__") > 1
    printed = " ".join(" ".join([*sheets, page.locator("#sheets").text_content()]).split())
    assert [text for text in SPOKEN if text not in printed] == []
    for text in (NAME_A, NAME_B, LINE, f"note {SETTING}"):
        assert text in printed
    nothing_ran(page, folder)


@pytest.mark.browser
def test_a_foreign_report_is_compared_as_text(watched, folder, tmp_path):
    record = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    for side, texts in (("old", TEXTS), ("new", TEXTS[1:] + TEXTS[:1])):
        foreign = json.loads(json.dumps(record))
        foreign["boundary"]["name"] = LINE
        foreign["run"]["version"] = SETTING
        foreign["__proto__"] = foreign["run"]["constructor"] = {"polluted": "yes"}
        for k, (point, text) in enumerate(zip(foreign["docking_points"], texts, strict=True)):
            before, point["id"] = point["id"], f"DP-{k:06d}"
            point |= {"a_name": text, "b_ref": text, "rules": [text], "a_status": text}
            point["summary_en"] = point["summary_zh"] = text
            for approach in foreign["approaches"]:
                if approach["docking_point"] == before:
                    approach |= {"docking_point": point["id"], "name": text, "class_text": text}
            for link in foreign["links"]:
                if link["docking_point"] == before:
                    link["docking_point"] = point["id"]
        (tmp_path / side).mkdir()
        (tmp_path / side / "report.json").write_text(json.dumps(foreign), encoding="utf-8")
    run(tmp_path, "compare", "old", "new", "-q", "-o", "found")
    page = watched(tmp_path / "found" / "comparison.html", ready="#panel button.row")
    assert missing(page, where="#panel") == []
    for text in (NAME_A, NAME_B, LINE, SETTING):
        assert text in texts_of(page, ".bar")
    cards = page.evaluate(
        """() => [...document.querySelectorAll("#panel [data-entry]")].map((one) => one.dataset.entry).map((id) => {
          document.querySelector(`[data-entry="${CSS.escape(id)}"]`).click();
          const said = document.getElementById("panel").textContent;
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
          return said;
        })"""
    )
    assert len(cards) == len(TEXTS)
    assert [text for text in SPOKEN if text not in " ".join(" ".join(cards).split())] == []
    assert page.evaluate("({}).polluted") is None
    nothing_ran(page, tmp_path)


@pytest.mark.parametrize("text", TEXTS)
def test_a_foreign_report_with_a_text_for_an_id_is_refused(folder, tmp_path, text):
    foreign = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    foreign["docking_points"][0]["id"] = text
    (tmp_path / "report.json").write_text(json.dumps(foreign), encoding="utf-8")
    with pytest.raises(InputError, match=r"docking_points\[0\]\.id"):
        run(tmp_path, "compare", folder / "out", "report.json", "-q", "-o", "found")
    assert not (tmp_path / "found").exists()
    assert not (tmp_path / RAN).exists()


@pytest.mark.browser
def test_the_index_of_a_batch_shows_all_texts_and_runs_none(watched, tmp_path):
    record, reports = made_batch()
    first = record["pairs"][0]["pair"]
    points = reports[first]["docking_points"]
    reports[first]["docking_points"] = [
        points[0] | {
            "id": f"DP-{k} {text}", "a_name": text, "b_ref": text, "rules": text,
            "summary_en": text, "summary_zh": text, "verdict": ("missing", text)[k % 2],
        } for k, text in enumerate(TEXTS)
    ]  # fmt: skip
    for pair, text in zip(record["pairs"], (NAME_A, NAME_B, LINE), strict=False):
        pair |= {"names": [text, SETTING], "boundary": text, "attribution": text}
    reports[LINE] = reports.pop("b-half")
    record["pairs"][1]["pair"] = LINE
    reason = record["pairs"][3]["reason"]
    reason |= {"where": SETTING, "en": f"{SETTING}: none\n  → {LINE}", "zh": "无"}
    record["run"]["version"] = SETTING
    path = tmp_path / "index.html"
    with contextlib.chdir(tmp_path):
        path.write_text(
            render_index(record, reports, lang="en", folder="pairs", page="map.html"),
            encoding="utf-8",
        )
    page = watched(path, ready=".wide tbody tr")
    assert missing(page, where="#points") == []
    for text in (NAME_A, NAME_B, LINE, SETTING):
        assert text in texts_of(page, "#boundaries") + texts_of(page, "#foot")
    assert f"{SETTING}: none" in texts_of(page, "#failed")
    assert SETTING in texts_of(page, ".bar")
    links = page.eval_on_selector_all("#points a", "all => all.map((one) => one.protocol)")
    assert set(links) == {"file:"}
    nothing_ran(page, tmp_path)


@pytest.mark.browser
def test_names_of_a_manifest_are_text_on_the_index_and_on_the_maps(watched, folder, tmp_path):
    pair, other = LINE, "{{ 7-7 }} ${x} {# y #}"
    columns = ["name", "plan_a", "plan_b", "boundary", "name_a", "name_b"]
    given = [folder / "a.gpkg", folder / "b.gpkg", folder / f"{LINE}.geojson", NAME_A, NAME_B]
    with (tmp_path / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, [pair, *given], [other, *given]])
    run(tmp_path, "batch", "pairs.csv", "-o", "all", "-q", "--runner", "serial")
    page = watched(tmp_path / "all" / "index.html", ready=".wide tbody tr")
    for text in (pair, other, NAME_A, NAME_B):
        assert text in texts_of(page, "#boundaries")
    assert missing(page, where="#points") == []
    nothing_ran(page, tmp_path)
    page.own.update(path.as_uri() for path in (tmp_path / "all").rglob("map.html"))
    with page.expect_navigation():
        page.click("#points a >> nth=0")
    page.wait_for_selector("table.sides")
    assert NAME_A in texts_of(page, ".bar")
    nothing_ran(page, tmp_path)


@pytest.mark.browser
def test_an_inspection_shows_all_texts_and_runs_none(watched, tmp_path):
    table = {text: [text] * len(TEXTS) for text in FILE_NAMES}
    layer = plan(name="名称").assign(**table, 建设状态=list(TEXTS))
    path = tmp_path / f"{LINE}.gpkg"
    layer.to_file(path, layer=LAYER, driver="GPKG")
    out = tmp_path / "page.html"
    with contextlib.chdir(tmp_path):
        write_page(inspection_page(inspect([path]), side="a", lang="en"), out, force=False)
    page = watched(out, ready="section h2")
    assert missing(page, FILE_NAMES) == []
    for text in (LINE, LAYER):
        assert text in texts_of(page)
    nothing_ran(page, tmp_path)


@pytest.mark.browser
def test_a_basemap_is_named_as_text(watched, made_result, tmp_path):
    url = "https://tiles.example.invalid/{z}/{x}/{y}?<%=7*7%>&k=</script>"
    tiles = Basemap((url,), ("",), "wgs84", 19, f"{SETTING} {LINE}")
    path = tmp_path / "map.html"
    with contextlib.chdir(tmp_path):
        path.write_text(render(made_result, lang="en", basemap=tiles), encoding="utf-8")
    page = watched(path, **OPENED)
    assert f"{SETTING} {LINE}" in texts_of(page, "#sources")
    page.complaints[:] = [
        one for one in page.complaints
        if not one.startswith(("https://tiles.example.invalid/", "Failed to load resource"))
    ]  # fmt: skip
    assert not (tmp_path / RAN).exists()
    assert "run" not in page.title()
