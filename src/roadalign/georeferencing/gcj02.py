"""GCJ-02 and BD-09: coordinates of Chinese web maps, shifted from WGS 84 by a few hundred metres.

The forward formulas are the public, reverse-engineered ones (e.g. the project coordTransform);
there is no official text. The shift is not constant, so it is undone point by point, by fixed
point iteration; five rounds leave less than a micrometre. Outside a box around China there is no
shift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DATUMS = ("gcj02", "bd09")
SEMI_MAJOR_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
BOX_DEG = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the area in which the formula shifts."""

BD_PI = np.pi * 3000.0 / 180.0
BD_LON_DEG, BD_LAT_DEG = 0.0065, 0.006
ROUNDS = 6


def shifted(lonlat_deg: Floats, datum: str) -> Floats:
    """Return WGS 84 positions as they are written in GCJ-02 or BD-09.

    Parameters
    ----------
    lonlat_deg
        Longitude and latitude, shape ``(n, 2)``.
    datum
        ``"gcj02"`` or ``"bd09"``.
    """
    gcj = _to_gcj(lonlat_deg)
    return gcj if datum == "gcj02" else np.where(_inside(lonlat_deg), _to_bd(gcj), lonlat_deg)


def restored(lonlat_deg: Floats, datum: str) -> Floats:
    """Return positions written in GCJ-02 or BD-09 as WGS 84, the inverse of `shifted`.

    Parameters
    ----------
    lonlat_deg
        Longitude and latitude, shape ``(n, 2)``.
    datum
        ``"gcj02"`` or ``"bd09"``.
    """

    def forward(guess: Floats) -> Floats:
        return shifted(guess, datum)

    return _inverted(forward, lonlat_deg)


def _inverted(forward: Callable[[Floats], Floats], wanted: Floats) -> Floats:
    guess = wanted.copy()
    for _ in range(ROUNDS):
        guess = guess + (wanted - forward(guess))
    return guess


def _inside(lonlat_deg: Floats) -> NDArray[np.bool_]:
    west, south, east, north = BOX_DEG
    lon, lat = lonlat_deg.T
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.asarray(inside[:, None])


def _to_gcj(lonlat_deg: Floats) -> Floats:
    lon, lat = lonlat_deg.T
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    common = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    turn = np.radians(lat)
    flat = 1.0 - ECCENTRICITY_SQUARED * np.sin(turn) ** 2
    per_lat = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_SQUARED) / (flat * np.sqrt(flat))
    per_lon = SEMI_MAJOR_M / np.sqrt(flat) * np.cos(turn)
    moved = lonlat_deg + np.degrees(np.column_stack([east / per_lon, north / per_lat]))
    return np.where(_inside(lonlat_deg), moved, lonlat_deg)


def _to_bd(gcj_deg: Floats) -> Floats:
    lon, lat = gcj_deg.T
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * BD_PI)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * BD_PI)
    return np.column_stack(
        [radius * np.cos(angle) + BD_LON_DEG, radius * np.sin(angle) + BD_LAT_DEG]
    )
