"""One check from inputs to result: read, dock, judge, sum up, name and rank."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from roadalign import __version__
from roadalign.checks.rule import Context, run_rules
from roadalign.config import Settings, as_plain, told_to_read
from roadalign.docking import dock
from roadalign.docking.ruler import Ruler
from roadalign.errors import InputError
from roadalign.evidence.hypotheses import Reading, best_reading, unshifted
from roadalign.evidence.land import constraint_texts, constraints_crossed
from roadalign.evidence.position import (
    doubt_m,
    position_findings,
    position_record,
    swapped_finding,
)
from roadalign.evidence.proposal import propose
from roadalign.ingest.boundary import read_boundary
from roadalign.ingest.constraints import ConstraintSource, read_constraints
from roadalign.ingest.plan import read_plan
from roadalign.ingest.sources import fingerprint, refuse_changed, stamps
from roadalign.ingest.twice import same_side_twice
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

    from roadalign.config import Limits
    from roadalign.docking import Docking
    from roadalign.model.result import Boundary, Constraints, InputRecord, Network, Plan

    Source: TypeAlias = str | Path | gpd.GeoDataFrame
    Progress: TypeAlias = Callable[[str], None]

PLACE_M = 0.01
"""Links shorter than this are points."""


def check(
    plan_a: Source | Sequence[Source],
    plan_b: Source | Sequence[Source],
    *,
    boundary: Source,
    network: Source | Sequence[Source] | None = None,
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
    network
        The existing roads (OpenStreetMap), in any form `roadalign.read_network` takes; without
        them nothing is said of detours.
    constraints
        Areas that a road may have to cross, each with its kind: a name of
        ``standards/constraints.toml``. Default: those of the settings.
    settings
        Default: all defaults.
    progress
        Called with the name of each step as it begins: ``"boundary"``, ``"plan_a"``,
        ``"plan_b"``, ``"network"``, ``"docking"``, ``"rules"``; ``"trying:b=gcj02"`` where a
        side is read otherwise because few of its roads meet the other's.

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
    if constraints is None:
        constraints = [ConstraintSource(c.file, c.kind, c.crs) for c in settings.constraint]
    sources = _Sources(
        _listed(plan_a),
        _listed(plan_b),
        boundary,
        [] if network is None else _listed(network),
        list(constraints),
    )
    _refuse_same(sources.a, sources.b)
    before = stamps(sources.everything)
    inputs = _read(sources, settings, step)
    step("docking")
    inputs, reading = _docked(inputs, sources, settings, step)
    refuse_changed(sources.everything, before)
    step("rules")
    return _judged(inputs, reading, settings)


@dataclass(frozen=True)
class _Sources:
    """Where everything comes from."""

    a: list[Source]
    b: list[Source]
    boundary: Source
    network: list[Source]
    constraints: list[ConstraintSource]

    @property
    def everything(self) -> list[Any]:
        """All of it, for a look whether anything changed."""
        areas = [one.source for one in self.constraints]
        return [self.boundary, *self.a, *self.b, *self.network, *areas]


@dataclass(frozen=True)
class _Inputs:
    """Everything read."""

    line: Boundary
    a: Plan
    b: Plan
    network: Network | None
    areas: Constraints
    limits: Limits

    @property
    def read(self) -> tuple[Any, ...]:
        """What has input records and notes, the boundary first."""
        witness = (self.network,) if self.network else ()
        return self.line, self.a, self.b, *witness, self.areas

    @property
    def names(self) -> tuple[str, str]:
        """Names of the two sides."""
        return self.a.name, self.b.name


def _read(sources: _Sources, settings: Settings, step: Progress) -> _Inputs:
    step("boundary")
    line = read_boundary(sources.boundary, settings=settings)
    step("plan_a")
    side_a = read_plan(sources.a, side="a", boundary=line, settings=settings)
    step("plan_b")
    side_b = read_plan(sources.b, side="b", boundary=line, settings=settings)
    if same_side_twice(side_a, side_b, boundary=line):
        raise InputError("same_plan", where=side_b.inputs[0].path)
    roads = None
    if sources.network:
        step("network")
        roads = _network(sources.network, line, settings)
    limits = settings.limits_for(line.name)
    areas = read_constraints(sources.constraints, boundary=line, band_m=limits["read_band_m"])
    return _Inputs(line, side_a, side_b, roads, areas, limits)


def _docked(
    inputs: _Inputs, sources: _Sources, settings: Settings, step: Progress
) -> tuple[_Inputs, Reading]:
    """Dock the sides, reading one of them otherwise for a trial where few of their roads meet."""
    line, limits = inputs.line, inputs.limits
    docked = dock(inputs.a, inputs.b, line, limits=limits)

    def reread(side: str, reading: str) -> Plan:
        step(f"trying:{side}={reading}")
        told = told_to_read(settings, side, reading)
        own = sources.a if side == "a" else sources.b
        return read_plan(own, side=side, boundary=line, settings=told)

    reading = best_reading(docked, (inputs.a, inputs.b), line, reread=reread, limits=limits)
    if not settings.shift:
        return inputs, reading
    a, b, applied = unshifted(inputs.a, inputs.b, reading, how=settings.shift)
    docked = dock(a, b, line, limits=limits)
    return replace(inputs, a=a, b=b), replace(
        reading, docked=docked, accepted=None, applied=applied
    )


def _judged(inputs: _Inputs, reading: Reading, settings: Settings) -> Result:
    """Hear the witnesses, run the rules and put everything together."""
    line, docked, names = inputs.line, reading.docked, inputs.names
    points = _named_points(docked, line, names=names)
    limits = inputs.limits.widened(doubt_m(reading, settings=settings))
    context = Context(limits, line, docked.boundary_roads, names)
    heard = None
    if inputs.network is not None:
        from roadalign.evidence.witness import hear  # noqa: PLC0415  (only where it is asked)

        heard = hear(inputs.network, docked, line, points=points, limits=inputs.limits)
        points = typed(points.assign(**heard.points), DOCKING_COLUMNS)
        context = replace(context, unplanned=heard.unplanned, opportunities=heard.opportunities)
    ruler = Ruler(line.line)
    proposals, curves = propose(docked, points, ruler, limits=limits, crs=line.crs)
    links = _with_proposals(_links(docked, points, line), proposals, points)
    crossed = constraints_crossed(links, points, inputs.areas)
    texts = constraint_texts(points, crossed, links, given=bool(inputs.areas.inputs))
    points = points.assign(constraints=texts)
    context = replace(context, crossed=crossed, curves=curves)
    findings = run_rules(points, context, only=settings.only)
    points = sum_up(points, findings, names=names, lang=settings.lang)
    points = points.assign(**priorities(points, weights=settings.ranking))
    points = _located(typed(points, DOCKING_COLUMNS), docked.points, line)
    approaches = _approaches(docked, points, line)
    position = position_findings(reading, names=names, limits=inputs.limits)
    swapped = swapped_finding(line, (inputs.a, inputs.b), names=names)
    noticed = [_notes(inputs.read), swapped, position, findings]
    findings = pd.concat([table for table in noticed if len(table)] or noticed, ignore_index=True)
    return Result(
        run=_run(settings, inputs.read, names=names)
        | {
            "position": position_record(reading, settings=settings),
            "network": heard.record if heard else None,
        },
        names=names,
        boundary=line,
        docking_points=points,
        approaches=approaches,
        links=links,
        findings=_at_points(findings, points, line),
        roads_a=inputs.a.roads,
        roads_b=inputs.b.roads,
        summary=_summary(points, approaches, findings, docked, inputs.a, inputs.b),
        constraints_crossed=crossed,
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


def _notes(read: tuple[Any, ...]) -> pd.DataFrame:
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


def _network(sources: list[Source], line: Boundary, settings: Settings) -> Network:
    from roadalign.ingest.network.read import read_network  # noqa: PLC0415  (pyosmium is heavy)

    band_m = 1000 * settings.network.band_km
    return read_network(sources, boundary=line, band_m=band_m, settings=settings.network)


def _run(settings: Settings, read: tuple[Any, ...], *, names: tuple[str, str]) -> dict[str, Any]:
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
