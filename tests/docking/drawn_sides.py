"""Two sides drawn at a straight boundary: A below it (y < 0), B above, places in metres.

The boundary runs along y = 0 from x = 0 to x = 4,000, so the distance of a place from it is its y
(left, which is B's side, positive) and its chainage is its x.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from roadalign.docking.approaches import SideEnds, find_ends
from roadalign.docking.pairing import Pairing
from roadalign.docking.ruler import Ruler
from roadalign.docking.strokes import Strokes
from roadalign.model.result import Boundary, Plan
from roadalign.model.tables import ROAD_COLUMNS, typed
from roadalign.settings import Settings

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


def side_of(*ends, boundary_road=None, lengths_m=None, **columns):
    """Candidates written down one by one: ``(x, y, bearing)`` and what else the dictionary says.

    Every end has a stroke and a road of its own, 600 m long unless said otherwise.
    """
    count = len(ends)
    place = np.array([one[:2] for one in ends], dtype=float).reshape(-1, 2)
    turn = np.radians([one[2] for one in ends])
    rest = [one[3] if len(one) > 3 else {} for one in ends]
    table = pd.DataFrame(
        {
            "x": place[:, 0],
            "y": place[:, 1],
            "match_x": [one.get("match_x", x) for one, x in zip(rest, place[:, 0], strict=True)],
            "match_y": [one.get("match_y", y) for one, y in zip(rest, place[:, 1], strict=True)],
            "ux": np.sin(turn),
            "uy": np.cos(turn),
            "needs_counterpart": np.array(
                [one.get("needs_counterpart", True) for one in rest], dtype=bool
            ),
            "may_end_here": np.array([one.get("may_end_here", False) for one in rest], dtype=bool),
            "weave": np.array([one.get("weave", -1) for one in rest], dtype=int),
            "stroke": np.array([one.get("stroke", k) for k, one in enumerate(rest)], dtype=int),
            "row": np.arange(count),
        }
    )
    long = [600.0] * count if lengths_m is None else lengths_m
    lines = [[(0, 0), (length, 0)] for length in long]
    along = np.zeros(len(lines), dtype=bool) if boundary_road is None else np.array(boundary_road)
    return SideEnds(table, roads(*lines, **columns), strokes_of(*lines), along)


def meeting(bearings_deg, moved_by=(0.0, 0.0), *, first=300, every=450, length_m=600):
    """Lines of A and of B that meet on the boundary in these bearings, those of B moved."""
    a, b = [], []
    for k, degrees in enumerate(bearings_deg):
        x, turn = first + every * k, np.radians(degrees)
        back = length_m * np.sin(turn), length_m * np.cos(turn)
        a.append([(x - back[0], -back[1]), (x, 0)])
        b.append(
            [
                (x + back[0] + moved_by[0], back[1] + moved_by[1]),
                (x + moved_by[0], moved_by[1]),
            ]
        )
    return a, b
