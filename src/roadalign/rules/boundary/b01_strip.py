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
        In the strip between two lines every gap and overshoot is uncertain by the width of the
        strip: a road may be in both plans there, or in neither.
    How it is judged
        Where the boundary was made from two areas, the widest place of the strip between or
        over them above `strip_notice_m` is a notice, above `strip_mismatch_m` a mismatch.
        One finding for the whole boundary. Where one line was given there is nothing to judge.
    What it does not see
        Which of the two lines is the legal one.
    Example
        Two areas that leave a strip 12 m wide between them: gaps up to 12 m say little.
    Source
        Ours: drawing accuracy, and the offset that is severe.
    """

    code: ClassVar[str] = "B01"
    title: ClassVar[Text] = Text(en="The sides' boundary lines differ", zh="双方所用界线数据不一致")
    limits: ClassVar[tuple[str, ...]] = ("strip_notice_m", "strip_mismatch_m")
    page_zh: ClassVar[str] = """
        双方所用的界线数据是否在同一位置。

        检查目的
            两条界线之间的条带内，道路可能两份规划均有，也可能均无。
            该处端点间距和延伸过界线的长度，其不确定性等于条带宽度。
        判定方法
            界线由两个面求得时，两面之间（或重叠处）条带的最大宽度超过 `strip_notice_m` 为提示，
            超过 `strip_mismatch_m` 为一般。整条界线只报一项。直接提供一条界线时不作判断。
        局限
            两条线中哪一条是法定界线。
        举例
            两个面之间留有 12 米宽的条带：12 米以内的端点间距参考意义不大。
        依据
            本项目建议：绘图精度，以及中线错位的严重限值。
    """
    message: ClassVar[Text] = Text(
        en="The boundary lines of {name_a} and {name_b} lie up to {value} m apart{note_en}.",
        zh="{name_a}与{name_b}所用界线数据最大相距{value}米{note_zh}。",
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
