"""One check from inputs to result: read, dock, judge, sum up, name and rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import pandas as pd

from roadalign import __version__
from roadalign.assessment.background import background_of
from roadalign.assessment.land import constraint_texts, constraints_crossed
from roadalign.assessment.priority import priorities, worth_drawing
from roadalign.assessment.proposal import propose
from roadalign.assessment.registration import Reading, best_reading, unshifted
from roadalign.assessment.registration_findings import (
    doubt_m,
    position_findings,
    position_record,
    swapped_finding,
)
from roadalign.boundary.read import read_boundary
from roadalign.docking import dock
from roadalign.docking.ruler import Ruler
from roadalign.errors import InputError
from roadalign.formats.input_records import fingerprint, refuse_changed, stamps
from roadalign.ledger.baseline import refuse_elsewhere
from roadalign.ledger.decisions_applied import decided, ledger_record
from roadalign.ledger.events import refuse_other
from roadalign.ledger.store import read_ledger
from roadalign.model.result import Result
from roadalign.model.runs import run_id
from roadalign.model.tables import (
    DOCKING_COLUMNS,
    typed,
)
from roadalign.outputs.report_json import record_of
from roadalign.pipeline.assembly import (
    approach_table,
    at_points,
    followed_up,
    jump_finding,
    link_table,
    located,
    named_points,
    noted,
    run_record,
    run_time,
    succession,
    summary_of,
    with_lines,
)
from roadalign.plans.constraints import ConstraintSource, read_constraints
from roadalign.plans.duplicate_input import same_side_twice
from roadalign.plans.read import read_plan
from roadalign.plans.weights import read_weights
from roadalign.rules.core import Context, run_rules
from roadalign.rules.verdicts import sum_up
from roadalign.settings import Settings, told_to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadalign.ledger.identity_features import Record
    from roadalign.model.result import Boundary, Constraints, Network, Plan, Weights
    from roadalign.settings import Limits

    Source: TypeAlias = str | Path | gpd.GeoDataFrame
    Progress: TypeAlias = Callable[[str], None]


def check(  # noqa: PLR0913  (one keyword per kind of input)
    plan_a: Source | Sequence[Source],
    plan_b: Source | Sequence[Source],
    *,
    boundary: Source,
    network: Source | Sequence[Source] | None = None,
    weights: Source | None = None,
    constraints: Sequence[ConstraintSource] | None = None,
    ledger: str | Path | None = None,
    settings: Settings | None = None,
    since: str | Path | Result | None = None,
    progress: Progress | None = None,
    time: str | None = None,
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
    weights
        People or jobs as points, see `roadalign.settings.WeightsSettings`; needs the network.
    constraints
        Areas that a road may have to cross, each with its kind: a name of
        ``standards/constraints.toml``. Default: those of the settings.
    settings
        Default: all defaults. Its ``since`` is left to the caller, who knows its folder.
    ledger
        File with what was decided of the docking points (`roadalign.ledger.store`); it fills
        their column ``decision``, and with `since` a point that a decision settles is resolved.
        Findings and verdicts stay as they are. Default: that of the settings.
    since
        An earlier run: its ``report.json``, its output folder, or what it returned. Docking points
        that it knew keep their ids, and ``change`` and ``first_seen`` say what became of them.
    progress
        Called with the name of each step as it begins: ``"boundary"``, ``"plan_a"``,
        ``"plan_b"``, ``"network"``, ``"docking"``, ``"rules"``; ``"trying:b=gcj02"`` where a
        side is read otherwise because few of its roads meet the other's.
    time
        Time of the run as it is recorded, e.g. ``"2026-03-01T08:00:00Z"``: one for many runs
        that belong together. Default: that of `roadalign.pipeline.assembly.run_time`.

    Raises
    ------
    roadalign.errors.InputError
        Where an input is wrong; the message says what, where and what to do.

    Examples
    --------
    >>> result = roadalign.check("a.shp", "b.gpkg:roads", boundary="line.geojson")
    >>> result.docking_points[["id", "verdict", "severity", "rules"]]  # doctest: +SKIP
    """
    settings = settings or Settings()
    step = progress or (lambda _: None)
    if constraints is None:
        constraints = [ConstraintSource(c.file, c.kind, c.crs) for c in settings.constraint]
    weights = settings.weights.file if weights is None else weights
    ledger = settings.ledger if ledger is None else ledger
    sources = _Sources(
        _listed(plan_a),
        _listed(plan_b),
        boundary,
        [] if network is None else _listed(network),
        list(constraints),
        weights,
    )
    if weights is not None and not sources.network:
        where = "GeoDataFrame" if isinstance(weights, gpd.GeoDataFrame) else weights
        raise InputError("weights_need_network", where=where)
    _refuse_same(sources.a, sources.b)
    register = None if ledger is None else _Register(Path(ledger))
    earlier = None if since is None else record_of(since)
    before = stamps(sources.everything)
    inputs = replace(_read(sources, settings, step), earlier=earlier, register=register)
    line = inputs.line
    if register is not None:
        refuse_other(register.ledger.header, boundary=line.name, names=inputs.names, where=ledger)
    if earlier is not None:
        where = earlier["boundary"]["name"] if isinstance(since, Result) else since
        refuse_elsewhere(earlier, line.line, line.crs, where=where, limits=inputs.limits)
    step("docking")
    inputs, reading = _docked(inputs, sources, settings, step)
    refuse_changed(sources.everything, before)
    step("rules")
    return _judged(inputs, reading, settings, time=time or run_time())


