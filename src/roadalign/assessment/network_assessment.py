"""The third witness: everything the existing roads say of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from roadalign.assessment.access import access_gains
from roadalign.assessment.detours import Detours, detours, planned_speeds_kmh
from roadalign.assessment.graph import RoadGraph, build_graph
from roadalign.assessment.graph_places import at_nodes
from roadalign.assessment.network_state import crossings, dead_ends, states
from roadalign.assessment.plan_coverage import DRAWN, NOT_DRAWN, shares_drawn
from roadalign.assessment.point_ends import ends_of
from roadalign.assessment.routes import shortest
from roadalign.docking.ruler import Ruler
from roadalign.model.columns import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking import Docking
    from roadalign.model.result import Boundary, Network, Plan, Weights
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

LOCAL = ("service", "track", "living_street")
"""Kinds of road whose dead ends are meant to be some, and that plans leave out."""


@dataclass(frozen=True)
class NetworkAssessment:
    """What the network says.

    Parameters
    ----------
    points
        Columns of the docking points, index ``0…n-1``.
    unplanned
        Roads that cross and are no docking point's: ``chainage_m, name, road_class, barrier`` and
        ``side``, the one that does not draw it, ``<NA>`` where neither does.
    opportunities
        Facing dead ends that neither plan joins: ``chainage_m, name, road_class`` (of the higher
        road), ``gap_m, deflection_deg, detour_m, detour_ratio``.
    record
        Numbers of roads, edges and nodes, and whom to name.
    detours
        Today's ways across.
    """

    points: pd.DataFrame
    unplanned: pd.DataFrame
    opportunities: pd.DataFrame
    record: dict[str, object]
    detours: Detours


def assess_network(
    network: Network,
    docked: Docking,
    boundary: Boundary,
    *,
    plans: tuple[Plan, Plan] | None,
    points: pd.DataFrame,
    weights: Weights | None,
    limits: Limits,
) -> NetworkAssessment:
    """Ask the network about every docking point, and where there is none.

    Parameters
    ----------
    network
        The existing roads.
    docked
        What was found at the boundary.
    boundary
        The common line.
    plans
        Both sides' plans; ``None`` where one of them does not lie where it should, so that nobody
        can tell what it draws.
    points
        Docking points with classes and design speeds, rows as in `docked`.
    weights
        People or jobs, ``None`` where none were given.
    limits
        The limits in force.
    """
    ruler, graph, ends = Ruler(boundary.line), build_graph(network), ends_of(docked)
    crossed, dead = crossings(network, ruler, limits=limits), dead_ends(network, graph)
    found, near, taken = states(network, ends, crossed, dead, limits=limits)
    lasting = ~crossed["kind"].isin(LOCAL).to_numpy(dtype=bool)
    others = crossed[lasting & ~crossed["corridor"].isin(crossed.loc[taken, "corridor"])]
    others = others.assign(near=others["corridor"].isin(crossed.loc[near, "corridor"]))
    cost = detours(graph, ends, planned_speeds_kmh(points), limits=limits)
    gains = [] if weights is None else [access_gains(weights.points, cost, limits=limits)]
    drawn = dict.fromkeys(SIDES, np.full(len(others), np.nan))
    if plans is not None:
        signed = {"a": (plans[0], docked.sign_a), "b": (plans[1], -docked.sign_a)}
        same_m = limits["network_same_m"]
        drawn = shares_drawn(network, others, ruler, signed, within_m=same_m)
    return NetworkAssessment(
        pd.concat([found, cost.table, *gains], axis=1),
        _unplanned(others, drawn, limits=limits),
        _opportunities(graph, dead, ruler, ends.foot, limits=limits),
        {
            "attribution": network.attribution,
            "roads": len(network.roads),
            "edges": len(graph.start),
            "nodes": len(graph.place),
        },
        cost,
    )


def _unplanned(crossed: pd.DataFrame, drawn: dict[str, Floats], *, limits: Limits) -> pd.DataFrame:
    """Return the existing roads that cross and that one plan or both do not have, one row each.

    Beside a docking point that is another road's (``near``), a road is one that a side lacks only
    where the other one draws it for certain: how far a plan is off, distance does not tell.
    """
    has = {side: drawn[side] >= DRAWN for side in SIDES}
    lacks = {side: drawn[side] <= NOT_DRAWN for side in SIDES}
    side = np.select([has["a"] & lacks["b"], has["b"] & lacks["a"]], ["b", "a"], "")
    neither = ~crossed["near"].to_numpy(dtype=bool) & ~has["a"] & ~has["b"]
    steep = crossed["angle_deg"] >= limits["approach_angle_deg"]
    found = crossed.assign(side=pd.Series(side, crossed.index, dtype="string").replace("", pd.NA))
    found = found[((side != "") | neither) & steep]
    found = found.sort_values(["road_class", "chainage_m"], ascending=[False, True])
    once: pd.DataFrame = found.drop_duplicates("corridor").sort_values("chainage_m")
    return once.reset_index(drop=True)


def _opportunities(
    graph: RoadGraph, dead: pd.DataFrame, ruler: Ruler, feet: np.ndarray, *, limits: Limits
) -> pd.DataFrame:
    """Return facing dead ends across the boundary, each in one pair at most."""
    most_m = limits["opportunity_gap_m"]
    reading = ruler.read(dead[["x", "y"]].to_numpy(dtype=float))
    near = (np.abs(reading.distance_m) <= most_m) & ~dead["kind"].isin(LOCAL).to_numpy(dtype=bool)
    left = np.flatnonzero(near & (reading.distance_m >= 0))
    right = np.flatnonzero(near & (reading.distance_m < 0))
    place, way = dead[["x", "y"]].to_numpy(float), dead[["ux", "uy"]].to_numpy(float)
    rank = dead["road_class"].to_numpy(dtype=float, na_value=0.0)
    if len(left) == 0 or len(right) == 0:
        one = two = np.empty(0, dtype=np.intp)
    else:
        pairs = cKDTree(place[left]).sparse_distance_matrix(
            cKDTree(place[right]), most_m, output_type="coo_matrix"
        )
        one, two = left[pairs.row], right[pairs.col]
    link = place[two] - place[one]
    gap_m = np.hypot(*link.T)
    along = link / np.maximum(gap_m, 1.0)[:, None]
    narrow = np.cos(np.radians(limits["opportunity_deflection_deg"]))
    straight = -np.einsum("ij,ij->i", way[one], way[two])
    ahead = np.minimum(
        np.einsum("ij,ij->i", way[one], along), -np.einsum("ij,ij->i", way[two], along)
    )
    keep = (straight >= narrow) & ((ahead >= narrow) | (gap_m < 1.0))
    keep &= np.maximum(rank[one], rank[two]) >= limits["opportunity_rank"]
    middle = (place[one] + place[two]) / 2
    if len(feet):
        keep &= cKDTree(feet).query(middle)[0] > limits["network_match_m"]
    order = np.flatnonzero(keep)[np.lexsort((two[keep], one[keep], gap_m[keep].round(1)))]
    order = order[_first_of_each(one[order], two[order])]
    one, two, gap_m, middle = one[order], two[order], gap_m[order], middle[order]
    nodes = dead["node"].to_numpy(dtype=np.int64)
    places = at_nodes(graph, nodes[np.concatenate([one, two])])
    row = np.arange(len(one))
    way_m = shortest(graph, places, row, row + len(one), weight="m", most=limits["detour_limit_m"])
    ratio = way_m / np.maximum(gap_m, 1.0)
    worth = (ratio >= limits["opportunity_detour_ratio"]) & (
        way_m >= limits["opportunity_detour_m"]
    )
    higher = np.where(rank[one] >= rank[two], one, two)[worth]
    known = np.isfinite(way_m[worth])
    return pd.DataFrame(
        {
            "chainage_m": ruler.read(middle[worth]).chainage_m,
            "name": dead["name"].to_numpy()[higher],
            "road_class": dead["road_class"].to_numpy()[higher],
            "gap_m": gap_m[worth],
            "deflection_deg": np.degrees(np.arccos(np.clip(straight[order][worth], -1, 1))),
            "detour_m": pd.Series(np.where(known, way_m[worth], 0.0)).mask(~known),
            "detour_ratio": pd.Series(np.where(known, ratio[worth], 0.0)).mask(~known),
        }
    ).astype(
        {"name": "string", "road_class": "Int64", "detour_m": "Float64", "detour_ratio": "Float64"}
    )


def _first_of_each(one: np.ndarray, two: np.ndarray) -> list[int]:
    """Return the rows that take both their ends first; few pairs ever come here."""
    taken: set[int] = set()
    rows = []
    for row, (a, b) in enumerate(zip(one.tolist(), two.tolist(), strict=True)):
        if a not in taken and b not in taken:
            taken |= {a, b}
            rows.append(row)
    return rows
