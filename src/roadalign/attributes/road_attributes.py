"""Source fields become the attributes of the canonical road table."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.attributes import values
from roadalign.attributes.field_mapping import nearest, spelled
from roadalign.attributes.opening_years import read_year
from roadalign.attributes.status_texts import status_certainty, year_in_status
from roadalign.attributes.text_columns import (
    LONGEST,
    NOT_UNDERSTOOD,
    Parsed,
    parse_column,
    plain,
    shortened,
)
from roadalign.errors import InputError
from roadalign.model.tables import ROAD_COLUMNS
from roadalign.model.words import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_SHOWN_TEXTS = 5
_SHOWN_CHARACTERS = 60
_HELPERS = {"highway", "bridge", "tunnel"}


@dataclass(frozen=True)
class Doubt:
    """Texts of one source field that say something nobody understood.

    Parameters
    ----------
    columns
        Canonical columns the field was read for.
    field
        The source field.
    texts
        The most frequent ones with their counts.
    count
        How many features.
    counts
        Every different text with its count, most frequent first.
    """

    columns: tuple[str, ...]
    field: str
    texts: str
    count: int
    counts: dict[str, int]


@dataclass(frozen=True)
class Share:
    """How much of one source field was understood as one canonical column.

    Parameters
    ----------
    column
        Canonical column.
    field
        The source field.
    filled
        Features that say something.
    understood
        Those of them that were understood.
    """

    column: str
    field: str
    filled: int
    understood: int


@dataclass(frozen=True)
class Attributes:
    """Attributes of some features.

    Parameters
    ----------
    table
        Columns of `roadalign.model.tables.ROAD_COLUMNS` that have a source; index of the frame.
    against
        Where the line is drawn against its only direction.
    doubts
        What was not understood.
    shares
        How much was, per column.
    years_from_status
        Features whose opening year stands in the field of the status.
    """

    table: pd.DataFrame
    against: NDArray[np.bool_]
    doubts: tuple[Doubt, ...]
    shares: tuple[Share, ...]
    years_from_status: int


def stated_values(
    given: dict[str, dict[str, str | int | float]], *, where: str
) -> dict[str, dict[str, Any]]:
    """Return the settings' tables of values with their meanings parsed.

    Parameters
    ----------
    given
        Canonical column to a table of source text to meaning.
    where
        How to name the setting in an error.

    Raises
    ------
    InputError
        If a column does not exist or a meaning is none that the column can hold.
    """
    found: dict[str, dict[str, Any]] = {}
    for column, meanings in given.items():
        if column not in values.PARSERS:
            suggestion = nearest(column, values.PARSERS)
            raise InputError("unknown_column", where=f"{where}.{column}", suggestion=suggestion)
        found[column] = {}
        for text, meaning in meanings.items():
            value = values.stated_value(column, meaning)
            if value is NOT_UNDERSTOOD:
                place = f"{where}.{column}.{text}"
                raise InputError("bad_meaning", where=place, meaning=meaning, column=column)
            found[column][text] = value
    return found


def read_attributes(
    frame: pd.DataFrame,
    fields: dict[str, str],
    *,
    stated: dict[str, dict[str, Any]],
    periods: dict[str, int] | None = None,
) -> Attributes:
    """Return the attributes of some features.

    Parameters
    ----------
    frame
        The source's fields; not changed.
    fields
        Canonical column to source field, see `roadalign.attributes.field_mapping.map_fields`.
    stated
        Meanings from the settings, see `stated_values`.
    periods
        Periods of the plan and their years, from the settings.
    """
    years = {plain(name): year for name, year in (periods or {}).items()}
    parsed = {
        column: parse_column(
            frame[field],
            _parser(column, field, periods=years),
            stated=stated.get(column),
            zero=column in values.ZERO_SAYS_NOTHING,
        )
        for column, field in fields.items()
    }
    nothing = pd.Series(np.full(len(frame), None, dtype=object), index=frame.index)

    def of(column: str) -> pd.Series:
        return parsed[column].values if column in parsed else nothing

    out = {column: of(column) for column in fields if column not in _HELPERS}
    if "name" in parsed:
        # As it stands, not as it is compared.
        out["name"] = _mapped(parsed["name"].source, shortened)
    out["road_class"] = _first(of("road_class"), of("highway"))
    texts = [parsed[column].source for column in ("road_class", "highway") if column in parsed]
    out["class_text"] = _mapped(_first(*texts, nothing), shortened)
    out |= _lanes(of)
    out["ref"] = _first(
        of("ref"), _mapped(of("name"), lambda name: values.code_in_name(plain(name[:LONGEST])))
    )
    out["admin_class"] = _first(of("admin_class"), _mapped(out["ref"], values.admin_of_codes))
    out |= _status(parsed, nothing, stated=stated.get("status", {}))
    out |= _open_year(parsed, nothing, periods=years)
    out["grade_level"] = _grade_level(of("grade_level"), of("bridge"), of("tunnel"))
    direction = of("oneway")
    out["oneway"] = _mapped(direction, bool)
    typed = {name: column.astype(ROAD_COLUMNS[name]) for name, column in out.items()}  # type: ignore[call-overload]
    return Attributes(
        table=pd.DataFrame(typed, index=frame.index),
        against=(direction == -1).to_numpy(dtype=bool),
        doubts=_doubts(parsed, fields),
        shares=tuple(_share(column, field, parsed[column]) for column, field in fields.items()),
        years_from_status=int((out["open_year"].notna() & of("open_year").isna()).sum()),
    )


def understood_share(column: pd.Series, *, field: str, read_as: str) -> Share:
    """Return how much of a source field would be understood as one canonical column.

    Parameters
    ----------
    column
        The source field's cells.
    field
        Its name.
    read_as
        Canonical column.
    """
    zero = read_as in values.ZERO_SAYS_NOTHING
    return _share(read_as, field, parse_column(column, _parser(read_as, field), zero=zero))


def _share(column: str, field: str, parsed: Parsed) -> Share:
    filled = parsed.source.notna()
    return Share(column, field, int(filled.sum()), int((filled & parsed.understood).sum()))


def _parser(
    column: str, field: str, *, periods: dict[str, int] | None = None
) -> Callable[[str], Any]:
    if column == "name":
        return lambda text: text if len(text) <= LONGEST else NOT_UNDERSTOOD
    if column in ("road_class", "highway"):
        return lambda text: values.road_class(text, field=spelled(field))
    if column == "open_year" and periods:
        return lambda text: read_year(text, periods=periods)
    parser: Callable[[str], Any] = values.PARSERS[column]
    return parser


def _first(*columns: pd.Series) -> pd.Series:
    """Return the first value that is there, cell by cell."""
    out = columns[0]
    for column in columns[1:]:
        out = out.where(out.notna(), column)
    return out


def _mapped(column: pd.Series, change: Callable[[Any], Any]) -> pd.Series:
    """Return a column with each different value changed once; ``None`` stays."""
    codes, unique = pd.factorize(column)
    changed = np.array([*(change(value) for value in unique), None], dtype=object)
    return pd.Series(changed[codes], index=column.index, dtype=object)


def _lanes(of: Callable[[str], pd.Series]) -> dict[str, pd.Series]:
    stated = of("lanes")
    now, future, slow = (_mapped(stated, itemgetter(place)) for place in range(3))
    return {
        "lanes": now,
        "lanes_future": _first(of("lanes_future"), future),
        "slow_lanes": _first(of("slow_lanes"), slow),
    }


def _status(
    parsed: dict[str, Parsed], nothing: pd.Series, *, stated: dict[str, Any]
) -> dict[str, pd.Series]:
    """Return the status, and whether it is said or was inferred, also from ``highway``."""
    own, certainty = nothing, nothing
    if "status" in parsed:
        own, source = parsed["status"].values, parsed["status"].source
        given = {plain(text) for text in stated}

        def sure(text: str) -> Any:
            return (
                Certainty.SAID if plain(text) in given else status_certainty(plain(text[:LONGEST]))
            )

        certainty = _mapped(source.where(own.notna()), sure)
    spoken = nothing
    if "highway" in parsed:
        spoken = _mapped(parsed["highway"].source, lambda text: values.highway_status(plain(text)))
    inferred = _mapped(spoken, lambda _: Certainty.INFERRED)
    return {"status": _first(own, spoken), "status_certainty": _first(certainty, inferred)}


def _open_year(
    parsed: dict[str, Parsed], nothing: pd.Series, *, periods: dict[str, int]
) -> dict[str, pd.Series]:
    """Return the opening year, and where it is that of a period of the plan.

    What a text about the status says of the year counts where the road has none of its own.
    """
    own = parsed["open_year"].values if "open_year" in parsed else nothing
    told = parsed["status"].source if "status" in parsed else nothing
    from_status = _mapped(told, lambda text: year_in_status(plain(text[:LONGEST]), periods=periods))
    readings = _first(own, from_status)
    return {
        "open_year": _mapped(readings, lambda one: getattr(one, "year", one)),
        "plan_values": _mapped(
            readings, lambda one: "open_year" if getattr(one, "of_period", False) else None
        ),
    }


def _grade_level(grade_level: pd.Series, bridge: pd.Series, tunnel: pd.Series) -> pd.Series:
    ground = (grade_level == 0) | (bridge == False) | (tunnel == False)  # noqa: E712  (cells may be None)
    out = grade_level.where(grade_level.notna() & (grade_level != 0))
    for holds, value in ((bridge == True, 1), (tunnel == True, -1), (ground, 0)):  # noqa: E712
        out = out.mask(out.isna() & holds, value)
    return out


def _doubts(parsed: dict[str, Parsed], fields: dict[str, str]) -> tuple[Doubt, ...]:
    by_field: dict[str, list[str]] = {}
    for column, field in fields.items():
        by_field.setdefault(field, []).append(column)
    found = []
    for field, columns in by_field.items():
        # A field that holds two things is understood where either was.
        dark = ~np.logical_or.reduce([parsed[column].understood for column in columns])
        texts = parsed[columns[0]].source[dark]
        if not len(texts):
            continue
        counts = {str(text): int(count) for text, count in texts.value_counts().items()}
        shown = ", ".join(
            f"{shortened(text, longest=_SHOWN_CHARACTERS)} ({counts[text]})"
            for text in [*counts][:_SHOWN_TEXTS]
        )
        shown += ", …" if len(counts) > _SHOWN_TEXTS else ""
        found.append(Doubt(tuple(columns), field, shown, len(texts), counts))
    return tuple(found)
