"""What was found, put together into the tables and records of a result."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import msgspec
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from roadalign.docking.ruler import Ruler
from roadalign.errors import InputError
from roadalign.ledger.baseline import history_of, in_order, since_record, succeed, told
from roadalign.ledger.decisions_applied import decision_counts
from roadalign.ledger.identity import new_ids
from roadalign.locales import LANGUAGES, text
from roadalign.model.run import SCHEMA_VERSION
from roadalign.model.tables import (
    APPROACH_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    LINK_COLUMNS,
    empty,
    records,
    typed,
)
from roadalign.model.words import Severity, Verdict
from roadalign.settings import Settings, as_plain

if TYPE_CHECKING:
    from roadalign.docking import Docking
    from roadalign.ledger.baseline import Succession
    from roadalign.ledger.identity_features import Record
    from roadalign.model.result import Boundary, Plan
    from roadalign.model.run import InputRecord
    from roadalign.settings import Limits

PLACE_M = 0.01
"""Links shorter than this are points."""


def named_points(docked: Docking, line: Boundary, *, names: tuple[str, str]) -> pd.DataFrame:
    """Add id and geographic place to the docking points, with all columns of the schema."""
    points = docked.points
    to_degrees = Transformer.from_crs(line.crs, 4326, always_xy=True)
    lon, lat = to_degrees.transform(points["x"].to_numpy(), points["y"].to_numpy())
    points = points.assign(lon=np.round(lon, 7), lat=np.round(lat, 7))
    filled = typed(points, DOCKING_COLUMNS)
    ids = new_ids(
        list(zip(points["lon"], points["lat"], strict=True)), _road_keys(filled, names=names)
    )
    return filled.assign(id=pd.array(ids, dtype="string"), network="unknown", change="new")


def succession(
    points: pd.DataFrame,
    docked: Docking,
    line: Boundary,
    earlier: Record,
    *,
    names: tuple[str, str],
    limits: Limits,
) -> Succession:
    """Match the docking points to those of an earlier report, whose ids they keep."""
    return succeed(
        in_order(earlier, names),
        points,
        docked.approaches,
        roads=_road_keys(points, names=names),
        crs=line.crs,
        limits=limits,
    )


def followed_up(
    points: pd.DataFrame,
    found: Succession,
    line: Boundary,
    *,
    time: str,
    limits: Limits,
) -> tuple[pd.DataFrame, dict[str, Any], list[dict[str, Any]]]:
    """Return the judged points with what became of them, the record of it, and the history."""
    points = points.assign(**told(found, points, time=time, limits=limits))
    record = since_record(found, points, limits=limits)
    return points, record, history_of(found, points, time=time, crs=line.crs)


def jump_finding(since: dict[str, Any] | None) -> pd.DataFrame:
    """Return finding I07 where more docking points differ than can be real changes."""
    if since is None or not since["jump"]:
        return typed(pd.DataFrame({}), FINDING_COLUMNS)
    said = {f"message_{lang}": text(lang, "notes", "jump", **_jump(since)) for lang in LANGUAGES}
    row = {"rule": "I07", "severity": str(Severity.NOTICE), "value": since["differing"], **said}
    return typed(pd.DataFrame([row]), FINDING_COLUMNS)


def _jump(since: dict[str, Any]) -> dict[str, Any]:
    return {**since["counts"], **{key: since[key] for key in ("differing", "all", "time")}}


def _road_keys(points: pd.DataFrame, *, names: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_road_key(row, "a", names[0]), _road_key(row, "b", names[1])) for row in records(points)
    ]


def _road_key(row: dict[str, Any], side: str, name: str) -> str:
    if pd.isna(row[f"{side}_fid"]):
        return ""
    known = [row[f"{side}_{key}"] for key in ("ref", "name")]
    return "/".join([name, *(str(value) for value in known if pd.notna(value))])


def located(points: pd.DataFrame, found: pd.DataFrame, line: Boundary) -> gpd.GeoDataFrame:
    """Add the place on the boundary to the docking points."""
    geometry = shapely.points(found[["x", "y"]].to_numpy(dtype=float))
    return gpd.GeoDataFrame(points, geometry=geometry, crs=line.crs)


def approach_table(docked: Docking, points: gpd.GeoDataFrame, line: Boundary) -> gpd.GeoDataFrame:
    """Return the table of approaches, each with the id and verdict of its docking point."""
    found = docked.approaches
    if len(found) == 0:
        return empty(APPROACH_COLUMNS, crs=line.crs)
    at = found["point"].to_numpy(dtype=int)
    ids = points["id"].to_numpy()[at]
    full = found.assign(
        docking_point=ids,
        approach=[f"{name}-{side.upper()}" for name, side in zip(ids, found["side"], strict=True)],
        verdict=points["verdict"].to_numpy()[at],
    )
    geometry = shapely.points(found[["x", "y"]].to_numpy(dtype=float))
    return gpd.GeoDataFrame(typed(full, APPROACH_COLUMNS), geometry=geometry, crs=line.crs)


def link_table(docked: Docking, points: gpd.GeoDataFrame, line: Boundary) -> gpd.GeoDataFrame:
    """Return the straight lines between the ends that lie apart."""
    found = docked.points
    if len(found) == 0 or "link_m" not in found:
        return empty(LINK_COLUMNS, crs=line.crs)
    apart = (points["link_m"].fillna(0) >= PLACE_M).to_numpy(dtype=bool)
    ends = found[["ax", "ay", "bx", "by"]].to_numpy(dtype=float)[apart].reshape(-1, 2, 2)
    table = pd.DataFrame(
        {
            "docking_point": points["id"].to_numpy()[apart],
            "kind": "link",
            "length_m": points["link_m"].to_numpy()[apart],
        }
    )
    lines = shapely.linestrings(ends)
    return gpd.GeoDataFrame(typed(table, LINK_COLUMNS), geometry=lines, crs=line.crs)


def with_lines(
    links: gpd.GeoDataFrame, more: gpd.GeoDataFrame, points: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return links and more lines in one table, those of one docking point together."""
    if not len(more):
        return links
    tables = [links, more] if len(links) else [more]
    together = pd.concat(tables, ignore_index=True)
    place = {name: number for number, name in enumerate(points["id"])}
    order = together["docking_point"].map(place).sort_values(kind="stable").index
    return gpd.GeoDataFrame(together.loc[order].reset_index(drop=True), crs=links.crs)


