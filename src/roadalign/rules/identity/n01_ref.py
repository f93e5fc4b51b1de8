"""N01: the two sides give the road different route numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, say_both, select_pairs

if TYPE_CHECKING:
    from roadalign.rules.core import Context

SEPARATORS = re.compile(r"[;,/；，、]")
ROUTE = re.compile(r"([A-Z]+\d{1,4})(?:\d{6})?")
"""A route number, with or without the 6-digit code of its county (GB/T 917)."""

NATIONAL = "G"
LOCAL = "XYCZ"


class RouteNumber(JudgingRule):
    """Whether both sides give the road the same route number.

    Why it matters
        A national number tells which route a road belongs to. Two of them that share nothing
        suggest that two different roads were paired, or that one side still uses an old number.
    How it is judged
        Several numbers of one road are split at ``;`` ``,`` and ``/``; the 6-digit county code
        at the end is left out. One number in common is agreement. If both sides have national
        numbers (G) and none in common, it is a mismatch. County, township, village and special
        numbers (X, Y, C, Z) are given by each county, so that different ones are normal: no
        finding. Anything else, provincial numbers (S) among it, is a notice: each province
        numbers its own routes.
    What it does not see
        A number that was changed on purpose at the boundary.
    Example
        G320 and G320 in a county's spelling (G320330482) agree; G320 and G228 are a mismatch.
    Source
        Shape of route numbers after GB/T 917; the severities are ours.
    """

    code: ClassVar[str] = "N01"
    title: ClassVar[Text] = Text(en="Route number", zh="路线编号")
    columns: ClassVar[tuple[str, ...]] = ("verdict", "ref")
    aspect: ClassVar[Aspect] = Aspect.IDENTITY
    page_zh: ClassVar[str] = """
        双方给道路的路线编号是否相同。

        检查目的
            国道编号表明道路属于哪条路线。两个国道编号无一相同，可能是配错了道路，也可能是一方仍用旧编号。
        判定方法
            一条道路的多个编号按 ``;`` ``,`` ``/`` 拆分，去掉末尾 6 位县级代码。有一个相同即为一致。
            双方均有国道编号（G）而无一相同，为一般。县道、乡道、村道、专用公路编号（X、Y、C、Z）
            由各县自编，不同属正常，不作为问题。其余（包括各省自编的省道编号 S）为提示。
        局限
            有意在界线处更换的编号。
        举例
            G320 与带县级代码的 G320330482 一致；G320 与 G228 为一般。
        依据
            编号形式依据 GB/T 917；严重程度为本项目建议。
    """
    message: ClassVar[Text] = BOTH_SAY
    ask: ClassVar[Text] = Text(
        en="Agree with {other} on the route number: {own_value} here, {other_value} there.",
        zh="与{other}核对路线编号：本方{own_value}，对方{other_value}。",
    )

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:  # noqa: ARG002
        """Judge the route numbers of every pair."""
        both = select_pairs(points)
        a, b = both["a_ref"].astype("string"), both["b_ref"].astype("string")
        severity = [
            str(_severity(_routes(ref_a), _routes(ref_b)))
            for ref_a, ref_b in zip(a.fillna(""), b.fillna(""), strict=True)
        ]
        return pd.DataFrame(
            {"severity": pd.Series(severity, index=both.index, dtype="string")}
        ).assign(
            **say_both(
                a,
                b,
                stated=Text(en="numbers the route {}", zh="路线编号为{}"),
                unstated=Text(en="states no route number", zh="未注明路线编号"),
            )
        )


def _routes(ref: str) -> frozenset[str]:
    """Return the route numbers of one text, without blanks and county codes."""
    parts = (re.sub(r"\s", "", part).upper() for part in SEPARATORS.split(ref))
    return frozenset(
        found[1] if (found := ROUTE.fullmatch(part)) else part for part in parts if part
    )


def _severity(a: frozenset[str], b: frozenset[str]) -> Severity:
    if not a or not b:
        return Severity.OK if a == b else Severity.UNKNOWN
    if a & b or all(route[0] in LOCAL for route in a | b):
        return Severity.OK
    national_on_both = all(any(route[0] in NATIONAL for route in side) for side in (a, b))
    return Severity.MISMATCH if national_on_both else Severity.NOTICE
