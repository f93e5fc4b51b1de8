"""What the missing or bad connection of a docking point costs whoever drives there today.

The way is measured between two places, one on each side, a kilometre back along each road: the
two ends themselves often coincide, and nobody drives from one of them to the other. Where a side
has no road, its place lies as far ahead along the other side's heading. Both directions count;
what is told is their mean, since one-way streets make them differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.assessment.graph import MINUTES_PER_M_AND_KMH
from roadalign.assessment.graph_places import Snapped, snap
from roadalign.assessment.point_ends import OTHER
from roadalign.assessment.route_geometry import way_lines
from roadalign.assessment.routes import PER_MINUTE_M, shortest
from roadalign.model.columns import SIDES
from roadalign.model.tables import LINK_COLUMNS, empty, typed
from roadalign.standards import table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

    from roadalign.assessment.graph import RoadGraph, Weight
    from roadalign.assessment.point_ends import Ends
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

TIP_M = 20.0
"""So far inside its end a road is looked for in the network: at the line, both sides are near."""

SHORTEST_STRAIGHT_M = 50.0
"""Places nearer than this to one another have no ratio worth the name."""

STATES = ("found", "no_way", "no_road_a", "no_road_b", "no_road")
"""What became of the search: found; no way within the limit; no road of the network near the
place on one side or on both."""


@dataclass(frozen=True)
class Detours:
    """Today's ways across at the docking points.

    Parameters
    ----------
    table
        Per docking point ``detour_m, detour_minutes, detour_ratio, with_link_m, minutes_saved``
        (``<NA>`` where not known) and ``detour_state``, one of `STATES`.
    graph
        The existing roads.
    places
        Where one drives from and to; first all of side A, then all of side B.
    there_m, back_m
        Lengths of the ways from A to B and from B to A, NaN where there is none.
    with_minutes
        Minutes across with the planned road, NaN where its speed is not known.
    """

    table: pd.DataFrame
    graph: RoadGraph
    places: Snapped
    there_m: Floats
    back_m: Floats
    with_minutes: Floats

    def lines(self, wanted: NDArray[np.bool_], ids: pd.Series, *, crs: CRS) -> gpd.GeoDataFrame:
        """Return the shortest ways by metres as lines.

        Parameters
        ----------
        wanted
            Of which docking points.
        ids
            Their ids.
        crs
            The working CRS.

        Returns
        -------
        geopandas.GeoDataFrame
            Columns of `roadalign.model.tables.LINK_COLUMNS`, kind ``detour``; each line from A's
            place to B's. It is the way from A to B; where one-way streets allow only that from B
            to A, that one. ``detour_m`` is the mean of both.
        """
        one_way = ~np.isfinite(self.there_m)
        row = np.flatnonzero(wanted & np.isfinite(np.fmin(self.there_m, self.back_m)))
        turned, count = one_way[row], len(self.there_m)
        found = way_lines(
            self.graph,
            self.places,
            np.where(turned, row + count, row),
            np.where(turned, row, row + count),
            length_m=np.where(turned, self.back_m[row], self.there_m[row]),
        )
        drawn = np.array([line is not None for line in found], dtype=bool)
        if not drawn.any():
            return empty(LINK_COLUMNS, crs=crs)
        lines = np.array(found, dtype=object)[drawn]
        lines = np.where(turned[drawn], shapely.reverse(lines), lines)
        table = pd.DataFrame(
            {
                "docking_point": ids.to_numpy()[row[drawn]],
                "kind": "detour",
                "length_m": shapely.length(lines),
            }
        )
        return gpd.GeoDataFrame(typed(table, LINK_COLUMNS), geometry=lines, crs=crs)


def detours(
    graph: RoadGraph, ends: Ends, speed_kmh: dict[str, Floats], *, limits: Limits
) -> Detours:
    """Return today's way across at every docking point, and what the planned road would save.

    Parameters
    ----------
    graph
        The existing roads.
    ends
        The ends of the docking points.
    speed_kmh
        Planned speed by side, NaN where it is not known.
    limits
        ``reference_m``, ``network_snap_m``, ``detour_limit_m``.

    """
    count = len(ends.foot)
    limit_m = limits["detour_limit_m"]
    inside = {side: _inside(ends, side, reach_m=limits["reference_m"]) for side in SIDES}
    tips = {side: ends.place[side] - TIP_M * ends.heading[side] for side in SIDES}
    near_m = limits["network_snap_m"]
    back = snap(graph, np.concatenate([inside["a"], inside["b"]]), limit_m=near_m)
    tip = snap(graph, np.concatenate([tips["a"], tips["b"]]), limit_m=near_m, beside_m=0.0)
    places = _together(back, tip)
    row = np.arange(count)
    # Rows of `places`: back on a, back on b, tip on a, tip on b.
    legs = {"across": (row, row + count), "a": (row, row + 2 * count)}
    legs["b"] = (row + 3 * count, row + count)
    ways = {k: _both_ways(graph, places, *leg, "m", limit_m) for k, leg in legs.items()}
    metres = {k: _mean(both) for k, both in ways.items()}
    most = limit_m / PER_MINUTE_M
    minutes = {
        k: _mean(_both_ways(graph, places, *leg, "minutes", most)) for k, leg in legs.items()
    }
    planned = _planned(ends, places, speed_kmh)
    new_m, new_minutes = planned["link_m"], planned["link_minutes"]
    with_m = np.fmin(np.fmin(metres["across"], planned["m"]), metres["a"] + new_m + metres["b"])
    with_minutes = np.fmin(
        np.fmin(minutes["across"], planned["minutes"]), minutes["a"] + new_minutes + minutes["b"]
    )
    straight_m = np.hypot(*(places.place[:count] - places.place[count : 2 * count]).T)
    across_m = metres["across"]
    ratio = np.where(straight_m >= SHORTEST_STRAIGHT_M, across_m / np.fmax(straight_m, 1.0), np.nan)
    ratio = np.maximum(ratio, 1.0)  # from carriageway to carriageway it may be a little less
    # Only what is planned can save: without a known speed nothing is said of minutes.
    saved = np.where(np.isfinite(new_minutes), minutes["across"] - with_minutes, np.nan)
    table = pd.DataFrame(
        {
            "detour_m": _round_known_values(across_m, 1),
            "detour_minutes": _round_known_values(minutes["across"], 1),
            "detour_ratio": _round_known_values(ratio, 2),
            "with_link_m": _round_known_values(with_m, 1),
            "minutes_saved": _round_known_values(saved, 1),
            "detour_state": _states(back.has_road, across_m),
        }
    )
    there_m, back_m = ways["across"]
    with_minutes = np.where(np.isfinite(new_minutes), with_minutes, np.nan)
    return Detours(table, graph, places, there_m, back_m, with_minutes)


def planned_speeds_kmh(points: pd.DataFrame) -> dict[str, Floats]:
    """Return the speed each side plans for, that of its class where it states none.

    Parameters
    ----------
    points
        Docking points; a side that says nothing is taken to plan what the other does.
    """
    rules = table("classes")["planned_speed"]
    by_rank = {int(rank): float(v) for rank, v in rules["by_rank_kmh"].items()}
    class_2 = rules["class_2_highway"]
    own = {}
    for side in SIDES:
        ranks = points[f"{side}_road_class"]
        texts = points[f"{side}_class_text"].astype("string").str.lower()
        named = texts.map(lambda text: any(word in text for word in class_2["words"]), "ignore")
        coded = texts.str.isdigit()  # numbers are codes of highways
        special = (ranks == class_2["rank"]) & (named.astype("boolean") | coded)
        of_class = ranks.map(by_rank).astype("Float64")
        of_class = of_class.mask(special.fillna(value=False), float(class_2["speed_kmh"]))
        stated = points[f"{side}_design_speed_kmh"].astype("Float64")
        own[side] = stated.fillna(of_class).to_numpy(dtype=float, na_value=np.nan)
    return {side: np.where(np.isnan(own[side]), own[OTHER[side]], own[side]) for side in SIDES}


def _inside(ends: Ends, side: str, *, reach_m: float) -> Floats:
    """Return the place one drives to; ahead of the other's road where a side has none."""
    ahead = ends.foot + reach_m * ends.heading[OTHER[side]]
    return np.where(np.isfinite(ends.inside[side]), ends.inside[side], ahead)


