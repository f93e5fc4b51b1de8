"""A straight boundary, some roads beside it, and files made of them."""

from __future__ import annotations

import geopandas as gpd
import pytest
from pyproj import CRS
from shapely import LineString

from roadalign.model.result import Boundary
from roadalign.settings import Settings

WORKING = CRS.from_epsg(4549)
X = 600_000.0  # the boundary runs north on this easting
Y = 3_400_000.0


@pytest.fixture
def settings():
    return Settings()


@pytest.fixture
def boundary():
    return Boundary(name="test", line=LineString([(X, Y), (X, Y + 10_000)]), crs=WORKING)


@pytest.fixture
def roads():
    """One road across, one 1.4 km off, one 5 km off."""
    return gpd.GeoDataFrame(
        {
            "道路名称": ["兴豪路", "姚杨公路", "远路"],
            "车道规模": ["六快二慢", "近四远六", "4"],
            "红线宽度": ["40米", "45", "0"],
        },
        geometry=[
            LineString([(X - 3000, Y + 1000), (X + 3000, Y + 1000)]),
            LineString([(X + 1400, Y + 2000), (X + 4000, Y + 2000)]),
            LineString([(X + 5000, Y + 3000), (X + 6000, Y + 3000)]),
        ],
        crs=WORKING,
    )
