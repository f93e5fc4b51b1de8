"""Roundabouts on the boundary, which runs along y = 0; the side lies above it."""

import numpy as np
import pytest
import shapely
from drawn_sides import RULER, limits, roads

from roadalign.docking.roundabouts import condense_roundabouts


def ring(x, y, radius_m, count=16):
    """A closed polygon whose first vertex lies east and whose next ones turn left."""
    turn = 2 * np.pi * np.arange(count) / count
    xy = np.column_stack([x + radius_m * np.cos(turn), y + radius_m * np.sin(turn)]).round(3)
    return [tuple(one) for one in np.concatenate([xy, xy[:1]]).tolist()]


def condensed(*lines, classes=None, **values):
    """The lines that are left, by their ``fid``; ``None`` where nothing was done."""
    table = roads(*lines, **({} if classes is None else {"road_class": classes}))
    made = condense_roundabouts(table, RULER, limits=limits(**values))
    if made is table:
        return None
    assert made.index.tolist() == list(range(len(made)))
    shapes = [
        [(round(x, 2) + 0.0, round(y, 2) + 0.0) for x, y in line.coords] for line in made.geometry
    ]
    return dict(zip(made["fid"], shapes, strict=True))


ARM = [(1000, 600), (1000, 20)]


@pytest.mark.parametrize("arm", [ARM, ARM[::-1]])
def test_a_road_that_ends_on_the_ring_runs_to_the_line(arm):
    found = condensed(ring(1000, 0, 20), arm)
    assert list(found) == ["1"]
    assert sorted(found["1"]) == [(1000, 0), (1000, 20), (1000, 600)]


@pytest.mark.parametrize("y", [-15, 15])
def test_wherever_on_the_line_the_ring_lies(y):
    found = condensed(ring(1000, y, 20), [(1000, 600), (1000, y + 20)])
    assert found == {"1": [(1000, 600), (1000, y + 20), (1000, 0)]}


def test_a_ring_drawn_as_arcs_is_one():
    whole = ring(1000, 0, 20)
    found = condensed(whole[:5], whole[4:9], whole[8:], ARM)
    assert found == {"3": [*ARM, (1000, 0)]}
    # one arc is missing
    assert condensed(whole[:5], whole[4:9], ARM) is None


def test_the_road_most_nearly_square_to_the_line_goes_on_and_the_others_join_it():
    west, east = [(600, 40), (980, 0)], [(1020, 0), (1500, 300)]
    found = condensed(ring(1000, 0, 20), west, ARM, east)
    assert found == {
        "1": [(600, 40), (980, 0), (1000, 1.5)],
        "2": [*ARM, (1000, 0)],
        "3": [(1000, 1.5), (1020, 0), (1500, 300)],
    }


def test_the_road_of_highest_class_goes_on_unless_it_runs_along_the_line():
    east = [(1020, 0), (1500, 300)]
    aslant = [(1400, 600), (1014.1, 14.1)]
    found = condensed(ring(1000, 0, 20), ARM, aslant, classes=[2, 2, 4])
    assert (found["1"][-1], found["2"][-1]) == ((1001.06, 1.06), (1000, 0))
    found = condensed(ring(1000, 0, 20), ARM, east, classes=[2, 2, 4])
    assert (found["1"][-1], found["2"][0]) == ((1000, 0), (1000, 1.5))


def test_carriageways_go_on_together():
    legs = [[(x, 600), (x, 60), (1000 + side, 18.48)] for x, side in ((992, -7.65), (1008, 7.65))]
    found = condensed(ring(1000, 0, 20), *legs)
    ends = {line[-1] for line in found.values()}
    assert len(found) == 2
    assert len(ends) == 1
    assert ends.pop()[1] == pytest.approx(0, abs=0.01)


def test_a_road_that_goes_on_beyond_the_ring_runs_over_its_centre():
    found = condensed(ring(1000, 5, 20), [(1000, 600), (1000, 25)], [(1000, -15), (1000, -300)])
    assert found == {
        "1": [(1000, 600), (1000, 25), (1000, 5)],
        "2": [(1000, 5), (1000, -15), (1000, -300)],
    }


def test_a_road_that_reaches_the_ring_beyond_the_line_is_cut_back():
    found = condensed(
        ring(1000, -10, 20), [(1000, 600), (1000, 10)], [(1140, 600), (1040, 20), (1020, -10)]
    )
    assert found["1"] == [(1000, 600), (1000, 10), (1000, 0)]
    # 12 m of it lie beyond the line, and it stops 5 m before; there it joins the other one
    length_m = np.hypot(*np.subtract(found["2"][2], (1020 + 20 / 3, 0)))
    assert (found["2"][:2], found["2"][3]) == ([(1140, 600), (1040, 20)], (1000, 1.5))
    assert length_m == pytest.approx(5, abs=0.01)


@pytest.mark.parametrize(
    "lines",
    [
        [ring(1000, 40, 20), [(1000, 600), (1000, 60)]],  # 20 m off the line
        [ring(1000, 0, 20)],  # nothing ends on it
        # 2 m before the line, and a road of its own goes on to the line
        [ring(1000, 22, 20), [(1000, 600), (1000, 42)], [(1000, 2), (1000, 0)]],
        [ring(1000, 0, 20), [(1000, 600), (1000, 30)]],  # 10 m short of it
        [ring(1000, 0, 4), [(1000, 600), (1000, 4)]],  # a turning place
        [ring(1000, 0, 40), [(1000, 600), (1000, 40)]],  # 80 m across
        [ring(1000, 0, 20, 4), [(1000, 600), (1000, 20)]],  # a square
        [],
    ],
)
def test_what_is_no_roundabout_on_the_line_stays(lines):
    assert condensed(*lines) is None


def test_the_limits_say_how_large_it_is():
    lines = [ring(1000, 0, 40), [(1000, 600), (1000, 40)]]
    assert condensed(*lines, roundabout_most_m=80.0) is not None
    small = [ring(1000, 0, 4), [(1000, 600), (1000, 4)]]
    assert condensed(*small, roundabout_least_m=7.0) is not None
    near = [ring(1000, 25, 20), [(1000, 600), (1000, 45)]]
    assert condensed(*near, touch_m=6.0) == {"1": [(1000, 600), (1000, 45), (1000, 0)]}


def test_the_table_given_stays_as_it_is():
    table = roads(ring(1000, 0, 20), ARM)
    before = shapely.to_wkb(table.geometry.array).tolist()
    condense_roundabouts(table, RULER, limits=limits())
    assert shapely.to_wkb(table.geometry.array).tolist() == before
