"""A run after an earlier one: its docking points keep their ids and say what became of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.ledger.changes import change_word, has_older_verdicts, value_of
from roadalign.ledger.history import continued, earlier_points
from roadalign.ledger.identity import new_ids
from roadalign.ledger.identity_features import exchanged, identity_features, placed
from roadalign.ledger.matching import match
from roadalign.model.columns import SIDES
from roadalign.model.tables import records
from roadalign.model.words import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from roadalign.ledger.history import Earlier
    from roadalign.ledger.identity_features import Record
    from roadalign.ledger.matching import Matching
    from roadalign.ledger.unchanged import Unchanged
    from roadalign.settings.limits import Limits


WORDS = tuple(str(word) for word in Change if word is not Change.GONE)


@dataclass(frozen=True)
class Succession:
    """The docking points of a run and those before it.

    Parameters
    ----------
    known
        What identifies the points of the run, with their ids.
    earlier
        What was known before.
    matching
        Which are the same.
    record
        The earlier report, its sides in the order of the run.
    """

    known: pd.DataFrame
    earlier: Earlier
    matching: Matching
    record: Record

    @property
    def ids(self) -> list[str]:
        """Ids of the docking points of the run."""
        return [str(name) for name in self.known["id"]]


def in_order(record: Record, names: tuple[str, str]) -> Record:
    """Return an earlier report with its sides in the order of this run."""
    told = tuple(record["names"])
    return exchanged(record) if told == names[::-1] and told != names else record


def refuse_elsewhere(
    record: Record, line: BaseGeometry, crs: CRS, *, where: object, limits: Limits
) -> None:
    """Raise `InputError` where a report is of a boundary that lies somewhere else.

    Parameters
    ----------
    record
        The earlier report.
    line, crs
        The boundary of this run in its working CRS.
    where
        What to call the report.
    limits
        Uses ``identity_reach_m`` and ``identity_shift_m``.
    """
    before = shapely.from_geojson(json.dumps(record["boundary"]["geometry"]))
    to_metres = find_transformer(WGS84, crs)
    moved = shapely.transform(
        before, lambda xy: np.stack(to_metres.transform(xy[:, 0], xy[:, 1]), axis=1)
    )
    apart = float(shapely.distance(moved, line))
    if not apart <= limits["identity_reach_m"] + limits["identity_shift_m"]:
        said = {"name": record["boundary"]["name"], "apart_km": f"{apart / 1000:.1f}"}
        raise InputError("other_boundary", where=where, **said)


def succeed(
    record: Record,
    points: pd.DataFrame,
    headings: pd.DataFrame,
    *,
    roads: Sequence[tuple[str, str]],
    crs: CRS,
    limits: Limits,
) -> Succession:
    """Give the docking points of a run the ids of those of an earlier one.

    Parameters
    ----------
    record
        The earlier report, see `in_order`.
    points
        The docking points of the run, their ids not yet known.
    headings
        Of `roadalign.ledger.identity_features.identity_features`.
    roads
        Of `roadalign.ledger.identity.new_ids`, for the points that are new.
    crs
        Working CRS of the run.
    limits
        The limits ``identity_…``.
    """
    earlier = earlier_points(record)
    known = identity_features(points, headings)
    matching = match(placed(earlier.known, crs), placed(known, crs), limits=limits)
    ids: list[str | None] = [None] * len(known)
    for old, new in zip(matching.old.tolist(), matching.new.tolist(), strict=True):
        ids[new] = str(earlier.known["id"][old])
    lone = [row for row, name in enumerate(ids) if name is None]
    places = [(float(known["lon"][row]), float(known["lat"][row])) for row in lone]
    made = new_ids(places, [roads[row] for row in lone], taken=earlier.ids)
    for row, name in zip(lone, made, strict=True):
        ids[row] = name
    return Succession(known.assign(id=pd.array(ids, dtype="string")), earlier, matching, record)


def change_columns(
    found: Succession, points: pd.DataFrame, *, time: str, limits: Limits
) -> pd.DataFrame:
    """Return ``change``, ``first_seen`` and ``relation`` of the docking points of a run.

    Parameters
    ----------
    found
        Of `succeed`.
    points
        The docking points, judged.
    time
        Of the run.
    limits
        Uses ``changed_m`` and ``changed_deg``.
    """
    earlier, matching = found.earlier, found.matching
    before = dict(zip(matching.new.tolist(), matching.old.tolist(), strict=True))
    names = earlier.known["id"].astype(str).tolist()
    retired = earlier.known["retired"].tolist()
    rows = records(points)
    words, dates = [], []
    for row, point in enumerate(rows):
        if row not in before:
            words.append("new")
            dates.append(time[:10])
            continue
        name = names[before[row]]
        states = earlier.rows[name]["states"]
        gone = bool(retired[before[row]])
        last = earlier.last.get(name, {})
        words.append(change_word(last, point, states=states, retired=gone, limits=limits))
        dates.append(earlier.rows[name]["first_seen"])
    return pd.DataFrame(
        {
            "change": pd.array(words, dtype="string"),
            "first_seen": pd.array(dates, dtype="string"),
            "relation": pd.array(relations(found, len(rows)), dtype="string"),
        },
        index=points.index,
    )


def relations(found: Succession, count: int) -> list[Any]:
    """Return of each point what it was split from or what was merged into it, else ``<NA>``."""
    matching = found.matching
    names = found.earlier.known["id"].astype(str).tolist()
    said: list[Any] = [pd.NA] * count
    for new, old in matching.split.items():
        said[new] = f"split:{names[old]}"
    taken: dict[int, list[str]] = {}
    for old, new in sorted(matching.merged.items()):
        taken.setdefault(new, []).append(names[old])
    for new, olds in taken.items():
        said[new] = "merged:" + ",".join(olds)
    return said


def absent_ids(found: Succession) -> list[str]:
    """Return the docking points of the last version that the run does not have."""
    kept = set(found.matching.old.tolist())
    flags = found.earlier.known["retired"].tolist()
    names = found.earlier.known["id"].astype(str).tolist()
    return [name for row, name in enumerate(names) if row not in kept and not flags[row]]


def lost_ids(found: Succession, unchanged: Unchanged) -> list[str]:
    """Return the absent docking points at which one side's road is gone and the other's is not.

    A road that is still there but asks for nothing by itself (a cul-de-sac, one along the line)
    makes no docking point any more: that the other side took its road away is a worsening all the
    same, and no disappearance.
    """
    lost = []
    for name in absent_ids(found):
        row = found.earlier.last[name]
        arrived = [side for side in SIDES if value_of(row, f"{side}_fid") is not None]
        stays = [side for side in arrived if unchanged.at(side, float(row["chainage_m"]))]
        if len(arrived) == len(SIDES) and len(stays) == 1:
            lost.append(name)
    return lost


def baseline_record(
    found: Succession, points: pd.DataFrame, *, unchanged: Unchanged, limits: Limits
) -> dict[str, Any]:
    """Return what a run says of the earlier one: which it was, what is gone, how much differs.

    ``jump`` is true where more docking points are new, changed or gone than ``jump_share`` of all:
    then a fault of the data or another file is likelier than so many changes.
    """
    counts = {word: int((points["change"] == word).sum()) for word in WORDS}
    absent, lost = absent_ids(found), lost_ids(found, unchanged)
    gone = [name for name in absent if name not in lost]
    counts["worsened"] += len(lost)
    every = len(points) + len(absent)
    differ = every - counts["same"]
    run, matching = found.record["run"], found.matching
    return {
        "time": run["time"],
        "version": run["version"],
        "names": list(found.record["names"]),
        "boundary": found.record["boundary"]["name"],
        "counts": counts | {"gone": len(gone)},
        "gone": gone,
        "lost": lost,
        "older_verdicts": has_older_verdicts(found.record),
        "shift_east_m": round(matching.shift_m[0], 1) + 0.0,
        "shift_north_m": round(matching.shift_m[1], 1) + 0.0,
        "differing": differ,
        "all": every,
        "jump": every > 0 and differ > limits["jump_share"] * every,
    }


def history_of(
    found: Succession, points: pd.DataFrame, *, time: str, crs: CRS
) -> list[dict[str, Any]]:
    """Return the history of all docking points up to this run."""
    return continued(found.earlier, found.known, points, found.matching, time=time, crs=crs)
