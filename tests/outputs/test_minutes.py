"""Minutes on the map: entered, kept, exported, taken in again, and never anything but text."""

import json

import jsonschema
import pytest

from roadalign.ledger.minutes import schema
from roadalign.outputs.map import render

pytestmark = pytest.mark.browser

ROAD = "枫美路"
HOSTILE = '</script><img src=x onerror="document.title=1">'
SAID = {"decision": "to_do", "stage": "coordination", "due": "2027-03-31"}
SAID |= {"responsible_a": "金山区交通委", "responsible_b": "Jiaxing, roads", "note": "一\nTwo"}


@pytest.fixture
def ids(default_result):
    points = default_result.docking_points
    return dict(zip(points["a_name"].fillna(points["b_name"]), points["id"], strict=True))


def enter(page, **values):
    for field, value in values.items():
        if field == "decision":
            page.check(f"input[value={value}]")
        elif field == "stage":
            page.select_option("#minutes-stage", value)
        else:
            page.fill(f"#minutes-{field}", value)


def entered(page):
    return page.evaluate(
        """() => ({
          decision: document.querySelector('.decisions :checked').value,
          ...Object.fromEntries(['stage', 'due', 'responsible_a', 'responsible_b', 'note']
            .map((field) => [field, document.getElementById(`minutes-${field}`).value]))
        })"""
    )


def bar(page):
    if page.locator(".back").count():
        page.click(".back")
    if page.get_attribute("#minutes", "open") is None:
        page.click("#minutes summary")


def saved(page, button):
    bar(page)
    with page.expect_download() as download:
        page.click(button)
    return download.value


def exported(page, tmp_path):
    path = tmp_path / "minutes.json"
    saved(page, "#minutes-export").save_as(path)
    return path, json.loads(path.read_text(encoding="utf-8"))


def take(page, path):
    bar(page)
    before = page.inner_text("#minutes-said")
    page.set_input_files("#minutes-file", path)
    page.wait_for_function(
        "(before) => document.getElementById('minutes-said').textContent !== before", arg=before
    )
    return page.inner_text("#minutes-said")


def count(page):
    return page.inner_text("#minutes summary").split("已记录 ")[1]


def test_nothing_is_lost_on_reload_or_in_the_map_of_the_next_run(
    opened, page_file, ids, default_result, tmp_path
):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    assert entered(page)["decision"] == "none"
    enter(page, **SAID)
    page.reload()
    assert entered(page) == SAID
    assert "已保存在本浏览器" in page.inner_text("#minutes-state")
    later = tmp_path / "map.html"
    later.write_text(render(default_result, lang="zh"), encoding="utf-8")
    page.own.add(later.as_uri())
    page.goto(later.as_uri())
    assert count(page) == "1 处"
    mark = page.locator(f'[data-entry="{ids[ROAD]}"] .minutes-mark')
    assert mark.inner_text() == "待办"
    page.click(f'[data-entry="{ids[ROAD]}"]')
    assert entered(page) == SAID
    page.fill("#minutes-note", "")
    for field in ("due", "responsible_a", "responsible_b"):
        page.fill(f"#minutes-{field}", "")
    page.select_option("#minutes-stage", "")
    page.check("input[value=none]")
    page.click(".back")
    assert count(page) == "0 处"  # an entry without anything in it is none
    assert mark.inner_text() == ""


def test_export_clear_undo_and_import_give_the_same(opened, page_file, ids, tmp_path):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, **SAID)
    page.keyboard.press("Escape")
    page.click(f'[data-entry="{ids["亭枫公路"]}"]')
    enter(page, decision="agreed")
    path, record = exported(page, tmp_path)
    jsonschema.Draft202012Validator(schema()).validate(record)
    assert [one["decision"] for one in record["entries"]] == ["agreed", "to_do"]  # km 50 and 52
    assert {key: record["entries"][1][key] for key in SAID} == SAID
    page.on("dialog", lambda dialog: dialog.accept())
    for undo in (True, False):
        page.click("#minutes-clear")
        assert count(page) == "0 处"
        if undo:
            page.keyboard.press("Enter")  # the button is at hand
            assert count(page) == "2 处"
    page.reload()
    assert count(page) == "0 处"
    assert "导入 2 条" in take(page, path)
    _, again = exported(page, tmp_path)
    assert again["entries"] == record["entries"]
    assert "已有 2 条" in take(page, path)


def test_one_entry_is_deleted_and_comes_back(opened, page_file, ids):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    assert page.locator("#minutes-remove").is_hidden()
    enter(page, **SAID)
    page.click("#minutes-remove")
    assert entered(page)["note"] == ""
    page.keyboard.press("Enter")
    assert entered(page) == SAID
    page.reload()
    assert entered(page) == SAID


