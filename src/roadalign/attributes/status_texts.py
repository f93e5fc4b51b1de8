"""How far a road has come, as people write it, and whether they say so or let one infer it.

The words are rows of ``standards/values.toml``. A text may hold words of several rows
(计划建成: planned, built); a row gives way to others, and what is left has to agree.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from roadalign.attributes.opening_years import YearReading, year_of_opening, years_in
from roadalign.attributes.text_columns import NOT_UNDERSTOOD, NotUnderstood
from roadalign.model.words import Certainty
from roadalign.standards import table


class StatusReading(NamedTuple):
    """A status, and whether the text says it or it was inferred."""

    status: str
    certainty: Certainty


def status(text: str) -> str | NotUnderstood:
    """Return one of `roadalign.model.words.Status`."""
    found = read_status(text)
    return found.status if isinstance(found, StatusReading) else found


def status_certainty(text: str) -> Certainty | NotUnderstood:
    """Return whether a text says its status or lets one infer it."""
    found = read_status(text)
    return found.certainty if isinstance(found, StatusReading) else found


def read_status(text: str) -> StatusReading | NotUnderstood:
    """Return the status that a text states.

    ``计划2027年建成通车`` is planned: words of intention and preparation decide before what they
    intend. A text that fits two states (``现状/规划``) is not understood, nor is one whose
    meaning depends on the day it is read (``2027年通车`` with no word of intention).
    """
    rows = table("values")["status"]
    for row in rows:
        if row["meaning"] and (text in row["exact"] or text == row["meaning"]):
            return StatusReading(row["meaning"], Certainty(row["certainty"]))
    parts = re.split(table("values")["status_lists"]["split"], text)
    several = {one.status for one in map(_of_words, parts) if isinstance(one, StatusReading)}
    return _of_words(text) if len(several) <= 1 else NOT_UNDERSTOOD


def _of_words(text: str) -> StatusReading | NotUnderstood:
    """Return the status that the words of a text agree on."""
    rows = table("values")["status"]
    found = {_row_of()[word] for word in _words().findall(text)}
    left = [row for row in rows if row["name"] in found and not found & {*row["gives_way_to"]}]
    meanings = {row["meaning"] for row in left}
    if len(meanings) != 1 or "" in meanings or _depends_on_the_day(text, left):
        return NOT_UNDERSTOOD
    said = any(row["certainty"] == Certainty.SAID for row in left)
    return StatusReading(meanings.pop(), Certainty.SAID if said else Certainty.INFERRED)


def year_in_status(text: str, *, periods: dict[str, int]) -> YearReading | None:
    """Return the year in which the road opens, where a text about its status says it.

    Parameters
    ----------
    text
        As it is compared.
    periods
        Periods of the plan and their years; one that stands alone in the text is its year.
    """
    if read_status(text) == StatusReading("abandoned", Certainty.SAID):
        return None
    return year_of_opening(text, periods=periods)


def _depends_on_the_day(text: str, rows: list[dict[str, Any]]) -> bool:
    past = table("values")["open_year"]["past"]
    return all(row.get("dated") for row in rows) and any(year > past for year in years_in(text))


@cache
def _row_of() -> dict[str, str]:
    return {word: row["name"] for row in table("values")["status"] for word in row["words"]}


@cache
def _words() -> re.Pattern[str]:
    longest_first = sorted(_row_of(), key=len, reverse=True)
    bounded = (
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        for word in longest_first
    )
    return re.compile("|".join(bounded))
