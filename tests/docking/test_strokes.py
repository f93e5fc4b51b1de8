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
