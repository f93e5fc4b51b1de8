"""What a matcher found is compared with what is true.

A *pair* of the truth is found where one docking point with both sides holds a fid of each of its
sides; such a docking point is right where it holds at least one true pair. A *missing* one is
found where a docking point of one side alone holds its fid. Crossings of one weaving road count
once; roads that run along the line or graze it are not asked for, but what is said of them is
judged like everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.cut_networks.cuts import SIDES
from roadalign.model.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from benchmarks.disturbances.cases import Case

CODES = (
    "G01", "G02", "G03", "G04", "S01", "S02", "S03", "S04", "S05", "T01", "T02", "N01", "N02",
)  # fmt: skip
OWN_END_M = 15.0
"""Way from a dead end at the line to where its docking point is put."""

LOUD = {"notice", "mismatch", "severe"}
BAD = {"mismatch", "severe"}
MEASURES = ("gap_m", "offset_m", "deflection_deg")


@dataclass(frozen=True)
class Found:
    """One docking point as a matcher gives it; a side that does not arrive has no fids."""

    a: frozenset[str]
    b: frozenset[str]
    verdict: str
    x: float
    y: float
    confidence: float = np.nan
    measures: dict[str, float] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)


@dataclass
class Score:
    """Counts of one case and one matcher; scores are added up by `benchmarks.accuracy.totals`."""

    network: str
    kind: str
    seed: int
    matcher: str
    crossings: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    confusion: dict[str, int] = field(default_factory=dict)
    rule_counts: dict[str, int] = field(default_factory=dict)
    errors: dict[str, list[float]] = field(default_factory=dict)
    calibration: list[tuple[float, bool]] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, number: int = 1) -> None:
        """Add to one of the counts."""
        self.counts[name] = self.counts.get(name, 0) + number


class _Truth:
    """The truth by fid."""

    def __init__(self, truth: pd.DataFrame) -> None:
        self.rows = records(truth)
        self.by_fid: dict[str, dict[str, list[int]]] = {side: {} for side in SIDES}
        for k, row in enumerate(self.rows):
            for side in SIDES:
                for fid in row[side]:
                    self.by_fid[side].setdefault(fid, []).append(k)

    def at(self, point: Found) -> set[int]:
        """Return the crossings that a docking point touches on either side."""
        return {
            k
            for side in SIDES
            for fid in getattr(point, side)
            for k in self.by_fid[side].get(fid, [])
        }

    def pairs(self, point: Found) -> list[int]:
        """Return the true pairs that a docking point holds."""
        return [
            k
            for k in sorted(self.at(point))
            if self.rows[k]["expect"] == "pair"
            and point.a & self.rows[k]["a"]
            and point.b & self.rows[k]["b"]
        ]

    def lone(self, point: Found) -> list[int]:
        """Return the crossings that truly lack a counterpart and that a lone point holds."""
        side = "a" if point.a else "b"
        return [
            k
            for k in sorted(self.at(point))
            if self.rows[k]["expect"] == side and getattr(point, side) & self.rows[k][side]
        ]


def score(case: Case, found: list[Found], *, matcher: str) -> Score:
    """Compare what a matcher found with the truth of a case."""
    truth = _Truth(case.truth)
    out = Score(case.cut.name, case.kind, case.seed, matcher, crossings=len(case.cut.crossings))
    point_of: dict[int, Found] = {}
    lone_of: dict[int, Found] = {}
    for point in found:
        both = bool(point.a) and bool(point.b)
        right = truth.pairs(point) if both else truth.lone(point)
        if not both and not right and _own_end(case, point):
            out.add("own_ends")
            continue
        touched = any(truth.rows[k]["touched"] for k in truth.at(point))
        what = "pair" if both else "missing"
        _count(out, what, right=bool(right), touched=touched)
        for k in right:
            (point_of if both else lone_of).setdefault(k, point)
        out.calibration.append((point.confidence, bool(right)))
        if not right:
            _fail(out, f"wrong {what}", point)
        elif point.verdict == "ambiguous":
            _fail(out, "ambiguous", point)
        if case.kind == "none" and point.verdict != "aligned":
            out.add("false_alarms")
            if right:
                _fail(out, f"{point.verdict} {_loud(point)}", point)
        if both and right:
            _judge_rules(out, truth, right, point)
    _recall(out, truth, point_of, lone_of)
    _measured(out, truth, point_of)
    return out


def _own_end(case: Case, point: Found) -> bool:
    """Return whether a lone point lies where the network itself ends at the line."""
    return any(np.hypot(point.x - x, point.y - y) <= OWN_END_M for x, y in case.cut.own_ends)


def _loud(point: Found) -> str:
    return ",".join(f"{code}:{severity}" for code, severity in sorted(point.rules.items()))


def _count(out: Score, what: str, *, right: bool, touched: bool) -> None:
    out.add(f"{what}_said")
    out.add(f"{what}_right", int(right))
    if touched:
        out.add(f"touched_{what}_said")
        out.add(f"touched_{what}_right", int(right))


def _recall(
    out: Score, truth: _Truth, point_of: dict[int, Found], lone_of: dict[int, Found]
) -> None:
    groups: dict[int, list[int]] = {}
    for k, row in enumerate(truth.rows):
        if row["required"]:
            groups.setdefault(row["group"], []).append(k)
    for members in groups.values():
        row = truth.rows[members[0]]
        pair = row["expect"] == "pair"
        where = point_of if pair else lone_of
        hit = [where[k] for k in members if k in where]
        what = "pair" if pair else "missing"
        out.add(f"{what}_true")
        out.add(f"{what}_found", int(bool(hit)))
        if any(truth.rows[k]["touched"] for k in members):
            out.add(f"touched_{what}_true")
            out.add(f"touched_{what}_found", int(bool(hit)))
        expected = _verdict(row)
        got = hit[0].verdict if hit else "none"
        if expected:
            key = f"{expected}>{got}"
            out.confusion[key] = out.confusion.get(key, 0) + 1
        if not hit:
            place = Found(row["a"], row["b"], f"unfound {what}", row["x"], row["y"])
            _fail(out, f"unfound {what}", place, touched=row["touched"])


def _verdict(row: dict[str, Any]) -> str:
    """Return the verdict a crossing deserves, empty where a threshold is too near to tell."""
    if row["expect"] != "pair":
        return "missing"
    severities = set(row["rules"].values())
    if severities & BAD:
        return "mismatched"
    return "" if "?" in severities else "aligned"


def _judge_rules(out: Score, truth: _Truth, right: list[int], point: Found) -> None:
    """Compare the severities of the rules with those the put-in changes deserve."""
    rows = [truth.rows[k] for k in right]
    row = max(rows, key=lambda one: bool(one["touched"]) and len(one["rules"]))
    for code in CODES:
        expected = row["rules"].get(code, "ok")
        got = point.rules.get(code, "ok")
        if expected == "?":
            continue
        for name, holds in (
            ("said", got in LOUD or (got == expected == "unknown")),
            ("true", expected in LOUD or expected == "unknown"),
            ("right", got == expected and got != "ok"),
        ):
            key = f"{code}:{name}"
            out.rule_counts[key] = out.rule_counts.get(key, 0) + int(holds)
        if got != expected and (got in LOUD or expected != "ok"):
            _fail(out, f"rule {code} {got} for {expected}", point, touched=row["touched"])


def _measured(out: Score, truth: _Truth, point_of: dict[int, Found]) -> None:
    for k, point in point_of.items():
        row = truth.rows[k]
        if not row["touched"] or not point.measures:
            continue
        for name in MEASURES:
            true, got = row[name], point.measures[name]
            if not np.isnan(true) and not np.isnan(got):
                error = abs(got - true)
                out.errors.setdefault(name, []).append(float(error))
                if error > 10.0:  # noqa: PLR2004 (metres or degrees: worth a look)
                    _fail(out, f"{name} {got:.1f} for {true:.1f}", point)


def _fail(out: Score, what: str, point: Found, *, touched: bool = True) -> None:
    out.failures.append(
        {
            "network": out.network,
            "kind": out.kind,
            "seed": out.seed,
            "matcher": out.matcher,
            "what": what,
            "touched": bool(touched),
            "x": round(point.x, 1),
            "y": round(point.y, 1),
            "a": ",".join(sorted(point.a)),
            "b": ",".join(sorted(point.b)),
            "verdict": point.verdict,
            "confidence": None if np.isnan(point.confidence) else round(point.confidence, 3),
            "measures": {key: round(value, 1) for key, value in point.measures.items()},
            "rules": dict(point.rules),
        }
    )
