"""I06: a layer has nothing near the boundary."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class NothingNear(InputRule):
    """A layer has nothing near the boundary.

    What it says
        How far from the boundary, and in which direction, the extent of the layer lies.
    Why it matters
        Nothing of the layer enters the check. Where it was meant to, its roads are missing at
        every docking point, or its areas in every crossing.
    When it is said
        Once per layer of which nothing lies near: roads of a plan and areas within
        `read_band_m` of the boundary, existing roads within the band of the network. A layer of
        roads is a mismatch, one of areas a notice. A plan of which even the nearest layer is
        further away than 50 km is refused.
    What to do
        Look whether it is the right file, and the right coordinate system: a distance of some
        hundred kilometres mostly means another zone (I01). `align inspect` lists those that fit.
    Example
        A plan of two layers, one of them 20 km away: a mismatch that names the layer.
    Source
        Ours.
    """

    code: ClassVar[str] = "I06"
    title: ClassVar[Text] = Text(en="Nothing near the boundary", zh="界线附近没有内容")
    limits: ClassVar[tuple[str, ...]] = ("read_band_m",)
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {
            "nothing_near": (Severity.MISMATCH,),
            "no_area_near": (Severity.NOTICE,),
        }
    )
    page_zh: ClassVar[str] = """
        图层在界线附近没有任何内容。

        说明什么
            图层范围距界线多远、位于哪个方向。
        检查目的
            该图层没有内容参与检查。如本应参与，则对接点处没有其道路，穿越处没有其区域。
        判定方法
            附近没有任何内容的图层各一项：规划道路和面以距界线 `read_band_m` 以内为附近，
            现状道路以路网的读取范围为附近。道路图层为一般，面图层为提示。
            最近的图层仍远于 50 公里的规划不予读取。
        处理方法
            核对文件和坐标系是否正确：相距数百公里多为投影带不同（I01）。
            `align inspect` 可列出相符的坐标系。
        举例
            规划含两个图层，其中一个距界线 20 公里：一般，写明该图层。
        依据
            本项目建议。
    """
