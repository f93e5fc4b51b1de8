"""G01: the ends do not meet along the road."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import format_numbers, grade_by_limits, holds, select_pairs

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class Gap(JudgingRule):
    """Whether the two ends meet along the road.

    Why it matters
        A stretch that neither side has drawn is a stretch that neither side builds, pays for
        or asks land for. An overlap is a stretch that both believe to be theirs.
    How it is judged
        `gap_m` is the distance from end to end measured along the axis that lies between the
        two headings, negative where the ends overlap. Its absolute value above `gap_notice_m`
        is a notice, above `gap_mismatch_m` a mismatch, above `gap_severe_m` severe.
    What it does not see
        Why there is a gap: two roads drawn up to opposite banks of a river have a gap as wide
        as the river, and the bridge over it is then in neither plan.
    Source
        The limits are ours; most rivers of the boundary they were made for are narrower than
        `gap_mismatch_m`.
    """

    code: ClassVar[str] = "G01"
    title: ClassVar[Text] = Text(en="Gap along the road", zh="沿道路方向间隙")
    limits: ClassVar[tuple[str, ...]] = ("gap_notice_m", "gap_mismatch_m", "gap_severe_m")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "gap_m", "to_boundary_m")
    page_zh: ClassVar[str] = """
        两侧道路端点沿道路方向是否相接。

        为何重要
            双方都未绘制的路段，就是无人建设、无人出资、无人申请用地的路段；重叠的路段则双方都以为属于自己。
        如何判定
            `gap_m` 为两端点沿两侧走向之间轴线量得的距离，端点重叠时为负。
            其绝对值超过 `gap_notice_m` 为提示，
            超过 `gap_mismatch_m` 为不匹配，超过 `gap_severe_m` 为严重。
        看不到什么
            间隙的原因：两侧道路分别画到河流两岸时，间隙即为河宽，而桥梁不在任何一方的规划中。
        依据
            限值为本项目建议；所针对界线上的多数河流窄于 `gap_mismatch_m`。
    """
    message: ClassVar[Text] = Text(
        en="Along the road, the ends drawn by {name_a} and {name_b} {how_en} {value} m.",
        zh="沿道路方向，{name_a}与{name_b}所绘端点{how_zh}{value}米。",
    )
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one point where {own_road} and {other_road} meet; the "
        "ends are {value} m from each other along the road.",
        zh="与{other}商定{own_road}与{other_road}的同一对接点；两端点沿道路方向相差{value}米。",
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
            how_en=overlap.map({True: "overlap by", False: "lie apart by"}),
            how_zh=overlap.map({True: "重叠", False: "相距"}),
        )
