"""One check from inputs to result: read, match, assess, judge, follow, build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from roadalign.formats.input_records import refuse_changed
from roadalign.pipeline.assess import assess_points
from roadalign.pipeline.build import build_result, run_time
from roadalign.pipeline.follow import follow_up
from roadalign.pipeline.judge import judge_points
from roadalign.pipeline.match import match_sides
from roadalign.pipeline.read import Sources, read_inputs
from roadalign.plans.constraints import ConstraintSource
from roadalign.settings import Settings
from roadalign.settings.comparison import parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    from roadalign.model.result import Result

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
        their column ``decision``; findings and verdicts stay as they are: a decision alone
        resolves nothing. Default: that of the settings.
    since
        An earlier run: its ``report.json``, its output folder, or what it returned. Docking points
        that it knew keep their ids, and ``change`` and ``first_seen`` say what became of them.
    progress
        Called with the name of each step as it begins: ``"boundary"``, ``"plan_a"``,
        ``"plan_b"``, ``"network"``, ``"docking"``, ``"rules"``; ``"trying:b=gcj02"`` where a
        side is read otherwise because few of its roads meet the other's.
    time
        Time of the run as it is recorded, e.g. ``"2026-03-01T08:00:00Z"``: one for many runs
        that belong together. Default: that of `roadalign.pipeline.build.run_time`.

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
    tell = progress or (lambda _: None)
    if constraints is None:
        constraints = [ConstraintSource(c.file, c.kind, c.crs) for c in settings.constraint]
    ledger = settings.ledger if ledger is None else ledger
    sources = Sources(
        a=_listed(plan_a),
        b=_listed(plan_b),
        boundary=boundary,
        network=[] if network is None else _listed(network),
        constraints=list(constraints),
        weights=settings.weights.file if weights is None else weights,
        ledger=None if ledger is None else Path(ledger),
        since=since,
    )
    time = time or run_time()
    as_of = parse_day(settings.as_of) or dt.date.fromisoformat(time[:10])
    inputs = read_inputs(sources, settings, as_of=as_of, progress=tell)
    tell("docking")
    matched = match_sides(inputs, sources, progress=tell)
    refuse_changed(sources.everything, list(inputs.stamps))
    tell("rules")
    judged = judge_points(assess_points(matched))
    return build_result(follow_up(judged, time=time))


def _listed(plan: Source | Sequence[Source]) -> list[Source]:
    if isinstance(plan, list | tuple):
        return list(plan)
    return [plan]
