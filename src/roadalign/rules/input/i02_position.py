"""I02: a whole side lies elsewhere than its roads say."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Position(InputRule):
    """One whole side lies elsewhere than the roads of both sides say together.

    What it says
        By how much and which way a side is displaced, which other reading (GCJ-02, BD-09,
        another system its numbers fit, a constant shift) would make the roads meet, that a side
        was moved because it was asked for, that the two plans or areas seem to be given in the
        wrong order, and which reading could not be tried.
    Why it matters
        It is one matter of the data, not one of every road. Until it is
        settled, what is measured between the two sides holds only as far as it is allowed for.
    When it is said
        Where few roads meet, each side is read otherwise for a trial; roads meet where their
        gap is at most `gap_mismatch_m`, their offset at most `offset_notice_m` and their
        deflection at most `deflection_mismatch_deg`. A reading that explains the layers is
        severe. A constant shift that most pairs agree on, `shift_m` or longer, is a mismatch
        above `offset_notice_m`, else a notice. Plans that lie for four fifths in each other's
        area are severe. What was moved as told, and what could not be tried, is a notice.
        Nothing is moved unless told; limits of distances are widened by the displacement.
    What to do
        Ask for the layer in its own system, or read it otherwise with `--assume-crs` or
        `--shift auto`; where the order is wrong, exchange the two plans or the two areas.
    Example
        One layer in GCJ-02, 494 m away: one severe finding instead of 45 points that do not meet.
    Source
        Ours; GCJ-02 and BD-09 as they are known from public code.
    """

    code: ClassVar[str] = "I02"
    title: ClassVar[Text] = Text(en="A whole side is displaced", zh="一方数据整体偏移")
    limits: ClassVar[tuple[str, ...]] = (
        "shift_m",
        "gap_mismatch_m",
        "offset_notice_m",
        "deflection_mismatch_deg",
    )
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {
            "other_system": (Severity.SEVERE,),
            "large_shift": (Severity.SEVERE,),
            "systematic_shift": (Severity.NOTICE, Severity.MISMATCH),
            "side_moved": (Severity.NOTICE,),
            "sides_swapped": (Severity.SEVERE,),
            "reading_untried": (Severity.NOTICE,),
            "shift_untried": (Severity.NOTICE,),
            "systems_untried": (Severity.NOTICE,),
        }
    )
    page_zh: ClassVar[str] = """
        从双方道路综合判断，某一方数据整体不在其应在的位置。

        说明什么
            一方数据偏移的距离和方向；按哪种其他读法（GCJ-02、BD-09、数值所符合的其他坐标系、整体平移）
            道路能够相接；某一方已按要求移动；两份规划或两个范围的次序似乎颠倒；哪种读法未能尝试。
        检查目的
            这是一处数据问题，与各条道路本身无关。核实之前，双方之间的量测只在计入该偏移后成立。
        判定方法
            相接的道路很少时，分别以其他方式试读各方数据；端点间距不超过 `gap_mismatch_m`、
            中线错位不超过 `offset_notice_m`、走向夹角不超过 `deflection_mismatch_deg` 即视为相接。
            能够解释图层的读法为严重。多数道路对一致、且不小于 `shift_m` 的整体平移，
            超过 `offset_notice_m` 为一般，否则为提示。
            双方规划各有五分之四位于给另一方的范围内时为严重。按要求移动以及未能尝试的，为提示。
            未经指定不移动任何数据；距离类限值按偏移量放宽。
        处理方法
            请对方提供原坐标系的图层，或以 `--assume-crs`、`--shift auto` 另行读取；
            次序颠倒时对调两份规划或两个范围。
        举例
            一方图层采用 GCJ-02，相差 494 米：报一项严重问题，不逐条报 45 处未相接。
        依据
            本项目建议；GCJ-02 与 BD-09 依据公开代码。
    """
