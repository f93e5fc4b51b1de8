"""The enumerations that pages show, each in the order in which they show it."""

from __future__ import annotations

from roadalign.model.words import (
    DECIDED,
    DECIDING,
    OPEN,
    WORDS,
    AspectOutcome,
    Decision,
    RoadState,
    Severity,
    Stage,
    Verdict,
)
from roadalign.settings import RANKING_PARTS
from roadalign.standards import table

VERDICTS = (
    *(Verdict.MISSING, Verdict.MISMATCHED, Verdict.AMBIGUOUS),
    *(Verdict.UNDETERMINED, Verdict.ALIGNED),
)
CHANGES = tuple(str(word) for word in WORDS["change"])
"""What became of a docking point since an earlier run."""

UNKNOWN = "unknown"
"""Stands in for the class of a road of which nobody states one."""


def terms() -> dict[str, list[str]]:
    """Return every enumeration by its name: words of the data, not of a language."""
    ranks = {one["rank"] for one in table("classes")["class"]}
    return {
        "verdicts": [str(one) for one in VERDICTS],
        "severities": [str(one) for one in reversed(Severity)],
        "ranks": [*map(str, sorted(ranks, reverse=True)), UNKNOWN],
        "changes": list(CHANGES),
        "open": [str(one) for one in OPEN],
        "states": [str(one) for one in RoadState],
        "aspects": [str(one) for one in DECIDING],
        "outcomes": [str(one) for one in AspectOutcome],
        "decisions": [str(one) for one in Decision],
        "decided": [str(one) for one in DECIDED],
        "stages": [str(one) for one in Stage],
        "priorityParts": list(RANKING_PARTS),
    }
