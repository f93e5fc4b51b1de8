"""Which docking point of a new version is which of an earlier one: one assignment over all.

As where ends are paired, every piece of evidence is a number of nats that is added up: how far
apart the two places lie, how much the road turned, whether route number, name, class and feature
number of each side agree, and whether a side has a road in one version only. Names weigh little and
numbers of features less, because roads are renamed and features renumbered; that they differ is no
proof. That a point is gone and another one new has its price too. The chosen matches are those of
least total cost, so a point does not take the predecessor that another one needs more.

The pieces grow with the logarithm of the misfit, so a road that keeps its name and number may move
much further than one of which nothing is known.

Where the whole data of a version was shifted, points fit better without the shift. It is estimated
as the median displacement of the points whose roads agree, taken out, and everything matched again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist
from scipy.optimize import linear_sum_assignment
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]
    Flags = NDArray[np.bool_]

SAME_NAME = 90.0
"""Likeness in per cent from which two names are one; as where ends are paired."""

FAR_RANKS = 2
FEWEST = 3
"""A shift that fewer points tell is none."""

WIDE = 10.0
"""How much less a place counts while a shift is looked for."""

SMALLEST_SHIFT_M = 0.5
KEPT_SHARE = 0.9
"""Share of matches with a common feature number from which features were not renumbered."""


@dataclass(frozen=True)
class Matching:
    """Which rows are the same docking point.

    Parameters
    ----------
    old, new
        Rows of the two tables, shape ``(n,)`` each, in the order of ``new``.
    moved_m
        How far apart the two places lie without the common shift, shape ``(n,)``.
    split
        Row of the new table to the row of the old one that it was split from.
    merged
        Row of the old table to the row of the new one that it is part of now.
    shift_m
        East and north, in metres: by how much the new version lies elsewhere as a whole.
    """

    old: Ints
    new: Ints
    moved_m: Floats
    split: dict[int, int]
    merged: dict[int, int]
    shift_m: tuple[float, float]


@dataclass(frozen=True)
class _Pairs:
    """Pairs that may be the same.

    ``roads`` is what their roads say, ``akin`` whether a road of both agrees, ``fids`` on how many
    sides they have a feature number in common.
    """

    old: Ints
    new: Ints
    roads: Floats
    akin: Flags
    fids: Ints


@dataclass(frozen=True)
class _Chosen:
    rows: Ints
    worth: float


def match(
    old: pd.DataFrame,
    new: pd.DataFrame,
    *,
    limits: Limits,
    sides: tuple[str, ...] = ("a", "b"),
) -> Matching:
    """Match the docking points of two versions.

    Parameters
    ----------
    old, new
        Tables of `roadalign.ledger.identity_features.placed` in one CRS; ``old`` may say in a
        column ``retired`` that a point was gone before already.
    limits
        Uses the limits ``identity_…``.
    sides
        The sides whose roads are compared; one alone to match approaches.
    """
    place_old, place_new = (table[["x", "y"]].to_numpy(dtype=float) for table in (old, new))
    pairs = _pairs(old, new, place_old, place_new, sides, limits)
    way = place_new[pairs.new] - place_old[pairs.old]
    shift = np.zeros(2)
    pairs = _with_fids(pairs, way, limits)
    chosen = _assigned(pairs, way, limits)
    wide = _assigned(pairs, way, limits, widened=WIDE)
    for first in (chosen, wide):
        found = _common(way[first.rows], pairs.akin[first.rows], limits)
        for _ in range(2):
            again = _assigned(pairs, way - found, limits)
            better = _common(way[again.rows], pairs.akin[again.rows], limits)
            found = better if better.any() else found
        again = _assigned(pairs, way - found, limits)
        if again.worth > chosen.worth:
            chosen, shift = again, found
    rows = chosen.rows[np.argsort(pairs.new[chosen.rows], kind="stable")]
    apart = np.hypot(*(way - shift).T)
    split, merged = _relations(pairs, rows, apart, _retired(old), limits)
    return Matching(
        pairs.old[rows],
        pairs.new[rows],
        apart[rows],
        split,
        merged,
        (float(shift[0]), float(shift[1])),
    )


def _retired(old: pd.DataFrame) -> Flags:
    if "retired" not in old:
        return np.zeros(len(old), dtype=bool)
    return old["retired"].to_numpy(dtype=bool)


def _pairs(
    old: pd.DataFrame,
    new: pd.DataFrame,
    place_old: Floats,
    place_new: Floats,
    sides: tuple[str, ...],
    limits: Limits,
) -> _Pairs:
    """Return all pairs near enough, with the evidence that does not depend on the place."""
    none = np.empty(0, dtype=np.intp)
    if not len(old) or not len(new):
        return _Pairs(none, none, np.empty(0), np.empty(0, dtype=bool), none)
    reach = limits["identity_reach_m"] + limits["identity_shift_m"]
    near = KDTree(place_old).sparse_distance_matrix(KDTree(place_new), reach, output_type="ndarray")
    order = np.lexsort((near["j"], near["i"]))
    i, j = near["i"][order].astype(np.intp), near["j"][order].astype(np.intp)
    turned = _turned(old["axis_deg"], new["axis_deg"], i, j)
    cost = np.log1p((turned / limits["identity_axis_deg"]) ** 2)
    cost += limits["identity_retired"] * _retired(old)[i]
    akin, common = np.zeros(len(i), dtype=bool), np.zeros(len(i), dtype=bool)
    fids = np.zeros(len(i), dtype=np.intp)
    for side in sides:
        both, agrees, said = _road(old, new, i, j, side, limits)
        cost += said
        fid = both & _shared_fid(old[f"{side}_fid"], new[f"{side}_fid"], i, j)
        fid &= ~_retired(old)[i]  # the numbers of features that are gone are given again
        akin |= agrees | (fid & (said <= 0))
        common |= both
        fids += fid
    return _Pairs(i[common], j[common], cost[common], akin[common], fids[common])


def _turned(old: pd.Series, new: pd.Series, i: Ints, j: Ints) -> Floats:
    """Return the angle between two roads, 0 to 90: one that weaves has no direction across."""
    angles = [table.to_numpy(dtype=float, na_value=np.nan) for table in (old, new)]
    turn = np.abs((angles[1][j] - angles[0][i] + 90) % 180 - 90)
    return np.asarray(np.nan_to_num(turn, nan=0.0), dtype=float)


def _road(
    old: pd.DataFrame, new: pd.DataFrame, i: Ints, j: Ints, side: str, limits: Limits
) -> tuple[Flags, Flags, Floats]:
    """Return of each pair whether both have a road here, whether it is called alike, the cost."""
    there = [table[f"{side}_fid"].notna().to_numpy(dtype=bool) for table in (old, new)]
    both = there[0][i] & there[1][j]
    one_only = there[0][i] ^ there[1][j]
    same_ref, other_ref = _texts(old, new, i, j, f"{side}_ref")
    same_name, other_name = _texts(old, new, i, j, f"{side}_name")
    ranks = [
        table[f"{side}_road_class"].to_numpy(dtype=float, na_value=np.nan) for table in (old, new)
    ]
    apart = np.abs(ranks[0][i] - ranks[1][j])
    said = (
        -limits["identity_ref"] * (same_ref - other_ref / 2)
        - limits["identity_name"] * (same_name - other_name / 2)
        - limits["identity_class"] * ((apart == 0).astype(float) - (apart >= FAR_RANKS))
    )
    agrees = (same_ref > 0) | (same_name > 0)
    return both, both & agrees, np.where(both, said, limits["identity_side"] * one_only)


def _texts(
    old: pd.DataFrame, new: pd.DataFrame, i: Ints, j: Ints, column: str
) -> tuple[Floats, Floats]:
    """Return where both texts are known and the same, and where they are known and differ."""
    left, right = (
        table[column].to_numpy(dtype=object, na_value="")[rows]
        for table, rows in ((old, i), (new, j))
    )
    known = (left != "") & (right != "")
    same = np.zeros(len(i), dtype=bool)
    if column.endswith("name"):
        same[known] = cpdist(left[known], right[known], scorer=fuzz.ratio) >= SAME_NAME
    else:
        same[known] = left[known] == right[known]
    return (known & same).astype(float), (known & ~same).astype(float)


def _shared_fid(old: pd.Series, new: pd.Series, i: Ints, j: Ints) -> Flags:
    """Return which pairs have a feature number in common."""
    tables = [
        pd.DataFrame({"row": np.arange(len(column)), "fid": column.astype("string").str.split(",")})
        .explode("fid")
        .dropna()
        for column in (old, new)
    ]
    shared = tables[0].merge(tables[1], on="fid", suffixes=("_old", "_new"))
    keys = shared["row_old"].to_numpy(dtype=np.int64) * len(new) + shared["row_new"].to_numpy(
        dtype=np.int64
    )
    return np.isin(i.astype(np.int64) * len(new) + j, keys)


def _with_fids(pairs: _Pairs, way: Floats, limits: Limits) -> _Pairs:
    """Count common feature numbers for as much as they are worth in these two versions.

    Of the matches made without them whose places agree, the share with a common number tells
    whether features were renumbered. Where none were, a number is as good as a route number.
    """
    first = _assigned(pairs, way, limits).rows
    at_place = first[np.hypot(*way[first].T) <= limits["identity_place_m"]]
    share = float((pairs.fids[at_place] > 0).mean()) if len(at_place) >= FEWEST else 0.0
    kept = limits["identity_fid_kept"] if share >= KEPT_SHARE else limits["identity_fid"]
    return replace(pairs, roads=pairs.roads - kept * pairs.fids)


def _assigned(pairs: _Pairs, way: Floats, limits: Limits, *, widened: float = 1.0) -> _Chosen:
    """Choose the pairs that are worth most against every point being alone."""
    apart = np.hypot(*way.T)
    cost = pairs.roads + np.log1p((apart / (widened * limits["identity_place_m"])) ** 2)
    worth = 2 * limits["identity_alone"] - cost
    reach = limits["identity_shift_m"] if widened > 1 else limits["identity_reach_m"]
    rows = np.flatnonzero((worth > 0) & (apart <= reach))
    if not len(rows):
        return _Chosen(rows, 0.0)
    old, at_old = np.unique(pairs.old[rows], return_inverse=True)
    new, at_new = np.unique(pairs.new[rows], return_inverse=True)
    gain = np.zeros((len(old), len(new)))
    gain[at_old, at_new] = worth[rows]
    number = np.full(gain.shape, -1, dtype=np.intp)
    number[at_old, at_new] = rows
    one, two = linear_sum_assignment(gain, maximize=True)
    taken = number[one, two]
    taken = taken[taken >= 0]
    return _Chosen(taken, float(worth[taken].sum()))


def _common(way: Floats, akin: Flags, limits: Limits) -> Floats:
    """Return the shift that most matches tell, zeros where they tell none.

    Places alone, without roads that agree, tell no shift by more than the wide place: other roads
    some way off would look like the same ones shifted.
    """
    known = akin.sum() >= FEWEST
    sure = way[akin] if known else way
    if len(sure) < FEWEST:
        return np.zeros(2)
    middle = np.median(sure, axis=0)
    length_m = float(np.hypot(*middle))
    most_m = limits["identity_shift_m"] if known else WIDE * limits["identity_place_m"]
    agree = np.hypot(*(sure - middle).T) <= limits["identity_place_m"]
    certain = agree.mean() >= 0.5 and SMALLEST_SHIFT_M <= length_m <= most_m  # noqa: PLR2004
    return np.asarray(middle if certain else np.zeros(2))


def _relations(
    pairs: _Pairs, rows: Ints, apart: Floats, retired: Flags, limits: Limits
) -> tuple[dict[int, int], dict[int, int]]:
    """Return new points split from a matched old one, and old ones merged into a new one."""
    kept_old, kept_new = np.isin(pairs.old, pairs.old[rows]), np.isin(pairs.new, pairs.new[rows])
    near = pairs.akin & (apart <= limits["identity_split_m"]) & ~retired[pairs.old]
    order = np.argsort(apart, kind="stable")[::-1]  # the nearest is written last and stays
    split_rows = order[(near & kept_old & ~kept_new)[order]]
    merged_rows = order[(near & kept_new & ~kept_old)[order]]
    split = {int(pairs.new[k]): int(pairs.old[k]) for k in split_rows}
    merged = {int(pairs.old[k]): int(pairs.new[k]) for k in merged_rows}
    return split, merged
