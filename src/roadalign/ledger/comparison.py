"""Two reports side by side: which docking points are the same, and what differs.

Where the new report follows the old one, ids say who is who. Where they were made independently,
the same assignment is used as `roadalign.ledger.baseline` uses for a run.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.georeferencing.crs_text import read_crs
from roadalign.ledger.approaches import approach_lines, compared_approaches
from roadalign.ledger.baseline import (
    Succession,
    absent_ids,
    baseline_record,
    change_columns,
    in_order,
    lost_ids,
    refuse_elsewhere,
)
from roadalign.ledger.changes import differences, road_called, value_of, value_text
from roadalign.ledger.history import earlier_points
from roadalign.ledger.identity_features import identity_features_of, placed, points_of
from roadalign.ledger.matching import match
from roadalign.ledger.unchanged import Unchanged
from roadalign.model.comparison import CHANGE_COLUMNS, COMPARED_COLUMNS, WORDS, Comparison
from roadalign.model.tables import DOCKING_COLUMNS, records, typed
from roadalign.model.words import DECIDING, SEVERITY_ORDER, Change, RoadState, Severity
from roadalign.settings import Settings

if TYPE_CHECKING:
    from pyproj import CRS

    from roadalign.ledger.identity_features import Record
    from roadalign.settings.limits import Limits


KEPT = ("jump", "older_verdicts", "shift_east_m", "shift_north_m")
"""What a comparison tells as a run with a predecessor does."""


def compare_records(old: Record, new: Record) -> Comparison:
    """Compare two reports.

    Parameters
    ----------
    old, new
        ``report.json`` as plain values. Where the sides were given in the other order in the old
        one, they are exchanged. Limits are those of the new run.
    """
    old = in_order(old, (new["names"][0], new["names"][1]))
    limits = Settings(limits=_known_limits(new)).limits_for(None)
    crs = read_crs(new["run"]["crs"])
    line = _line(new, crs)
    refuse_elsewhere(old, line.geometry.iloc[0], crs, where=old["boundary"]["name"], limits=limits)
    found = _succession(old, new, crs, limits)
    points = points_of(new)
    became = change_columns(found, points, time=new["run"]["time"], limits=limits)
    if "decision" not in points and len(points):
        points = points.assign(decision=None)
    unchanged = Unchanged.between(old["run"].get("features"), new["run"].get("features"))
    rows, changes = _rows(found, points, became, unchanged, limits)
    places = [_place(row) for row in [*new["docking_points"], *_gone(found, old)]]
    table = typed(pd.DataFrame(rows), COMPARED_COLUMNS)
    compared = gpd.GeoDataFrame(table, geometry=places, crs=4326).to_crs(crs)
    compared = compared.sort_values(["chainage_m", "id"], kind="stable").reset_index(drop=True)
    since = baseline_record(
        found, points.assign(change=became["change"]), unchanged=unchanged, limits=limits
    )
    approaches = compared_approaches(old, new, found, unchanged=unchanged, crs=crs, limits=limits)
    return Comparison(
        names=(new["names"][0], new["names"][1]),
        boundary=new["boundary"]["name"],
        old_run=_run(old),
        new_run=_run(new),
        points=compared,
        old_points=_old_points(old, crs),
        changes=typed(pd.DataFrame(changes), CHANGE_COLUMNS),
        approaches=approaches.table,
        approach_changes=approaches.changes,
        line=line,
        old_line=_line(old, crs),
        links=_links(new, crs),
        old_links=_links(old, crs),
        roads=approach_lines(new, crs),
        old_roads=approach_lines(old, crs),
        summary={
            "old_points": len(old["docking_points"]),
            "new_points": len(new["docking_points"]),
            "counts": {word: since["counts"][word] for word in WORDS},
            **{
                f"new_{severity}": _risen(compared, severity) for severity in ("mismatch", "severe")
            },
            **{key: since[key] for key in KEPT},
            "sides": approaches.summary,
        },
    )


def _known_limits(record: Record) -> dict[str, float]:
    """Return the limits of a run that this program knows too."""
    known = Settings().limits_for(None).as_dict()
    given = record["run"].get("limits") or {}
    return {name: value for name, value in given.items() if name in known}


def _succession(old: Record, new: Record, crs: CRS, limits: Limits) -> Succession:
    earlier, known = earlier_points(old), identity_features_of(new)
    there = placed(earlier.known, crs), placed(known, crs)
    matching = match(*there, limits=limits)
    if _follows(old, new):
        row = {str(name): k for k, name in enumerate(earlier.known["id"])}
        pairs = [(row[name], k) for k, name in enumerate(known["id"].astype(str)) if name in row]
        one, two = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        way = [table[["x", "y"]].to_numpy(dtype=float) for table in there]
        apart = np.hypot(*(way[1][two] - way[0][one] - np.array(matching.shift_m)).T)
        split, merged = matching.split, matching.merged
        matching = replace(
            matching,
            old=one,
            new=two,
            moved_m=apart,
            split={new_row: split[new_row] for new_row in split if new_row not in two},
            merged={old_row: merged[old_row] for old_row in merged if old_row not in one},
        )
    return Succession(known, earlier, matching, old)


def _follows(old: Record, new: Record) -> bool:
    """Return whether the new report, or one before it, was made with the old one known."""
    known = {row["id"]: row["states"] for row in new.get("history", [])}
    time = old["run"]["time"]
    own = [row["id"] for row in old["docking_points"]]
    began = all(name in known and known[name][0]["time"] <= time for name in own)
    return bool(own) and began and new["run"].get("since") is not None


def _rows(
    found: Succession,
    points: pd.DataFrame,
    became: pd.DataFrame,
    unchanged: Unchanged,
    limits: Limits,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of the two tables of docking points."""
    matching, earlier = found.matching, found.earlier
    names = earlier.known["id"].astype(str).tolist()
    before = dict(zip(matching.new.tolist(), matching.old.tolist(), strict=True))
    apart = dict(zip(matching.new.tolist(), matching.moved_m.tolist(), strict=True))
    rows, changes = [], []
    for k, (point, said) in enumerate(zip(records(points), records(became), strict=True)):
        old_id = names[before[k]] if k in before else None
        last = earlier.last.get(old_id or "")
        differ = [] if last is None else differences(last, point, limits=limits)
        differ += [] if last is None else [*_outcomes(last, point), *_decided(last, point)]
        changes += [_change(point["id"], one) for one in differ]
        rows.append(
            _row(last, point)
            | {"change": said["change"], "relation": said["relation"], "old_id": old_id}
            | {"fields": ",".join(one["field"] for one in differ) or None}
            | {"moved_m": round(apart[k], 1) if k in apart else None}
        )
    merged = {names[old]: points["id"].iloc[new] for old, new in matching.merged.items()}
    lost = lost_ids(found, unchanged)
    for name in absent_ids(found):
        into = {"relation": f"merged:{merged[name]}"} if name in merged else {}
        word = Change.WORSENED if name in lost else Change.GONE
        rows.append(_row(earlier.last[name], None) | {"change": str(word), "old_id": name} | into)
    return rows, changes


