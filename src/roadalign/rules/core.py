"""What a rule is, how it is found, and how all of them are run.

Every code that any output prints is a rule: one file in the folder of its family, holding one
subclass of `JudgingRule` or `InputRule`. Its docstring is its page in English, ``page_zh`` the
page in Chinese. A `JudgingRule` judges the whole table of docking points at once; an `InputRule`
explains what is noticed elsewhere about the data. Nothing else has to be touched to add one.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

import roadalign.rules
from roadalign.errors import InputError
from roadalign.model.tables import DOCKING_COLUMNS, FINDING_COLUMNS, records, typed
from roadalign.model.words import Aspect, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadalign.model.result import Boundary
    from roadalign.settings.limits import Limits


@dataclass(frozen=True)
class Text:
    """One sentence in both languages.

    ``{placeholders}`` are columns of the judgement, and ``{name_a}``, ``{name_b}``, the sides.
    """

    en: str
    zh: str


def _make_empty(*columns: str) -> pd.DataFrame:
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
    as_of_year
        Year from which opening years count.
    """

    limits: Limits
    boundary: Boundary
    boundary_roads: pd.DataFrame
    names: tuple[str, str]
    unplanned: pd.DataFrame = field(
        default_factory=lambda: _make_empty("chainage_m", "name", "road_class", "barrier", "side")
    )
    opportunities: pd.DataFrame = field(
        default_factory=lambda: _make_empty(
            *("chainage_m", "name", "road_class", "gap_m", "deflection_deg"),
            *("detour_m", "detour_ratio"),
        )
    )
    crossed: pd.DataFrame = field(default_factory=pd.DataFrame)
    curves: pd.DataFrame = field(default_factory=pd.DataFrame)
    as_of_year: int = field(default_factory=lambda: dt.datetime.now(dt.UTC).year)


class Rule:
    """One code, and what is to be known of it: the docstring is the page of ``align rule CODE``."""

    code: ClassVar[str]
    title: ClassVar[Text]
    page_zh: ClassVar[str]
    limits: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def page(cls, lang: str) -> str:
        """Return the page of the rule in one language."""
        return inspect.cleandoc(cls.page_zh) if lang == "zh" else inspect.getdoc(cls) or ""


class InputRule(Rule):
    """What is noticed about the data by those who read, place or compare it.

    It judges nothing itself: who notices something says it with this code and one of the
    ``notes``. A subclass sets ``code``, ``title``, ``page_zh``, ``limits`` and ``notes``.

    ``notes`` names each message (key of ``locales/<language>/notes.toml``) said under this code,
    with the severities it may have, mildest first.
    """

    notes: ClassVar[Mapping[str, tuple[Severity, ...]]]


