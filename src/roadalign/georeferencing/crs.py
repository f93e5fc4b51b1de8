"""Coordinate systems: the working one of a place, and what to say of a layer that states none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from roadalign.errors import InputError
from roadalign.georeferencing.crs_text import read_crs
from roadalign.standards import table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]

WGS84 = CRS.from_epsg(4326)

_NEAR_M = 20_000.0  # numbers this near to where they should lie are taken for that system
_NEAR_DEG = 0.2
_MOST = 6  # more candidates than this help nobody
_UTM_ZONE_DEG = 6
_MILLION = 1_000_000.0


def working_crs(lon_deg: float, lat_deg: float) -> CRS:
    """Return the metric coordinate system to measure in at one place.

    Parameters
    ----------
    lon_deg, lat_deg
        The place, WGS84.

    Returns
    -------
    pyproj.CRS
        In China CGCS2000 3-degree Gauss-Krüger of the nearest central meridian, without a zone
        prefix (EPSG:4549 for 120°E); elsewhere UTM on WGS84. Inside China means: in the area
        of use that EPSG gives the code.
    """
    china = table("crs")["china"]
    step = round((lon_deg - china["first_meridian_deg"]) / china["step_deg"])
    if 0 <= step < china["count"]:
        crs = CRS.from_epsg(china["first_code"] + step)
        use = crs.area_of_use
        if use and use.west <= lon_deg <= use.east and use.south <= lat_deg <= use.north:
            return crs
    zone = int((lon_deg + 180.0) // _UTM_ZONE_DEG) % 60 + 1
    return CRS.from_epsg((32600 if lat_deg >= 0 else 32700) + zone)


def settled_crs(
    own: CRS | None,
    *,
    assumed: str | None,
    bounds: Bounds | None,
    near: tuple[float, float] | None,
    where: str,
) -> tuple[CRS, str]:
    """Return the coordinate system of a layer and how it is known.

    Parameters
    ----------
    own
        What the layer states; wins over `assumed`.
    assumed
        What the settings say for layers that state none.
    bounds
        The layer's bounds in its own numbers, for the error.
    near
        Longitude and latitude where the layer should lie, if known.
    where
        How to name the layer in an error.

    Returns
    -------
    tuple
        The system, and ``"stated"`` or ``"assumed"``.

    Raises
    ------
    InputError
        If none is known (the error says what the numbers look like), the assumed one does not
        exist, or the numbers are impossible in it.
    """
    if own is None and assumed is None:
        kind, codes = looks_like(bounds, near=near)
        raise InputError(
            f"no_crs_{kind}", where=where, numbers=shown_bounds(bounds), candidates=_named(codes)
        )
    try:
        crs = own if own is not None else read_crs(str(assumed))
    except CRSError:
        raise InputError("bad_crs", where=where, crs=assumed) from None
    if not _on_earth(crs):
        raise InputError("bad_own_crs" if own is not None else "bad_crs", where=where, crs=assumed)
    if bounds is not None and not _possible(bounds, crs):
        kind, codes = looks_like(bounds, near=near)
        raise InputError(
            "crs_swapped" if kind in {"swapped", "exchanged"} else "crs_does_not_fit",
            where=where,
            crs=crs_name(crs),
            numbers=shown_bounds(bounds),
            candidates=_named(codes),
        )
    return crs, "stated" if own is not None else "assumed"


def looks_like(
    bounds: Bounds | None, *, near: tuple[float, float] | None
) -> tuple[str, tuple[int, ...]]:
    """Say what the numbers of a layer look like.

    Parameters
    ----------
    bounds
        The layer's bounds in its own numbers.
    near
        Longitude and latitude where the layer should lie, if known.

    Returns
    -------
    tuple
        A kind (``degrees``, ``swapped``, ``projected``, ``exchanged``, ``local``, ``metres`` or
        ``unknown``) and EPSG codes that fit, best first. Ranges: ``standards/crs.toml``.
    """
    if bounds is None or not np.isfinite(bounds).all():
        return "unknown", ()
    if near is not None:
        codes = _codes_at(bounds, near)
        if codes:
            return ("degrees" if _in_degrees(bounds) else "projected"), codes
        turned = (bounds[1], bounds[0], bounds[3], bounds[2])
        codes = _codes_at(turned, near)
        if codes:
            return ("swapped" if _in_degrees(turned) else "exchanged"), codes
    return _by_numbers(bounds)


def systems_here(bounds: Bounds, near: tuple[float, float]) -> tuple[int, ...]:
    """Return the EPSG codes of all projected systems in which some numbers lie near a place.

    Parameters
    ----------
    bounds
        Bounds of the numbers.
    near
        Longitude and latitude of the place.
    """
    return () if _in_degrees(bounds) else _codes_at(bounds, near, most=None)


def transformed(shape: BaseGeometry, source: CRS, target: CRS) -> BaseGeometry:
    """Return a geometry in another coordinate system, x being east in both."""
    return shapely.transform(shape, lambda xy: moved(xy, source, target))


def moved(xy: NDArray[np.float64], source: CRS, target: CRS) -> NDArray[np.float64]:
    """Return coordinates in another system, x being east in both, shape ``(n, 2)``."""
    change = find_transformer(source, target)
    return np.column_stack(change.transform(xy[:, 0], xy[:, 1]))


def transformed_bounds(bounds: Bounds, source: CRS, target: CRS) -> Bounds | None:
    """Return bounds in another coordinate system, ``None`` where that is impossible."""
    try:
        found = find_transformer(source, target).transform_bounds(*bounds, densify_pts=21)
    except ProjError:
        return None
    return found if np.isfinite(found).all() else None


def crs_name(crs: CRS) -> str:
    """Return ``EPSG:…`` where a coordinate system has a code, its name otherwise."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.name


