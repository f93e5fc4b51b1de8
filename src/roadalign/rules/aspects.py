"""What came of each aspect of a pair, and which data would decide what is unknown.

An aspect *differs* where one of its rules finds a mismatch or worse. Where none does it is
*unknown* as long as a value that decides is missing: one that only one side states, one that is
needed of both, a position in doubt, or a rule that could not judge for want of a value. Only what
is left then *agrees*. An aspect that the settings leave out, or whose rules were not all run, is
*left out*: nobody compared it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from roadalign.model.columns import SIDES, columns_of
from roadalign.model.words import (
    DECIDING,
    SEVERITY_ORDER,
    Aspect,
    AspectOutcome,
    Severity,
    Status,
    Verdict,
)
from roadalign.rules.core import is_run, load_judging_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadalign.rules.core import JudgingRule
    from roadalign.settings import Settings

YEAR = "open_year"
BUILT = (str(Status.EXISTING), str(Status.ABANDONED))
"""Statuses of a half of which no opening year is asked: it is there, or never will be."""


@dataclass(frozen=True)
class Comparison:
    """What is compared, and what decides.

    Parameters
    ----------
    aspects
        Aspects that decide, of `roadalign.model.words.DECIDING`.
    deciding
        Canonical columns that decide.
    needed
        Groups of columns of which both sides have to state one.
    only
        Codes or families of the rules that are run; empty: all.
    """

    aspects: tuple[Aspect, ...] = DECIDING
    deciding: tuple[str, ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    only: tuple[str, ...] = ()

    @classmethod
    def from_settings(cls, settings: Settings) -> Comparison:
        """Return what the settings say."""
        return cls(
            aspects=tuple(one for one in DECIDING if one in settings.aspects),
            deciding=tuple(settings.deciding),
            needed=tuple(tuple(group.split("|")) for group in settings.needed),
            only=tuple(settings.only),
        )

    def compares(self, aspect: Aspect) -> bool:
        """Return whether an aspect is compared with all its rules."""
        own = [rule for rule in load_judging_rules() if rule.aspect is aspect]
        return aspect in self.aspects and all(is_run(rule, self.only) for rule in own)


def judge_aspects(
    points: pd.DataFrame,
    findings: pd.DataFrame,
    comparison: Comparison,
    *,
    position_in_doubt: bool,
) -> pd.DataFrame:
    """Return what came of each aspect that decides, and what each side has to supply.

    Parameters
    ----------
    points
        Docking points.
    findings
        Of `roadalign.rules.core.run_rules`.
    comparison
        What is compared.
    position_in_doubt
        Whether the layers of one side as a whole may lie elsewhere (I02).

    Returns
    -------
    pandas.DataFrame
        ``place``, ``section``, ``timing`` (`roadalign.model.words.AspectOutcome`, ``<NA>`` where
        one side arrives alone), ``missing_a``, ``missing_b`` (columns joined by commas, ``<NA>``
        where nothing is missing); index of `points`.
    """
    pair = points["a_fid"].notna() & points["b_fid"].notna()
    found = pd.DataFrame(index=points.index)
    lacking: dict[str, list[list[str]]] = {side: [[] for _ in range(len(points))] for side in SIDES}
    for aspect in DECIDING:
        missing = _find_missing(points, aspect, comparison)
        unknown = missing["a"].notna() | missing["b"].notna()
        if aspect is Aspect.PLACE:
            unknown |= _unjudged(points, findings, aspect, comparison) | position_in_doubt
        outcome = pd.Series(str(AspectOutcome.AGREES), index=points.index, dtype="string")
        outcome = outcome.mask(unknown, str(AspectOutcome.UNKNOWN))
        if not comparison.compares(aspect):
            outcome = outcome.mask(pair, str(AspectOutcome.LEFT_OUT))
        if aspect in comparison.aspects:
            outcome = outcome.mask(_differs(points, findings, aspect), str(AspectOutcome.DIFFERS))
        found[str(aspect)] = outcome.where(pair)
        asked = pair & (outcome == AspectOutcome.UNKNOWN)
        for side in SIDES:
            for at, (names, wanted) in enumerate(zip(missing[side], asked, strict=True)):
                if wanted and not pd.isna(names):
                    lacking[side][at] += str(names).split(",")
    for side in SIDES:
        texts = [",".join(names) or pd.NA for names in lacking[side]]
        found[f"missing_{side}"] = pd.array(texts, dtype="string")
    return found


def decide_verdict(points: pd.DataFrame) -> pd.Series:
    """Return the verdict of each docking point.

    Parameters
    ----------
    points
        With the preliminary ``verdict`` (a doubtful pair is ambiguous already, one side alone
        missing or undetermined) and the outcomes of `judge_aspects`.
    """
    outcomes = points[[str(aspect) for aspect in DECIDING]]
    pair = points["verdict"] == str(Verdict.ALIGNED)
    differs = (outcomes == str(AspectOutcome.DIFFERS)).any(axis=1)
    # a verdict of which nothing was compared would be a guess
    agrees = (outcomes == str(AspectOutcome.AGREES)).any(axis=1)
    unknown = (outcomes == str(AspectOutcome.UNKNOWN)).any(axis=1) | ~agrees
    verdict = points["verdict"].mask(pair & unknown, str(Verdict.UNDETERMINED))
    decided: pd.Series = verdict.mask(pair & differs, str(Verdict.MISMATCHED)).astype("string")
    return decided


def _differs(points: pd.DataFrame, findings: pd.DataFrame, aspect: Aspect) -> pd.Series:
    least = SEVERITY_ORDER[Severity.MISMATCH]
    bad = [str(one) for one, weight in SEVERITY_ORDER.items() if weight >= least]
    return _spoken(points, findings, _codes(aspect), bad)


def _unjudged(
    points: pd.DataFrame, findings: pd.DataFrame, aspect: Aspect, comparison: Comparison
) -> pd.Series:
    """Return where a rule that measures could not judge for want of a value that decides."""
    codes = [
        rule.code
        for rule in load_judging_rules()
        if rule.aspect is aspect and _decides(rule, comparison)
    ]
    return _spoken(points, findings, codes, [str(Severity.UNKNOWN)])


def _decides(rule: JudgingRule, comparison: Comparison) -> bool:
    """Return whether all that a rule compares decides; what it measures always does."""
    compared = {name for name, one in columns_of("side").items() if one.compared}
    decisive = {name for name, one in columns_of("road").items() if one.deciding}
    own = compared & set(rule.columns)
    return own <= decisive and own <= set(comparison.deciding)


def _codes(aspect: Aspect) -> list[str]:
    return [rule.code for rule in load_judging_rules() if rule.aspect is aspect]


def _spoken(
    points: pd.DataFrame, findings: pd.DataFrame, codes: Iterable[str], severities: list[str]
) -> pd.Series:
    """Return at which docking points one of some rules found one of some severities."""
    said = findings["rule"].isin(list(codes)) & findings["severity"].isin(severities)
    return points["id"].isin(findings.loc[said, "docking_point"].dropna())


def _find_missing(
    points: pd.DataFrame, aspect: Aspect, comparison: Comparison
) -> dict[str, pd.Series]:
    """Return what each side has to supply of one aspect, joined by commas, else ``<NA>``."""
    aspects = {name: one.aspect for name, one in columns_of("road").items()}
    lacks: dict[str, dict[str, pd.Series]] = {side: {} for side in SIDES}
    for name in comparison.deciding:
        if aspects[name] == aspect:
            stated = {side: _stated(points, side, name) for side in SIDES}
            for side, other in (SIDES, SIDES[::-1]):
                lacks[side][name] = stated[other] & ~stated[side] & _asked(points, side, name)
    for group in comparison.needed:
        if aspects[group[0]] == aspect:
            for side in SIDES:
                stated_one = pd.concat([_stated(points, side, name) for name in group], axis=1)
                lack = ~stated_one.any(axis=1) & _asked(points, side, group[0])
                already = lacks[side].get(group[0], pd.Series(data=False, index=points.index))
                lacks[side][group[0]] = already | lack
    return {side: _joined(lacks[side], points.index) for side in SIDES}


def _stated(points: pd.DataFrame, side: str, name: str) -> pd.Series:
    stated: pd.Series = points[f"{side}_{name}"].notna()
    if name == YEAR:  # "by then" is enough of an answer, and nothing to compare with a year
        stated = stated | points[f"{side}_horizon_year"].notna()
    return stated


def _asked(points: pd.DataFrame, side: str, name: str) -> pd.Series:
    """Return where a value of a side matters: the year of a half only that is not yet built."""
    if name != YEAR:
        return pd.Series(data=True, index=points.index)
    status = points[f"{side}_status"]
    return status.notna() & ~status.isin(BUILT)


def _joined(lacks: dict[str, pd.Series], index: pd.Index) -> pd.Series:
    order = [name for name in columns_of("road") if name in lacks]
    rows = [
        ",".join(name for name, one in zip(order, row, strict=True) if one) or pd.NA
        for row in zip(*(lacks[name] for name in order), strict=True)
    ]
    if not order:
        rows = [pd.NA] * len(index)
    return pd.Series(rows, index=index, dtype="string")
