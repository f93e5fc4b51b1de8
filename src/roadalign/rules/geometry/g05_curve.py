"""G05: no curve that the design speed asks for joins the two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from roadalign.model.tables import records
from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.land.pieces import make_findings

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class NoCurve(JudgingRule):
    """Whether two roads that do not fit could be joined by the curve their design speed asks for.

    Why it matters
        Where a curve fits, the sides have something to agree on; where none does, one of the
        axes has to be found anew.
    How it is judged
        For each pair whose gap, offset or deflection is above its notice limit (that of the
        deflection widened as in G03), a line without a kink is looked for: straight, one curve,
        or two opposite curves with or without a straight between. What a curve has to satisfy
        stands in `curves.toml`, by the higher design speed of the two sides, for highways and
        urban roads by their classes: the radius, which
        on urban roads is the one without superelevation and on highways the general one; the
        transitions before and behind each arc; and the least length of the whole curve. A speed
        that neither side states is the usual one of the class. Where offset and deflection are
        within their notice limits only the radius counts. Both ends may be taken back along their
        own roads by the same length, `proposal_room_m` at most and no further than the road is
        drawn. Where no such curve fits it is a mismatch, and a notice where one fits that is
        admitted only for places without room (general radius of urban roads, limit radius of
        highways), or for the lower of the two design speeds. The value is how much of the two
        roads together the curve would take if both went straight on inland, the limit how much
        there is. Where a curve fits it is shown as a proposal, transitions included; where it is
        the one that is asked for, this rule is silent; where one side alone states its speed or
        its class, the other may ask for more, and it is then unknown.
    What it does not see
        Superelevation, the straight that belongs between two opposite curves, the longer curves
        of very small angles, gradients, junctions, buildings. A proposal is a place to begin, no
        design.
    Example
        Urban axes 100 m apart at 60 km/h: curves of 600 m would take 532 m of the roads, and
        there are 400 m; curves of 300 m, for places without room, take 386 m: a notice.
    Source
        CJJ 37-2012 6.2.2 (radii), 6.2.3 (lengths of curves) and 6.2.4 (transitions); JTG D20-2017
        (general radii, transitions, lengths) and JTG B01-2014 (limit radii, by superelevation);
        the room on each side is ours.
    """

    code: ClassVar[str] = "G05"
    title: ClassVar[Text] = Text(en="No curve fits", zh="无法以曲线连接")
    columns: ClassVar[tuple[str, ...]] = ("id", "design_speed_kmh", "road_class")
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        不相接的两侧道路能否以设计速度所要求的曲线连接。

        检查目的
            有可行曲线时，双方便有可商定的方案；没有时，须重新选定其中的中线。
        判定方法
            对端点间距、中线错位或走向夹角（限值按 G03 放宽）超过提示限值的每一对道路，
            寻找无折点的连接：直线、单曲线，或两段反向曲线（其间可有直线）。
            曲线要求见 `curves.toml`，按两侧较高的设计速度取用，
            并按等级区分公路与城市道路：半径（城市道路取不设超高的最小半径，公路取一般最小半径）、
            圆曲线两端的缓和曲线、整个平曲线的最小长度。双方均未说明速度时取该等级常用值。
            中线错位和走向夹角均在提示限值以内时，只要求半径。
            两端可沿各自道路回退相同长度，最多 `proposal_room_m`，且不超出已绘道路。
            没有符合要求的曲线为一般；仅受限条件下的曲线（城市道路一般半径、公路极限半径）可行，
            或仅按较低设计速度可行时，为提示。所列数值为两侧道路直线延伸时曲线共需占用的道路长度，
            限值为两侧可调整长度之和。可行的曲线连同缓和曲线作为建议线位给出；符合要求时本规则不作提示；
            仅一方注明设计速度或等级时，另一方的要求可能更高，视为不明。
        局限
            超高、反向曲线间应有的直线段、小偏角所需的更长曲线、纵坡、交叉口、建筑物。
            建议线位只是讨论的起点，不是设计。
        举例
            城市道路两中线错位 100 米，设计速度 60 km/h：半径 600 米的曲线共需两侧道路 532 米，
            可用 400 米；受限条件下的半径 300 米需 386 米：提示。
        依据
            CJJ 37-2012 第 6.2.2 条（半径）、6.2.3 条（平曲线长度）、6.2.4 条（缓和曲线）；
            JTG D20-2017（一般半径、缓和曲线、平曲线长度）、JTG B01-2014（极限半径，按超高）；
            每侧可调整长度为本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="{finds_en} curve of {radius_m} m ({design_en}) joins the roads of {name_a} and "
        "{name_b} within {a_room_m} m and {b_room_m} m of their ends{note_en}.",
        zh="在距端点{a_room_m}米（{name_a}）和{b_room_m}米（{name_b}）以内，"
        "{finds_zh}半径{radius_m}米（{design_zh}）的曲线可连接双方道路{note_zh}。",
    )
    ask: ClassVar[Text] = Text(
        en="Look with {other} for a common axis of {own_road} and {other_road}, or redraw more of "
        "both roads for the curve between them.",
        zh="与{other}共同研究{own_road}与{other_road}的中线，或在更长范围内调整双方线位以设置曲线。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge every pair for which a curve was looked for."""
        place = {name: at for at, name in enumerate(points["id"].tolist())}
        failed = [row for row in records(context.curves) if row["fits"] != "higher"]
        rows = [row | _judged(row) | _design(row) | _note(row) for row in failed]
        index = [place[row["docking_point"]] for row in failed]
        for row in records(context.curves):
            at = place[row["docking_point"]]
            if row["fits"] != "none" and _one_sided(points.iloc[at]):
                rows.append(row | _judged(row) | _design(row) | UNSURE)
                index.append(at)
        return make_findings(rows, index)


