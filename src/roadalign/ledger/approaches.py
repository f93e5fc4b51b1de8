"""What one side changed near the boundary, and what that did to the docking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.ledger.changes import road_called, value_of, value_text
from roadalign.ledger.identity_features import ROAD, approaches_of, is_open, placed
from roadalign.ledger.matching import match
from roadalign.model.columns import SIDES, tracked_columns
from roadalign.model.comparison import (
    APPROACH_CHANGE_COLUMNS,
    APPROACH_WORDS,
    COMPARED_APPROACH_COLUMNS,
)
from roadalign.model.tables import records, typed
from roadalign.model.words import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

    from roadalign.ledger.baseline import Succession
    from roadalign.ledger.identity_features import Record
    from roadalign.ledger.matching import Matching
    from roadalign.ledger.unchanged import Unchanged
    from roadalign.settings.limits import Limits

PLACE = "place"
SAME: dict[str, Any] = {"change": "same", "fields": None, "differ": []}
DRAWN_M = 150.0
"""A report holds the end and heading of a road, not the road: so much of it is drawn."""


@dataclass(frozen=True)
class ComparedApproaches:
    """The approaches of both versions, and per side the counts by word and the common shift."""

    table: gpd.GeoDataFrame
    changes: pd.DataFrame
    summary: dict[str, dict[str, Any]]


def compared_approaches(
    old: Record,
    new: Record,
    found: Succession,
    *,
    unchanged: Unchanged,
    crs: CRS,
    limits: Limits,
) -> ComparedApproaches:
    """Match the approaches of each side on their own, and say what differs.

    An approach lies where its docking point puts it and is there only as long as it asks or
    answers: it may differ because of the other side. Where the side's own features are the same,
    so is its approach.

    Parameters
    ----------
    old, new
        The two reports.
    found
        Which docking points are the same.
    unchanged
        Where each side draws and says the same in both.
    crs
        Working CRS of the new run.
    limits
        The limits ``identity_…``, and ``changed_m`` for a road that moved.
    """
    verdicts = _Verdicts(old, new, found)
    rows: list[dict[str, Any]] = []
    summary = {}
    for side in SIDES:
        before, after = (_of_side(record, side, crs) for record in (old, new))
        matching = match(before, after, limits=limits, sides=(side,))
        own = [
            row | SAME if unchanged.at(side, float(row["chainage_m"])) else row
            for row in _side_rows(records(before), records(after), matching, verdicts, limits)
        ]
        rows += [row | {"side": side} for row in own]
        words = [row["change"] for row in own]
        summary[side] = {
            "name": new["names"]["ab".index(side)],
            **{word: words.count(word) for word in APPROACH_WORDS},
            "shift_east_m": round(matching.shift_m[0], 1) + 0.0,
            "shift_north_m": round(matching.shift_m[1], 1) + 0.0,
        }
    frame = pd.DataFrame(rows, columns=[*COMPARED_APPROACH_COLUMNS, "x", "y"])
    places = shapely.points(frame[["x", "y"]].to_numpy(dtype=float))
    typed_rows = typed(frame, COMPARED_APPROACH_COLUMNS)
    compared = gpd.GeoDataFrame(typed_rows, geometry=places, crs=crs)
    order = ["side", "chainage_m", "docking_point"]
    compared = compared.sort_values(order, kind="stable").reset_index(drop=True)
    changes = [
        {"side": row["side"], "docking_point": row["docking_point"], **one}
        for row in rows
        for one in row["differ"]
    ]
    listed = typed(pd.DataFrame(changes), APPROACH_CHANGE_COLUMNS)
    return ComparedApproaches(compared, listed, summary)


def approach_lines(record: Record, crs: CRS) -> gpd.GeoDataFrame:
    """Return the direction of every approach as a short line that ends where the approach does.

    One without a heading, or that lies where the working CRS has no numbers, has none.
    """
    ends = placed(approaches_of(record), crs)
    drawn = ends[["x", "y", "heading_deg"]].to_numpy(dtype=float, na_value=np.nan)
    ends = ends[np.isfinite(drawn).all(axis=1)].reset_index(drop=True)
    angle = np.radians(ends["heading_deg"].to_numpy(dtype=float))
    tip = ends[["x", "y"]].to_numpy(dtype=float)
    tail = tip - DRAWN_M * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    lines = shapely.linestrings(np.stack([tail, tip], axis=1))
    return gpd.GeoDataFrame(ends[["side", "docking_point"]], geometry=lines, crs=crs)


def _of_side(record: Record, side: str, crs: CRS) -> pd.DataFrame:
    ends = approaches_of(record)
    if len(ends):
        ends = ends[ends["side"] == side].reset_index(drop=True)
    renamed = {name: f"{side}_{name}" for name in ROAD}
    columns = {"axis_deg": "Float64", **{renamed[name]: kind for name, kind in ROAD.items()}}
    given = ends.rename(columns=renamed | {"heading_deg": "axis_deg"})
    known = typed(given, {"lon": "Float64", "lat": "Float64", **columns})
    rest = ends.drop(columns=["lon", "lat"])
    return pd.concat([placed(known, crs), rest], axis=1)


class _Verdicts:
    """What became of the docking points that approaches belong to."""

    def __init__(self, old: Record, new: Record, found: Succession) -> None:
        self.old = {row["id"]: row for row in old["docking_points"]}
        self.new = {row["id"]: row for row in new["docking_points"]}
        names = found.earlier.known["id"].astype(str).tolist()
        here = found.ids
        self.after = {
            names[one]: here[two]
            for one, two in zip(
                found.matching.old.tolist(), found.matching.new.tolist(), strict=True
            )
        }
        self.before = {two: one for one, two in self.after.items()}

    def row(self, old_id: str | None, new_id: str | None) -> dict[str, Any]:
        """Return verdicts and effect at the docking points of an approach."""
        old = self.old.get(old_id if old_id is not None else self.before.get(new_id or "", ""))
        new = self.new.get(new_id if new_id is not None else self.after.get(old_id or "", ""))
        effect = None
        if new is not None and is_open(new) and (old is None or not is_open(old)):
            effect = "opened"
        elif new is not None and new["verdict"] == Verdict.ALIGNED and old and is_open(old):
            effect = "resolved"
        return {
            "docking_point": (new or old or {}).get("id"),
            "verdict_old": old["verdict"] if old else None,
            "verdict_new": new["verdict"] if new else None,
            "effect": effect,
        }


def _side_rows(
    olds: list[dict[str, Any]],
    news: list[dict[str, Any]],
    matching: Matching,
    verdicts: _Verdicts,
    limits: Limits,
) -> list[dict[str, Any]]:
    pairs = zip(
        matching.old.tolist(), matching.new.tolist(), matching.moved_m.tolist(), strict=True
    )
    kept = [_kept(olds[i], news[j], moved, limits) for i, j, moved in pairs]
    old_rows, new_rows = _left(len(olds), matching.old), _left(len(news), matching.new)
    ends = [
        *zip(matching.old.tolist(), matching.new.tolist(), kept, strict=True),
        *((None, j, _described(news[j], "new")) for j in new_rows),
        *((i, None, _described(olds[i], "gone")) for i in old_rows),
    ]
    return [
        row
        | verdicts.row(
            None if i is None else olds[i]["docking_point"],
            None if j is None else news[j]["docking_point"],
        )
        for i, j, row in ends
    ]


def _left(count: int, taken: NDArray[Any]) -> list[int]:
    return sorted(set(range(count)) - set(taken.tolist()))


def _kept(
    old: dict[str, Any], new: dict[str, Any], moved_m: float, limits: Limits
) -> dict[str, Any]:
    differ = [
        {"field": name, "old": value_text(one), "new": value_text(two)}
        for name in tracked_columns("side")
        if (one := value_of(old, name)) != (two := value_of(new, name))
    ]
    moved = [PLACE] if moved_m >= limits["changed_m"] else []
    word = "changed" if differ else ("moved" if moved else "same")
    fields = ",".join(moved + [str(one["field"]) for one in differ]) or None
    return _described(new, word) | {
        "moved_m": round(moved_m, 1),
        "fields": fields,
        "differ": differ,
    }


def _described(row: dict[str, Any], word: str) -> dict[str, Any]:
    place = {key: row[key] for key in ("chainage_m", "x", "y")}
    named = {"change": word, "road": road_called(row), "moved_m": None, "fields": None}
    return {**named, "differ": [], **place}
