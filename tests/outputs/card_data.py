"""Docking points drawn by hand, a kilometre apart on a straight boundary, so that a ruler works on them.

The boundary runs from west to east; east's roads come from the south, west's from the north. Their
names are those of the sides, whichever is side A.
"""

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import roadalign
from roadalign.settings import parse_settings

EAST, NORTH = 600_000, 3_400_000
TURN = np.radians(22)

SOUTH = [
    {"name": "Offset", "line": [(1000, -600), (1000, 0)], "class": "二级公路", "lanes": 2, "lmkd": 12},
    {"name": "River", "line": [(3000, -600), (3000, -70)], "class": "二级公路"},
    {"name": "Turn", "line": [(5000, -600), (5000, 0)], "class": "11", "lanes": 4},
    {"name": "Alone", "line": [(7000, -600), (7000, 0)], "class": "一级公路", "lanes": 4},
    {
        "name": "Wide", "line": [(9000, -600), (9000, 0)], "class": "22", "lanes": 4, "slow_lanes": 2, "lmkd": 20,
        "hxkd": 40, "sjss": 60, "year": 2027, "status": "规划",
    },
    {"name": "Beyond", "line": [(11000, -600), (11000, 0), (11060, 240)], "class": "三级公路"},
]  # fmt: skip
NORTHERN = [
    {"name": "Offset", "line": [(1035, 0), (1035, 600)], "class": "一级公路", "lanes": 4, "lmkd": 24},
    {"name": "River", "line": [(3000, 70), (3000, 600)], "class": "二级公路"},
    {
        "name": "Turn", "line": [(5000, 0), (5000 + 600 * np.sin(TURN), 600 * np.cos(TURN))],
        "class": "二级公路", "lanes": 4, "ljkd": 26,
    },
    {
        "name": "Wide", "line": [(9000, 0), (9000, 600)], "class": "四级公路", "lanes": 1, "lmkd": 4, "year": 2033,
        "status": "规划",
    },
    {"name": "Beyond", "line": [(11000, 0), (11000, 600)], "class": "三级公路"},
]  # fmt: skip
FIELDS = {
    "class": "技术等级", "lanes": "车道数", "slow_lanes": "慢车道数", "lmkd": "路面宽度", "ljkd": "路基宽度",
    "hxkd": "红线宽度", "sjss": "设计速度", "year": "通车年份", "status": "建设状态", "name": "道路名称",
}  # fmt: skip


def plan(rows):
    table = pd.DataFrame(
        [{FIELDS[key]: one for key, one in row.items() if key != "line"} for row in rows]
    )
    lines = [shapely.LineString([(EAST + x, NORTH + y) for x, y in row["line"]]) for row in rows]
    return gpd.GeoDataFrame(table, geometry=lines, crs=4549)


def checked(*, exchanged=False):
    """Return the result, east as side A, or with the sides exchanged."""
    sides = [(plan(SOUTH), "east"), (plan(NORTHERN), "west")]
    (one, own), (two, other) = sides[::-1] if exchanged else sides
    line = shapely.LineString([(EAST, NORTH), (EAST + 12000, NORTH)])
    return roadalign.check(
        one,
        two,
        boundary=gpd.GeoDataFrame(geometry=[line], crs=4549),
        settings=parse_settings({"a": {"name": own}, "b": {"name": other}}, where="test"),
    )


def with_detour(result, road, places, **values):
    """Return a result in which the way past one docking point is known."""
    points = result.docking_points
    chosen = (points["a_name"] == road) | (points["b_name"] == road)
    name = points.loc[chosen, "id"].iloc[0]
    way = shapely.LineString([(EAST + x, NORTH + y) for x, y in places])
    row = {"docking_point": [name], "kind": ["detour"], "length_m": [way.length]}
    driven = gpd.GeoDataFrame(row, geometry=[way], crs=result.links.crs)
    for column, value in values.items():
        points = points.assign(**{column: points[column].mask(chosen, value)})
    return dataclasses.replace(
        result,
        docking_points=points,
        links=gpd.GeoDataFrame(
            pd.concat([result.links, driven], ignore_index=True), crs=result.links.crs
        ),
        run=result.run
        | {"network": {"attribution": "somebody", "roads": 1, "edges": 1, "nodes": 2}},
    )
