"""Geometry of a plan: line parts of whatever was drawn, and a count of what was no road."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import GeometryType

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 1e9
"""Beyond this no coordinate system of the earth has numbers; NaN and infinity are beyond too."""

_COLLECTIONS = (
    GeometryType.MULTIPOINT,
    GeometryType.MULTILINESTRING,
    GeometryType.MULTIPOLYGON,
    GeometryType.GEOMETRYCOLLECTION,
)


@dataclass(frozen=True)
class LineParts:
    """Lines taken out of some geometries.

    Parameters
    ----------
    lines
        LineStrings, two-dimensional, no point repeated, none of zero length.
    feature
        For each line the position of the geometry it is a part of.
    missing
        Parts that were empty, and geometries missing altogether.
    not_finite
        Lines with a coordinate that is no number, or so large that it is no place on earth.
    zero_length
        Lines of zero length.
    points, polygons
        Parts that are no lines.
    """

    lines: NDArray[np.object_]
    feature: NDArray[np.int64]
    missing: int
    not_finite: int
    zero_length: int
    points: int
    polygons: int

    @property
    def dropped(self) -> int:
        """Return how many parts were left out because there is nothing of a line in them."""
        return self.missing + self.not_finite + self.zero_length


def line_parts(shapes: Any) -> LineParts:
    """Return the lines in some geometries, one by one.

    Parameters
    ----------
    shapes
        Geometries of any kind, missing ones among them; they are not changed.
    """
    parts = np.asarray(shapes, dtype=object)
    feature = np.arange(len(parts))
    kinds = shapely.get_type_id(parts)
    while np.isin(kinds, _COLLECTIONS).any():
        hollow = (shapely.get_num_geometries(parts) == 0) | shapely.is_missing(parts)
        inner, position = shapely.get_parts(parts[~hollow], return_index=True)
        feature = np.concatenate([feature[~hollow][position], feature[hollow]])
        parts = np.concatenate([inner, np.full(hollow.sum(), None, dtype=object)])
        order = np.argsort(feature, kind="stable")
        parts, feature = parts[order], feature[order]
        kinds = shapely.get_type_id(parts)
    is_line = np.isin(kinds, (GeometryType.LINESTRING, GeometryType.LINEARRING))
    points = int((kinds == GeometryType.POINT).sum())
    polygons = int((kinds == GeometryType.POLYGON).sum())
    others = len(parts) - int(is_line.sum()) - points - polygons
    lines, feature = shapely.force_2d(parts[is_line]), feature[is_line]
    hollow = shapely.is_empty(lines)
    placed = hollow | _finite(lines)
    good = placed & ~hollow
    with np.errstate(over="ignore"):  # of numbers far from any place
        good[good] = shapely.length(lines[good]) > 0
    return LineParts(
        lines=shapely.remove_repeated_points(_as_lines(lines[good])),
        feature=feature[good],
        missing=others + int(hollow.sum()),
        not_finite=int((~placed).sum()),
        zero_length=int((placed & ~hollow & ~good).sum()),
        points=points,
        polygons=polygons,
    )


def _finite(lines: NDArray[np.object_]) -> NDArray[np.bool_]:
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    finite = np.ones(len(lines), dtype=bool)
    finite[owner[~(np.abs(coordinates) <= LARGEST).all(axis=1)]] = False
    return finite


def _as_lines(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    rings = shapely.get_type_id(lines) == GeometryType.LINEARRING
    if not rings.any():
        return lines
    coordinates, owner = shapely.get_coordinates(lines[rings], return_index=True)
    out = lines.copy()
    out[rings] = shapely.linestrings(coordinates, indices=owner)
    return out
