"""Where the roads of one side reach the boundary.

Every stroke is followed through the boundary: the places where it meets the line cut it into
intervals that lie on one side or the other. Intervals that never leave the touching distance are
drawing noise and vanish. What remains are

- *crossings*, where the stroke goes over into the other side's land (an *overshoot* where it is
  a dangle there), and
- *ends* on its own side: at the line (*touch*) or short of it and pointing at it (*undershoot*).

Each is a candidate. A candidate *asks* if it deserves an answer from the neighbour; one that does
not (a boundary road, an end joined to another road of its own side, a dead end too far away for
its class, an end at the edge of the data) can still be the answer to one that does. So a
cul-de-sac near the boundary is no false alarm, and yet the far bank of a river is found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.docking.boundary_roads import find_boundary_roads
from roadalign.docking.headings import fit_headings, known_lengths
from roadalign.docking.intervals import follow
from roadalign.docking.strokes import make_strokes
from roadalign.model.words import End

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.docking.strokes import Strokes
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

MAJOR_RANK = 4
WANTED = ("planned", "construction", "proposed", "reserved")
PERPENDICULAR_FACTOR = 3.0
"""The way straight across counts where it is this many times shorter than along the heading
(OpenMapsForEurope2, candidate connecting points)."""

TIP_M = 0.7
"""Ends that meet are compared by their last decimetres: a line drawn through a junction or a bend
often has a vertex a metre or two behind the boundary."""

EDGE_ENDS = 3
EDGE_M = 1.0
"""An end this near to the edge of the layer's extent is an end of the data, not of the road."""


@dataclass(frozen=True)
class SideEnds:
    """One side's candidates.

    Parameters
    ----------
    ends
        One row per candidate: ``stroke``, ``at_m`` (place on the stroke), ``back`` (±1, where the
        road comes from), ``x``, ``y`` (its end P), ``ux``, ``uy`` (outward unit heading),
        ``match_x``, ``match_y`` (the end in the frame in which the sides are matched),
        ``stretch_m`` (length the heading was fitted over), ``known_m`` (length over which the
        drawing carries it, `roadalign.docking.headings.known_lengths`), ``tip_x``, ``tip_y``
        (heading of the last `TIP_M` alone), ``chainage_m``, ``end``, ``to_boundary_m``,
        ``needs_counterpart``, ``weave`` (candidates of one road that weaves share a number, -1
        otherwise), ``row`` (row of the road table).
    roads
        The canonical road table.
    strokes
        Its strokes.
    boundary_road
        Which strokes run along the boundary.
    """

    ends: pd.DataFrame
    roads: gpd.GeoDataFrame
    strokes: Strokes
    boundary_road: NDArray[np.bool_]

    def moved(self, place: Callable[[Floats], Floats]) -> SideEnds:
        """Return the same ends where they were drawn.

        Parameters
        ----------
        place
            Gives the drawn place of a place in the frame in which the sides were matched; both
            of shape ``(n, 2)``. ``match_x`` and ``match_y`` stay in that frame.
        """
        xy = place(self.ends[["x", "y"]].to_numpy(dtype=float))
        roads = self.roads.set_geometry(
            shapely.transform(np.asarray(self.roads.geometry.array, dtype=object), place)
        )
        lines = shapely.transform(self.strokes.lines, place)
        ends = self.ends.assign(x=xy[:, 0], y=xy[:, 1])
        return replace(self, ends=ends, roads=roads, strokes=replace(self.strokes, lines=lines))


def find_ends(
    roads: gpd.GeoDataFrame,
    ruler: Ruler,
    *,
    own_sign: int,
    extent: tuple[float, float, float, float] | None,
    limits: Limits,
) -> SideEnds:
    """Find where one side's roads reach the boundary.

    Parameters
    ----------
    roads
        Canonical road table of the side, near the boundary.
    ruler
        The boundary.
    own_sign
        On which side of the boundary the side's land lies: +1 left, -1 right.
    extent
        Bounds of the side's whole data, or ``None``.
    limits
        The limits in force.
    """
    strokes = make_strokes(roads, tolerance_m=limits["node_tolerance_m"])
    reach_m = limits["undershoot_major_m"]
    near = np.unique(ruler.tree.query(strokes.lines, predicate="dwithin", distance=reach_m)[0])
    along = np.zeros(len(strokes.lines), dtype=bool)
    along[near] = find_boundary_roads(strokes.lines[near], ruler, limits=limits)
    met = follow(strokes, near, ruler, own_sign=own_sign, limits=limits)
    met = _located(met, roads, strokes, limits=limits)
    met = _short_of(met, strokes, ruler, limits=limits)
    met = _asking(met, roads, along, extent=extent, limits=limits)
    reading = ruler.read(met[["x", "y"]].to_numpy(dtype=float))
    met = met.assign(chainage_m=reading.chainage_m, match_x=met["x"], match_y=met["y"])
    return SideEnds(met.reset_index(drop=True), roads, strokes, along)


def _located(
    met: pd.DataFrame, roads: gpd.GeoDataFrame, strokes: Strokes, *, limits: Limits
) -> pd.DataFrame:
    """Add place, row of the road table and heading."""
    lines = strokes.lines[met["stroke"].to_numpy()]
    at_m, back = met["at_m"].to_numpy(dtype=float), met["back"].to_numpy()
    xy = shapely.get_coordinates(shapely.line_interpolate_point(lines, at_m)).reshape(-1, 2)
    row = _rows(lines, at_m, back, met["stroke"].to_numpy(), roads, strokes)
    rank = roads["road_class"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)[row]
    length = np.select(
        [rank >= 6, rank <= 3],  # noqa: PLR2004 (ranks of the class table)
        [limits["heading_expressway_m"], limits["heading_minor_m"]],
        limits["heading_major_m"],
    )
    heading, stretch = fit_headings(lines, at_m, back, length)
    tip = fit_headings(lines, at_m, back, np.full(len(lines), TIP_M))[0]
    return met.assign(
        x=xy[:, 0],
        y=xy[:, 1],
        ux=heading[:, 0],
        uy=heading[:, 1],
        tip_x=tip[:, 0],
        tip_y=tip[:, 1],
        stretch_m=stretch,
        known_m=known_lengths(lines, at_m, back, stretch),
        row=row,
        rank=rank,
    )


