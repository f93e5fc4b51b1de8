"""The words for how bad a finding is and what became of a docking point."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is. `UNKNOWN` means that a side does not say; it lowers nothing."""

    OK = "ok"
    UNKNOWN = "unknown"
    NOTICE = "notice"
    MISMATCH = "mismatch"
    SEVERE = "severe"


SEVERITY = {
    Level.OK: 0,
    Level.UNKNOWN: 0,
    Level.NOTICE: 1,
    Level.MISMATCH: 2,
    Level.SEVERE: 3,
}
"""Order of the levels; ``unknown`` weighs as much as ``ok``."""


class Verdict(StrEnum):
    """What became of a docking point."""

    ALIGNED = "aligned"
    MISMATCHED = "mismatched"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


class End(StrEnum):
    """How an approach reaches the boundary."""

    CROSSING = "crossing"
    TOUCH = "touch"
    UNDERSHOOT = "undershoot"
    OVERSHOOT = "overshoot"
    NONE = "none"


def worst(levels: list[str]) -> Level:
    """Return the worst of some levels, ``ok`` where there are none."""
    return max((Level(level) for level in levels), key=SEVERITY.__getitem__, default=Level.OK)
