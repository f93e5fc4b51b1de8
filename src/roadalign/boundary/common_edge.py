"""The common edge of two areas that were drawn by two hands.

Where both drew the same line, it is kept as drawn. Elsewhere there is a strip between the edges
(nobody's land) or over them (land of both), and the boundary is its centre line. Which area is
called A changes nothing: the edge that everything is measured from is chosen by its coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from roadalign.boundary.chains import chained

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import LineString, MultiLineString
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SAME_M = 0.1
"""Edges nearer than this are the same line: no survey of a boundary is more exact (ours)."""

COMMON_M = 500.0
"""Edges further apart than this are no common boundary (ours)."""

_STEP_M = 5.0  # distance of samples along an edge
_STEEPEST = 0.45  # cosine of the flattest angle between an edge and the way across
_OPPOSED = -0.3  # cosine between two edges that have their land on opposite sides
_BRIDGED_M = 3 * COMMON_M  # a longer stretch of no clear partner parts the boundary
_CRUMB_M = 2 * _STEP_M  # shorter pieces are noise beside longer ones


@dataclass(frozen=True)
class CommonEdge:
    """The common boundary of two areas.

    Parameters
    ----------
    line
        Shared edge or centre line of the strip.
    width_max_m, width_median_m
        Of the strip, across it; the median over the length of the line.
    strip
        Land of nobody and land of both along the line, ``None`` where the edges are the same.
    """

    line: LineString | MultiLineString
    width_max_m: float
    width_median_m: float
    strip: Polygon | MultiPolygon | None


class _Run(NamedTuple):
    """Samples of one stretch, the places they face, and how far those are."""

    here: Floats
    there: Floats
    width_m: Floats


@dataclass(frozen=True)
class _FacingEdges:
    """From samples on one edge across to another; one run of samples after the other."""

    here: Floats
    there: Floats
    width_m: Floats
    run: NDArray[np.int64]


def common_edge(area_a: BaseGeometry, area_b: BaseGeometry) -> CommonEdge | None:
    """Return the common edge of two areas.

    Parameters
    ----------
    area_a, area_b
        Polygons or multi-polygons in metres; their order changes nothing.

    Returns
    -------
    CommonEdge or None
        ``None`` where no part of the edges is within `COMMON_M` of the other.
    """
    # Normal form: rings start at a place of their own and have the land on their right.
    edges = (shapely.boundary(shapely.normalize(area)) for area in (area_a, area_b))
    base, other = map(_Edge, sorted(edges, key=_bytes))
    ways = _find_ways(base, other)
    if ways is None:
        return None
    back = _find_ways(other, base)
    widest_m = max(float(one.width_m.max()) for one in (ways, back) if one is not None)
    pieces = _pieces(ways, (ways.here + ways.there) / 2)
    if not len(pieces):
        return None
    length = shapely.length(pieces)
    if length.max() > _CRUMB_M:
        pieces = pieces[length > _CRUMB_M]
    return CommonEdge(
        line=chained(pieces),
        width_max_m=widest_m,
        width_median_m=_weighted_median(ways),
        strip=None if widest_m <= SAME_M else _strip(ways),
    )


class _Edge:
    """One area's edge, ready to be asked for the nearest place and its direction."""

    def __init__(self, edge: BaseGeometry) -> None:
        self.shape = edge
        shapely.prepare(edge)
        self.rings = shapely.get_parts(edge)
        self.corners, ring = shapely.get_coordinates(self.rings, return_index=True)
        inner = ring[1:] == ring[:-1]
        start, end = self.corners[:-1][inner], self.corners[1:][inner]
        self.direction = _unit(end - start)
        self._tree = shapely.STRtree(_segments(start, end))

    def nearest(self, points: Floats) -> Floats:
        """Return the place on the edge nearest to each point."""
        ways = shapely.shortest_line(self.shape, shapely.points(points))
        return shapely.get_coordinates(ways)[::2]

    def opposed(self, places: Floats, directions: Floats) -> Flags:
        """Whether the edge runs against directions, shape ``(k, n)``, where it passes n places."""
        place, segment = self._tree.query_nearest(shapely.points(places))
        cosine = (directions[:, place] * self.direction[segment]).sum(axis=2)
        against = np.zeros(directions.shape[:2], dtype=bool)
        for row, one in zip(against, cosine, strict=True):
            row[place[one <= _OPPOSED]] = True
        return against


def _find_ways(base: _Edge, other: _Edge) -> _FacingEdges | None:
    found = [one for ring in base.rings for one in _ring_ways(ring, base, other)]
    if not found:
        return None
    here, there, width_m = (np.concatenate(column) for column in zip(*found, strict=True))
    return _FacingEdges(
        here, there, width_m, np.repeat(np.arange(len(found)), [len(r.here) for r in found])
    )