UNSURE = {
    "severity": str(Severity.UNKNOWN),
    "limit": pd.NA,
    "finds_en": "A",
    "finds_zh": "有",
    "note_en": "; what the side asks for that does not state its speed or class is not known",
    "note_zh": "；未注明设计速度或等级的一方有何要求不明",
}


def _one_sided(point: pd.Series) -> bool:
    """Return whether one side alone states what the curve depends on."""
    return any(
        pd.isna(point[f"a_{name}"]) != pd.isna(point[f"b_{name}"])
        for name in ("design_speed_kmh", "road_class")
    )


def _judged(row: dict[str, Any]) -> dict[str, Any]:
    needed_m, room_m = _needed_m(row), row["a_room_m"] + row["b_room_m"]
    return {
        "severity": str(Severity.MISMATCH if row["fits"] == "none" else Severity.NOTICE),
        "value": pd.NA if needed_m is None else needed_m,
        "unit": "m",
        "limit": pd.NA if needed_m is None else room_m,
        "limit_name": pd.NA,
        "finds_en": "No",
        "finds_zh": "没有",
    }


def _needed_m(row: dict[str, Any]) -> float | None:
    """Return what the curve would take of both roads, where that says why it does not fit."""
    if pd.isna(row["needed_m"]):
        return None
    both_m = 2 * float(row["needed_m"])
    return both_m if both_m > row["a_room_m"] + row["b_room_m"] else None


def _design(row: dict[str, Any]) -> dict[str, str]:
    speed, transition = f"{row['speed_kmh']:.0f} km/h", f"{row['transition_m']:.0f}"
    if not row["transition_m"]:
        return {"design_en": speed, "design_zh": speed}
    return {
        "design_en": f"{speed}, transitions of {transition} m",
        "design_zh": f"{speed}，缓和曲线{transition}米",
    }


def _note(row: dict[str, Any]) -> dict[str, str]:
    en, zh = [""], [""]
    needed_m = _needed_m(row)
    if needed_m is not None:
        en.append(f"it would take {needed_m:.0f} m of the two roads together")
        zh.append(f"共需两侧道路{needed_m:.0f}米")
    used, speed = row["used_m"], f"{row['used_kmh']:.0f} km/h"
    if row["fits"] == "constrained":
        en.append(f"one of {used:.0f} m does, which is for places without room")
        zh.append(f"仅受限条件下采用的半径{used:.0f}米可行")
    elif row["fits"] == "lower":
        en.append(f"one of {used:.0f} m ({speed}) does")
        zh.append(f"半径{used:.0f}米（{speed}）可行")
    elif row["largest_m"]:
        en.append(f"without transitions the largest radius that fits is {row['largest_m']:.0f} m")
        zh.append(f"不设缓和曲线时可容纳的最大半径为{row['largest_m']:.0f}米")
    return {"note_en": "; ".join(en), "note_zh": "；".join(zh)}
