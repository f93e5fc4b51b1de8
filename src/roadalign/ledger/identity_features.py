"""What identifies a docking point: its place, its direction, and the roads of both sides.

The tables made here have one row per docking point and the columns of `KNOWN`; ``x`` and ``y`` are
metres in one working CRS, so that two versions can be laid over one another even where the boundary
was redrawn and chainage counts differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.model.columns import SIDES, columns_of, list_columns
from roadalign.model.tables import records, typed
from roadalign.model.words import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from pyproj import CRS

    Record: TypeAlias = Mapping[str, Any]

ROAD = {
    name: column.pandas_type for name, column in columns_of("side").items() if column.identifies
}
KNOWN: dict[str, str] = {
    "id": "string",
    "lon": "Float64",
    "lat": "Float64",
    "axis_deg": "Float64",
    **{f"{side}_{name}": kind for side in SIDES for name, kind in ROAD.items()},
}
"""``axis_deg`` is the bearing in which the roads go from A to B; ``fid`` joins several with commas.
"""

SWAPPED_WORDS = {"dead_end_a": "dead_end_b", "dead_end_b": "dead_end_a"}


def identity_features(points: pd.DataFrame, headings: pd.DataFrame) -> pd.DataFrame:
    """Return what identifies docking points.

    Parameters
    ----------
    points
        Docking points with the columns of `roadalign.model.tables.DOCKING_COLUMNS`.
    headings
        Of every approach: ``point`` (row of its docking point), ``side``, ``heading_deg`` (bearing
        out of its own side).

    Returns
    -------
    pandas.DataFrame
        Columns `KNOWN`, index ``0…n-1``.
    """
    if not len(points):
        return typed(pd.DataFrame({}), KNOWN)
    sign = np.where(headings["side"].astype(str) == "a", 1.0, -1.0)
    angle = np.radians(headings["heading_deg"].to_numpy(dtype=float))
    axis = np.zeros((len(points), 2))
    way = np.stack([sign * np.sin(angle), sign * np.cos(angle)], axis=1)
    np.add.at(axis, headings["point"].to_numpy(dtype=np.intp), way)
    # rounded first: a hair west of north is north, not 360
    bearing = np.degrees(np.arctan2(axis[:, 0], axis[:, 1])).round(1) % 360
    return typed(points.assign(axis_deg=bearing), KNOWN).reset_index(drop=True)


def points_of(record: Record) -> pd.DataFrame:
    """Return the docking points of a report as a table; lists of features are joined by commas."""
    return joined(pd.DataFrame(list(record["docking_points"]))).drop(
        columns="geometry", errors="ignore"
    )


def approaches_of(record: Record) -> pd.DataFrame:
    """Return the approaches of a report as a table, with ``lon`` and ``lat`` of their ends."""
    table = joined(pd.DataFrame(list(record["approaches"])))
    if not len(table):
        return table.assign(lon=[], lat=[], heading_deg=[], side=[], docking_point=[])
    place = np.array([one["coordinates"][:2] for one in table["geometry"]], dtype=float)
    return table.drop(columns="geometry").assign(lon=place[:, 0], lat=place[:, 1])


def identity_features_of(record: Record) -> pd.DataFrame:
    """Return what identifies the docking points of a report."""
    points = points_of(record)
    if not len(points):
        return identity_features(points, points)
    row = {name: k for k, name in enumerate(points["id"])}
    ends = approaches_of(record)
    ends = ends.assign(point=ends["docking_point"].map(row))
    return identity_features(points, ends)


def placed(known: pd.DataFrame, crs: CRS) -> pd.DataFrame:
    """Add the place in metres of one CRS."""
    to_metres = find_transformer(WGS84, crs)
    x, y = to_metres.transform(
        known["lon"].to_numpy(dtype=float), known["lat"].to_numpy(dtype=float)
    )
    return known.assign(x=np.asarray(x, dtype=float), y=np.asarray(y, dtype=float))


def is_open(row: Mapping[str, Any]) -> bool:
    """Return whether a docking point is open; one that waits for data is not."""
    return row["verdict"] in OPEN


def exchanged(record: Record) -> dict[str, Any]:
    """Return a report as if its sides had been given in the other order."""
    return {
        **record,
        "run": _exchanged_run(record["run"]),
        "names": list(reversed(record["names"])),
        "docking_points": [_exchanged_row(row) for row in record["docking_points"]],
        "history": [_exchanged_row(row) for row in record.get("history", [])],
        "approaches": [
            row | {"side": "b" if row["side"] == "a" else "a"} for row in record["approaches"]
        ],
    }


def _exchanged_run(run: Mapping[str, Any]) -> Mapping[str, Any]:
    features = run.get("features")
    if not isinstance(features, dict):  # unknown to an older report; nothing in a file is believed
        return run
    return {**run, "features": {**features, "a": features.get("b"), "b": features.get("a")}}


def _exchanged_row(row: Mapping[str, Any]) -> dict[str, Any]:
    other = {"a_": "b_", "b_": "a_"}
    new = {other.get(name[:2], name[:2]) + name[2:]: value for name, value in row.items()}
    for pair in (("missing_a", "missing_b"), ("ask_a", "ask_b")):
        if set(pair) <= new.keys():
            new |= dict(zip(pair, (new[pair[1]], new[pair[0]]), strict=True))
    if new.get("axis_deg") is not None:
        new["axis_deg"] = round((new["axis_deg"] + 180) % 360, 1)
    if "network" in new:
        new["network"] = SWAPPED_WORDS.get(new["network"], new["network"])
    return new


def joined(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with lists of texts (features, rules) as text, joined by commas."""
    texts = {
        name: pd.Series(
            [",".join(one) if isinstance(one, list) else pd.NA for one in table[name]],
            index=table.index,
            dtype="string",
        )
        for name in list_columns("docking_point") | list_columns("approach")
        if name in table
    }
    return table.assign(**texts)


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values: ``None`` for unknown, several texts as lists."""
    lists = list_columns("docking_point") | list_columns("approach")
    return [
        {name: _plain(value, several=name in lists) for name, value in row.items()}
        for row in records(table)
    ]


def _plain(value: Any, *, several: bool) -> Any:
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return None
    if several and not isinstance(value, list):
        return str(value).split(",")
    return value.item() if hasattr(value, "item") else value
