"""Two sides drawn at a straight boundary: A below it (y < 0), B above, places in metres.

The boundary runs along y = 0 from x = 0 to x = 4,000, so the distance of a place from it is its y
(left, which is B's side, positive) and its chainage is its x.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from roadalign.config import Settings
from roadalign.docking.approaches import find_ends
from roadalign.docking.pairing import Pairing
from roadalign.docking.ruler import Ruler
from roadalign.docking.strokes import Strokes
from roadalign.model.result import Boundary, Plan
from roadalign.model.tables import ROAD_COLUMNS, typed

LIMITS = Settings().limits_for(None)
LINE = shapely.LineString([(0, 0), (4000, 0)])
RULER = Ruler(LINE)
BOUNDARY = Boundary(name="line", line=LINE, crs=CRS.from_epsg(4549))
OWN_SIGN = {"a": -1, "b": 1}


def limits(**values):
    return Settings(limits=values).limits_for(None)


def roads(*lines, side="a", **columns):
    """The road table of some lines; their ``fid`` is their number from 0, columns are lists."""
    told = {"side": side, "fid": [str(k) for k in range(len(lines))], "layer": side} | columns
    table = typed(pd.DataFrame(told, index=range(len(lines))), ROAD_COLUMNS)
    return gpd.GeoDataFrame(table, geometry=[shapely.LineString(x) for x in lines], crs=4549)


def plan(*lines, side="a", extent=None, **columns):
    return Plan(side, roads(*lines, side=side, **columns), extent, ())


def ends_of(*lines, side="a", extent=None, values=LIMITS, **columns):
    """The candidates of one side."""
    table = roads(*lines, side=side, **columns)
    return find_ends(table, RULER, own_sign=OWN_SIGN[side], extent=extent, limits=values)


def strokes_of(*lines, free=True, last=True):
    """Strokes as they are, each end free (or last) or not."""
    shapes = np.array([shapely.LineString(x) for x in lines], dtype=object)
    count = len(lines)
    return Strokes(
        shapes,
        np.arange(count),
        np.broadcast_to(np.asarray(free, dtype=bool), (count, 2)).copy(),
        np.broadcast_to(np.asarray(last, dtype=bool), (count, 2)).copy(),
    )


def pairing_of(*pairs, count_a, count_b, confidence=1.0):
    """A pairing as it might be chosen."""
    rows = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return Pairing(
        rows[:, 0],
        rows[:, 1],
        np.full(len(rows), confidence),
        [[] for _ in pairs],
        np.zeros(len(rows), dtype=bool),
        np.full(count_a, 0.9),
        np.full(count_b, 0.8),
    )


def up(x, start=-600, stop=0):
    """A road of side A straight up to the boundary at chainage x, or from and to elsewhere."""
    return [(x, start), (x, stop)]


def down(x, start=600, stop=0):
    """A road of side B straight down to the boundary at chainage x."""
    return [(x, start), (x, stop)]
