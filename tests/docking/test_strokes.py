"""Lines of one side become strokes; ends are compared with a tolerance."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from roadalign.docking.headings import fit_headings
from roadalign.docking.strokes import make_strokes
from roadalign.model.tables import ROAD_COLUMNS, typed


def roads(*lines, **columns):
    table = typed(pd.DataFrame(columns, index=range(len(lines))), ROAD_COLUMNS)
    return gpd.GeoDataFrame(table, geometry=[shapely.LineString(x) for x in lines], crs=4549)


def lengths(strokes):
    return sorted(np.round(shapely.length(strokes.lines), 3).tolist())


def test_a_split_road_is_one_stroke_whichever_way_its_parts_run():
    made = make_strokes(roads([(0, 0), (100, 0)], [(200, 0), (100, 0)]), tolerance_m=1)
    assert lengths(made) == [200.0]
    assert made.line_stroke.tolist() == [0, 0]
    assert made.end_free.tolist() == [[True, True]]


def test_ends_half_a_metre_apart_are_joined_and_two_metres_apart_are_not():
    assert (
        lengths(make_strokes(roads([(0, 0), (100, 0)], [(100.5, 0), (200, 0)]), tolerance_m=1))[0]
        > 199
    )
    assert lengths(
        make_strokes(roads([(0, 0), (100, 0)], [(102, 0), (200, 0)]), tolerance_m=1)
    ) == [
        98.0,
        100.0,
    ]


def test_at_a_crossroads_the_straight_ones_go_on():
    made = make_strokes(
        roads(
            [(-100, 0), (0, 0)],
            [(0, 0), (100, 0)],
            [(0, -100), (0, 0)],
            [(0, 0), (0, 100)],
        ),
        tolerance_m=1,
    )
    assert lengths(made) == [200.0, 200.0]
    assert made.line_stroke[0] == made.line_stroke[1] != made.line_stroke[2]


def test_a_side_road_ending_on_another_road_without_a_vertex_is_no_dangle():
    made = make_strokes(roads([(-100, 0), (100, 0)], [(0, -80), (0, -0.5)]), tolerance_m=1)
    side = int(made.line_stroke[1])
    assert made.end_free[side].tolist() == [True, False]


def test_a_piece_shorter_than_the_tolerance_does_not_vanish():
    made = make_strokes(roads([(0, 0), (0.6, 0)]), tolerance_m=1)
    assert lengths(made) == [0.6]
    assert made.end_free.tolist() == [[True, True]]


def test_a_straight_road_has_its_heading_over_the_whole_stretch():
    line = np.array([shapely.LineString([(0, 0), (0, 200)])], dtype=object)
    heading, stretch = fit_headings(line, np.array([200.0]), np.array([-1]), np.array([60.0]))
    assert np.allclose(heading, [[0, 1]])
    assert stretch.tolist() == [60.0]


def test_a_road_that_bends_has_its_heading_at_the_end():
    # east for 100 m, then north-east for 20 m: the end points north-east
    line = np.array([shapely.LineString([(0, 0), (100, 0), (114.142136, 14.142136)])], dtype=object)
    heading, stretch = fit_headings(line, np.array([120.0]), np.array([-1]), np.array([60.0]))
    assert np.allclose(heading, [[0.5**0.5, 0.5**0.5]], atol=1e-6)
    assert stretch[0] <= 20


def test_a_road_running_away_from_the_boundary_heads_the_other_way():
    line = np.array([shapely.LineString([(0, 0), (0, 200)])], dtype=object)
    heading, _ = fit_headings(line, np.array([0.0]), np.array([1]), np.array([60.0]))
    assert np.allclose(heading, [[0, -1]])


def through(*turns_deg, **columns):
    """A road from the west, and roads that leave its end turned by these angles, 100 m each."""
    turns = np.radians(turns_deg)
    leaving = [[(0, 0), (100 * np.cos(turn), 100 * np.sin(turn))] for turn in turns]
    return make_strokes(roads([(-100, 0), (0, 0)], *leaving, **columns), tolerance_m=1)


def test_the_straighter_one_goes_on():
    made = through(10, -20)
    assert made.line_stroke[0] == made.line_stroke[1] != made.line_stroke[2]


def test_a_road_may_turn_by_40_degrees_where_others_branch_off():
    assert through(39.9, 120).line_stroke[0] == through(39.9, 120).line_stroke[1]
    assert through(40.1, 120).line_stroke[0] != through(40.1, 120).line_stroke[1]


def test_a_road_that_nothing_leaves_may_turn_by_100_degrees():
    assert len(set(through(99.9).line_stroke)) == 1
    assert len(set(through(100.1).line_stroke)) == 2
    other = through(41, name=["甲路", "乙路"])
    assert len(set(other.line_stroke)) == 2


def test_another_class_weighs_as_much_as_15_degrees_and_two_of_them_30():
    """Straight on under another name, or turned and under the same one."""
    for name, ref, turn_deg, stays in (
        (True, False, 14, True),
        (True, False, 16, False),
        (True, True, 29, True),
        (True, True, 31, False),
    ):
        columns = {"name": ["甲", "乙" if name else "甲", "甲"]}
        columns["ref"] = ["S1", "S2" if ref else "S1", "S1"]
        made = through(0, turn_deg, **columns)
        assert made.line_stroke[0] == made.line_stroke[2 if stays else 1], (name, ref, turn_deg)


def test_a_short_line_is_joined_at_its_end_and_not_swallowed():
    """Ends are one junction within 0.4 of the shorter line: 0.8 m of a line of 2 m."""
    for gap_m, joined in ((0.79, True), (0.81, False)):
        made = make_strokes(roads([(-100, 0), (0, 0)], [(gap_m, 0), (gap_m + 2, 0)]), tolerance_m=1)
        assert (len(made.lines) == 1) == joined
