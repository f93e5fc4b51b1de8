"""The words for what a meeting decided of a docking point, and which of them settle it."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from roadalign.standards import table

LONGEST_NAME, LONGEST_NOTE = 200, 4000
"""Characters of a responsible office and of a note; the fields of the map take no more."""


class Decision(StrEnum):
    """What was decided of a docking point."""

    AGREED = "agreed"
    TO_DO = "to_do"
    REJECTED = "rejected"
    LATER = "later"


class Stage(StrEnum):
    """How far a docking point has come: decision, coordination, implementation, supervision."""

    DECISION = "decision"
    COORDINATION = "coordination"
    IMPLEMENTATION = "implementation"
    SUPERVISION = "supervision"


@cache
def settling() -> tuple[str, ...]:
    """Return the decisions after which a docking point is no longer unresolved."""
    return tuple(name for name, one in table("decisions").items() if one["settles"])
