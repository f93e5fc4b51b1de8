"""One check from inputs to result: read, dock, judge, sum up, name and rank."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from roadalign import __version__
from roadalign.checks.rule import Context, run_rules
from roadalign.config import Settings, as_plain
from roadalign.docking import dock
from roadalign.docking.ruler import Ruler
from roadalign.errors import InputError
from roadalign.evidence.land import constraint_texts, constraints_crossed
from roadalign.evidence.position import doubt_m, position_record, shift_finding
from roadalign.evidence.proposal import propose
from roadalign.ingest.boundary import read_boundary
from roadalign.ingest.constraints import ConstraintSource, read_constraints
from roadalign.ingest.plan import read_plan
from roadalign.ingest.sources import fingerprint
from roadalign.ledger.identity import new_ids
from roadalign.locales import text
from roadalign.model.levels import Verdict
from roadalign.model.result import SCHEMA_VERSION, Result
from roadalign.model.tables import (
    APPROACH_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    LINK_COLUMNS,
    empty,
    records,
    typed,
)
from roadalign.ranking import priorities
from roadalign.verdicts import sum_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from roadalign.docking import Docking
    from roadalign.model.result import Boundary, Constraints, InputRecord, Plan

    Source: TypeAlias = str | Path | gpd.GeoDataFrame
    Progress: TypeAlias = Callable[[str], None]

PLACE_M = 0.01
"""Links shorter than this are points."""


def check(
    plan_a: Source | Sequence[Source],
    plan_b: Source | Sequence[Source],
    *,
    boundary: Source,
    constraints: Sequence[ConstraintSource] | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Result:
    """Find every place where the road plans of two sides meet at their boundary, or do not.

    Parameters
    ----------
    plan_a, plan_b
        Each side's road layers: a path, ``file.gpkg:layer``, a folder, a ``.zip``, a
        GeoDataFrame, or several of these.
    boundary
        The common line, or the two sides' areas (A first).
    constraints
        Areas that a road may have to cross, each with its kind: a name of
        ``standards/constraints.toml``. Default: those of the settings.
    settings
        Default: all defaults.
    progress
        Called with the name of each step as it begins: ``"boundary"``, ``"plan_a"``,
        ``"plan_b"``, ``"docking"``, ``"rules"``.

    Raises
    ------
    roadalign.errors.InputError
        Where an input is wrong; the message says what, where and what to do.

    Examples
    --------
    >>> result = roadalign.check("a.shp", "b.gpkg:roads", boundary="line.geojson")
    >>> result.docking_points[["id", "verdict", "level", "rules"]]  # doctest: +SKIP
    """
    settings = settings or Settings()
    step = progress or (lambda _: None)
    sources_a, sources_b = _listed(plan_a), _listed(plan_b)
    _refuse_same(sources_a, sources_b)
    step("boundary")
    line = read_boundary(boundary, settings=settings)
    step("plan_a")
    side_a = read_plan(sources_a, side="a", boundary=line, settings=settings)
    step("plan_b")
    side_b = read_plan(sources_b, side="b", boundary=line, settings=settings)
    limits = settings.limits_for(line.name)
    if constraints is None:
        constraints = [ConstraintSource(c.file, c.kind, c.crs) for c in settings.constraint]
    areas = read_constraints(constraints, boundary=line, band_m=limits["read_band_m"])
    step("docking")
    docked = dock(side_a, side_b, line, limits=limits)
    step("rules")
    names = (side_a.name, side_b.name)
    points = _named_points(docked, line, names=names)
    judged_by = limits.widened(doubt_m(docked, settings=settings))
    ruler = Ruler(line.line)
    proposals, curves = propose(docked, points, ruler, limits=judged_by, crs=line.crs)
    links = _with_proposals(_links(docked, points, line), proposals, points)
    crossed = constraints_crossed(links, points, areas)
    points = points.assign(
        constraints=constraint_texts(points, crossed, links, given=bool(areas.inputs))
    )
    context = Context(judged_by, line, docked.boundary_roads, names, crossed, curves)
    findings = run_rules(points, context, only=settings.only)
    points = sum_up(points, findings, names=names, lang=settings.lang)
    points = points.assign(priority=priorities(points))
    points = _located(typed(points, DOCKING_COLUMNS), docked.points, line)
    approaches = _approaches(docked, points, line)
    shifted = shift_finding(docked, names=names, limits=limits)
    noticed = [_notes((line, side_a, side_b, areas)), shifted, findings]
    findings = pd.concat([table for table in noticed if len(table)] or noticed, ignore_index=True)
    return Result(
        run=_run(settings, (line, side_a, side_b, areas), names=names)
        | {"position": position_record(docked, settings=settings)},
        names=names,
        boundary=line,
        docking_points=points,
        approaches=approaches,
        links=links,
        constraints_crossed=crossed,
        findings=_at_points(findings, points, line),
        roads_a=side_a.roads,
        roads_b=side_b.roads,
        summary=_summary(points, approaches, findings, docked, side_a, side_b),
    )


def _listed(plan: Source | Sequence[Source]) -> list[Source]:
    if isinstance(plan, list | tuple):
        return list(plan)
    return [plan]


def _refuse_same(sources_a: list[Source], sources_b: list[Source]) -> None:
    for one in sources_a:
        for two in sources_b:
            if isinstance(one, gpd.GeoDataFrame) or isinstance(two, gpd.GeoDataFrame):
                same = one is two
            else:
                same = str(one) == str(two) or _alike(one, two)
            if same:
                where = "GeoDataFrame" if isinstance(one, gpd.GeoDataFrame) else one
                raise InputError("same_plan", where=where)


def _alike(one: str | Path, two: str | Path) -> bool:
    """Return whether two sources hold the same bytes; layers of one file are different."""
    layers = [str(source).rpartition(":")[2] for source in (one, two)]
    return layers[0] == layers[1] and fingerprint(one) == fingerprint(two)


def _named_points(docked: Docking, line: Boundary, *, names: tuple[str, str]) -> pd.DataFrame:
    """Add id and geographic place to the docking points, with all columns of the schema."""
    points = docked.points
    to_degrees = Transformer.from_crs(line.crs, 4326, always_xy=True)
    lon, lat = to_degrees.transform(points["x"].to_numpy(), points["y"].to_numpy())
    points = points.assign(lon=np.round(lon, 7), lat=np.round(lat, 7))
    filled = typed(points, DOCKING_COLUMNS)
    roads = [
        (_road_key(row, "a", names[0]), _road_key(row, "b", names[1])) for row in records(filled)
    ]
    ids = new_ids(list(zip(points["lon"], points["lat"], strict=True)), roads)
    return filled.assign(id=pd.array(ids, dtype="string"), network="unknown", change="new")


def _road_key(row: dict[str, Any], side: str, name: str) -> str:
    if pd.isna(row[f"{side}_fid"]):
        return ""
    known = [row[f"{side}_{key}"] for key in ("ref", "name")]
    return "/".join([name, *(str(value) for value in known if pd.notna(value))])


def _located(points: pd.DataFrame, found: pd.DataFrame, line: Boundary) -> gpd.GeoDataFrame:
    geometry = shapely.points(found[["x", "y"]].to_numpy(dtype=float))
    return gpd.GeoDataFrame(points, geometry=geometry, crs=line.crs)


def _approaches(docked: Docking, points: gpd.GeoDataFrame, line: Boundary) -> gpd.GeoDataFrame:
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


def _links(docked: Docking, points: gpd.GeoDataFrame, line: Boundary) -> gpd.GeoDataFrame:
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


def _with_proposals(
    links: gpd.GeoDataFrame, proposals: gpd.GeoDataFrame, points: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return links and proposals in one table, those of one docking point together."""
    if not len(proposals):
        return links
    tables = [links, proposals] if len(links) else [proposals]
    together = pd.concat(tables, ignore_index=True)
    place = {name: number for number, name in enumerate(points["id"])}
    order = together["docking_point"].map(place).sort_values(kind="stable").index
    return gpd.GeoDataFrame(together.loc[order].reset_index(drop=True), crs=links.crs)


