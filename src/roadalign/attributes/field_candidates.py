"""Fields nobody recognised that seem to hold a column which is missing."""

from __future__ import annotations

import difflib
from itertools import islice
from typing import TYPE_CHECKING

from roadalign.attributes.field_mapping import spelled
from roadalign.attributes.road_attributes import Share, understood_share
from roadalign.model.columns import read_columns
from roadalign.model.tables import ROAD_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_ALIKE = 0.8  # of two spellings, as difflib measures it (ours)
_UNDERSTOOD = 0.5  # of the texts, so that a like name alone is not enough (ours)
_HAN_LETTERS, _LATIN_LETTERS = 3, 5  # shorter spellings stand inside too many other names
_FIRST_HAN = "⺀"
_MOST_FIELDS = 300  # more than a shapefile can hold


def alike(fields: Iterable[str], *, columns: Iterable[str]) -> dict[str, str]:
    """Return the column that a field's name resembles most, for fields that resemble one.

    Parameters
    ----------
    fields
        Names of fields that are not read.
    columns
        Columns that have no field.
    """
    dictionary = read_columns()
    wanted = [name for name in columns if name in ROAD_COLUMNS and name != "admin_class"]
    spellings = [
        (name, spelled(one))
        for name in wanted
        if name in dictionary
        for one in dictionary[name].spellings
    ]
    found = {}
    for field in islice(fields, _MOST_FIELDS):
        likeness, column = max(
            ((_likeness(spelled(field), one), name) for name, one in spellings),
            default=(0.0, ""),
            key=lambda pair: pair[0],
        )
        if likeness >= _ALIKE:
            found[field] = column
    return found


def confirmed(frame: pd.DataFrame, likely: dict[str, str]) -> tuple[Share, ...]:
    """Return the best field for each column among those whose texts fit it.

    Parameters
    ----------
    frame
        The source's fields.
    likely
        Field to column, see `alike`.
    """
    best: dict[str, Share] = {}
    for field, column in likely.items():
        share = understood_share(frame[field], field=field, read_as=column)
        fits = share.filled > 0 and share.understood >= _UNDERSTOOD * share.filled
        if fits and (column not in best or share.filled > best[column].filled):
            best[column] = share
    return tuple(best[column] for column in sorted(best))


def _likeness(name: str, spelling: str) -> float:
    least = _HAN_LETTERS if spelling[:1] >= _FIRST_HAN else _LATIN_LETTERS
    if len(spelling) >= least and spelling in name:
        # The longer the spelling that is found, the surer; never as sure as the same name.
        return _ALIKE + 0.2 * len(spelling) / (len(name) + 1)
    if min(len(name), len(spelling)) < least:
        return 0.0
    return difflib.SequenceMatcher(None, name, spelling, autojunk=False).ratio()
