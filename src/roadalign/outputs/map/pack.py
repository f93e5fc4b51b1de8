"""Lines and areas as short texts: steps in millionths of a degree, five bits to a letter.

The scheme is that of Google's encoded polylines with one decimal more (about a decimetre) and
longitude first; a road takes a tenth of its GeoJSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.georeferencing.gcj02 import shifted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SCALE = 1_000_000
SIMPLIFY_M = 0.5
"""How far a drawn line may leave the given one."""

BITS, FIRST, MORE = 5, 63, 32
LETTERS = 7
"""Of one number at most: 360 degrees have 30 bits, and one is the sign."""


class Packer:
    """Geometries of one coordinate system as the page draws them.

    Parameters
    ----------
    crs
        Their coordinate system.
    datum
        That of the drawing: ``"wgs84"``, or ``"gcj02"`` over tiles that are drawn so.
    """

    def __init__(self, crs: Any, *, datum: str = "wgs84") -> None:
        self._change = find_transformer(crs, WGS84)
        self._datum = datum

    def degrees(self, places: NDArray[Any]) -> NDArray[np.float64]:
        """Return longitude and latitude as drawn, shape ``(n, 2)``, of places ``(n, 2)``."""
        moved = np.column_stack(self._change.transform(*np.asarray(places, dtype=float).T))
        if self._datum == "wgs84" or not len(moved):
            return moved
        return shifted(moved, self._datum)

    def lines(self, lines: Sequence[Any] | NDArray[Any], *, within_m: float) -> list[str]:
        """Return each line or ring as a text, simplified by at most some metres."""
        simple = shapely.simplify(np.asarray(lines, dtype=object), within_m)
        places, owner = shapely.get_coordinates(simple, return_index=True)
        whole = np.round(self.degrees(places) * SCALE).astype(np.int64)
        steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        steps[first] = whole[first]
        letters, sizes = _letters(steps.ravel())
        ends = np.cumsum(
            np.bincount(owner, weights=sizes.reshape(-1, 2).sum(axis=1), minlength=len(simple))
        )
        stops = ends.astype(int).tolist()
        return [letters[a:b] for a, b in zip([0, *stops], stops, strict=False)]

    def areas(self, areas: Sequence[Any] | NDArray[Any], *, within_m: float) -> list[list[str]]:
        """Return each polygon as the texts of its rings, the outer one first."""
        polygons = shapely.get_parts(np.asarray(areas, dtype=object))
        simple = shapely.simplify(polygons, within_m)
        simple = simple[
            (shapely.get_type_id(simple) == shapely.GeometryType.POLYGON)
            & ~shapely.is_empty(simple)
        ]
        rings, owner = shapely.get_rings(simple, return_index=True)
        packed = self.lines(rings, within_m=0.0)
        out: list[list[str]] = [[] for _ in simple]
        for row, text in zip(owner.tolist(), packed, strict=True):
            out[row].append(text)
        return out

    def points(self, places: NDArray[Any]) -> list[list[float]]:
        """Return latitude and longitude of places, as Leaflet takes them."""
        if not len(places):
            return []
        rounded: list[list[float]] = np.round(self.degrees(places)[:, ::-1], 7).tolist()
        return rounded


def _letters(numbers: NDArray[np.int64]) -> tuple[str, NDArray[np.int64]]:
    """Return the letters of all numbers one after another, and how many each takes."""
    folded = np.where(numbers < 0, ~(numbers << 1), numbers << 1)
    groups = (folded[:, None] >> (BITS * np.arange(LETTERS))) & (MORE - 1)
    used = folded[:, None] >> (BITS * np.arange(LETTERS)) > 0
    sizes = np.maximum(used.sum(axis=1), 1)
    place = np.arange(LETTERS)
    groups[place < sizes[:, None] - 1] += MORE
    kept = groups[place < sizes[:, None]] + FIRST
    return kept.astype(np.uint8).tobytes().decode("ascii"), sizes