def _row(old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any]:
    here: dict[str, Any] = new or old or {}
    return {
        "id": here["id"],
        "chainage_m": here["chainage_m"],
        **{f"{side}_road": road_called(here, f"{side}_") for side in ("a", "b")},
        **{f"{key}_old": old[key] if old else None for key in ("verdict", "severity")},
        **{f"{key}_new": new[key] if new else None for key in ("verdict", "severity")},
    }


def _outcomes(old: Record, new: dict[str, Any]) -> list[dict[str, Any]]:
    """Return state and aspects that came out otherwise; what an older report lacks is none."""
    known = old["state"] != RoadState.UNKNOWN  # as of every point of an older report
    return [
        {"field": name, "old": one, "new": two}
        for name in (*(["state"] if known else []), *map(str, DECIDING))
        if name in old and (one := value_of(old, name)) != (two := value_of(new, name))
    ]


def _decided(old: Record, new: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the decision as a difference: it changes no point."""
    before, now = (value_of(row, "decision") for row in (old, new))
    return [{"field": "decision", "old": before, "new": now}] if before != now else []


def _change(name: str, one: dict[str, Any]) -> dict[str, Any]:
    told_values = {key: value_text(one[key]) for key in ("old", "new")}
    return {"id": name, "field": one["field"], **told_values}


def _risen(points: pd.DataFrame, severity: str) -> list[str]:
    """Return the ids of points that are at a severity or above now and were not before."""
    floor = SEVERITY_ORDER[Severity(severity)]
    weights = {str(key): weight for key, weight in SEVERITY_ORDER.items()}
    now = points["severity_new"].map(weights).fillna(-1).astype(float) >= floor
    before = points["severity_old"].map(weights).fillna(-1).astype(float) >= floor
    return [str(name) for name in points.loc[now & ~before, "id"]]


def _gone(found: Succession, old: Record) -> list[dict[str, Any]]:
    rows = {row["id"]: row for row in old["docking_points"]}
    return [rows[name] for name in absent_ids(found)]


def _run(record: Record) -> dict[str, Any]:
    return {key: record["run"].get(key) for key in ("id", "time", "version")}


def _place(row: dict[str, Any]) -> shapely.Point:
    return shapely.Point(row["lon"], row["lat"])


def _old_points(record: Record, crs: CRS) -> gpd.GeoDataFrame:
    table = typed(points_of(record), DOCKING_COLUMNS)
    places = [_place(row) for row in record["docking_points"]]
    return gpd.GeoDataFrame(table, geometry=places, crs=4326).to_crs(crs)


def _line(record: Record, crs: CRS) -> gpd.GeoDataFrame:
    boundary = record["boundary"]
    line = shapely.from_geojson(json.dumps(boundary["geometry"]))
    table = {"name": [boundary["name"]]}
    return gpd.GeoDataFrame(table, geometry=[line], crs=4326).to_crs(crs)


def _links(record: Record, crs: CRS) -> gpd.GeoDataFrame:
    # ways around are what the network costs, not what a plan draws
    rows = [row for row in record.get("links", []) if row["kind"] != "detour"]
    lines = [shapely.from_geojson(json.dumps(row["geometry"])) for row in rows]
    table = {key: [row[key] for row in rows] for key in ("docking_point", "kind")}
    return gpd.GeoDataFrame(table, geometry=lines, crs=4326).to_crs(crs)
