"""What a cut network is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from pyproj import CRS
    from shapely import LineString, MultiLineString

SIDES = ("a", "b")


def other(side: str) -> str:
    """Return the other side."""
    return "b" if side == "a" else "a"


@dataclass(frozen=True)
class Cut:
    """A network cut at a line into two sides.

    Parameters
    ----------
    name
        Of network and line, e.g. ``"porto-river"``.
    line
        The boundary, in metres.
    crs
        The working CRS.
    roads
        Canonical road table of each side; one feature per line, split at junctions.
    crossings
        One row per place where the line cuts a road: ``x``, ``y``, ``a``, ``b`` (sets of the
        fids that end there), ``rank``, ``angle_deg`` (between road and line), ``alone_m``
        (distance to the next crossing), ``group`` (crossings of one weaving road share it),
        ``required`` (false where the road runs along the line or only grazes it).
    window
        Bounds of the data, where they are a cut and no coast: ends on them are no dead ends.
    own_ends
        Places of the dead ends that the network itself has at the line.
    """

    name: str
    line: LineString | MultiLineString
    crs: CRS
    roads: dict[str, gpd.GeoDataFrame]
    crossings: pd.DataFrame
    window: tuple[float, float, float, float]
    own_ends: frozenset[tuple[float, float]] = frozenset()
