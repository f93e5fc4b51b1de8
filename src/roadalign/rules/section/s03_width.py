"""S03: carriageway or roadbed changes its width at the boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Aspect
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, format_numbers, say_value, select_pairs
from roadalign.rules.section.widths import WIDTH_LIMITS, grade_widths

if TYPE_CHECKING:
    import pandas as pd

    from roadalign.rules.core import Context


class Width(JudgingRule):
    """Whether both sides give carriageway or roadbed the same width.

    Why it matters
        Width decides what fits on a border bridge and how long a taper is needed. It also
        reveals a different cross-section behind the same number of lanes.
    How it is judged
        Carriageway widths are compared; where a side lacks its own, roadbed widths. Widths
        that differ by no more than `width_notice_m` are equal. Otherwise a difference above
        `width_notice_share` of the wider one is a notice, above `width_mismatch_share` a
        mismatch, above `width_severe_share` severe. Where one side gives only the carriageway
        and the other only the roadbed, nothing can be compared: unknown.
    What it does not see
        How the width is divided, and a width measured with or without kerbs and medians.
    Example
        Roadbeds of 24.5 m and 33.5 m: 27 % of the wider one, a mismatch.
    Source
        Ours; the common widths of JTG B01 sections differ by more than these limits.
    """

    code: ClassVar[str] = "S03"
    title: ClassVar[Text] = Text(en="Carriageway or roadbed width", zh="路面或路基宽度")
    limits: ClassVar[tuple[str, ...]] = WIDTH_LIMITS
    columns: ClassVar[tuple[str, ...]] = ("verdict", "carriageway_m", "roadbed_m")
    aspect: ClassVar[Aspect] = Aspect.SECTION
    page_zh: ClassVar[str] = """
        双方的路面或路基宽度是否相同。

        检查目的
            宽度决定界河桥的断面和渐变段长度，也能反映车道数相同而断面不同的情况。
        判定方法
            比较路面宽度；任一方缺少时比较路基宽度。相差不超过 `width_notice_m` 视为一致；
            否则相差超过较宽者的 `width_notice_share` 为提示，超过 `width_mismatch_share` 为一般，
            超过 `width_severe_share` 为严重。
            一方只有路面宽度、另一方只有路基宽度时无法比较，视为不明。
        局限
            宽度如何分配；量宽时是否含路缘石和中央分隔带。
        举例
            路基宽 24.5 米与 33.5 米：相差为较宽者的 27%，为一般。
        依据
            本项目建议；JTG B01 常用断面之间的宽度差大于这些限值。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on one width: {own_value} m here, {other_value} m there.",
        zh="与{other}商定统一的路面或路基宽度：本方{own_value}米，对方{other_value}米。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the difference in width of every pair."""
        both = select_pairs(points)
        lacking = both["a_carriageway_m"].isna() | both["b_carriageway_m"].isna()
        unpaved = both["a_roadbed_m"].notna() & both["b_roadbed_m"].notna() & lacking
        a_m, b_m = (
            both[f"{side}_carriageway_m"].mask(unpaved, both[f"{side}_roadbed_m"])
            for side in ("a", "b")
        )
        columns = [f"{side}_{width}_m" for side in "ab" for width in ("carriageway", "roadbed")]
        return grade_widths(
            a_m, b_m, limits=context.limits, silent=both[columns].isna().all(axis=1)
        ).assign(
            a_value=format_numbers(a_m.fillna(both["a_roadbed_m"])),
            b_value=format_numbers(b_m.fillna(both["b_roadbed_m"])),
            a_says_en=_say_width(both, "a", unpaved, EN),
            b_says_en=_say_width(both, "b", unpaved, EN),
            a_says_zh=_say_width(both, "a", unpaved, ZH),
            b_says_zh=_say_width(both, "b", unpaved, ZH),
            note_en="",
            note_zh="",
        )


EN = (
    "has a carriageway of {} m",
    "has a roadbed of {} m",
    "states neither carriageway nor roadbed width",
)
ZH = ("路面宽{}米", "路基宽{}米", "未注明路面和路基宽度")


def _say_width(
    both: pd.DataFrame, side: str, unpaved: pd.Series, words: tuple[str, str, str]
) -> pd.Series:
    carriageway, roadbed, unstated = words
    paved = both[f"{side}_carriageway_m"].mask(unpaved)
    of_roadbed = say_value(format_numbers(both[f"{side}_roadbed_m"]), roadbed, unstated)
    return say_value(format_numbers(paved), carriageway, unstated).where(paved.notna(), of_roadbed)