class _Register:
    """The ledger, and what a run calls its file."""

    def __init__(self, path: Path) -> None:
        self.ledger = read_ledger(path)
        self.record = {"file": path.name}


@dataclass(frozen=True)
class _Sources:
    """Where everything comes from."""

    a: list[Source]
    b: list[Source]
    boundary: Source
    network: list[Source]
    constraints: list[ConstraintSource]
    weights: Source | None

    @property
    def everything(self) -> list[Any]:
        """All of it, for a look whether anything changed."""
        areas = [one.source for one in self.constraints]
        more = [] if self.weights is None else [self.weights]
        return [self.boundary, *self.a, *self.b, *self.network, *areas, *more]


@dataclass(frozen=True)
class _Inputs:
    """Everything read."""

    line: Boundary
    a: Plan
    b: Plan
    network: Network | None
    areas: Constraints
    weights: Weights | None
    limits: Limits
    earlier: Record | None = None
    register: _Register | None = None

    @property
    def read(self) -> tuple[Any, ...]:
        """What has input records and notes, the boundary first."""
        others = (self.network, self.areas, self.weights)
        return self.line, self.a, self.b, *(one for one in others if one is not None)

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
    people = None
    if sources.weights is not None:
        band_m = 1000 * settings.network.band_km
        people = read_weights(
            sources.weights, boundary=line, band_m=band_m, settings=settings.weights
        )
    limits = settings.limits_for(line.name)
    areas = read_constraints(sources.constraints, boundary=line, band_m=limits["read_band_m"])
    return _Inputs(line, side_a, side_b, roads, areas, people, limits)


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


def _judged(inputs: _Inputs, reading: Reading, settings: Settings, *, time: str) -> Result:
    """Hear the witnesses, run the rules and put everything together."""
    line, docked, names = inputs.line, reading.docked, inputs.names
    points = named_points(docked, line, names=names)
    followed = None
    if inputs.earlier is not None:
        followed = succession(
            points, docked, line, inputs.earlier, names=names, limits=inputs.limits
        )
        points = points.assign(id=followed.known["id"])
    limits = inputs.limits.widened(doubt_m(reading, settings=settings))
    context = Context(limits, line, docked.boundary_roads, names)
    heard = None
    if inputs.network is not None:
        from roadalign.assessment.network_assessment import hear  # noqa: PLC0415  (only where it is asked)

        plans = (inputs.a, inputs.b) if reading.accepted is None else None
        heard = hear(
            inputs.network,
            docked,
            line,
            plans=plans,
            points=points,
            weights=inputs.weights,
            limits=limits,
        )
        points = typed(points.assign(**heard.points), DOCKING_COLUMNS)
        context = replace(context, unplanned=heard.unplanned, opportunities=heard.opportunities)
    ruler = Ruler(line.line)
    proposals, curves = propose(docked, points, ruler, limits=limits, crs=line.crs)
    links = with_lines(link_table(docked, points, line), proposals, points)
    crossed = constraints_crossed(links, points, inputs.areas)
    texts = constraint_texts(points, crossed, links, given=bool(inputs.areas.inputs))
    points = points.assign(constraints=texts)
    context = replace(context, crossed=crossed, curves=curves)
    findings = run_rules(points, context, only=settings.only)
    points = sum_up(points, findings, names=names, lang=settings.lang)
    points = points.assign(**priorities(points, weights=settings.ranking))
    if heard is not None:
        around = heard.around.lines(worth_drawing(points), points["id"], crs=line.crs)
        links = with_lines(links, around, points)
    entered = None
    if inputs.register is not None:
        held = inputs.register.ledger
        points = decided(points, held, names=names)
        entered = inputs.register.record | ledger_record(points, held, names=names)
    run = run_record(settings, inputs.read, names=names, version=__version__, time=time)
    since: dict[str, Any] | None = None
    history: list[dict[str, Any]] = []
    if followed is not None:
        points, since, history = followed_up(
            points, followed, line, time=run["time"], limits=inputs.limits
        )
    points = located(typed(points, DOCKING_COLUMNS), docked.points, line)
    approaches = approach_table(docked, points, line)
    position = position_findings(reading, names=names, limits=inputs.limits)
    swapped = swapped_finding(line, (inputs.a, inputs.b), names=names)
    noticed = [noted(inputs.read), swapped, position, jump_finding(since), findings]
    findings = pd.concat([table for table in noticed if len(table)] or noticed, ignore_index=True)
    run |= {
        "position": position_record(reading, settings=settings),
        "network": heard.record if heard else None,
        "since": since,
        "ledger": entered,
    }
    summary = summary_of(points, approaches, findings, docked, inputs.a, inputs.b)
    return Result(
        run={"id": run_id(run, line.line.wkb_hex, points["id"].tolist(), summary), **run},
        names=names,
        boundary=line,
        docking_points=points,
        approaches=approaches,
        links=links,
        findings=at_points(findings, points, line),
        roads_a=inputs.a.roads,
        roads_b=inputs.b.roads,
        summary=summary,
        constraints_crossed=crossed,
        background=background_of(
            line,
            (inputs.a, inputs.b),
            areas=inputs.areas,
            network=inputs.network,
            reach_m=inputs.limits["undershoot_major_m"],
        ),
        history=history,
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


def _network(sources: list[Source], line: Boundary, settings: Settings) -> Network:
    from roadalign.network.read import read_network  # noqa: PLC0415  (pyosmium is heavy)

    band_m = 1000 * settings.network.band_km
    return read_network(sources, boundary=line, band_m=band_m, settings=settings.network)
