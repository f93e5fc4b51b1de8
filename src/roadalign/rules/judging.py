"""What the rules share: which rows they judge, how limits become severities, how a side speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from roadalign.model.words import Severity, Verdict
from roadalign.rules.core import Text, grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.settings.limits import Limits

Step = tuple[Severity, str | None, pd.Series]
"""A severity, the limit that leads to it (``None`` where it is no number), and where it holds."""

BOTH_SAY = Text(
    en="{name_a} {a_says_en}, {name_b} {b_says_en}{note_en}.",
    zh="{name_a}{a_says_zh}，{name_b}{b_says_zh}{note_zh}。",
)
"""The message of a rule that sets what one side says beside what the other says."""

RANK = Text(en="rank {}", zh="级序{}")

UNNAMED = Text(en="An unnamed road", zh="未命名道路")


PAIRED = (str(Verdict.ALIGNED), str(Verdict.AMBIGUOUS))
"""Verdicts of pairs before rules have judged them: one side alone is missing or undetermined."""


def select_pairs(points: pd.DataFrame) -> pd.DataFrame:
    """Return the docking points at which both sides arrive."""
    return points[points["verdict"].isin(PAIRED)]


def grade_by_limits(
    measure: pd.Series,
    steps: Sequence[Step],
    *,
    limits: Limits,
    unit: str,
    silent: pd.Series,
) -> pd.DataFrame:
    """Grade a measure and say which limit it crossed.

    Parameters
    ----------
    measure
        The value judged; ``<NA>`` gives ``unknown``.
    steps
        Severities, their limits and conditions, mildest first; a later one that holds wins.
    limits
        The limits in force.
    unit
        Unit of the measure.
    silent
        Where nothing is to be said, e.g. because neither side states a value.

    Returns
    -------
    pandas.DataFrame
        Columns ``severity, value, unit, limit, limit_name``, index of `measure`.
    """
    severity = grade(
        measure.to_frame(), measure, [(name, condition) for name, _, condition in steps]
    )
    limit = pd.Series(pd.NA, index=measure.index, dtype="Float64")
    limit_name = pd.Series(pd.NA, index=measure.index, dtype="string")
    for _, name, condition in steps:
        met = holds(condition)
        limit = limit.mask(met, pd.NA if name is None else float(limits[name]))
        limit_name = limit_name.mask(met, pd.NA if name is None else name)
    severity = severity.mask(silent, str(Severity.OK))
    told = ~severity.isin([str(Severity.OK), str(Severity.UNKNOWN)])
    return pd.DataFrame(
        {
            "severity": severity,
            "value": measure.astype("Float64"),
            "unit": pd.Series(unit, index=measure.index, dtype="string"),
            "limit": limit.where(told),
            "limit_name": limit_name.where(told),
        }
    )


def reaches(difference: pd.Series, limit: float) -> pd.Series:
    """Return where a difference is at least the limit; no difference never is, even at limit 0."""
    return (difference >= limit) & (difference > 0)


def holds(condition: pd.Series) -> pd.Series:
    """Return a condition as true or false, false where it is not known."""
    return condition.astype("boolean").fillna(value=False)


def format_numbers(numbers: pd.Series) -> pd.Series:
    """Return numbers as texts of at most two decimals: ``80``, ``24.5``."""
    texts = [pd.NA if pd.isna(n) else f"{n:.2f}".rstrip("0").rstrip(".") for n in numbers]
    return pd.Series(texts, index=numbers.index, dtype="string")


def format_ranks(ranks: pd.Series, *, lang: str) -> pd.Series:
    """Return ordinal ranks as texts: ``rank 4``, ``级序4``."""
    before, after = getattr(RANK, lang).split("{}")
    words: pd.Series = before + format_numbers(ranks) + after
    return words


def say_value(text: pd.Series, stated: str, unstated: str) -> pd.Series:
    """Return what a side says in a sentence.

    Parameters
    ----------
    text
        The side's value as text, ``<NA>`` where it does not say.
    stated
        Part of a sentence with ``{}`` where the value goes.
    unstated
        Part of a sentence for a side that does not say.
    """
    before, after = stated.split("{}")
    return (before + text.astype("string") + after).fillna(unstated)


def say_both(
    a: pd.Series, b: pd.Series, *, stated: Text, unstated: Text
) -> dict[str, pd.Series | str]:
    """Return the placeholders of `BOTH_SAY` and the short values of both sides.

    Parameters
    ----------
    a, b
        What each side says, as texts.
    stated, unstated
        As in `say_value`, in both languages.

    Returns
    -------
    dict
        Columns for ``DataFrame.assign``; the notes are empty.
    """
    return {
        "a_value": a,
        "b_value": b,
        "a_says_en": say_value(a, stated.en, unstated.en),
        "b_says_en": say_value(b, stated.en, unstated.en),
        "a_says_zh": say_value(a, stated.zh, unstated.zh),
        "b_says_zh": say_value(b, stated.zh, unstated.zh),
        "note_en": "",
        "note_zh": "",
    }


def name_road(points: pd.DataFrame, side: str) -> pd.Series:
    """Return how one side's road is called: its name, else its route number, else ``<NA>``."""
    name: pd.Series = points[f"{side}_name"].fillna(points[f"{side}_ref"]).astype("string")
    return name