def shown_bounds(bounds: Bounds | None) -> str:
    """Return bounds as a person would write them: ``x 584010…643770, y 3393610…3436376``."""
    if bounds is None:
        return "—"
    digits = 4 if _in_degrees(bounds) else 0
    west, south, east, north = (f"{value:.{digits}f}" for value in bounds)
    return f"x {west}…{east}, y {south}…{north}"


@lru_cache(maxsize=128)
def find_transformer(source: CRS, target: CRS) -> Transformer:
    """Return what transforms places, x or longitude first; made once, for PROJ takes 50 ms.

    Parameters
    ----------
    source, target
        From which system into which.
    """
    return Transformer.from_crs(source, target, always_xy=True)


def _on_earth(crs: CRS) -> bool:
    """Return whether a system says where its numbers lie; one of a drawing or a damaged one not."""
    try:
        find_transformer(crs, WGS84)
    except ProjError:
        return False
    return True


def _possible(bounds: Bounds, crs: CRS) -> bool:
    if crs.is_geographic:
        west, south, east, north = bounds
        return west >= -360 and east <= 360 and south >= -90.1 and north <= 90.1  # noqa: PLR2004
    return transformed_bounds(bounds, crs, WGS84) is not None


def _in_degrees(bounds: Bounds) -> bool:
    return max(map(abs, bounds)) <= 180  # noqa: PLR2004  (degrees)


def _named(codes: tuple[int, ...]) -> str:
    return ", ".join(f"EPSG:{code} ({CRS.from_epsg(code).name})" for code in codes) or "—"


def _codes_at(
    bounds: Bounds, near: tuple[float, float], *, most: int | None = _MOST
) -> tuple[int, ...]:
    """Return the codes in which the place lies inside or close to the bounds."""
    lon, lat = near
    if _in_degrees(bounds):
        west, south, east, north = bounds
        inside = west - _NEAR_DEG <= lon <= east + _NEAR_DEG
        return (4326, 4490) if inside and south - _NEAR_DEG <= lat <= north + _NEAR_DEG else ()
    fitting = []
    for code in _candidates(lon):
        x, y = find_transformer(WGS84, CRS.from_epsg(code)).transform(lon, lat)
        beside_m = max(bounds[0] - x, x - bounds[2], bounds[1] - y, y - bounds[3])
        if beside_m <= _NEAR_M:
            fitting.append((max(beside_m, 0.0), code))
    # Without a sort by distance equal numbers keep the order of the table, CGCS2000 first.
    return tuple(code for _, code in sorted(fitting, key=lambda one: one[0])[:most])


def _candidates(lon_deg: float) -> list[int]:
    first_deg = table("crs")["china"]["first_meridian_deg"]
    codes = []
    for family in table("crs")["family"]:
        nearest = round((lon_deg - first_deg) / family["step_deg"])
        steps = [
            step for step in (nearest, nearest - 1, nearest + 1) if 0 <= step < family["count"]
        ]
        codes += [family["first_code"] + step for step in steps]
    zone = int((lon_deg + 180.0) // _UTM_ZONE_DEG) % 60 + 1
    near_zones = [zone, *(z for z in (zone - 1, zone + 1) if 1 <= z <= 60)]  # noqa: PLR2004
    return [*codes, *(32600 + z for z in near_zones), *(32700 + z for z in near_zones), 3857]


def _by_numbers(bounds: Bounds) -> tuple[str, tuple[int, ...]]:
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    for row in table("crs")["numbers"]:
        if not (row["x"][0] <= x <= row["x"][1] and row["y"][0] <= y <= row["y"][1]):
            continue
        if "x_not" in row and row["x_not"][0] <= x <= row["x_not"][1]:
            continue
        if row["kind"] == "prefixed":
            return "projected", (row["first_code"] + int(x // _MILLION) - row["first_zone"],)
        return row["kind"], tuple(
            row.get("codes", (4326, 4490) if row["kind"] == "degrees" else ())
        )
    return ("unknown" if _in_degrees(bounds) else "metres"), ()
