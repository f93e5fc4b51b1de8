"""I07: more differs from the run before than can be real changes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from roadalign.model.words import Severity
from roadalign.rules.core import InputRule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class MuchDiffers(InputRule):
    """More docking points differ from the run before than can be real changes.

    What it says
        How many docking points are new, changed, resolved, reopened and gone since the run that
        was given with `--since`.
    Why it matters
        Plans change in places. Where most docking points differ, another file, layer or
        coordinate system was read more likely than not, and the list of changes says little.
    When it is said
        Where more than `jump_share` of all docking points of both runs differ, always as a notice.
    What to do
        Compare the inputs of the two runs in their `report.json`: paths, numbers of features,
        coordinate systems and settings.
    Example
        Of 45 points before and now, 40 are gone and 42 new: the plan of another year was read.
    Source
        Ours.
    """

    code: ClassVar[str] = "I07"
    title: ClassVar[Text] = Text(en="Much differs from the run before", zh="与上次检查差异过多")
    limits: ClassVar[tuple[str, ...]] = ("jump_share",)
    notes: ClassVar[Mapping[str, tuple[Severity, ...]]] = MappingProxyType(
        {"jump": (Severity.NOTICE,)}
    )
    page_zh: ClassVar[str] = """
        与上次检查不同的对接点过多，不像是真实变化。

        说明什么
            自 `--since` 所给的检查以来，新增、变化、已解决、再次出现和消失的对接点各有多少。
        检查目的
            规划通常只在局部变化。多数对接点不同时，更可能是读取了另一文件、图层或坐标系，
            变化清单因而意义不大。
        判定方法
            两次检查的全部对接点中，不同者所占比例超过 `jump_share` 时提示，一律为提示。
        处理方法
            比较两次检查 `report.json` 中的输入：路径、要素数量、坐标系和设置。
        举例
            前后两次的对接点中，40 处消失、42 处新增：可能读取了另一年度的规划。
        依据
            本项目建议。
    """
