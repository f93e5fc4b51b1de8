"""A curve from one heading to another: straight, one curve, or two opposite ones.

A curve is an arc, with a transition (clothoid) of one length before and behind it where the design
asks for them. All of it is plane geometry with a place, a unit direction of travel and a design.
Angles and curvatures are positive to the left, against the clock. Reversing the way from B to A
gives the same curve.

A transition of length L before an arc of radius R moves the circle inwards by ``p`` and its tangent
point back by ``q`` (about L²/24R and L/2; exact here). So a curve with transitions is found as one
without: with circles of radius R + p between straights that are shorter by q at either end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Piece = tuple[float, float, float]
"""Length in metres and curvature (1/m) where it begins and where it ends."""

STRAIGHT_RAD = 1e-5
BESIDE_M = 1e-3
"""Directions and places nearer than this count as one (drawing accuracy is far coarser)."""

SHARPEST_RAD = math.pi / 2
"""One curve turns by no more than this; what needs more is a loop."""

STEP_RAD = math.radians(1.0)
WIDEST_M = 1e7
HALVINGS = 24
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)


@dataclass(frozen=True)
class CurveDesign:
    """What each curve has to satisfy.

    Parameters
    ----------
    radius_m
        Smallest radius.
    transition_m
        Length of the transition before and behind each arc, 0 for none.
    least_m
        Smallest length of a whole curve, transitions included; where the angle is too small for
        it the radius becomes larger.
    """

    radius_m: float
    transition_m: float = 0.0
    least_m: float = 0.0

    @property
    def arc_and_half_m(self) -> float:
        """Smallest product of radius and angle: with it the whole curve is long enough."""
        return max(self.transition_m, self.least_m - self.transition_m)

    def shift(self) -> tuple[float, float]:
        """Return how far the transitions move the circle inwards, and its tangent point back."""
        if not self.transition_m:
            return 0.0, 0.0
        radius_m, length_m = self.radius_m, self.transition_m
        t = length_m / (2 * radius_m)  # the angle of one transition; series of the clothoid in it
        x = length_m * (1 - t**2 / 10 + t**4 / 216 - t**6 / 9360)
        y = length_m * (t / 3 - t**3 / 42 + t**5 / 1320 - t**7 / 75600)
        return y - radius_m * (1 - math.cos(t)), x - radius_m * math.sin(t)

    def pieces(self, angle: float) -> list[Piece]:
        """Return a whole curve that turns by an angle."""
        bent = math.copysign(1 / self.radius_m, angle)
        arc_m = self.radius_m * abs(angle) - self.transition_m
        before, after = (self.transition_m, 0.0, bent), (self.transition_m, bent, 0.0)
        return [before, (arc_m, bent, bent), after]


@dataclass(frozen=True)
class Curve:
    """A chain of straights, transitions and arcs without a kink.

    Parameters
    ----------
    start, heading
        Where it begins, and the unit direction there, shape ``(2,)``.
    pieces
        Its pieces, one behind the other.
    """

    start: Floats
    heading: Floats
    pieces: tuple[Piece, ...]

    @property
    def length_m(self) -> float:
        """Length along the curve."""
        return float(sum(length for length, *_ in self.pieces))

    @property
    def radius_m(self) -> float | None:
        """Smallest radius, ``None`` of a straight."""
        sharpest = max(abs(bent) for _, *both in self.pieces for bent in both)
        return 1 / sharpest if sharpest else None

    def at(self, along_m: Floats) -> Floats:
        """Return the places at some distances along the curve, shape ``(n, 2)``."""
        found = np.empty((len(along_m), 2))
        place, bearing, done = self.start, math.atan2(self.heading[1], self.heading[0]), 0.0
        for piece in self.pieces:
            here = along_m >= done - 1e-9  # later pieces overwrite
            found[here] = _moved(place, bearing, along_m[here] - done, piece)
            place = _moved(place, bearing, np.array([piece[0]]), piece)[0]
            bearing, done = bearing + _turned(piece, piece[0]), done + piece[0]
        return found

    def coordinates(self) -> Floats:
        """Return the curve as vertices: its tangents, at most one degree apart where it bends.

        The first and the last step have exactly the directions at the two ends.
        """
        points = [self.start]
        place, bearing = self.start, math.atan2(self.heading[1], self.heading[0])
        for piece in self.pieces:
            length, *bends = piece
            steps = max(1, math.ceil(length * max(map(abs, bends)) / STEP_RAD - 1e-9))
            along = np.linspace(0.0, length, steps + 1)
            feet = _moved(place, bearing, along, piece)
            bearings = [bearing + _turned(piece, float(one)) for one in along]
            if any(bends):
                points += [
                    _crossed(feet[k], bearings[k], feet[k + 1], bearings[k + 1])
                    for k in range(steps)
                ]
            place, bearing = feet[-1], bearings[-1]
            points.append(place)
        return np.array(points)


def join(
    start: Floats, heading: Floats, end: Floats, arrival: Floats, *, design: CurveDesign
) -> Curve | None:
    """Return the curve from one place and direction to another, ``None`` where there is none.

    Parameters
    ----------
    start, end
        Places in metres, shape ``(2,)``.
    heading, arrival
        Unit directions of travel there, shape ``(2,)``.
    design
        What its curves have to satisfy.

    Returns
    -------
    Curve
        Straight, else straight-curve-straight, else curve-straight-curve with opposite curves; no
        curve turns by more than 90 degrees.
    """
    turn = math.atan2(heading[0] * arrival[1] - heading[1] * arrival[0], float(heading @ arrival))
    between = end - start
    left = np.array([-heading[1], heading[0]])
    ahead_m, aside_m = float(between @ heading), float(between @ left)
    if abs(turn) < STRAIGHT_RAD and abs(aside_m) < BESIDE_M:
        return Curve(start, heading, ((ahead_m, 0.0, 0.0),)) if ahead_m >= 0 else None
    pieces = _single(ahead_m, aside_m, turn, design)
    if pieces is None:
        found = [_double(ahead_m, aside_m, turn, sign, design) for sign in (1.0, -1.0)]
        pieces = min(filter(None, found), key=lambda one: sum(p[0] for p in one), default=None)
    if pieces is None:
        return None
    return Curve(start, heading, tuple(piece for piece in pieces if piece[0] > BESIDE_M))


def _single(ahead_m: float, aside_m: float, turn: float, design: CurveDesign) -> list[Piece] | None:
    if not STRAIGHT_RAD <= abs(turn) <= SHARPEST_RAD:
        return None
    after_m = aside_m / math.sin(turn)  # from where the two straights meet to the end
    before_m = ahead_m - after_m * math.cos(turn)
    if min(before_m, after_m) < 0:
        return None
    wide = replace(design, radius_m=max(design.radius_m, design.arc_and_half_m / abs(turn)))
    inwards_m, back_m = wide.shift()
    reach_m = (wide.radius_m + inwards_m) * math.tan(abs(turn) / 2) + back_m
    first, last = before_m - reach_m, after_m - reach_m
    if min(first, last) < -BESIDE_M:
        return None
    return [(first, 0.0, 0.0), *wide.pieces(turn), (last, 0.0, 0.0)]


def _double(
    ahead_m: float, aside_m: float, turn: float, sign: float, design: CurveDesign
) -> list[Piece] | None:
    """Two opposite curves, as sharp as they may be and as wide as their least length asks."""

    def tried(radius_m: float) -> tuple[float, float, float] | None:
        wide = replace(design, radius_m=radius_m)
        return _angles(ahead_m, aside_m, turn, sign, wide)

    def long_enough(found: tuple[float, float, float], radius_m: float) -> bool:
        arc_m = radius_m * min(abs(found[0]), abs(found[1]))
        return arc_m >= design.arc_and_half_m - BESIDE_M

    radius_m = design.radius_m
    found = tried(radius_m)
    if found is None:
        return None
    if not long_enough(found, radius_m):
        # Wider circles turn more of the way: the widest that fit, then the least of the long ones.
        fits_m, fails_m = radius_m, 2 * radius_m
        while fails_m < WIDEST_M and tried(fails_m) is not None:
            fits_m, fails_m = fails_m, 2 * fails_m
        for _ in range(HALVINGS):
            middle = (fits_m + fails_m) / 2
            fits_m, fails_m = (fits_m, middle) if tried(middle) is None else (middle, fails_m)
        short_m, radius_m, found = radius_m, fits_m, tried(fits_m)
        if found is None or not long_enough(found, radius_m):
            return None
        for _ in range(HALVINGS):
            middle = (short_m + radius_m) / 2
            other = tried(middle)
            if other is not None and long_enough(other, middle):
                radius_m, found = middle, other
            else:
                short_m = middle
    first, second, straight_m = found
    wide = replace(design, radius_m=radius_m)
    return [*wide.pieces(first), (straight_m, 0.0, 0.0), *wide.pieces(second)]


def _angles(
    ahead_m: float, aside_m: float, turn: float, sign: float, design: CurveDesign
) -> tuple[float, float, float] | None:
    """Return the angles of two opposite curves and the straight between them.

    The two circles have a common tangent. In the frame of the start: x ahead, y to the left; the
    end looks along (cos, sin).
    """
    inwards_m, back_m = design.shift()
    radius_m = design.radius_m + inwards_m
    x = ahead_m - back_m - back_m * math.cos(turn) + sign * radius_m * math.sin(turn)
    y = aside_m - back_m * math.sin(turn) - sign * radius_m * (1 + math.cos(turn))
    apart_m = math.hypot(x, y)
    between_m = math.sqrt(max(apart_m**2 - 4 * radius_m**2, 0.0))
    if apart_m < 2 * radius_m or between_m < 2 * back_m:
        return None
    first = math.atan2(y, x) + sign * math.asin(2 * radius_m / apart_m)
    first = (first + math.pi) % (2 * math.pi) - math.pi
    second = (turn - first + math.pi) % (2 * math.pi) - math.pi
    opposite = sign * first >= -STRAIGHT_RAD and sign * second <= STRAIGHT_RAD
    if not opposite or max(abs(first), abs(second)) > SHARPEST_RAD:
        return None
    return first, second, between_m - 2 * back_m


def _turned(piece: Piece, along_m: float) -> float:
    """Return the angle turned some way along one piece."""
    length, begins, ends = piece
    return begins * along_m + (ends - begins) * along_m**2 / (2 * length) if length else 0.0


def _moved(place: Floats, bearing: float, along: Floats, piece: Piece) -> Floats:
    """Return the places at some distances along one piece, by Gauss-Legendre quadrature.

    With 16 nodes it is exact to well below a micrometre for a quarter of a circle.
    """
    length, begins, ends = piece
    s = along[:, None] * (NODES + 1) / 2
    angle = bearing + begins * s + (ends - begins) * s**2 / (2 * length or 1.0)
    step = along / 2
    moved = np.column_stack([step * (np.cos(angle) @ WEIGHTS), step * (np.sin(angle) @ WEIGHTS)])
    found: Floats = place + moved
    return found


def _crossed(one: Floats, bearing: float, two: Floats, other: float) -> Floats:
    """Return where the tangents at two places of a bend cross."""
    chord = two - one
    along = np.array([math.cos(bearing), math.sin(bearing)])
    after = np.array([math.cos(other), math.sin(other)])
    cross = along[0] * after[1] - along[1] * after[0]
    if abs(cross) < 1e-12:  # noqa: PLR2004 (no angle between the two)
        middle: Floats = (one + two) / 2
        return middle
    crossed: Floats = one + along * (chord[0] * after[1] - chord[1] * after[0]) / cross
    return crossed
