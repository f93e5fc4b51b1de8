"""The summary of a report: rates as far as they are known, counts, and what has to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadalign.model.members import Count, Length, Record, Share
from roadalign.model.words import Aspect, AspectOutcome, Decision, RoadState, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

DIGITS = 4


class RateRange(Record, frozen=True):
    """A rate as far as it is known.

    Parameters
    ----------
    low
        What is known to agree.
    high
        That, and all that waits for data.
    """

    low: Share | None
    high: Share | None


class GroupRates(Record, frozen=True, kw_only=True):
    """Rates of some docking points.

    Parameters
    ----------
    docking_points
        How many there are: what one counts on the map.
    aligned, undetermined
        How many of them agree in all that decides, and how many wait for data.
    docking_rate
        Aligned, to aligned and undetermined, of all docking points.
    passable
        How many one can drive across today (through or bottleneck).
    through_rate
        Their share of all docking points.
    states
        Docking points of each state.
    """

    docking_points: Count
    aligned: Count
    undetermined: Count
    docking_rate: RateRange
    passable: Count
    through_rate: Share | None
    states: dict[RoadState, Count]


class AspectTotals(Record, frozen=True):
    """What came of one aspect of all pairs.

    Parameters
    ----------
    pairs
        Docking points at which both sides arrive.
    agrees, differs, unknown, left_out
        How many of them.
    rate
        Those that agree, of all pairs.
    comparable_share
        Those that could be compared, of all pairs.
    """

    pairs: Count
    agrees: Count
    differs: Count
    unknown: Count
    left_out: Count
    rate: Share | None
    comparable_share: Share | None


class Interface(Record, frozen=True):
    """Roads of one kind that cross the boundary, or arrive at it.

    Parameters
    ----------
    admin_class
        G, S, X, Y, C, Z or unknown.
    road_class
        Rank, 6 to 1, or unknown.
    state
        What a driver finds.
    docking_points
        How many.
    lanes
        Their motor lanes together, of each road the fewer of both sides.
    lanes_unknown
        How many of them do not state their lanes on both sides.
    """

    admin_class: str
    road_class: str
    state: RoadState
    docking_points: Count
    lanes: Count
    lanes_unknown: Count


class Spacing(Record, frozen=True):
    """Mean length of boundary for each road across it.

    Parameters
    ----------
    today_m
        For each that one can drive across today.
    planned_m
        For each of those, and of those being built or planned by both.
    """

    today_m: Length | None
    planned_m: Length | None


class DataRequest(Record, frozen=True):
    """Data that one side has to supply before points can be decided.

    Parameters
    ----------
    side
        Who.
    layer
        Layer of that side's roads.
    field
        Canonical column.
    points
        How many docking points wait for it.
    """

    side: str
    layer: str
    field: str
    points: Count


class CoverageGap(Record, frozen=True):
    """A stretch of the boundary at which a side has no road while the other brings several.

    Parameters
    ----------
    from_m, to_m
        Chainage of its ends.
    approaches
        Roads of the other side that arrive there alone.
    """

    from_m: Length
    to_m: Length
    approaches: Count


class SideCoverage(Record, frozen=True):
    """What one side's layers cover.

    Parameters
    ----------
    share
        Share of the boundary with a road of it within reach.
    share_by_class
        The same by rank of the class, and ``unknown``.
    lowest_class
        Lowest rank the layers hold where that puts lower roads of the other side in doubt.
    gaps
        Stretches in doubt.
    """

    share: Share | None
    share_by_class: dict[str, Share]
    lowest_class: int | None
    gaps: list[CoverageGap]


class Coverages(Record, frozen=True):
    """What the layers of both sides cover.

    Parameters
    ----------
    a, b
        Each.
    """

    a: SideCoverage
    b: SideCoverage


class SideTotals(Record, frozen=True):
    """Totals of one side.

    Parameters
    ----------
    name
        Of the side.
    roads
        Line parts near the boundary.
    approaches, aligned, undetermined, unanswered
        Approaches, those that are aligned, that wait for data, and that arrive alone.
    boundary_roads
        Roads along the boundary.
    ending
        Roads that end near the boundary and may end there; nothing is said of them.
    """

    name: str
    roads: Count
    approaches: Count
    aligned: Count
    undetermined: Count
    unanswered: Count
    boundary_roads: Count
    ending: Count


class Sides(Record, frozen=True):
    """Both sides.

    Parameters
    ----------
    a, b
        Each.
    """

    a: SideTotals
    b: SideTotals


class Summary(GroupRates, frozen=True, kw_only=True):
    """What was found, in short: the rates of all docking points, and what they are made of.

    Parameters
    ----------
    open_points
        Docking points that are mismatched, missing or ambiguous, whatever was decided.
    waiting_points
        Docking points that wait for data.
    aspects
        What came of place, section and timing.
    by_class
        Rates by rank of the higher class of both sides, ``6`` to ``1`` and ``unknown``.
    by_admin_class
        Rates by administrative class, the higher one of both sides.
    interfaces
        How many roads and lanes there are by class and state.
    spacing
        Mean length of boundary for each road across it.
    data_requests
        What each side has to supply, field by field.
    coverage
        What the layers of each side cover.
    approaches
        How many there are on both sides together.
    verdicts, severities
        Docking points of each verdict and severity.
    rules
        Findings of each rule.
    decisions
        Docking points of each decision.
    open_decided
        Open points of which it was decided that they are agreed or rejected.
    agreed_done
        Agreed points that are aligned now.
    sides
        Totals of each side.
    """

    open_points: Count
    waiting_points: Count
    aspects: dict[Aspect, AspectTotals]
    by_class: dict[str, GroupRates]
    by_admin_class: dict[str, GroupRates]
    interfaces: list[Interface]
    spacing: Spacing
    data_requests: list[DataRequest]
    coverage: Coverages
    approaches: Count
    verdicts: dict[Verdict, Count]
    severities: dict[Severity, Count]
    rules: dict[str, Count]
    decisions: dict[Decision, Count]
    open_decided: Count
    agreed_done: Count
    sides: Sides


def make_rates(count: int, aligned: int, undetermined: int, passable: int) -> dict[str, Any]:
    """Return the members of `GroupRates` that follow from counts of docking points."""
    return {
        "docking_points": count,
        "aligned": aligned,
        "undetermined": undetermined,
        "docking_rate": {
            "low": _share(aligned, count),
            "high": _share(aligned + undetermined, count),
        },
        "passable": passable,
        "through_rate": _share(passable, count),
    }


def make_aspect_totals(counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the members of `AspectTotals` of so many pairs of each outcome.

    The rate divides by all pairs, so that it does not rise where less is compared.
    """
    found = {str(one): counts.get(str(one), 0) for one in AspectOutcome}
    pairs = sum(found.values())
    compared = found[AspectOutcome.AGREES] + found[AspectOutcome.DIFFERS]
    return {
        "pairs": pairs,
        **found,
        "rate": _share(found[AspectOutcome.AGREES], pairs),
        "comparable_share": _share(compared, pairs),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, DIGITS) if whole else None