def _notes(read: tuple[Boundary | Plan | Constraints, ...]) -> pd.DataFrame:
    """Return what the readers noticed as findings of the I family."""
    rows = [
        {
            "rule": note.rule,
            "level": note.level,
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


def _at_points(
    findings: pd.DataFrame, points: gpd.GeoDataFrame, line: Boundary
) -> gpd.GeoDataFrame:
    place = dict(zip(points["id"].tolist(), points.geometry.tolist(), strict=True))
    at = [place.get(name) for name in findings["docking_point"].tolist()]
    geometry = gpd.GeoSeries(at, index=findings.index, crs=line.crs)
    return gpd.GeoDataFrame(typed(findings, FINDING_COLUMNS), geometry=geometry, crs=line.crs)


def _run(
    settings: Settings, read: tuple[Boundary, Plan, Plan, Constraints], *, names: tuple[str, str]
) -> dict[str, Any]:
    line = read[0]
    now = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)
    return {
        "program": "roadalign",
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "time": now.isoformat().replace("+00:00", "Z"),
        "names": list(names),
        "crs": line.crs.to_string(),
        "inputs": [dataclasses.asdict(record) for source in read for record in source.inputs],
        "settings": as_plain(settings),
        "limits": settings.limits_for(line.name).as_dict(),
    }


def _summary(
    points: gpd.GeoDataFrame,
    approaches: gpd.GeoDataFrame,
    findings: pd.DataFrame,
    docked: Docking,
    side_a: Plan,
    side_b: Plan,
) -> dict[str, Any]:
    aligned = approaches["verdict"] == Verdict.ALIGNED
    spoken = findings[findings["level"].isin(["notice", "mismatch", "severe"])]
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
        "levels": _counts(points["level"]),
        "rules": _counts(spoken["rule"]),
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
