"""Which areas of a layer are neighbours, and how long their common line is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from roadalign.boundary.areas import column_texts, read_areas
from roadalign.boundary.common_edge import COMMON_M
from roadalign.boundary.made_line import border_between
from roadalign.boundary.side_area import Area
from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.formats.sources import Source

_M_PER_DEG = 110_000.0  # of latitude, a little less than anywhere
_LEAST_COSINE = 0.05  # beyond 87° degrees of longitude say nothing
_AREAS_LEAST = 2


@dataclass(frozen=True)
class Pair:
    """Two neighbouring areas.

    Parameters
    ----------
    a, b
        Their codes or names, in the order of the layer.
    shared_km
        Length of their common line on the ellipsoid.
    parts
        Of how many pieces it is.
    strip_width_max_m
        Greatest width of the strip where the areas do not fit, 0 where they do.
    """

    a: str
    b: str
    shared_km: float
    parts: int
    strip_width_max_m: float


@dataclass(frozen=True)
class Pairs:
    """All neighbours of a layer.

    Parameters
    ----------
    pairs
        Longest common line first.
    field
        The field that names the areas, empty where they are numbered.
    areas
        How many areas there are.
    overlapping
        Pairs of areas that cover the same land and have therefore no common line.
    """

    pairs: tuple[Pair, ...]
    field: str
    areas: int
    overlapping: tuple[tuple[str, str], ...]


def adjacent_pairs(
    source: Source,
    *,
    field: str | None = None,
    crs: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Pairs:
    """Find all pairs of neighbouring areas of a layer.

    Parameters
    ----------
    source, crs
        See `roadalign.boundary.areas.read_areas`.
    field
        Features of one value are one area, called by it. ``None`` takes every feature as one,
        called by the first field whose values are all there and all different, or by its number.
    progress
        Called with the number of pairs done and of all that lie close enough to be looked at.

    Raises
    ------
    InputError
        If the layer cannot be read or holds no two areas, or has no such field.
    """
    frame, label = read_areas(source, crs=crs)
    names, chosen = _named(frame, field, label=label)
    areas = [
        Area(str(name), frame.geometry[rows], label)
        for name, rows in names.groupby(names, sort=False).groups.items()
    ]
    if len(areas) < _AREAS_LEAST:
        raise InputError("pairs_one_area", where=label, count=len(areas))
    close = _close(areas)
    found, overlapping = [], []
    for number, (one, other) in enumerate(close, start=1):
        try:
            border = border_between(areas[one], areas[other])
        except InputError as problem:
            if problem.key == "areas_same":
                overlapping.append((areas[one].name, areas[other].name))
            elif problem.key != "areas_apart":
                raise
        else:
            parts = len(shapely.get_parts(border.boundary.line))
            width_m = round(border.boundary.strip_width_max_m or 0.0, 2)
            length_km = round(border.length_km, 3)
            found.append(Pair(areas[one].name, areas[other].name, length_km, parts, width_m))
        if progress is not None:
            progress(number, len(close))
    found.sort(key=lambda pair: (-pair.shared_km, pair.a, pair.b))
    return Pairs(tuple(found), chosen, len(areas), tuple(overlapping))


def _named(frame: gpd.GeoDataFrame, field: str | None, *, label: str) -> tuple[pd.Series, str]:
    """Return the name of each feature's area, and the field it stands in."""
    if field is not None:
        texts = column_texts(frame, field, label=label)
        return texts[texts.notna()], field
    for name in (str(name) for name in frame.columns if name != "geometry"):
        texts = column_texts(frame, name, label=label)
        if texts.notna().all() and texts.is_unique:
            return texts, name
    return pd.Series([str(number) for number in frame.index], frame.index, dtype=object), ""


def _close(areas: list[Area]) -> list[tuple[int, int]]:
    """Return the pairs of areas that lie close enough to have a common line, in stable order."""
    shapes = np.array([_land(area) for area in areas], dtype=object)
    highest_deg = np.abs(shapely.bounds(shapes)[:, [1, 3]]).max()
    cosine = max(float(np.cos(np.radians(highest_deg))), _LEAST_COSINE)
    reach_deg = COMMON_M / _M_PER_DEG / cosine
    hits: NDArray[np.int64] = shapely.STRtree(shapes).query(
        shapes, predicate="dwithin", distance=reach_deg
    )
    return sorted({(one, other) for one, other in hits.T.tolist() if one < other})


def _land(area: Area) -> shapely.Geometry:
    lonlat = np.asarray(area.shapes.to_crs(WGS84).array)
    return shapely.multipolygons(
        [part for part in shapely.get_parts(lonlat) if isinstance(part, shapely.Polygon)]
    )
