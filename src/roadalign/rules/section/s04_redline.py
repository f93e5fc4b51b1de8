"""S04: the red-line corridor changes its width at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Aspect
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, format_numbers, say_both, select_pairs
from roadalign.rules.section.widths import WIDTH_LIMITS, grade_widths

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class RedLine(JudgingRule):
    """Whether both sides set aside a red-line corridor of the same width.

    Why it matters
        The red line is the land a road may ever take. Once the land beside the narrower one
        is built on, the road can hardly be widened there.
    How it is judged
        Red-line widths that differ by no more than `width_notice_m` are equal. Otherwise a
        difference above `width_notice_share` of the wider one is a notice, above
        `width_mismatch_share` a mismatch, above `width_severe_share` severe. The value is the
        share.
    What it does not see
        Whether the corridors lie over each other (that is G02), and green belts beside the
        red line.
    Example
        Red lines of 30 m and 45 m: a third of the wider one, a mismatch.
    Source
        Ours.
    """

    code: ClassVar[str] = "S04"
    title: ClassVar[Text] = Text(en="Red-line width", zh="红线宽度")
    limits: ClassVar[tuple[str, ...]] = WIDTH_LIMITS
    columns: ClassVar[tuple[str, ...]] = ("verdict", "redline_m")
    aspect: ClassVar[Aspect] = Aspect.SECTION
    page_zh: ClassVar[str] = """
        双方预留的道路红线宽度是否相同。

        检查目的
            红线是道路可用地的最大范围。较窄一侧红线以外建成后，道路难以再拓宽。
        判定方法
            红线宽度相差不超过 `width_notice_m` 视为一致；
            否则相差超过较宽者的 `width_notice_share` 为提示，超过 `width_mismatch_share` 为一般，
            超过 `width_severe_share` 为严重。所列数值为该比例。
        局限
            两侧红线范围是否重叠（见 G02）；红线外的绿化带。
        举例
            红线宽 30 米与 45 米：相差为较宽者的三分之一，为一般。
        依据
            本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one red-line width: {own_value} m here, {other_value} m there.",
        zh="与{other}商定统一的红线宽度：本方{own_value}米，对方{other_value}米。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in red-line width of every pair."""
        both = select_pairs(points)
        a_m, b_m = both["a_redline_m"], both["b_redline_m"]
        return grade_widths(a_m, b_m, limits=context.limits, silent=a_m.isna() & b_m.isna()).assign(
            **say_both(
                format_numbers(a_m),
                format_numbers(b_m),
                stated=Text(en="has a red-line width of {} m", zh="红线宽{}米"),
                unstated=Text(en="does not state its red-line width", zh="未注明红线宽度"),
            )
        )
