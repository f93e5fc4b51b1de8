"""What became of a docking point between two runs, each word worked out by hand."""

import pytest

from roadalign.ledger.changes import change_word, has_older_verdicts
from roadalign.ledger.unchanged import Unchanged
from roadalign.settings import Settings

LIMITS = Settings().limits_for(None)
AGREES = {"place": "agrees", "section": "agrees", "timing": "agrees"}
ALIGNED = {"verdict": "aligned", "severity": "ok", "a_fid": ["1"], "b_fid": ["2"], **AGREES}
ALIGNED |= {"a_lanes": 4, "b_lanes": 4}
DIFFERS = ALIGNED | {"verdict": "mismatched", "severity": "mismatch", "section": "differs"}
WORSE = DIFFERS | {"severity": "severe"}
MORE = DIFFERS | {"timing": "differs"}
WAITS = ALIGNED | {"verdict": "undetermined", "timing": "unknown"}
NOT_SURE = DIFFERS | {"timing": "unknown"}
PLACE_ONLY = ALIGNED | {"section": "left_out", "timing": "left_out"}
DOUBTFUL = ALIGNED | {"verdict": "ambiguous", "severity": "mismatch"}
NONE = dict.fromkeys(AGREES)
MISSING = ALIGNED | NONE | {"verdict": "missing", "severity": "severe", "b_fid": None}
UNCOVERED = MISSING | {"verdict": "undetermined", "severity": "ok"}
OLDER = {key: value for key, value in ALIGNED.items() if key not in AGREES}
OLDER_BAD = {key: value for key, value in DIFFERS.items() if key not in AGREES}

WAS_OPEN, WAS_CLOSED = {"unresolved": True}, {"unresolved": False}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (ALIGNED, ALIGNED, "same"),
        (DIFFERS, DIFFERS, "same"),
        (ALIGNED, ALIGNED | {"a_lanes": 6, "b_lanes": 6}, "changed"),
        (DIFFERS, DIFFERS | {"a_lanes": 6}, "changed"),
        (DIFFERS, ALIGNED, "resolved"),
        (MISSING, ALIGNED, "resolved"),
        (DOUBTFUL, ALIGNED, "resolved"),
        (ALIGNED, DIFFERS, "worsened"),
        (ALIGNED, DOUBTFUL, "worsened"),
        (DIFFERS, WORSE, "worsened"),
        (WORSE, DIFFERS, "improved"),
        (DIFFERS, MORE, "worsened"),
        (MORE, DIFFERS, "improved"),
        (MISSING, DIFFERS, "improved"),
        # one side took its road away, also where that leaves its stretch uncovered
        (ALIGNED, MISSING, "worsened"),
        (DIFFERS, MISSING, "worsened"),
        (ALIGNED, UNCOVERED, "worsened"),
        (WAITS, UNCOVERED, "worsened"),
        # data withheld solves nothing, data supplied worsens nothing
        (DIFFERS, WAITS, "not_comparable"),
        (ALIGNED, WAITS, "not_comparable"),
        (WAITS, ALIGNED, "not_comparable"),
        (WAITS, DIFFERS, "not_comparable"),
        (WAITS, MISSING | {"b_fid": ["2"]}, "not_comparable"),
        (MORE, NOT_SURE, "not_comparable"),
        (NOT_SURE, DIFFERS, "same"),
        (DIFFERS, PLACE_ONLY, "not_comparable"),
        (MISSING, UNCOVERED, "not_comparable"),
        (UNCOVERED, MISSING, "not_comparable"),
        (WAITS, WAITS, "same"),
        # a report that does not say what its verdicts compared
        (OLDER, ALIGNED, "same"),
        (OLDER, DIFFERS, "not_comparable"),
        (OLDER_BAD, ALIGNED, "resolved"),
        (OLDER_BAD, DIFFERS, "same"),
        (OLDER_BAD, WORSE, "worsened"),
        (OLDER, MISSING, "worsened"),
    ],
)
def test_what_became_of_a_point(old, new, word):
    states = [WAS_OPEN if old["verdict"] in {"mismatched", "missing", "ambiguous"} else WAS_CLOSED]
    assert change_word(old, new, states=states, retired=False, limits=LIMITS) == word


@pytest.mark.parametrize(
    ("states", "old", "new", "retired", "word"),
    [
        ([WAS_OPEN, WAS_CLOSED], ALIGNED, DIFFERS, False, "reopened"),
        ([WAS_CLOSED], {}, ALIGNED, True, "changed"),
        ([WAS_CLOSED], {}, DIFFERS, True, "reopened"),
        ([WAS_OPEN], {}, ALIGNED, True, "resolved"),
        ([WAS_OPEN], {}, WAITS, True, "not_comparable"),
    ],
)
def test_what_was_before_counts(states, old, new, retired, word):
    assert change_word(old, new, states=states, retired=retired, limits=LIMITS) == word


@pytest.mark.parametrize("decision", ["agreed", "rejected", "later", "to_do", None])
def test_a_decision_alone_resolves_nothing(decision):
    new = DIFFERS | {"decision": decision}
    assert change_word(DIFFERS, new, states=[WAS_OPEN], retired=False, limits=LIMITS) == "same"


def test_a_report_that_does_not_say_what_it_compared():
    assert has_older_verdicts({"docking_points": [OLDER, OLDER_BAD]})
    assert not has_older_verdicts({"docking_points": [MISSING, ALIGNED]})
    assert not has_older_verdicts({"docking_points": [MISSING]})


def test_where_a_side_is_the_same_takes_the_stretches_beside():
    old = {"boundary": "x", "stretch_m": 250.0, "a": list("pqrst"), "b": list("12345")}
    new = old | {"b": list("12X45")}
    found = Unchanged.between(old, new)
    assert [found.at("a", place) for place in (0, 600, 1249, 5000)] == [True] * 4
    # stretch 2 (500 to 750 m) differs: 1, 2 and 3 are not certain
    assert [found.at("b", place) for place in (100, 260, 600, 900, 1100)] == [
        *(True, False, False, False, True)
    ]
    assert not Unchanged.between(old, new | {"boundary": "y"}).at("a", 600)
    assert not Unchanged.between(None, new).at("a", 600)


@pytest.mark.parametrize(
    "bad",
    [7, "x", [], {}, {"boundary": "x"}, {"boundary": "x", "stretch_m": -1.0, "a": ["p"], "b": ["1"]},
     {"boundary": "x", "stretch_m": 250.0, "a": ["p"], "b": []},
     {"boundary": "x", "stretch_m": 250.0, "a": [1], "b": [2]}],
)  # fmt: skip
def test_features_of_another_shape_tell_nothing(bad):
    good = {"boundary": "x", "stretch_m": 250.0, "a": ["p"], "b": ["1"]}
    for pair in ((bad, good), (good, bad)):
        assert not Unchanged.between(*pair).at("a", 100)
    tiny = good | {"stretch_m": 5e-324}
    assert Unchanged.between(tiny, tiny).at("a", 1e300)
