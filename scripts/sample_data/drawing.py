"""The roads of the example as lines: every place is built from the numbers of its table."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Vector: TypeAlias = NDArray[np.float64]
    Entry: TypeAlias = dict[str, Any]
    Feature: TypeAlias = tuple[Entry, BaseGeometry]

WORKING = 4549
# A point every 4 km of the Jinshan-Zhejiang line, from the coast north-west; between them the
# real line winds.
BOUNDARY = [
    (121.2706, 30.6797), (121.2616, 30.7116), (121.2630, 30.7369), (121.2332, 30.7548),
    (121.2173, 30.7804), (121.1936, 30.7760), (121.1664, 30.7790), (121.1341, 30.7805),
    (121.1215, 30.7944), (121.1330, 30.8276), (121.1153, 30.8398), (121.0989, 30.8525),
    (121.0675, 30.8510), (121.0428, 30.8318), (121.0398, 30.8203), (121.0146, 30.8348),
    (120.9911, 30.8258), (120.9930, 30.8454), (121.0104, 30.8631), (121.0140, 30.8832),
    (120.9862, 30.8982), (120.9953, 30.9187), (120.9924, 30.9525),
]  # fmt: skip
STRAIGHT_M = 200.0
LONGEST_M = 2400.0
STEP_M = 200.0
CLEAR_M = 600.0
FAR_M = 3500.0


class Line:
    """The boundary as written, in degrees and in metres (EPSG:4549)."""

    def __init__(self) -> None:
        degrees = shapely.LineString([(round(x, 6), round(y, 6)) for x, y in BOUNDARY])
        self.degrees = degrees
        to_metres = Transformer.from_crs(4326, WORKING, always_xy=True)
        self.metres = shapely.LineString(np.c_[to_metres.transform(*np.array(degrees.coords).T)])

    def at(self, km: float) -> tuple[Vector, Vector]:
        """Return the place at a chainage and the unit direction there."""
        place = np.array(self.metres.interpolate(1000 * km).coords[0])
        ahead = np.array(self.metres.interpolate(1000 * km + 1).coords[0])
        return place, (ahead - place) / np.hypot(*(ahead - place))


def features(table: Entry, *, line: Line) -> dict[str, list[Feature]]:
    """Draw all roads of both sides.

    Parameters
    ----------
    table
        What roads.toml holds: ``place`` and ``quiet``, lists of tables.
    line
        The boundary.

    Returns
    -------
    dict
        For ``a`` and ``b``, the attributes and the geometry (EPSG:4549, metres) of each feature.

    """
    found: dict[str, list[Feature]] = {"a": [], "b": []}
    for number, place in enumerate(table["place"]):
        for side, (end, away) in _ends(place, line).items():
            if side in place:
                bend_deg = (3 + number % 3) * (-1 if number % 2 else 1)
                found[side] += _drawn(place[side], _inland(end, away, line, bend_deg))
    for entry in table["quiet"]:
        found[entry["side"]].append((entry["road"], _quiet(entry, line)))
    for side, roads in found.items():
        roads.extend(_collectors(roads, line, side))
    return found


def _turned(vector: Vector, degrees: float) -> Vector:
    """Turn a vector clockwise, as bearings count."""
    angle = math.radians(degrees)
    x, y = vector
    return np.array(
        [x * math.cos(angle) + y * math.sin(angle), -x * math.sin(angle) + y * math.cos(angle)]
    )


def _inland(end: Vector, away: Vector, line: Line, bend_deg: float) -> Vector:
    """Draw a road from its end away from the boundary: straight first, then bending gently."""
    points = [end, end + STRAIGHT_M * away]
    heading, run = away, STRAIGHT_M
    while run < LONGEST_M:
        heading = _turned(heading, bend_deg * math.cos(run / 700))
        ahead = points[-1] + STEP_M * heading
        clear_m = min(0.8 * run, CLEAR_M)
        if shapely.LineString([points[-1], ahead]).distance(line.metres) < clear_m:
            break
        points.append(ahead)
        run += STEP_M
    return np.array(points)


def _ends(place: Entry, line: Line) -> dict[str, tuple[Vector, Vector]]:
    """Return each side's end and the direction away from the boundary, from the table's numbers."""
    at, along = line.at(place["km"])
    axis = _turned(along, -90)  # from Jinshan (right of the line) to Jiaxing (left)
    right = _turned(axis, 90)
    gap, offset = place.get("gap_m", 0.0), place.get("offset_m", 0.0)
    half = place.get("deflection_deg", 0.0) / 2
    return {
        "a": (at - axis * gap / 2 - right * offset / 2, -_turned(axis, half)),
        "b": (at + axis * gap / 2 + right * offset / 2, _turned(axis, -half)),
    }


def _drawn(road: Entry, points: Vector) -> list[Feature]:  # noqa: PLR0911
    """Return the features of one road: its attributes and geometry, as its side draws it."""
    inward = points[::-1]  # digitised towards the line
    away = (points[1] - points[0]) / np.hypot(*(points[1] - points[0]))
    match road.get("draw", ""):
        case "reversed":
            return [(road, shapely.LineString(points))]
        case "split":
            cuts = [0, len(inward) // 3, 2 * len(inward) // 3, len(inward) - 1]
            pieces = [inward[i : j + 1] for i, j in itertools.pairwise(cuts)]
            return [(road, shapely.LineString(piece)) for piece in pieces]
        case "multipart":
            middle = len(inward) // 2
            parts = [inward[: middle + 1], inward[middle:]]
            return [(road, shapely.MultiLineString([shapely.LineString(p) for p in parts]))]
        case "dual":
            axis = shapely.LineString(inward)
            half = road["apart_m"] / 2
            one = shapely.offset_curve(axis, -half, join_style="mitre")
            two = shapely.reverse(shapely.offset_curve(axis, half, join_style="mitre"))
            return [(road | {"oneway": "单向"}, one), (road | {"oneway": "单向"}, two)]
        case "overshoot":
            # The tip lies `length` from the end and `beside` from the straight road of the
            # neighbour, so both distances are exact.
            beside, length = road["beside_m"], road["overshoot_m"]
            tip = points[0] - away * math.sqrt(length**2 - beside**2) + _turned(away, 90) * beside
            return [(road, shapely.LineString([*inward, tip]))]
        case "side_street":
            joint = points[0] + 40 * away
            street = shapely.LineString([joint + 300 * _turned(away, 80), joint])
            return [
                (road, shapely.LineString(inward)),
                ({"name": "示例支路", "class": "支路"}, street),
            ]
    return [(road, shapely.LineString(inward))]


def _quiet(entry: Entry, line: Line) -> BaseGeometry:
    """Draw a road that docks nowhere."""
    at, along = line.at(entry["km"])
    home = _turned(along, 90 if entry["side"] == "a" else -90)
    start = at + entry["inside_m"] * home
    if entry["kind"] == "along":
        return shapely.LineString([start, start + 1000 * entry["length_km"] * along])
    if entry["kind"] == "dead_end":
        return shapely.LineString([start + 500 * home, start])
    # A hook: the road bends round near the line, so that its last stretch leads back inland.
    bend = start + 100 * _turned(home, 105)
    return shapely.LineString([start, bend, bend + 600 * _turned(home, 50)])


def _collectors(roads: list[Feature], line: Line, side: str) -> list[Feature]:
    """Join the inland ends of neighbouring roads, so that each side is a network."""
    tips = []
    for _, shape in roads:
        parts: list[BaseGeometry] = list(getattr(shape, "geoms", [shape]))
        corners = [shapely.Point(part.coords[i]) for part in parts for i in (0, -1)]
        tips.append(max(corners, key=lambda point: point.distance(line.metres)))
    road = {"name": "示例连接路", "class": "支路" if side == "a" else "24", "status": "现状"}
    made: list[Feature] = []
    for one, two in itertools.pairwise(tips):
        shape = shapely.LineString([one, two])
        clear = shape.distance(line.metres) > CLEAR_M and STEP_M / 4 < shape.length < FAR_M
        if clear and not any(shape.crosses(other) for _, other in roads):
            made.append((road, shape))
    return made
