"""G06: the two halves lie on different grade levels at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, grade_by_limits, reaches, say_both, select_pairs

if TYPE_CHECKING:
    from roadalign.rules.core import Context

LEVELS = {
    1: Text(en="a bridge", zh="桥梁"),
    0: Text(en="on the ground", zh="地面"),
    -1: Text(en="a tunnel", zh="隧道"),
}


class GradeLevel(JudgingRule):
    """Whether both halves are on the same grade level at the boundary: bridge, surface or tunnel.

    Why it matters
        A bridge that arrives above a road on the ground does not meet it, however well the two
        axes fit on the map. One of the two has to climb or descend, with a ramp as long as the
        gradient asks for, and the structure belongs to somebody.
    How it is judged
        The grade level is 0 on the ground, positive on a bridge and negative in a tunnel, from
        its own field or from those of bridge and tunnel. Of each road the feature that ends at the
        boundary counts, not the longer ones behind it. A difference of
        `grade_level_mismatch_levels` or more is a mismatch, of `grade_level_severe_levels` or
        more severe: a bridge against a tunnel. The value is the difference. Where one side
        alone states its grade level it is unknown, where neither does nothing is said.
    What it does not see
        Heights in metres. A bridge that begins or ends exactly on the boundary: its abutment is
        there, so both statements can be true. Grade levels of other roads that are crossed.
    Example
        A bridge (1) that arrives above a road on the ground (0): a mismatch.
    Source
        Ours; what a grade level is follows OpenStreetMap's `layer`, `bridge` and `tunnel`.
    """

    code: ClassVar[str] = "G06"
    title: ClassVar[Text] = Text(en="Grade level", zh="立体层次")
    limits: ClassVar[tuple[str, ...]] = (
        "grade_level_mismatch_levels",
        "grade_level_severe_levels",
    )
    columns: ClassVar[tuple[str, ...]] = ("verdict", "grade_level")
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        两侧路段在界线处是否处于同一立体层次：桥梁、地面或隧道。

        检查目的
            一侧为桥梁、另一侧为地面道路时，即使平面中线一致，两侧仍不相接。
            须由一侧设置引道或坡道，其长度取决于纵坡；结构物由谁建设也须商定。
        判定方法
            立体层次以 0 表示地面，正值表示桥梁，负值表示隧道，取自立体层次字段，或桥梁、隧道字段。
            每条道路以止于界线的要素为准，不取其后更长的要素。相差达到
            `grade_level_mismatch_levels` 为一般；达到 `grade_level_severe_levels`
            （如桥梁对隧道）为严重。所列数值为立体层次之差。仅一方注明时视为不明；双方均未注明时不作提示。
        局限
            以米计的高程。桥梁恰好起止于界线的情形：桥台位于界线处，双方说法可以都成立。
            所跨越的其他道路的层次。
        举例
            一侧为桥梁（1），另一侧为地面道路（0）：一般。
        依据
            本项目建议；立体层次的含义与 OpenStreetMap 的 `layer`、`bridge`、`tunnel` 一致。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} whether {own_road} and {other_road} cross the boundary on a bridge, "
        "on the ground or in a tunnel ({own_value} here, {other_value} there), and who builds the "
        "structure.",
        zh="与{other}商定{own_road}与{other_road}以桥梁、地面或隧道形式过界"
        "（本方{own_value}，对方{other_value}），以及结构物由谁建设。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the grade levels of every pair."""
        both = select_pairs(points)
        a, b = both["a_grade_level"], both["b_grade_level"]
        apart = (a - b).abs()
        limits = context.limits
        judged = grade_by_limits(
            apart,
            [
                (severity, name, reaches(apart, limits[name]))
                for severity, name in (
                    (Severity.MISMATCH, "grade_level_mismatch_levels"),
                    (Severity.SEVERE, "grade_level_severe_levels"),
                )
            ],
            limits=limits,
            unit="levels",
            silent=a.isna() & b.isna(),
        ).assign(
            **say_both(
                a.astype("string"),
                b.astype("string"),
                stated=Text(en="{}", zh="{}"),
                unstated=Text(en="does not state its grade level", zh="未注明立体层次"),
            )
        )
        says = {
            f"{side}_says_{lang}": _say(levels, lang=lang).fillna(judged[f"{side}_says_{lang}"])
            for side, levels in (("a", a), ("b", b))
            for lang in ("en", "zh")
        }
        return judged.assign(**says)


def _say(levels: pd.Series, *, lang: str) -> pd.Series:
    """Return grade levels as parts of a sentence: ``is a bridge (grade level 1)``."""
    form = {"en": "is {} (grade level {})", "zh": "为{}（立体层次{}）"}[lang]
    words = [
        pd.NA
        if pd.isna(level)
        else form.format(getattr(LEVELS[max(-1, min(1, int(level)))], lang), int(level))
        for level in levels
    ]
    return pd.Series(words, index=levels.index, dtype="string")
