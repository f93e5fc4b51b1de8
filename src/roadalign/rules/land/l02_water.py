"""L02: a link or a proposal crosses water."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from roadalign.model.tables import records
from roadalign.model.words import Aspect
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.land.pieces import collect_taken, list_taken, make_findings

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class Water(JudgingRule):
    """Whether what is to join the two roads crosses water, so that a bridge is needed.

    Why it matters
        A bridge on the boundary belongs to both sides: somebody has to build, pay for and
        maintain it, and the water permits of both are needed. Where each plan stops at its bank
        the bridge is in neither.
    How it is judged
        The length of the proposal, or of the straight link where there is none, that lies in
        areas given as water. From `water_length_m` on, it is a notice; the gap itself is
        judged by G01.
    What it does not see
        Water that the drawn roads themselves cross, waters given as lines, navigation.
        Where no constraints are given it is silent.
    Example
        A link that crosses 60 m of water: a notice; that its ends lie apart is G01.
    Source
        Ours, from the joint bridges of this boundary: both approve, both pay, one builds.
    """

    code: ClassVar[str] = "L02"
    title: ClassVar[Text] = Text(en="Crosses water", zh="跨越水域")
    limits: ClassVar[tuple[str, ...]] = ("water_length_m",)
    columns: ClassVar[tuple[str, ...]] = ("id",)
    aspect: ClassVar[Aspect] = Aspect.LAND
    page_zh: ClassVar[str] = """
        连接两侧道路的线路是否跨越水域，因而需要建桥。

        检查目的
            界线上的桥梁属于双方：须有人建设、出资、养护，并须取得双方的涉水许可。
            两侧规划各止于一岸时，桥梁不在任何一方的规划中。
        判定方法
            建议线位（没有时为端点连线）位于水域内的长度达到 `water_length_m` 即为提示；
            端点间距由 G01 判定。
        局限
            两侧已绘道路自身跨越的水域；以线要素表示的水系；通航要求。未提供约束图层时不作判断。
        举例
            端点连线跨越 60 米水域：提示；两端未相接由 G01 说明。
        依据
            本项目建议，参照本界线上共建桥梁的做法：双方审批、共同出资、一方代建。
    """
    message: ClassVar[Text] = Text(
        en="What would join the roads of {name_a} and {name_b} crosses {list_en}. {law_en}",
        zh="连接{name_a}与{name_b}道路的线路跨越{list_zh}。{law_zh}",
    )
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on the bridge between {own_road} and {other_road} ({value} m): "
        "who builds, pays and maintains it.",
        zh="与{other}商定{own_road}与{other_road}之间的桥梁（{value}米）：由谁建设、出资和养护。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the length in water at every docking point."""
        limit = context.limits["water_length_m"]
        found = collect_taken(context, rule=self.code)
        rows: list[dict[str, Any]] = []
        index = []
        for place, point in enumerate(records(points)):
            own = found.get(point["id"], [])
            length_m = float(sum(row["length_m"] for row in own))
            if not own or length_m < limit:
                continue
            rows.append(
                {
                    "severity": "notice",
                    "value": length_m,
                    "unit": "m",
                    "limit": limit,
                    "limit_name": "water_length_m",
                }
                | list_taken(own)
            )
            index.append(place)
        return make_findings(rows, index)