def test_of_two_entries_the_newer_counts_and_it_is_told(opened, page_file, ids, tmp_path):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, **SAID)
    page.click(".back")
    page.click(f'[data-entry="{ids["亭枫公路"]}"]')
    enter(page, decision="agreed")
    path, record = exported(page, tmp_path)
    older, newer = record["entries"]
    older |= {"decision": "rejected", "updated": "2020-01-01T00:00:00Z"}
    newer |= {"decision": "later", "updated": "2120-01-01T00:00:00Z"}
    elsewhere = newer | {"id": "DP-000000", "roads": [HOSTILE, "乙"], "note": HOSTILE}
    record["entries"].append(elsewhere)
    path.write_text(json.dumps(record), encoding="utf-8")
    said = take(page, path)
    assert f"{newer['id']}（文件中的较新，已采用）" in said
    assert f"{older['id']}（此处的较新，已保留）" in said
    marks = page.locator(".minutes-mark").all_inner_texts()
    assert sorted(mark for mark in marks if mark) == ["已议定", "缓议"]
    # what is of no point of this map is kept, listed as text, and goes out again
    assert HOSTILE in page.inner_text(".elsewhere")
    assert page.locator("img").count() == 0
    assert "DP-000000" in [one["id"] for one in exported(page, tmp_path)[1]["entries"]]
    # a clock far ahead does not shut out what is entered after it
    page.click(f'[data-entry="{newer["id"]}"]')
    enter(page, decision="agreed")
    page.reload()
    assert entered(page)["decision"] == "agreed"


def spoilt(record):
    """Return files that are no minutes of this map, each with what is said of it."""
    entries = record["entries"]
    wrong = [
        {"id": "x"}, {"decision": "<b>"}, {"decision": ["agreed"]}, {"stage": 1}, {"due": "2027-02-30"},
        {"note": None}, {"note": "x" * 4001}, {"lat": "1"}, {"roads": "ab"}, {"updated": "now"},
        {"chainage_m": None},
    ]  # fmt: skip
    return [
        ("no json", "不是 JSON"),
        ([record], "不是本程序"),
        (None, "不是本程序"),
        ({"format": "roadalign-minutes"}, "不是本程序"),
        (record | {"version": 2}, "更新的版本"),
        (record | {"boundary": HOSTILE}, "另一条界线"),
        (record | {"names": ["a", "b"]}, "另一条界线"),
        (record | {"names": 7}, "另一条界线"),
        (record | {"entries": [None]}, "第 1 条"),
        (record | {"entries": entries * 2}, "两次"),
        *((record | {"entries": [entries[0] | one]}, "第 1 条") for one in wrong),
    ]


def test_files_that_are_not_right_are_refused(opened, page_file, ids, tmp_path):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, **SAID)
    path, record = exported(page, tmp_path)
    for at, (bad, why) in enumerate(spoilt(record)):
        path = tmp_path / f"bad{at}.json"
        path.write_text(bad if isinstance(bad, str) else json.dumps(bad), encoding="utf-8")
        said = take(page, path)
        assert said.startswith(f"未导入 {path.name}"), at
        assert why in said, at
        assert page.locator("img, #minutes-said *").count() == 0
    page.reload()
    assert count(page) == "1 处"


def test_minutes_of_a_map_with_the_sides_exchanged_are_turned(opened, page_file, ids, tmp_path):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, responsible_a="a", responsible_b="b")
    path, record = exported(page, tmp_path)
    record["names"].reverse()
    record["entries"][0]["updated"] = "2120-01-01T00:00:00Z"
    path.write_text(json.dumps(record), encoding="utf-8")
    take(page, path)
    page.click(f'[data-entry="{ids[ROAD]}"]')
    assert (entered(page)["responsible_a"], entered(page)["responsible_b"]) == ("b", "a")


def test_hostile_text_is_text(opened, page_file, ids):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, decision="agreed", responsible_a=HOSTILE, note=f"{HOSTILE}\n${{1}} {{{{x}}}}")
    page.reload()
    assert entered(page)["responsible_a"] == HOSTILE
    page.click('button[lang="en"]')
    assert entered(page)["note"].startswith(HOSTILE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert HOSTILE in page.locator("#sheets").text_content()
    assert page.locator("img").count() == 0
    assert page.title() != "1"


@pytest.mark.parametrize(
    ("lang", "due"), [("zh", "期限：2027年3月31日"), ("en", "Due: 31 March 2027")]
)
def test_the_protocol_is_plain_text_in_the_language_of_the_page(
    opened, page_file, ids, tmp_path, lang, due
):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    page.click(f'button[lang="{lang}"]')
    enter(page, **SAID)
    page.click(".back")
    page.click(f'[data-entry="{ids["沿海大道"]}"]')
    enter(page, note="x")
    path = tmp_path / "protocol.txt"
    saved(page, "#minutes-text").save_as(path)
    text = path.read_text(encoding="utf-8-sig")
    first, second = text.index("\n1. "), text.index("\n2. ")
    assert first < text.index(ids["沿海大道"]) < second < text.index(ids[ROAD])  # km 1.4 and 52.5
    assert due in text
    assert "金山区交通委" in text
    assert "一\n      Two" in text
    for wrong in ("undefined", "{", "null", "[object"):
        assert wrong not in text
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#minutes-copy")
    page.wait_for_function("document.getElementById('minutes-said').textContent.includes('2')")
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == text.splitlines()


def test_what_cannot_be_copied_is_shown_to_be_copied_by_hand(opened, page_file, ids):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, decision="agreed")
    bar(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.click("#minutes-copy")
    page.wait_for_selector(".by-hand")
    assert ids[ROAD] in page.evaluate("getSelection().toString() || document.activeElement.value")


def leaving_warns(page):
    return page.evaluate(
        """() => { const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event); return event.defaultPrevented; }"""
    )


def test_a_browser_that_keeps_nothing_says_so(opened, page_file, ids, tmp_path):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    )
    page.reload()
    assert "不为此页面保存数据" in page.inner_text("#minutes-state")
    assert not leaving_warns(page)
    enter(page, **SAID)
    page.click(".step >> nth=1")
    page.click(".step >> nth=0")
    assert entered(page) == SAID
    assert leaving_warns(page)
    assert exported(page, tmp_path)[1]["entries"][0]["note"] == SAID["note"]
    assert not leaving_warns(page)
    assert "不为此页面保存数据" in page.inner_text("#minutes-said")


