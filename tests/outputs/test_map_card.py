"""The card of a docking point: its drawings measured with a ruler, its words in both languages.

Expected lengths are those of the geometry in card_data.py; what a drawing shows is measured on the
drawing, by its scale.
"""

import math

import pytest
from card_data import checked, with_detour

from roadalign.outputs.map import render

pytestmark = pytest.mark.browser
HAN = r"[一-鿿]"


@pytest.fixture(scope="module")
def drawn_result():
    # from 1 km back on east's side round by the west: 2 km out, 2 km across, 2 km back
    return with_detour(
        checked(),
        "River",
        [(3000, -1000), (1000, -1000), (1000, 1000), (3000, 1000)],
        detour_m=6000.0,
        detour_ratio=3.0,
        detour_minutes=9.0,
        minutes_saved=6.5,
        with_link_m=2000.0,
        detour_state="found",
    )


@pytest.fixture(scope="module")
def drawn_file(drawn_result, tmp_path_factory):
    path = tmp_path_factory.mktemp("card") / "map.html"
    path.write_text(render(drawn_result, lang="en"), encoding="utf-8")
    return path


@pytest.fixture
def card(opened, drawn_file, drawn_result):
    names = drawn_result.docking_points["a_name"].fillna(drawn_result.docking_points["b_name"])
    ids = dict(zip(names, drawn_result.docking_points["id"], strict=True))

    def open_card(road, **how):
        return opened(drawn_file, anchor=f"#{ids[road]}", **how)

    return open_card


def numbers(text):
    return [float(one) for one in text.split(",")]


def scale(page):
    return float(page.get_attribute("#card figure >> nth=0 >> svg", "data-per-metre"))


def place(page, side):
    end = page.locator(f'[data-end="{side}"]')
    return float(end.get_attribute("cx")), float(end.get_attribute("cy"))


def dimension(page, kind):
    one = page.locator(f'[data-dimension="{kind}"]')
    return numbers(one.get_attribute("data-from")), numbers(one.get_attribute("data-to"))


def box(page, selector):
    """Return where an element is on the screen, without the width of its line."""
    return page.eval_on_selector(selector, "one => one.getBoundingClientRect().toJSON()")


def test_an_offset_is_drawn_to_scale_on_the_side_where_it_lies(card):
    page = card("Offset")
    (ax, ay), (bx, by) = place(page, "a"), place(page, "b")
    # looking from east (south of the line) to west, the other axis lies 35 m to the right: below
    assert (by - ay) / scale(page) == pytest.approx(35, abs=0.2)
    assert bx - ax == pytest.approx(0, abs=0.2)
    (_, top), (_, low) = dimension(page, "offset")
    assert (low - top) / scale(page) == pytest.approx(35, abs=0.2)
    assert "offset 35.0 m" in page.locator('[data-dimension="offset"]').text_content()
    assert page.locator('[data-dimension="gap"]').count() == 0
    assert page.locator('[data-dimension="deflection"]').count() == 0


def test_roads_are_as_wide_as_they_are_stated(card):
    page = card("Offset")
    widths = {
        side: float(page.get_attribute(f".surface.{side}", "stroke-width")) for side in ("a", "b")
    }
    assert widths["a"] / scale(page) == pytest.approx(12, abs=0.05)
    assert widths["b"] / scale(page) == pytest.approx(24, abs=0.05)
    page = card("River")
    assert page.locator(".surface").count() == 0  # neither plan states a width


def test_what_is_seen_has_the_length_the_scale_bar_says(card):
    page = card("Offset")
    first = "#card figure >> nth=0 >> "
    bar, a, b = (box(page, first + one) for one in (".scale .bar", ".end.a", ".end.b"))
    metres = float(page.get_attribute(f"{first}.scale", "data-metres"))
    assert metres in {1, 2, 5, 10, 20, 50, 100}
    seen_m = (b["y"] - a["y"]) * metres / bar["width"]
    assert seen_m == pytest.approx(35, rel=0.02)


def test_a_gap_is_drawn_to_scale_along_the_axis(card):
    page = card("River")
    (ax, ay), (bx, by) = place(page, "a"), place(page, "b")
    assert (bx - ax) / scale(page) == pytest.approx(140, abs=0.5)
    assert by - ay == pytest.approx(0, abs=0.2)
    (left, _), (right, _) = dimension(page, "gap")
    assert (right - left) / scale(page) == pytest.approx(140, abs=0.5)
    assert "gap 140.0 m" in page.locator('[data-dimension="gap"]').text_content()
    assert page.locator(".link-line").count() >= 1


