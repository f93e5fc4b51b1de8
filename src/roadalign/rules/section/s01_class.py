"""S01: the two sides give the road different classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.classes import class_names, is_name
from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import (
    BOTH_SAY,
    format_numbers,
    format_ranks,
    grade_by_limits,
    holds,
    reaches,
    say_value,
    select_pairs,
)

if TYPE_CHECKING:
    from roadalign.rules.core import Context

EXPRESSWAY_RANK = 6


class RoadClass(JudgingRule):
    """Whether both sides give the road the same class.

    Why it matters
        The class carries everything else: design speed, curves, who may use the road, who
        pays for it. Where the classes lie far apart, the lower half is likely to be a
        bottleneck.
    How it is judged
        Highway and urban classes are put on one scale of ranks from 1 to 6. Ranks
        `class_notice_ranks` apart are a notice, and a mismatch where motor lanes or design
        speeds, both known, differ as well; `class_mismatch_ranks` apart are a mismatch,
        `class_severe_ranks` apart severe. An expressway (rank 6) against anything else is
        severe.
    What it does not see
        An expressway that ends at a toll station or interchange on the line, and a class that
        the program did not understand, which counts as unknown.
    Example
        A class 1 highway (rank 5) against a class 2 highway (4) is a notice, and a mismatch where
        six lanes meet four as well.
    Source
        Classes of JTG B01 and CJJ 37; the common scale and the limits are ours.
    """

    code: ClassVar[str] = "S01"
    title: ClassVar[Text] = Text(en="Road class", zh="道路等级")
    limits: ClassVar[tuple[str, ...]] = (
        "class_notice_ranks",
        "class_mismatch_ranks",
        "class_severe_ranks",
    )
    columns: ClassVar[tuple[str, ...]] = (
        "verdict",
        "road_class",
        "class_text",
        "lanes",
        "design_speed_kmh",
    )
    aspect: ClassVar[Aspect] = Aspect.SECTION
    page_zh: ClassVar[str] = """
        双方给道路定的等级是否相同。

        检查目的
            等级决定设计速度、线形、通行对象和出资主体。两侧等级相差过大，易形成瓶颈路段。
        判定方法
            公路与城市道路等级换算为同一级序1～6。相差达到 `class_notice_ranks` 为提示，
            若双方均注明的机动车道数或设计速度也不同，则为一般；
            达到 `class_mismatch_ranks` 为一般，
            达到 `class_severe_ranks` 为严重。高速公路对其他任何等级为严重。
        局限
            高速公路在界线处止于收费站或互通的情形；程序未能识别的等级视为不明。
        举例
            一级公路对二级公路（级序5对4）为提示；同时为六车道对四车道的，为一般。
        依据
            等级依据 JTG B01 与 CJJ 37；统一级序与限值为本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one class for {own_road} and {other_road}.",
        zh="与{other}商定{own_road}与{other_road}的统一等级。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in rank of every pair."""
        both = select_pairs(points)
        a, b = both["a_road_class"], both["b_road_class"]
        apart = (a - b).abs()
        limits = context.limits
        noticed = reaches(apart, limits["class_notice_ranks"])
        raised = noticed & _section_differs(both)
        one_expressway = (apart > 0) & ((a == EXPRESSWAY_RANK) | (b == EXPRESSWAY_RANK))
        return grade_by_limits(
            apart,
            [
                (Severity.NOTICE, "class_notice_ranks", noticed),
                (Severity.MISMATCH, "class_notice_ranks", raised),
                (
                    Severity.MISMATCH,
                    "class_mismatch_ranks",
                    reaches(apart, limits["class_mismatch_ranks"]),
                ),
                (Severity.SEVERE, None, one_expressway),
                (
                    Severity.SEVERE,
                    "class_severe_ranks",
                    reaches(apart, limits["class_severe_ranks"]),
                ),
            ],
            limits=limits,
            unit="ranks",
            silent=a.isna() & b.isna(),
        ).assign(
            a_value=both["a_class_text"].fillna("rank " + format_numbers(a)),
            b_value=both["b_class_text"].fillna("rank " + format_numbers(b)),
            a_says_en=_say_class(both, "a", EN, lang="en"),
            b_says_en=_say_class(both, "b", EN, lang="en"),
            a_says_zh=_say_class(both, "a", ZH, lang="zh"),
            b_says_zh=_say_class(both, "b", ZH, lang="zh"),
            note_en=_note(raised, "; motor lanes or design speed differ too"),
            note_zh=_note(raised, "；机动车道数或设计速度亦不同"),
        )


EN = ("records it as {}", " (rank {})", ", which was not understood", "does not state its class")
ZH = ("定为{}", "（级序{}）", "（未能识别）", "未注明等级")


def _section_differs(both: pd.DataFrame) -> pd.Series:
    lanes = both["a_lanes"] != both["b_lanes"]
    speed = both["a_design_speed_kmh"] != both["b_design_speed_kmh"]
    return holds(lanes) | holds(speed)


def _say_class(
    both: pd.DataFrame, side: str, words: tuple[str, str, str, str], *, lang: str
) -> pd.Series:
    """Return the class by its name; a text that is no name is said with its rank."""
    stated, ranked, strange, unstated = words
    texts, ranks = both[f"{side}_class_text"], both[f"{side}_road_class"]
    named = class_names(texts, ranks, lang=lang)
    spoken = say_value(named.fillna(format_ranks(ranks, lang=lang)), stated, unstated)
    plain = [is_name(*one) for one in zip(texts, ranks, strict=True)]
    bare = texts.isna() | (pd.Series(plain, index=both.index) & ranks.notna())
    return (spoken + say_value(format_numbers(ranks), ranked, strange)).mask(bare, spoken)


def _note(where: pd.Series, text: str) -> pd.Series:
    note = pd.Series("", index=where.index, dtype="string")
    return note.mask(holds(where), text)