def test_a_full_storage_is_told_and_nothing_is_lost(opened, page_file, ids, tmp_path):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, decision="agreed")
    page.evaluate(
        """() => { window.before = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException('full'); }; }"""
    )
    enter(page, note="after")
    assert "存储空间已满" in page.inner_text("#minutes-state")
    assert leaving_warns(page)
    assert exported(page, tmp_path)[1]["entries"][0]["note"] == "after"
    page.evaluate("() => { Storage.prototype.setItem = window.before; }")
    page.click(f'[data-entry="{ids[ROAD]}"]')
    enter(page, responsible_a="x")
    assert not leaving_warns(page)
    page.reload()
    assert entered(page)["note"] == "after"


def test_what_is_kept_and_cannot_be_read_is_laid_aside(opened, page_file, ids):
    page = opened(page_file, anchor=f"#{ids[ROAD]}")
    enter(page, decision="agreed")
    page.evaluate("localStorage.setItem(Object.keys(localStorage)[0], '[{\"id\": 1}]')")
    page.reload()
    assert "已原样另存" in page.inner_text("#minutes-state")
    assert page.evaluate("Object.values(localStorage)") == ['[{"id": 1}]']
    enter(page, decision="later")
    page.reload()
    assert entered(page)["decision"] == "later"


def test_two_windows_do_not_overwrite_each_other(opened, page_file, ids):
    page = opened(page_file)
    other = page.context.new_page()
    other.complaints = []
    other.goto(f"{page_file.as_uri()}#{ids['亭枫公路']}")
    page.click(f'[data-entry="{ids[ROAD]}"]')
    enter(page, decision="agreed")
    enter(other, decision="later")
    page.click(".back")
    page.wait_for_function(
        "document.querySelector('#minutes summary').textContent.includes('2 处')"
    )
    page.reload()
    assert count(page) == "2 处"


def test_the_form_is_filled_with_the_keyboard_alone(opened, page_file, ids):
    page = opened(page_file)
    page.focus(f'[data-entry="{ids[ROAD]}"]')
    page.keyboard.press("Enter")
    page.focus("#minutes-jump")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    outlined = "getComputedStyle(document.activeElement.closest('label')).outlineWidth"
    assert page.evaluate(outlined) == "3px"
    page.keyboard.press("Tab")
    page.keyboard.type("coord")
    while page.evaluate("document.activeElement.id") != "minutes-responsible_a":
        page.keyboard.press("Tab")  # a date has several parts
    page.keyboard.type("jk JK")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("kj")
    page.keyboard.press("ArrowUp")
    assert page.url.endswith(f"#{ids[ROAD]}")  # letters in a field are letters
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "print-this"
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    now = entered(page)
    assert (now["decision"], now["responsible_a"], now["note"]) == ("to_do", "jk JK", "kj")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_is_missing_and_every_control_is_named(opened, page_file, ids, lang):
    page = opened(page_file, anchor=f"#{ids[ROAD]}", width=360, height=740)
    page.click(f'button[lang="{lang}"]')
    enter(page, decision="agreed")
    said = page.inner_text(".minutes")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    bar(page)
    said += page.inner_text("#minutes")
    for wrong in ("undefined", "[object", "{", "NaN"):
        assert wrong not in said
    if lang == "en":
        for word in ("会议", "决定", "期限", "导出", "打印"):
            assert word not in said
    page.click(f'[data-entry="{ids[ROAD]}"]')
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('.minutes :is(input, select, textarea, button)')]
        .filter((one) => !one.textContent.trim() && !one.labels?.[0]?.textContent.trim()).length"""
    )
    assert unnamed == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
