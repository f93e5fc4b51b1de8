"""I08: a side's layers hold no road along a stretch of the boundary."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoCoverage(InputRule):
    """A side's layers hold nothing where the other side brings roads.

    What it says
        Along which stretch of the boundary a side has no road at all, and how many roads of the
        other side arrive there; or that a side's layers hold no lower classes anywhere near.
    Why it matters
        A map sheet or an extract may end there. What a side did not hand over is not missing: its
        layers are asked about first, the roads afterwards.
    When it is said
        Where a side has no road within `coverage_reach_m` of the boundary along
        `coverage_stretch_m` or more, and `coverage_approaches` or more roads of the other side
        arrive there alone; likewise where its layers hold no road below class 3 and so many
        lower ones of the other side arrive alone. Those docking points are then undetermined
        and not missing (C01). Not said of a side whose layers are said to be complete.
    What to do
        Ask for the layers of that stretch or class. Where there really is no road, say so:
        `complete = true` under `[a]` or `[b]` of `align.toml`.
    Example
        From km 2.4 to 5.0 side B has no road and A brings seven: one I08, seven points wait.
    Source
        Ours; extracts that end beside the boundary are the commonest false alarm of such checks.
    """

    code: ClassVar[str] = "I08"
    title: ClassVar[Text] = Text(en="No coverage along a stretch", zh="资料未覆盖部分界线")
    limits: ClassVar[tuple[str, ...]] = (
        "coverage_reach_m",
        "coverage_stretch_m",
        "coverage_approaches",
    )
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {
            "no_coverage": (Severity.MISMATCH,),
            "no_lower_classes": (Severity.MISMATCH,),
        }
    )
    page_zh: ClassVar[str] = """
        对侧有道路到达之处，一方图层没有任何道路。

        说明什么
            一方在界线的哪一段没有任何道路，对侧有多少条道路到达该段；
            或一方图层在界线附近没有较低等级的道路。
        检查目的
            图幅或数据截取范围可能止于该处。一方未能提供的资料不等于没有道路，
            先核实资料范围，再讨论道路。
        判定方法
            一方在界线 `coverage_reach_m` 以内、连续 `coverage_stretch_m` 以上没有道路，
            而对侧有 `coverage_approaches` 条以上道路单独到达该段时提示；
            一方图层没有三级公路、次干路以下道路，而对侧有同样数量的较低等级道路单独到达时，亦提示。
            相应对接点记为资料不全，不记为对侧无道路（C01）。注明图层完整的一方不作此提示。
        处理方法
            请该方补充该段或该等级的图层。确无道路的，在 `align.toml` 的 `[a]` 或 `[b]` 下
            注明 `complete = true`。
        举例
            B方在 2.4～5.0 公里段没有道路，A方有七条道路到达：一项 I08，七处待补充资料。
        依据
            本项目建议；数据截取范围止于界线旁，是此类检查最常见的误报原因。
    """
