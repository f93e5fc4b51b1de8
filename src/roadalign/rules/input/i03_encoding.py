"""I03: the texts of a layer are in an encoding that the layer does not state."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Encoding(InputRule):
    """The encoding of a layer's texts is not stated and was found from their bytes.

    What it says
        In which encoding the texts of a shapefile without a `.cpg` file or code page were read.
    Why it matters
        Names, route numbers and classes are read from these texts. In the wrong encoding they
        are nonsense: classes count as unknown, and names are never alike.
    When it is said
        Once per layer, always as a notice. Bytes that pass as strict UTF-8 are taken for it,
        otherwise those that pass as GB18030; nothing is measured.
    What to do
        Look at a few names on the map. If they are nonsense, set `encoding` of the side in
        `align.toml`; put a `.cpg` file beside the shapefile so that everyone reads it alike.
    Example
        A shapefile without a `.cpg` whose bytes are no UTF-8: read as GB18030, one notice.
    Source
        Ours; Chinese texts hardly ever pass as strict UTF-8 if they are GB18030.
    """

    code: ClassVar[str] = "I03"
    title: ClassVar[Text] = Text(en="Text encoding found", zh="文字编码由判断得出")
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {"encoding_found": (Severity.NOTICE,)}
    )
    page_zh: ClassVar[str] = """
        图层未注明文字编码，由字节判断得出。

        说明什么
            没有 `.cpg` 文件、也未注明代码页的 shapefile，其文字按哪种编码读取。
        检查目的
            名称、路线编号和等级都读自这些文字。编码不对即成乱码：等级视为不明，名称也不会相近。
        判定方法
            每个图层一项，一律为提示。符合严格 UTF-8 的按 UTF-8 读取，否则符合 GB18030 的按 GB18030
            读取；不作量测。
        处理方法
            在地图上查看几个名称。如为乱码，在 `align.toml` 中为该方设置 `encoding`；
            在 shapefile 旁放置 `.cpg` 文件，使各方读法一致。
        举例
            shapefile 没有 `.cpg`，字节不符合 UTF-8：按 GB18030 读取，一项提示。
        依据
            本项目建议；GB18030 中文文本几乎不会符合严格 UTF-8。
    """
