"""A stroke followed through the boundary: on which side it lies, from where to where.

The loop is over strokes near the boundary, with arrays inside; strokes that neither meet the
boundary nor have an end near it never come here.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from roadalign.model.words import End

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.docking.strokes import Strokes
    from roadalign.settings.limits import Limits

    Floats = NDArray[np.float64]

CANDIDATE_COLUMNS = {
    "stroke": "int64",
    "at_m": "float64",
    "back": "int64",
    "end": "object",
    "to_boundary_m": "float64",
    "needs_counterpart": "bool",
    "weave": "int64",
}

JOINED_TOUCHES = 2.0
"""An end joined to its own side's network can still answer within this many touching distances:
the road it joins may run along the boundary, and what continues it lies beyond."""


@dataclass(frozen=True)
class _Profile:
    """One stroke against the boundary.

    Places are distances along the stroke; ``own_m`` are the signed distances of its vertices
    from the boundary, own side positive; ``meets_m`` is where it meets the boundary and
    ``chainage_m`` where that is along the boundary; ``free`` and ``last`` are those of
    `roadalign.docking.strokes.Strokes` for its start and its end.
    """

    stroke: int
    length_m: float
    at_m: Floats
    own_m: Floats
    meets_m: Floats
    chainage_m: Floats
    free: NDArray[np.bool_]
    last: NDArray[np.bool_]


def follow(
    strokes: Strokes,
    near: NDArray[np.intp],
    ruler: Ruler,
    *,
    own_sign: int,
    limits: Limits,
) -> pd.DataFrame:
    """Return the candidates of all strokes: crossings and ends, before they are judged.

    Parameters
    ----------
    strokes
        The side's strokes.
    near
        Indices of the strokes near the boundary.
    ruler
        The boundary.
    own_sign
        +1 where the side's land lies left of the boundary, -1 right.
    limits
        Uses ``touch_m``, ``weave_m``, ``undershoot_major_m``.

    Returns
    -------
    pandas.DataFrame
        Columns of `CANDIDATE_COLUMNS`. ``to_boundary_m`` of an undershoot is the distance
        straight across; ``needs_counterpart`` is false for what can only answer.
    """
    found: list[dict[str, object]] = []
    for profile in _profiles(strokes, near, ruler, own_sign=own_sign):
        found.extend(_candidates(profile, limits=limits, first_weave=len(found)))
    return pd.DataFrame(found, columns=list(CANDIDATE_COLUMNS)).astype(CANDIDATE_COLUMNS)


def _profiles(
    strokes: Strokes, near: NDArray[np.intp], ruler: Ruler, *, own_sign: int
) -> list[_Profile]:
    lines = strokes.lines[near]
    met, measure = ruler.crossings(lines)
    places = shapely.get_coordinates(shapely.line_interpolate_point(lines[met], measure))
    chainage = ruler.read(places.reshape(-1, 2)).chainage_m
    dense = shapely.segmentize(lines, 25.0)
    xy, index = shapely.get_coordinates(dense, return_index=True)
    signed = own_sign * ruler.read(xy).distance_m
    step = np.hypot(*np.diff(xy, axis=0).T)
    step[index[1:] != index[:-1]] = 0.0
    run = np.concatenate([[0.0], np.cumsum(step)])
    cut = np.searchsorted(index, np.arange(len(near) + 1))
    cut_met = np.searchsorted(met, np.arange(len(near) + 1))
    return [
        _Profile(
            int(near[i]),
            float(run[cut[i + 1] - 1] - run[cut[i]]),
            run[cut[i] : cut[i + 1]] - run[cut[i]],
            signed[cut[i] : cut[i + 1]],
            measure[cut_met[i] : cut_met[i + 1]],
            chainage[cut_met[i] : cut_met[i + 1]],
            strokes.end_free[near[i]],
            strokes.end_last[near[i]],
        )
        for i in range(len(near))
    ]


def _intervals(profile: _Profile, *, touch_m: float) -> list[tuple[float, float, float]]:
    """Return ``(from_m, to_m, depth_m)`` of the intervals, noise removed, signs alternating.

    The depth is the signed distance of largest amount, own side positive. An interval that stays
    within the touching distance belongs to its neighbour.
    """
    knots = np.concatenate([[0.0], profile.meets_m, [profile.length_m]])
    kept: list[tuple[float, float, float]] = []
    for low, high in itertools.pairwise(knots):
        if high - low <= 1e-6:  # noqa: PLR2004 (a line that starts on the boundary)
            continue
        inside = (profile.at_m > low) & (profile.at_m < high)
        middle = np.interp((low + high) / 2, profile.at_m, profile.own_m)
        own = np.append(profile.own_m[inside], middle)
        depth = float(own[np.argmax(np.abs(own))])
        if abs(depth) <= touch_m:
            continue
        if kept and kept[-1][2] * depth > 0:
            last = kept.pop()
            low, depth = last[0], max(last[2], depth, key=abs)  # noqa: PLW2901
        kept.append((float(low), float(high), depth))
    return kept


def _candidates(profile: _Profile, *, limits: Limits, first_weave: int) -> list[dict[str, object]]:
    kept = _intervals(profile, touch_m=limits["touch_m"])
    if not kept:
        return _shallow(profile)
    found = _crossings(profile, kept, limits=limits, first_weave=first_weave)
    found += _end(profile, kept[0], at_start=True, touch_m=limits["touch_m"])
    found += _end(profile, kept[-1], at_start=False, touch_m=limits["touch_m"])
    return found


def _row(
    profile: _Profile,
    at_m: float,
    back: int,
    end: End,
    *,
    to_boundary_m: float = 0.0,
    needs_counterpart: bool = True,
    weave: int = -1,
) -> dict[str, object]:
    return {
        "stroke": profile.stroke,
        "at_m": at_m,
        "back": back,
        "end": str(end),
        "to_boundary_m": to_boundary_m,
        "needs_counterpart": needs_counterpart,
        "weave": weave,
    }


def _crossings(
    profile: _Profile,
    kept: list[tuple[float, float, float]],
    *,
    limits: Limits,
    first_weave: int,
) -> list[dict[str, object]]:
    """Return the changes of side; of a weave only one asks, and none if it returns home."""
    changes = list(itertools.pairwise(kept))
    at = [(left[1] + right[0]) / 2 for left, right in changes]
    found: list[dict[str, object]] = []
    group: list[int] = []
    for i, place in enumerate(at):
        group.append(i)
        if i + 1 < len(at) and at[i + 1] - place <= limits["weave_m"]:
            continue
        rows = [_change(profile, *changes[k], at[k], limits=limits) for k in group]
        if len(group) > 1:
            chosen = _spokesman(profile, rows, [at[k] for k in group])
            rows = [
                row | {"weave": first_weave + group[0], "needs_counterpart": k == chosen}
                for k, row in enumerate(rows)
            ]
        found += rows
        group = []
    return found


def _spokesman(profile: _Profile, rows: list[dict[str, object]], at: list[float]) -> int:
    """Return which crossing of a weave speaks for the road: the middle one that leads outward.

    Outward is the direction of the first crossing, for the road as a whole goes that way; of two
    that are equally near the middle the one of smaller chainage, so that both sides choose the
    same. A weave with an even number of crossings returns to its own side: none speaks (-1).
    """
    if len(rows) % 2 == 0:
        return -1
    middle = (at[0] + at[-1]) / 2
    outward = [k for k, row in enumerate(rows) if row["back"] == rows[0]["back"]]

    def rank(k: int) -> tuple[float, float]:
        nearest = int(np.argmin(np.abs(profile.meets_m - at[k])))
        return round(abs(at[k] - middle), 1), float(profile.chainage_m[nearest])

    return min(outward, key=rank)


def _change(
    profile: _Profile,
    left: tuple[float, float, float],
    right: tuple[float, float, float],
    at_m: float,
    *,
    limits: Limits,
) -> dict[str, object]:
    home_first = left[2] > 0
    abroad = right if home_first else left
    last = abroad[1] >= profile.length_m - 1e-6 if home_first else abroad[0] <= 1e-6  # noqa: PLR2004
    free = bool(profile.free[1 if home_first else 0])
    beyond = profile.length_m - at_m if home_first else at_m
    over = last and free and beyond <= limits["undershoot_major_m"]
    return _row(
        profile,
        at_m,
        -1 if home_first else 1,
        End.OVERSHOOT if over else End.CROSSING,
        to_boundary_m=-beyond if over else 0.0,
    )


def _end(
    profile: _Profile, interval: tuple[float, float, float], *, at_start: bool, touch_m: float
) -> list[dict[str, object]]:
    """Return the stroke's end as a candidate, if it lies on its own side and is one."""
    if interval[2] < 0:
        return []
    free = bool(profile.free[0 if at_start else 1])
    last = bool(profile.last[0 if at_start else 1])
    drawn_m = 0.0 if at_start else profile.length_m
    back = 1 if at_start else -1
    own_m = float(profile.own_m[0 if at_start else -1])
    tail = interval[0] > 0 if at_start else interval[1] < profile.length_m
    if tail or abs(own_m) <= touch_m:
        touches = last or abs(own_m) <= JOINED_TOUCHES * touch_m
        row = _row(profile, drawn_m, back, End.TOUCH, to_boundary_m=own_m, needs_counterpart=last)
        return [row] if touches else []
    return [_row(profile, drawn_m, back, End.UNDERSHOOT, to_boundary_m=own_m)] if free else []


def _shallow(profile: _Profile) -> list[dict[str, object]]:
    """Return the ends of a stroke that never leaves the touching distance: they only answer."""
    ends = [(0.0, 1, profile.own_m[0]), (profile.length_m, -1, profile.own_m[-1])]
    return [
        _row(profile, at_m, back, End.TOUCH, to_boundary_m=float(own), needs_counterpart=False)
        for at_m, back, own in ends
    ]
