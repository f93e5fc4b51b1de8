"""What a link gives the people, or jobs, around it: how much nearer the other side comes.

What weighs w and is t minutes away counts w · f(t), with f(t) = 2 ** (-t / `access_half_minutes`)
up to `access_limit_minutes` and 0 beyond: a potential as of Hansen (1959, doi
10.1080/01944365908978307) with an exponential decay. Everybody around is counted on the way to the
place a kilometre inside A and to that inside B; the gain of a docking point is the sum over both of
w · (f(minutes with the link) - f(minutes today)). With the link, A's place is reached by way of
B's, and B's by way of A's, wherever that is sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from roadalign.assessment.graph_places import snap
from roadalign.assessment.route_search import CHUNK_CELLS, Search

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.assessment.detours import Detours
    from roadalign.assessment.graph import RoadGraph
    from roadalign.assessment.graph_places import Snapped
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]


def access_gains(weights: gpd.GeoDataFrame, around: Detours, *, limits: Limits) -> pd.DataFrame:
    """Return what each docking point's link would give.

    Parameters
    ----------
    weights
        ``weight`` and points in the working CRS; those without a road near them are left out.
    around
        Today's ways across, and the minutes with the link.
    limits
        ``access_half_minutes``, ``access_limit_minutes``, ``network_near_m``.

    Returns
    -------
    pandas.DataFrame
        Per docking point ``access_gain``, in units of the weights, and ``access_gain_pct``, in
        percent of all that weighs near the boundary; ``<NA>`` where the time with the link is not
        known.
    """
    count, graph, places = len(around.there_m), around.graph, around.places
    half, most = limits["access_half_minutes"], limits["access_limit_minutes"]
    xy = shapely.get_coordinates(weights.geometry.array).reshape(-1, 2)
    homes = snap(graph, xy, limit_m=limits["network_near_m"], beside_m=0.0)
    weight = weights["weight"].to_numpy(dtype=float)
    search = Search(graph, places, "minutes", per_m=1.0)
    own = np.unique(homes.point)
    of = weight[own]
    step = max(CHUNK_CELLS // max(len(graph.place), len(homes.edge), 1), 1)
    known = np.flatnonzero(np.isfinite(around.with_minutes))
    gain = np.full(count, np.nan)
    gain[known] = 0.0
    for first in range(0, len(known) if len(own) else 0, step):
        rows = known[first : first + step]
        to_a, to_b = (
            _minutes(graph, homes, places, search.to_places(at, reach=most), at)
            for at in (rows, rows + count)
        )
        link = around.with_minutes[rows][:, None]
        gain[rows] = sum(
            (_decay(np.minimum(now, other + link), half, most) - _decay(now, half, most)) @ of
            for now, other in ((to_a, to_b), (to_b, to_a))
        )
    told = np.isfinite(gain)
    gain = np.where(told, gain, 0.0)
    share = 100 * gain / max(float(weight.sum()), np.finfo(float).tiny)
    return pd.DataFrame(
        {
            "access_gain": pd.Series(gain.round(1), dtype="Float64").mask(~told),
            "access_gain_pct": pd.Series(share.round(2), dtype="Float64").mask(~told),
        }
    )


def _decay(minutes: Floats, half: float, most: float) -> Floats:
    return np.where(minutes <= most, np.exp2(-minutes / half), 0.0)


def _minutes(
    graph: RoadGraph, homes: Snapped, places: Snapped, of_node: Floats, at: Whole
) -> Floats:
    """Return the minutes of each home with a road to each place, shape ``(places, homes)``."""
    edge, whole = homes.edge, graph.minutes[homes.edge]
    share = np.clip(homes.along_m / graph.length_m[edge], 0.0, 1.0)
    by_end = np.where(graph.forward[edge], (1 - share) * whole, np.inf)
    by_start = np.where(graph.backward[edge], share * whole, np.inf)
    found = np.minimum(
        of_node[:, graph.end[edge]] + by_end, of_node[:, graph.start[edge]] + by_start
    )
    per_m = whole / graph.length_m[edge]
    for row, place in enumerate(at.tolist()):
        for spot in np.flatnonzero(places.point == place):
            # Homes on the same road as the place: straight along it.
            ahead_m = places.along_m[spot] - homes.along_m
            may = np.where(ahead_m >= 0, graph.forward[edge], graph.backward[edge])
            same = (edge == places.edge[spot]) & may
            found[row, same] = np.minimum(found[row], np.abs(ahead_m) * per_m)[same]
    starts = np.flatnonzero(np.diff(homes.point, prepend=-1))
    fewest: Floats = np.minimum.reduceat(found, starts, axis=1) if len(starts) else found
    return fewest
