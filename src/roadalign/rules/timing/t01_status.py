"""T01: the two halves of a road stand at different stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, format_numbers, holds, say_value, select_pairs
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class Status(JudgingRule):
    """Whether both halves of the road stand at the same stage.

    Why it matters
        A half that is open while the other is not decided is a dead end today, and may stay
        one. Where the other side has given its half up, whether to build is an open question.
    How it is judged
        The table `standards/status_pairs.toml` gives the severity of every pair of statuses:
        stages that follow one another (existing and planned) are a notice, an existing road or
        one under construction against a reserved or proposed one is a mismatch, anything
        against an abandoned one is severe. Where one half is open and the other is planned to
        open more than `opening_lag_years` after the day the check counts from (`as_of`), it is a
        mismatch; where no year is stated the timing is unknown. What a plan says once for all
        its roads ("by 2035") is no year.
    What it does not see
        Years of two halves that are both to come, which are T02, and a status that is out of
        date in one of the plans.
    Example
        现状 against 计划2027年建成通车, counted from 2026: a notice, and a severed road until 2027.
    Source
        Ours.
    """

    code: ClassVar[str] = "T01"
    title: ClassVar[Text] = Text(en="Status", zh="建设状态")
    limits: ClassVar[tuple[str, ...]] = ("opening_lag_years",)
    columns: ClassVar[tuple[str, ...]] = ("verdict", "status", "open_year")
    aspect: ClassVar[Aspect] = Aspect.TIMING
    page_zh: ClassVar[str] = """
        两侧路段是否处于同一阶段。

        检查目的
            一侧已通车而另一侧尚在研究，现状即为断头路，且可能持续较久。
            另一侧已取消的，本侧是否建设须重新商定。
        判定方法
            各状态组合的严重程度见 `standards/status_pairs.toml`：
            前后衔接的阶段（如现状与规划）为提示，
            现状或在建对预留或研究为一般，任何状态对已取消为严重。一侧已通车、
            另一侧计划在基准日（`as_of`）起 `opening_lag_years` 年之后通车的为一般，
            未注明年份的时序不明。规划统一注明的期末年份不作为建成年份。
        局限
            双方均未建成时的年份（见 T02）；某一方规划中未更新的状态。
        举例
            现状对“计划2027年建成通车”，自 2026 年起算：提示，且 2027 年前为断头路。
        依据
            本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on whether, and in which order, both halves of the road are built.",
        zh="与{other}商定两侧路段是否建设及建设次序。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
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
        late = _opens_late(both, context)
        severity = severity.mask(late & (severity == Severity.NOTICE), str(Severity.MISMATCH))
        year = both["a_open_year"].where(b == EXISTING, both["b_open_year"])
        columns: dict[str, pd.Series] = {"severity": severity, "a_value": a, "b_value": b}
        for lang, stated, unstated, note in SENTENCES:
            names = {status: name[lang] for status, name in data["names"].items()}
            columns[f"a_says_{lang}"] = say_value(_looked_up(a, names), stated, unstated)
            columns[f"b_says_{lang}"] = say_value(_looked_up(b, names), stated, unstated)
            reasons = _looked_up(key, {name: row[lang] for name, row in rows.items()})
            opens = say_value(format_numbers(year.where(_half_open(both))), OPENS[lang], "")
            columns[f"note_{lang}"] = say_value(reasons, note, "") + opens
        limit = context.limits["opening_lag_years"]
        return pd.DataFrame(columns).assign(
            value=(year - context.as_of_year).where(late).astype("Float64"),
            unit=pd.Series(pd.NA, index=both.index, dtype="string").mask(late, "years"),
            limit=pd.Series(pd.NA, index=both.index, dtype="Float64").mask(late, limit),
            limit_name=pd.Series(pd.NA, index=both.index, dtype="string").mask(
                late, "opening_lag_years"
            ),
        )


EXISTING = "existing"
TO_COME = ("construction", "planned", "reserved", "proposed")
OPENS = {"en": " ({})", "zh": "（{}年）"}


def _half_open(both: pd.DataFrame) -> pd.Series:
    """Return where one half exists and the other is to come."""
    a, b = both["a_status"], both["b_status"]
    return holds((a == EXISTING) & b.isin(TO_COME)) | holds((b == EXISTING) & a.isin(TO_COME))


def _opens_late(both: pd.DataFrame, context: Context) -> pd.Series:
    """Return where one half is open and the other opens too long after the day of the check."""
    last = context.as_of_year + context.limits["opening_lag_years"]
    a, b = both["a_status"], both["b_status"]
    late_b = holds(both["b_open_year"] > last) & holds(a == EXISTING) & b.isin(TO_COME)
    late_a = holds(both["a_open_year"] > last) & holds(b == EXISTING) & a.isin(TO_COME)
    return late_a | late_b


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
