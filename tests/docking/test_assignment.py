"""The assignment by flow against the same solved densely, and small ones by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from roadalign.docking.assignment import assign

NEVER = 1e6


def dense(one, two, cost, alone_a, alone_b):
    """The least cost and partners, with a column for each candidate that stays alone."""
    count_a, count_b = len(alone_a), len(alone_b)
    matrix = np.full((count_a + count_b,) * 2, NEVER)
    matrix[one, two] = cost
    matrix[np.arange(count_a), count_b + np.arange(count_a)] = alone_a
    matrix[count_a + np.arange(count_b), np.arange(count_b)] = alone_b
    matrix[count_a:, count_b:] = 0.0
    return matrix


def least(matrix):
    row, column = linear_sum_assignment(matrix)
    return matrix[row, column].sum()


def total(flow):
    return flow.cost[flow.used].sum()


@st.composite
def candidates(draw):
    count_a, count_b = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    every = [(i, j) for i in range(count_a) for j in range(count_b)]
    chosen = sorted(draw(st.sets(st.sampled_from(every), min_size=1)))
    one, two = (np.array(part, dtype=np.intp) for part in zip(*chosen, strict=True))
    number = st.floats(-4, 6).map(lambda x: round(x, 2))
    cost = np.array([draw(number) for _ in chosen])
    alone_a = np.array([draw(st.sampled_from([1.0, 3.3])) for _ in range(count_a)])
    alone_b = np.array([draw(st.sampled_from([1.0, 3.3])) for _ in range(count_b)])
    worth = cost < alone_a[one] + alone_b[two]
    return one[worth], two[worth], cost[worth], alone_a, alone_b


@settings(max_examples=150, deadline=None)
@given(candidates(), st.data())
def test_every_part_is_as_dear_as_the_dense_solution_says(given_, data):
    *_, alone_a, alone_b = given_
    flow = assign(*given_)
    matrix = dense(*given_)
    assert total(flow) == pytest.approx(least(matrix))
    for i, j in enumerate(flow.partner.tolist()):
        barred = matrix.copy()
        if j < 0:
            barred[i, len(alone_b) + i] = NEVER
            arcs = np.array([flow.find_alone(i, side="a")])
        else:  # a block of candidates, as the carriageways of one road
            rows = np.isin(np.arange(len(alone_a)), [i, *data.draw(st.sets(st.integers(0, 6)))])
            columns = np.isin(np.arange(len(alone_b)), [j, *data.draw(st.sets(st.integers(0, 6)))])
            barred[np.ix_(rows, columns)] = NEVER
            arcs = flow.find_pairs(rows, columns)
        worse, other = flow.without(arcs, limit=np.inf)
        wanted = least(barred) - least(matrix)
        if wanted > NEVER / 2:
            assert worse == np.inf
        else:
            assert worse == pytest.approx(wanted, abs=1e-9)
            assert total(other) == pytest.approx(least(barred))
            assert not other.used[arcs].any()
    for j in sorted(set(range(len(alone_b))) - set(flow.partner.tolist())):
        barred = matrix.copy()
        barred[len(alone_a) + j, j] = NEVER
        wanted = least(barred) - least(matrix)
        worse, _ = flow.without(np.array([flow.find_alone(j, side="b")]), limit=np.inf)
        assert worse == (np.inf if wanted > NEVER / 2 else pytest.approx(wanted, abs=1e-9))


def test_two_that_want_the_same():
    """A0-B0 costs 0, A1-B0 costs 1, A1-B1 costs 2; alone 3.3 each: 0 + 2; without A0-B0 3.3 + 1 + 3.3."""
    one, two, cost = np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([0.0, 1.0, 2.0])
    flow = assign(one, two, cost, np.array([3.3, 3.3]), np.array([3.3, 3.3]))
    assert flow.partner.tolist() == [0, 1]
    worse, other = flow.without(np.array([0]), limit=100.0)
    assert worse == pytest.approx(7.6 - 2.0)
    assert other.partner.tolist() == [-1, 0]
    assert flow.without(np.array([0]), limit=5.0)[0] == np.inf
    assert flow.partner.tolist() == [0, 1]


def test_many_in_a_row_are_as_dear_as_the_dense_solution_says():
    """Eighty roads 12 m apart, each near to its neighbours' counterparts, too."""
    count = 80
    one, two = (part.ravel() for part in np.mgrid[:count, :count])
    near = np.abs(one - two) <= 4
    one, two = one[near], two[near]
    cost = np.log1p((12.0 * (one - two) / 4.0) ** 2) - 2.0 + 0.01 * ((7 * one + 3 * two) % 5)
    alone = np.full(count, 3.3)
    worth = cost < 6.6
    given_ = (one[worth], two[worth], cost[worth], alone, alone)
    flow, matrix = assign(*given_), dense(*given_)
    assert flow.partner.tolist() == list(range(count))
    for i in (0, 1, 40, 79):
        barred = matrix.copy()
        barred[i, i] = NEVER
        arcs = np.flatnonzero((given_[0] == i) & (given_[1] == i))
        assert flow.without(arcs, limit=60.0)[0] == pytest.approx(least(barred) - least(matrix))
