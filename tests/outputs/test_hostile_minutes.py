"""Minutes from anybody: nothing runs, nothing is asked for, nothing of one's own is pushed out."""

import json

import pytest
from hostile import SPOKEN, TEXTS
from test_minutes import ROAD, SAID, bar, enter, entered, exported, ids, saved, take

pytestmark = pytest.mark.browser

__all__ = ["ids"]
LATER = "2190-01-01T00:00:00Z"


def elsewhere(number, **values):
    """Return an entry of a docking point that no map here has."""
    entry = {"id": f"DP-Z{number:05}", "decision": "rejected", "stage": None, "due": None}
    entry |= {"responsible_a": "", "responsible_b": "", "note": "x", "updated": LATER}
    entry |= {"chainage_m": float(number), "lon": 121.0, "lat": 30.8, "roads": ["甲", "乙"]}
    return entry | values


@pytest.fixture
def noted(watched, page_file, ids, tmp_path):
    """A map with one entry of one's own, and the file of it."""
    page = watched(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, **SAID)
    _, record = exported(page, tmp_path)
    return page, record


def write(tmp_path, record, name="foreign.json"):
    path = tmp_path / name
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def own(page, ids):
    """Return what the map holds of one's own point after it was loaded anew."""
    page.reload()
    page.click(f'[data-entry="{ids[ROAD]}"]')
    found = entered(page)
    page.click(".back")
    return found


@pytest.mark.parametrize("note", ["x", "长" * 4000, "x" * 4000])
def test_4000_foreign_entries_push_nothing_out(noted, ids, tmp_path, note):
    page, record = noted
    record["entries"] = [elsewhere(k, note=note if k % 2 else "y") for k in range(4000)]
    path = write(tmp_path, record)
    size = path.stat().st_size
    said = take(page, path)
    if size > 20_000_000:
        assert "20 MB" in said
        assert own(page, ids) == SAID
        return
    count = page.locator(".elsewhere li").count()
    assert 100 < count <= 500
    assert f"另有 {4000 - count} 条未导入" in said
    assert f"导入 {count} 条" in said
    # one's own is there, and goes on being kept
    page.click(f'[data-entry="{ids[ROAD]}"]')
    enter(page, note="after")
    page.click(".back")
    assert "存储空间已满" not in page.inner_text("body")
    assert own(page, ids) == SAID | {"note": "after"}
    kept = page.evaluate("Object.values(localStorage).join('').length")
    assert kept < 1_100_000


def test_a_second_file_finds_no_more_room_and_what_is_here_stays(noted, ids, tmp_path):
    page, record = noted
    take(page, write(tmp_path, record | {"entries": [elsewhere(k) for k in range(500)]}))
    said = take(
        page, write(tmp_path, record | {"entries": [elsewhere(k) for k in range(900, 960)]})
    )
    assert "另有 60 条未导入" in said
    shown = page.inner_text(".elsewhere")
    assert "DP-Z00499" in shown
    assert "DP-Z00900" not in shown
    # what is here already may still be renewed, by an entry that is newer
    newer = elsewhere(7, decision="agreed", updated="2190-01-02T00:00:00Z")
    assert "DP-Z00007（文件中的较新" in take(page, write(tmp_path, record | {"entries": [newer]}))
    assert own(page, ids) == SAID


def test_an_import_is_taken_back_as_a_whole(noted, ids, tmp_path):
    page, record = noted
    hostile = record["entries"][0] | {"decision": "rejected", "note": "theirs", "updated": LATER}
    record["entries"] = [hostile, *(elsewhere(k) for k in range(600))]
    said = take(page, write(tmp_path, record))
    assert f"{ids[ROAD]}（文件中的较新" in said
    assert page.locator(".elsewhere li").count() == 500
    page.click("#minutes-said .undo")
    assert page.locator(".elsewhere").count() == 0
    assert own(page, ids) == SAID


def test_an_import_that_leaves_no_room_to_write_is_not_taken(noted, ids, tmp_path):
    page, record = noted
    # other pages of this disk have filled the storage but for 400,000 letters
    page.evaluate(
        """() => { localStorage.setItem('other', 'x'.repeat(4e5));
        for (let k = 0, size = 1e6; size > 1e3; k += 1) {
          try { localStorage.setItem(`other${k}`, 'x'.repeat(size)); } catch { size /= 2; }
        }
        localStorage.removeItem('other'); }"""
    )
    said = take(page, write(tmp_path, record | {"entries": [elsewhere(k) for k in range(300)]}))
    assert said.startswith("未导入 foreign.json")
    assert "空间不足" in said
    assert page.locator(".elsewhere, #minutes-said .undo").count() == 0
    assert own(page, ids) == SAID


