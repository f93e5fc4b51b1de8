"""Sixth stage: everything found becomes the tables and records of a result."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import msgspec
import pandas as pd
import shapely

from roadalign import __version__
from roadalign.assessment.background import background_of
from roadalign.assessment.registration_findings import position_record
from roadalign.docking.ruler import Ruler
from roadalign.errors import InputError
from roadalign.locales import text
from roadalign.model.result import Result
from roadalign.model.run import SCHEMA_VERSION
from roadalign.model.runs import run_id
from roadalign.model.tables import (
    APPROACH_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    empty,
    typed,
)
from roadalign.pipeline.summary import summarize
from roadalign.settings import as_plain

if TYPE_CHECKING:
    from roadalign.docking import Docking
    from roadalign.model.result import Boundary
    from roadalign.model.run import InputRecord
    from roadalign.pipeline.follow import Followed
    from roadalign.pipeline.read import Inputs


def build_result(followed: Followed) -> Result:
    """Put everything together."""
    assessed = followed.judged.assessed
    matched = assessed.matched
    inputs, docked = matched.inputs, matched.docked
    line, names, settings = inputs.line, inputs.names, inputs.settings
    points = located(typed(followed.points, DOCKING_COLUMNS), docked.points, line)
    approaches = approach_table(docked, points, line)
    noticed = [
        noted(inputs.read),
        followed.judged.noticed,
        followed.findings,
        followed.judged.findings,
    ]
    findings = pd.concat([table for table in noticed if len(table)] or noticed, ignore_index=True)
    run = run_record(inputs, version=__version__, time=followed.time)
    run |= {
        "position": position_record(matched.reading, settings=settings),
        "features": assessed.features,
        "network": assessed.network.record if assessed.network else None,
        "since": followed.since,
        "ledger": followed.ledger,
    }
    summary = summarize(
        points, approaches, findings, (inputs.a, inputs.b), docked, assessed.coverage, line
    )
    return Result(
        run={"id": run_id(run, line.line.wkb_hex, points["id"].tolist(), summary), **run},
        names=names,
        boundary=line,
        docking_points=points,
        approaches=approaches,
        links=followed.judged.links,
        findings=at_points(findings, points, line),
        roads_a=inputs.a.roads,
        roads_b=inputs.b.roads,
        summary=summary,
        constraints_crossed=assessed.crossed,
        background=background_of(
            line,
            (inputs.a, inputs.b),
            areas=inputs.areas,
            network=inputs.network,
            reach_m=inputs.limits["undershoot_major_m"],
        ),
        history=followed.history,
    )


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


def run_record(inputs: Inputs, *, version: str, time: str) -> dict[str, Any]:
    """Return what is to be known of the run: program, inputs, settings, limits."""
    line = inputs.line
    records = [record for source in inputs.read for record in source.inputs]
    return {
        "program": "roadalign",
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "time": time,
        "names": list(inputs.names),
        "crs": line.crs.to_string(),
        "as_of": inputs.as_of.isoformat(),
        "inputs": [msgspec.to_builtins(record) for record in records],
        "settings": as_plain(inputs.settings),
        "limits": inputs.settings.limits_for(line.name).as_dict(),
    }
