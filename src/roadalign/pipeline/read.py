"""First stage: everything a check needs is read, and refused where it cannot be.

What lies far from the boundary is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd

from roadalign.boundary.read import read_boundary
from roadalign.docking.parts import turn_parts
from roadalign.errors import InputError
from roadalign.formats.input_records import fingerprint, stamps
from roadalign.ledger.baseline import refuse_elsewhere
from roadalign.ledger.events import refuse_other
from roadalign.ledger.store import read_ledger
from roadalign.model.result import Result
from roadalign.outputs.report_json import record_of
from roadalign.plans.constraints import ConstraintSource, read_constraints
from roadalign.plans.duplicate_input import same_side_twice
from roadalign.plans.read import read_plan
from roadalign.plans.weights import read_weights

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from roadalign.formats.input_records import Stamp
    from roadalign.ledger.events import Ledger
    from roadalign.ledger.identity_features import Record
    from roadalign.model.result import Boundary, Constraints, Network, Plan, Weights
    from roadalign.settings import Settings
    from roadalign.settings.limits import Limits

    Source: TypeAlias = str | Path | gpd.GeoDataFrame
    Progress: TypeAlias = Callable[[str], None]


@dataclass(frozen=True)
class Sources:
    """Where everything comes from.

    Parameters
    ----------
    a, b, boundary, network, constraints, weights
        As given to `roadalign.pipeline.check.check`, each a list where there may be several.
    ledger
        File of what was decided.
    since
        The earlier run.
    """

    a: list[Source]
    b: list[Source]
    boundary: Source
    network: list[Source]
    constraints: list[ConstraintSource]
    weights: Source | None = None
    ledger: Path | None = None
    since: str | Path | Result | None = None

    @property
    def everything(self) -> list[Any]:
        """All that roads, lines, areas and points are read from."""
        areas = [one.source for one in self.constraints]
        more = [] if self.weights is None else [self.weights]
        return [self.boundary, *self.a, *self.b, *self.network, *areas, *more]


@dataclass(frozen=True)
class Inputs:
    """Everything read.

    Parameters
    ----------
    line
        The common line.
    a, b
        The two plans.
    network, weights, earlier, ledger
        What was given beside them; ``None`` where it was not.
    areas
        Areas that a road may have to cross.
    settings, limits
        In force.
    as_of
        Day from which years count.
    ledger_file
        What the file of the ledger is called, without its folders.
    stamps
        State of the files before they were read, see `roadalign.formats.input_records.stamps`.
    """

    line: Boundary
    a: Plan
    b: Plan
    network: Network | None
    areas: Constraints
    weights: Weights | None
    settings: Settings
    limits: Limits
    as_of: dt.date
    earlier: Record | None = None
    ledger: Ledger | None = None
    ledger_file: str = ""
    stamps: tuple[Stamp, ...] = ()

    @property
    def read(self) -> tuple[Any, ...]:
        """What has input records and notes, the boundary first."""
        others = (self.network, self.areas, self.weights)
        return self.line, self.a, self.b, *(one for one in others if one is not None)

    @property
    def names(self) -> tuple[str, str]:
        """Names of the two sides."""
        return self.a.name, self.b.name


def read_inputs(
    sources: Sources, settings: Settings, *, as_of: dt.date, progress: Progress
) -> Inputs:
    """Read everything.

    Parameters
    ----------
    sources
        Where it comes from.
    settings
        In force.
    as_of
        Day from which years count.
    progress
        Told ``"boundary"``, ``"plan_a"``, ``"plan_b"`` and ``"network"``.

    Raises
    ------
    InputError
        Where a source is wrong, one is given for both sides, weights come without a network, or
        the ledger or the earlier run is that of another boundary.
    """
    if sources.weights is not None and not sources.network:
        raise InputError("weights_need_network", where=_called(sources.weights))
    _refuse_same(sources.a, sources.b)
    held = None if sources.ledger is None else read_ledger(sources.ledger)
    earlier = None if sources.since is None else record_of(sources.since)
    before = stamps(sources.everything)
    inputs = replace(
        _read(sources, settings, as_of, progress),
        earlier=earlier,
        ledger=held,
        ledger_file="" if sources.ledger is None else sources.ledger.name,
        stamps=tuple(before),
    )
    line = inputs.line
    if held is not None:
        refuse_other(held.header, boundary=line.name, names=inputs.names, where=sources.ledger)
    if earlier is not None:
        given = sources.since
        where = earlier["boundary"]["name"] if isinstance(given, Result) else given
        refuse_elsewhere(earlier, line.line, line.crs, where=where, limits=inputs.limits)
    return inputs


def _read(sources: Sources, settings: Settings, as_of: dt.date, step: Progress) -> Inputs:
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
    line = turn_parts(line, side_a, side_b, reach_m=limits["undershoot_major_m"])
    areas = read_constraints(sources.constraints, boundary=line, band_m=limits["read_band_m"])
    return Inputs(line, side_a, side_b, roads, areas, people, settings, limits, as_of)


def _refuse_same(sources_a: list[Source], sources_b: list[Source]) -> None:
    for one in sources_a:
        for two in sources_b:
            if isinstance(one, gpd.GeoDataFrame) or isinstance(two, gpd.GeoDataFrame):
                same = one is two
            else:
                same = str(one) == str(two) or _alike(one, two)
            if same:
                raise InputError("same_plan", where=_called(one))


def _alike(one: str | Path, two: str | Path) -> bool:
    """Return whether two sources hold the same bytes; layers of one file are different."""
    layers = [str(source).rpartition(":")[2] for source in (one, two)]
    return layers[0] == layers[1] and fingerprint(one) == fingerprint(two)


def _network(sources: list[Source], line: Boundary, settings: Settings) -> Network:
    from roadalign.network.read import read_network  # noqa: PLC0415  (pyosmium is heavy)

    band_m = 1000 * settings.network.band_km
    return read_network(sources, boundary=line, band_m=band_m, settings=settings.network)


def _called(source: Source) -> str | Path:
    return "GeoDataFrame" if isinstance(source, gpd.GeoDataFrame) else source
