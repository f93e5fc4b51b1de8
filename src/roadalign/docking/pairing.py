"""Which ends belong together: one assignment over the whole boundary.

Pairing is record linkage (Fellegi and Sunter, "A theory for record linkage", 1969): each pair of
facing ends has a cost that is a sum of independent pieces of evidence, in nats: how large the
offset, the deflection and the gap are for two drawings of one road, whether the ends meet, and
whether class, route number and name agree, and what speaks against either end as a road to the
neighbour (`roadalign.docking.evidence`). The pieces grow with the logarithm of the misfit, not
with its square, because a large misfit is exactly what is being looked for. Staying alone has a
cost too: high for an end that asks for an answer, low for one that only may give it. The chosen
pairs are the ones of least total cost (an assignment problem, solved exactly), so an end does not
take the counterpart that another one needs more.

The confidence of a decision comes from the same costs: how much worse the best solution *without*
it would be. Where that other solution is nearly as good and gives the end another partner, the
point is ambiguous and the other partner is named. An end that stays alone although something on the
other side could be its road, at a cost a little too high, is so much less sure to have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from roadalign.attributes.several import agree, most_alike
from roadalign.docking.assignment import assign
from roadalign.docking.measure import Measures, measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.assignment import Flow
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

OFFSET_SCALE_M = 4.0
DEFLECTION_SCALE_DEG = 8.0
GAP_SCALE_M = 20.0
OVERLAP_SCALE_M = 5.0
CONTACT_GAIN, CONTACT_M = 3.0, 1.5
CLASS_COST = np.array([-0.7, 0.2, 0.8, 1.5, 1.5, 1.5])
SAME_REF_GAIN, OTHER_REF_COST = 2.0, 1.0
SAME_NAME_GAIN, OTHER_NAME_COST = 1.5, 0.1
ALONE_ASKING, ALONE_PASSIVE = 3.3, 1.0
TEMPERATURE = 1.5
"""Nats that make a decision e times more likely than its best alternative."""

CONTACT_DEFLECTION_DEG = 150.0
"""Ends that meet may turn this much: a street corner that happens to lie on the boundary."""

ALTERNATIVE_NATS = 4.5
CERTAIN_NATS = 40 * TEMPERATURE
"""What is worse by this much makes a decision certain to the last digit."""


@dataclass(frozen=True)
class Pairing:
    """The chosen pairs and how sure they are.

    Parameters
    ----------
    a, b
        Rows of the two sides' candidates, shape ``(n,)`` each.
    confidence
        Of each pair, 0 to 1.
    alternatives
        Of each pair, other pairs of either end that are nearly as good: ``(a, b)`` rows.
    ambiguous
        Of each pair, whether one of those is too near to tell.
    lone_confidence_a, lone_confidence_b
        Of every candidate that stayed alone, how sure it is that it has no counterpart (NaN for
        paired ones).
    """

    a: Ints
    b: Ints
    confidence: Floats
    alternatives: list[list[tuple[int, int]]]
    ambiguous: NDArray[np.bool_]
    lone_confidence_a: Floats
    lone_confidence_b: Floats


def pair_ends(
    side_a: SideEnds, side_b: SideEnds, *, corridor_a: Ints, corridor_b: Ints, limits: Limits
) -> Pairing:
    """Choose the pairs of least total cost.

    Parameters
    ----------
    side_a, side_b
        Candidates of the two sides.
    corridor_a, corridor_b
        Corridor of each candidate: carriageways of one road are no rivals of one another.
    limits
        Uses ``search_m``, ``pair_offset_m``, ``pair_deflection_deg``, ``touch_m``,
        ``ambiguous_margin``.
    """
    one, two, cost = _candidate_pairs(side_a, side_b, limits=limits)
    alone_a = np.where(side_a.ends["needs_counterpart"], ALONE_ASKING, ALONE_PASSIVE)
    alone_b = np.where(side_b.ends["needs_counterpart"], ALONE_ASKING, ALONE_PASSIVE)
    margin = cost - alone_a[one] - alone_b[two]
    worth = margin < 0
    doubtful = one[~worth], two[~worth], margin[~worth]
    one, two, cost = one[worth], two[worth], cost[worth]
    count_a, count_b = len(alone_a), len(alone_b)
    graph = coo_array((np.ones(len(one)), (one, count_a + two)), shape=(count_a + count_b,) * 2)
    label = connected_components(graph, directed=False)[1]
    order = np.argsort(label[one], kind="stable")
    cuts = np.flatnonzero(np.diff(label[one[order]])) + 1
    chosen: list[_Choice] = []
    lone_a, lone_b = _sure(alone_a), _sure(alone_b)
    for rows in np.split(order, cuts) if len(order) else []:
        group = _Group(
            one[rows], two[rows], cost[rows], (alone_a, alone_b), (corridor_a, corridor_b)
        )
        chosen.extend(group.choices())
        group.note_lone(lone_a, lone_b)
    _doubt_lone(lone_a, lone_b, *doubtful)
    chosen.sort(key=lambda choice: (choice.a, choice.b))
    confidence = np.array([choice.confidence for choice in chosen], dtype=float)
    near = 2 * confidence - 1 < limits["ambiguous_margin"]
    return Pairing(
        np.array([choice.a for choice in chosen], dtype=np.intp),
        np.array([choice.b for choice in chosen], dtype=np.intp),
        confidence,
        [choice.alternatives for choice in chosen],
        near & np.array([bool(choice.alternatives) for choice in chosen], dtype=bool),
        lone_a,
        lone_b,
    )


def _doubt_lone(lone_a: Floats, lone_b: Floats, one: Ints, two: Ints, margin: Floats) -> None:
    """Lower how sure lone ends are by the pairs of two of them that were not quite worth it."""
    both = ~np.isnan(lone_a[one]) & ~np.isnan(lone_b[two])
    sure = _sure(margin[both])
    np.minimum.at(lone_a, one[both], sure)
    np.minimum.at(lone_b, two[both], sure)


def _sure(margin_nats: Floats | float) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.maximum(margin_nats, 0) / TEMPERATURE)))


@dataclass(frozen=True)
class _Choice:
    a: int
    b: int
    confidence: float
    alternatives: list[tuple[int, int]]


class _Group:
    """Candidates that compete with one another, and their best assignment."""

    def __init__(
        self,
        one: Ints,
        two: Ints,
        cost: Floats,
        alone: tuple[Floats, Floats],
        corridors: tuple[Ints, Ints],
    ) -> None:
        self.rows_a, at_a = np.unique(one, return_inverse=True)
        self.rows_b, at_b = np.unique(two, return_inverse=True)
        self.flow = assign(at_a, at_b, cost, alone[0][self.rows_a], alone[1][self.rows_b])
        self.corridor_a = corridors[0][self.rows_a]
        self.corridor_b = corridors[1][self.rows_b]
        self.partner = self.flow.partner
        self.blocks: dict[tuple[int, int], tuple[float, Flow]] = {}

    def choices(self) -> list[_Choice]:
        """Return the chosen pairs with confidence and alternatives."""
        return [self._choice(i, j) for i, j in enumerate(self.partner.tolist()) if j >= 0]

    def _choice(self, i: int, j: int) -> _Choice:
        worse, flow = self._without_road(int(self.corridor_a[i]), int(self.corridor_b[j]))
        other: list[tuple[int, int]] = []
        if worse < ALTERNATIVE_NATS:
            partner = flow.partner
            if partner[i] >= 0:
                other.append((int(self.rows_a[i]), int(self.rows_b[partner[i]])))
            taker = np.flatnonzero(partner == j)
            other += [(int(self.rows_a[k]), int(self.rows_b[j])) for k in taker]
        return _Choice(int(self.rows_a[i]), int(self.rows_b[j]), float(_sure(worse)), other)

    def _without_road(self, road_a: int, road_b: int) -> tuple[float, Flow]:
        """Return how much worse it is without any pair of two roads; their pairs share it."""
        key = road_a, road_b
        if key not in self.blocks:
            pairs = self.flow.find_pairs(self.corridor_a == road_a, self.corridor_b == road_b)
            self.blocks[key] = self.flow.without(pairs, limit=CERTAIN_NATS)
        return self.blocks[key]

    def note_lone(self, lone_a: Floats, lone_b: Floats) -> None:
        """Write how sure the lone candidates of the group are into the two arrays."""
        taken = {j for j in self.partner.tolist() if j >= 0}
        for i, j in enumerate(self.partner.tolist()):
            lone_a[self.rows_a[i]] = np.nan if j >= 0 else self._sure_alone(i, "a")
        for j in range(len(self.rows_b)):
            lone_b[self.rows_b[j]] = np.nan if j in taken else self._sure_alone(j, "b")

    def _sure_alone(self, row: int, side: str) -> float:
        arc = np.array([self.flow.find_alone(row, side=side)])
        return float(_sure(self.flow.without(arc, limit=CERTAIN_NATS)[0]))


def _candidate_pairs(
    side_a: SideEnds, side_b: SideEnds, *, limits: Limits
) -> tuple[Ints, Ints, Floats]:
    """Return the pairs that pass the gates, with their costs."""
    a, b = side_a.ends, side_b.ends
    none = np.empty(0, dtype=np.intp)
    if len(a) == 0 or len(b) == 0:
        return none, none, np.empty(0)
    place_a, place_b = (side[["x", "y"]].to_numpy(dtype=float) for side in (a, b))
    found = KDTree(place_a).sparse_distance_matrix(
        KDTree(place_b), limits["search_m"], output_type="ndarray"
    )
    one, two = found["i"].astype(np.intp), found["j"].astype(np.intp)
    got = measure(
        place_a[one],
        a[["ux", "uy"]].to_numpy(dtype=float)[one],
        place_b[two],
        b[["ux", "uy"]].to_numpy(dtype=float)[two],
    )
    meets = got.link_m <= limits["touch_m"]
    fits = (
        (np.abs(got.offset_m) <= limits["pair_offset_m"])
        & (got.deflection_deg <= limits["pair_deflection_deg"])
        & (got.gap_m > -limits["pair_offset_m"])
    ) | (meets & (got.deflection_deg <= CONTACT_DEFLECTION_DEG))
    one, two = one[fits], two[fits]
    got = Measures(got.gap_m[fits], got.offset_m[fits], got.deflection_deg[fits], got.link_m[fits])
    cost = _geometry_cost(got) + _attribute_cost(side_a, side_b, one, two)
    cost += a["against"].to_numpy(dtype=float)[one] + b["against"].to_numpy(dtype=float)[two]
    return one, two, cost


def _geometry_cost(got: Measures) -> Floats:
    gap = np.where(got.gap_m < 0, -got.gap_m / OVERLAP_SCALE_M, got.gap_m / GAP_SCALE_M)
    cost = (
        np.log1p((got.offset_m / OFFSET_SCALE_M) ** 2)
        + np.log1p((got.deflection_deg / DEFLECTION_SCALE_DEG) ** 2)
        + np.log1p(gap)
        - CONTACT_GAIN / (1 + (got.link_m / CONTACT_M) ** 2)
    )
    return np.asarray(cost)


def _attribute_cost(side_a: SideEnds, side_b: SideEnds, one: Ints, two: Ints) -> Floats:
    a = side_a.roads.iloc[side_a.ends["row"].to_numpy()[one]]
    b = side_b.roads.iloc[side_b.ends["row"].to_numpy()[two]]
    ranks = [side["road_class"].to_numpy(dtype=float, na_value=np.nan) for side in (a, b)]
    apart = np.abs(ranks[0] - ranks[1])
    cost = np.where(np.isnan(apart), 0.0, CLASS_COST[np.nan_to_num(apart, nan=0.0).astype(np.intp)])
    ref_a, ref_b = (side["ref"].to_numpy(dtype=object, na_value="") for side in (a, b))
    cost += _agreement(ref_a, ref_b, agree(ref_a, ref_b), gain=SAME_REF_GAIN, cost=OTHER_REF_COST)
    name_a, name_b = (side["name"].to_numpy(dtype=object, na_value="") for side in (a, b))
    alike = most_alike(name_a, name_b, _name_ratio) >= 90  # noqa: PLR2004 (per cent)
    cost += _agreement(name_a, name_b, alike, gain=SAME_NAME_GAIN, cost=OTHER_NAME_COST)
    return np.asarray(cost)


def _name_ratio(left: list[str], right: list[str]) -> Floats:
    return np.asarray(cpdist(left, right, scorer=fuzz.ratio), dtype=float)


def _agreement(
    left: NDArray[np.object_],
    right: NDArray[np.object_],
    same: NDArray[np.bool_],
    *,
    gain: float,
    cost: float,
) -> Floats:
    known = (left != "") & (right != "")
    return np.where(known, np.where(same, -gain, cost), 0.0)
