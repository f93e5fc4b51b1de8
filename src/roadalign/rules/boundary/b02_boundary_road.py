"""B02: a road along the boundary is recorded differently by the two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.classes import class_names
from roadalign.model.words import Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import UNNAMED, format_numbers, format_ranks, holds, name_road, reaches
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.rules.core import Context

LABELS = {
    "road_class": Text(en="class", zh="等级"),
    "lanes": Text(en="motor lanes", zh="机动车道数"),
    "status": Text(en="status", zh="状态"),
}
UNSTATED = Text(en="not stated", zh="未注明")


class BoundaryRoad(JudgingRule):
    """Whether both sides record a road along the boundary alike.

    Why it matters
        A road along the line is one road in two plans. It docks nowhere, so that a different
        class or number of lanes would never show at a docking point.
    How it is judged
        Class, motor lanes and status of the road are compared. Classes `class_mismatch_ranks`
        apart or lanes `lanes_mismatch` apart are a mismatch; any other difference is a notice.
        What one side alone states is unknown. One finding per road at most.
    What it does not see
        A boundary road that only one side draws, and where along the road it changes.
    Example
        A records a class 2 highway, B a class 4 highway: two ranks apart, a mismatch.
    Source
        Ours; the limits are those of S01 and S02.
    """

    code: ClassVar[str] = "B02"
    title: ClassVar[Text] = Text(en="Boundary road recorded differently", zh="沿界道路记录不一致")
    limits: ClassVar[tuple[str, ...]] = ("class_mismatch_ranks", "lanes_mismatch")
    columns: ClassVar[tuple[str, ...]] = (
        "name",
        "ref",
        "road_class",
        "class_text",
        "lanes",
        "status",
    )
    page_zh: ClassVar[str] = """
        双方对沿界道路的记录是否一致。

        检查目的
            沿界道路是两份规划中的同一条道路，不在任何一处对接，等级或车道数的不同不会在对接点上显现。
        判定方法
            比较等级、机动车道数和状态。等级相差达到 `class_mismatch_ranks` 或车道数相差达到
            `lanes_mismatch` 为一般，其他不同为提示。仅一方注明时视为不明。每条道路最多一项。
        局限
            只有一方绘制的沿界道路；沿线何处发生变化。
        举例
            A方记为二级公路，B方记为四级公路：相差两级，为一般。
        依据
            本项目建议；限值同 S01 与 S02。
    """
    message: ClassVar[Text] = Text(
        en="{road_en} runs along the boundary; {name_a} and {name_b} record: {note_en}.",
        zh="{road_zh}沿界线延伸，{name_a}与{name_b}的记录为：{note_zh}。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:  # noqa: ARG002
        """Judge every boundary road that both sides draw."""
        roads = context.boundary_roads.reset_index(drop=True)
        if roads.empty:
            return pd.DataFrame({"severity": pd.Series(dtype="string")})
        limits = context.limits
        ranks = (roads["a_road_class"] - roads["b_road_class"]).abs()
        lanes = (roads["a_lanes"] - roads["b_lanes"]).abs()
        by_class = holds(reaches(ranks, limits["class_mismatch_ranks"]))
        by_lanes = holds(reaches(lanes, limits["lanes_mismatch"])) & ~by_class
        differs, unsure = _compare_columns(roads)
        severity = pd.Series(str(Severity.OK), index=roads.index, dtype="string")
        severity = severity.mask(unsure.any(axis=1), str(Severity.UNKNOWN))
        severity = severity.mask(differs.any(axis=1), str(Severity.NOTICE))
        nothing = pd.Series(pd.NA, index=roads.index, dtype="string")
        name = name_road(roads, "a").fillna(name_road(roads, "b"))
        limit_name = nothing.mask(by_lanes, "lanes_mismatch")
        limit_name = limit_name.mask(by_class, "class_mismatch_ranks")
        judged = pd.DataFrame(
            {
                "severity": severity.mask(limit_name.notna(), str(Severity.MISMATCH)),
                "value": ranks.where(by_class, lanes.where(by_lanes)).astype("Float64"),
                "unit": nothing.mask(by_lanes, "lanes").mask(by_class, "ranks"),
                "limit": limit_name.map(limits.as_dict()).astype("Float64"),
                "limit_name": limit_name,
                "a_value": _recorded(roads, "a"),
                "b_value": _recorded(roads, "b"),
                "road_en": name.fillna(UNNAMED.en),
                "road_zh": name.fillna(UNNAMED.zh),
                "note_en": _note(roads, differs | unsure, "en", ", "),
                "note_zh": _note(roads, differs | unsure, "zh", "，"),
            }
        )
        return judged.set_axis([-1] * len(judged))


def _compare_columns(roads: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return which columns differ, and which only one side states."""
    differs, unsure = {}, {}
    for column in LABELS:
        a, b = roads[f"a_{column}"], roads[f"b_{column}"]
        differs[column] = holds(a != b)
        unsure[column] = a.isna() ^ b.isna()
    return pd.DataFrame(differs), pd.DataFrame(unsure)


def _texts(roads: pd.DataFrame, column: str, side: str, lang: str) -> pd.Series:
    values = roads[f"{side}_{column}"]
    if column == "status":
        names = {name: text[lang] for name, text in table("status_pairs")["names"].items()}
        return values.map(names).astype("string")
    if column == "road_class":
        named = class_names(roads[f"{side}_class_text"], values, lang=lang)
        return named.fillna(format_ranks(values, lang=lang)).where(values.notna())
    return format_numbers(values)


def _recorded(roads: pd.DataFrame, side: str) -> pd.Series:
    """Return class, lanes and status of one side as one short text."""
    texts = [_texts(roads, column, side, "en").fillna("?") for column in LABELS]
    return texts[0] + " / " + texts[1] + " / " + texts[2]


def _note(roads: pd.DataFrame, told: pd.DataFrame, lang: str, comma: str) -> pd.Series:
    """Return what is told apart, e.g. ``motor lanes 4 / 6``."""
    unstated = getattr(UNSTATED, lang)
    note = pd.Series("", index=roads.index, dtype="string")
    for column, label in LABELS.items():
        a, b = (_texts(roads, column, side, lang).fillna(unstated) for side in ("a", "b"))
        part = getattr(label, lang) + " " + a + " / " + b
        joined = (note + comma + part).where(note != "", part)
        note = joined.where(told[column], note)
    return note
