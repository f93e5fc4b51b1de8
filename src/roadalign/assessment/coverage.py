"""Along which stretches of the boundary a side's layers hold anything at all.

A road that arrives where the other side's layers hold no road at all is no proof that the other
side plans none: a map sheet may end there. Such stretches, and classes that a side's layers do not
hold anywhere near the line, are in doubt; who says that the layers are complete lifts the doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from roadalign.locales import LANGUAGES, text
from roadalign.model.tables import FINDING_COLUMNS, typed
from roadalign.model.words import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from roadalign.docking.ruler import Ruler
    from roadalign.model.result import Plan
    from roadalign.settings import Settings
    from roadalign.settings.limits import Limits

DIGITS = 4
STEP_M = 25.0
"""How often along the boundary the nearest road of a side is looked for."""

LOW_RANK = 3
"""Class 3 highways and urban secondary roads: layers that hold none below may be of major roads
only."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of the boundary at which a side's layers hold no road.

    Parameters
    ----------
    side
        Whose layers.
    from_m, to_m
        Chainage of its ends.
    approaches
        Roads of the other side that arrive there alone.
    """

    side: str
    from_m: float
    to_m: float
    approaches: int

    @property
    def length_m(self) -> float:
        """Length of the stretch."""
        return self.to_m - self.from_m


@dataclass(frozen=True)
class Coverage:
    """What the layers of both sides cover.

    Parameters
    ----------
    stretches
        Where a side has no road while the other brings several.
    share
        By side, the share of the boundary with a road of it within reach.
    share_by_class
        By side and rank of the class (``unknown`` where none is stated), the same.
    lowest_rank
        By side, the lowest class its layers hold where none below `LOW_RANK` is among them and the
        other side brings several lower ones; ``None`` where nothing is in doubt.
    lower
        By side, how many lower roads the other side brings alone.
    """

    stretches: tuple[Stretch, ...]
    share: dict[str, float | None]
    share_by_class: dict[str, dict[str, float]]
    lowest_rank: dict[str, int | None]
    lower: dict[str, int]


def assess_coverage(
    points: pd.DataFrame,
    plans: tuple[Plan, Plan],
    ruler: Ruler,
    *,
    settings: Settings,
    limits: Limits,
) -> Coverage:
    """Return where the layers of a side hold nothing.

    Parameters
    ----------
    points
        Docking points with chainage and preliminary verdict.
    plans
        The two plans.
    ruler
        The boundary.
    settings
        ``complete`` of each side.
    limits
        Uses ``coverage_reach_m``, ``coverage_stretch_m`` and ``coverage_approaches``.
    """
    stretches: list[Stretch] = []
    share: dict[str, float | None] = {}
    by_class: dict[str, dict[str, float]] = {}
    lowest: dict[str, int | None] = {}
    lower: dict[str, int] = {}
    for side, plan in zip("ab", plans, strict=True):
        complete = (settings.a if side == "a" else settings.b).complete
        alone = points[(points["verdict"] == str(Verdict.MISSING)) & points[f"{side}_fid"].isna()]
        at_m, near_ranks = _covered(plan, ruler, reach_m=limits["coverage_reach_m"])
        near = np.logical_or.reduce([*near_ranks.values(), np.zeros(len(at_m), dtype=bool)])
        share[side] = round(float(near.mean()), DIGITS)
        by_class[side] = {
            rank: round(float(there.mean()), DIGITS) for rank, there in near_ranks.items()
        }
        if not complete:
            stretches += _stretches(side, near, at_m, alone, ruler, limits)
        lowest[side], lower[side] = (
            (None, 0) if complete else _lowest(plan, alone, side, limits=limits)
        )
    return Coverage(tuple(stretches), share, by_class, lowest, lower)


def with_doubts(points: pd.DataFrame, coverage: Coverage) -> pd.DataFrame:
    """Return docking points of which those that a side may be unable to show are undetermined."""
    verdict = points["verdict"]
    for side, other in (("a", "b"), ("b", "a")):
        alone = (verdict == str(Verdict.MISSING)) & points[f"{side}_fid"].isna()
        doubt = pd.Series(data=False, index=points.index)
        for one in coverage.stretches:
            if one.side == side:
                doubt |= points["chainage_m"].between(one.from_m, one.to_m)
        if coverage.lowest_rank[side] is not None:
            doubt |= (points[f"{other}_road_class"] < LOW_RANK).fillna(value=False)
        verdict = verdict.mask(alone & doubt, str(Verdict.UNDETERMINED))
    return points.assign(verdict=verdict)


def coverage_findings(
    coverage: Coverage, *, names: tuple[str, str], limits: Limits
) -> pd.DataFrame:
    """Return finding I08 of each stretch, and of each side that holds no lower classes."""
    name = dict(zip("ab", names, strict=True))
    rows = []
    for one in coverage.stretches:
        said = {
            "name": name[one.side],
            "other": name["b" if one.side == "a" else "a"],
            "reach_m": f"{limits['coverage_reach_m']:.0f}",
            "from_km": f"{one.from_m / 1000:.1f}",
            "to_km": f"{one.to_m / 1000:.1f}",
            "approaches": one.approaches,
            "side": one.side,
        }
        rows.append(
            _row("no_coverage", one.side, said)
            | {"value": one.length_m, "unit": "m", "chainage_m": (one.from_m + one.to_m) / 2}
            | {"limit": limits["coverage_stretch_m"], "limit_name": "coverage_stretch_m"}
        )
    for side, rank in coverage.lowest_rank.items():
        if rank is not None:
            said = {
                "name": name[side],
                "other": name["b" if side == "a" else "a"],
                "approaches": coverage.lower[side],
                "side": side,
            }
            rows.append(_row("no_lower_classes", side, said) | {"value": coverage.lower[side]})
    return typed(pd.DataFrame(rows), FINDING_COLUMNS)


def _row(key: str, side: str, said: dict[str, object]) -> dict[str, object]:
    messages = {f"message_{lang}": text(lang, "notes", key, **said) for lang in LANGUAGES}
    return {"rule": "I08", "severity": str(Severity.MISMATCH), "side": side, **messages}


def _covered(
    plan: Plan, ruler: Ruler, *, reach_m: float
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.bool_]]]:
    """Return places along the boundary, and at which of them roads of each class are within reach.

    The classes are ranks as texts, and ``unknown``.
    """
    count = max(int(np.ceil(ruler.total_m / STEP_M)), 1)
    at_m = (np.arange(count) + 0.5) * ruler.total_m / count
    lines = np.asarray(plan.roads.geometry.array, dtype=object)
    if not len(lines):
        return at_m, {}
    places = shapely.points([ruler.place(float(one)) for one in at_m])
    place, road = shapely.STRtree(lines).query(places, predicate="dwithin", distance=reach_m)
    ranks = plan.roads["road_class"].astype("string").fillna("unknown").to_numpy(dtype=str)
    found = {}
    for rank in sorted(set(ranks.tolist())):
        found[rank] = np.zeros(count, dtype=bool)
        found[rank][place[ranks[road] == rank]] = True
    return at_m, found


def _stretches(
    side: str,
    near: NDArray[np.bool_],
    at_m: NDArray[np.float64],
    alone: pd.DataFrame,
    ruler: Ruler,
    limits: Limits,
) -> list[Stretch]:
    """Return the stretches without a road that are long enough and at which several arrive."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~near, [False]]).astype(int)))
    half_m = ruler.total_m / len(near) / 2
    found = []
    for first, after in edges.reshape(-1, 2).tolist():
        from_m, to_m = float(at_m[first] - half_m), float(at_m[after - 1] + half_m)
        arriving = int(alone["chainage_m"].between(from_m, to_m).sum())
        long_enough = to_m - from_m >= limits["coverage_stretch_m"]
        if long_enough and arriving >= limits["coverage_approaches"]:
            found.append(Stretch(side, from_m, to_m, arriving))
    return found


def _lowest(
    plan: Plan, alone: pd.DataFrame, side: str, *, limits: Limits
) -> tuple[int | None, int]:
    """Return the lowest class of a plan with none below `LOW_RANK`, and what lower ones come."""
    ranks: Sequence[int] = plan.roads["road_class"].dropna().tolist()
    if not len(ranks) or len(ranks) < len(plan.roads) or min(ranks) < LOW_RANK:
        return None, 0
    other = "b" if side == "a" else "a"
    lower = int((alone[f"{other}_road_class"] < LOW_RANK).fillna(value=False).sum())
    return (min(ranks), lower) if lower >= limits["coverage_approaches"] else (None, 0)
