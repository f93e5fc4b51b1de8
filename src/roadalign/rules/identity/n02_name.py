"""N02: the road changes its name at the boundary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from roadalign.attributes.several import most_alike
from roadalign.model.words import Aspect, Severity
from roadalign.rules.core import JudgingRule, Text
from roadalign.rules.judging import BOTH_SAY, grade_by_limits, say_both, select_pairs
from roadalign.standards import table

if TYPE_CHECKING:
    from roadalign.rules.core import Context

BRACKETED = r"[(（][^)）]*[)）]"


class Name(JudgingRule):
    """Whether both sides call the road by a similar name.

    Why it matters
        Most roads change their name at a boundary, so that different names are nothing to
        correct. Attendees of a meeting still need to know that the two names mean one road.
    How it is judged
        Additions in brackets and endings that only say what kind of road it is
        (`standards/name_suffixes.toml`) are left out. Names less alike than `name_similarity`
        (0 to 1, share of the letters in common and in the same order) are a notice, never more. Of
        several names of one road (``A / B``, ``A;B``) the two most alike are compared.
    What it does not see
        The same name in different scripts, and old names.
    Example
        枫美公路 and 枫美路 are alike; 亭枫公路 and 平黎公路 are a notice.
    Source
        Ours: seven of nine pairs opened between Shanghai and its neighbours have two names.
    """

    code: ClassVar[str] = "N02"
    title: ClassVar[Text] = Text(en="Road name", zh="道路名称")
    limits: ClassVar[tuple[str, ...]] = ("name_similarity",)
    columns: ClassVar[tuple[str, ...]] = ("verdict", "name")
    aspect: ClassVar[Aspect] = Aspect.IDENTITY
    page_zh: ClassVar[str] = """
        双方的道路名称是否相近。

        检查目的
            多数道路过界即改名，名称不同无需更正。但参会人员需要知道两个名称指的是同一条道路。
        判定方法
            去掉括号内文字以及仅表示道路类别的词尾（`standards/name_suffixes.toml`）。名称相似度低于
            `name_similarity`（0～1，即按相同次序出现的共同字符所占比例）为提示，不会更高。
            一条道路有多个名称（``A / B``、``A;B``）时，取最相近的两个比较。
        局限
            以不同文字书写的同一名称；曾用名。
        举例
            枫美公路与枫美路相近；亭枫公路与平黎公路为提示。
        依据
            本项目建议：上海与邻省已打通的九对道路中有七对名称不同。
    """
    message: ClassVar[Text] = BOTH_SAY

    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge the two names of every pair."""
        both = select_pairs(points)
        a, b = both["a_name"].astype("string"), both["b_name"].astype("string")
        alike = pd.Series(_similarity(a, b), index=both.index, dtype="Float64")
        alike = alike.mask(a.isna() | b.isna())
        limits = context.limits
        return grade_by_limits(
            alike,
            [(Severity.NOTICE, "name_similarity", alike < limits["name_similarity"])],
            limits=limits,
            unit="1",
            silent=a.isna() & b.isna(),
        ).assign(
            **say_both(
                a,
                b,
                stated=Text(en="calls the road {}", zh="称该路为{}"),
                unstated=Text(en="states no name", zh="未注明名称"),
            )
        )


def _similarity(a: pd.Series, b: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    texts = [side.fillna("").to_numpy(dtype=object) for side in (a, b)]
    return most_alike(texts[0], texts[1], _ratio)


def _ratio(left: list[str], right: list[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    cores = [list(_core(pd.Series(names, dtype="string"))) for names in (left, right)]
    score = process.cpdist(*cores, scorer=fuzz.ratio, dtype=np.float64, workers=1)
    return np.asarray(score, dtype=np.float64) / 100


def _core(names: pd.Series) -> pd.Series:
    """Return what is left of the names without brackets and endings, at least something."""
    suffixes = table("name_suffixes")
    endings = "|".join(sorted(map(re.escape, suffixes["zh"]), key=len, reverse=True))
    words = "|".join(sorted(map(re.escape, suffixes["en"]), key=len, reverse=True))
    whole = names.fillna("").str.casefold().str.replace(BRACKETED, "", regex=True).str.strip()
    core = whole.str.replace(rf"(?:(?:{endings})|\s+(?:{words})\.?)$", "", regex=True).str.strip()
    return core.mask(core == "", whole)
