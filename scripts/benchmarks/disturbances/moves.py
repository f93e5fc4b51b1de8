"""Disturbances that move lines: noise, shifts, turns, ends cut back, roads taken away or added.

A local disturbance moves all of a side's lines around a crossing by a displacement that depends
on the way along the network from it, so that what was joined stays joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from shapely import ops

from benchmarks.cut_networks.cuts import SIDES, other
from benchmarks.disturbances.displacements import EASING_M, HELD_M, TURN_END_M, Field, Shift, Turn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.disturbances.draft import Draft, Move

    Floats = NDArray[np.float64]

SHARE = 0.4
"""Share of the suitable crossings that a local disturbance is done to."""

STUB_M = 30.0
LONG_M = 60.0
MINOR_RANK, MINOR_REACH_M = 3, 140.0


def log_uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a size: every octave is as likely as any other."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def shift(draft: Draft, rng: np.random.Generator, *, share: float = SHARE) -> None:
    """Shift the end of a road along the boundary, 5 to 150 m across, easing over 200 m."""
    for k, side in draft.picked(rng, share=share, tail_m=20.0):
        row = draft.crossings.iloc[k]
        size_m = log_uniform(rng, 5.0, min(150.0, max(5.1, 0.8 * row["alone_m"])))
        sine = np.sin(np.radians(row["angle_deg"]))
        for sign in rng.permutation([-1, 1]).tolist():
            target = _on_line(draft, row["chainage_m"] + sign * size_m / sine)
            vector = target - draft.end[side][k]
            move = Shift(vector)
            if _keeps_side(draft, side, k, move) and draft.displace(
                side, k, move, reach_m=HELD_M + EASING_M
            ):
                draft.touched[k] = True
                break


def turn(draft: Draft, rng: np.random.Generator, *, share: float = SHARE) -> None:
    """Turn the end of a road about its crossing, 5 to 40 degrees, easing to nothing at 300 m."""
    for k, side in draft.picked(rng, share=share, tail_m=20.0):
        pivot = draft.end[side][k].copy()
        size_deg = float(rng.uniform(5.0, 40.0))
        held_m = float(rng.uniform(60.0, 100.0))
        for sign in rng.permutation([-1, 1]).tolist():
            move = Turn(pivot, sign * size_deg, held_m)
            heading = draft.out[side][k]
            ahead = move((pivot + heading)[None], np.zeros(1))[0] + heading
            if _keeps_side(draft, side, k, move) and draft.displace(
                side, k, move, reach_m=TURN_END_M
            ):
                draft.out[side][k] = ahead / np.hypot(*ahead)
                draft.touched[k] = True
                break


def _on_line(draft: Draft, chainage_m: float) -> Floats:
    point = shapely.line_interpolate_point(draft.cut.line, max(chainage_m, 0.0))
    return np.asarray(shapely.get_coordinates(point)[0])


def _keeps_side(draft: Draft, side: str, k: int, move: Move) -> bool:
    """Return whether the last stretch of a road stays in its own land when it is moved."""
    tail = draft.tail(side, k)
    at_m = np.linspace(10.0, min(60.0, max(tail.length_m, 12.0)), 6)
    points = np.array([tail.at(d) for d in at_m])
    return draft.own_side(side, k, points + move(points, np.zeros(len(points))))


def cut_back(
    draft: Draft, rng: np.random.Generator, *, share: float = SHARE, both: bool = False
) -> None:
    """Cut the end of a road back along it, 5 to 300 m, not past its first junction.

    Where the gap becomes longer than existing minor roads are looked for, both sides record the
    road as planned: nobody would take two far-off culs-de-sac for one road.
    """
    for k, side in draft.picked(rng, share=share, tail_m=STUB_M + 10.0, both=both):
        sides = SIDES if both else (side,)
        gaps = {one: _cut_one(draft, rng, one, k, highest_m=300.0 / len(sides)) for one in sides}
        if not any(gaps.values()):
            continue
        draft.touched[k] = True
        if draft.crossings["rank"].iloc[k] <= MINOR_RANK and max(gaps.values()) > MINOR_REACH_M:
            for one in SIDES:
                table = draft.tables[one]
                table.loc[table["fid"].isin(draft.fids[one][k]), "status"] = "planned"


def _cut_one(
    draft: Draft, rng: np.random.Generator, side: str, k: int, *, highest_m: float
) -> float:
    tail = draft.tail(side, k)
    room_m = min(highest_m, tail.length_m - STUB_M)
    if room_m <= 5.0:  # noqa: PLR2004 (the smallest cut)
        return 0.0
    size_m = log_uniform(rng, 5.0, room_m)
    straight = tail.straight(size_m + 30.0) >= 0.97  # noqa: PLR2004 (chord by length)
    aims = tail.outward(size_m, over_m=25.0) @ (tail.path[0] - tail.at(size_m)) / size_m
    if not straight or aims < np.cos(np.radians(20.0)):
        return 0.0
    draft.trim(side, k, size_m)
    draft.end[side][k] = tail.at(size_m)
    draft.out[side][k] = tail.outward(size_m, over_m=25.0)
    return size_m


def river(draft: Draft, rng: np.random.Generator) -> None:
    """Cut both ends back, as at two banks."""
    cut_back(draft, rng, both=True)


def remove(draft: Draft, rng: np.random.Generator, *, share: float = SHARE) -> None:
    """Take a road away on one side, from the boundary to its first junction.

    What is left on the other side is at least `STUB_M` long: a stub of some metres that stands
    out of a road along the boundary is no road that lacks a counterpart.
    """
    for k, side in draft.picked(rng, share=share, tail_m=LONG_M):
        tail = draft.tail(side, k)
        ends = np.hypot(*(draft.end[side] - tail.path[-1]).T)
        left_m = draft.tail(other(side), k).length_m
        comes_back = ends.min() < 1.0
        if tail.length_m < LONG_M or left_m < STUB_M or comes_back:
            continue
        draft.drop(side, list(tail.rows))
        draft.fids[side][k] = frozenset()
        draft.expect[k] = other(side)
        draft.touched[k] = True


def overshoot(draft: Draft, rng: np.random.Generator) -> None:
    """Draw a road straight on beyond the boundary, 30 to 500 m."""
    for k, side in draft.picked(rng, share=SHARE, tail_m=20.0):
        row = draft.tail(side, k).rows[0]
        xy = shapely.get_coordinates(draft.lines[side][row])
        size_m = log_uniform(rng, 30.0, 500.0)
        beyond = draft.end[side][k] + size_m * draft.tail(side, k).outward()
        at_start = np.hypot(*(xy[0] - draft.end[side][k])) < 0.1  # noqa: PLR2004
        xy = np.vstack([beyond, xy]) if at_start else np.vstack([xy, beyond])
        draft.lines[side][row] = shapely.LineString(xy)
        draft.changed(side)
        draft.touched[k] = True
        draft.rules[k]["G04"] = "?"


def decoy(draft: Draft, rng: np.random.Generator, *, share: float = SHARE) -> None:
    """Add a straight road of 300 m beside a crossing, 30 to 120 m away, on one side only."""
    for k, side in draft.picked(rng, share=share, tail_m=20.0):
        row = draft.crossings.iloc[k]
        size_m = log_uniform(rng, 30.0, 120.0)
        sine = np.sin(np.radians(row["angle_deg"]))
        for sign in rng.permutation([-1, 1]).tolist():
            place = _on_line(draft, row["chainage_m"] + sign * size_m / sine)
            apart = np.hypot(*(draft.end[side] - place).T)
            apart[k] = np.inf
            back = place - np.linspace(10.0, 300.0, 12)[:, None] * draft.out[side][k]
            if apart.min() < 50.0 or not draft.own_side(side, k, back):  # noqa: PLR2004
                continue
            line = shapely.LineString([place, back[-1]])
            like = draft.road(side, k) | {"name": "Decoy Road", "ref": pd.NA}
            fid = draft.add(side, line, like)
            draft.touched[k] = True
            draft.append_truth(side, place, fid, like=k)
            break


def along(draft: Draft, rng: np.random.Generator) -> None:
    """Add roads of 1 km along the boundary, within 12 m of it, on one side each."""
    line = max(shapely.get_parts(draft.cut.line), key=shapely.length)
    for start_m in np.arange(300.0, line.length - 1300.0, 2500.0):
        side = SIDES[int(rng.integers(2))]
        low = float(start_m + rng.uniform(0, 800.0))
        stretch = shapely.simplify(ops.substring(line, low, low + 1000.0), 2.0)
        offset_m = float(rng.uniform(3.0, 12.0))
        reading = draft.crossings["chainage_m"].between(low, low + 1000.0).to_numpy()
        if not reading.any():
            continue
        k = int(np.flatnonzero(reading)[0])
        for sign in (-1, 1):
            beside = max(shapely.get_parts(shapely.offset_curve(stretch, sign * offset_m)),
                         key=shapely.length)  # fmt: skip
            middle = shapely.get_coordinates(shapely.line_interpolate_point(beside, 500.0))
            if draft.own_side(side, k, middle):
                like = draft.road(side, k) | {"name": "Border Road", "ref": pd.NA}
                draft.add(side, beside, like)
                draft.touched[: len(reading)] |= reading
                break


def datum(draft: Draft, rng: np.random.Generator) -> None:
    """Shift one whole side by 2 to 20 m."""
    side = SIDES[int(rng.integers(2))]
    angle, size_m = float(rng.uniform(0, 2 * np.pi)), log_uniform(rng, 2.0, 20.0)
    vector = size_m * np.array([np.cos(angle), np.sin(angle)])
    draft.lines[side] = shapely.transform(draft.lines[side], lambda xy: xy + vector)
    draft.end[side] = draft.end[side] + vector
    draft.touched[:] = True
    draft.shifted = True
    draft.changed(side)


def noise(
    draft: Draft, rng: np.random.Generator, *, low_m: float = 0.5, high_m: float = 5.0
) -> None:
    """Disturb each side by a smooth random field, sigma 0.5 to 5 m, correlated over 100 m.

    The field is that of `benchmarks.disturbances.displacements.Field`.
    """
    for side in SIDES:
        sigma_m = log_uniform(rng, low_m, high_m)
        field = Field.drawn(rng, sigma_m=sigma_m, window=draft.cut.window)
        dense = shapely.segmentize(draft.lines[side], 25.0)
        draft.lines[side] = shapely.transform(dense, field.moved)
        tip = field.moved(draft.end[side])
        way = tip - field.moved(draft.end[side] - 20.0 * draft.out[side])
        draft.end[side] = tip
        draft.out[side] = way / np.maximum(np.hypot(*way.T), 1e-9)[:, None]
        draft.changed(side)
    draft.touched[:] = True
