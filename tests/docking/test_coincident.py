"""Lines of one side that lie on one another; the boundary runs along y = 0."""

import numpy as np
import pytest
import shapely
from drawn_sides import LIMITS, RULER, roads

from roadalign.docking.coincident import merge_coincident

STREET = [(1000, 0), (1000, 200), (1000, 600)]
ROUTE = [(1300, 900), (1000, 600), (1000, 0)]


def merged(*lines, reach_m=500.0, **columns):
    """What is left of some lines: fid, name, length."""
    table = merge_coincident(roads(*lines, **columns), RULER, reach_m=reach_m, limits=LIMITS)
    assert table.crs == 4549
    assert table.index.tolist() == list(range(len(table)))
    return table


def told(table, *columns):
    rows = table[list(columns)].fillna("").itertuples(index=False, name=None)
    return [
        (*row, round(length, 1)) for row, length in zip(rows, table.geometry.length, strict=True)
    ]


def test_the_longer_route_goes_on_where_the_street_ends():
    table = merged(STREET, ROUTE, name=["Street", "Route"], ref=["X1", "G2"])
    # 600 m together, and the 424.3 m that the route has more
    assert sorted(told(table, "fid", "name", "ref")) == [
        ("0,1", "Street / Route", "X1;G2", 600.0),
        ("1", "Route", "G2", 424.3),
    ]


def test_the_best_described_speaks_and_the_others_complete_it():
    table = merged(
        STREET, STREET[::-1], lanes=[None, 4], name=["Street", None], redline_m=[None, 30.0]
    )
    assert told(table, "fid", "name", "lanes", "redline_m") == [("1,0", "Street", 4, 30.0, 600.0)]


def test_of_equally_described_ones_the_higher_class_speaks():
    table = merged(STREET, STREET, road_class=[2, 4])
    assert told(table, "fid", "road_class") == [("1,0", 4, 600.0)]


def test_a_street_in_blocks_lies_on_one_route_all_along():
    blocks = [[(1000, y), (1000, y + 20)] for y in range(0, 100, 20)]
    table = merged(*blocks, [(1000, 0), (1000, 100)], name=[*"abcde", "Route"])
    assert sorted(told(table, "name")) == [(f"{name} / Route", 20.0) for name in "abcde"]


def test_three_lines_that_part_at_different_places_lose_nothing():
    lines = [[(1000, 0), (1000, y), (1000 + dx, y + 100)] for y, dx in ((100, 80), (250, -80))]
    table = merged(*lines, [(1000, 0), (1000, 400)], name=["a", "b", "c"])
    assert sorted(told(table, "name")) == [
        ("a", 128.1),
        ("a / b / c", 100.0),
        ("b", 128.1),
        ("b / c", 150.0),
        ("c", 150.0),
    ]
    together = shapely.union_all(table.geometry.array)
    every = shapely.union_all(shapely.linestrings(np.empty((0, 2, 2))))
    for line in [*lines, [(1000, 0), (1000, 400)]]:
        every = every.union(shapely.LineString(line))
    assert together.symmetric_difference(every).length == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    "columns",
    [
        {"status": ["existing", "planned"]},
        {"grade_level": [0, 1]},
        {"oneway": [True, True]},
    ],
)
def test_what_makes_them_another_road_keeps_them_apart(columns):
    assert len(merged(STREET, STREET, **columns)) == 2


def test_what_one_of_them_does_not_say_does_not():
    assert len(merged(STREET, STREET, status=["existing", None], grade_level=[None, 1])) == 1


@pytest.mark.parametrize(
    "other",
    [
        [(1000.3, 0), (1000.3, 600)],  # two decks
        [(900, 300), (1100, 300)],  # a crossing
        [(1000, 0), (1000, 20), (1100, 300)],  # 20 m together: a ramp
        [(1000, 0), (1005, 600)],  # parts slowly: 12 m within a decimetre
    ],
)
def test_lines_that_do_not_lie_on_one_another_stay(other):
    table = roads(STREET, other)
    assert merge_coincident(table, RULER, reach_m=500.0, limits=LIMITS) is table


def test_lines_out_of_reach_stay():
    far = [(1000, 600), (1000, 900)]
    assert len(merged(far, far)) == 2
    assert len(merged(far, far, reach_m=601.0)) == 1
    assert len(merge_coincident(roads(), RULER, reach_m=500.0, limits=LIMITS)) == 0
