"""C03: a road that exists crosses the boundary, and a plan does not have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Severity, Verdict
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import UNNAMED, holds

if TYPE_CHECKING:
    from roadalign.rules.core import Context

SEVERE_RANK, MISMATCH_RANK = 5, 3
"""Trunk roads and motorways; secondary and primary roads."""


class NotInPlan(JudgingRule):
    """Whether a road that exists across the boundary is in the plans of both sides.

    Why it matters
        A road that is driven today and is missing in a plan is usually an omission of the layer:
        the neighbour plans for a connection that this side does not know it has.
    How it is judged
        Needs the network. Where only one side's road arrives and an existing road crosses the
        boundary there, the other side is asked. By the rank of the existing road: 5 and 6 are
        severe, 3 and 4 a mismatch, lower or unknown a notice. Where an existing road of rank
        `network_only_rank` and above crosses and neither plan arrives, the severity is one step
        lower. Where one plan draws an existing road (within 10 m over the last 20 m; limit
        network_same_m) and the other does not, the other side is asked even if an end beside it
        found another counterpart. Such findings have no docking point, but a place on the boundary.
    What it does not see
        Whether the road is to be closed. In China the class of a mapped road is that of its
        administration, so the severity is context. Roads nearly along the boundary are left out.
    Example
        A county road that exists crosses at km 1.23; A draws it, B does not: B is asked.
    Source
        Ours; classes as in OpenStreetMap's China tagging guidelines.
    """

    code: ClassVar[str] = "C03"
    title: ClassVar[Text] = Text(en="Existing road not in the plan", zh="现状道路未纳入规划")
    limits: ClassVar[tuple[str, ...]] = ("network_only_rank",)
    columns: ClassVar[tuple[str, ...]] = (
        "verdict",
        "end",
        "chainage_m",
        "network",
        "network_class",
        "network_name",
    )
    page_zh: ClassVar[str] = """
        跨越界线的现状道路是否已纳入双方规划。

        检查目的
            现已通行而规划中没有的道路，多为图层遗漏：邻区按相通规划，本方图层中未见该道路。
        判定方法
            需提供现状路网。仅一方有道路到达、而现状道路在此过界时，请另一方核实。
            按现状道路等级：一级公路、快速路及以上为严重，三级公路、次干路至二级公路、主干路为一般，
            更低或不明为提示。
            双方规划均未到达、而级序不低于 `network_only_rank` 的现状道路在此过界时，降一级。
            一方规划绘有某现状道路（近界 20 米内相距不超过 10 米，限值 `network_same_m`）
            而另一方未绘时，即使旁边的端点已另有对接，仍请另一方核实。
            此类问题没有对接点，只有界线上的位置。
        局限
            道路是否将被废止。国内现状道路等级按行政等级标注，故仅供参考。几乎沿界的道路不计。
        举例
            现状县道在沿界里程 1.23 公里处过界，A方已绘，B方未绘：请B方核实。
        依据
            本项目建议；等级依 OpenStreetMap 中国标注指南。
    """
    message: ClassVar[Text] = Text(
        en="An existing road ({road_en}) crosses the boundary at km {km}; it is not in the plan of "
        "{lacks_en}.",
        zh="现状道路（{road_zh}）在沿界里程{km}公里处过界；{lacks_zh}的规划中没有该道路。",
    )
    ask: ClassVar[Text] = Text(
        en="Say whether the existing road is to stay, and enter it in the plan.",
        zh="说明现状道路是否保留，并纳入规划。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the lone docking points, and the roads that neither plan has."""
        lone = points[
            (points["verdict"] == str(Verdict.MISSING)) & holds(points["network"] == "connected")
        ]
        of_a = lone["a_end"] != "none"
        name_a, name_b = context.names
        one = pd.DataFrame(
            {
                "severity": _severity(lone["network_class"], 0),
                "side": of_a.map({True: "b", False: "a"}).astype("string"),
                "road": lone["network_name"],
                "chainage_m": lone["chainage_m"],
                "lacks_en": of_a.map({True: name_b, False: name_a}),
                "lacks_zh": of_a.map({True: name_b, False: name_a}),
            }
        )
        found = context.unplanned
        alone = found["side"].notna()
        found = found[alone | holds(found["road_class"] >= context.limits["network_only_rank"])]
        lower = found["side"].isna()
        lacks = {"a": name_a, "b": name_b}
        none = pd.DataFrame(
            {
                "severity": _severity(found["road_class"], 1).where(
                    lower, _severity(found["road_class"], 0)
                ),
                "side": found["side"],
                "road": found["name"],
                "chainage_m": found["chainage_m"].astype("Float64"),
                "lacks_en": found["side"].map(lacks).fillna(f"{name_a} or {name_b}"),
                "lacks_zh": found["side"].map(lacks).fillna(f"{name_a}与{name_b}"),
            }
        ).set_axis([-1] * len(found))
        both = pd.concat([one, none]) if len(none) else one
        return both.assign(
            road_en=both["road"].fillna(UNNAMED.en[3:]),
            road_zh=both["road"].fillna(UNNAMED.zh),
            km=[f"{m / 1000:.2f}" if pd.notna(m) else "—" for m in both["chainage_m"]],
        )


def _severity(rank: pd.Series, lower: int) -> pd.Series:
    steps = [
        str(Severity.NOTICE),
        str(Severity.NOTICE),
        str(Severity.MISMATCH),
        str(Severity.SEVERE),
    ]
    severity = pd.Series(steps[1 - lower], index=rank.index, dtype="string")
    severity = severity.mask(holds(rank >= MISMATCH_RANK), steps[2 - lower])
    return severity.mask(holds(rank >= SEVERE_RANK), steps[3 - lower])
