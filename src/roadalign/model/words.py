"""The words for how bad a finding is and what became of a docking point."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is. `UNKNOWN` means that a side does not say; it lowers nothing."""

    OK = "ok"
    UNKNOWN = "unknown"
    NOTICE = "notice"
    MISMATCH = "mismatch"
    SEVERE = "severe"


SEVERITY_ORDER = {
    Severity.OK: 0,
    Severity.UNKNOWN: 0,
    Severity.NOTICE: 1,
    Severity.MISMATCH: 2,
    Severity.SEVERE: 3,
}
"""Order of the severities; ``unknown`` weighs as much as ``ok``."""


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


def worst(severities: list[str]) -> Severity:
    """Return the worst of some severities, ``ok`` where there are none."""
    return max(
        (Severity(severity) for severity in severities),
        key=SEVERITY_ORDER.__getitem__,
        default=Severity.OK,
    )
