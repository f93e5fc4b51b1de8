"""What is true of a disturbed crossing: its measures and the severities they deserve.

The measures are those of the project's design notes, worked out from the ends and headings that
were put in: with the axis w = (u_a − u_b) / |u_a − u_b|, the gap is (P_b − P_a)·w, the offset
the distance of P_b from the line through P_a along w, positive to the right, and the deflection
the angle between u_a and −u_b.

A road that arrives alone where a road of the other side lies across its way, within `JUNCTION_M`,
is honestly ambiguous: a driver finds a junction there, a planner may miss the road that goes on. It
is not asked for; what is said of it is judged like everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.cut_networks.cuts import SIDES, other
from benchmarks.disturbances.cases import Case
from benchmarks.limits import LIMITS, steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.disturbances.draft import Draft

    Floats = NDArray[np.float64]

GAP_STEPS, OFFSET_STEPS = steps("gap", "m"), steps("offset", "m")
DEFLECTION_STEPS = steps("deflection", "deg")
DOUBT_SHARE, DOUBT_M, DOUBT_DEG = 0.10, 1.5, 3.0
"""A measure this near to a threshold may be judged either way."""

JUNCTION_M = 20.0
BACK_M = 60.0
TOUCH_M = LIMITS["touch_m"]


def finished(draft: Draft, kind: str, seed: int) -> Case:
    """Return the case that a draft has become.

    Parameters
    ----------
    draft
        The disturbed cut.
    kind, seed
        What was done to it, and with which seed.
    """
    for side in SIDES:
        draft.widen(side)
    roads = {
        side: draft.tables[side].set_geometry(
            gpd.GeoSeries(draft.lines[side], index=draft.tables[side].index, crs=draft.cut.crs)
        )
        for side in SIDES
    }
    return Case(draft.cut, kind, seed, roads, _truth(draft))


def _truth(draft: Draft) -> pd.DataFrame:
    """Return the truth of every crossing as of `benchmarks.disturbances.cases.Case`."""
    end = {side: draft.end[side] if draft.shifted else _at_boundary(draft, side) for side in SIDES}
    axis = draft.out["a"] - draft.out["b"]
    axis = axis / np.maximum(np.hypot(*axis.T), 1e-9)[:, None]
    between = end["b"] - end["a"]
    gap = np.einsum("ij,ij->i", between, axis)
    offset = between[:, 0] * axis[:, 1] - between[:, 1] * axis[:, 0]
    cosine = np.clip(-np.einsum("ij,ij->i", draft.out["a"], draft.out["b"]), -1, 1)
    turn = np.where(draft.bent, np.nan, np.degrees(np.arccos(cosine)))
    pair = np.array([expect == "pair" for expect in draft.expect])
    gap, offset, turn = (np.where(pair, value, np.nan) for value in (gap, offset, turn))
    reach = _red_lines(draft)
    judged = pair & (not draft.shifted)
    rules = [
        (_geometry(gap[k], offset[k], turn[k], reach[k]) if judged[k] else {}) | draft.rules[k]
        for k in range(len(pair))
    ]
    return draft.crossings.assign(
        required=draft.crossings["required"].to_numpy(dtype=bool) & ~_at_a_junction(draft, end),
        a=pd.Series(draft.fids["a"], index=draft.crossings.index),
        b=pd.Series(draft.fids["b"], index=draft.crossings.index),
        expect=draft.expect,
        touched=draft.touched,
        moved=draft.moved,
        gap_m=gap,
        offset_m=offset,
        deflection_deg=turn,
        rules=pd.Series(rules, index=draft.crossings.index),
    )


def _at_a_junction(draft: Draft, end: dict[str, Floats]) -> NDArray[np.bool_]:
    """Return which crossings one side reaches alone, with a road of the other across the way."""
    found = np.zeros(len(draft.expect), dtype=bool)
    for side in SIDES:
        lone = np.flatnonzero([expect == side for expect in draft.expect])
        ahead = end[side][lone] + JUNCTION_M * draft.out[side][lone]
        ways = shapely.linestrings(np.stack([end[side][lone], ahead], axis=1))
        tree = shapely.STRtree(draft.lines[other(side)])
        found[lone[tree.query(ways, predicate="intersects")[0]]] = True
    return found


def _at_boundary(draft: Draft, side: str) -> Floats:
    """Return the ends P: a drawn end beyond the boundary is led back to it along its heading.

    One that lies beyond it by no more than `TOUCH_M` touches it, and is its own P.
    """
    end = draft.end[side].copy()
    place = draft.crossings[["x", "y"]].to_numpy(dtype=float)
    probe = place - 8.0 * draft.out[side]
    beyond_m = draft.ruler.read(end).distance_m
    signs = np.sign(beyond_m * draft.ruler.read(probe).distance_m)
    for k in np.flatnonzero((signs < 0) & (np.abs(beyond_m) > TOUCH_M)):
        back = shapely.LineString([end[k], end[k] - BACK_M * draft.out[side][k]])
        met = shapely.get_coordinates(shapely.intersection(back, draft.cut.line))
        if len(met):
            end[k] = met[np.argmax(np.hypot(*(met - end[k]).T))]
    return end


def _red_lines(draft: Draft) -> Floats:
    """Return half the sum of the two red-line widths, infinite where one is unknown."""
    width = {}
    for side in SIDES:
        table = draft.tables[side]
        width[side] = dict(
            zip(
                table["fid"], table["redline_m"].to_numpy(dtype=float, na_value=np.inf), strict=True
            )
        )
    return np.array(
        [
            sum(max((width[side].get(fid, np.inf) for fid in draft.fids[side][k]), default=np.inf)
                for side in SIDES) / 2
            for k in range(len(draft.expect))
        ]
    )  # fmt: skip


def _geometry(gap_m: float, offset_m: float, turn_deg: float, reach_m: float) -> dict[str, str]:
    offset = abs(offset_m)
    found = {
        "G01": _severity(abs(gap_m), GAP_STEPS, DOUBT_M),
        "G02": _severity(offset, OFFSET_STEPS, DOUBT_M),
        "G03": _severity(turn_deg, DEFLECTION_STEPS, DOUBT_DEG),
    }
    doubt = max(DOUBT_M, DOUBT_SHARE * reach_m) if np.isfinite(reach_m) else 0.0
    if offset > max(reach_m + doubt, OFFSET_STEPS[0][0] + DOUBT_M):
        found["G02"] = "severe"
    elif offset > max(reach_m - doubt, OFFSET_STEPS[0][0] - DOUBT_M) and found["G02"] != "severe":
        found["G02"] = "?"
    return {code: severity for code, severity in found.items() if severity != "ok"}


def _severity(value: float, steps: tuple[tuple[float, str], ...], doubt: float) -> str:
    """Return the severity of a measure, ``?`` where it is unknown or near a threshold."""
    if np.isnan(value):
        return "?"
    severity = "ok"
    for threshold, name in steps:
        if abs(value - threshold) <= max(doubt, DOUBT_SHARE * threshold):
            return "?"
        if value > threshold:
            severity = name
    return severity
