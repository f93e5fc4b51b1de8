"""L01: a link or a proposal takes protected land."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from roadalign.model.tables import records
from roadalign.model.words import Aspect, worst
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.land.pieces import collect_taken, list_taken, make_findings
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.rules.core import Context

NATIONAL = re.compile(r"\bG\d+|\bS\d{1,2}\b")
"""Numbers of national roads and of provincial expressways (GB/T 917)."""

EXPRESSWAY_RANK = 6


class ProtectedLand(JudgingRule):
    """Whether what is to join the two roads takes protected land.

    Why it matters
        Farmland, the ecological red line and their like bind both sides, and decide whether a
        link can be built where the plans suggest it. It is the question that takes longest.
    How it is judged
        The corridor of the proposal, or of the straight link where there is none, as wide as
        the wider red line of the two sides or as usual for the class, is laid over the areas
        given as constraints. From `protected_area_m2` on, it is a finding. The severity belongs to
        the kind of land (`constraints.toml`): permanent basic farmland is severe, a mismatch for
        a national road or an expressway, which alone may apply; the ecological red line is
        severe; reserve areas of basic farmland, wetland, forest and heritage are a mismatch.
    What it does not see
        What the roads take elsewhere than between the two ends, bridges that span an area, and
        areas that were not given. Where no constraints are given it is silent.
    Example
        A link of 120 m, 24 m wide, over permanent basic farmland: 2880 m², severe.
    Source
        自然资规〔2018〕3号, 永久基本农田保护红线管理办法 (in force since 2025-10-01) and
        自然资发〔2022〕142号, in our own words; severities and width are ours.
    """

    code: ClassVar[str] = "L01"
    title: ClassVar[Text] = Text(en="Crosses protected land", zh="穿越保护用地")
    limits: ClassVar[tuple[str, ...]] = ("protected_area_m2",)
    columns: ClassVar[tuple[str, ...]] = ("id", "road_class", "ref")
    aspect: ClassVar[Aspect] = Aspect.LAND
    page_zh: ClassVar[str] = """
        连接两侧道路的线路是否占用保护用地。

        检查目的
            永久基本农田、生态保护红线等对双方均有约束。
            两侧道路能否在规划所示位置连接取决于此，所需时间也最长。
        判定方法
            以建议线位（没有时以端点连线）为轴，宽度取两侧红线中较宽者，均未注明时取该等级常用宽度，
            与所给约束区域叠置。占用面积达到 `protected_area_m2` 即为问题。
            严重程度由用地类型决定（`constraints.toml`）：永久基本农田为严重，
            国家级公路或高速公路可以申请占用，为一般；
            生态保护红线为严重；永久基本农田储备区、湿地、林地、历史文化保护线为一般。
        局限
            两端点之间以外的占用；以桥梁跨越的情形；未提供的区域。未提供约束图层时不作判断。
        举例
            端点连线长 120 米、宽 24 米，均位于永久基本农田：占用 2880 平方米，严重。
        依据
            自然资规〔2018〕3号、《永久基本农田保护红线管理办法》（2025年10月1日起施行）、
            自然资发〔2022〕142号，文字为本项目归纳；严重程度与宽度为本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="What would join the roads of {name_a} and {name_b}, {width} m wide, takes "
        "{list_en}. {law_en}",
        zh="连接{name_a}与{name_b}道路的占地范围（宽{width}米）占用{list_zh}。{law_zh}",
    )
    ask: ClassVar[Text] = Text(
        en="Examine with {other} whether the link of {own_road} and {other_road} can avoid the "
        "{value} m² of protected land, and who applies where it cannot.",
        zh="与{other}研究{own_road}与{other_road}的端点连线能否避让{value}平方米保护用地，"
        "无法避让时由谁申报。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the area taken at every docking point."""
        limit = context.limits["protected_area_m2"]
        known = table("constraints")
        found = collect_taken(context, rule=self.code)
        rows: list[dict[str, Any]] = []
        index = []
        for place, point in enumerate(records(points)):
            own = found.get(point["id"], [])
            area_m2 = float(sum(row["area_m2"] for row in own))
            if not own or area_m2 < limit:
                continue
            major = _national(point)
            severities = [
                known[row["kind"]].get("severity_major" if major else "severity")
                or known[row["kind"]]["severity"]
                for row in own
            ]
            rows.append(
                {
                    "severity": str(worst(severities)),
                    "value": area_m2,
                    "unit": "m2",
                    "limit": limit,
                    "limit_name": "protected_area_m2",
                    "width": float(own[0]["width_m"]),
                }
                | list_taken(own)
            )
            index.append(place)
        return make_findings(rows, index)


def _national(point: dict[str, Any]) -> bool:
    ranks = [point[f"{side}_road_class"] for side in "ab"]
    refs = [point[f"{side}_ref"] for side in "ab"]
    fast = any(pd.notna(rank) and rank >= EXPRESSWAY_RANK for rank in ranks)
    return fast or any(pd.notna(ref) and NATIONAL.search(str(ref)) for ref in refs)
