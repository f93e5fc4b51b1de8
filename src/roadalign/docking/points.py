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

from roadalign.docking.measure import Measures, measure
from roadalign.model.levels import End, Verdict
from roadalign.model.tables import SIDE_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from roadalign.config import Limits
    from roadalign.docking.approaches import SideEnds
    from roadalign.docking.pairing import Pairing
    from roadalign.docking.ruler import Ruler

    Floats = NDArray[np.float64]

WORKED_OUT = {"fid", "end", "to_boundary_m", "carriageways", "lanes"}
COPIED = tuple(name for name in SIDE_COLUMNS if name not in WORKED_OUT)
TIP_COLUMNS = ["tip_x", "tip_y"]
MEET_M = 1.0
SAMPLE_M = 10.0


@dataclass(frozen=True)
class _Approach:
    """One side's part of a docking point."""

    rows: list[int]
    place: Floats
    heading: Floats
    tip: Floats
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
        and of the points ``ax``, ``ay``, ``bx``, ``by`` (the two ends, NaN where there is none).
    """
    confidence = dict(zip(pairing.a.tolist(), pairing.confidence.tolist(), strict=True))
    number = {a: i for i, a in enumerate(pairing.a.tolist())}
    sides = {"a": side_a, "b": side_b}
    lone = {"a": pairing.lone_confidence_a, "b": pairing.lone_confidence_b}
    points: list[dict[str, Any]] = []
    approaches: list[dict[str, Any]] = []
    for _, members in groups.groupby("group", sort=True):
        chosen = _representatives(members, sides)
        found = {
            name: _approach(members, row, sides[name], name, chosen=chosen, limits=limits)
            for name, row in chosen.items()
        }
        point = _point(found)
        if len(found) == 2:  # noqa: PLR2004 (both sides are there)
            point["confidence"] = confidence[chosen["a"]]
            k = number[chosen["a"]]
            point["verdict"] = str(Verdict.AMBIGUOUS if pairing.ambiguous[k] else Verdict.ALIGNED)
            point["alternatives"] = _alternatives(pairing.alternatives[k], chosen, sides)
            point["overshoot_contradiction_m"] = _contradiction(found, chosen, sides)
        else:
            (name,) = found
            point["confidence"] = float(lone[name][chosen[name]])
            point["verdict"] = str(Verdict.MISSING)
        points.append(point)
        approaches.extend(
            {"side": name, "place": approach.place, "heading": approach.heading}
            | approach.values
            | {"point": len(points) - 1}
            for name, approach in found.items()
        )
    return _tables(points, approaches, ruler)


def _representatives(members: pd.DataFrame, sides: dict[str, SideEnds]) -> dict[str, int]:
    """Return the row of the end that speaks for each side present."""
    paired = members[(members["side"] == "a") & (members["partner"] >= 0)]
    if len(paired):
        a, b = paired["row"].to_numpy(), paired["partner"].to_numpy()
        ends_a, ends_b = sides["a"].ends.iloc[a], sides["b"].ends.iloc[b]
        link = np.hypot(
            ends_a["x"].to_numpy() - ends_b["x"].to_numpy(),
            ends_a["y"].to_numpy() - ends_b["y"].to_numpy(),
        )
        asking = ends_a["asks"].to_numpy().astype(int) + ends_b["asks"].to_numpy().astype(int)
        rank = np.nan_to_num(np.fmax(ends_a["rank"].to_numpy(), ends_b["rank"].to_numpy()))
        order = np.lexsort((ends_a["chainage_m"].to_numpy(), link.round(3), -rank, -asking))
        return {"a": int(a[order[0]]), "b": int(b[order[0]])}
    name = str(members["side"].iloc[0])
    ends = sides[name].ends.iloc[members["row"].to_numpy()]
    order = np.lexsort((ends["chainage_m"].to_numpy(), -np.nan_to_num(ends["rank"].to_numpy())))
    return {name: int(members["row"].to_numpy()[order[0]])}


def _approach(
    members: pd.DataFrame,
    row: int,
    side: SideEnds,
    name: str,
    *,
    chosen: dict[str, int],
    limits: Limits,
) -> _Approach:
    own = members[members["side"] == name]
    other = members[members["side"] != name]
    rows = _bundle(own["row"].to_numpy(), row, side, limits=limits)
    partnered = set(own.loc[own["partner"] >= 0, "row"].tolist())
    several = [len(own), len(other)]
    if len(chosen) == 2 and min(several) > 1:  # noqa: PLR2004 (both sides are there)
        rows = [r for r in rows if r in partnered]
    ends = side.ends.iloc[rows]
    place = ends[["x", "y"]].to_numpy(dtype=float).mean(axis=0)
    heading, tip = (
        ends[columns].to_numpy(dtype=float).sum(axis=0) for columns in (["ux", "uy"], TIP_COLUMNS)
    )
    heading, tip = heading / np.hypot(*heading), tip / np.hypot(*tip)
    return _Approach(rows, place, heading, tip, _values(rows, row, own["row"].tolist(), side))


def _bundle(rows: NDArray[np.intp], row: int, side: SideEnds, *, limits: Limits) -> list[int]:
    """Return those of some ends that run beside the representative, itself among them."""
    ends = side.ends
    place = ends[["x", "y"]].to_numpy(dtype=float)
    heading = ends[["ux", "uy"]].to_numpy(dtype=float)
    near = np.hypot(*(place[rows] - place[row]).T) <= 3 * limits["corridor_width_m"]
    level = heading[rows] @ heading[row] >= np.cos(np.radians(2 * limits["corridor_angle_deg"]))
    return sorted({row, *rows[near & level].tolist()})


def _values(rows: list[int], row: int, all_rows: list[int], side: SideEnds) -> dict[str, Any]:
    ends = side.ends
    road = side.roads.iloc[int(ends["row"].iloc[row])]
    bundle = side.roads.iloc[ends["row"].to_numpy()[rows]]
    features = side.roads.iloc[ends["row"].to_numpy()[sorted(all_rows)]]
    end = End(ends["end"].iloc[row])
    return {name: road[name] for name in COPIED} | {
        "fid": ",".join(dict.fromkeys(features["fid"].astype(str))),
        "lanes": _lanes(bundle, road),
        "end": str(end),
        "to_boundary_m": float(ends["to_boundary_m"].iloc[row]),
        "carriageways": int(ends["stroke"].iloc[rows].nunique()),
    }


def _lanes(bundle: gpd.GeoDataFrame, road: pd.Series) -> Any:
    """Return the lanes of both directions: one-way carriageways add up, others say it each."""
    lanes = bundle["lanes"].dropna()
    if len(lanes) == 0:
        return pd.NA
    if len(bundle) > 1 and bundle["oneway"].fillna(value=False).all():
        return int(lanes.sum()) if len(lanes) == len(bundle) else pd.NA
    return road["lanes"] if pd.notna(road["lanes"]) else int(lanes.max())


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
        "x": middle[0],
        "y": middle[1],
    }


def _measured(a: _Approach, b: _Approach) -> Measures:
    """Measure a pair; ends that meet are compared by their very last metres too.

    Drawings that meet to `MEET_M` are accurate to that, so where a bend runs through the boundary
    the direction of the tips is the direction at the boundary.
    """
    fitted = measure(a.place[None], a.heading[None], b.place[None], b.heading[None])
    if fitted.link_m[0] > MEET_M:
        return fitted
    tips = measure(a.place[None], a.tip[None], b.place[None], b.tip[None])
    return min((fitted, tips), key=lambda got: float(got.deflection_deg[0]))


def _alternatives(
    others: list[tuple[int, int]], chosen: dict[str, int], sides: dict[str, SideEnds]
) -> Any:
    """Name the roads that could be meant instead: ``a:fid`` or ``b:fid``, by commas."""
    if not others:
        return pd.NA
    named = []
    for a, b in others:
        name, row = ("b", b) if a == chosen["a"] else ("a", a)
        side = sides[name]
        road = side.roads.iloc[int(side.ends["row"].iloc[row])]
        named.append(f"{name}:{road['fid']}")
    return ",".join(sorted(set(named)))


def _contradiction(
    found: dict[str, _Approach], chosen: dict[str, int], sides: dict[str, SideEnds]
) -> Any:
    """Return how far, at most, what one side draws beyond the boundary lies from the other's road.

    ``<NA>`` where neither side overshoots. The other's road is the stroke it was paired with.
    """
    worst = [
        _strays_m(sides[name], chosen[name], sides[other], chosen[other])
        for name, other in (("a", "b"), ("b", "a"))
        if found[name].values["end"] == End.OVERSHOOT
    ]
    return max(worst) if worst else pd.NA


def _strays_m(side: SideEnds, row: int, other: SideEnds, other_row: int) -> float:
    end = side.ends.iloc[row]
    line = side.strokes.lines[int(end["stroke"])]
    at_m = float(end["at_m"])
    stop = shapely.length(line) if end["back"] < 0 else 0.0
    count = max(int(abs(stop - at_m) / SAMPLE_M), 1) + 1
    beyond = shapely.line_interpolate_point(line, np.linspace(at_m, stop, count))
    answer = other.strokes.lines[int(other.ends["stroke"].iloc[other_row])]
    return float(shapely.distance(beyond, answer).max())


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
        heading_deg=np.degrees(np.arctan2(heading[:, 0], heading[:, 1])) % 360,
        chainage_m=at.chainage_m,
        point=ends["point"].map(rank),
    )
    return (
        table.loc[order].reset_index(drop=True),
        ends.sort_values(["point", "side"], kind="stable").reset_index(drop=True),
    )
