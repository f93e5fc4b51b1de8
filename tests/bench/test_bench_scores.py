"""The small, fast part of the border benchmark, and proof that its scores can fail."""

from __future__ import annotations

import pytest

from benchmarks.accuracy import totals
from benchmarks.accuracy.matchers import nearest_end, ours
from benchmarks.accuracy.scores import Found, Score, score
from benchmarks.cut_networks.synthetic import synthetic
from benchmarks.disturbances.kinds import disturbed

KINDS = (
    "none", "noise", "cut-back", "river", "shift", "turn", "removed", "duplicated", "dual",
    "decoy", "overshoot", "attributes", "along", "datum", "mixed",
)  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    grid = synthetic("grid", seed=1)
    return [disturbed(grid, kind, seed=1) for kind in KINDS]


@pytest.fixture(scope="module")
def own(cases):
    return [score(case, ours(case), matcher="ours") for case in cases]


@pytest.fixture(scope="module")
def nearest(cases):
    return [
        score(case, nearest_end(case, reach_m=50.0, search_m=50.0), matcher="nearest")
        for case in cases
    ]


def test_pairs_are_found(own):
    assert totals.quality(own, what="pair")["f1"] >= 0.97
    worst = min(totals.quality([one], what="pair")["f1"] for one in own)
    assert worst >= 0.93


def test_missing_counterparts_are_found(own):
    got = totals.quality(own, what="missing")
    assert got["true"] >= 20
    assert got["recall"] >= 0.98
    assert got["precision"] >= 0.97


def test_an_undisturbed_network_is_quiet(own):
    assert totals.false_alarms(own) <= 1.0


def test_measures_are_those_put_in(own):
    moved = [one for one in own if one.kind not in {"noise", "datum", "mixed"}]
    errors = totals.errors(moved)
    assert errors["gap_m"]["median"] <= 1.0
    assert errors["offset_m"]["median"] <= 1.0
    assert errors["deflection_deg"]["median"] <= 2.0


def test_rules_say_what_was_put_in(own):
    got = totals.rules(own)["all"]
    assert got["true"] >= 60
    assert got["recall"] >= 0.95
    assert got["precision"] >= 0.9


def test_confidence_is_calibrated(own):
    assert totals.calibration(own)["ece"] <= 0.05


def test_nearest_end_is_scored_lower(own, nearest):
    """What a plain matcher cannot do shows in the figures: overshoots, wide gaps, duplicates."""
    for kind in ("overshoot", "cut-back", "duplicated"):
        plain = totals.quality([one for one in nearest if one.kind == kind], what="pair")
        good = totals.quality([one for one in own if one.kind == kind], what="pair")
        assert plain["f1"] < 0.95
        assert plain["f1"] < good["f1"]


def test_a_matcher_that_swaps_its_partners_fails(cases):
    """Every docking point is given the other side of the next one."""
    case = cases[0]
    found = ours(case)
    swapped = [
        Found(one.a, two.b, "aligned", one.x, one.y)
        for one, two in zip(found, found[1:] + found[:1], strict=True)
    ]
    got = totals.quality([score(case, swapped, matcher="swapped")], what="pair")
    assert got["precision"] == 0
    assert got["recall"] == 0


def test_a_matcher_that_says_nothing_fails(cases):
    removed = cases[KINDS.index("removed")]
    silent = [score(removed, [], matcher="silent")]
    assert totals.quality(silent, what="pair")["recall"] == 0
    assert totals.quality(silent, what="missing")["recall"] == 0


def test_a_matcher_that_calls_everything_missing_raises_false_alarms(cases):
    """Both sides of each of the crossings: 200 alarms per 100."""
    case = cases[0]
    alarms = [
        Found(row.a if side == "a" else frozenset(), row.b if side == "b" else frozenset(),
              "missing", row.x, row.y)
        for row in case.truth.itertuples()
        for side in "ab"
    ]  # fmt: skip
    assert totals.false_alarms([score(case, alarms, matcher="alarm")]) == pytest.approx(200)


def test_calibration_of_known_decisions():
    """Said 0.9, right in one of two: 0.4 off; said 0.6, right in all: 0.4 off."""
    row = Score(
        "toy", "none", 1, "ours", calibration=[(0.9, True), (0.9, False), (0.6, True), (0.6, True)]
    )
    assert totals.calibration([row])["ece"] == pytest.approx(0.4)
