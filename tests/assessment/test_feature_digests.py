"""What each side draws and says along the boundary, as digests of 250 m stretches."""

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS

from roadalign.assessment.feature_digests import digest_features
from roadalign.docking.ruler import Ruler
from roadalign.model.result import Boundary, Plan
from roadalign.model.tables import ROAD_COLUMNS, typed

X, Y = 600_000, 3_400_000
LINE = shapely.LineString([(X, Y), (X + 5000, Y)])


def plan(*roads):
    rows = [{"side": "a", "fid": fid, "name": name} for fid, _, name in roads]
    lines = [shapely.LineString([(X + x, Y - 400), (X + x, Y)]) for _, x, _ in roads]
    table = typed(pd.DataFrame(rows), ROAD_COLUMNS)
    return Plan("a", gpd.GeoDataFrame(table, geometry=lines, crs=4549), None, ())


def digests(one):
    line = Boundary("line", LINE, CRS(4549))
    return digest_features((one, plan(("9", 2500, "乙路"))), line, Ruler(LINE))


BASE = digests(plan(("1", 500, "甲路"), ("2", 4000, "丙路")))


def test_order_and_numbers_of_features_do_not_count():
    assert digests(plan(("7", 4000, "丙路"), ("8", 500, "甲路"))) == BASE
    assert (BASE["stretch_m"], len(BASE["a"])) == (250.0, 20)


def test_another_value_changes_the_stretches_within_reach_alone():
    other = digests(plan(("1", 500, "甲路"), ("2", 4000, "丁路")))
    changed = [
        k for k, two in enumerate(zip(BASE["a"], other["a"], strict=True)) if len({*two}) > 1
    ]
    # within 500 m of 4000 m: stretches that reach from 3500 to 4500 m, those that touch included
    assert changed == [13, 14, 15, 16, 17, 18]
    assert other["b"] == BASE["b"]
    assert other["boundary"] == BASE["boundary"]


def test_a_road_moved_or_drawn_twice_is_noticed_and_nothing_near_is_empty():
    assert digests(plan(("1", 500.5, "甲路"), ("2", 4000, "丙路")))["a"][2] != BASE["a"][2]
    twice = digests(plan(("1", 500, "甲路"), ("3", 500, "甲路"), ("2", 4000, "丙路")))
    assert twice["a"][2] != BASE["a"][2]
    assert BASE["a"][9] == ""
    assert BASE["a"][2] != ""
