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

from roadalign.boundary.cover import cover_boundary
from roadalign.locales import LANGUAGES, text
from roadalign.model.tables import FINDING_COLUMNS, typed
from roadalign.model.words import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from roadalign.boundary.cover import Cover
    from roadalign.model.result import Boundary, Plan
    from roadalign.settings import Settings
    from roadalign.settings.limits import Limits

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
    line: Boundary,
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
    line
        The common line.
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
        cover = cover_plan(plan, line, reach_m=limits["coverage_reach_m"])
        share[side], by_class[side] = cover.share, cover.share_by_class
        if not complete:
            arrives_m = points.loc[points[f"{side}_fid"].notna(), "chainage_m"].to_numpy(
                dtype=float
            )
            stretches += _stretches(side, cover, alone, arrives_m, limits)
        lowest[side], lower[side] = (
            (None, 0) if complete else _lowest(plan, alone, side, limits=limits)
        )
    return Coverage(tuple(stretches), share, by_class, lowest, lower)


def cover_plan(plan: Plan, line: Boundary, *, reach_m: float) -> Cover:
    """Return along which places of the boundary a plan has roads."""
    ranks = [None if pd.isna(rank) else int(rank) for rank in plan.roads["road_class"]]
    lines = np.asarray(plan.roads.geometry.array, dtype=object)
    return cover_boundary(line.line, lines, ranks, reach_m=reach_m)


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


def _stretches(
    side: str, cover: Cover, alone: pd.DataFrame, arrives_m: NDArray[np.float64], limits: Limits
) -> list[Stretch]:
    """Return the stretches without a road that are long enough and at which several arrive.

    A hole in the data ends at the last road beside it, not a reach away from it: that is where
    the sheet may end.
    """
    found = []
    reach_m = limits["coverage_reach_m"]
    for first_m, last_m in cover.gaps_m:
        from_m = max(first_m - reach_m, arrives_m[arrives_m < first_m].max(initial=0.0))
        to_m = min(last_m + reach_m, arrives_m[arrives_m > last_m].min(initial=cover.total_m))
        arriving = int(alone["chainage_m"].between(from_m, to_m).sum())
        long_enough = last_m - first_m >= limits["coverage_stretch_m"]
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
