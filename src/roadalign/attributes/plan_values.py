"""What a plan says once for all its roads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from roadalign.attributes.road_attributes import stated_values
from roadalign.model.tables import ROAD_COLUMNS
from roadalign.settings.comparison import HORIZON

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd


def with_defaults(
    roads: gpd.GeoDataFrame, defaults: Mapping[str, str | int | float], *, where: str
) -> gpd.GeoDataFrame:
    """Return roads with what the plan states as a whole where they say nothing themselves.

    Parameters
    ----------
    roads
        Canonical road table of one side.
    defaults
        Canonical column to value; ``horizon`` to a year.
    where
        How to name the setting in an error, e.g. ``"[a.defaults]"``.

    Returns
    -------
    geopandas.GeoDataFrame
        ``plan_values`` names the columns that were filled, joined by commas.

    Raises
    ------
    InputError
        If a value is none that its column can hold.
    """
    own = {name: value for name, value in defaults.items() if name != HORIZON}
    meant = stated_values({name: {str(value): value} for name, value in own.items()}, where=where)
    marks = roads["plan_values"]
    filled: dict[str, pd.Series] = {}
    for name, meaning in meant.items():
        (value,) = meaning.values()
        plain = value[0] if isinstance(value, tuple) else value  # lanes: now, later, slow
        empty = roads[name].isna()
        filled[name] = roads[name].mask(empty, plain).astype(ROAD_COLUMNS[name])
        marks = marks.mask(empty, _added(marks, name))
    if HORIZON in defaults:
        year = pd.Series(defaults[HORIZON], index=roads.index, dtype="Int64")
        filled["horizon_year"] = year
        marks = _added(marks, "horizon_year")
    return roads.assign(**filled, plan_values=marks.astype("string"))


def _added(marks: pd.Series, name: str) -> pd.Series:
    return (marks + f",{name}").fillna(name)
