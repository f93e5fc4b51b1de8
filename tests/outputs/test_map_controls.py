"""The controls of the map: filters, list, strip, keys and links.

The counts are worked out by hand from the docking points of the example: two without a
counterpart, eight mismatched, one that waits for data of side B, fifteen aligned; both sides are
asked something at the ten that are open, and side B at the one that waits.
"""

import dataclasses

import pytest
from map_pages import on_map, on_strip

from roadalign.outputs.map import render

pytestmark = pytest.mark.browser


@pytest.fixture
def ids(default_result):
    points = default_result.docking_points
    return dict(zip(points["a_name"].fillna(points["b_name"]), points["id"], strict=True))


def counts(page):
    """Return how many points the list, the map and the strip show."""
    return page.locator("button.entry").count(), on_map(page), on_strip(page)


def listed(page):
    return page.eval_on_selector_all("button.entry", "all => all.map(one => one.dataset.entry)")


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"severity": "severe"}, 3),
        ({"severity": "notice"}, 4),
        ({"rule": "N02"}, 5),
        ({"rule": "S02"}, 3),  # a fourth point has it as unknown, which is no finding
        ({"class": "6"}, 3),
        ({"class": "5"}, 3),  # one of them on one side only
        ({"class": "unknown"}, 1),
        ({"side": "a"}, 10),
        ({"side": "b"}, 11),
        ({"side": "nobody"}, 15),
        ({"class": "4", "side": "a"}, 5),
        ({"class": "4", "side": "a", "severity": "mismatch"}, 3),
        ({"class": "4", "side": "a", "severity": "mismatch", "rule": "S01"}, 1),
        ({"class": "6", "side": "b"}, 0),
        ({"state": "bottleneck"}, 3),
        ({"state": "planned", "severity": "severe"}, 2),
        ({"state": "unknown"}, 1),
        ({"supply": "b:lanes"}, 1),
        ({"supply": "b:status", "class": "3"}, 1),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else str(value),
)
def test_filters_combine(opened, page_file, chosen, shown):
    page = opened(page_file)
    page.click("#filters summary")
    for key, value in chosen.items():
        page.select_option(f"#filter-{key}", value)
    assert counts(page) == (shown, shown, shown)
    assert f"显示 {shown} 处" in page.inner_text("#shown")
    page.click("#reset")
    assert counts(page) == (26, 26, 26)
    assert page.locator("#reset").is_hidden()


def test_verdicts_are_filtered_by_chip_or_legend(opened, page_file):
    page = opened(page_file)

    def pressed():
        return page.eval_on_selector_all(
            '.chip[aria-pressed="true"]', "all => all.map(one => one.id.slice(8))"
        )

    assert pressed() == ["all"]
    page.click("#verdict-aligned")
    assert counts(page) == (15, 15, 15)
    assert pressed() == ["aligned"]
    assert not page.is_checked("#show-missing")
    page.focus("#verdict-aligned")
    page.keyboard.press("Enter")  # once more: all of them
    assert counts(page) == (26, 26, 26)
    page.click("#verdict-missing")
    page.click("#verdict-all")
    assert pressed() == ["all"]
    # the legend takes one away at a time
    page.click("#show-aligned")
    assert counts(page) == (11, 11, 11)
    assert "未解决 10 处，待补充资料 1 处" in page.inner_text("#shown")
    page.click("#show-mismatched")
    assert counts(page) == (3, 3, 3)
    assert "未解决 2 处，待补充资料 1 处" in page.inner_text("#shown")
    assert pressed() == ["missing", "ambiguous", "undetermined"]
    page.click("#filters summary")
    page.select_option("#filter-severity", "severe")
    assert counts(page) == (1, 1, 1)
    # what each verdict would show with the severity chosen
    assert page.locator(".legend .count").all_inner_texts() == ["1", "2", "0", "0", "0"]


