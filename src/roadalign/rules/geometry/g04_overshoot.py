"""G04: what one side draws beyond the boundary contradicts the neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Aspect, End, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import grade_by_limits, holds, select_pairs

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class Overshoot(JudgingRule):
    """Whether what one side draws beyond the boundary agrees with what the neighbour draws there.

    Why it matters
        What one side draws beyond the boundary is how it expects the road to go on. Where the
        neighbour draws it elsewhere, the two plans rest on different ideas.
    How it is judged
        `overshoot_contradiction_m` is how far the part drawn beyond the boundary lies from the
        neighbour's own road. Above `overshoot_notice_m` it is a notice, above
        `overshoot_mismatch_m` a mismatch. Where nobody draws beyond the boundary there is
        nothing to judge.
    What it does not see
        Who is right about the place, and an overshoot without a counterpart, which is a
        missing counterpart (C01).
    Example
        A draws its road 300 m beyond the boundary, 40 m beside the road that B draws there.
    Source
        Ours: the positional accuracy of both plans, and the offset that is severe.
    """

    code: ClassVar[str] = "G04"
    title: ClassVar[Text] = Text(
        en="Overshoot contradicts the neighbour", zh="过界路段与邻区规划不一致"
    )
    limits: ClassVar[tuple[str, ...]] = ("overshoot_notice_m", "overshoot_mismatch_m")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "overshoot_contradiction_m", "end")
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        一方延伸过界线所绘的路段，与邻区在该处的规划是否一致。

        检查目的
            延伸过界线的路段，表示绘制方所设想的道路走向。邻区把道路绘在别处时，两份规划的设想不同。
        判定方法
            `overshoot_contradiction_m` 为过界路段与邻区道路的距离。
            超过 `overshoot_notice_m` 为提示，
            超过 `overshoot_mismatch_m` 为一般。双方均未延伸过界线时不作判断。
        局限
            哪一方的位置更合适；对侧无道路的过界路段，见 C01。
        举例
            A方道路延伸过界线 300 米，与B方在该处所绘道路相距 40 米。
        依据
            本项目建议：两侧规划的位置精度，以及中线错位的严重限值。
    """
    message: ClassVar[Text] = Text(
        en="{who_en} the road across the boundary; what {name_a} and {name_b} show there "
        "lies {value} m apart.",
        zh="{who_zh}所绘道路延伸过界线，{name_a}与{name_b}在该处所绘位置相距{value}米。",
    )
    ask: ClassVar[Text] = Text(
        en="Check the part of {own_road} drawn beyond the boundary against the plan of {other}.",
        zh="将{own_road}延伸过界线的部分与{other}的规划核对。",
    )
    ask_other: ClassVar[Text] = Text(
        en="Check {own_road} against what {other} draws beyond the boundary.",
        zh="将{own_road}与{other}延伸过界线的部分核对。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge every pair in which a side draws beyond the boundary."""
        both = select_pairs(points)
        apart_m = both["overshoot_contradiction_m"]
        limits = context.limits
        name_a, name_b = context.names
        side = _side(both)
        return grade_by_limits(
            apart_m,
            [
                (Severity.NOTICE, "overshoot_notice_m", apart_m > limits["overshoot_notice_m"]),
                (
                    Severity.MISMATCH,
                    "overshoot_mismatch_m",
                    apart_m > limits["overshoot_mismatch_m"],
                ),
            ],
            limits=limits,
            unit="m",
            silent=apart_m.isna(),
        ).assign(
            side=side,
            a_value=both["a_end"],
            b_value=both["b_end"],
            who_en=side.map({"a": f"{name_a} draws", "b": f"{name_b} draws"}).fillna(
                "Each side draws"
            ),
            who_zh=side.map({"a": name_a, "b": name_b}).fillna("双方"),
        )


def _side(both: pd.DataFrame) -> pd.Series:
    """Return who draws beyond the boundary, ``<NA>`` where both do."""
    a = holds(both["a_end"] == str(End.OVERSHOOT))
    b = holds(both["b_end"] == str(End.OVERSHOOT))
    side = pd.Series(pd.NA, index=both.index, dtype="string")
    return side.mask(a & ~b, "a").mask(b & ~a, "b")
