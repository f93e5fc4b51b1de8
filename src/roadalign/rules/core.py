"""What a rule is, how it is found, and how all of them are run.

A rule is one file in this folder holding one subclass of `Rule`: its docstring is its page in
English, ``page_zh`` the page in Chinese, ``judge`` its judgement over the whole table of docking
points at once. Nothing else has to be touched to add one.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

import roadalign.rules
from roadalign.errors import InputError
from roadalign.model.tables import FINDING_COLUMNS, records, typed
from roadalign.model.words import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadalign.model.result import Boundary
    from roadalign.settings import Limits


@dataclass(frozen=True)
class Text:
    """One sentence in both languages.

    ``{placeholders}`` are columns of the judgement, and ``{name_a}``, ``{name_b}``, the sides.
    """

    en: str
    zh: str


def _none(*columns: str) -> pd.DataFrame:
    kinds = {"name": "string", "road_class": "Int64", "barrier": "string"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "Float64")) for name in columns})


@dataclass(frozen=True)
class Context:
    """What a rule may know beside the docking points.

    Parameters
    ----------
    limits
        The limits in force.
    boundary
        The common line with its strip.
    boundary_roads
        Table of boundary roads paired across the two sides: columns ``a_…`` and ``b_…`` of
        `roadalign.model.tables.SIDE_COLUMNS` where both sides drew the road.
    names
        Names of the two sides.
    unplanned
        Existing roads that cross and are no docking point's: ``chainage_m, name, road_class,
        barrier`` and ``side``, the one that lacks it, ``<NA>`` where both do; empty without a
        network.
    opportunities
        Existing dead ends that face each other and that no plan joins: ``chainage_m, name,
        road_class, gap_m, deflection_deg, detour_m, detour_ratio``.
    crossed
        What links and proposals take of constraints:
        `roadalign.model.tables.CROSSED_COLUMNS`; empty where none were given.
    curves
        Of `roadalign.assessment.proposal.propose`, one row per pair that does not fit.
    """

    limits: Limits
    boundary: Boundary
    boundary_roads: pd.DataFrame
    names: tuple[str, str]
    unplanned: pd.DataFrame = field(
        default_factory=lambda: _none("chainage_m", "name", "road_class", "barrier", "side")
    )
    opportunities: pd.DataFrame = field(
        default_factory=lambda: _none(
            *("chainage_m", "name", "road_class", "gap_m", "deflection_deg"),
            *("detour_m", "detour_ratio"),
        )
    )
    crossed: pd.DataFrame = field(default_factory=pd.DataFrame)
    curves: pd.DataFrame = field(default_factory=pd.DataFrame)


class Rule(ABC):
    """One question asked of every docking point.

    ``ask`` says what a side would have to do, with ``{own}``, ``{other}``, ``{own_road}``,
    ``{other_road}``, ``{own_value}``, ``{other_value}``, ``{value}``; where a finding names a
    side, ``ask_other`` is what the other one would have to do. The same sentence goes to both
    sides unless the finding itself concerns one of them.

    A subclass sets ``code``, ``title``, ``page_zh``, ``message`` and ``limits`` and writes
    `judge`. The docstring is the page that ``align rule CODE`` prints.
    """

    code: ClassVar[str]
    title: ClassVar[Text]
    page_zh: ClassVar[str]
    message: ClassVar[Text]
    limits: ClassVar[tuple[str, ...]] = ()
    ask: ClassVar[Text | None] = None
    ask_other: ClassVar[Text | None] = None

    @abstractmethod
    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge all docking points at once.

        Parameters
        ----------
        points
            The docking points, with the columns of
            `roadalign.model.tables.DOCKING_COLUMNS`, index ``0…n-1``.
        context
            Limits, boundary and side names.

        Returns
        -------
        pandas.DataFrame
            One row per finding (severities ``ok`` are left out). Its index is the index of the
            docking point, or ``-1`` where it speaks of a side or the boundary as a whole.
            Columns: ``severity``, and where they apply ``value``, ``unit``, ``limit``,
            ``limit_name``, ``a_value``, ``b_value``, ``side``; further columns only fill the
            message's placeholders.
        """

    @classmethod
    def page(cls, lang: str) -> str:
        """Return the page of the rule in one language."""
        return inspect.cleandoc(cls.page_zh) if lang == "zh" else inspect.getdoc(cls) or ""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule of the families' folders, by code."""
    for module in pkgutil.walk_packages(roadalign.rules.__path__, "roadalign.rules."):
        importlib.import_module(module.name)
    return tuple(rule() for rule in sorted(_leaves(Rule), key=lambda rule: rule.code))


def _leaves(base: Any) -> Iterable[Any]:
    for child in base.__subclasses__():
        yield from _leaves(child)
        if not inspect.isabstract(child):
            yield child


def graded(
    points: pd.DataFrame, measure: pd.Series, steps: Iterable[tuple[Severity, pd.Series | bool]]
) -> pd.Series:
    """Return the worst severity whose condition holds, ``unknown`` where the measure is missing.

    Parameters
    ----------
    points
        The docking points; only its index is used.
    measure
        The value judged; ``<NA>`` gives ``unknown``.
    steps
        Severities with their conditions, mildest first; a later one that holds wins.

    Returns
    -------
    pandas.Series
        Severity of each docking point, ``ok`` where no condition holds.
    """
    severity = pd.Series(str(Severity.OK), index=points.index, dtype="string")
    for name, holds in steps:
        met = pd.Series(holds, index=points.index).astype("boolean").fillna(value=False)
        severity = severity.mask(met, str(name))
    return severity.mask(measure.isna(), str(Severity.UNKNOWN))


def refuse_unknown(only: list[str]) -> None:
    """Raise `InputError` where a code or family names no rule."""
    codes = [rule.code for rule in all_rules()]
    for wanted in only:
        if not any(code.startswith(wanted) for code in codes):
            raise InputError("unknown_rule", where=wanted, codes=", ".join(codes))


def run_rules(points: pd.DataFrame, context: Context, *, only: list[str]) -> pd.DataFrame:
    """Run the rules over the docking points.

    Parameters
    ----------
    points
        The docking points, index ``0…n-1``.
    context
        Limits, boundary and side names.
    only
        Codes or families to run; empty runs all.

    Returns
    -------
    pandas.DataFrame
        Findings as of `roadalign.model.tables.FINDING_COLUMNS`, by docking point and code;
        ``docking_point`` holds the id. Severities ``ok`` are left out.
    """
    found = [
        _spoken(rule, rule.judge(points, context), points, context.names)
        for rule in all_rules()
        if not only or any(rule.code.startswith(code) for code in only)
    ]
    found = [table for table in found if len(table)]
    if not found:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    together = pd.concat(found).sort_values(["position", "rule"], kind="stable")
    return typed(together.reset_index(drop=True), FINDING_COLUMNS)


def _spoken(
    rule: Rule, judged: pd.DataFrame, points: pd.DataFrame, names: tuple[str, str]
) -> pd.DataFrame:
    judged = judged[judged["severity"] != str(Severity.OK)]
    sides = {"name_a": names[0], "name_b": names[1]}
    rows = [sides | row for row in records(judged)]
    ids = points["id"]
    return judged.assign(
        position=judged.index,
        rule=rule.code,
        docking_point=[ids.get(position, pd.NA) for position in judged.index],
        message_en=[rule.message.en.format_map(_readable(row)) for row in rows],
        message_zh=[rule.message.zh.format_map(_readable(row)) for row in rows],
    )


def _readable(row: dict[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  (NaN is unequal to itself)
        return "?"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return value
