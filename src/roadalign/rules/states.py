"""What a driver finds at a docking point; it decides no verdict.

================================= ============ ==========================================
halves                            joined       a hole, aside, or nothing there
================================= ============ ==========================================
existing, existing                through      severed
existing, under construction      building     severed
existing, planned or absent       severed      severed
construction, any but existing    building     building
planned, planned or absent        planned      planned
================================= ============ ==========================================

Two existing halves whose section differs are a bottleneck. A half that is reserved or proposed
counts as planned, an abandoned one as absent. A status or a place that is not known, and a pair
of which the partner is in doubt, gives ``unknown``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from roadalign.model.words import AspectOutcome, RoadState, Status, Verdict

ABSENT = "absent"
HALVES = {
    str(Status.EXISTING): "existing",
    str(Status.CONSTRUCTION): "construction",
    str(Status.PLANNED): "planned",
    str(Status.RESERVED): "planned",
    str(Status.PROPOSED): "planned",
    str(Status.ABANDONED): ABSENT,
}
"""What each status of a half counts as."""

JOINED = {
    ("existing", "existing"): RoadState.THROUGH,
    ("construction", "existing"): RoadState.BUILDING,
    ("existing", "planned"): RoadState.SEVERED,
    (ABSENT, "existing"): RoadState.SEVERED,
    ("construction", "construction"): RoadState.BUILDING,
    ("construction", "planned"): RoadState.BUILDING,
    (ABSENT, "construction"): RoadState.BUILDING,
    ("planned", "planned"): RoadState.PLANNED,
    (ABSENT, "planned"): RoadState.PLANNED,
    (ABSENT, ABSENT): RoadState.UNKNOWN,
}
"""State of two halves, in the order of their names, whose ends meet."""

APART = JOINED | {
    ("existing", "existing"): RoadState.SEVERED,
    ("construction", "existing"): RoadState.SEVERED,
}
"""State of two halves with a hole between them, or beside one another, or of one alone."""


def judge_states(points: pd.DataFrame) -> pd.Series:
    """Return the state of each docking point, a `roadalign.model.words.RoadState`.

    Parameters
    ----------
    points
        With verdict, ``place``, ``section`` and the statuses of both sides.
    """
    names = ("verdict", "place", "section", "a_fid", "b_fid", "a_status", "b_status")
    states = [str(_state(*row)) for row in points[list(names)].itertuples(index=False, name=None)]
    return pd.Series(states, index=points.index, dtype="string")


def _state(
    verdict: Any, place: Any, section: Any, a_fid: Any, b_fid: Any, a_status: Any, b_status: Any
) -> RoadState:
    halves = []
    for fid, status in ((a_fid, a_status), (b_fid, b_status)):
        if pd.isna(fid):
            if verdict != Verdict.MISSING:  # the other side's layers may not reach here
                return RoadState.UNKNOWN
            halves.append(ABSENT)
        elif pd.isna(status):
            return RoadState.UNKNOWN
        else:
            halves.append(HALVES[status])
    known = place in {AspectOutcome.AGREES, AspectOutcome.DIFFERS} and verdict != Verdict.AMBIGUOUS
    if verdict != Verdict.MISSING and not known:
        return RoadState.UNKNOWN
    apart = verdict == Verdict.MISSING or place == AspectOutcome.DIFFERS
    state = (APART if apart else JOINED)[min(halves), max(halves)]
    bottleneck = state is RoadState.THROUGH and section == AspectOutcome.DIFFERS
    return RoadState.BOTTLENECK if bottleneck else state