def test_a_deflection_is_drawn_as_the_angle_it_is(card):
    page = card("Turn")
    one = page.locator('[data-dimension="deflection"]')
    cx, cy = numbers(one.get_attribute("data-centre"))
    angles = [
        math.degrees(math.atan2(y - cy, x - cx))
        for x, y in (numbers(one.get_attribute(f"data-{key}")) for key in ("from", "to"))
    ]
    # half of it on either side of the axis, turning right: clockwise, which is down
    assert angles == pytest.approx([-11, 11], abs=0.3)
    assert one.text_content() == "22.0°"


def test_north_is_where_it_is(card):
    page = card("Offset")
    # from east to west is northwards here, and to the right on the drawing; the grid of EPSG:4549
    # is turned by half a degree a hundred kilometres off its meridian
    angle = page.get_attribute("#card figure >> nth=0 >> .compass", "data-angle")
    assert float(angle) == pytest.approx(90, abs=1)
    page = card("River")
    assert float(page.get_attribute("figure .compass >> nth=1", "data-angle")) == pytest.approx(
        0, abs=1
    )


def test_one_side_alone_has_a_question_on_the_other(card):
    page = card("Alone")
    question = page.locator(".question")
    assert question.text_content() == "?"
    assert float(question.get_attribute("x")) > place(page, "a")[0]
    assert page.locator('[data-end="b"]').count() == 0
    assert "no road in the plan of west" in page.locator("#card figure >> nth=0").inner_text()


def test_what_is_drawn_beyond_the_line_is_measured_at_its_tip(card):
    page = card("Beyond")
    # the road turns off at the line: its tip lies 60 m beside the other's road, 240 m up
    one = page.locator('[data-dimension="beyond"]')
    assert float(one.get_attribute("data-metres")) == pytest.approx(60, abs=0.5)
    (x1, y1), (x2, y2) = dimension(page, "beyond")
    assert math.hypot(x2 - x1, y2 - y1) / scale(page) == pytest.approx(60, abs=0.5)


@pytest.mark.parametrize(
    ("road", "count"),
    [("Offset", 3), ("River", 2), ("Turn", 3), ("Alone", 3), ("Wide", 3), ("Beyond", 1)],
)
def test_every_drawing_has_a_text_alternative(card, road, count):
    page = card(road)
    described = page.eval_on_selector_all(
        "#card svg[role=img]",
        """all => all.map(one => ["labelledby", "describedby"].map(
            kind => document.getElementById(one.getAttribute(`aria-${kind}`)).textContent))""",
    )
    assert len(described) == count
    assert all(title and text for title, text in described)
    assert len({title for title, _ in described}) == len(described)
    hidden = page.locator("#card svg:not([role=img]):not([aria-hidden=true])")
    assert hidden.count() == 0


def parts(page, side):
    drawn = page.locator(f'[data-section="{side}"] [data-part]').all()
    return [
        (one.get_attribute("data-part"), float(one.get_attribute("width")), one) for one in drawn
    ]


def test_cross_sections_have_one_scale_and_show_what_is_stated(card):
    page = card("Wide")
    scales = {page.get_attribute(f'[data-section="{side}"]', "data-per-metre") for side in "ab"}
    (per_metre,) = {float(one) for one in scales}
    wide = parts(page, "a")
    assert [kind for kind, *_ in wide] == ["edge", "slow", *["lane"] * 4, "slow", "edge"]
    # 20 m of carriageway: four lanes of 3.5 m (60 km/h), two of 2.5 m, and half a metre each side
    assert [width / per_metre for _, width, _ in wide] == pytest.approx(
        [0.5, 2.5, 3.5, 3.5, 3.5, 3.5, 2.5, 0.5], abs=0.05
    )
    assert sum(width for _, width, _ in parts(page, "b")) / per_metre == pytest.approx(4, abs=0.05)
    red = [one.bounding_box()["x"] for one in page.locator('[data-section="a"] .redline').all()]
    svg = page.locator('[data-section="a"]').bounding_box()
    assert (red[1] - red[0]) / (svg["width"] / 380) / per_metre == pytest.approx(40, abs=0.3)
    said = page.locator('[data-section="b"]').text_content()
    assert "carriageway 4 m" in said
    assert "1 lane ×" in said
    assert "red line: not stated" in said


