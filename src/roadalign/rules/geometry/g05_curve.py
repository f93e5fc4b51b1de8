"""G05: no curve of the minimum radius joins the two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.tables import records
from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.land.pieces import make_findings

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class NoCurve(JudgingRule):
    """Whether two roads that do not fit could be joined by a curve of the minimum radius.

    Why it matters
        Where a curve fits, the sides have something to agree on; where none does, one of the
        axes has to be found anew.
    How it is judged
        For each pair whose gap, offset or deflection is above its notice limit, a curve without
        a kink is looked for: straight, one arc, or two opposite arcs with or without a straight
        between. Its radius is the general minimum for the higher design speed of the two sides,
        highway or urban by their classes (`curves.toml`); a speed that neither side states is
        the usual one of the class. Both ends may be taken back along their own roads by the same
        length, `proposal_room_m` at most and no further than the road is drawn. Where no curve
        fits it is a mismatch; where one fits for the lower of the two design speeds, a notice.
        Where a curve fits it is shown as a proposal, and this rule is silent.
    What it does not see
        Transition curves, superelevation, the straight that belongs between two opposite
        arcs, gradients, junctions, buildings. A proposal is a place to begin, no design.
    Source
        Radii of JTG D20 and CJJ 37; the room on each side is ours.
    """

    code: ClassVar[str] = "G05"
    title: ClassVar[Text] = Text(en="No curve fits", zh="无法以曲线连接")
    columns: ClassVar[tuple[str, ...]] = ("id",)
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        不相接的两侧道路能否以满足最小半径的曲线连接。

        为何重要
            有可行曲线时，双方便有可商定的方案；没有时，须重新选定其中的中线。
        如何判定
            对间隙、横向偏移或偏转角超过提示限值的每一对道路，寻找无折点的连接：直线、单曲线，
            或两段反向曲线（其间可有直线）。半径取两侧较高设计速度的一般最小半径，
            按等级区分公路与城市道路（`curves.toml`）；双方均未说明速度时取该等级常用值。
            两端可沿各自道路回退相同长度，最多 `proposal_room_m`，且不超出已绘道路。
            没有可行曲线为不匹配；仅按较低设计速度可行时为提示。
            有可行曲线时作为建议线给出，本规则不作提示。
        看不到什么
            缓和曲线、超高、反向曲线间应有的直线段、纵坡、交叉口、建筑物。建议线只是讨论的起点，不是设计。
        依据
            半径取自 JTG D20、CJJ 37；每侧可调整长度为本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="No curve of {radius_m} m ({speed_kmh} km/h) joins the roads of {name_a} and {name_b} "
        "within {a_room_m} m and {b_room_m} m of their ends{note_en}.",
        zh="在距端点{a_room_m}米（{name_a}）和{b_room_m}米（{name_b}）以内，"
        "没有半径{radius_m}米（{speed_kmh} km/h）的曲线可连接双方道路{note_zh}。",
    )
    ask: ClassVar[Text] = Text(
        en="Look with {other} for a common axis of {own_road} and {other_road}; the largest "
        "radius that fits now is {value} m.",
        zh="与{other}共同研究{own_road}与{other_road}的中线；目前可容纳的最大半径为{value}米。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge every pair for which a curve was looked for."""
        place = {name: at for at, name in enumerate(points["id"].tolist())}
        failed = [row for row in records(context.curves) if row["fits"] != "higher"]
        rows = [
            row
            | {
                "severity": str(Severity.NOTICE if row["fits"] == "lower" else Severity.MISMATCH),
                "value": row["largest_m"],
                "unit": "m",
                "limit": row["radius_m"],
                "limit_name": pd.NA,
            }
            | _note(row)
            for row in failed
        ]
        return make_findings(rows, [place[row["docking_point"]] for row in failed])


def _note(row: dict[str, object]) -> dict[str, str]:
    if row["fits"] == "lower":
        return {
            "note_en": f"; one of {row['low_radius_m']:.0f} m ({row['low_kmh']:.0f} km/h) does",
            "note_zh": f"；半径{row['low_radius_m']:.0f}米（{row['low_kmh']:.0f} km/h）可行",
        }
    if row["largest_m"]:
        return {
            "note_en": f"; the largest radius that fits is {row['largest_m']:.0f} m",
            "note_zh": f"；可容纳的最大半径为{row['largest_m']:.0f}米",
        }
    return {"note_en": "", "note_zh": ""}
