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

from roadalign.assessment.curve import Curve, join
from roadalign.model.tables import LINK_COLUMNS, empty, records, typed
from roadalign.model.words import Verdict
from roadalign.standards import table

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
UNKNOWN_RANK = 3


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


def fitted(a: Road, b: Road, *, radius_m: float, room_m: float) -> Fit | None:
    """Return the curve that redraws least, the same length on both sides.

    Parameters
    ----------
    a, b
        The two roads.
    radius_m
        Radius of the arcs.
    room_m
        How much of its road each side may be asked to redraw; a shorter road gives less.
    """
    rooms = a.room_m(room_m), b.room_m(room_m)
    most = max(rooms)
    none_m = None
    for back_m in np.append(np.arange(0.0, most, STEP_M), most):
        found = _joined(a, b, rooms, float(back_m), radius_m=radius_m)
        if found is None:
            none_m = float(back_m)
            continue
        if none_m is None:
            return found
        for _ in range(HALVINGS):
            middle = (none_m + max(found.a_cut_m, found.b_cut_m)) / 2
            nearer = _joined(a, b, rooms, middle, radius_m=radius_m)
            none_m, found = (none_m, nearer) if nearer else (middle, found)
        return found
    return None


def largest_radius_m(a: Road, b: Road, *, below_m: float, room_m: float) -> float:
    """Return the largest radius that fits in the room there is, 0 where none does.

    Parameters
    ----------
    a, b
        The two roads.
    below_m
        A radius that does not fit.
    room_m
        As in `fitted`.
    """
    fits, fails = 0.0, below_m
    for _ in range(HALVINGS):
        middle = (fits + fails) / 2
        if fitted(a, b, radius_m=middle, room_m=room_m) is None:
            fails = middle
        else:
            fits = middle
    return fits if fits > 1 else 0.0


def required_radius_m(point: dict[str, Any], *, speed_kmh: float) -> float:
    """Return the general minimum radius: of the two sides' systems, the larger.

    Parameters
    ----------
    point
        A row of the docking points.
    speed_kmh
        Design speed; the next higher one of ``curves.toml`` decides.
    """
    known = table("curves")
    row = next((r for r in known["radius"] if r["speed_kmh"] >= speed_kmh), known["radius"][-1])
    texts = [point[f"{side}_class_text"] for side in "ab"]
    systems = {_system(str(one).lower()) for one in texts if pd.notna(one)}
    return float(max(row[f"{one}_general_m"] for one in systems or {"highway", "urban"}))


def design_speeds_kmh(point: dict[str, Any]) -> tuple[float, float]:
    """Return the higher and the lower design speed; what neither side states follows from rank."""
    stated = [point[f"{side}_design_speed_kmh"] for side in "ab"]
    speeds = [float(one) for one in stated if pd.notna(one)]
    if not speeds:
        ranks = [point[f"{side}_road_class"] for side in "ab"]
        rank = max((int(one) for one in ranks if pd.notna(one)), default=UNKNOWN_RANK)
        speeds = [float(table("curves")["rank"][str(rank)]["speed_kmh"])]
    return max(speeds), min(speeds)


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
        The limits in force; a gap, offset or deflection above its notice does not fit.
    crs
        The working system.

    Returns
    -------
    proposals, curves
        Rows for `roadalign.model.tables.LINK_COLUMNS`; and per pair that does not fit
        ``docking_point``, ``fits`` (``"higher"`` or ``"lower"`` design speed, ``"none"``),
        ``speed_kmh``, ``radius_m`` (required), ``low_kmh``, ``low_radius_m``, ``largest_m``,
        ``a_room_m``, ``b_room_m``.
    """
    room_m = limits["proposal_room_m"]
    proposals, curves, lines = [], [], []
    chosen = np.flatnonzero(_unfit(points, limits=limits))
    rows = records(pd.DataFrame(points))
    for number in chosen.tolist():
        point = rows[number]
        a, b = (_road(docked, number, side) for side in "ab")
        high, low = design_speeds_kmh(point)
        need_m, low_m = (required_radius_m(point, speed_kmh=one) for one in (high, low))
        fit = fitted(a, b, radius_m=need_m, room_m=room_m)
        fits, used_m, speed = "higher", need_m, high
        if fit is None:
            fits, used_m, speed = "lower", low_m, low
            fit = fitted(a, b, radius_m=low_m, room_m=room_m) if low_m < need_m else None
        curves.append(
            {
                "docking_point": point["id"],
                "fits": fits if fit else "none",
                "speed_kmh": high,
                "radius_m": need_m,
                "low_kmh": low,
                "low_radius_m": low_m,
                "largest_m": need_m
                if fit and fits == "higher"
                else largest_radius_m(a, b, below_m=need_m, room_m=room_m),
                "a_room_m": a.room_m(room_m),
                "b_room_m": b.room_m(room_m),
            }
        )
        if fit is not None:
            line = shapely.LineString(fit.curve.coordinates())
            bent = any(turn for _, turn in fit.curve.pieces)
            lines.append(line)
            proposals.append(
                {
                    "docking_point": point["id"],
                    "kind": "proposal",
                    "length_m": fit.curve.length_m,
                    "radius_m": used_m if bent else pd.NA,
                    "speed_kmh": speed,
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


def _joined(
    a: Road, b: Road, rooms: tuple[float, float], back_m: float, *, radius_m: float
) -> Fit | None:
    a_cut, b_cut = min(back_m, rooms[0]), min(back_m, rooms[1])
    (start, heading), (end, out) = a.cut(a_cut), b.cut(b_cut)
    curve = join(start, heading, end, -out, radius_m=radius_m)
    return None if curve is None else Fit(curve, a_cut, b_cut)


def _unfit(points: pd.DataFrame, *, limits: Limits) -> NDArray[np.bool_]:
    """Return which pairs do not fit; a turn no sharper than the road's own bend is none."""
    turn = points["deflection_deg"]
    bends = (points["bend_deg"] >= turn).astype("boolean").fillna(value=False)
    apart = (
        (points["gap_m"].abs() > limits["gap_notice_m"])
        | (points["offset_m"].abs() > limits["offset_notice_m"])
        | ((turn > limits["deflection_notice_deg"]) & ~bends)
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


def _system(text: str) -> str:
    words = table("curves")["system"]["urban"]
    return "urban" if any(word in text for word in words) else "highway"
