"""Two versions on one page: every word of what became of a point, counted, signed and listed."""

import dataclasses

import pytest

import roadalign
from roadalign.model.comparison import WORDS
from roadalign.outputs.comparison.page import render
from roadalign.outputs.comparison.terminal import comparison_text

BECAME = {
    "枫美路": {"verdict": "aligned", "severity": "ok", "section": "agrees"},  # resolved
    "示例二路": {"section": "differs"},  # worsened: its place differs as before
    "示例五路": {"severity": "mismatch"},  # improved: it was severe
    "沪杭公路": {"verdict": "undetermined", "section": "unknown"},  # not comparable: waits now
    "示例十一路": {"verdict": "aligned", "section": "agrees", "timing": "agrees"},  # waited before
    "兴豪路": {"a_lanes": 8},  # changed: a value, not the verdict
    "示例十六路": {"verdict": "mismatched", "severity": "mismatch", "place": "differs"},  # worsened
}
COUNTS = {
    "worsened": 2,
    "not_comparable": 2,
    "changed": 1,
    "improved": 1,
    "resolved": 1,
    "same": 19,
}


@pytest.fixture(scope="module")
def found(default_result):
    points = default_result.docking_points.copy()
    for name, values in BECAME.items():
        for column, value in values.items():
            points.loc[points["a_name"] == name, column] = value
    return roadalign.compare(
        default_result, dataclasses.replace(default_result, docking_points=points)
    )


def test_the_terminal_counts_every_word_in_the_order_of_urgency(found):
    assert {word: count for word, count in found.summary["counts"].items() if count} == COUNTS
    zh = comparison_text(found, lang="zh")
    assert "差异扩大 2，无法比较 2，数值有变化 1，差异缩小 1，已解决 1，消失 0，不变 19" in zh
    en = comparison_text(found, lang="en")
    heads = ("worsened (2):", "not comparable (2):", "changed (1):", "improved (1):")
    places = [en.index(f"\n{head}") for head in (*heads, "resolved (1):")]
    assert places == sorted(places)
    assert "aligned → undetermined" in en
    assert "section differs → agrees" in en
    assert "断面 不一致 → 一致" in zh


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lang", "word", "colon", "verdicts", "told"),
    [
        ("zh", "无法比较", "：", "已对接 → 资料不全", "既不算解决"),
        ("en", "not comparable", ": ", "aligned → undetermined", "neither a solution"),
    ],
)
def test_the_page_has_a_colour_and_a_sign_for_each(
    opened, found, tmp_path, lang, word, colon, verdicts, told
):
    path = tmp_path / "comparison.html"
    path.write_text(render(found, lang=lang), encoding="utf-8")
    page = opened(path)
    rows = page.locator("#legend label").all()[: len(WORDS)]
    counts = [int(row.locator(".count").inner_text()) for row in rows]
    assert counts == [COUNTS.get(one, 0) for one in WORDS]
    swatches = [row.locator(".swatch") for row in rows]
    assert len({one.inner_text() for one in swatches}) == len(WORDS)
    assert len({one.get_attribute("style") for one in swatches}) == len(WORDS)
    heads = page.locator("#panel h3").all_inner_texts()
    assert f"{word}{colon}2" in "".join("".join(heads).split("\n"))
    points = found.points.set_index("a_road")["id"]
    page.click(f'[data-entry="{points["沪杭公路"]}"]')
    card = page.inner_text("#panel")
    assert verdicts in card
    assert told in card
    for wrong in ("undefined", "[object", "NaN", "{"):
        assert wrong not in card
