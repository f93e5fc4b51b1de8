"""I01: where a layer lies rests on more than its own word."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class CoordinateSystem(InputRule):
    """The coordinate system of a layer was assumed, replaced or is not exact.

    What it says
        Which system a layer was read in where it states none and one was set, where another one
        was asked for than it states, and where its system cannot be brought exactly to the
        others: no transformation is published, or the parameters are not official.
    Why it matters
        All distances between the two sides rest on it. A wrong system moves every road of a
        layer alike, by metres or by kilometres, and nothing in the layer itself looks odd.
    When it is said
        Once per layer, always as a notice; nothing is measured. A layer that states no system
        and for which none is set is refused. That a system does not fit the roads is I02.
    What to do
        Ask whoever made the layer for its system and state it in the file, or set it with
        `crs` or `assume_crs` of the side in `align.toml`. `align inspect` tells which systems
        the numbers can be in.
    Example
        A layer without a `.prj`, set to EPSG:4549: one notice that names the system.
    Source
        Ours; which systems have no published transformation stands in `standards/crs.toml`.
    """

    code: ClassVar[str] = "I01"
    title: ClassVar[Text] = Text(en="Coordinate system assumed", zh="坐标系为设定值")
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {
            "crs_assumed": (Severity.NOTICE,),
            "crs_told": (Severity.NOTICE,),
            "crs_no_transformation": (Severity.NOTICE,),
            "crs_shanghai": (Severity.NOTICE,),
        }
    )
    page_zh: ClassVar[str] = """
        图层的坐标系为设定、替换所得，或换算不精确。

        说明什么
            图层未注明坐标系而按设置采用、按要求以不同于其声明的坐标系读取，
            或其坐标系无法精确换算（没有公开的转换参数，或参数非官方公布）时，说明采用了哪一坐标系。
        检查目的
            双方之间的一切距离都以此为基础。坐标系不对会使图层中所有道路一同偏移数米乃至数公里，
            而图层本身看不出异常。
        判定方法
            每个图层一项，一律为提示，不作量测。既未注明又未设置坐标系的图层不予读取。
            坐标系与道路不符属于 I02。
        处理方法
            向图层制作单位核实坐标系并写入文件，
            或在 `align.toml` 中为该方设置 `crs` 或 `assume_crs`。
            `align inspect` 可列出这些数值可能属于哪些坐标系。
        举例
            图层没有 `.prj`，按设置采用 EPSG:4549：一项提示，写明所用坐标系。
        依据
            本项目建议；没有公开转换参数的坐标系见 `standards/crs.toml`。
    """
