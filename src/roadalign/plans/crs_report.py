"""Where the numbers of a layer lie on the earth, as far as can be told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import CRS

from roadalign.boundary.cover import cover_boundary
from roadalign.errors import InputError
from roadalign.formats.nearby import ELLIPSOID, away, compass, within
from roadalign.georeferencing.crs import (
    WGS84,
    crs_name,
    looks_like,
    transformed,
)
from roadalign.georeferencing.georeference import Georeference, parse_placement, settled_placement
from roadalign.model.inspection import BoundaryReach, Candidate, CrsReport, Extent
from roadalign.plans.read import FAR_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from roadalign.formats.layers import Layer
    from roadalign.formats.line_parts import LineParts
    from roadalign.model.result import Boundary
    from roadalign.settings.limits import Limits

_BESIDE_DEG = 0.3  # plans reach a little beyond their zone (ours)


class UnderstoodCrs(NamedTuple):
    """What to say of a coordinate system, and the system where it can be used."""

    report: CrsReport
    usable: Georeference | None


def understood_crs(
    layer: Layer, *, assumed: str | None, told: str | None, boundary: Boundary | None
) -> tuple[UnderstoodCrs, InputError | None]:
    """Return what is known of a layer's coordinate system, and why a check would refuse it.

    Parameters
    ----------
    layer
        The layer.
    assumed
        What the settings say for layers that state none.
    told
        What the settings say whatever the layer states.
    boundary
        The common line where it is known.

    Raises
    ------
    InputError
        If there is no system of the name assumed.
    """
    near = None
    if boundary is not None:
        lon, lat = transformed(boundary.line.centroid, boundary.crs, WGS84).coords[0]
        near = (lon, lat)
    kind, codes = looks_like(layer.bounds, near=near)
    how = "told" if told else _how(layer.crs, assumed)
    said = told or (assumed if layer.crs is None else None)
    named = parse_placement(said, where=layer.source.shown)[0] if said else None
    try:
        placement, _ = settled_placement(
            layer.crs,
            assumed=assumed,
            told=told,
            bounds=layer.bounds,
            near=near,
            where=layer.source.shown,
        )
    except InputError as problem:
        if problem.key == "bad_crs":
            raise
        stated = named if named is not None else layer.crs
        verdict = "missing" if stated is None else "impossible"
        return UnderstoodCrs(_report(stated, how, verdict, kind, codes), None), problem
    verdict = _verdict(layer, placement, boundary)
    others = () if verdict == "plausible" else codes
    report = _report(placement.crs, how, verdict, kind, others, name=placement.name)
    return UnderstoodCrs(report, placement), None


def _how(own: CRS | None, assumed: str | None) -> str:
    if own is not None:
        return "stated"
    return "assumed" if assumed else "missing"


def extent_of(layer: Layer, placement: Georeference | None) -> Extent | None:
    """Return where a layer's features lie, ``None`` where it has no numbers."""
    if layer.bounds is None or not np.isfinite(layer.bounds).all():
        return None
    lonlat = None if placement is None else placement.bounds(layer.bounds, WGS84)
    if lonlat is None:
        return Extent(bounds=layer.bounds)
    west, south, east, north = lonlat
    middle = (south + north) / 2
    _, _, width_m = ELLIPSOID.inv(west, middle, east, middle)
    _, _, height_m = ELLIPSOID.inv(west, south, west, north)
    return Extent(
        bounds=layer.bounds,
        lonlat_deg=lonlat,
        width_km=round(width_m / 1000, 3),
        height_km=round(height_m / 1000, 3),
    )


