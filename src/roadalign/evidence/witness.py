"""The third witness: everything the existing roads say of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from roadalign.docking.ruler import Ruler
from roadalign.evidence.detours import Detours, detours, planned_speeds_kmh
from roadalign.evidence.ends import ends_of
from roadalign.evidence.graph import RoadGraph, build_graph
from roadalign.evidence.network_state import crossings, dead_ends, states
from roadalign.evidence.places import at_nodes
from roadalign.evidence.routes import shortest

if TYPE_CHECKING:
    from roadalign.config import Limits
    from roadalign.docking import Docking
    from roadalign.model.result import Boundary, Network

LOCAL = ("service", "track", "living_street")
"""Kinds of road whose dead ends are meant to be some."""


@dataclass(frozen=True)
class Witness:
    """What the network says.

    Parameters
    ----------
    points
        Columns of the docking points, index ``0…n-1``.
    unplanned
        Roads that cross where neither plan arrives: ``chainage_m, name, road_class, barrier``.
    opportunities
        Facing dead ends that neither plan joins: ``chainage_m, name, road_class`` (of the higher
        road), ``gap_m, deflection_deg, detour_m, detour_ratio``.
    record
        Numbers of roads, edges and nodes, and whom to name.
    around
        Today's ways across.
    """

    points: pd.DataFrame
    unplanned: pd.DataFrame
    opportunities: pd.DataFrame
    record: dict[str, object]
    around: Detours


def hear(
    network: Network, docked: Docking, boundary: Boundary, *, points: pd.DataFrame, limits: Limits
) -> Witness:
    """Ask the network about every docking point, and where there is none.

    Parameters
    ----------
    network
        The existing roads.
    docked
        What was found at the boundary.
    boundary
        The common line.
    points
        Docking points with classes and design speeds, rows as in `docked`.
    limits
        The limits in force.
    """
    ruler, graph, ends = Ruler(boundary.line), build_graph(network), ends_of(docked)
    crossed, dead = crossings(network, ruler, limits=limits), dead_ends(network, graph)
    found, planned = states(network, ends, crossed, dead, limits=limits)
    cost = detours(graph, ends, planned_speeds_kmh(points), limits=limits)
    away = crossed[planned]
    unplanned = crossed[
        ~crossed["corridor"].isin(away["corridor"])
        & (crossed["angle_deg"] >= limits["approach_angle_deg"])
    ]
    unplanned = unplanned.sort_values(["road_class", "chainage_m"], ascending=[False, True])
    unplanned = unplanned.drop_duplicates("corridor").sort_values("chainage_m")
    return Witness(
        pd.concat([found, cost.table], axis=1),
        unplanned.reset_index(drop=True),
        _opportunities(graph, dead, ruler, ends.foot, limits=limits),
        {
            "attribution": network.attribution,
            "roads": len(network.roads),
            "edges": len(graph.start),
            "nodes": len(graph.place),
        },
        cost,
    )


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
