"""I05: what a layer says of its roads is not understood."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Values(InputRule):
    """Values of a layer were not understood, or it has no attributes at all.

    What it says
        Which field holds values that are not understood, how many, and some of them as they
        stand; that opening years were taken from what is said of the status (“计划2027年建成”); or
        that a shapefile came without its attribute file.
    Why it matters
        What is not understood counts as unknown, and unknown is never compared. A difference
        in class or lanes can hide behind it.
    When it is said
        Once per field near the boundary, always as a notice; nothing is measured. Empty values
        and those that say "unknown" themselves are understood.
    What to do
        Say in `align.toml` what the values mean; `align inspect` writes the lines for it. Send
        the `.dbf` file along with the `.shp`.
    Example
        在册 in the field of the status: unknown until `align.toml` says `"在册" = "planned"`.
    Source
        Ours; what is understood stands in `standards/values.toml` and `standards/classes.toml`.
    """

    code: ClassVar[str] = "I05"
    title: ClassVar[Text] = Text(en="Values not understood", zh="取值未能识别")
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {
            "values_not_understood": (Severity.NOTICE,),
            "years_from_status": (Severity.NOTICE,),
            "no_attributes": (Severity.NOTICE,),
        }
    )
    page_zh: ClassVar[str] = """
        图层中有取值未能识别，或图层完全没有属性。

        说明什么
            哪个字段有未能识别的取值、数量及若干原文；建成年份取自状态说明（如“计划2027年建成”）；
            或 shapefile 缺少属性文件。
        检查目的
            未能识别的取值视为不明，不参与比较。等级或车道数的不同可能因此未被发现。
        判定方法
            界线附近每个字段一项，一律为提示；不作量测。空值以及本身注明“未知”的取值视为已识别。
        处理方法
            在 `align.toml` 中说明这些取值的含义，`align inspect` 会给出相应的行。
            请将 `.dbf` 文件随 `.shp` 一并提供。
        举例
            状态字段写作“在册”：视为不明，直至 `align.toml` 注明 `"在册" = "planned"`。
        依据
            本项目建议；可识别的取值见 `standards/values.toml` 与 `standards/classes.toml`。
    """