def test_a_value_says_how_many_points_it_would_show(opened, page_file):
    page = opened(page_file)
    page.click("#filters summary")
    page.select_option("#filter-rule", "N02")
    severities = page.locator("#filter-severity option").all_inner_texts()
    # of the five points with N02, three are aligned with a notice, two mismatched
    assert severities == ["不限", "严重 (0)", "一般 (2)", "提示 (3)", "一致 (0)"]
    assert not page.locator('#filter-rule option[value="N01"]').count()  # only ever unknown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("沪昆高速", 1),
        ("g320", 1),
        ("示例 十六", 1),
        ("Ｇ３２０", 1),
        ("no such road", 0),
        ("<b>", 0),
    ],
)
def test_texts_are_searched(opened, page_file, text, shown):
    page = opened(page_file)
    page.fill("#search", text)
    assert counts(page) == (shown, shown, shown)
    assert page.evaluate("document.activeElement.id") == "search"
    if not shown:
        assert "没有符合" in page.inner_text("#list")
    page.click('button[lang="en"]')
    assert counts(page) == (shown, shown, shown)
    assert page.input_value("#search") == text


def test_an_id_is_found_by_a_part_of_it(opened, page_file, ids):
    page = opened(page_file)
    page.fill("#search", ids["枫美路"].lower())
    assert listed(page) == [ids["枫美路"]]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("priority", "示例五路"),  # 81.8
        ("chainage", "沿海大道"),  # 1.4 km
        ("severity", "示例五路"),  # severe, and of these the highest priority
        ("verdict", "示例一路"),  # no counterpart: 72.8 before 57.8
    ],
)
def test_the_list_is_sorted(opened, page_file, ids, key, first):
    page = opened(page_file)
    page.select_option("#sort", "name")
    page.select_option("#sort", key)
    assert listed(page)[0] == ids[first]
    assert sorted(listed(page)) == sorted(ids.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_numbers_in_names_are_sorted_as_numbers(opened, page_file, ids, lang):
    page = opened(page_file)
    page.click(f'button[lang="{lang}"]')
    page.select_option("#sort", "name")
    order = listed(page)
    roads = ("沈海高速", "沪昆高速", "沿海大道", "亭枫公路")  # G15, G60, G228, G320
    places = [order.index(ids[road]) for road in roads]
    assert places == sorted(places)


def test_list_map_and_strip_point_at_the_same(opened, page_file, ids):
    page = opened(page_file)
    chosen = ids["枫美路"]
    trio = [f'[data-id="{chosen}"]', f'[data-entry="{chosen}"]', f'[data-stop="{chosen}"]']
    for hovered in trio:
        page.mouse.move(2, 2)
        assert page.locator("[data-near]").count() == 0
        page.hover(hovered)
        for other in trio:
            assert page.locator(f"{other}[data-near]").count() == 1
    page.click(trio[2])
    assert "枫美路" in page.inner_text("#panel h2")
    assert page.locator(f"{trio[0]}.chosen").count() == 1
    page.click(".back")
    assert page.get_attribute(trio[1], "aria-current") == "true"
    assert page.get_attribute(trio[2], "aria-current") == "true"


def test_the_strip_has_the_points_in_order_west_on_the_left(opened, page_file, default_result):
    page = opened(page_file)
    boxes = {
        one.get_attribute("data-stop"): one.bounding_box() for one in page.locator(".stop").all()
    }
    points = default_result.docking_points.sort_values("chainage_m")
    lefts = [boxes[name]["x"] for name in points["id"]]
    # the example's boundary starts at the sea in the south-east
    assert lefts == sorted(lefts, reverse=True)
    # 5 km take about 80 of the 1008 pixels, 2 km would be too close
    assert page.locator(".tick").all_inner_texts()[:2] == ["0 km", "5"]
    shapes = list(boxes.values())
    for at, one in enumerate(shapes):
        assert min(one["width"], one["height"]) >= 24
        for two in shapes[at + 1 :]:
            apart = abs(one["x"] - two["x"]) >= 25 or abs(one["y"] - two["y"]) >= 25
            assert apart


def test_the_rate_is_told_for_each_class(opened, page_file):
    page = opened(page_file)
    assert page.inner_text("#rate") == "对接率 58%～62% · 贯通率 46%"
    assert "26 处对接点中已对接 15 处" in page.inner_text('[data-part="rates"] summary')
    page.click('[data-part="rates"] summary')
    rows = page.locator('[data-part="rates"] tr[data-class]')
    told = {
        row.get_attribute("data-class"): row.locator("td").all_inner_texts() for row in rows.all()
    }
    assert told == {
        # of the higher class of both sides: aligned and all, with what waits, driven across today
        "6": ["3 / 3", "100%", "100%"],
        "5": ["2 / 3", "67%", "67%"],
        "4": ["5 / 9", "56%", "33%"],
        "3": ["5 / 11", "45%～55%", "36%"],
    }
    assert sum(int(cells[0].split(" / ")[1]) for cells in told.values()) == 26
    # 24 pairs: four lie apart, three differ in section, one in time; one does not say
    aspects = page.locator("[data-aspect] td").all_inner_texts()
    assert aspects[:2] == ["83%（20 / 24）", "100%"]
    assert aspects[2:] == ["83%（20 / 24）", "96%", "92%（22 / 24）", "96%"]


def test_roads_and_lanes_are_counted_by_class_and_state(opened, page_file):
    page = opened(page_file)
    page.click('[data-part="interfaces"] summary')
    heads = page.locator(".interfaces thead th").all_inner_texts()
    assert heads == ["道路等级", "贯通", "瓶颈路段", "在建", "规划", "不明", "合计"]
    row = page.locator('.interfaces tr[data-class="4"] td').all_inner_texts()
    # through 沪杭公路 (4) and 兴豪路 (6); 朱吕公路 with 4 against 6; six planned with 4 each
    told = [" ".join(cell.split()) for cell in row]
    assert told == ["2 10 车道", "1 4 车道", "", "6 24 车道", "", "9 38 车道"]
    # of 示例十一路 one side does not say
    third = page.locator('.interfaces tr[data-class="3"] td').all_inner_texts()
    assert " ".join(third[4].split()) == "1 —"
    # 60.5 km by twelve that one can drive across, by these and thirteen more
    assert "现状 5.0 km" in page.inner_text('[data-part="interfaces"]')


def test_what_waits_for_data_stands_apart(opened, page_file, ids):
    page = opened(page_file)
    name = ids["示例十一路"]
    groups = page.locator("[data-group]").all_inner_texts()
    assert groups == ["未解决：10 处", "待补充资料：1 处", "已对接：15 处"]
    assert listed(page)[10] == name
    # its own symbol, on the map, in the list and along the strip
    for place in (f'[data-id="{name}"]', f'[data-entry="{name}"]', f'[data-stop="{name}"]'):
        shape = page.eval_on_selector(f"{place} svg g", "one => one.getAttribute('fill')")
        assert shape == "#8c8c8c"
    entry = page.inner_text(f'[data-entry="{name}"]')
    assert "资料不全" in entry
    assert "一致" not in entry  # no severity is known of it
    assert "jiaxing" in entry or "B" in entry
    # one list by side and field, and each line leads to its points
    asked = page.locator("[data-request]")
    assert asked.count() == 6
    assert "1 处对接点待补充机动车道数" in page.inner_text('[data-request="b:lanes"]')
    page.click('[data-request="b:lanes"] button')
    assert listed(page) == [name]
    page.click(f'[data-entry="{name}"]')
    assert page.inner_text(".tags .verdict") == "资料不全"
    assert page.inner_text(".tags .state") == "贯通状态：不明"
    (line,) = page.locator(".missing li").all_inner_texts()
    assert line.endswith("：请补充等级、机动车道数、路面宽度、红线宽度、设计速度、状态")
    outcomes = page.locator("#card .aspects dd").all_inner_texts()
    assert outcomes == ["✓ 一致", "? 不明", "? 不明"]
    page.click('button[lang="en"]')
    assert page.locator("#card .aspects dd").all_inner_texts()[1] == "? unknown"
    assert ": class, motor lanes, carriageway, red line" in page.inner_text(".missing li")


def test_what_was_not_compared_is_said_first(opened, page_file, default_result, tmp_path, ids):
    assert opened(page_file).locator("#left-out").is_hidden()
    aspects = default_result.summary["aspects"]
    timing = aspects["timing"] | {"agrees": 0, "differs": 0, "unknown": 0, "left_out": 24}
    points = default_result.docking_points.assign(timing="left_out")
    result = dataclasses.replace(
        default_result,
        summary=default_result.summary | {"aspects": aspects | {"timing": timing}},
        docking_points=points,
    )
    path = tmp_path / "map.html"
    path.write_text(render(result, lang="en"), encoding="utf-8")
    page = opened(path, anchor=f"#{ids['枫美路']}")
    said = "Not compared, as the settings say: timing."
    assert said in page.inner_text("#left-out")
    assert page.inner_text("body").strip().startswith(said)
    assert said in page.inner_text("#card .left-out")
    assert page.inner_text("#card .aspects .left_out dd") == "– left out"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert said in page.locator(".overview-leaf .left-out").first.text_content()


def test_a_decision_settles_nothing(opened, default_result, tmp_path, ids):
    decided = {ids["枫美路"]: "agreed", ids["示例五路"]: "rejected", ids["示例一路"]: "to_do"}
    decided[ids["沪杭公路"]] = "agreed"  # aligned
    points = default_result.docking_points
    result = dataclasses.replace(
        default_result, docking_points=points.assign(decision=points["id"].map(decided))
    )
    path = tmp_path / "map.html"
    path.write_text(render(result, lang="en"), encoding="utf-8")
    page = opened(path)
    groups = page.locator("[data-group]").all_inner_texts()
    told = ["Open: 8", "Open, agreed or rejected: 2", "Waiting for data: 1", "Aligned: 15"]
    assert groups == told
    assert listed(page)[8:10] == [ids["示例五路"], ids["枫美路"]]
    assert "10 open, 1 waiting for data" in page.inner_text("#shown")


def test_a_link_opens_its_point(opened, page_file, ids):
    page = opened(page_file, anchor=f"#{ids['枫美路']}")
    assert "枫美路" in page.inner_text("#panel h2")
    assert page.get_attribute(".tags a", "href") == f"#{ids['枫美路']}"
    page.evaluate(f"location.hash = '#{ids['亭枫公路']}'")
    page.wait_for_function("document.querySelector('#panel h2').textContent.includes('亭枫公路')")
    page.evaluate("location.hash = '#nothing'")
    page.wait_for_function("document.querySelector('#card').childElementCount === 0")
    page.fill("#search", "高速")
    # a link leads to its point even when the filters hide it
    page.evaluate(f"location.hash = '#{ids['枫美路']}'")
    page.wait_for_selector("table.sides")
    page.keyboard.press("Escape")
    assert "#" not in page.url
    assert counts(page) == (26, 26, 26)


def test_a_link_to_nothing_opens_the_list(opened, page_file):
    page = opened(page_file, anchor="#DP-000000")
    assert page.locator("table.sides").count() == 0
    assert counts(page) == (26, 26, 26)


def test_a_run_with_the_keyboard_alone(opened, page_file):
    page = opened(page_file)
    order = listed(page)

    def current():
        return page.get_attribute('.entry[aria-current="true"]', "data-entry")

    page.keyboard.press("j")
    assert current() == order[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("J")
    assert current() == order[2]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert current() == order[0]
    assert "#" not in page.url
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{order[0]}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("j")
    assert page.url.endswith(f"#{order[2]}")
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith(f"#{order[1]}")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.entry") == order[1]
    page.focus("#search")
    page.keyboard.type("jk")  # letters in a field are letters
    assert page.input_value("#search") == "jk"
    assert counts(page) == (0, 0, 0)
    page.keyboard.press("Escape")  # empties the field, then leaves it
    assert counts(page) == (26, 26, 26)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "entry"


def test_the_strip_is_walked_with_arrows(opened, page_file, ids):
    page = opened(page_file)
    # one stop along the strip can be reached with Tab
    assert page.locator('.stop[tabindex="0"]').count() == 1
    page.focus(f'[data-stop="{ids["亭枫公路"]}"]')
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.focus(f'[data-stop="{ids["亭枫公路"]}"]')
    page.keyboard.press("Enter")
    assert "亭枫公路" in page.inner_text("#panel h2")
    page.focus(f'[data-stop="{ids["亭枫公路"]}"]')
    page.keyboard.press("ArrowLeft")
    # further west, so further along this boundary, comes 枫美路
    assert "枫美路" in page.inner_text("#panel h2")
    assert page.evaluate("document.activeElement.dataset.stop") == ids["枫美路"]


def test_points_are_stepped_through_by_touch(opened, page_file):
    page = opened(page_file, width=360, height=740, has_touch=True, is_mobile=True)
    order = listed(page)
    page.tap(f'[data-stop="{order[0]}"]')
    page.wait_for_selector("table.sides")
    page.tap(".step >> nth=1")
    assert page.url.endswith(f"#{order[1]}")
    page.tap(".step >> nth=0")
    assert page.url.endswith(f"#{order[0]}")
    page.tap(".back")
    page.tap("#filters summary")
    page.select_option("#filter-side", "nobody")
    assert counts(page) == (15, 15, 15)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_is_missing(opened, page_file, lang):
    page = opened(page_file)
    page.click(f'button[lang="{lang}"]')
    page.click("#filters summary")
    for part in ("rates", "interfaces"):
        page.click(f'[data-part="{part}"] summary')
    said = page.inner_text("body")
    labels = page.eval_on_selector_all(
        "[aria-label], [title], [placeholder]",
        "all => all.flatMap(one => [one.ariaLabel, one.title, one.placeholder]).join('\\n')",
    )
    for wrong in ("undefined", "[object", "{", "NaN"):
        assert wrong not in said
        assert wrong not in labels
    if lang == "en":
        for word in ("显示", "结论", "衔接不一致", "排序"):
            assert word not in said
            assert word not in labels


def test_every_control_has_a_name(opened, page_file):
    page = opened(page_file)
    page.click("#filters summary")
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, [role=button]')]
        .filter(one => !one.ariaLabel && !one.textContent.trim() && !one.labels?.[0]?.textContent.trim())
        .map(one => one.outerHTML)"""
    )
    assert unnamed == []
    assert page.get_attribute("#strip", "aria-label")
    assert page.get_attribute("#shown", "role") == "status"


def test_motion_is_left_out_where_it_is_not_wanted(opened, page_file, ids):
    page = opened(page_file, reduced_motion="reduce")
    page.dispatch_event(f'[data-stop="{ids["枫美路"]}"]', "click")
    assert page.evaluate("map_align.getZoom()") == 16.5


def test_verdicts_differ_in_shape_and_size_tells_priority(opened, page_file, ids, default_result):
    page = opened(page_file)
    shapes = {
        page.eval_on_selector(
            f"#verdict-{verdict} svg g", "one => one.firstChild.tagName + one.innerHTML"
        )
        for verdict in ("missing", "mismatched", "ambiguous", "undetermined", "aligned")
    }
    assert len(shapes) == 5
    wide = {
        road: page.locator(f'[data-id="{ids[road]}"] svg').bounding_box()["width"]
        for road in ("示例五路", "示例四路", "沪杭公路")
    }
    priority = default_result.docking_points.set_index("id")["priority"]
    # 20 px and 0.16 px for each point of priority; aligned ones have 18 px.
    for road in ("示例五路", "示例四路"):
        assert wide[road] == pytest.approx(20 + 0.16 * priority[ids[road]], abs=0.6)
    assert wide["示例五路"] > wide["示例四路"] > wide["沪杭公路"] == 18


def test_hostile_names_are_text_in_every_control(opened, hostile_result, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(render(hostile_result, lang="en"), encoding="utf-8")
    page = opened(path)
    page.click("#filters summary")
    page.fill("#search", "onerror")
    assert counts(page)[0] > 0
    page.hover(".stop >> nth=0")
    page.keyboard.press("Tab")
    page.select_option("#sort", "name")
    assert page.locator("img").count() == 0
    assert page.title() != "1"
