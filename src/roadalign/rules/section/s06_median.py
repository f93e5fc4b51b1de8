"""S06: the median changes its width at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import (
    BOTH_SAY,
    format_numbers,
    grade_by_limits,
    say_both,
    select_pairs,
)

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class Median(JudgingRule):
    """Whether the medians of both sides are equally wide.

    Why it matters
        Where a median ends or narrows at the line, each carriageway has to move aside by half the
        difference; nobody has drawn the taper, and openings and barriers do not meet.
    How it is judged
        Widths of the median that differ by more than `median_notice_m` are a notice, never more:
        no verdict waits for a median. The value is the difference.
    What it does not see
        A median that one side does not state: its width is then unknown, also where the plan says
        0, which mostly means that nobody filled it in. Green belts beside the carriageways.
    Example
        2 m against 5 m: each carriageway moves aside by 1.5 m; a notice.
    Source
        Ours.
    """

    code: ClassVar[str] = "S06"
    title: ClassVar[Text] = Text(en="Median width", zh="中央分隔带宽度")
    limits: ClassVar[tuple[str, ...]] = ("median_notice_m",)
    columns: ClassVar[tuple[str, ...]] = ("verdict", "median_m")
    aspect: ClassVar[Aspect] = Aspect.SECTION
    page_zh: ClassVar[str] = """
        双方的中央分隔带宽度是否一致。

        检查目的
            中央分隔带在界线处中断或变窄时，两侧车行道须各偏移差值的一半；
            双方均未绘制渐变段时，开口和护栏也难以衔接。
        判定方法
            中央分隔带宽度相差超过 `median_notice_m` 为提示，不再升级，结论不以分隔带为条件。
            所列数值为差值。
        局限
            某一方未注明的分隔带：其宽度视为不明；规划中填 0 多为未填写，同样视为不明。
            车行道外侧的绿化带。
        举例
            2 米对 5 米：两侧车行道各偏移 1.5 米；提示。
        依据
            本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one width of the median: {own_value} m here, {other_value} m "
        "there.",
        zh="与{other}商定统一的中央分隔带宽度：本方{own_value}米，对方{other_value}米。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in the width of the median of every pair."""
        both = select_pairs(points)
        a_m, b_m = both["a_median_m"], both["b_median_m"]
        apart_m = (a_m - b_m).abs()
        return grade_by_limits(
            apart_m,
            [(Severity.NOTICE, "median_notice_m", apart_m > context.limits["median_notice_m"])],
            limits=context.limits,
            unit="m",
            silent=a_m.isna() & b_m.isna(),
        ).assign(
            **say_both(
                format_numbers(a_m),
                format_numbers(b_m),
                stated=Text(en="has a median of {} m", zh="中央分隔带宽{}米"),
                unstated=Text(en="does not state its median", zh="未注明中央分隔带宽度"),
            )
        )
