"""Proposals: the curve that would join two roads which do not fit, and what it asks of each side.

Both sides are treated alike: the same length of road is redrawn on both, unless one has no more
to give. Nothing of this enters a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.assessment.alignment import Terrain, design_speeds_kmh, required_design
from roadalign.assessment.curve import Curve, CurveDesign, join
from roadalign.model.tables import LINK_COLUMNS, empty, records, typed
from roadalign.model.words import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking import Docking
    from roadalign.docking.ruler import Ruler
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

STEP_M = 1.0
HALVINGS = 12
LOOK_M = 10.0
"""The direction of a road at a place behind its end is that of the last metres before it."""

SAMPLE_M = 0.25
ENDLESS_M = 5000.0


@dataclass(frozen=True)
class Road:
    """One side's road at its end.

    Parameters
    ----------
    place, heading
        The end and the unit heading out of its side, shape ``(2,)``.
    tail
        The road from its end inland.
    """

    place: Floats
    heading: Floats
    tail: shapely.LineString

    def room_m(self, limit_m: float) -> float:
        """Return how much of the road may be redrawn."""
        return float(np.clip(self.tail.length - LOOK_M, 0.0, limit_m))

    def cut(self, back_m: float) -> tuple[Floats, Floats]:
        """Return place and outward heading some metres behind the end."""
        if back_m <= 0:
            return self.place, self.heading
        at, behind = shapely.get_coordinates(
            shapely.line_interpolate_point(self.tail, [back_m, back_m + LOOK_M])
        )
        return at, (at - behind) / np.hypot(*(at - behind))


@dataclass(frozen=True)
class Fit:
    """A curve and how much of each side's road it replaces."""

    curve: Curve
    a_cut_m: float
    b_cut_m: float


def fitted(a: Road, b: Road, *, design: CurveDesign, room_m: float) -> Fit | None:
    """Return the curve that redraws least, the same length on both sides.

    Parameters
    ----------
    a, b
        The two roads.
    design
        What each curve has to satisfy.
    room_m
        How much of its road each side may be asked to redraw; a shorter road gives less.
    """
    rooms = a.room_m(room_m), b.room_m(room_m)
    most = max(rooms)
    none_m = None
    for back_m in np.append(np.arange(0.0, most, STEP_M), most):
        found = _joined(a, b, rooms, float(back_m), design=design)
        if found is None:
            none_m = float(back_m)
            continue
        if none_m is None:
            return found
        for _ in range(HALVINGS):
            middle = (none_m + max(found.a_cut_m, found.b_cut_m)) / 2
            nearer = _joined(a, b, rooms, middle, design=design)
            none_m, found = (none_m, nearer) if nearer else (middle, found)
        return found
    return None


def needed_m(a: Road, b: Road, *, design: CurveDesign) -> float | None:
    """Return how much of each road a curve would take if both went straight on inland.

    Parameters
    ----------
    a, b
        The two roads; only end and heading count.
    design
        What each curve has to satisfy.

    Returns
    -------
    float or None
        Metres of each road, from its end; ``None`` where `ENDLESS_M` are not enough.
    """

    def fits(back_m: float) -> bool:
        start, end = (one.place - back_m * one.heading for one in (a, b))
        return join(start, a.heading, end, -b.heading, design=design) is not None

    if not fits(ENDLESS_M):
        return None
    short, long = 0.0, ENDLESS_M
    for _ in range(2 * HALVINGS):
        middle = (short + long) / 2
        short, long = (short, middle) if fits(middle) else (middle, long)
    return long


def largest_radius_m(a: Road, b: Road, *, most_m: float, room_m: float) -> float:
    """Return the largest radius of arcs without transitions that fit in the room there is.

    Parameters
    ----------
    a, b
        The two roads.
    most_m
        Larger ones are not looked for.
    room_m
        As in `fitted`.

    Returns
    -------
    float
        Metres, 0 where no arc fits.
    """
    if fitted(a, b, design=CurveDesign(most_m), room_m=room_m) is not None:
        return most_m
    fits, fails = 0.0, most_m
    for _ in range(HALVINGS):
        middle = (fits + fails) / 2
        if fitted(a, b, design=CurveDesign(middle), room_m=room_m) is None:
            fails = middle
        else:
            fits = middle
    return fits if fits > 1 else 0.0


