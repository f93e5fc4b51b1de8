"""Roundabouts on the boundary become the junction that they are.

A roundabout on the line crosses it twice, and the road that it is made for not at all: the road
ends at the ring. Where one side draws the ring and the other a plain road, the ring's crossings
have no counterpart and the road has none either. A small round loop on the line is therefore
condensed before ends are found: the loop goes, and the roads that end on it run on to its centre.
Where all of them come from one side of the line, one of them runs towards the centre as far as the
line (the carriageways beside it with it): of those that do not run along the line the one of
highest class, then the most nearly square one. The others join it just before the line, so that the
junction asks once, wherever on the line its ring lies, and any of its roads can answer.

A ring of which each side draws its part up to the line is no loop of one side and stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

ROUND = 0.88
"""4πA/P² of a circle is 1, of a hexagon 0.91, of a square 0.79 (isoperimetric quotient; Polsby and
Popper, "The third criterion", 1991): a block of streets is no roundabout."""

GRID_M = 0.01
ON_M = 0.1
BEYOND_RADII = 1.5
"""A road goes on to the line at most this many radii beyond the centre: the ring reaches it."""

CLEAR_M = 5.0
"""What is cut back of a road that crosses the line on its way to the ring, beyond the crossing."""

JOIN_TOLERANCES = 1.5
"""The other roads join this many node tolerances before the line: not at the end, and near enough
to answer."""

LOOK_M = 20.0
SAME_WAY_DEG = 30.0
"""Roads that end on a ring in directions that differ by less are carriageways of one."""


@dataclass(frozen=True)
class _Ring:
    """One loop: its area, and the rows of the road table that form it."""

    area: shapely.Polygon
    rows: Ints

    @property
    def radius_m(self) -> float:
        """Radius of the circle of the same area."""
        return float(np.sqrt(self.area.area / np.pi))


def condense_roundabouts(
    roads: gpd.GeoDataFrame, ruler: Ruler, *, limits: Limits
) -> gpd.GeoDataFrame:
    """Return the road table with the roundabouts on the boundary condensed.

    Parameters
    ----------
    roads
        Canonical road table of one side.
    ruler
        The boundary.
    limits
        Uses ``roundabout_least_m`` and ``roundabout_most_m`` (diameter), ``touch_m`` (how near to
        the line is on it) and ``node_tolerance_m`` (how near to the ring a road ends on it).

    Returns
    -------
    geopandas.GeoDataFrame
        The same table where there is none. Else without the lines of the rings, and with the roads
        that end on them longer.
    """
    lines = np.asarray(roads.geometry.array, dtype=object)
    rings = _rings(lines, ruler, limits=limits)
    if not rings:
        return roads
    made, gone = lines.copy(), np.zeros(len(lines), dtype=bool)
    rank = roads["road_class"].fillna(0).to_numpy(dtype=float)
    for ring in rings:
        free = np.flatnonzero(~gone)
        own = free[~np.isin(free, ring.rows)]
        if _condense(ring, made, own, rank, ruler, limits=limits):
            gone[ring.rows] = True
    if not gone.any():
        return roads
    return roads.set_geometry(made, crs=roads.crs)[~gone].reset_index(drop=True)


def _rings(lines: NDArray[np.object_], ruler: Ruler, *, limits: Limits) -> list[_Ring]:
    """Return the loops on the boundary, drawn as one line or as several arcs."""
    most_m = limits["roundabout_most_m"]
    near = np.unique(ruler.tree.query(lines, predicate="dwithin", distance=most_m)[0])
    short = near[shapely.length(lines[near]) <= np.pi * most_m / ROUND]
    if len(short) == 0:
        return []
    closed = shapely.is_ring(lines[short])
    found = [
        _Ring(shapely.Polygon(lines[k]), np.array([k], dtype=np.intp))
        for k in short[closed].tolist()
    ]
    arcs = short[~closed]
    noded = shapely.union_all(shapely.set_precision(lines[arcs], GRID_M))
    faces: list[shapely.Polygon] = list(shapely.get_parts(shapely.polygonize([noded])))
    for face in faces:
        within = shapely.covers(shapely.buffer(face.exterior, ON_M), lines[arcs])
        formed = shapely.length(lines[arcs][within]).sum()
        if formed >= face.exterior.length - ON_M * len(arcs):
            found.append(_Ring(face, arcs[within]))
    least_m = limits["roundabout_least_m"]
    return [
        ring
        for ring in found
        if least_m <= 2 * ring.radius_m <= most_m
        and 4 * np.pi * ring.area.area >= ROUND * ring.area.exterior.length**2
        and len(ruler.tree.query(ring.area, predicate="dwithin", distance=limits["touch_m"]))
    ]


def _condense(
    ring: _Ring,
    lines: NDArray[np.object_],
    others: Ints,
    rank: Floats,
    ruler: Ruler,
    *,
    limits: Limits,
) -> bool:
    """Lead the roads that end on a ring on over it, in place; false where there is none."""
    arms = [
        (int(k), position)
        for position in (0, -1)
        for k in others[
            shapely.dwithin(
                shapely.get_point(lines[others], position),
                ring.area.exterior,
                limits["node_tolerance_m"],
            )
        ]
    ]
    if not arms or _leads_there(ring, lines[[k for k, _ in arms]], ruler, limits=limits):
        return False
    centre = shapely.get_coordinates(shapely.centroid(ring.area))[0]
    _cut_back(ring, lines, arms, ruler)
    routes = _routes(ring, lines, arms, centre, rank, ruler, limits=limits)
    for (k, position), way in zip(arms, routes, strict=True):
        xy = shapely.get_coordinates(lines[k])
        parts = [way[::-1], xy] if position == 0 else [xy, way]
        lines[k] = shapely.LineString(np.concatenate(parts))
    return True


def _leads_there(ring: _Ring, arms: NDArray[np.object_], ruler: Ruler, *, limits: Limits) -> bool:
    """Return whether the ring lies before the line, and one of its roads goes on to the line."""
    if len(ruler.tree.query(ring.area, predicate="intersects")):
        return False
    return bool(ruler.tree.query(arms, predicate="dwithin", distance=limits["touch_m"]).size)


def _cut_back(
    ring: _Ring, lines: NDArray[np.object_], arms: list[tuple[int, int]], ruler: Ruler
) -> None:
    """Cut roads that reach a ring just beyond the line back to their own side, in place.

    Only where no road comes from beyond: then it is the ring alone that reaches over the line.
    """
    rows = [k for k, _ in arms]
    middle = shapely.line_interpolate_point(lines[rows], 0.5, normalized=True)
    side = np.sign(ruler.read(shapely.get_coordinates(middle)).distance_m)
    if (side != side[0]).any():
        return
    for k, position in arms:
        line = lines[k]
        tip = np.array([line.coords[position]])
        met_m = ruler.crossings(np.array([line], dtype=object))[1]
        if side[0] * ruler.read(tip).distance_m[0] > -ON_M or len(met_m) == 0:
            continue
        if position == 0:
            start, stop = float(met_m[0]) + CLEAR_M, float(line.length)
            over_m = float(met_m[0])
        else:
            start, stop = 0.0, float(met_m[-1]) - CLEAR_M
            over_m = float(line.length - met_m[-1])
        if over_m <= 2 * ring.radius_m and stop - start > CLEAR_M:
            lines[k] = substring(line, start, stop)


def _routes(
    ring: _Ring,
    lines: NDArray[np.object_],
    arms: list[tuple[int, int]],
    centre: Floats,
    rank: Floats,
    ruler: Ruler,
    *,
    limits: Limits,
) -> list[Floats]:
    """Return the places by which each road that ends on a ring goes on."""
    rows, positions = (np.array(values) for values in zip(*arms, strict=True))
    length_m = shapely.length(lines[rows])
    tip, back, middle = (
        shapely.get_coordinates(
            shapely.line_interpolate_point(
                lines[rows], np.where(positions == 0, along_m, length_m - along_m)
            )
        )
        for along_m in (np.zeros(len(arms)), np.minimum(LOOK_M, length_m), length_m / 2)
    )
    side = np.sign(ruler.read(middle).distance_m)
    radial = _units(centre - tip)
    reach_m = np.hypot(*(centre - tip).T) + BEYOND_RADII * ring.radius_m
    ahead_m, angle_deg = ruler.rays(tip, radial, reach_m=float(reach_m.max()))
    angle_deg = np.where(ahead_m <= reach_m, angle_deg, np.nan)
    if (side != side[0]).any() or np.isnan(angle_deg).all():
        return [centre[None]] * len(arms)
    angle_deg = np.nan_to_num(angle_deg, nan=-1.0)
    steep = angle_deg >= limits["approach_angle_deg"]
    best = int(np.lexsort((angle_deg, np.where(steep, rank[rows], 0.0), steep, angle_deg >= 0))[-1])
    node = tip[best] + ahead_m[best] * radial[best]
    before_m = min(JOIN_TOLERANCES * limits["node_tolerance_m"], ahead_m[best])
    joint = node - before_m * radial[best]
    heading = _units(tip - back)
    with_it = heading @ heading[best] >= np.cos(np.radians(SAME_WAY_DEG))
    return [(node if goes else joint)[None] for goes in with_it]


def _units(vectors: Floats) -> Floats:
    size = np.hypot(*vectors.T)
    return np.asarray(vectors / np.where(size > 0, size, 1.0)[:, None])
