"""The land of one side, of which a line is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Area:
    """One side's land.

    Parameters
    ----------
    name
        What to call the side.
    shapes
        Polygons, with their coordinate system.
    source
        What they were read from, as a reader of the result should see it.
    """

    name: str
    shapes: gpd.GeoSeries
    source: str
