"""What is odd in the geometry of a layer, counted; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.model.inspection import GeometryFault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.formats.line_parts import LineParts

_MEASURED = shapely.geos_version >= (3, 12, 0)  # older ones know no measures


def geometry_faults(
    shapes: Any, parts: LineParts, *, declared: str, no_place: int
) -> tuple[GeometryFault, ...]:
    """Count the oddities of some geometries.

    Parameters
    ----------
    shapes
        The geometries as they were drawn, heights and measures among them.
    parts
        The lines in them.
    declared
        Geometry type the file declares; readers may have left measures out.
    no_place
        How many lines have no place in the working coordinate system.

    Returns
    -------
    tuple
        Only what occurs, in a fixed order.
    """
    drawn = np.asarray(shapes, dtype=object)
    counts = {
        "z": int(shapely.has_z(drawn).sum()),
        "m": _measured(drawn, declared),
        "multipart": _multipart(drawn),
        "missing": parts.missing,
        "not_finite": parts.not_finite,
        "zero_length": parts.zero_length,
        "no_place": no_place,
        "repeated_points": _repeated(drawn),
        "duplicates": _duplicates(parts.lines),
        "self_crossing": int((~shapely.is_simple(parts.lines)).sum()) if len(parts.lines) else 0,
        "points": parts.points,
        "polygons": parts.polygons,
    }
    return tuple(GeometryFault(kind=kind, count=count) for kind, count in counts.items() if count)


def _measured(drawn: NDArray[np.object_], declared: str) -> int:
    if declared.startswith("Measured") or declared.endswith((" M", " ZM")):
        return len(drawn)
    return int(shapely.has_m(drawn).sum()) if _MEASURED else 0


def _multipart(drawn: NDArray[np.object_]) -> int:
    several = shapely.get_type_id(drawn) >= shapely.GeometryType.MULTIPOINT
    return int((several & (shapely.get_num_geometries(drawn) > 1)).sum())


def _repeated(drawn: NDArray[np.object_]) -> int:
    """Return how many geometries hold a point twice in a row."""
    plain = shapely.force_2d(drawn)
    coordinates, owner = shapely.get_coordinates(plain, return_index=True)
    good = np.ones(len(drawn), dtype=bool)
    good[owner[~np.isfinite(coordinates).all(axis=1)]] = False
    lines = plain[good & (shapely.get_dimensions(plain) == 1) & ~shapely.is_empty(plain)]
    with np.errstate(over="ignore"):  # of numbers far from any place
        lines = lines[shapely.length(lines) > 0]
    fewer = shapely.get_num_coordinates(shapely.remove_repeated_points(lines))
    return int((fewer < shapely.get_num_coordinates(lines)).sum())


def _duplicates(lines: NDArray[np.object_]) -> int:
    """Return how many lines are drawn again, in either direction."""
    if not len(lines):
        return 0
    return int(pd.Series(shapely.to_wkb(shapely.normalize(lines))).duplicated().sum())
