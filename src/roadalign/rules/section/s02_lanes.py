"""S02: the number of motor lanes changes at the boundary."""

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
    say_value,
    select_pairs,
)

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class MotorLanes(JudgingRule):
    """Whether both sides plan the same number of motor lanes.

    Why it matters
        Where six lanes meet two, traffic queues at the line and the six cannot carry what they
        were built for. A bridge on the line is built for one of the two numbers.
    How it is judged
        Motor lanes of both directions together are compared, non-motor lanes left out. A difference
        of `lanes_notice` or more is a notice, of `lanes_mismatch` or more a mismatch, of
        `lanes_severe` or more severe. Where the lanes of a later stage are known (近四远六) and
        they agree with the lanes or the later lanes of the other side, it is a notice at most:
        both sides mean the same road, at different times.
    What it does not see
        Turning lanes near the boundary, and later stages that differ while today's lanes agree.
    Example
        Four lanes, six later (近四远六), against six: a notice at most.
    Source
        Ours; reading of lane texts after published project descriptions.
    """

    code: ClassVar[str] = "S02"
    title: ClassVar[Text] = Text(en="Motor lanes", zh="机动车道数")
    limits: ClassVar[tuple[str, ...]] = ("lanes_notice", "lanes_mismatch", "lanes_severe")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "lanes", "lanes_future")
    aspect: ClassVar[Aspect] = Aspect.SECTION
    page_zh: ClassVar[str] = """
        双方规划的机动车道数是否相同。

        检查目的
            六车道接两车道时，通行能力难以发挥，界线处易拥堵。
            界河桥也只能按其中一个车道数建设。
        判定方法
            比较双向机动车道总数，不计非机动车道。
            相差达到 `lanes_notice` 为提示，达到 `lanes_mismatch` 为一般，
            达到 `lanes_severe` 为严重。
            已知远期车道数（如近四远六），且与对方近期或远期车道数一致时，
            最多为提示：双方指同一规模，只是分期不同。
        局限
            界线附近的转向车道；近期一致而远期不同的情形。
        举例
            近四远六对六车道：最多为提示。
        依据
            本项目建议；车道文字的读法依据公开的项目说明。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one number of motor lanes: {own_value} here, "
        "{other_value} there.",
        zh="与{other}商定统一的机动车道数：本方{own_value}条，对方{other_value}条。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in motor lanes of every pair."""
        both = select_pairs(points)
        a, b = both["a_lanes"], both["b_lanes"]
        apart = (a - b).abs()
        limits = context.limits
        unstaged = ~_staged(both)
        return grade_by_limits(
            apart,
            [
                (Severity.NOTICE, "lanes_notice", reaches(apart, limits["lanes_notice"])),
                *(
                    (severity, name, reaches(apart, limits[name]) & unstaged)
                    for severity, name in (
                        (Severity.MISMATCH, "lanes_mismatch"),
                        (Severity.SEVERE, "lanes_severe"),
                    )
                ),
            ],
            limits=limits,
            unit="lanes",
            silent=a.isna() & b.isna(),
        ).assign(
            a_value=format_numbers(a),
            b_value=format_numbers(b),
            a_says_en=_say_lanes(both, "a", "has {} motor lanes", " ({} later)", UNSTATED.en),
            b_says_en=_say_lanes(both, "b", "has {} motor lanes", " ({} later)", UNSTATED.en),
            a_says_zh=_say_lanes(both, "a", "为{}条机动车道", "（远期{}条）", UNSTATED.zh),
            b_says_zh=_say_lanes(both, "b", "为{}条机动车道", "（远期{}条）", UNSTATED.zh),
            note_en="",
            note_zh="",
        )


UNSTATED = Text(en="does not state its motor lanes", zh="未注明机动车道数")


def _staged(both: pd.DataFrame) -> pd.Series:
    """Return where a later stage explains the difference."""
    a, b = both["a_lanes"], both["b_lanes"]
    a_later, b_later = both["a_lanes_future"], both["b_lanes_future"]
    return holds(a_later == b) | holds(a == b_later) | holds(a_later == b_later)


def _say_lanes(both: pd.DataFrame, side: str, now: str, later: str, unstated: str) -> pd.Series:
    spoken = say_value(format_numbers(both[f"{side}_lanes"]), now, unstated)
    return spoken + say_value(format_numbers(both[f"{side}_lanes_future"]), later, "")