def _together(one: Snapped, two: Snapped) -> Snapped:
    shift = len(one.away_m)
    return Snapped(
        np.concatenate([one.point, two.point + shift]),
        np.concatenate([one.edge, two.edge]),
        np.concatenate([one.along_m, two.along_m]),
        np.concatenate([one.place, two.place]),
        np.concatenate([one.away_m, two.away_m]),
    )


def _both_ways(
    graph: RoadGraph,
    places: Snapped,
    origin: NDArray[np.intp],
    target: NDArray[np.intp],
    weight: Weight,
    most: float,
) -> Floats:
    """Return there and back, shape ``(2, k)``, NaN where there is no way."""
    pairs = np.concatenate([origin, target]), np.concatenate([target, origin])
    got = shortest(graph, places, *pairs, weight=weight, most=most)
    return np.where(np.isfinite(got), got, np.nan).reshape(2, -1)


def _mean(both: Floats) -> Floats:
    """Return the mean of both directions, of the one there is where the other has no way."""
    mean: Floats = (np.fmin(*both) + np.fmax(*both)) / 2
    return mean


def _planned(ends: Ends, places: Snapped, speed_kmh: dict[str, Floats]) -> dict[str, Floats]:
    """Return length and minutes of the planned road from place to place, and of its link."""
    count = len(ends.foot)
    back_away, tip_away = places.away_m[: 2 * count], places.away_m[2 * count :]
    link_m = np.hypot(*(ends.reaching("b") - ends.reaching("a")).T)
    slower = np.fmin(speed_kmh["a"], speed_kmh["b"])
    whole_m, minutes = link_m.copy(), link_m / slower
    ends_m = link_m.copy()
    for number, side in enumerate(SIDES):
        alone = ~ends.has(side)
        far = places.place[number * count : (number + 1) * count]
        # Without a road of its own, the link goes straight on to the network there.
        ahead = np.hypot(*(far - ends.reaching(side)).T)
        part = slice(number * count, (number + 1) * count)
        stretch = np.where(alone, ahead, ends.stretch_m[side] + back_away[part])
        whole_m = whole_m + stretch
        minutes = minutes + stretch / speed_kmh[side]
        ends_m = ends_m + TIP_M + tip_away[part]
    return {
        "m": whole_m,
        "minutes": minutes * MINUTES_PER_M_AND_KMH,
        "link_m": ends_m,
        "link_minutes": np.where(
            np.isfinite(ends_m), ends_m / slower * MINUTES_PER_M_AND_KMH, 0 * minutes
        ),
    }


def _round_known_values(values: Floats, digits: int) -> pd.Series:
    known = np.isfinite(values)
    rounded = np.round(np.where(known, values, 0.0), digits)
    return pd.Series(rounded, dtype="Float64").mask(~known)


def _states(near: NDArray[np.bool_], across_m: Floats) -> pd.Series:
    a, b = np.split(near, 2)
    state = np.select(
        [~a & ~b, ~a, ~b, ~np.isfinite(across_m)],
        ["no_road", "no_road_a", "no_road_b", "no_way"],
        "found",
    )
    return pd.Series(state, dtype="string")
