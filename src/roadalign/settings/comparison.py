"""What is compared and what decides: ``aspects``, ``deciding``, ``needed``, ``defaults``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.model.columns import columns_of
from roadalign.model.words import DECIDING
from roadalign.safety.bounds import shortened
from roadalign.settings.sides import LEAST_YEAR, MOST_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DECIDING_COLUMNS = tuple(name for name, one in columns_of("road").items() if one.deciding)
"""Columns of a road that decide a verdict, unless settings say otherwise."""

NEEDED_COLUMNS = (
    "road_class",
    "lanes|carriageway_m|roadbed_m|redline_m",
    "status",
    "open_year",
)
"""Columns that both sides have to state, unless settings say otherwise; see `Settings`."""

HORIZON = "horizon"
"""A default of a plan: the year by which everything in it is to be open."""


def check_comparison(
    aspects: Sequence[str], deciding: Sequence[str], needed: Sequence[str]
) -> None:
    """Raise `InputError` where a setting of what is compared names what there is not.

    Parameters
    ----------
    aspects, deciding, needed
        As of `roadalign.settings.Settings`; the columns of a group of `needed` are of one aspect.
    """
    for one in aspects:
        _require("aspects", one, [str(aspect) for aspect in DECIDING])
    if not aspects:
        raise InputError("bad_setting", where="align.toml", problem="aspects = []")
    columns = columns_of("road")
    decide = [name for name, one in columns.items() if one.aspect in DECIDING]
    for one in deciding:
        _require("deciding", one, decide)
    for group in needed:
        names = group.split("|")
        for one in names:
            _require("needed", one, decide)
        if len({columns[one].aspect for one in names}) > 1:
            problem = f"needed: {shortened(group)}"
            raise InputError("bad_setting", where="align.toml", problem=problem)


def _require(key: str, given: str, known: list[str]) -> None:
    if given not in known:
        problem = f"{key}: {shortened(given)} ({', '.join(known)})"
        raise InputError("bad_setting", where="align.toml", problem=problem)


def check_defaults(key: str, defaults: Mapping[str, str | int | float]) -> None:
    """Raise `InputError` where a plan cannot state a column as a whole, or a year is none.

    Parameters
    ----------
    key
        The setting, e.g. ``"a.defaults"``.
    defaults
        Canonical column to value.
    """
    able = [
        name
        for name, one in columns_of("road").items()
        if one.parser is not None and one.on_points and not one.identifies
    ]
    able = [*able, "road_class", HORIZON]
    for name, value in defaults.items():
        _require(key, name, able)
        if name in {HORIZON, "open_year"} and not (
            isinstance(value, int) and LEAST_YEAR <= value <= MOST_YEAR
        ):
            problem = f"{key}.{name} = {shortened(value)}"
            raise InputError("bad_setting", where="align.toml", problem=problem)


def parse_day(text: str) -> dt.date | None:
    """Return the day of ``as_of``; ``None`` where it is empty.

    Raises
    ------
    InputError
        Where it is no day of the calendar.
    """
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = f"as_of = {shortened(text)} (2026-11-29)"
        raise InputError("bad_setting", where="align.toml", problem=problem) from None
