"""What speaks against a dead end as a road to the neighbour, and which ends ask for an answer.

A dead end short of the boundary may be a road that wants to cross or a cul-de-sac. Nothing that
can be seen of it settles this, so it is no reason to drop the end: the neighbour would be told
that there is nothing. Each piece of evidence costs some nats of a pair instead, added to those of
`roadalign.docking.pairing` (independent pieces add up: Fellegi and Sunter, "A theory for record
linkage", 1969):

- the angle at which its axis meets the boundary, below ``approach_angle_deg``;
- every road of its own side that lies across its way to the boundary (a flyover, a ring, a
  frontage road, and as well the last street of a quarter);
- a distance from the boundary that is beyond the reach of its class and status.

Who *asks* is another matter: an end with anything against it asks for nothing, nor does one too
far away for its class and status. And some that ask *may end here*, so that nothing is said where
they stay alone: a planned minor road far from the line, and an existing street some metres short
of it, which is no plan to cross it (unless the side's ends scatter about the line as much). They
are looked for like all that ask, for where the neighbour has the road the two are one.

The nats are ours: of two ends in line, one of which asks, an angle of 0° or one road across leaves
a pair standing up to 500 m apart, two roads up to 180 m and three up to 50 m; beyond its reach an
end answers to its own name or number alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from roadalign.model.words import End, Status

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.docking.strokes import Strokes
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

OBLIQUE_NATS = 1.0
"""What speaks against an end along the boundary; less the nearer it comes to the angle."""

OWN_ROAD_NATS = 1.0
"""What each road of the own side across the way speaks against an end."""

FAR_NATS = 3.0
"""What it speaks against an end to lie further off than its class and status reach."""

MAJOR_RANK = 4
WANTED = ("planned", "construction", "proposed", "reserved")
PERPENDICULAR_FACTOR = 3.0
"""The way straight across counts where it is this many times shorter than along the heading
(OpenMapsForEurope2, candidate connecting points)."""

FEWEST_TOUCHING = 5
SCATTER_FACTOR = 3.0
"""Where the ends of a side lie about the line, twice the standard deviation is three times the
median distance (normal errors: 2 / 0.674)."""

EDGE_ENDS = 3
EDGE_M = 1.0
"""An end this near to the edge of the layer's extent is an end of the data, not of the road."""


def with_evidence(
    met: pd.DataFrame, strokes: Strokes, ruler: Ruler, *, limits: Limits
) -> pd.DataFrame:
    """Add what speaks against each candidate, and the way to the boundary of those short of it.

    Parameters
    ----------
    met
        Candidates with ``stroke``, ``end``, ``x``, ``y``, ``ux``, ``uy``, ``to_boundary_m``.
    strokes
        The side's strokes.
    ruler
        The boundary.
    limits
        Uses ``undershoot_major_m``, ``approach_angle_deg`` and ``boundary_road_band_m``.

    Returns
    -------
    pandas.DataFrame
        With ``against`` in nats, 0 where nothing does; without the dead ends whose heading never
        meets the boundary, unless they lie beside it, within the band of boundary roads.
    """
    short = np.flatnonzero(met["end"] == End.UNDERSHOOT)
    few = met.iloc[short]
    xy = few[["x", "y"]].to_numpy(dtype=float)
    heading = few[["ux", "uy"]].to_numpy(dtype=float)
    ahead, angle = ruler.rays(xy, heading, reach_m=limits["undershoot_major_m"])
    across = np.abs(few["to_boundary_m"].to_numpy(dtype=float))
    points_at = np.isfinite(ahead)
    reach, angle = np.where(points_at, ahead, across), np.where(points_at, angle, 0.0)
    way = shapely.linestrings(
        np.stack([xy + 0.5 * heading, xy + np.maximum(reach, 1.0)[:, None] * heading], axis=1)
    )
    which, other = shapely.STRtree(strokes.lines).query(way, predicate="intersects")
    own_roads = np.bincount(which[other != few["stroke"].to_numpy()[which]], minlength=len(few))
    oblique = np.clip(1 - angle / limits["approach_angle_deg"], 0, 1)
    against, distance = np.zeros(len(met)), met["to_boundary_m"].to_numpy(dtype=float).copy()
    against[short] = OBLIQUE_NATS * oblique + OWN_ROAD_NATS * own_roads
    distance[short] = np.where(PERPENDICULAR_FACTOR * across <= reach, across, reach)
    keep = np.ones(len(met), dtype=bool)
    keep[short] = points_at | (across <= limits["boundary_road_band_m"])
    return met.assign(to_boundary_m=distance, against=against)[keep]


def find_asking(
    met: pd.DataFrame,
    roads: gpd.GeoDataFrame,
    along: NDArray[np.bool_],
    *,
    extent: tuple[float, float, float, float] | None,
    limits: Limits,
) -> pd.DataFrame:
    """Decide which candidates ask and which may end here, and add what their distance says.

    Parameters
    ----------
    met
        Of `with_evidence`.
    roads
        Canonical road table of the side.
    along
        Which strokes run along the boundary.
    extent
        Bounds of the side's whole data, or ``None``.
    limits
        Uses ``undershoot_major_m``, ``undershoot_minor_m``, ``lone_minor_m``.

    Returns
    -------
    pandas.DataFrame
        With ``needs_counterpart`` and ``may_end_here``, and ``against`` with the distance in it;
        dead ends further off than ``undershoot_major_m`` along their way are gone.
    """
    status = roads["status"].to_numpy(dtype=object, na_value="")[met["row"].to_numpy()]
    wanted = np.isin(status, WANTED)
    rank = met["rank"].to_numpy(dtype=float)
    major, minor = rank >= MAJOR_RANK, rank < MAJOR_RANK  # neither where the class is not known
    short = (met["end"] == End.UNDERSHOOT).to_numpy()
    distance = met["to_boundary_m"].to_numpy(dtype=float)
    far_m, minor_m, lone_m = (
        limits[name] for name in ("undershoot_major_m", "undershoot_minor_m", "lone_minor_m")
    )
    reach_m = np.where(major | wanted, far_m, minor_m)
    needing = met["needs_counterpart"].to_numpy() & ~along[met["stroke"].to_numpy()]
    needing &= ~short | (distance <= np.where(major | wanted, far_m, lone_m))
    needing &= ~short | (met["against"].to_numpy() == 0)
    needing &= ~_at_edge(met, roads, extent)
    may_end = minor & wanted & short & (distance > minor_m)
    scatter_m = _scatter_at_the_line(met, needing)
    may_end |= minor & (status == Status.EXISTING) & (distance > lone_m + scatter_m)
    far = short & (distance > reach_m)
    met = met.assign(
        needs_counterpart=needing & ~far,
        may_end_here=may_end,
        against=met["against"] + FAR_NATS * far,
    )
    return met[~short | (distance <= far_m)]


def _scatter_at_the_line(met: pd.DataFrame, needing: NDArray[np.bool_]) -> float:
    """Return how far short of the line an end may be that was meant to reach it.

    Drawings and lines of different surveys do not meet to the decimetre: where most ends of a side
    that touch the line lie some metres about it, one that is short by as much is no cul-de-sac.
    """
    touching = needing & (met["end"] == End.TOUCH).to_numpy()
    if touching.sum() < FEWEST_TOUCHING:
        return 0.0
    return SCATTER_FACTOR * float(met["to_boundary_m"][touching].abs().median())


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