def _ring_ways(ring: BaseGeometry, base: _Edge, other: _Edge) -> list[_Run]:
    here, vertex = _sampled(shapely.get_coordinates(ring), other.shape)
    there = other.nearest(here)
    width_m = np.hypot(*(there - here).T)
    out = _unit(np.diff(here, axis=0))
    # Before and after each sample; a ring's last sample is its first.
    along = np.stack([np.vstack([out[-1:], out]), np.vstack([out, out[:1]])])
    across = np.abs((along * _unit(there - here)).sum(axis=2)) <= _STEEPEST
    opposed = other.opposed(there, along)
    same = opposed.any(axis=0) & (width_m <= SAME_M)
    facing = same | ((opposed & across).any(axis=0) & (width_m <= COMMON_M))
    there[same] = here[same]
    runs = _runs(here, facing, near=width_m <= COMMON_M)
    # Where both drew the same line, its vertices say everything.
    keep = vertex | ~(same & np.roll(same, 1) & np.roll(same, -1))
    kept = (run[keep[run]] for run in runs)
    found = [_Run(here[run], there[run], width_m[run]) for run in kept if len(run) > 1]
    return [_to_corner(run, base=base, other=other) for run in found]


def _runs(here: Floats, facing: Flags, *, near: Flags) -> list[NDArray[np.int64]]:
    """Split the samples of a ring into stretches that face the other edge.

    A short stretch between two such ones that is turned away but near belongs to them: a tooth
    or a bay of the edge.
    """
    places = np.flatnonzero(facing)
    if not len(places):
        return []
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(here, axis=0).T))])
    far = np.concatenate([[0], np.cumsum(~near)])
    before, after = places[:-1], places[1:]
    bridged = (gone[after] - gone[before] <= _BRIDGED_M) & (far[after] == far[before])
    apart = np.flatnonzero((after > before + 1) & ~bridged)
    first, last = places[np.append(0, apart + 1)], places[np.append(apart, len(places) - 1)]
    return [np.arange(start, end + 1) for start, end in zip(first, last, strict=True)]


def _to_corner(run: _Run, *, base: _Edge, other: _Edge) -> _Run:
    """Lengthen a run whose end lies on both edges to the corner at which the other turns away."""
    here, there, width_m = run
    for _ in range(2):
        here, there, width_m = here[::-1], there[::-1], width_m[::-1]
        if (here[-1] != there[-1]).any():
            continue
        close = other.corners[np.hypot(*(other.corners - here[-1]).T) < _STEP_M]
        close = close[np.hypot(*(base.nearest(close) - close).T) <= SAME_M] if len(close) else close
        reach = np.hypot(*(close - here[-2]).T)
        if len(close) and reach.max() > np.hypot(*(here[-1] - here[-2])):
            corner = close[[reach.argmax()]]
            here, there = np.vstack([here, corner]), np.vstack([there, corner])
            width_m = np.append(width_m, width_m[-1])
    return _Run(here, there, width_m)


def _segments(start: Floats, end: Floats) -> NDArray[np.object_]:
    return np.asarray(shapely.linestrings(np.stack([start, end], axis=1)), dtype=object)


def _bytes(shape: BaseGeometry) -> bytes:
    return shape.wkb


def _unit(vectors: Floats) -> Floats:
    length = np.hypot(vectors[..., 0], vectors[..., 1])[..., None]
    return np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)


def _sampled(corner: Floats, other: BaseGeometry) -> tuple[Floats, Flags]:
    """Return the vertices of a ring with samples between them where the other edge is near."""
    start, end = corner[:-1], corner[1:]
    length = np.hypot(*(end - start).T)
    near = shapely.dwithin(other, _segments(start, end), COMMON_M)
    count = np.where(near, np.ceil(length / _STEP_M), 1).astype(int).clip(1)
    segment = np.repeat(np.arange(len(start)), count)
    step = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
    share = (step / count[segment])[:, None]
    points = start[segment] + share * (end - start)[segment]
    return np.vstack([points, corner[-1:]]), np.append(step == 0, True)


def _pieces(ways: _FacingEdges, points: Floats) -> NDArray[np.object_]:
    runs = [points[ways.run == run] for run in np.unique(ways.run)]
    distinct = [run[np.append(True, (np.diff(run, axis=0) != 0).any(axis=1))] for run in runs]
    return np.array([shapely.linestrings(run) for run in distinct if len(run) > 1], dtype=object)


def _strip(ways: _FacingEdges) -> Polygon | MultiPolygon | None:
    inner = ways.run[1:] == ways.run[:-1]
    open_here = inner & ((ways.width_m[1:] > SAME_M) | (ways.width_m[:-1] > SAME_M))
    first = np.flatnonzero(open_here)
    if not len(first):
        return None
    corners = np.stack(
        [ways.here[first], ways.there[first], ways.there[first + 1], ways.here[first + 1]], axis=1
    )
    fields = np.asarray(shapely.make_valid(shapely.polygons(list(corners))), dtype=object)
    return area_of(shapely.union_all(fields))


def area_of(shape: BaseGeometry) -> Polygon | MultiPolygon | None:
    """Return what of a geometry has an area, ``None`` where nothing has."""
    parts = [shape]
    while any(hasattr(part, "geoms") for part in parts):
        parts = [inner for part in parts for inner in getattr(part, "geoms", [part])]
    polygons = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    if not polygons:
        return None
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _weighted_median(ways: _FacingEdges) -> float:
    inner = ways.run[1:] == ways.run[:-1]
    length = np.hypot(*(ways.here[1:] - ways.here[:-1]).T) * inner
    width = (ways.width_m[1:] + ways.width_m[:-1]) / 2
    order = np.argsort(width, kind="stable")
    reached = np.cumsum(length[order])
    if not reached.size or reached[-1] <= 0:
        return float(np.median(ways.width_m))
    return float(width[order][np.searchsorted(reached, reached[-1] / 2)])