def length_km(lines: NDArray[np.object_], placement: Georeference) -> tuple[float, int]:
    """Return the length of some lines on the ellipsoid, and how many have no place there.

    Parameters
    ----------
    lines
        LineStrings.
    placement
        How their numbers are read.
    """
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    if not len(xy):
        return 0.0, 0
    lon, lat = placement.places(xy, WGS84).T
    finite = np.isfinite(lon) & np.isfinite(lat)
    # A segment joins two points that follow one another in one line.
    joined = (owner[1:] == owner[:-1]) & finite[1:] & finite[:-1]
    start, end = np.flatnonzero(joined), np.flatnonzero(joined) + 1
    _, _, steps_m = ELLIPSOID.inv(lon[start], lat[start], lon[end], lat[end])
    return round(float(np.sum(steps_m)) / 1000, 3), len(np.unique(owner[~finite]))


def reach(
    layer: Layer,
    parts: LineParts,
    placement: Georeference,
    *,
    boundary: Boundary,
    ranks: Sequence[int | None],
    limits: Limits,
) -> BoundaryReach:
    """Return how the roads of a layer lie to the boundary.

    Parameters
    ----------
    layer
        The layer.
    parts
        Its lines.
    placement
        How their numbers are read.
    boundary
        The common line.
    ranks
        Rank of the class of each feature.
    limits
        ``read_band_m``, ``touch_m``, ``coverage_reach_m`` and ``coverage_stretch_m`` are used.
    """
    lines = placement.lines(parts.lines, boundary.crs)

    def count(distance_m: float) -> int:
        return len(np.unique(parts.feature[within(lines, boundary, distance_m=distance_m)]))

    reach_m = limits["coverage_reach_m"]
    near = within(lines, boundary, distance_m=reach_m)
    own = [ranks[feature] for feature in parts.feature[near].tolist()]
    cover = cover_boundary(boundary.line, lines[near], own, reach_m=reach_m)
    distance_m, bearing_deg = _away(layer, placement, boundary)
    known = math.isfinite(distance_m)
    return BoundaryReach(
        name=boundary.name,
        near=count(limits["read_band_m"]),
        near_m=limits["read_band_m"],
        at=count(limits["touch_m"]),
        at_m=limits["touch_m"],
        distance_km=round(distance_m / 1000, 1) if known else None,
        bearing_deg=round(bearing_deg) if known else None,
        compass=compass(bearing_deg) if known else None,
        covered_m=reach_m,
        covered_share=cover.share,
        covered_by_class=cover.share_by_class,
        gaps=tuple(
            (round(from_m, 1), round(to_m, 1))
            for from_m, to_m in cover.gaps_m
            if to_m - from_m >= limits["coverage_stretch_m"]
        ),
    )


def _away(layer: Layer, placement: Georeference, boundary: Boundary) -> tuple[float, float]:
    bounds = None if layer.bounds is None else placement.turned(layer.bounds)
    return away(bounds, placement.crs, boundary)


def _report(
    crs: CRS | None,
    how: str,
    verdict: str,
    kind: str,
    codes: tuple[int, ...],
    *,
    name: str | None = None,
) -> CrsReport:
    name = name or (None if crs is None else crs_name(crs))
    return CrsReport(
        name=name,
        title=None if crs is None else crs.name,
        how=how,
        verdict=verdict,
        looks_like=kind,
        candidates=tuple(
            Candidate(code=f"EPSG:{code}", title=CRS.from_epsg(code).name)
            for code in codes
            if f"EPSG:{code}" != name
        ),
    )


def _verdict(layer: Layer, placement: Georeference, boundary: Boundary | None) -> str:
    if layer.bounds is None:
        return "unknown"
    if boundary is not None and _away(layer, placement, boundary)[0] > FAR_M:
        return "far"
    use, lonlat = placement.crs.area_of_use, placement.bounds(layer.bounds, WGS84)
    if use is None or lonlat is None or use.west > use.east:
        return "plausible"
    west, south, east, north = lonlat
    beside = (
        west > use.east + _BESIDE_DEG
        or east < use.west - _BESIDE_DEG
        or south > use.north + _BESIDE_DEG
        or north < use.south - _BESIDE_DEG
    )
    return "outside" if beside else "plausible"
