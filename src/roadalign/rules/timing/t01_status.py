"""T01: the two halves of a road stand at different stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, say_value, select_pairs
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class Status(JudgingRule):
    """Whether both halves of the road stand at the same stage.

    Why it matters
        A half that is open while the other is only an idea is a dead end today, and may stay
        one. A half that the neighbour has given up should not be built at all.
    How it is judged
        The table `standards/status_pairs.toml` gives the severity of every pair of statuses:
        stages that follow one another (existing and planned) are a notice, an existing road or
        one under construction against a reserved or proposed one is a mismatch, anything
        against an abandoned one is severe.
    What it does not see
        The years, which are T02, and a status that is out of date in one of the plans.
    Source
        Ours.
    """

    code: ClassVar[str] = "T01"
    title: ClassVar[Text] = Text(en="Status", zh="建设状态")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "status")
    page_zh: ClassVar[str] = """
        道路的两半是否处于同一阶段。

        为何重要
            一半已通车而另一半仅为设想，今天就是断头路，且可能长期如此。对方已放弃的道路则根本不应建设。
        如何判定
            各状态组合的等级见 `standards/status_pairs.toml`：前后衔接的阶段（如现状与规划）为提示，
            现状或在建对预留或设想为不匹配，任何状态对废弃为严重。
        看不到什么
            年份（见 T02）；某一方规划中已过时的状态。
        依据
            本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on whether, and in which order, both halves of the road are built.",
        zh="与{other}商定道路两半是否建设及建设次序。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:  # noqa: ARG002
        """Judge the two statuses of every pair."""
        both = select_pairs(points)
        a, b = both["a_status"], both["b_status"]
        key = a + "+" + b
        data = table("status_pairs")
        rows = {"+".join(p): row for row in data["pairs"] for p in _both_orders(row["statuses"])}
        severity = _looked_up(key, {name: row["severity"] for name, row in rows.items()})
        severity = severity.fillna(str(Severity.OK)).mask(
            a.isna() ^ b.isna(), str(Severity.UNKNOWN)
        )
        columns: dict[str, pd.Series] = {"severity": severity, "a_value": a, "b_value": b}
        for lang, stated, unstated, note in SENTENCES:
            names = {status: name[lang] for status, name in data["names"].items()}
            columns[f"a_says_{lang}"] = say_value(_looked_up(a, names), stated, unstated)
            columns[f"b_says_{lang}"] = say_value(_looked_up(b, names), stated, unstated)
            reasons = _looked_up(key, {name: row[lang] for name, row in rows.items()})
            columns[f"note_{lang}"] = say_value(reasons, note, "")
        return pd.DataFrame(columns)


SENTENCES = (
    ("en", "records the road as {}", "does not state its status", ": {}"),
    ("zh", "标为{}", "未注明状态", "：{}"),
)


def _both_orders(statuses: list[str]) -> tuple[list[str], list[str]]:
    return statuses, statuses[::-1]


def _looked_up(keys: pd.Series, values: dict[str, str]) -> pd.Series:
    return pd.Series(
        [pd.NA if pd.isna(key) else values.get(key, pd.NA) for key in keys],
        index=keys.index,
        dtype="string",
    )
