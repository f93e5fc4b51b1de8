"""I04: features were left out, repaired, or contradict what their file says of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Features(InputRule):
    """Features of a layer were left out, repaired, or contradict what their file says of them.

    What it says
        How many features were left out (empty, without valid coordinates, of another kind than
        is read, marked as deleted, older versions), what lies beside a layer and was not read
        (links to data elsewhere, files inside an archive), how many areas were repaired, and
        where a file does not fit itself: damaged features, features outside their stated
        bounds, a count or a spatial index that differs from what is there.
    Why it matters
        A road that is not read is missing at its docking point, where the other side's road
        then looks as if it had no counterpart.
    When it is said
        Once per layer and kind, with how many there are. What was left out or repaired is a
        notice; what may be lost or wrong is a mismatch, a spatial index only where it knows
        features that are not there. Features decide, never an index; nothing is measured.
        Files that are cut short are refused instead.
    What to do
        Where something is damaged, export the layer again from its source. Where lines were
        left out, look at them with `align inspect`, which tells the faults of the geometry.
        Unpack an archive inside an archive, and name what a link points at as a source.
    Example
        Three points among the lines of a layer: left out, one notice.
    Source
        Ours.
    """

    code: ClassVar[str] = "I04"
    title: ClassVar[Text] = Text(en="Features left out or damaged", zh="要素略去或损坏")
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {
            "lines_dropped": (Severity.NOTICE,),
            "not_lines_dropped": (Severity.NOTICE,),
            "areas_repaired": (Severity.NOTICE,),
            "areas_dropped": (Severity.NOTICE,),
            "weights_dropped": (Severity.NOTICE,),
            "features_deleted": (Severity.NOTICE,),
            "features_damaged": (Severity.MISMATCH,),
            "features_outside": (Severity.MISMATCH,),
            "count_differs": (Severity.MISMATCH,),
            "index_differs": (Severity.NOTICE, Severity.MISMATCH),
            "links_not_followed": (Severity.NOTICE,),
            "not_opened": (Severity.NOTICE,),
            "ways_incomplete": (Severity.NOTICE,),
            "ways_without_line": (Severity.NOTICE,),
            "ways_deleted": (Severity.NOTICE,),
            "ways_older": (Severity.NOTICE,),
        }
    )
    page_zh: ClassVar[str] = """
        图层中有要素被略去、修复，或与文件自身的说明不符。

        说明什么
            略去了多少要素（为空、坐标无效、类型不符、标记为已删除、旧版本），
            图层旁未读取的内容（指向别处数据的链接、压缩包内的文件），修复了多少个面，
            以及文件前后不符之处：要素损坏、要素超出所注明的范围、数量或空间索引与实际不符。
        检查目的
            未读取的道路不会出现在对接点处，该处可能因此显示为对侧无道路。
        判定方法
            每个图层每类一项，附数量。略去或修复的为提示；可能缺失或有误的为一般，
            其中空间索引仅在多出实际没有的要素时为一般。一律以要素为准，不依索引；不作量测。
            不完整的文件不予读取。
        处理方法
            有损坏时，请从数据来源重新导出图层。有线被略去时，用 `align inspect` 查看几何问题。
            压缩包内的压缩包请先解压，链接所指的数据请另行给出。
        举例
            图层的线要素中混有三个点：略去，一项提示。
        依据
            本项目建议。
    """
