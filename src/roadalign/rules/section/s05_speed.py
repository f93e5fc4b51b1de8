"""S05: the design speed changes at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import (
    BOTH_SAY,
    format_numbers,
    grade_by_limits,
    reaches,
    say_both,
    select_pairs,
)

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class DesignSpeed(JudgingRule):
    """Whether both sides design the road for the same speed.

    Why it matters
        Curves, sight lines and lane widths follow from the design speed. A sudden change at
        a line that no driver sees is dangerous.
    How it is judged
        A difference above `speed_notice_kmh` is a notice, above `speed_mismatch_kmh` a
        mismatch; `speed_severe_kmh` or more is severe.
    What it does not see
        The speed limit that will be posted, and whether a transition is planned further inside
        one of the two sides.
    Example
        60 against 80 km/h is a notice, 60 against 100 km/h severe.
    Source
        That adjoining design sections differ by at most 20 km/h is widely quoted from JTG B01;
        the clause was not verified. The other limits are ours.
    """

    code: ClassVar[str] = "S05"
    title: ClassVar[Text] = Text(en="Design speed", zh="设计速度")
    limits: ClassVar[tuple[str, ...]] = (
        "speed_notice_kmh",
        "speed_mismatch_kmh",
        "speed_severe_kmh",
    )
    columns: ClassVar[tuple[str, ...]] = ("verdict", "design_speed_kmh")
    aspect: ClassVar[Aspect] = Aspect.SECTION
    page_zh: ClassVar[str] = """
        双方的设计速度是否相同。

        检查目的
            曲线、视距和车道宽度都由设计速度决定。界线处没有标志，速度突变影响行车安全。
        判定方法
            相差超过 `speed_notice_kmh` 为提示，超过 `speed_mismatch_kmh` 为一般，
            达到或超过 `speed_severe_kmh` 为严重。
        局限
            将来设置的限速；某一方内部是否另设过渡段。
        举例
            60 km/h 对 80 km/h 为提示，对 100 km/h 为严重。
        依据
            相邻设计路段速度差不大于 20 km/h 常被引自 JTG B01，条文未经核实；其余限值为本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one design speed: {own_value} km/h here, {other_value} "
        "km/h there.",
        zh="与{other}商定统一的设计速度：本方{own_value} km/h，对方{other_value} km/h。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in design speed of every pair."""
        both = select_pairs(points)
        a_kmh, b_kmh = both["a_design_speed_kmh"], both["b_design_speed_kmh"]
        apart_kmh = (a_kmh - b_kmh).abs()
        limits = context.limits
        far = reaches(apart_kmh, limits["speed_severe_kmh"])
        return grade_by_limits(
            apart_kmh,
            [
                (Severity.NOTICE, "speed_notice_kmh", apart_kmh > limits["speed_notice_kmh"]),
                (Severity.MISMATCH, "speed_mismatch_kmh", apart_kmh > limits["speed_mismatch_kmh"]),
                (Severity.SEVERE, "speed_severe_kmh", far),
            ],
            limits=limits,
            unit="km/h",
            silent=a_kmh.isna() & b_kmh.isna(),
        ).assign(
            **say_both(
                format_numbers(a_kmh),
                format_numbers(b_kmh),
                stated=Text(en="designs for {} km/h", zh="设计速度为{} km/h"),
                unstated=Text(en="does not state its design speed", zh="未注明设计速度"),
            )
        )
