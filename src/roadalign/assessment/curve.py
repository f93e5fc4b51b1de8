"""A curve from one heading to another: straight, one arc, or two opposite arcs.

All of it is plane geometry with a place, a unit direction of travel and a radius. Angles are
positive to the left, against the clock. Reversing the way from B to A gives the same curve.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STRAIGHT_RAD = 1e-5
BESIDE_M = 1e-3
"""Directions and places nearer than this count as one (drawing accuracy is far coarser)."""

SHARPEST_RAD = math.pi / 2
"""One arc turns by no more than this; what needs more is a loop."""

STEP_RAD = math.radians(1.0)


@dataclass(frozen=True)
class Curve:
    """A chain of straights and arcs without a kink.

    Parameters
    ----------
    start, heading
        Where it begins, and the unit direction there, shape ``(2,)``.
    pieces
        Length in metres and angle turned in radians (0: straight) of each piece.
    """

    start: Floats
    heading: Floats
    pieces: tuple[tuple[float, float], ...]

    @property
    def length_m(self) -> float:
        """Length along the curve."""
        return float(sum(length for length, _ in self.pieces))

    def at(self, along_m: Floats) -> Floats:
        """Return the places at some distances along the curve, shape ``(n, 2)``."""
        found = np.empty((len(along_m), 2))
        place, bearing, done = self.start, math.atan2(self.heading[1], self.heading[0]), 0.0
        for length, turn in self.pieces:
            here = along_m >= done - 1e-9  # later pieces overwrite
            found[here] = _moved(place, bearing, along_m[here] - done, length, turn)
            place = _moved(place, bearing, np.array([length]), length, turn)[0]
            bearing, done = bearing + turn, done + length
        return found

    def coordinates(self) -> Floats:
        """Return the curve as vertices: its tangents, at most one degree apart on arcs.

        The first and the last step have exactly the directions at the two ends.
        """
        points = [self.start]
        place, bearing = self.start, math.atan2(self.heading[1], self.heading[0])
        for length, turn in self.pieces:
            steps = max(1, math.ceil(abs(turn) / STEP_RAD)) if turn else 0
            if steps:
                radius, step = length / abs(turn), turn / steps
                reach = radius * math.tan(abs(step) / 2)
                for k in range(steps):
                    before = bearing + k * step
                    arrived = length * k / steps
                    foot = _moved(place, bearing, np.array([arrived]), length, turn)[0]
                    points.append(foot + reach * np.array([math.cos(before), math.sin(before)]))
            place = _moved(place, bearing, np.array([length]), length, turn)[0]
            bearing += turn
            points.append(place)
        return np.array(points)


def join(
    start: Floats, heading: Floats, end: Floats, arrival: Floats, *, radius_m: float
) -> Curve | None:
    """Return the curve from one place and direction to another, ``None`` where there is none.

    Parameters
    ----------
    start, end
        Places in metres, shape ``(2,)``.
    heading, arrival
        Unit directions of travel there, shape ``(2,)``.
    radius_m
        Radius of its arcs.

    Returns
    -------
    Curve
        Straight, else straight-arc-straight, else arc-straight-arc with opposite arcs; no arc
        turns by more than 90 degrees.
    """
    turn = math.atan2(heading[0] * arrival[1] - heading[1] * arrival[0], float(heading @ arrival))
    between = end - start
    left = np.array([-heading[1], heading[0]])
    ahead_m, aside_m = float(between @ heading), float(between @ left)
    if abs(turn) < STRAIGHT_RAD and abs(aside_m) < BESIDE_M:
        return Curve(start, heading, ((ahead_m, 0.0),)) if ahead_m >= 0 else None
    single = _single(start, heading, ahead_m, aside_m, turn=turn, radius_m=radius_m)
    return single or _double(start, heading, ahead_m, aside_m, turn=turn, radius_m=radius_m)


def _single(
    start: Floats, heading: Floats, ahead_m: float, aside_m: float, *, turn: float, radius_m: float
) -> Curve | None:
    if not STRAIGHT_RAD <= abs(turn) <= SHARPEST_RAD:
        return None
    after_m = aside_m / math.sin(turn)  # from where the two straights meet to the end
    before_m = ahead_m - after_m * math.cos(turn)
    reach_m = radius_m * math.tan(abs(turn) / 2)
    first, last = before_m - reach_m, after_m - reach_m
    if min(first, last) < -BESIDE_M:
        return None
    arc = (radius_m * abs(turn), turn)
    return Curve(start, heading, _without_naught(((first, 0.0), arc, (last, 0.0))))


def _double(
    start: Floats, heading: Floats, ahead_m: float, aside_m: float, *, turn: float, radius_m: float
) -> Curve | None:
    """Two opposite arcs with the common tangent of their circles between them."""
    found = []
    for sign in (1.0, -1.0):
        # In the frame of the start: x ahead, y to the left; the end looks along (cos, sin).
        own = np.array([0.0, sign * radius_m])
        other = np.array([ahead_m, aside_m]) - sign * radius_m * np.array(
            [-math.sin(turn), math.cos(turn)]
        )
        across = other - own
        apart_m = float(np.hypot(*across))
        if apart_m < 2 * radius_m:
            continue
        straight_m = math.sqrt(apart_m**2 - 4 * radius_m**2)
        first = math.atan2(across[1], across[0]) + sign * math.asin(2 * radius_m / apart_m)
        first = (first + math.pi) % (2 * math.pi) - math.pi
        second = (turn - first + math.pi) % (2 * math.pi) - math.pi
        opposite = sign * first >= -STRAIGHT_RAD and sign * second <= STRAIGHT_RAD
        if opposite and max(abs(first), abs(second)) <= SHARPEST_RAD:
            arcs = (radius_m * abs(first), first), (radius_m * abs(second), second)
            pieces = _without_naught((arcs[0], (straight_m, 0.0), arcs[1]))
            found.append(Curve(start, heading, pieces))
    return min(found, key=lambda curve: curve.length_m, default=None)


def _without_naught(pieces: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    return tuple(piece for piece in pieces if piece[0] > BESIDE_M)


def _moved(place: Floats, bearing: float, along: Floats, length: float, turn: float) -> Floats:
    """Return the places at some distances along one piece."""
    if not turn:
        straight: Floats = place + along[:, None] * np.array([math.cos(bearing), math.sin(bearing)])
        return straight
    radius = length / turn
    angle = bearing + along * turn / length
    dx, dy = np.sin(angle) - math.sin(bearing), math.cos(bearing) - np.cos(angle)
    found: Floats = place + radius * np.column_stack([dx, dy])
    return found
