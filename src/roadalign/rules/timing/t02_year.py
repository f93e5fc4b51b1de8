"""T02: the two halves of a road open in different years."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import (
    BOTH_SAY,
    format_numbers,
    grade_by_limits,
    holds,
    reaches,
    say_both,
    select_pairs,
)

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


SETTLED = ("existing", "abandoned")
"""Statuses of a half whose year is history, or never comes."""


class OpeningYear(JudgingRule):
    """Whether both halves of the road open in the same year.

    Why it matters
        Between the two years the first half is a dead end. Works have been delayed on purpose
        so that both halves could open on one day; that has to be agreed in time.
    How it is judged
        Opening years `year_notice_years` apart are a notice, `year_mismatch_years` apart a
        mismatch, `year_severe_years` apart severe. Where a half exists already or was given up
        its year is history or never comes, and nothing is compared: what that means for the
        other half is what T01 says. A year that one side alone states is unknown.
    What it does not see
        How sure a year is: a target year of a twenty-year plan is taken as a date like any.
    Example
        2027 against 2033, both still to be built: six years apart, severe.
    Source
        Ours; severe is one five-year plan.
    """

    code: ClassVar[str] = "T02"
    title: ClassVar[Text] = Text(en="Opening year", zh="建成年份")
    limits: ClassVar[tuple[str, ...]] = (
        "year_notice_years",
        "year_mismatch_years",
        "year_severe_years",
    )
    columns: ClassVar[tuple[str, ...]] = ("verdict", "open_year", "status")
    aspect: ClassVar[Aspect] = Aspect.TIMING
    page_zh: ClassVar[str] = """
        两侧路段是否同年建成通车。

        检查目的
            两个年份之间，先建成的一侧为断头路。曾有一方推迟工期以便同日通车；同步建成须事先约定。
        判定方法
            建成年份相差达到 `year_notice_years` 为提示，达到 `year_mismatch_years` 为一般，
            达到 `year_severe_years` 为严重。任一侧为现状或已取消时不比较年份；
            另一侧的情况由 T01 说明。仅一方注明年份时视为不明。
        局限
            年份的可靠程度：远期规划的目标年与其他日期同样对待。
        举例
            2027 年对 2033 年，两侧均未建成：相差六年，严重。
        依据
            本项目建议；严重限值为一个五年规划期。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one opening year: {own_value} here, {other_value} there.",
        zh="与{other}商定统一的建成年份：本方{own_value}年，对方{other_value}年。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in opening year of every pair."""
        both = select_pairs(points)
        a, b = both["a_open_year"], both["b_open_year"]
        apart_years = (a - b).abs()
        limits = context.limits
        settled = both["a_status"].isin(SETTLED) | both["b_status"].isin(SETTLED)
        return grade_by_limits(
            apart_years,
            [
                (severity, name, reaches(apart_years, limits[name]))
                for severity, name in (
                    (Severity.NOTICE, "year_notice_years"),
                    (Severity.MISMATCH, "year_mismatch_years"),
                    (Severity.SEVERE, "year_severe_years"),
                )
            ],
            limits=limits,
            unit="years",
            silent=(a.isna() & b.isna()) | holds(settled),
        ).assign(
            **say_both(
                format_numbers(a),
                format_numbers(b),
                stated=Text(en="opens in {}", zh="于{}年建成"),
                unstated=Text(en="does not state its opening year", zh="未注明建成年份"),
            )
        )
