"""G03: the road turns at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import format_numbers, grade_by_limits, holds, say_value, select_pairs

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class Deflection(JudgingRule):
    """Whether the road goes straight on across the boundary.

    Why it matters
        A kink between the two drawings has to become a curve of the radius that the design
        speed asks for. Where neither side has drawn it, nobody has set land aside for it.
    How it is judged
        `deflection_deg` is the angle between the two headings, 0 for straight on. Above
        `deflection_notice_deg` it is a notice, above `deflection_mismatch_deg` a mismatch,
        above `deflection_severe_deg` severe. Each limit is widened by the standard error of the
        deflection (`deflection_error_deg`): on each side atan(σ/L), σ its `accuracy_m`, L the
        length over which the drawing carries the heading, and of both the root of the sum of
        squares. Headings are fitted over the last stretch of each road, `heading_minor_m` to
        `heading_expressway_m` long by class. Where the ends meet within 1 m and one drawing
        itself turns as sharply (`bend_deg`) within 15 m of that place, the road has a bend or a
        roundabout there and nothing is said.
    What it does not see
        A junction at the boundary, where a turn is intended, and a curve that begins further
        from the end than the heading reaches.
    Example
        One road arrives at 90°, the other goes on at 112°: the deflection is 22°, a mismatch. Where
        B is good to 5 m and its last vertex stands 30 m from the end, atan(5/30) = 9.5° are in
        doubt: the limit is 24.5°, and it is a notice.
    Source
        Ours; at 80 km/h one arc of the general radius of 400 m (JTG D20) turns 14 degrees in
        100 m.
    """

    code: ClassVar[str] = "G03"
    title: ClassVar[Text] = Text(en="Deflection at the boundary", zh="界线处走向夹角")
    limits: ClassVar[tuple[str, ...]] = (
        "deflection_notice_deg",
        "deflection_mismatch_deg",
        "deflection_severe_deg",
    )
    columns: ClassVar[tuple[str, ...]] = (
        *("verdict", "deflection_deg", "deflection_error_deg", "bend_deg"),
    )
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        道路过界是否直行。

        检查目的
            两侧所绘道路之间的折角，须以设计速度所要求半径的曲线实现。
            双方均未绘制该曲线时，其用地无人预留。
        判定方法
            `deflection_deg` 为两侧走向的夹角，直行为 0。超过 `deflection_notice_deg` 为提示，
            超过 `deflection_mismatch_deg` 为一般，超过 `deflection_severe_deg` 为严重。
            各限值按走向夹角的标准误差（`deflection_error_deg`）放宽：每侧为 atan(σ/L)，σ 为该方
            `accuracy_m`，L 为绘出走向的长度，两侧取平方和之根。
            走向按各道路末段拟合，长度随等级取 `heading_minor_m` 至 `heading_expressway_m`。
            两端点相距不足 1 米，且任一方道路在该处 15 米内自身弯折（`bend_deg`）不小于走向夹角时，
            视为弯道或环岛，不予提示。
        局限
            界线处设有交叉口、本应转弯的情形；起点远于拟合长度的曲线。
        举例
            一侧道路以 90° 到达，另一侧以 112° 继续：走向夹角为 22°，为一般。若 B 方精度为 5 米、
            末段折点距端点 30 米，则有 atan(5/30) = 9.5° 存疑：限值为 24.5°，为提示。
        依据
            本项目建议；设计速度 80 km/h 时，一般半径 400 米（JTG D20）的圆弧每 100 米转 14°。
    """
    message: ClassVar[Text] = Text(
        en="Between the end of {name_a} and that of {name_b} the road turns by {value}°{note_en}.",
        zh="{name_a}与{name_b}的道路走向在界线处相差{value}°{note_zh}。",
    )
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on the direction in which {own_road} and {other_road} cross "
        "the boundary, or on a curve that turns by {value}°.",
        zh="与{other}商定{own_road}与{other_road}的过界走向，或商定转过{value}°的曲线。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the deflection of every pair."""
        both = select_pairs(points)
        deflection_deg = both["deflection_deg"]
        bends = holds(both["bend_deg"] >= deflection_deg)
        limits = context.limits
        error_deg = both["deflection_error_deg"].fillna(0.0)
        judged = grade_by_limits(
            deflection_deg,
            [
                (severity, name, deflection_deg > limits[name] + error_deg)
                for severity, name in (
                    (Severity.NOTICE, "deflection_notice_deg"),
                    (Severity.MISMATCH, "deflection_mismatch_deg"),
                    (Severity.SEVERE, "deflection_severe_deg"),
                )
            ],
            limits=limits,
            unit="deg",
            silent=deflection_deg.isna() | bends,
        )
        doubted = format_numbers(error_deg.round(1)).where(error_deg > 0)
        return judged.assign(
            limit=judged["limit"] + error_deg,
            note_en=say_value(doubted, "; the accuracy of the drawings leaves {}° in doubt", ""),
            note_zh=say_value(doubted, "；图纸精度所致误差为{}°", ""),
        )
