"""B01: the two sides do not draw the boundary in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import format_numbers, grade_by_limits, say_value

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class BoundaryStrip(JudgingRule):
    """Whether both sides draw the boundary in the same place.

    Why it matters
        In the strip between two lines a road belongs to both sides or to neither. Every gap
        and overshoot there is uncertain by the width of the strip.
    How it is judged
        Where the boundary was made from two areas, the widest place of the strip between or
        over them above `strip_notice_m` is a notice, above `strip_mismatch_m` a mismatch.
        One finding for the whole boundary. Where one line was given there is nothing to judge.
    What it does not see
        Which of the two lines is the legal one.
    Source
        Ours: drawing accuracy, and the offset that is severe.
    """

    code: ClassVar[str] = "B01"
    title: ClassVar[Text] = Text(en="The sides' boundary lines differ", zh="双方界线不一致")
    limits: ClassVar[tuple[str, ...]] = ("strip_notice_m", "strip_mismatch_m")
    page_zh: ClassVar[str] = """
        双方绘制的界线是否在同一位置。

        检查目的
            两条界线之间的带状区域内，道路要么同属双方，要么不属任何一方，间隙与越界在此都有一个带宽的不确定性。
        判定方法
            界线由两个面求得时，两面之间（或重叠处）带状区域的最大宽度超过 `strip_notice_m` 为提示，
            超过 `strip_mismatch_m` 为不匹配。整条界线只报一项。直接提供一条界线时不作判断。
        局限
            两条线中哪一条是法定界线。
        依据
            本项目建议：绘图精度，以及横向偏移的严重限值。
    """
    message: ClassVar[Text] = Text(
        en="The boundary lines of {name_a} and {name_b} lie up to {value} m apart{note_en}.",
        zh="{name_a}与{name_b}的界线最大相距{value}米{note_zh}。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:  # noqa: ARG002
        """Judge the strip of the whole boundary."""
        boundary, limits = context.boundary, context.limits
        widest_m = pd.Series([boundary.strip_width_max_m], index=[-1], dtype="Float64")
        median_m = pd.Series([boundary.strip_width_median_m], index=[-1], dtype="Float64")
        return grade_by_limits(
            widest_m,
            [
                (Severity.NOTICE, "strip_notice_m", widest_m > limits["strip_notice_m"]),
                (Severity.MISMATCH, "strip_mismatch_m", widest_m > limits["strip_mismatch_m"]),
            ],
            limits=limits,
            unit="m",
            silent=widest_m.isna(),
        ).assign(
            note_en=say_value(format_numbers(median_m), ", half of the way no more than {} m", ""),
            note_zh=say_value(format_numbers(median_m), "，中位数{}米", ""),
        )
