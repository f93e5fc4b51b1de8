"""Docking points: the groups of ends, measured on their centre lines and described.

A docking point has one *representative* end per side: of the ends that ask, the pair whose ends
lie nearest together. The place and heading of an approach are the mean over the representative
and its neighbour carriageways; where both sides draw several carriageways only those that found
a partner count, so that a slip road beside them moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
import shapely.ops

from roadalign.docking.measure import Measures, measure
from roadalign.docking.sides import Side
from roadalign.model.tables import SIDE_COLUMNS
from roadalign.model.words import End, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.pairing import Pairing
    from roadalign.docking.ruler import Ruler
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

WORKED_OUT = {"fid", "end", "to_boundary_m", "carriageways", "lanes"}
COPIED = tuple(name for name in SIDE_COLUMNS if name not in WORKED_OUT)
MEET_M = 1.0


@dataclass(frozen=True)
class _Members:
    """The ends of one docking point on one side, and the partner of each (-1 where alone)."""

    rows: NDArray[np.intp]
    partners: NDArray[np.intp]


@dataclass(frozen=True)
class _Approach:
    """One side's part of a docking point."""

    place: Floats
    match_xy: Floats
    heading: Floats
    tip: Floats
    tail: shapely.LineString
    bend_deg: float
    values: dict[str, Any]


