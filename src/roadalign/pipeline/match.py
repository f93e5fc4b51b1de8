"""Second stage: the ends of both sides are paired to docking points, which get their names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.assessment.registration import best_reading, unshifted
from roadalign.docking import dock
from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.ledger.baseline import in_order, succeed
from roadalign.ledger.identity import new_ids
from roadalign.model.tables import DOCKING_COLUMNS, records, typed
from roadalign.plans.read import read_plan
from roadalign.settings import settings_to_read

if TYPE_CHECKING:
    from roadalign.assessment.registration import Reading
    from roadalign.docking import Docking
    from roadalign.ledger.baseline import Succession
    from roadalign.model.result import Boundary, Plan
    from roadalign.pipeline.read import Inputs, Progress, Sources


@dataclass(frozen=True)
class Matched:
    """Docking points that nobody has judged yet.

    Parameters
    ----------
    inputs
        Everything read; a side that is shifted back as told stands there as moved.
    reading
        How the sides were read for a trial, and what was docked.
    points
        Docking points with ids and places, columns of
        `roadalign.model.tables.DOCKING_COLUMNS`.
    succession
        Which of them the earlier run knew; ``None`` without one.
    """

    inputs: Inputs
    reading: Reading
    points: pd.DataFrame
    succession: Succession | None = None

    @property
    def docked(self) -> Docking:
        """What was found at the boundary."""
        return self.reading.docked


def match_sides(inputs: Inputs, sources: Sources, *, progress: Progress) -> Matched:
    """Pair the roads of the two sides at the boundary.

    Parameters
    ----------
    inputs
        Everything read.
    sources
        Where it came from: a side of which few roads meet the other's is read otherwise for a
        trial.
    progress
        Told ``"trying:b=gcj02"`` and the like.
    """
    inputs, reading = _docked(inputs, sources, progress)
    points = named_points(reading.docked, inputs.line, names=inputs.names)
    if inputs.earlier is None:
        return Matched(inputs, reading, points)
    followed = succeed(
        in_order(inputs.earlier, inputs.names),
        points,
        reading.docked.approaches,
        roads=_road_keys(points, names=inputs.names),
        crs=inputs.line.crs,
        limits=inputs.limits,
    )
    return Matched(inputs, reading, points.assign(id=followed.known["id"]), followed)


def _docked(inputs: Inputs, sources: Sources, progress: Progress) -> tuple[Inputs, Reading]:
    """Dock the sides, reading one of them otherwise for a trial where few of their roads meet."""
    line, limits, settings = inputs.line, inputs.limits, inputs.settings
    docked = dock(inputs.a, inputs.b, line, limits=limits)

    def reread(side: str, reading: str) -> Plan:
        progress(f"trying:{side}={reading}")
        told = settings_to_read(settings, side, reading)
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


def named_points(docked: Docking, line: Boundary, *, names: tuple[str, str]) -> pd.DataFrame:
    """Add id and geographic place to the docking points, with all columns of the schema."""
    points = docked.points
    to_degrees = find_transformer(line.crs, WGS84)
    lon, lat = to_degrees.transform(points["x"].to_numpy(), points["y"].to_numpy())
    points = points.assign(lon=np.round(lon, 7), lat=np.round(lat, 7))
    filled = typed(points, DOCKING_COLUMNS)
    ids = new_ids(
        list(zip(points["lon"], points["lat"], strict=True)), _road_keys(filled, names=names)
    )
    return filled.assign(id=pd.array(ids, dtype="string"), network="unknown", change="new")


def _road_keys(points: pd.DataFrame, *, names: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_road_key(row, "a", names[0]), _road_key(row, "b", names[1])) for row in records(points)
    ]


def _road_key(row: dict[str, Any], side: str, name: str) -> str:
    if pd.isna(row[f"{side}_fid"]):
        return ""
    known = [row[f"{side}_{key}"] for key in ("ref", "name")]
    return "/".join([name, *(str(value) for value in known if pd.notna(value))])
