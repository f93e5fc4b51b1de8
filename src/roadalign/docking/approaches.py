"""Where the roads of one side reach the boundary.

Every stroke is followed through the boundary: the places where it meets the line cut it into
intervals that lie on one side or the other. Intervals that never leave the touching distance are
drawing noise and vanish. What remains are

- *crossings*, where the stroke goes over into the other side's land (an *overshoot* where it is
  a dangle there), and
- *ends* on its own side: at the line (*touch*) or short of it and pointing at it (*undershoot*).

Each is a candidate, and stays one: what speaks against it is evidence, a cost of pairing it
(`roadalign.docking.evidence`). A candidate *asks* if it deserves an answer from the neighbour; one
that does not (a boundary road, an end joined to another road of its own side, a dead end too far
away for its class, at too small an angle or behind a road of its own side, an end at the edge of
the data) can still be the answer to one that does. So a cul-de-sac near the boundary is no false
alarm, and yet the far bank of a river is found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.docking.boundary_roads import find_boundary_roads
from roadalign.docking.evidence import find_asking, with_evidence
from roadalign.docking.headings import fit_headings, known_lengths
from roadalign.docking.intervals import follow
from roadalign.docking.strokes import make_strokes

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.docking.strokes import Strokes
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

TIP_M = 0.7
"""Ends that meet are compared by their last decimetres: a line drawn through a junction or a bend
often has a vertex a metre or two behind the boundary."""


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
        ``needs_counterpart``, ``may_end_here`` (nothing is said where it stays alone), ``against``
        (what speaks against it, in nats), ``weave`` (candidates of one road that weaves share a
        number, -1 otherwise), ``row`` (row of the road table).
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
    met = with_evidence(met, strokes, ruler, limits=limits)
    met = find_asking(met, roads, along, extent=extent, limits=limits)
    reading = ruler.read(met[["x", "y"]].to_numpy(dtype=float))
    met = met.assign(
        chainage_m=reading.chainage_m,
        match_x=met["x"],
        match_y=met["y"],
    )
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