def describe_points(
    groups: pd.DataFrame,
    side_a: SideEnds,
    side_b: SideEnds,
    pairing: Pairing,
    ruler: Ruler,
    *,
    limits: Limits,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure and describe the docking points.

    Parameters
    ----------
    groups
        Of `roadalign.docking.corridors.docking_groups`.
    side_a, side_b
        Candidates of the two sides.
    pairing
        The chosen pairs.
    ruler
        The boundary.
    limits
        The limits in force.

    Returns
    -------
    points, approaches
        One row per docking point, by chainage, and one per approach (``point`` is the row of its
        docking point); columns of `roadalign.model.tables`, ``x``/``y`` instead of a geometry,
        and of the points ``ax``, ``ay``, ``bx``, ``by`` (the two ends, NaN where there is none),
        of the approaches ``inside_x``, ``inside_y`` (the place ``reference_m`` back along the road,
        or where it begins), ``inside_m`` (how far that is) and ``known_m`` (the length over which
        the drawing carries the heading).
    """
    number = {a: i for i, a in enumerate(pairing.a.tolist())}
    sides = {"a": Side(side_a), "b": Side(side_b)}
    lone = {"a": pairing.lone_confidence_a, "b": pairing.lone_confidence_b}
    points: list[dict[str, Any]] = []
    approaches: list[dict[str, Any]] = []
    for members in _grouped(groups):
        chosen = _representatives(members, sides)
        bundles = _bundles(members, chosen, sides, limits=limits)
        found = {
            name: _approach(members[name].rows, bundles[name], row, sides[name], limits=limits)
            for name, row in chosen.items()
        }
        point = _point(found)
        if len(found) == 2:  # noqa: PLR2004 (both sides are there)
            k = number[chosen["a"]]
            point["confidence"] = float(pairing.confidence[k])
            point["verdict"] = str(Verdict.AMBIGUOUS if pairing.ambiguous[k] else Verdict.ALIGNED)
            point["alternatives"] = _alternatives(pairing.alternatives[k], chosen, sides)
            point["overshoot_contradiction_m"] = _contradiction(chosen, sides)
        else:
            (name,) = found
            point["confidence"] = float(lone[name][chosen[name]])
            point["verdict"] = str(Verdict.MISSING)
        points.append(point)
        approaches.extend(
            {
                "side": name,
                "place": approach.place,
                "heading": approach.heading,
                "tail": approach.tail,
            }
            | approach.values
            | {"point": len(points) - 1}
            for name, approach in found.items()
        )
    return _tables(points, approaches, ruler)


def _grouped(groups: pd.DataFrame) -> list[dict[str, _Members]]:
    """Return the members of every docking point by side, in the order of the groups."""
    found: dict[int, dict[str, tuple[list[int], list[int]]]] = {}
    for group, side, row, partner in zip(
        groups["group"].tolist(),
        groups["side"].tolist(),
        groups["row"].tolist(),
        groups["partner"].tolist(),
        strict=True,
    ):
        rows, partners = found.setdefault(group, {}).setdefault(side, ([], []))
        rows.append(row)
        partners.append(partner)
    return [
        {
            side: _Members(np.array(rows, dtype=np.intp), np.array(partners, dtype=np.intp))
            for side, (rows, partners) in found[group].items()
        }
        for group in sorted(found)
    ]


def _representatives(members: dict[str, _Members], sides: dict[str, Side]) -> dict[str, int]:
    """Return the row of the end that speaks for each side present."""
    if len(members) == 2:  # noqa: PLR2004 (both sides are there)
        own = members["a"]
        a, b = own.rows[own.partners >= 0], own.partners[own.partners >= 0]
        side_a, side_b = sides["a"], sides["b"]
        link = np.hypot(*(side_a.match_xy[a] - side_b.match_xy[b]).T)
        asking = side_a.needs_counterpart[a].astype(int) + side_b.needs_counterpart[b]
        rank = np.fmax(side_a.rank[a], side_b.rank[b])
        order = np.lexsort((side_a.chainage_m[a], link.round(3), -rank, -asking))
        return {"a": int(a[order[0]]), "b": int(b[order[0]])}
    ((name, own),) = members.items()
    side = sides[name]
    order = np.lexsort((side.chainage_m[own.rows], -side.rank[own.rows]))
    return {name: int(own.rows[order[0]])}


def _bundles(
    members: dict[str, _Members],
    chosen: dict[str, int],
    sides: dict[str, Side],
    *,
    limits: Limits,
) -> dict[str, NDArray[np.intp]]:
    """Return the ends each side is measured from: those beside the one that speaks for it.

    Where both sides draw several carriageways these are pairs, the same ones on both sides.
    """
    found = {
        name: _bundle(members[name].rows, row, sides[name], limits=limits)
        for name, row in chosen.items()
    }
    if min(len(one.rows) for one in members.values()) < 2 or len(found) < 2:  # noqa: PLR2004
        return found
    own = members["a"]
    both = np.isin(own.rows, found["a"]) & np.isin(own.partners, found["b"])
    return {"a": own.rows[both], "b": own.partners[both]}


def _approach(
    all_rows: NDArray[np.intp],
    rows: NDArray[np.intp],
    row: int,
    side: Side,
    *,
    limits: Limits,
) -> _Approach:
    heading, tip = side.heading[rows].sum(axis=0), side.tip[rows].sum(axis=0)
    place = side.place[rows].mean(axis=0)
    return _Approach(
        place,
        side.match_xy[rows].mean(axis=0),
        heading / np.hypot(*heading),
        tip / np.hypot(*tip),
        shapely.transform(side.tail(row), lambda xy: xy + place - side.place[row]),
        max(side.bend_deg(k) for k in rows.tolist()),
        _values(rows, row, all_rows, side)
        | _inside(row, side, back_m=limits["reference_m"])
        | {"known_m": float(side.known_m[row])},
    )


def _inside(row: int, side: Side, *, back_m: float) -> dict[str, float]:
    """Return the place some way back along the road from its end."""
    line, at_m = side.lines[side.stroke[row]], side.at_m[row]
    there_m = min(max(at_m + side.back[row] * back_m, 0.0), float(shapely.length(line)))
    place = shapely.line_interpolate_point(line, there_m)
    return {"inside_x": place.x, "inside_y": place.y, "inside_m": abs(there_m - at_m)}


def _bundle(rows: NDArray[np.intp], row: int, side: Side, *, limits: Limits) -> NDArray[np.intp]:
    """Return those of some ends that run beside the representative, itself among them."""
    near = np.hypot(*(side.place[rows] - side.place[row]).T) <= 3 * limits["corridor_width_m"]
    angle = np.radians(2 * limits["corridor_angle_deg"])
    level = side.heading[rows] @ side.heading[row] >= np.cos(angle)
    return np.union1d([row], rows[near & level]).astype(np.intp)


def _values(
    rows: NDArray[np.intp], row: int, all_rows: NDArray[np.intp], side: Side
) -> dict[str, Any]:
    road = side.road[row]
    fids = [fid for k in np.sort(all_rows) for fid in str(side.road[k]["fid"]).split(",")]
    return {name: road[name] for name in COPIED} | {
        "fid": ",".join(dict.fromkeys(fids)),
        "lanes": _lanes([side.road[k] for k in rows], road),
        "end": side.end[row],
        "to_boundary_m": float(side.to_boundary_m[row]),
        "carriageways": len(set(side.stroke[rows].tolist())),
    }


def _lanes(bundle: list[dict[str, Any]], road: dict[str, Any]) -> Any:
    """Return the lanes of both directions: one-way carriageways add up, others say it each."""
    lanes = [one["lanes"] for one in bundle if pd.notna(one["lanes"])]
    if not lanes:
        return pd.NA
    if len(bundle) > 1 and all(one["oneway"] is True for one in bundle):
        return int(sum(lanes)) if len(lanes) == len(bundle) else pd.NA
    return road["lanes"] if pd.notna(road["lanes"]) else int(max(lanes))


def _point(found: dict[str, _Approach]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in ("a", "b"):
        approach = found.get(name)
        side = approach.values if approach else {"end": str(End.NONE)}
        values |= {f"{name}_{key}": side.get(key, pd.NA) for key in SIDE_COLUMNS}
        place = approach.place if approach else (np.nan, np.nan)
        values |= {f"{name}x": place[0], f"{name}y": place[1]}
    if len(found) < 2:  # noqa: PLR2004 (one side alone)
        (approach,) = found.values()
        ahead = max(approach.values["to_boundary_m"], 0.0)
        x, y = approach.place + ahead * approach.heading
        return values | {"x": x, "y": y}
    a, b = found["a"], found["b"]
    got = _measured(a, b)
    middle = (a.place + b.place) / 2
    return values | {
        "gap_m": float(got.gap_m[0]),
        "offset_m": float(got.offset_m[0]),
        "deflection_deg": float(got.deflection_deg[0]),
        "link_m": float(got.link_m[0]),
        "bend_deg": max(a.bend_deg, b.bend_deg) if _meet(a, b) else pd.NA,
        "x": middle[0],
        "y": middle[1],
    }


def _measured(a: _Approach, b: _Approach) -> Measures:
    """Measure a pair; ends that meet are compared by their very last metres too.

    Drawings that meet to `MEET_M` are accurate to that, so where a bend runs through the boundary
    the direction of the tips is the direction at the boundary.
    """
    fitted = measure(a.place[None], a.heading[None], b.place[None], b.heading[None])
    if not _meet(a, b):
        return fitted
    tips = measure(a.place[None], a.tip[None], b.place[None], b.tip[None])
    return min((fitted, tips), key=lambda got: float(got.deflection_deg[0]))


def _meet(a: _Approach, b: _Approach) -> bool:
    return bool(np.hypot(*(b.match_xy - a.match_xy)) <= MEET_M)


def _alternatives(
    others: list[tuple[int, int]], chosen: dict[str, int], sides: dict[str, Side]
) -> Any:
    """Return the roads that could be meant instead, with the measures the point would then have.

    They are those of `roadalign.model.records.Alternative`, to a tenth, each once, in order.
    """
    if not others:
        return pd.NA
    side_a, side_b = sides["a"], sides["b"]
    a, b = (np.array(rows) for rows in zip(*others, strict=True))
    got = measure(side_a.place[a], side_a.heading[a], side_b.place[b], side_b.heading[b])
    named = set()
    for k, (row_a, row_b) in enumerate(others):
        name, row = ("b", row_b) if row_a == chosen["a"] else ("a", row_a)
        measures = (got.offset_m[k], got.gap_m[k], got.deflection_deg[k])
        rounded = (round(float(value), 1) + 0.0 for value in measures)
        named.add((name, str(sides[name].road[row]["fid"]), *rounded))
    members = ("side", "fid", "offset_m", "gap_m", "deflection_deg")
    return [dict(zip(members, one, strict=True)) for one in sorted(named)]


def _contradiction(chosen: dict[str, int], sides: dict[str, Side]) -> Any:
    """Return how far, at most, what one side draws beyond the boundary lies from the other's road.

    ``<NA>`` where neither side overshoots. The other's road is the stroke it was paired with.
    """
    worst = [
        sides[name].strays_m(chosen[name], sides[other], chosen[other])
        for name, other in (("a", "b"), ("b", "a"))
        if sides[name].end[chosen[name]] == End.OVERSHOOT
    ]
    return max(worst) if worst else pd.NA


def _tables(
    points: list[dict[str, Any]], approaches: list[dict[str, Any]], ruler: Ruler
) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.DataFrame(points)
    if len(table) == 0:
        return pd.DataFrame({"x": [], "y": []}), pd.DataFrame({"x": [], "y": [], "point": []})
    reading = ruler.read(table[["x", "y"]].to_numpy(dtype=float))
    table = table.assign(x=reading.foot[:, 0], y=reading.foot[:, 1], chainage_m=reading.chainage_m)
    order = table.sort_values(["chainage_m", "a_fid", "b_fid"], kind="stable").index
    rank = pd.Series(np.arange(len(order)), index=order)
    ends = pd.DataFrame(approaches)
    place = np.stack(ends.pop("place").to_list())
    heading = np.stack(ends.pop("heading").to_list())
    at = ruler.read(place)
    ends = ends.assign(
        x=place[:, 0],
        y=place[:, 1],
        ux=heading[:, 0],
        uy=heading[:, 1],
        heading_deg=np.degrees(np.arctan2(heading[:, 0], heading[:, 1])) % 360,
        chainage_m=at.chainage_m,
        point=ends["point"].map(rank),
    )
    return (
        table.loc[order].reset_index(drop=True),
        ends.sort_values(["point", "side"], kind="stable").reset_index(drop=True),
    )
