"""G01: the ends do not meet along the road."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import format_numbers, grade_by_limits, holds, select_pairs
from roadalign.rules.land.pieces import find_links_over_water

if TYPE_CHECKING:
    from roadalign.rules.core import Context
    from roadalign.settings.limits import Limits


class Gap(JudgingRule):
    """Whether the two ends meet along the road.

    Why it matters
        A stretch that neither side has drawn is a stretch that neither side builds, pays for
        or asks land for. An overlap is a stretch that both believe to be theirs.
    How it is judged
        `gap_m` is the distance from end to end measured along the axis that lies between the
        two headings, negative where the ends overlap. Its absolute value above `gap_notice_m`
        is a notice, above `gap_mismatch_m` a mismatch, above `gap_severe_m` severe, whatever
        lies between. Where the link crosses water, or the strip between two boundary lines, the
        finding says that nobody has drawn the bridge, or the road across the strip. Where one
        side alone stops short, that side is asked to draw the rest.
    What it does not see
        Water that was not given (`--constraint`), and a bridge that a third plan holds.
    Example
        Both roads end at their bank of a river 80 m wide: mismatched, and who builds 80 m of
        bridge is asked of both.
    Source
        Ours.
    """

    code: ClassVar[str] = "G01"
    title: ClassVar[Text] = Text(en="Gap along the road", zh="端点间距")
    limits: ClassVar[tuple[str, ...]] = ("gap_notice_m", "gap_mismatch_m", "gap_severe_m")
    columns: ClassVar[tuple[str, ...]] = ("id", "verdict", "gap_m", "to_boundary_m")
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        两侧道路端点沿道路方向是否相接。

        检查目的
            双方都未绘制的路段，就是无人建设、无人出资、无人申请用地的路段；重叠的路段则双方都以为属于自己。
        判定方法
            `gap_m` 为两端点沿两侧走向之间轴线量得的距离，端点重叠时为负。
            其绝对值超过 `gap_notice_m` 为提示，
            超过 `gap_mismatch_m` 为一般，超过 `gap_severe_m` 为严重，不论其间为何物。
            端点连线跨越水域或两条界线之间的地带时，说明该处桥梁或路段双方均未绘制；
            仅一方未画到界线时，请该方补绘。
        局限
            未提供的水域（`--constraint`）；第三方规划中的桥梁。
        举例
            两侧道路各止于 80 米宽河流的一岸：衔接不一致，并请双方商定 80 米桥梁由谁建设。
        依据
            本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="Along the road, the ends drawn by {name_a} and {name_b} {how_en} {value} m{note_en}.",
        zh="沿道路方向，{name_a}与{name_b}所绘端点{how_zh}{value}米{note_zh}。",
    )
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on where {own_road} and {other_road} meet, and on who draws and "
        "builds the {value} m in question.",
        zh="与{other}商定{own_road}与{other_road}在何处相接，所涉{value}米由谁绘制、由谁建设。",
    )
    ask_own: ClassVar[Text] = Text(
        en="Draw {own_road} up to the boundary: it ends {own_value} m before it, where "
        "{other_road} of {other} arrives; or agree with {other} on another place to meet.",
        zh="将{own_road}补绘至界线：其止于界线以内{own_value}米，{other}的{other_road}已到达界线；"
        "或与{other}另行商定相接位置。",
    )
    ask_other: ClassVar[Text] = Text(
        en="Confirm to {other} that {own_road} stays where it reaches the boundary; {other} is "
        "asked to draw {other_road} up to it.",
        zh="向{other}确认{own_road}到达界线的位置不变；已请{other}将{other_road}补绘至界线。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the absolute gap of every pair."""
        both = select_pairs(points)
        gap_m = both["gap_m"].abs()
        limits = context.limits
        overlap = holds(both["gap_m"] < 0)
        return grade_by_limits(
            gap_m,
            [
                (Severity.NOTICE, "gap_notice_m", gap_m > limits["gap_notice_m"]),
                (Severity.MISMATCH, "gap_mismatch_m", gap_m > limits["gap_mismatch_m"]),
                (Severity.SEVERE, "gap_severe_m", gap_m > limits["gap_severe_m"]),
            ],
            limits=limits,
            unit="m",
            silent=gap_m.isna(),
        ).assign(
            a_value=format_numbers(both["a_to_boundary_m"]),
            b_value=format_numbers(both["b_to_boundary_m"]),
            side=_stops_short(both, limits),
            how_en=overlap.map({True: "overlap by", False: "lie apart by"}),
            how_zh=overlap.map({True: "重叠", False: "相距"}),
            **_note(both, context),
        )


NOTES = {
    "bridge": Text(
        en="; there is water between them and neither side has drawn the bridge",
        zh="；其间为水域，桥梁双方均未绘制",
    ),
    "strip": Text(
        en="; the strip between the two boundary lines lies between them and neither side has "
        "drawn the road across it",
        zh="；其间为两条界线之间的地带，该段道路双方均未绘制",
    ),
}


def _stops_short(both: pd.DataFrame, limits: Limits) -> pd.Series:
    """Return the side that alone stops short of the boundary, ``<NA>`` where both or neither do."""
    least_m = limits["gap_notice_m"]
    a = holds(both["a_to_boundary_m"] > least_m)
    b = holds(both["b_to_boundary_m"] > least_m)
    reaches_a = holds(both["a_to_boundary_m"].abs() <= least_m)
    reaches_b = holds(both["b_to_boundary_m"].abs() <= least_m)
    side = pd.Series(pd.NA, index=both.index, dtype="string")
    return side.mask(a & reaches_b, "a").mask(b & reaches_a, "b")


def _note(both: pd.DataFrame, context: Context) -> dict[str, pd.Series]:
    """Return what lies in a hole, as far as it is known."""
    hole = holds(both["gap_m"] > context.limits["gap_mismatch_m"])
    water = both["id"].isin(find_links_over_water(context))
    width_m = context.boundary.strip_width_max_m or 0.0
    short = holds((both["a_to_boundary_m"] > 0) & (both["b_to_boundary_m"] > 0))
    strip = short & holds(both["gap_m"] <= width_m + context.limits["gap_mismatch_m"])
    found = {}
    for lang in ("en", "zh"):
        note = pd.Series("", index=both.index, dtype="string")
        note = note.mask(hole & strip & (width_m > 0), getattr(NOTES["strip"], lang))
        found[f"note_{lang}"] = note.mask(hole & water, getattr(NOTES["bridge"], lang))
    return found