def _rows(
    lines: NDArray[np.object_],
    at_m: Floats,
    back: NDArray[np.int_],
    stroke: NDArray[np.intp],
    roads: gpd.GeoDataFrame,
    strokes: Strokes,
) -> NDArray[np.intp]:
    """Return the feature that forms each end, looked up a little way back on its own side."""
    if len(lines) == 0:
        return np.empty(0, dtype=np.intp)
    little = np.clip(at_m + 0.05 * back, 0, shapely.length(lines))
    points = shapely.line_interpolate_point(lines, little)
    parts = np.asarray(roads.geometry.array, dtype=object)
    end, row = shapely.STRtree(parts).query(points, predicate="dwithin", distance=5.0)
    own = strokes.line_stroke[row] == stroke[end]
    end, row = end[own], row[own]
    order = np.lexsort((row, shapely.distance(parts[row], points[end]), end))
    end, row = end[order], row[order]
    first = np.unique(end, return_index=True)[1]
    found = np.zeros(len(lines), dtype=np.intp)
    found[end[first]] = row[first]
    return found


def _short_of(met: pd.DataFrame, strokes: Strokes, ruler: Ruler, *, limits: Limits) -> pd.DataFrame:
    """Keep the undershoots that point at the boundary with nothing of their own in the way."""
    short = (met["end"] == End.UNDERSHOOT).to_numpy()
    few = met[short]
    xy = few[["x", "y"]].to_numpy(dtype=float)
    heading = few[["ux", "uy"]].to_numpy(dtype=float)
    ahead, angle = ruler.rays(xy, heading, reach_m=limits["undershoot_major_m"])
    across = np.abs(few["to_boundary_m"].to_numpy(dtype=float))
    to_boundary = np.where(PERPENDICULAR_FACTOR * across <= ahead, across, ahead)
    points_at = np.isfinite(ahead) & (angle >= limits["approach_angle_deg"])
    reach = np.where(np.isfinite(ahead), ahead, 0.0)
    way = shapely.linestrings(
        np.stack([xy + 0.5 * heading, xy + np.maximum(reach, 1.0)[:, None] * heading], axis=1)
    )
    which, other = shapely.STRtree(strokes.lines).query(way, predicate="intersects")
    blocked = np.zeros(len(few), dtype=bool)
    blocked[which[other != few["stroke"].to_numpy()[which]]] = True
    keep = np.ones(len(met), dtype=bool)
    keep[np.flatnonzero(short)] = points_at & ~blocked
    distance = met["to_boundary_m"].to_numpy(dtype=float).copy()
    distance[np.flatnonzero(short)] = to_boundary
    return met.assign(to_boundary_m=distance)[keep]


def _asking(
    met: pd.DataFrame,
    roads: gpd.GeoDataFrame,
    along: NDArray[np.bool_],
    *,
    extent: tuple[float, float, float, float] | None,
    limits: Limits,
) -> pd.DataFrame:
    """Decide which candidates deserve an answer, and drop dead ends too far off for their class."""
    row = met["row"].to_numpy()
    wanted = roads["status"].isin(WANTED).to_numpy()[row]
    major = (met["rank"].to_numpy() >= MAJOR_RANK) | wanted
    short = (met["end"] == End.UNDERSHOOT).to_numpy()
    distance = met["to_boundary_m"].to_numpy(dtype=float)
    lone_m = np.where(major, limits["undershoot_major_m"], limits["lone_minor_m"])
    reach_m = np.where(major, limits["undershoot_major_m"], limits["undershoot_minor_m"])
    needing = met["needs_counterpart"].to_numpy() & ~along[met["stroke"].to_numpy()]
    needing &= ~short | (distance <= lone_m)
    needing &= ~_at_edge(met, roads, extent)
    return met.assign(needs_counterpart=needing)[~short | (distance <= reach_m)]


def _at_edge(
    met: pd.DataFrame,
    roads: gpd.GeoDataFrame,
    extent: tuple[float, float, float, float] | None,
) -> NDArray[np.bool_]:
    """Return which undershoots lie on an edge of the data where several lines end.

    One road that reaches furthest makes an edge of its own; a clip leaves many ends on it.
    """
    if extent is None or len(met) == 0:
        return np.zeros(len(met), dtype=bool)
    lines = np.asarray(roads.geometry.array, dtype=object)
    ends = np.concatenate(
        [shapely.get_coordinates(shapely.get_point(lines, position)) for position in (0, -1)]
    )
    place = met[["x", "y"]].to_numpy(dtype=float)
    edges = [(0, extent[0]), (1, extent[1]), (0, extent[2]), (1, extent[3])]
    on_edge = np.zeros(len(met), dtype=bool)
    for axis, value in edges:
        if (np.abs(ends[:, axis] - value) <= EDGE_M).sum() >= EDGE_ENDS:
            on_edge |= np.abs(place[:, axis] - value) <= EDGE_M
    return np.asarray(on_edge & (met["end"] == End.UNDERSHOOT).to_numpy())
