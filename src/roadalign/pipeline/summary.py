"""What a result says in short: rates as far as they are known, and what would have to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.assessment.priority import higher_ranks
from roadalign.ledger.decisions_applied import decision_counts
from roadalign.model.columns import SIDES
from roadalign.model.summary import make_aspect_totals, make_rates
from roadalign.model.words import DECIDING, OPEN, PASSABLE, RoadState, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadalign.assessment.coverage import Coverage
    from roadalign.docking import Docking
    from roadalign.model.result import Boundary, Plan

UNKNOWN = "unknown"
ACROSS = (RoadState.THROUGH, RoadState.BOTTLENECK, RoadState.BUILDING, RoadState.PLANNED)
"""States in which a road crosses the boundary, today or as planned."""


def summarize(
    points: pd.DataFrame,
    approaches: pd.DataFrame,
    findings: pd.DataFrame,
    plans: tuple[Plan, Plan],
    docked: Docking,
    coverage: Coverage,
    line: Boundary,
) -> dict[str, Any]:
    """Return the summary of a result, as `roadalign.model.summary.Summary` describes it."""
    spoken = findings[findings["severity"].isin(["notice", "mismatch", "severe"])]
    verdicts = count_values(points["verdict"])
    return {
        **group_rates(points),
        "open_points": sum(verdicts.get(str(one), 0) for one in OPEN),
        "waiting_points": verdicts.get(str(Verdict.UNDETERMINED), 0),
        "aspects": {str(aspect): aspect_totals(points[str(aspect)]) for aspect in DECIDING},
        "by_class": _by_group(points, _classes(points)),
        "by_admin_class": _by_group(points, _admin_classes(points)),
        "interfaces": _interfaces(points),
        "spacing": _spacing(points, float(line.line.length)),
        "data_requests": _data_requests(points),
        "coverage": _coverage(coverage),
        "approaches": len(approaches),
        "verdicts": verdicts,
        "severities": count_values(points["severity"]),
        "rules": count_values(spoken["rule"]),
        **decision_counts(points),
        "sides": {
            side: {
                "name": plan.name,
                "roads": len(plan.roads),
                "approaches": int((approaches["side"] == side).sum()),
                **_of_side(approaches, side),
                "boundary_roads": docked.boundary_road_count[k],
                "ending": docked.ending_count[k],
            }
            for k, (side, plan) in enumerate(zip(SIDES, plans, strict=True))
        },
    }


def group_rates(points: pd.DataFrame) -> dict[str, Any]:
    """Return the rates of some docking points.

    Parameters
    ----------
    points
        With verdict and state.

    Returns
    -------
    dict
        ``docking_points``, ``aligned``, ``undetermined``, ``docking_rate`` (from ``low``, aligned,
        to ``high``, aligned and undetermined, of all), ``passable``, ``through_rate``, ``states``.
    """
    verdicts = count_values(points["verdict"])
    states = count_values(points["state"])
    aligned = verdicts.get(str(Verdict.ALIGNED), 0)
    waiting = verdicts.get(str(Verdict.UNDETERMINED), 0)
    passable = sum(states.get(str(one), 0) for one in PASSABLE)
    return make_rates(len(points), aligned, waiting, passable) | {"states": states}


def aspect_totals(outcomes: pd.Series) -> dict[str, Any]:
    """Return what came of one aspect of all pairs."""
    return make_aspect_totals(count_values(outcomes.dropna()))


def count_values(values: pd.Series) -> dict[str, int]:
    """Return how often each value occurs, by value."""
    return {str(k): int(v) for k, v in values.value_counts().sort_index().items()}


def _by_group(points: pd.DataFrame, groups: pd.Series) -> dict[str, dict[str, Any]]:
    return {str(name): group_rates(part) for name, part in points.groupby(groups)}


def _classes(points: pd.DataFrame) -> pd.Series:
    """Return the higher class of both sides."""
    return higher_ranks(points).astype("Int64").astype("string").fillna(UNKNOWN)


def _admin_classes(points: pd.DataFrame) -> pd.Series:
    """Return the administrative class that the sides state, the higher one where they differ."""
    order = {name: k for k, name in enumerate("GSXYCZ")}

    def higher(row: Iterable[Any]) -> str:
        stated = [str(one) for one in row if pd.notna(one)]
        return min(stated, key=lambda name: order.get(name, len(order)), default=UNKNOWN)

    rows = points[["a_admin_class", "b_admin_class"]].itertuples(index=False, name=None)
    return pd.Series([higher(row) for row in rows], index=points.index, dtype="string")


def _lanes(points: pd.DataFrame) -> pd.Series:
    """Return the motor lanes that go across: the fewer of both sides, of one alone its own."""
    fewer = points[["a_lanes", "b_lanes"]].astype("Float64").min(axis=1, skipna=False)
    alone = points["a_lanes"].where(points["b_fid"].isna(), points["b_lanes"]).astype("Float64")
    pair = points["a_fid"].notna() & points["b_fid"].notna()
    return fewer.where(pair, alone)


def _interfaces(points: pd.DataFrame) -> list[dict[str, Any]]:
    """Return how many roads and lanes there are by class, administrative class and state."""
    table = pd.DataFrame(
        {
            "admin_class": _admin_classes(points),
            "road_class": _classes(points),
            "state": points["state"],
            "lanes": _lanes(points),
        }
    )
    rows = []
    for (admin, rank, state), part in table.groupby(["admin_class", "road_class", "state"]):
        rows.append(
            {
                "admin_class": str(admin),
                "road_class": str(rank),
                "state": str(state),
                "docking_points": len(part),
                "lanes": int(part["lanes"].sum()),
                "lanes_unknown": int(part["lanes"].isna().sum()),
            }
        )
    return rows


def _spacing(points: pd.DataFrame, length_m: float) -> dict[str, float | None]:
    """Return the mean length of boundary for each crossing, today and as planned."""
    today = int(points["state"].isin(PASSABLE).sum())
    planned = int(points["state"].isin(ACROSS).sum())
    return {
        "today_m": round(length_m / today, 1) if today else None,
        "planned_m": round(length_m / planned, 1) if planned else None,
    }


def _data_requests(points: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what each side has to supply: side, layer, field, and how many points wait for it."""
    rows: dict[tuple[str, str, str], int] = {}
    waiting = points[points["verdict"] == str(Verdict.UNDETERMINED)]
    for side in SIDES:
        lacks = waiting[waiting[f"missing_{side}"].notna()]
        for names, layer in zip(lacks[f"missing_{side}"], lacks[f"{side}_layer"], strict=True):
            for name in str(names).split(","):
                key = (side, "" if pd.isna(layer) else str(layer), name)
                rows[key] = rows.get(key, 0) + 1
    order = sorted(rows, key=lambda key: (key[0], -rows[key], key[1:]))
    return [
        {"side": side, "layer": layer, "field": name, "points": rows[side, layer, name]}
        for side, layer, name in order
    ]


def _coverage(coverage: Coverage) -> dict[str, dict[str, Any]]:
    return {
        side: {
            "share": coverage.share[side],
            "share_by_class": coverage.share_by_class[side],
            "lowest_class": coverage.lowest_rank[side],
            "gaps": [
                {
                    "from_m": round(one.from_m, 1),
                    "to_m": round(one.to_m, 1),
                    "approaches": one.approaches,
                }
                for one in coverage.stretches
                if one.side == side
            ],
        }
        for side in SIDES
    }


def _of_side(approaches: pd.DataFrame, side: str) -> dict[str, int]:
    own = approaches[approaches["side"] == side]["verdict"]
    return {
        "aligned": int((own == str(Verdict.ALIGNED)).sum()),
        "undetermined": int((own == str(Verdict.UNDETERMINED)).sum()),
        "unanswered": int((own == str(Verdict.MISSING)).sum()),
    }
