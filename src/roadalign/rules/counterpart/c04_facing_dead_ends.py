"""C04: two existing dead ends face each other across the boundary, and neither plan joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import UNNAMED, holds

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class FacingDeadEnds(JudgingRule):
    """Whether two existing roads end before the boundary, face to face, and no plan joins them.

    Why it matters
        A short link between two roads that are already there is often the cheapest connection.
    How it is judged
        Needs the network. Always a notice: a list of opportunities, not of faults. Two dead ends
        on either side of the boundary count where they lie within `opportunity_gap_m`, face each
        other within `opportunity_deflection_deg`, the higher road has rank `opportunity_rank`
        or above, neither is a service road, track or living street, and the way around is at
        least `opportunity_detour_m` and `opportunity_detour_ratio` times the gap. It has no
        docking point, but a place on the boundary; at docking points C01 and G01 speak.
    What it does not see
        Why the roads end there, and roads cut off at the edge of the network's file.
    Example
        Two streets end 42 m apart, and the way around is 5.2 km.
    Source
        After MissingLinks.jl (Bhagat-Conway, Compiano and Ivie 2025); the limits are ours.
    """

    code: ClassVar[str] = "C04"
    title: ClassVar[Text] = Text(en="Facing dead ends", zh="相向断头路")
    limits: ClassVar[tuple[str, ...]] = (
        "opportunity_rank",
        "opportunity_gap_m",
        "opportunity_deflection_deg",
        "opportunity_detour_ratio",
        "opportunity_detour_m",
    )
    page_zh: ClassVar[str] = """
        两条现状道路是否在界线两侧相向中断，而双方规划均未将其连通。

        检查目的
            在两条既有道路之间补上短短一段，往往是代价最小的连通方式。
        判定方法
            需提供现状路网。一律为提示：这是机会清单。
            界线两侧的断头端须同时符合：相距不超过 `opportunity_gap_m`；
            相向的走向夹角不超过 `opportunity_deflection_deg`；
            较高一方的级序不低于 `opportunity_rank`；均非服务道路、土路或生活街道；
            绕行长度不小于 `opportunity_detour_m`，并达到两端间距的 `opportunity_detour_ratio` 倍。
            没有对接点，只有界线上的位置；对接点处由 C01 与 G01 判定。
        局限
            道路为何止于此；路网文件边缘处被截断的道路。
        举例
            两条街道中断，相距 42 米，现状绕行 5.2 公里。
        依据
            参照 MissingLinks.jl（Bhagat-Conway、Compiano、Ivie，2025）；限值为本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="Two existing roads ({road_en}) end {value} m apart at km {km}; the way around is "
        "{around_en}, and neither {name_a} nor {name_b} plans to join them.",
        zh="沿界里程{km}公里处，两条现状道路（{road_zh}）中断，相距{value}米；现状绕行{around_zh}，"
        "{name_a}与{name_b}均未规划连通。",
    )
    ask: ClassVar[Text] = Text(
        en="Consider joining the two existing roads.", zh="研究连通两条现状道路。"
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:  # noqa: ARG002
        """List the facing dead ends the network knows."""
        found, limits = context.opportunities, context.limits
        around_m, ratio = found["detour_m"], found["detour_ratio"]
        found = found[
            holds(found["road_class"] >= limits["opportunity_rank"])
            & holds(found["gap_m"] <= limits["opportunity_gap_m"])
            & holds(found["deflection_deg"] <= limits["opportunity_deflection_deg"])
            & (around_m.isna() | holds(around_m >= limits["opportunity_detour_m"]))
            & (ratio.isna() | holds(ratio >= limits["opportunity_detour_ratio"]))
        ]
        around = [
            ("longer than was looked for", "超出搜索范围")
            if pd.isna(m)
            else (f"{m / 1000:.1f} km", f"{m / 1000:.1f}公里")
            for m in found["detour_m"]
        ]
        return pd.DataFrame(
            {
                "severity": pd.Series(str(Severity.NOTICE), index=found.index, dtype="string"),
                "value": found["gap_m"].astype("Float64"),
                "unit": pd.Series("m", index=found.index, dtype="string"),
                "chainage_m": found["chainage_m"].astype("Float64"),
                "road_en": found["name"].fillna(UNNAMED.en[3:]),
                "road_zh": found["name"].fillna(UNNAMED.zh),
                "around_en": [en for en, _ in around],
                "around_zh": [zh for _, zh in around],
                "km": [f"{m / 1000:.2f}" for m in found["chainage_m"]],
            }
        ).set_axis([-1] * len(found))