def test_what_is_assumed_looks_different_from_what_is_stated(card):
    page = card("Turn")
    # lanes without a width: class 1 has lanes of 3.75 m and a median, class 2 lanes of 3.5 m
    stated = {one.get_attribute("data-stated") for _, _, one in parts(page, "a")}
    assert stated == {"false"}
    assert [kind for kind, *_ in parts(page, "a")].count("median") == 1
    assert [kind for kind, *_ in parts(page, "b")].count("median") == 0
    assert all("url(#" in one.get_attribute("fill") for _, _, one in parts(page, "a"))
    said = page.locator('[data-section="a"]').text_content()
    assert "4 lanes × ≈ 3.75 m" in said
    assert "carriageway ≈ 17 m" in said
    assert "roadbed 26 m" in page.locator('[data-section="b"]').text_content()
    page = card("Wide")
    assert {one.get_attribute("data-stated") for _, _, one in parts(page, "a")} == {"true"}


def test_no_section_is_drawn_where_nothing_is_stated(card):
    page = card("River")
    assert page.locator("[data-section]").count() == 0
    page = card("Alone")
    assert "No road in the plan of west" in page.locator('[data-section="b"]').text_content()


def test_the_way_driven_today_is_drawn_and_counted(card):
    page = card("River")
    figure = page.locator("figure:has(.way)")
    way = box(page, "figure .way")
    assert way["height"] == pytest.approx(way["width"], rel=0.02)  # two by two kilometres
    ends = [figure.locator(f".badge.{side} circle") for side in "ab"]
    (ax, ay), (bx, by) = [[float(one.get_attribute(key)) for key in ("cx", "cy")] for one in ends]
    assert ay > by  # east's place is the one south of the line
    assert ax == pytest.approx(bx, abs=3)
    assert figure.locator("dd").all_inner_texts() == [
        "6.00 km · 9.0 min",
        "2.00 km · 2.5 min",
        "2.00 km",
    ]
    assert "3.00 times the straight line, 6.5 min saved" in figure.inner_text()
    lengths = [one.bounding_box()["width"] for one in figure.locator(".length-bar i").all()]
    assert lengths[0] == pytest.approx(3 * lengths[1], rel=0.05)
    assert page.locator(".attribution").inner_text() == "Existing roads: somebody"


def test_a_class_code_is_shown_by_its_name_and_kept_as_written(card):
    page = card("Wide")
    assert page.locator('tr[data-field="class_text"] td').all_inner_texts() == ["class 2 highway", "class 4 highway"]  # fmt: skip
    page.click(".sides + details summary")
    assert "22" in page.inner_text(".sides.source")
    page.click('button[lang="zh"]')
    assert page.locator('tr[data-field="class_text"] td').all_inner_texts() == [
        "二级公路",
        "四级公路",
    ]


def test_what_is_asked_is_said_in_the_language_of_the_page(card):
    page = card("Offset")
    assert "Agree with west on one axis" in page.inner_text(".asks")
    page.click('button[lang="zh"]')
    said = page.inner_text(".asks")
    assert "与west商定" in said
    assert "Agree" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_card_of_the_example_is_complete_and_fits_a_phone(
    opened, page_file, lang, default_result
):
    page = opened(page_file, width=360, height=740)
    page.click(f'button[lang="{lang}"]')
    for name in default_result.docking_points["id"]:
        page.evaluate(f"location.hash = '#{name}'")
        page.wait_for_selector(f'.tags a[href="#{name}"]')
        said = page.inner_text("#card") + page.eval_on_selector_all(
            "#card desc, #card title", "all => all.map(one => one.textContent).join('\\n')"
        )
        for wrong in ("undefined", "[object", "{", "NaN", "null"):
            assert wrong not in said
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        outside = page.evaluate(
            """() => [...document.querySelectorAll('#card svg[role=img]')].flatMap(svg => {
                const { width, height } = svg.viewBox.baseVal;
                return [...svg.querySelectorAll('text')].filter(one => {
                    const box = one.getBBox();
                    return box.x < -1 || box.x + box.width > width + 1 || box.y < -1 || box.y + box.height > height + 2;
                }).map(one => one.textContent);
            })"""
        )
        assert outside == []


def test_hostile_names_are_text_in_the_drawings(opened, hostile_result, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(render(hostile_result, lang="en"), encoding="utf-8")
    page = opened(path, anchor=f"#{hostile_result.docking_points['id'].iloc[0]}")
    said = page.eval_on_selector_all("#card desc", "all => all.map(one => one.textContent).join()")
    assert "<img src=x" in said
    assert page.locator("#card img, #card script").count() == 0
    assert page.title() != "1"
