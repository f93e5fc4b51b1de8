"""What a driver finds, by the statuses of both halves and whether they are joined."""

import pandas as pd
import pytest

from roadalign.rules.states import judge_states

# halves, state where they are joined, state with a hole or aside
TABLE = [
    ("existing", "existing", "through", "severed"),
    ("existing", "construction", "building", "severed"),
    ("existing", "planned", "severed", "severed"),
    ("existing", "reserved", "severed", "severed"),
    ("existing", "proposed", "severed", "severed"),
    ("existing", "abandoned", "severed", "severed"),
    ("construction", "construction", "building", "building"),
    ("construction", "planned", "building", "building"),
    ("construction", "reserved", "building", "building"),
    ("construction", "abandoned", "building", "building"),
    ("planned", "planned", "planned", "planned"),
    ("planned", "reserved", "planned", "planned"),
    ("planned", "proposed", "planned", "planned"),
    ("planned", "abandoned", "planned", "planned"),
    ("reserved", "proposed", "planned", "planned"),
]
ALONE = [
    ("existing", "severed"),
    ("construction", "building"),
    ("planned", "planned"),
    ("reserved", "planned"),
    ("proposed", "planned"),
    ("abandoned", "unknown"),
    (pd.NA, "unknown"),
]


def state(a, b, *, verdict="aligned", place="agrees", section="agrees", fids=("1", "1")):
    row = {"verdict": verdict, "place": place, "section": section}
    row |= {"a_fid": fids[0], "b_fid": fids[1], "a_status": a, "b_status": b}
    return judge_states(pd.DataFrame([row])).iloc[0]


@pytest.mark.parametrize(("one", "two", "joined", "apart"), TABLE)
def test_two_halves(one, two, joined, apart):
    for a, b in ((one, two), (two, one)):
        assert state(a, b) == joined
        assert state(a, b, verdict="mismatched", place="differs") == apart
        assert state(a, b, verdict="mismatched", place="unknown") == "unknown"
        assert state(a, b, place="left_out") == "unknown"
        assert state(a, b, verdict="ambiguous") == "unknown"


def test_two_existing_halves_of_another_section_are_a_bottleneck():
    assert state("existing", "existing", section="differs") == "bottleneck"
    assert state("existing", "existing", section="unknown") == "through"
    assert state("existing", "existing", section="differs", place="differs") == "severed"
    assert state("planned", "planned", section="differs") == "planned"


def test_a_status_that_is_not_known():
    assert state(pd.NA, "existing") == "unknown"
    assert state("existing", pd.NA, place="differs") == "unknown"


@pytest.mark.parametrize(("status", "expected"), ALONE)
def test_one_half_alone(status, expected):
    for fids, a, b in ((("1", pd.NA), status, pd.NA), ((pd.NA, "1"), pd.NA, status)):
        assert state(a, b, verdict="missing", place=pd.NA, fids=fids) == expected
        assert state(a, b, verdict="undetermined", place=pd.NA, fids=fids) == "unknown"
