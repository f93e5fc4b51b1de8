"""The words of the field: what a column of texts may say. One enumeration each."""

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
    """What is said of a docking point as a whole.

    `UNDETERMINED` says that nothing differs as far as it was compared, and that something which
    decides could not be compared.
    """

    ALIGNED = "aligned"
    MISMATCHED = "mismatched"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    UNDETERMINED = "undetermined"


OPEN = (Verdict.MISMATCHED, Verdict.MISSING, Verdict.AMBIGUOUS)
"""Verdicts of a point that is open; one that is undetermined waits for data."""


class Aspect(StrEnum):
    """What is compared of a pair: the first three decide its verdict, the others only inform."""

    PLACE = "place"
    SECTION = "section"
    TIMING = "timing"
    IDENTITY = "identity"
    LAND = "land"


DECIDING = (Aspect.PLACE, Aspect.SECTION, Aspect.TIMING)
"""Aspects that decide a verdict."""


class AspectOutcome(StrEnum):
    """What came of comparing one aspect of a pair."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    LEFT_OUT = "left_out"


class RoadState(StrEnum):
    """What a driver finds at a docking point."""

    THROUGH = "through"
    BOTTLENECK = "bottleneck"
    SEVERED = "severed"
    BUILDING = "building"
    PLANNED = "planned"
    UNKNOWN = "unknown"


PASSABLE = (RoadState.THROUGH, RoadState.BOTTLENECK)
"""States in which one can drive across; their share is the through rate."""


class End(StrEnum):
    """How an approach reaches the boundary."""

    CROSSING = "crossing"
    TOUCH = "touch"
    UNDERSHOOT = "undershoot"
    OVERSHOOT = "overshoot"
    NONE = "none"


class Status(StrEnum):
    """How far a road has come."""

    EXISTING = "existing"
    CONSTRUCTION = "construction"
    PLANNED = "planned"
    RESERVED = "reserved"
    PROPOSED = "proposed"
    ABANDONED = "abandoned"


class Certainty(StrEnum):
    """Whether a source says something, or it was inferred from what it says of another thing."""

    SAID = "said"
    INFERRED = "inferred"


class NetworkState(StrEnum):
    """What the existing roads do at a docking point."""

    CONNECTED = "connected"
    DEAD_END_A = "dead_end_a"
    DEAD_END_B = "dead_end_b"
    DEAD_END_BOTH = "dead_end_both"
    NONE = "none"
    UNKNOWN = "unknown"


class DetourState(StrEnum):
    """Whether a way around was found."""

    FOUND = "found"
    NO_WAY = "no_way"
    NO_ROAD_A = "no_road_a"
    NO_ROAD_B = "no_road_b"
    NO_ROAD = "no_road"


class Change(StrEnum):
    """What became of a docking point since the run before; one that is gone has no row."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    IMPROVED = "improved"
    WORSENED = "worsened"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    NOT_COMPARABLE = "not_comparable"
    GONE = "gone"


LONGEST_NAME, LONGEST_NOTE = 200, 4000
"""Characters of a responsible office and of a note; the fields of the map take no more."""


class Decision(StrEnum):
    """What was decided of a docking point."""

    AGREED = "agreed"
    TO_DO = "to_do"
    REJECTED = "rejected"
    LATER = "later"


DECIDED = (Decision.AGREED, Decision.REJECTED)
"""Decisions after which nothing is left to discuss; the point stays open until the data agrees."""


class Stage(StrEnum):
    """How far a docking point has come: decision, coordination, implementation, supervision."""

    DECISION = "decision"
    COORDINATION = "coordination"
    IMPLEMENTATION = "implementation"
    SUPERVISION = "supervision"


class Role(StrEnum):
    """What a source was given as; a finding may speak of one."""

    A = "a"
    B = "b"
    BOUNDARY = "boundary"
    NETWORK = "network"
    CONSTRAINT = "constraint"
    WEIGHTS = "weights"


class LinkKind(StrEnum):
    """What a line between two sides is."""

    LINK = "link"
    PROPOSAL = "proposal"
    DETOUR = "detour"


WORDS: dict[str, tuple[StrEnum, ...]] = {
    "severity": tuple(Severity),
    "verdict": tuple(Verdict),
    "outcome": tuple(AspectOutcome),
    "state": tuple(RoadState),
    "end": tuple(End),
    "status": tuple(Status),
    "certainty": tuple(Certainty),
    "network": tuple(NetworkState),
    "detour_state": tuple(DetourState),
    "change": tuple(word for word in Change if word is not Change.GONE),
    "decision": tuple(Decision),
    "party": (Role.A, Role.B),
    "role": tuple(Role),
    "link_kind": tuple(LinkKind),
    "crossing_line": (LinkKind.LINK, LinkKind.PROPOSAL),
}
"""The enumerations that columns name in ``standards/columns.toml``."""


def worst(severities: list[str]) -> Severity:
    """Return the worst of some severities, ``ok`` where there are none."""
    return max(
        (Severity(severity) for severity in severities),
        key=SEVERITY_ORDER.__getitem__,
        default=Severity.OK,
    )
