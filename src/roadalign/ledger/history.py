"""The docking points of all versions so far, as a report carries them on.

A run with a predecessor writes a ``history``: one row for every docking point that it or an earlier
version had, those gone included, with its verdicts over time. So an id is never given to another
point, and a point that breaks again is known to have been resolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.ledger.identity_features import (
    KNOWN,
    identity_features_of,
    is_open,
    joined,
    plain_rows,
    points_of,
)
from roadalign.model.tables import records, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyproj import CRS

    from roadalign.ledger.identity_features import Record
    from roadalign.ledger.matching import Matching

DATE_LETTERS = 10
DEGREE_DIGITS = 7


@dataclass(frozen=True)
class Earlier:
    """What is known of the docking points before a run.

    Parameters
    ----------
    known
        Columns `KNOWN` and ``retired``; the points of the last version first, then those gone.
    last
        The docking points of the last version as it wrote them, by id.
    rows
        The history so far, by id, in its order.
    time
        Of the last run.
    """

    known: pd.DataFrame
    last: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, Any]]
    time: str

    @property
    def ids(self) -> set[str]:
        """All ids ever given."""
        return {str(name) for name in self.known["id"]}


def earlier_points(record: Record) -> Earlier:
    """Return what a report knows of docking points.

    Parameters
    ----------
    record
        ``report.json`` as plain values. One without history begins one.
    """
    time = str(record["run"]["time"])
    live = identity_features_of(record)
    last = {str(row["id"]): row for row in records(points_of(record))}
    told = {row["id"]: dict(row) for row in record.get("history", [])}
    rows = {
        row["id"]: told.get(row["id"]) or _begun(row, last[row["id"]], time=time)
        for row in plain_rows(live)
    }
    gone = {name: row for name, row in told.items() if name not in rows}
    retired = _table(gone)
    together = pd.concat([live, retired], ignore_index=True) if len(retired) else live
    flags = np.arange(len(together)) >= len(live)
    return Earlier(together.assign(retired=flags), last, rows | gone, time)


def continued(
    earlier: Earlier,
    known: pd.DataFrame,
    points: pd.DataFrame,
    matching: Matching,
    *,
    time: str,
    crs: CRS,
) -> list[dict[str, Any]]:
    """Return the history with one more run: its points in their order, then those gone.

    Parameters
    ----------
    earlier
        What was known before.
    known, points
        The docking points of the run: what identifies them, and their verdicts.
    matching
        Which of them were known. A shift of the whole moves the places of those gone along.
    time
        Of the run.
    crs
        In which the shift is given.
    """
    rows = {}
    for row, point in zip(plain_rows(known), records(points), strict=True):
        before = earlier.rows.get(row["id"])
        begun = _begun(row, point, time=time)
        if before is not None:
            states = list(before["states"])
            new = begun["states"][0]
            if any(states[-1][key] != new[key] for key in new if key != "time") or before["gone"]:
                states.append(new)
            begun |= {"first_seen": before["first_seen"], "states": states}
        rows[row["id"]] = begun
    left = [row | {"gone": True} for name, row in earlier.rows.items() if name not in rows]
    return [*rows.values(), *_moved(left, matching.shift_m, crs)]


def _begun(row: dict[str, Any], point: Mapping[str, Any], *, time: str) -> dict[str, Any]:
    date = time[:DATE_LETTERS]
    state = {
        "time": time,
        "verdict": str(point["verdict"]),
        "severity": str(point["severity"]),
        "unresolved": is_open(point),
    }
    return {**row, "first_seen": date, "last_seen": date, "gone": False, "states": [state]}


def _table(rows: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame([{name: row[name] for name in KNOWN} for row in rows.values()])
    return typed(joined(table), KNOWN)


def _moved(
    rows: list[dict[str, Any]], shift_m: tuple[float, float], crs: CRS
) -> list[dict[str, Any]]:
    if not rows or shift_m == (0.0, 0.0):
        return rows
    place = np.array([[row["lon"], row["lat"]] for row in rows], dtype=float)
    to_metres = find_transformer(WGS84, crs)
    x, y = to_metres.transform(place[:, 0], place[:, 1])
    lon, lat = to_metres.transform(x + shift_m[0], y + shift_m[1], direction="INVERSE")
    return [
        row | {"lon": round(float(one), DEGREE_DIGITS), "lat": round(float(two), DEGREE_DIGITS)}
        for row, one, two in zip(rows, lon, lat, strict=True)
    ]
