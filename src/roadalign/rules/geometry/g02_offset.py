"""G02: the axes lie side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import format_numbers, grade_by_limits, holds, say_value, select_pairs

if TYPE_CHECKING:
    from roadalign.rules.core import Context


class Offset(JudgingRule):
    """Whether the two axes lie in one line.

    Why it matters
        Two axes side by side need an S curve on somebody's land: 25 m at 80 km/h take about
        200 m of road. Where the red-line corridors do not even overlap, no road can be
        built inside what both sides have set aside.
    How it is judged
        `offset_m` is the distance across the road between the two ends. Its absolute value
        above `offset_notice_m` is a notice, above `offset_mismatch_m` a mismatch, above
        `offset_severe_m` severe. Where both red-line widths are known and an offset above
        `offset_notice_m` is larger than half their sum, the corridors do not overlap: severe.
        The limit given is then half that sum. Where one side alone states its red line, an
        offset between the notice and the mismatch leaves the place unknown.
    What it does not see
        An axis drawn at the edge of the road or of one carriageway, and red lines that do not
        lie evenly on both sides of the axis.
    Example
        Axes 33 m apart, red lines of 30 and 35 m: they reach 32.5 m together and do not overlap,
        which is severe.
    Source
        Ours; length of the S curve from the general curve radii of JTG D20 and CJJ 37.
    """

    code: ClassVar[str] = "G02"
    title: ClassVar[Text] = Text(en="Axis offset", zh="中线错位")
    limits: ClassVar[tuple[str, ...]] = (
        "offset_notice_m",
        "offset_mismatch_m",
        "offset_severe_m",
    )
    columns: ClassVar[tuple[str, ...]] = ("verdict", "offset_m", "redline_m")
    aspect: ClassVar[Aspect] = Aspect.PLACE
    page_zh: ClassVar[str] = """
        两侧道路中线是否在一条线上。

        检查目的
            中线错位须在某一方的土地上设置 S 形曲线：设计速度 80 km/h 时，
            错位 25 米约需 200 米路段。
            两侧红线范围不重叠时，在双方预留的范围内无法建成道路。
        判定方法
            `offset_m` 为两端点垂直于道路方向的距离。其绝对值超过 `offset_notice_m` 为提示，
            超过 `offset_mismatch_m` 为一般，超过 `offset_severe_m` 为严重。
            两侧红线宽度均已注明、错位超过 `offset_notice_m` 且大于两宽度之和的一半时，
            红线范围不重叠，为严重，此时所列限值即为该半和。
            仅一方注明红线宽度、错位在提示与一般之间时，位置不明。
        局限
            中线绘在道路边缘或某一幅车行道上的情形；红线相对中线不对称的情形。
        举例
            两中线错位 33 米，两侧红线宽 30 米和 35 米：半宽合计 32.5 米，红线范围不重叠，为严重。
        依据
            本项目建议；S 形曲线长度按 JTG D20、CJJ 37 的一般圆曲线半径推算。
    """
    message: ClassVar[Text] = Text(
        en="Across the road, the axes of {name_a} and {name_b} lie {value} m apart{note_en}.",
        zh="{name_a}与{name_b}的道路中线错位{value}米{note_zh}。",
    )
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one axis for {own_road} and {other_road}; they lie "
        "{value} m apart.",
        zh="与{other}商定{own_road}与{other_road}的统一中线；两中线错位{value}米。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the absolute offset of every pair."""
        both = select_pairs(points)
        offset_m = both["offset_m"].abs()
        limits = context.limits
        reach_m = (both["a_redline_m"] + both["b_redline_m"]) / 2
        apart = holds((offset_m > reach_m) & (offset_m > limits["offset_notice_m"]))
        judged = grade_by_limits(
            offset_m,
            [
                (Severity.NOTICE, "offset_notice_m", offset_m > limits["offset_notice_m"]),
                (Severity.MISMATCH, "offset_mismatch_m", offset_m > limits["offset_mismatch_m"]),
                (Severity.SEVERE, None, apart),
                (Severity.SEVERE, "offset_severe_m", offset_m > limits["offset_severe_m"]),
            ],
            limits=limits,
            unit="m",
            silent=offset_m.isna(),
        )
        half = format_numbers(reach_m).where(apart)
        # below the mismatch the red lines decide; of one of them alone nothing follows
        one_alone = both["a_redline_m"].isna() ^ both["b_redline_m"].isna()
        noticed = judged["severity"] == str(Severity.NOTICE)
        judged = judged.assign(
            limit=judged["limit"].mask(apart & judged["limit_name"].isna(), reach_m),
            note_en=say_value(
                half, "; their red-line corridors reach {} m together and do not overlap", ""
            ),
            note_zh=say_value(half, "；两侧红线半宽合计{}米，红线范围不重叠", ""),
        )
        return pd.concat(
            [judged, judged[one_alone & noticed].assign(severity=str(Severity.UNKNOWN))]
        )
