"""Carriageways that are one road, and the docking points they make together.

Ends are paired carriageway by carriageway, because two drawings of one carriageway agree better
than the centres of two bundles whose members differ. What belongs together is joined afterwards:
an end joins the docking point of its neighbour carriageway where the other side does not
contradict it by giving the two of them different roads. So a dual carriageway is one docking
point, and so are two carriageways against one centre line, while two parallel streets that both
go on stay two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from roadalign.attributes.several import agree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.pairing import Pairing
    from roadalign.settings.limits import Limits

    Ints = NDArray[np.intp]

STAGGER = 3.0
"""Two ends of one corridor may lie this many widths apart where the boundary is oblique."""

NARROW_M = 8.0
"""Axes nearer than this are two drawings of one road rather than two carriageways."""


def siblings(side: SideEnds, *, limits: Limits) -> Ints:
    """Return pairs of candidates of one side that are carriageways of one road.

    Parameters
    ----------
    side
        Candidates of one side.
    limits
        Uses ``corridor_width_m`` (distance between the two axes) and ``corridor_angle_deg``;
        ends within ``node_tolerance_m`` of one another arrive at one place, whatever their angle.

    Returns
    -------
    numpy.ndarray
        Rows of ``side.ends``, shape ``(k, 2)``.
    """
    ends = side.ends
    if len(ends) < 2:  # noqa: PLR2004 (a pair takes two)
        return np.empty((0, 2), dtype=np.intp)
    place = ends[["x", "y"]].to_numpy(dtype=float)
    heading = ends[["ux", "uy"]].to_numpy(dtype=float)
    width_m = limits["corridor_width_m"]
    pairs = KDTree(place).query_pairs(STAGGER * width_m, output_type="ndarray")
    one, two = pairs[:, 0], pairs[:, 1]
    axis = heading[one] + heading[two]
    size = np.hypot(*axis.T)
    axis = axis / np.where(size > 0, size, 1)[:, None]
    between = place[two] - place[one]
    lateral = np.abs(between[:, 0] * axis[:, 1] - between[:, 1] * axis[:, 0])
    cosine = np.einsum("ij,ij->i", heading[one], heading[two])
    stroke = ends["stroke"].to_numpy()
    keep = ((cosine >= np.cos(np.radians(limits["corridor_angle_deg"]))) & (lateral <= width_m)) | (
        np.hypot(*between.T) <= limits["node_tolerance_m"]
    )
    keep &= (stroke[one] != stroke[two]) & (
        side.boundary_road[stroke[one]] == side.boundary_road[stroke[two]]
    )
    row = ends["row"].to_numpy()
    for column in ("road_class", "ref", "name"):
        value = side.roads[column].astype("string").to_numpy(dtype=object, na_value="")[row]
        left, right = value[one], value[two]
        keep &= np.asarray(agree(left, right) | (left == "") | (right == ""), dtype=bool)
    return np.asarray(pairs[keep], dtype=np.intp)


def corridor_labels(side: SideEnds, pairs: Ints) -> Ints:
    """Return the corridor of every candidate of one side, as a number."""
    count = len(side.ends)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def docking_groups(
    side_a: SideEnds,
    side_b: SideEnds,
    pairing: Pairing,
    *,
    bundles: tuple[Ints, Ints],
    limits: Limits,
) -> pd.DataFrame:
    """Join paired ends, neighbour carriageways and weaving crossings into docking points.

    Parameters
    ----------
    side_a, side_b
        Candidates of the two sides.
    pairing
        The chosen pairs.
    bundles
        Of `siblings`, for each side.
    limits
        The limits in force.

    Returns
    -------
    pandas.DataFrame
        One row per candidate that belongs to a docking point: ``group``, ``side`` (``"a"`` or
        ``"b"``), ``row`` (of the side's candidates), ``partner`` (row of the other side's, -1
        where alone). Ends that may end where they are make none of their own.
    """
    count_a, count_b = len(side_a.ends), len(side_b.ends)
    partner_a = np.full(count_a, -1, dtype=np.intp)
    partner_b = np.full(count_b, -1, dtype=np.intp)
    partner_a[pairing.a], partner_b[pairing.b] = pairing.b, pairing.a
    bundle_a, bundle_b = bundles
    edges = [
        np.stack([pairing.a, pairing.b + count_a], axis=1),
        _agreed(bundle_a, partner_a, bundle_b, side_a, side_b),
        _agreed(bundle_b, partner_b, bundle_a, side_b, side_a) + count_a,
        _weaves(side_a, limits=limits),
        _weaves(side_b, limits=limits) + count_a,
    ]
    edge = np.concatenate(edges)
    count = count_a + count_b
    graph = coo_array((np.ones(len(edge)), (edge[:, 0], edge[:, 1])), shape=(count, count))
    group = connected_components(graph, directed=False)[1]
    members = pd.DataFrame(
        {
            "group": group,
            "side": ["a"] * count_a + ["b"] * count_b,
            "row": np.concatenate([np.arange(count_a), np.arange(count_b)]),
            "partner": np.concatenate([partner_a, partner_b]),
            "needs_counterpart": _of_both(side_a, side_b, "needs_counterpart"),
            "may_end_here": _of_both(side_a, side_b, "may_end_here"),
        }
    )
    paired = members["partner"] >= 0
    counts = members["needs_counterpart"] | paired
    speaks = (members["needs_counterpart"] & ~members["may_end_here"]) | paired
    heard = speaks.groupby(members["group"]).transform("any")
    return members[heard & counts].reset_index(drop=True)


def _of_both(side_a: SideEnds, side_b: SideEnds, column: str) -> NDArray[np.bool_]:
    return np.concatenate([side_a.ends[column], side_b.ends[column]]).astype(bool)


def _agreed(
    bundle: Ints, partner: Ints, other_bundle: Ints, side: SideEnds, other: SideEnds
) -> Ints:
    """Return the sibling pairs that the other side does not contradict.

    It contradicts by giving the two of them different roads, and where only one of them found a
    partner, by drawing it in line with that one: the centre line of two carriageways lies between
    them.
    """
    if len(bundle) == 0:
        return bundle
    left, right = partner[bundle[:, 0]], partner[bundle[:, 1]]
    known = {tuple(sorted(pair)) for pair in other_bundle.tolist()}
    agree = np.array(
        [tuple(sorted(pair)) in known for pair in zip(left.tolist(), right.tolist(), strict=True)]
    )
    keep = agree | (left < 0) | (right < 0)
    lone = np.flatnonzero((left >= 0) ^ (right >= 0))
    first = left[lone] >= 0
    paired = np.where(first, bundle[lone, 0], bundle[lone, 1])
    beside = np.where(first, bundle[lone, 1], bundle[lone, 0])
    keep[lone] = ~_in_line(paired, beside, partner[paired], side, other)
    return np.asarray(bundle[keep])


def _in_line(
    paired: Ints, beside: Ints, facing: Ints, side: SideEnds, other: SideEnds
) -> NDArray[np.bool_]:
    """Return whether what an end faces lies in line with it rather than towards its neighbour."""
    place = side.ends[["match_x", "match_y"]].to_numpy(dtype=float)
    place_facing = other.ends[["match_x", "match_y"]].to_numpy(dtype=float)[facing]
    heading = side.ends[["ux", "uy"]].to_numpy(dtype=float)[paired]
    across = np.column_stack([-heading[:, 1], heading[:, 0]])
    apart_m = np.einsum("ij,ij->i", place[beside] - place[paired], across)
    towards_m = np.einsum("ij,ij->i", place_facing - place[paired], across) * np.sign(apart_m)
    return np.asarray((np.abs(apart_m) > NARROW_M) & (towards_m < np.abs(apart_m) / 4))


def _weaves(side: SideEnds, *, limits: Limits) -> Ints:
    """Return pairs of candidates that are crossings of one weaving road.

    These are the crossings of one stroke that follow one another closely, and the two ends of a
    short piece that reaches from the boundary to the boundary.
    """
    ends = side.ends
    length = shapely.length(side.strokes.lines[ends["stroke"].to_numpy()])
    short = length <= limits["weave_m"]
    key = np.where(
        ends["weave"].to_numpy() >= 0,
        ends["weave"].to_numpy(),
        np.where(short, -2 - ends["stroke"].to_numpy(), -1),
    )
    table = pd.DataFrame({"key": key, "end": np.arange(len(ends))})
    table = table[table["key"] != -1].sort_values(["key", "end"])
    following = table["key"].to_numpy()[1:] == table["key"].to_numpy()[:-1]
    end = table["end"].to_numpy()
    return np.stack([end[:-1][following], end[1:][following]], axis=1).astype(np.intp)
