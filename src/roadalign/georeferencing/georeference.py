"""How the numbers of a layer become places: coordinate system, shifted datum, order of axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from roadalign.errors import InputError
from roadalign.georeferencing.crs import (
    WGS84,
    crs_name,
    looks_like,
    settled_crs,
    transformed_bounds,
)
from roadalign.georeferencing.crs import moved as in_system
from roadalign.georeferencing.crs_text import read_crs
from roadalign.georeferencing.gcj02 import DATUMS, restored, shifted
from roadalign.standards import table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from roadalign.georeferencing.crs import Bounds

    Floats = NDArray[np.float64]

SWAPPED = "swapped"
_NAMES = {"gcj02": "GCJ-02", "bd09": "BD-09"}
_CORNERS = 21


@dataclass(frozen=True)
class Georeference:
    """How to read the numbers of a layer.

    Parameters
    ----------
    crs
        Coordinate system of the numbers.
    datum
        ``"gcj02"`` or ``"bd09"`` where the positions behind the numbers are shifted, else empty.
    swapped
        Whether the first number is the northing or latitude.
    """

    crs: CRS
    datum: str = ""
    swapped: bool = False

    @property
    def name(self) -> str:
        """What to call it: ``EPSG:4549``, ``GCJ-02 (EPSG:4326)``, ``EPSG:4326, axes swapped``."""
        known = crs_name(self.crs)
        text = f"{_NAMES[self.datum]} ({known})" if self.datum else known
        return f"{text}, axes swapped" if self.swapped else text

    def places(self, xy: Floats, target: CRS) -> Floats:
        """Return where numbers lie in another coordinate system, shape ``(n, 2)``."""
        xy = xy[:, ::-1] if self.swapped else xy
        if not self.datum:
            return in_system(xy, self.crs, target)
        lonlat = restored(in_system(xy, self.crs, WGS84), self.datum)
        return in_system(lonlat, WGS84, target)

    def numbers(self, xy: Floats, source: CRS) -> Floats:
        """Return the numbers of places given in another coordinate system, shape ``(n, 2)``."""
        if self.datum:
            lonlat = shifted(in_system(xy, source, WGS84), self.datum)
            xy = in_system(lonlat, WGS84, self.crs)
        else:
            xy = in_system(xy, source, self.crs)
        return xy[:, ::-1] if self.swapped else xy

    def lines(self, lines: NDArray[np.object_], target: CRS) -> NDArray[np.object_]:
        """Return lines in another coordinate system."""
        if len(lines) == 0:
            return lines
        return np.asarray(shapely.transform(lines, lambda xy: self.places(xy, target)))

    def area(self, area: BaseGeometry) -> BaseGeometry:
        """Return an area given in the layer's coordinate system in the layer's own numbers."""
        if not (self.datum or self.swapped):
            return area
        return shapely.transform(area, lambda xy: self.numbers(xy, self.crs))

    def turned(self, bounds: Bounds) -> Bounds:
        """Return bounds with east first."""
        west, south, east, north = bounds
        return (south, west, north, east) if self.swapped else bounds

    def bounds(self, bounds: Bounds, target: CRS) -> Bounds | None:
        """Return bounds in another coordinate system, ``None`` where that is impossible."""
        found = transformed_bounds(self.turned(bounds), self.crs, target)
        if found is None or not self.datum:
            return found
        longest = max(found[2] - found[0], found[3] - found[1]) or 1.0
        edge = shapely.segmentize(shapely.box(*found), longest / _CORNERS)
        back = Georeference(target, self.datum)
        west, south, east, north = shapely.bounds(
            shapely.transform(edge, lambda xy: back.places(xy, target))
        ).tolist()
        return west, south, east, north


def settled_placement(
    own: CRS | None,
    *,
    assumed: str | None,
    told: str | None,
    bounds: Bounds | None,
    near: tuple[float, float] | None,
    where: str,
) -> tuple[Georeference, str]:
    """Return how to read a layer's numbers, and how that is known.

    Parameters
    ----------
    own
        Coordinate system that the layer states.
    assumed
        What the settings say for layers that state none.
    told
        What the settings say whatever the layer states.
    bounds, near, where
        As in `roadalign.georeferencing.crs.settled_crs`.

    Returns
    -------
    tuple
        The placement, and ``"stated"``, ``"assumed"`` or ``"told"``.

    Raises
    ------
    InputError
        As `roadalign.georeferencing.crs.settled_crs`.
    """
    said = told if told is not None else assumed if own is None else None
    crs, datum, swapped = parse_placement(said, where=where) if said else (None, "", False)
    if told is not None and crs is not None:
        own = crs
    if own is None and crs is None and (datum or swapped):
        crs = _likely(bounds, near=near, swapped=swapped)
    turned = bounds if bounds is None or not swapped else tuple(np.array(bounds)[[1, 0, 3, 2]])
    name = None if crs is None else crs.to_wkt()
    found, how = settled_crs(own, assumed=name, bounds=turned, near=near, where=where)
    return Georeference(found, datum, swapped), "told" if told is not None else how


def crs_notes(placement: Georeference, *, how: str) -> list[str]:
    """Return the keys of the notes that a layer's coordinate system deserves.

    Parameters
    ----------
    placement
        How its numbers are read.
    how
        ``"stated"``, ``"assumed"`` or ``"told"``.
    """
    keys = {"assumed": ["crs_assumed"], "told": ["crs_told"]}.get(how, [])
    doubtful = table("crs")["doubtful"]
    return keys + sorted({one["note"] for one in doubtful if _is(placement.crs, one)})


def _is(crs: CRS, doubtful: dict[str, Any]) -> bool:
    if "datum" in doubtful:
        name = "" if crs.datum is None else crs.datum.name.replace("_", " ")
        return bool(doubtful["datum"] in name)
    operation = crs.coordinate_operation
    known = {} if operation is None else {one.name.lower(): one.value for one in operation.params}
    return all(
        name in known and low <= known[name] <= high
        for name, (low, high) in doubtful["between"].items()
    )


def parse_placement(text: str, *, where: str) -> tuple[CRS | None, str, bool]:
    """Read ``gcj02``, ``bd09``, ``swapped``, a coordinate system, or several joined by ``+``.

    Parameters
    ----------
    text
        E.g. ``"gcj02"``, ``"EPSG:4550"``, ``"swapped+EPSG:4549"``.
    where
        What to name in an error.

    Returns
    -------
    tuple
        Coordinate system or ``None``, datum or ``""``, whether the axes are swapped.

    Raises
    ------
    InputError
        If a part is none of these.
    """
    crs, datum, swapped = None, "", False
    for part in (one.strip() for one in text.split("+")):
        word = part.lower().replace("-", "")
        if word in DATUMS:
            datum = word
        elif word == SWAPPED:
            swapped = True
        else:
            try:
                crs = read_crs(part)
            except CRSError:
                raise InputError("bad_crs", where=where, crs=part) from None
    return crs, datum, swapped


def _likely(bounds: Bounds | None, *, near: tuple[float, float] | None, swapped: bool) -> CRS:
    """Return the system that numbers of a layer without one most probably are in."""
    if bounds is None:
        return WGS84
    turned = (bounds[1], bounds[0], bounds[3], bounds[2]) if swapped else bounds
    codes = looks_like(turned, near=near)[1]
    return CRS.from_epsg(codes[0]) if codes else WGS84
