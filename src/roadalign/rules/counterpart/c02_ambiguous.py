"""C02: another pairing would be nearly as good."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.records import alternatives_text
from roadalign.model.words import Severity, Verdict
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import UNNAMED, name_road, say_value

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class AmbiguousCounterpart(JudgingRule):
    """Whether it is clear which road of the other side goes on with this one.

    Why it matters
        Where two pairings are about as likely, it is not sure that lanes, widths and years of the
        same road are compared. Which roads are meant should be said first.
    How it is judged
        A docking point whose chosen pairing is less than `ambiguous_margin` more probable than
        the next one is ambiguous, which is a mismatch. The other candidates are listed.
        The margin steers the pairing, so that moving it moves the verdict itself.
    What it does not see
        Agreements on paper: a pairing that both sides know to be right stays ambiguous until a
        name, a route number or the drawing says so.
    Example
        Two streets of B arrive 30 m left and 31 m right of the one of A, each with another name.
    Source
        Ours.
    """

    code: ClassVar[str] = "C02"
    title: ClassVar[Text] = Text(en="Ambiguous counterpart", zh="对应待核实")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "name", "ref", "alternatives")
    page_zh: ClassVar[str] = """
        对侧哪一条道路与本道路接续，是否明确。

        检查目的
            两种配对方案可能性相近时，所比较的车道、宽度、年份未必属于同一条道路。
            宜先说明所指道路，再作比较。
        判定方法
            所选配对的概率比次优方案高出不足 `ambiguous_margin` 时，结论为对应待核实，
            严重程度为一般，并列出其他候选道路。该限值作用于配对，调整它即改变结论本身。
        局限
            书面约定：双方均已明确的配对，在名称、路线编号或图面体现之前仍为对应待核实。
        举例
            B方两条道路分别在A方道路左侧 30 米和右侧 31 米处到达界线，名称均不同。
        依据
            本项目建议。
    """
    message: ClassVar[Text] = Text(
        en="{road_a_en} of {name_a} and {road_b_en} of {name_b} were paired, "
        "but another pairing is about as likely{others_en}.",
        zh="{name_a}的{road_a_zh}与{name_b}的{road_b_zh}配为一对，"
        "但另有可能性相近的配对{others_zh}。",
    )
    ask: ClassVar[Text] = Text(
        en="Say which road of {other} {own_road} is to go on with.",
        zh="说明{own_road}与{other}的哪一条道路接续。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:  # noqa: ARG002
        """Judge the docking points that the pairing called ambiguous."""
        doubtful = points[points["verdict"] == str(Verdict.AMBIGUOUS)]
        a, b = name_road(doubtful, "a"), name_road(doubtful, "b")
        others = pd.Series(
            [
                alternatives_text(one) if isinstance(one, list) else None
                for one in doubtful["alternatives"]
            ],
            index=doubtful.index,
            dtype="string",
        )
        return pd.DataFrame(
            {
                "severity": pd.Series(str(Severity.MISMATCH), index=doubtful.index, dtype="string"),
                "a_value": a,
                "b_value": b,
                "road_a_en": a.fillna(UNNAMED.en),
                "road_a_zh": a.fillna(UNNAMED.zh),
                "road_b_en": b.fillna(UNNAMED.en.lower()),
                "road_b_zh": b.fillna(UNNAMED.zh),
                "others_en": say_value(others, " ({})", ""),
                "others_zh": say_value(others, "（{}）", ""),
            }
        )