def propose(
    docked: Docking, points: pd.DataFrame, ruler: Ruler, *, limits: Limits, crs: Any
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Find a curve for each pair that does not fit.

    Parameters
    ----------
    docked
        The ends at the boundary.
    points
        The docking points, rows as in ``docked.points``.
    ruler
        The boundary.
    limits
        The limits in force; a gap, offset or deflection above its notice does not fit, that of the
        deflection widened by its error.
    crs
        The working system.

    Returns
    -------
    proposals, curves
        Rows for `roadalign.model.tables.LINK_COLUMNS`; and per pair that does not fit
        ``docking_point``; ``fits``: ``"higher"`` (what is usual at the higher design speed),
        ``"constrained"`` (what is admitted there where room lacks), ``"lower"`` (what is usual at
        the lower design speed) or ``"none"``; ``speed_kmh``, ``radius_m``, ``transition_m``,
        ``least_m`` (required at the higher speed), ``used_kmh``, ``used_m`` (speed and radius of
        what fits), ``needed_m`` (how much of each road the required curve would take),
        ``largest_m`` (radius of arcs alone), ``a_room_m``, ``b_room_m``.
    """
    room_m = limits["proposal_room_m"]
    proposals, curves, lines = [], [], []
    chosen = np.flatnonzero(_unfit(points, limits=limits))
    rows = records(pd.DataFrame(points))
    for number in chosen.tolist():
        point = rows[number]
        a, b = (_road(docked, number, side) for side in "ab")
        stages = _stages(point, limits=limits)
        speed, need = stages[0][1:]
        fits, used_kmh, fit = "none", speed, None
        for name, kmh, design in stages:
            fit = fitted(a, b, design=design, room_m=room_m)
            if fit is not None:
                fits, used_kmh = name, kmh
                break
        curves.append(
            {
                "docking_point": point["id"],
                "fits": fits,
                "speed_kmh": speed,
                "radius_m": need.radius_m,
                "transition_m": need.transition_m,
                "least_m": need.least_m,
                "used_kmh": used_kmh,
                "used_m": fit.curve.radius_m if fit else None,
                "needed_m": None if fits == "higher" else needed_m(a, b, design=need),
                "largest_m": need.radius_m
                if fit
                else largest_radius_m(a, b, most_m=need.radius_m, room_m=room_m),
                "a_room_m": a.room_m(room_m),
                "b_room_m": b.room_m(room_m),
            }
        )
        if fit is not None:
            line = shapely.LineString(fit.curve.coordinates())
            radius_m = fit.curve.radius_m
            lines.append(line)
            proposals.append(
                {
                    "docking_point": point["id"],
                    "kind": "proposal",
                    "length_m": fit.curve.length_m,
                    "radius_m": pd.NA if radius_m is None else radius_m,
                    "speed_kmh": used_kmh,
                    "a_cut_m": fit.a_cut_m,
                    "b_cut_m": fit.b_cut_m,
                    "a_shift_m": float(line.distance(shapely.Point(a.place))),
                    "b_shift_m": float(line.distance(shapely.Point(b.place))),
                }
                | _by_side(line, a, b, ruler)
            )
    if not lines:
        return empty(LINK_COLUMNS, crs=crs), pd.DataFrame(curves)
    found = typed(pd.DataFrame(proposals), LINK_COLUMNS)
    return gpd.GeoDataFrame(found, geometry=lines, crs=crs), pd.DataFrame(curves)


def _stages(point: dict[str, Any], *, limits: Limits) -> list[tuple[str, float, CurveDesign]]:
    """Return what is tried one after the other: its name, speed and design.

    Where offset and turn are within their notice limits, drawing accuracy, no transition and no
    least length is asked for: the arcs only carry the line smoothly over the gap.
    """
    high, low = design_speeds_kmh(point)
    tries: list[tuple[str, float, Terrain]] = [
        ("higher", high, "ordinary"),
        ("constrained", high, "constrained"),
    ]
    if low < high:
        tries.append(("lower", low, "ordinary"))
    level = abs(point["offset_m"]) <= limits["offset_notice_m"] and point[
        "deflection_deg"
    ] <= limits["deflection_notice_deg"] + _error_deg(point)
    designs = [
        (name, speed, required_design(point, speed_kmh=speed, terrain=terrain))
        for name, speed, terrain in tries
    ]
    if level:
        return [(name, speed, CurveDesign(one.radius_m)) for name, speed, one in designs]
    return designs


def _error_deg(point: dict[str, Any]) -> float:
    error = point["deflection_error_deg"]
    return 0.0 if pd.isna(error) else float(error)


def _joined(
    a: Road, b: Road, rooms: tuple[float, float], back_m: float, *, design: CurveDesign
) -> Fit | None:
    a_cut, b_cut = min(back_m, rooms[0]), min(back_m, rooms[1])
    (start, heading), (end, out) = a.cut(a_cut), b.cut(b_cut)
    curve = join(start, heading, end, -out, design=design)
    return None if curve is None else Fit(curve, a_cut, b_cut)


def _unfit(points: pd.DataFrame, *, limits: Limits) -> NDArray[np.bool_]:
    """Return which pairs do not fit; a turn no sharper than the road's own bend is none."""
    turn = points["deflection_deg"]
    most_deg = limits["deflection_notice_deg"] + points["deflection_error_deg"].fillna(0.0)
    bends = (points["bend_deg"] >= turn).astype("boolean").fillna(value=False)
    apart = (
        (points["gap_m"].abs() > limits["gap_notice_m"])
        | (points["offset_m"].abs() > limits["offset_notice_m"])
        | ((turn > most_deg) & ~bends)
    )
    known = apart.astype("boolean").fillna(value=False) & (points["verdict"] != Verdict.MISSING)
    return known.to_numpy(dtype=bool)


def _road(docked: Docking, number: int, side: str) -> Road:
    own = docked.approaches
    row = own[(own["point"] == number) & (own["side"] == side)].iloc[0]
    place = row[["x", "y"]].to_numpy(dtype=float)
    return Road(place, row[["ux", "uy"]].to_numpy(dtype=float), row["tail"])


def _by_side(line: shapely.LineString, a: Road, b: Road, ruler: Ruler) -> dict[str, float]:
    """Return the length of a line on either side of the boundary."""
    way = np.sign(_balance(a.tail, ruler) - _balance(b.tail, ruler)) or 1.0
    share = float(np.clip((1 + way * _balance(line, ruler)) / 2, 0, 1))
    return {"a_length_m": share * line.length, "b_length_m": (1 - share) * line.length}


def _balance(line: shapely.LineString, ruler: Ruler) -> float:
    """Return the share of a line left of the boundary less the share right of it."""
    count = min(max(int(line.length / SAMPLE_M), 1), 4000)
    at = (np.arange(count) + 0.5) / count
    places = shapely.get_coordinates(shapely.line_interpolate_point(line, at, normalized=True))
    return float(np.sign(ruler.read(places).distance_m).mean())