def noted(read: tuple[Any, ...]) -> pd.DataFrame:
    """Return what the readers noticed as findings of the I family."""
    rows = [
        {
            "rule": note.rule,
            "severity": note.severity,
            "side": record.role,
            "value": note.count,
            "message_en": _said("en", note.key, record, note.values),
            "message_zh": _said("zh", note.key, record, note.values),
        }
        for source in read
        for record in source.inputs
        for note in record.notes
    ]
    return typed(pd.DataFrame(rows), FINDING_COLUMNS)


def _said(lang: str, key: str, record: InputRecord, values: dict[str, object]) -> str:
    where = record.path if record.path.endswith(record.layer) else f"{record.path}:{record.layer}"
    return f"{where}: {text(lang, 'notes', key, **values)}"


def at_points(findings: pd.DataFrame, points: gpd.GeoDataFrame, line: Boundary) -> gpd.GeoDataFrame:
    """Give findings the place of their docking point, or the one they name on the boundary."""
    place = dict(zip(points["id"].tolist(), points.geometry.tolist(), strict=True))
    along = dict(zip(points["id"].tolist(), points["chainage_m"].tolist(), strict=True))
    ruler = Ruler(line.line)
    named = findings["docking_point"].tolist()
    chainage = [
        along.get(name, where)
        for name, where in zip(named, findings["chainage_m"].tolist(), strict=True)
    ]
    at = [
        place.get(name, None if pd.isna(where) else shapely.Point(ruler.place(where)))
        for name, where in zip(named, chainage, strict=True)
    ]
    findings = findings.assign(chainage_m=pd.array(chainage, dtype="Float64"))
    geometry = gpd.GeoSeries(at, index=findings.index, crs=line.crs)
    return gpd.GeoDataFrame(typed(findings, FINDING_COLUMNS), geometry=geometry, crs=line.crs)


def run_time() -> str:
    """Return the time of a run that begins now, in UTC to the second.

    The environment variable ``SOURCE_DATE_EPOCH`` (seconds since 1970, see
    https://reproducible-builds.org/specs/source-date-epoch/) stands for the clock where it is
    set, so that two runs give the same bytes.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = dt.datetime.fromtimestamp(int(fixed), tz=dt.UTC) if fixed else dt.datetime.now(dt.UTC)
    except (ValueError, OverflowError, OSError):
        problem = f"SOURCE_DATE_EPOCH = {fixed!r}"
        raise InputError("bad_setting", where="SOURCE_DATE_EPOCH", problem=problem) from None
    return now.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def run_record(
    settings: Settings,
    read: tuple[Any, ...],
    *,
    names: tuple[str, str],
    version: str,
    time: str,
) -> dict[str, Any]:
    """Return what is to be known of the run: program, inputs, settings, limits."""
    line = read[0]
    return {
        "program": "roadalign",
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "time": time,
        "names": list(names),
        "crs": line.crs.to_string(),
        "inputs": [msgspec.to_builtins(record) for source in read for record in source.inputs],
        "settings": as_plain(settings),
        "limits": settings.limits_for(line.name).as_dict(),
    }


def summary_of(
    points: gpd.GeoDataFrame,
    approaches: gpd.GeoDataFrame,
    findings: pd.DataFrame,
    docked: Docking,
    side_a: Plan,
    side_b: Plan,
) -> dict[str, Any]:
    """Return the docking rate, overall and by class, and the counts."""
    aligned = approaches["verdict"] == Verdict.ALIGNED
    spoken = findings[findings["severity"].isin(["notice", "mismatch", "severe"])]
    rank = approaches["road_class"].astype("string").fillna("unknown")
    by_class = {
        str(name): {"approaches": len(part), "aligned": int(part.sum()), "rate": _rate(part)}
        for name, part in aligned.groupby(rank)
    }
    return {
        "docking_rate": _rate(aligned),
        "approaches": len(approaches),
        "aligned_approaches": int(aligned.sum()),
        "docking_rate_by_class": by_class,
        "verdicts": _counts(points["verdict"]),
        "severities": _counts(points["severity"]),
        "rules": _counts(spoken["rule"]),
        **decision_counts(points),
        "sides": {
            key: {
                "name": plan.name,
                "roads": len(plan.roads),
                "approaches": int((approaches["side"] == key).sum()),
                "aligned": int((aligned & (approaches["side"] == key)).sum()),
                "unanswered": int(
                    ((approaches["verdict"] == Verdict.MISSING) & (approaches["side"] == key)).sum()
                ),
                "boundary_roads": docked.boundary_road_count[i],
            }
            for i, (key, plan) in enumerate((("a", side_a), ("b", side_b)))
        },
    }


def _rate(aligned: pd.Series) -> float | None:
    return round(float(aligned.mean()), 4) if len(aligned) else None


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(k): int(v) for k, v in values.value_counts().sort_index().items()}