def test_hostile_texts_of_minutes_are_text_everywhere(noted, ids, tmp_path):
    page, record = noted
    first = record["entries"][0]
    mine = first | {"note": "\n".join(TEXTS), "updated": LATER}
    mine |= {"responsible_a": TEXTS[12], "responsible_b": TEXTS[15]}
    others = [
        elsewhere(k, note=text, roads=[text, text], responsible_a=text)
        for k, text in enumerate(TEXTS)
    ]
    take(
        page, write(tmp_path, record | {"entries": [mine, *others]}, "<img src=x onerror=run>.json")
    )
    shown = " ".join(page.locator(".elsewhere").text_content().split())
    assert [text for text in SPOKEN if text not in shown] == []
    assert "<img src=x onerror=run>.json" in page.inner_text("#minutes-said")
    page.evaluate("window.print = () => {}")
    page.click(f'[data-entry="{ids[ROAD]}"]')
    page.click("#print-this")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = " ".join(page.locator("#sheets").text_content().split())
    assert [text for text in SPOKEN if text not in printed] == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert entered(page)["note"] == "\n".join(TEXTS)
    bar(page)
    assert saved(page, "#minutes-text").path().read_text(encoding="utf-8-sig")
    assert page.locator("img, iframe").count() == 0
    assert page.title() != "run"


POLLUTING = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}'


def polluted(page):
    return page.evaluate(
        """() => [({}).polluted, [].polluted, (() => {}).polluted, Object.getOwnPropertyNames(Object.prototype).length !== clean]"""
    )


def test_no_prototype_is_touched_by_a_file(noted, tmp_path):
    page, record = noted
    content = json.dumps(record | {"entries": [elsewhere(1)]}).replace(
        '{"id": "DP-Z00001"', POLLUTING + ', "id": "DP-Z00001"'
    )
    content = POLLUTING + ", " + content[1:]
    assert content.count("__proto__") == 2
    path = tmp_path / "polluting.json"
    path.write_text(content, encoding="utf-8")
    assert "导入 1 条" in take(page, path)
    stored = page.evaluate("Object.values(localStorage).join()")
    assert "DP-Z00001" in stored
    assert "polluted" not in stored
    for bad in ("__proto__", "constructor", "DP-AAAA\n", "dp-aaaa"):
        said = take(
            page, write(tmp_path, record | {"entries": [elsewhere(1, id=bad)]}, f"{len(bad)}.json")
        )
        assert "第 1 条" in said
    assert polluted(page) == [None, None, None, False]


@pytest.mark.parametrize(
    "updated",
    ["9999-12-31T23:59:59.999Z", "2026-02-31T00:00:00Z", "0000-01-01T00:00:00Z", "2026-01-01T24:00:01Z",
     "2200-01-01T00:00:00Z", "2026-01-01T00:00:00Z\n"],
)  # fmt: skip
def test_moments_that_no_later_one_could_follow_are_refused(noted, ids, tmp_path, updated):
    page, record = noted
    record["entries"] = [record["entries"][0] | {"updated": updated, "note": "theirs"}]
    assert "updated" in take(page, write(tmp_path, record))
    assert own(page, ids) == SAID


def test_after_the_latest_moment_there_is_still_a_next_one(noted, ids, tmp_path):
    page, record = noted
    latest = record["entries"][0] | {"updated": "2199-12-31T23:59:59.999Z", "note": "theirs"}
    take(page, write(tmp_path, record | {"entries": [latest]}))
    page.click(f'[data-entry="{ids[ROAD]}"]')
    enter(page, note="mine")
    page.click(".back")
    assert own(page, ids) == SAID | {"note": "mine"}


@pytest.mark.parametrize(
    "content",
    [
        "{", "null", "7", '"abc"', '{"some": 1, "length": 2}', '{"0": {}, "length": 1}', "[null]", "[[]]",
        '[{"id": "__proto__"}]', POLLUTING + "}", "[" + POLLUTING + "}]", "[" * 5000 + "]" * 5000,
        '["' + "x" * 1_000_000 + '"]',
    ],
    ids=range(13),
)  # fmt: skip
def test_what_others_left_in_the_storage_is_laid_aside_and_one_s_own_stays(noted, ids, content):
    page, _ = noted
    key = page.evaluate("Object.keys(localStorage)[0]")
    page.evaluate("([key, content]) => localStorage.setItem(key, content)", [key, content])
    page.reload()
    assert "已原样另存" in page.inner_text("body")
    assert content in page.evaluate("Object.values(localStorage)")
    page.click(f'[data-entry="{ids[ROAD]}"]')
    enter(page, **SAID)
    page.keyboard.press("Escape")
    assert own(page, ids) == SAID
    assert polluted(page) == [None, None, None, False]


def test_a_bad_entry_in_the_storage_does_not_take_the_others_with_it(noted, ids):
    page, _ = noted
    page.evaluate(
        """() => { const [key] = Object.keys(localStorage);
        localStorage.setItem(key, JSON.stringify([{ id: 1 }, ...JSON.parse(localStorage[key]), null])); }"""
    )
    page.reload()
    assert "已原样另存" in page.inner_text("body")
    assert own(page, ids) == SAID
    assert "已原样另存" not in page.inner_text("body")


def test_what_is_damaged_is_laid_aside_even_where_there_is_no_room_for_two(noted, ids):
    page, _ = noted
    page.evaluate(
        """() => { const [key] = Object.keys(localStorage);
        localStorage.setItem(key, `[${"x".repeat(4e6)}`); }"""
    )
    page.reload()
    assert "已原样另存" in page.inner_text("body")
    page.click(f'[data-entry="{ids[ROAD]}"]')
    enter(page, **SAID)
    page.keyboard.press("Escape")
    assert own(page, ids) == SAID
    sizes = page.evaluate("Object.values(localStorage).map((one) => one.length)")
    assert max(sizes) == 4_000_001
