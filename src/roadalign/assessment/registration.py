"""Whether one side's layers would fit the other's if they were read differently.

Each hypothesis (another datum, another coordinate system, a constant shift) reads one side anew
and docks it again; its score is the number of docking points whose ends then meet. Where reading
a side otherwise makes most points meet that did not meet before, the layers have one fault, and
the docking is that of the other reading, measured where everything was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from pyproj import CRS

from roadalign.docking import dock, moved
from roadalign.docking.vote import voted_shift
from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84, systems_here, transformed
from roadalign.georeferencing.gcj02 import BOX_DEG, DATUMS
from roadalign.georeferencing.georeference import Georeference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from roadalign.docking import Docking
    from roadalign.model.result import Boundary, Plan
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Reread = Callable[[str, str], Plan]

Value = TypeVar("Value")

SHIFT = "shift"
SUSPICIOUS_SHARE = 0.5
"""Sides of which fewer docking points meet than this are read otherwise for a trial."""

ACCEPTED_SHARE, FEWEST, TIMES_BETTER = 0.6, 4, 2.0
KNOWN_FEWEST = 3
"""A known distortion of several hundred metres is not hit upon by chance: fewer points do."""

APART_M = 1.0
"""Systems that differ by less than this are not told apart."""

FURTHEST_M = 3_000.0
"""A reading that moves a side further than this is no small mistake: it would lie elsewhere."""

PROBLEM_CHARACTERS = 200
"""What is told of an error in a trial at most."""


@dataclass(frozen=True)
class Trial:
    """One way of reading the sides, and how well they then meet.

    Parameters
    ----------
    side
        ``"a"`` or ``"b"``: the side read otherwise; empty for the layers as they are.
    reading
        What it was read as, as ``--assume-crs`` takes it, or ``"shift"``.
    points, agreeing
        Docking points, and those whose ends meet.
    displacement_m
        How far the other reading moves the side, at the boundary.
    """

    side: str
    reading: str
    points: int
    agreeing: int
    displacement_m: float = 0.0


@dataclass(frozen=True)
class Untried:
    """A way of reading a side that could not be tried, for an error nobody foresaw.

    Parameters
    ----------
    side, reading
        As in `Trial`; the reading is empty where the other systems could not be looked up.
    problem
        The error, as its kind and message.
    """

    side: str
    reading: str
    problem: str


@dataclass(frozen=True)
class Reading:
    """What came of reading the sides in several ways.

    Parameters
    ----------
    docked
        The docking of the accepted reading.
    accepted
        That reading, ``None`` where the layers fit as they are or no other way is better.
    trials
        All ways tried, the layers as they are first.
    vector
        East and north of B against A where a constant shift was voted for.
    applied
        East and north by which A and B were moved because the settings say so.
    untried
        Ways that could not be tried.
    """

    docked: Docking
    accepted: Trial | None
    trials: tuple[Trial, ...]
    vector: tuple[float, float] = (0.0, 0.0)
    applied: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))
    untried: tuple[Untried, ...] = ()


class _Attempts:
    """Steps of trials; one that fails ends its trial and is noted, the run goes on."""

    def __init__(self) -> None:
        self.failed: list[Untried] = []

    def __call__(self, side: str, reading: str, step: Callable[[], Value]) -> Value | None:
        """Return what a step of a trial gives, ``None`` where it fails."""
        try:
            return step()
        except InputError:  # that reading is impossible: it is no explanation
            return None
        except Exception as problem:  # noqa: BLE001  (whatever it is, the layers as they are stand)
            said = f"{type(problem).__name__}: {problem}"[:PROBLEM_CHARACTERS]
            self.failed.append(Untried(side, reading, said))
            return None


@dataclass(frozen=True)
class _Hypothesis:
    side: str
    reading: str
    plan: Plan
    drawn: Callable[[Floats], Floats]

    def pair(self, plans: tuple[Plan, Plan]) -> tuple[Plan, Plan]:
        """Return both plans, one of them read otherwise."""
        return (self.plan, plans[1]) if self.side == "a" else (plans[0], self.plan)


def best_reading(
    docked: Docking,
    plans: tuple[Plan, Plan],
    line: Boundary,
    *,
    reread: Reread,
    limits: Limits,
) -> Reading:
    """Read the sides in other ways where few of their roads meet.

    Parameters
    ----------
    docked
        The docking of the layers as they are.
    plans
        The two plans as they are.
    line
        The common line.
    reread
        Reads one side (``"a"`` or ``"b"``) as if its layers were in another system.
    limits
        The limits in force; ends meet within ``gap_mismatch_m``, ``offset_notice_m`` and
        ``deflection_mismatch_deg``.
    """
    points, agreeing = _score(docked, limits.widened(docked.shift_m))
    trials = [Trial("", "", points, agreeing)]
    few = min(len(plan.roads) for plan in plans) < KNOWN_FEWEST
    if few or (points and agreeing >= SUSPICIOUS_SHARE * points):
        return Reading(docked, None, tuple(trials))
    attempt = _Attempts()
    middle = _middle(line)
    better: list[tuple[Trial, _Hypothesis]] = []
    for one in _hypotheses(plans, line, reread=reread, limits=limits, attempt=attempt):
        trial = attempt(
            one.side, one.reading, partial(_tried, one, plans, line, middle=middle, limits=limits)
        )
        if trial is not None:
            trials.append(trial)
            if _better(trial, trials[0]):
                better.append((trial, one))
    for trial, one in sorted(better, key=lambda found: -found[0].agreeing):
        drawn = (one.drawn, None) if one.side == "a" else (None, one.drawn)
        again = attempt(
            one.side,
            one.reading,
            partial(dock, *one.pair(plans), line, limits=limits, drawn=drawn),
        )
        if again is not None:
            east_m, north_m = (one.drawn(middle) - middle)[0].tolist()
            vector = (east_m, north_m) if one.reading == SHIFT else (0.0, 0.0)
            return Reading(again, trial, tuple(trials), vector, untried=tuple(attempt.failed))
    return Reading(docked, None, tuple(trials), untried=tuple(attempt.failed))


def _tried(
    one: _Hypothesis,
    plans: tuple[Plan, Plan],
    line: Boundary,
    *,
    middle: Floats,
    limits: Limits,
) -> Trial:
    points, agreeing = _score(dock(*one.pair(plans), line, limits=limits), limits)
    away_m = float(np.hypot(*(one.drawn(middle) - middle)[0]))
    return Trial(one.side, one.reading, points, agreeing, round(away_m, 1))


def unshifted(
    plan_a: Plan, plan_b: Plan, reading: Reading, *, how: str
) -> tuple[Plan, Plan, tuple[tuple[float, float], tuple[float, float]]]:
    """Return the plans without the constant shift that was found, and how each was moved.

    Parameters
    ----------
    plan_a, plan_b
        The two plans.
    reading
        What came of reading them.
    how
        ``"auto"``: the one that fits the boundary better without it, both by half where that does
        not tell; ``"a"`` or ``"b"``: that one alone.
    """
    found = reading.docked.shift
    shift = np.array(reading.vector)
    if found is not None and found.certain:
        shift = shift + found.vector
    if how == "auto" and found is not None and found.certain:
        how = found.likely or how
    share = {"auto": 0.5, "a": 1.0, "b": 0.0}[how]
    move_a, move_b = share * shift, (share - 1.0) * shift
    applied = (
        (float(move_a[0]), float(move_a[1])),
        (float(move_b[0]), float(move_b[1])),
    )
    return moved(plan_a, move_a), moved(plan_b, move_b), applied


def _middle(line: Boundary) -> Floats:
    return np.asarray(line.line.interpolate(0.5, normalized=True).coords, dtype=float)


def _better(trial: Trial, plain: Trial) -> bool:
    fewest = KNOWN_FEWEST if trial.reading in DATUMS else FEWEST
    return (
        trial.agreeing >= fewest
        and trial.agreeing >= ACCEPTED_SHARE * trial.points
        and trial.agreeing > TIMES_BETTER * plain.agreeing
    )


def _score(docked: Docking, limits: Limits) -> tuple[int, int]:
    """Return the number of docking points, and of those whose ends meet.

    A reading that needs a shift on top explains nothing: its limits are not widened by it.
    """
    points = docked.points
    if len(points) == 0 or "gap_m" not in points:
        return len(points), 0
    gap, offset, turn = (
        points[name].abs().to_numpy(dtype=float, na_value=np.inf)
        for name in ("gap_m", "offset_m", "deflection_deg")
    )
    meet = (gap <= limits["gap_mismatch_m"]) & (offset <= limits["offset_notice_m"])
    return len(points), int((meet & (turn <= limits["deflection_mismatch_deg"])).sum())


def _hypotheses(
    plans: tuple[Plan, Plan],
    line: Boundary,
    *,
    reread: Reread,
    limits: Limits,
    attempt: _Attempts,
) -> Iterator[_Hypothesis]:
    lon, lat = transformed(line.line.centroid, line.crs, WGS84).coords[0]
    west, south, east, north = BOX_DEG
    chinese = west <= lon <= east and south <= lat <= north
    for side, plan in zip("ab", plans, strict=True):
        drawn: dict[str, Callable[[Floats], Floats]] = {}
        for datum in DATUMS if chinese else ():
            drawn[datum] = _numbers_of(Georeference(line.crs, datum), line.crs)
        systems = attempt(side, "", partial(_systems, plan, line, near=(lon, lat)))
        for placement, other in systems or ():
            drawn[f"EPSG:{other.crs.to_epsg()}"] = _displacement_between(placement, other, line.crs)
        for reading, place in drawn.items():
            read = attempt(side, reading, partial(reread, side, reading))
            if read is not None and len(read.roads):
                yield _Hypothesis(side, reading, read, place)
    vector = attempt(
        "b", SHIFT, lambda: voted_shift(plans[0].roads, plans[1].roads, line.line, limits=limits)
    )
    if vector is not None:
        yield _Hypothesis("b", SHIFT, moved(plans[1], -vector), lambda xy: xy + vector)


def _numbers_of(placement: Georeference, crs: CRS) -> Callable[[Floats], Floats]:
    return lambda xy: placement.numbers(xy, crs)


def _displacement_between(
    stated: Georeference, other: Georeference, crs: CRS
) -> Callable[[Floats], Floats]:
    """Return what gives the place that numbers of `other` have when read as `stated`."""
    return lambda xy: stated.places(other.numbers(xy, crs), crs)


def _systems(
    plan: Plan, line: Boundary, *, near: tuple[float, float]
) -> list[tuple[Georeference, Georeference]]:
    """Return the stated system with others in which the same numbers lie at the boundary too."""
    names = {record.crs for record in plan.inputs}
    code = next(iter(names)).removeprefix("EPSG:") if len(names) == 1 else ""
    if not code.isdigit() or plan.numbers is None:
        return []
    stated = Georeference(CRS.from_epsg(int(code)))
    if stated.crs.is_geographic:
        return []
    middle = _middle(line)
    seen = [middle]
    found = []
    for likely in systems_here(plan.numbers, near):
        other = replace(stated, crs=CRS.from_epsg(likely))
        place = other.places(stated.numbers(middle, line.crs), line.crs)
        apart_m = min(float(np.hypot(*(place - known)[0])) for known in seen)
        if apart_m > APART_M and float(np.hypot(*(place - middle)[0])) <= FURTHEST_M:
            seen.append(place)
            found.append((stated, other))
    return found