class JudgingRule(Rule, ABC):
    """One question asked of every docking point, or of the boundary as a whole.

    ``ask`` says what a side would have to do, with ``{own}``, ``{other}``, ``{own_road}``,
    ``{other_road}``, ``{own_value}``, ``{other_value}``, ``{value}``. The same sentence goes to
    both sides unless the finding names one of them: that one hears ``ask_own``, the other
    ``ask_other``, where there are such.

    ``aspect`` says what a finding speaks for: those of `roadalign.model.words.DECIDING` differ
    from `Severity.MISMATCH` on; of the others, and without one, no verdict follows.

    A subclass sets ``code``, ``title``, ``page_zh``, ``message``, ``limits``, ``columns`` and
    ``aspect``, and writes `judge`. ``columns`` names what it reads of docking points and boundary
    roads: columns of `roadalign.model.tables.DOCKING_COLUMNS`, and of
    `roadalign.model.tables.SIDE_COLUMNS` (both sides are read). It is given these alone.
    """

    message: ClassVar[Text]
    columns: ClassVar[tuple[str, ...]] = ()
    aspect: ClassVar[Aspect | None] = None
    ask: ClassVar[Text | None] = None
    ask_own: ClassVar[Text | None] = None
    ask_other: ClassVar[Text | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a rule that wants to read a column that no table has."""
        super().__init_subclass__(**kwargs)
        strange = [name for name in cls.columns if not {name, f"a_{name}"} & set(DOCKING_COLUMNS)]
        if strange:
            raise TypeError(f"{cls.__name__} reads unknown columns: {', '.join(strange)}")

    @abstractmethod
    def judge(self, points: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Judge all docking points at once.

        Parameters
        ----------
        points
            The docking points, index ``0…n-1``, with the columns that the rule names.
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
    def select_columns(cls, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table with those columns alone that the rule reads, of both sides."""
        wanted = {f"{side}{name}" for side in ("", "a_", "b_") for name in cls.columns}
        return table[[name for name in table.columns if name in wanted]]


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return every rule of the families' folders, by code.

    Raises
    ------
    TypeError
        If two rules have the same code.
    """
    found: dict[str, Rule] = {}
    for place in pkgutil.walk_packages(roadalign.rules.__path__, "roadalign.rules."):
        module = importlib.import_module(place.name)
        for kind in vars(module).values():
            if not isinstance(kind, type) or kind.__module__ != module.__name__:
                continue
            if issubclass(kind, Rule) and hasattr(kind, "code"):
                if kind.code in found:
                    raise TypeError(f"two rules have the code {kind.code}")
                found[kind.code] = kind()
    return tuple(found[code] for code in sorted(found))


def load_judging_rules() -> tuple[JudgingRule, ...]:
    """Return the rules that judge docking points or the boundary, by code."""
    return tuple(rule for rule in load_rules() if isinstance(rule, JudgingRule))


def load_input_rules() -> tuple[InputRule, ...]:
    """Return the rules that explain what is noticed about the data, by code."""
    return tuple(rule for rule in load_rules() if isinstance(rule, InputRule))


def grade(
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
    for name, condition in steps:
        met = pd.Series(condition, index=points.index).astype("boolean").fillna(value=False)
        severity = severity.mask(met, str(name))
    return severity.mask(measure.isna(), str(Severity.UNKNOWN))


def refuse_unknown(only: list[str]) -> None:
    """Raise `InputError` where a code or family names no rule."""
    codes = [rule.code for rule in load_rules()]
    for wanted in only:
        if not any(code.startswith(wanted) for code in codes):
            raise InputError("unknown_rule", where=wanted, codes=", ".join(codes))


def is_run(rule: Rule, only: Sequence[str]) -> bool:
    """Return whether a rule is among some codes or families; all are where none is named."""
    return not only or any(rule.code.startswith(code) for code in only)


def run_rules(points: pd.DataFrame, context: Context, *, only: list[str]) -> pd.DataFrame:
    """Run the rules over the docking points.

    Parameters
    ----------
    points
        The docking points, index ``0…n-1``.
    context
        Limits, boundary and side names.
    only
        Codes or families to run; empty runs all. What is noticed about the data is no
        judgement and is said whatever is run.

    Returns
    -------
    pandas.DataFrame
        Findings as of `roadalign.model.tables.FINDING_COLUMNS`, by docking point and code;
        ``docking_point`` holds the id. Severities ``ok`` are left out.
    """
    found = [
        _add_messages(rule, _judge(rule, points, context), points, context.names)
        for rule in load_judging_rules()
        if is_run(rule, only)
    ]
    found = [table for table in found if len(table)]
    if not found:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    together = pd.concat(found).sort_values(["position", "rule"], kind="stable")
    return typed(together.reset_index(drop=True), FINDING_COLUMNS)


def _judge(rule: JudgingRule, points: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Let a rule judge what it says that it reads."""
    roads = rule.select_columns(context.boundary_roads)
    return rule.judge(rule.select_columns(points), replace(context, boundary_roads=roads))


def _add_messages(
    rule: JudgingRule, judged: pd.DataFrame, points: pd.DataFrame, names: tuple[str, str]
) -> pd.DataFrame:
    judged = judged[judged["severity"] != str(Severity.OK)]
    sides = {"name_a": names[0], "name_b": names[1]}
    rows = [sides | row for row in records(judged)]
    ids = points["id"]
    return judged.assign(
        position=judged.index,
        rule=rule.code,
        docking_point=[ids.get(position, pd.NA) for position in judged.index],
        message_en=[rule.message.en.format_map(_format_row(row)) for row in rows],
        message_zh=[rule.message.zh.format_map(_format_row(row)) for row in rows],
    )


def _format_row(row: dict[str, object]) -> dict[str, object]:
    return {name: _format_value(value) for name, value in row.items()}


def _format_value(value: object) -> object:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  (NaN is unequal to itself)
        return "?"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return value
