"""The common shift of a side: found where pairs agree on one, not where they do not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadalign.docking.pairing import Pairing
from roadalign.docking.shift import common_shift

LIMITS = {"shift_m": 1.0}


class Ends:
    """Candidates as `common_shift` reads them."""

    def __init__(self, place, heading):
        self.ends = pd.DataFrame(
            {
                "x": place[:, 0],
                "y": place[:, 1],
                "ux": heading[:, 0],
                "uy": heading[:, 1],
                "needs_counterpart": True,
            }
        )


def sides(bearings_deg, moves):
    """Roads that meet 100 m apart from one another, those of B moved by the vectors."""
    turn = np.radians(bearings_deg)
    heading = np.column_stack([np.sin(turn), np.cos(turn)])
    place = np.column_stack([100.0 * np.arange(len(turn)), np.zeros(len(turn))])
    rows = np.arange(len(turn))
    pairing = Pairing(rows, rows, np.ones(len(turn)), [], rows < 0, rows * 0.0, rows * 0.0)
    return Ends(place, heading), Ends(place + moves, -heading), pairing


BEARINGS = [0, 20, -25, 35, -10, 15, -30, 5]


@given(
    east=st.floats(-20, 20).filter(lambda v: abs(v) > 2),
    north=st.floats(-20, 20),
)
def test_a_shift_common_to_all_pairs_is_found(east, north):
    found = common_shift(*sides(BEARINGS, np.array([[east, north]] * 8)), limits=LIMITS)
    assert found.certain
    assert (found.east_m, found.north_m) == (pytest.approx(east), pytest.approx(north))
    assert found.agreeing == found.pairs == 8


def test_two_roads_that_really_do_not_fit_do_not_hide_it():
    moves = np.array([[12.0, -5.0]] * 8)
    moves[2], moves[5] = (60.0, 0.0), (-35.0, 0.0)
    found = common_shift(*sides(BEARINGS, moves), limits=LIMITS)
    assert found.certain
    assert found.east_m == pytest.approx(12.0, abs=1.0)
    assert found.agreeing == 6


def test_one_road_that_does_not_fit_is_no_shift():
    moves = np.zeros((8, 2))
    moves[3] = (40.0, 0.0)
    found = common_shift(*sides(BEARINGS, moves), limits=LIMITS)
    assert not found.certain


def test_parallel_roads_tell_what_lies_across_them():
    """Bearing 3 degrees: across is (cos 3, -sin 3), and 12 cos 3 + 5 sin 3 = 12.245."""
    found = common_shift(*sides([3] * 8, np.array([[12.0, -5.0]] * 8)), limits=LIMITS)
    assert found.certain
    assert found.length_m == pytest.approx(12.245, abs=0.001)


def test_four_pairs_are_too_few():
    assert common_shift(*sides(BEARINGS[:4], np.array([[12.0, 0]] * 4)), limits=LIMITS) is None


def test_a_shift_below_the_limit_is_not_reported():
    found = common_shift(*sides(BEARINGS, np.array([[0.6, 0.3]] * 8)), limits=LIMITS)
    assert not found.certain
    assert not common_shift(
        *sides(BEARINGS, np.array([[3.0, 0.0]] * 8)), limits={"shift_m": 4.0}
    ).certain
