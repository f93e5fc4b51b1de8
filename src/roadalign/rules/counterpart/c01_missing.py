"""C01: one side's road arrives at the boundary alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Severity, Verdict
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import UNNAMED, holds, name_road

if TYPE_CHECKING:
    from roadalign.rules.core import Context

MAJOR_RANK = 4
"""Class 2 highways and urban trunk roads and above (rank 4 to 6): planned for through traffic."""

TENTATIVE = ("reserved", "proposed", "abandoned")
"""Statuses under which nobody has decided to build the road."""


class MissingCounterpart(JudgingRule):
    """Whether a road that reaches the boundary has a road on the other side to go on with.

    Why it matters
        A road without a counterpart ends at the boundary (断头路), and traffic cannot pass
        however well it is built. Whether and where it goes on has to be agreed first.
    How it is judged
        Every docking point at which only one side has a road is a finding, but for those where the
        coverage of the other side is in doubt (I08): they are undetermined. Rank 4 and above
        (class 2 highway, urban trunk road) is severe, any lower or unknown class a mismatch.
        Where the road is only reserved, proposed or abandoned the severity is one step lower.
        How far a counterpart is looked for is set by `search_m`, `pair_offset_m` and
        `pair_deflection_deg`, which steer the pairing itself. No finding: a road that ends at the
        other side's road along the boundary, a dead end of lower rank further than
        `undershoot_minor_m` (planned) or `lone_minor_m` (existing) before the boundary, and one at
        a small angle to it (`approach_angle_deg`) or behind another road of its side.
    What it does not see
        Whether the neighbour has the road in a layer that was not given, and whether the road
        is meant to end here, e.g. at a toll station or a port.
    Example
        An urban trunk road of A reaches the boundary, and B has no road there: severe.
    Source
        Wording of the Yangtze delta programme on disconnected roads; the severities are ours.
    """

    code: ClassVar[str] = "C01"
    title: ClassVar[Text] = Text(en="Missing counterpart", zh="对侧无道路")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "end", "name", "ref", "road_class", "status")
    page_zh: ClassVar[str] = """
        到达界线的道路，在对侧有没有可以接续的道路。

        检查目的
            对侧无道路时，道路止于界线，即断头路，通行能力难以发挥。是否接续、在何处接续，须先行商定。
        判定方法
            只有一方有道路的对接点即为问题；另一方资料是否覆盖该处存疑的（I08）除外，记为资料不全。
            二级公路、主干路及以上为严重，更低或等级不明为一般。
            道路状态为预留、研究或已取消时，严重程度降一级。
            搜索对应道路的范围由 `search_m`、`pair_offset_m`、`pair_deflection_deg` 决定，
            它们作用于配对本身。以下情形不列为问题：止于对侧沿界道路的道路；
            较低等级道路的悬挂端，规划道路距界线超过 `undershoot_minor_m`、
            现状道路超过 `lone_minor_m`；
            与界线夹角小于 `approach_angle_deg` 或前方有本侧其他道路的悬挂端。
        局限
            对侧道路是否在未提供的图层中；道路是否本应止于此处，例如收费站或港口。
        举例
            A方主干路到达界线，B方在此没有道路：严重。
        依据
            长三角省际断头路工作的表述；严重程度的划分为本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="{road_en} of {has} reaches the boundary, where {lacks} has no road to meet it.",
        zh="{has}的{road_zh}到达界线，{lacks}在此没有与之对接的道路。",
    )
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on where {own_road} is to go on, or let it end before the boundary.",
        zh="与{other}商定{own_road}过界后的去向，或使其止于界线以内。",
    )
    ask_other: ClassVar[Text] = Text(
        en="Say whether {own} is to have a road that meets {other_road} of {other}.",
        zh="说明{own}是否将有道路与{other}的{other_road}对接。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the docking points that only one side reaches."""
        lone = points[points["verdict"] == str(Verdict.MISSING)]
        of_a = lone["a_end"] != "none"
        label = name_road(lone, "a").where(of_a, name_road(lone, "b"))
        rank = lone["a_road_class"].where(of_a, lone["b_road_class"])
        status = lone["a_status"].where(of_a, lone["b_status"])
        severity = _severity(rank, tentative=status.isin(TENTATIVE))
        name_a, name_b = context.names
        return pd.DataFrame(
            {
                "severity": severity,
                "side": of_a.map({True: "a", False: "b"}).astype("string"),
                "a_value": label.where(of_a),
                "b_value": label.where(~of_a),
                "has": of_a.map({True: name_a, False: name_b}),
                "lacks": of_a.map({True: name_b, False: name_a}),
                "road_en": label.fillna(UNNAMED.en),
                "road_zh": label.fillna(UNNAMED.zh),
            }
        )


def _severity(rank: pd.Series, *, tentative: pd.Series) -> pd.Series:
    major = holds(rank >= MAJOR_RANK)
    severity = pd.Series(str(Severity.MISMATCH), index=rank.index, dtype="string")
    severity = severity.mask(tentative, str(Severity.NOTICE))
    severity = severity.mask(major, str(Severity.SEVERE))
    return severity.mask(major & tentative, str(Severity.MISMATCH))
