"""What a link takes of areas: lengths and areas with known numbers."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from roadalign.assessment.land import constraint_texts, constraints_crossed, corridor_m
from roadalign.model.result import Constraints
from roadalign.model.tables import CONSTRAINT_COLUMNS, DOCKING_COLUMNS, LINK_COLUMNS, empty, typed

CRS = "EPSG:4549"


def areas(*rows):
    table = pd.DataFrame([{"kind": kind, "layer": "x", "fid": "0"} for kind, _ in rows])
    shapes = [shape for _, shape in rows]
    found = typed(table, CONSTRAINT_COLUMNS)
    return Constraints(gpd.GeoDataFrame(found, geometry=shapes, crs=CRS), inputs=("one",))


def lines(*rows):
    table = pd.DataFrame([{"docking_point": name, "kind": kind} for name, kind, _ in rows])
    shapes = [shapely.LineString(line) for *_, line in rows]
    return gpd.GeoDataFrame(typed(table, LINK_COLUMNS), geometry=shapes, crs=CRS)


def points(*rows):
    return typed(pd.DataFrame(list(rows)), DOCKING_COLUMNS)


LINK = ("DP-1", "link", [(0, 0), (0, 100)])
POINT = {"id": "DP-1", "a_redline_m": 24.0, "b_redline_m": 20.0}


def test_a_link_across_a_strip_of_water():
    found = constraints_crossed(
        lines(LINK), points(POINT), areas(("water", shapely.box(-500, 20, 500, 50)))
    )
    (row,) = found.to_dict("records")
    assert (row["length_m"], row["area_m2"], row["width_m"]) == (30.0, 720.0, 24.0)
    assert row["geometry"].bounds == (-12, 20, 12, 50)


def test_areas_of_one_kind_count_once_and_kinds_apart():
    found = constraints_crossed(
        lines(LINK),
        points(POINT),
        areas(
            ("farmland", shapely.box(-50, 0, 50, 40)),
            ("farmland", shapely.box(-50, 20, 50, 60)),
            ("water", shapely.box(-50, 30, 50, 60)),
        ),
    )
    assert found.set_index("kind")["length_m"].to_dict() == {"farmland": 60.0, "water": 30.0}


def test_a_corridor_may_take_land_beside_its_line():
    found = constraints_crossed(
        lines(LINK), points(POINT), areas(("farmland", shapely.box(2, 0, 50, 100)))
    )
    assert found[["length_m", "area_m2"]].to_numpy().tolist() == [[0.0, 1000.0]]


def test_what_only_touches_is_not_taken():
    beside = areas(
        ("farmland", shapely.box(12, 0, 50, 100)), ("water", shapely.box(0, 100, 9, 200))
    )
    assert constraints_crossed(lines(LINK), points(POINT), beside).empty


def test_a_proposal_stands_for_the_link():
    beside = ("DP-1", "proposal", [(200, 0), (200, 100)])
    found = constraints_crossed(
        lines(LINK, beside), points(POINT), areas(("water", shapely.box(-50, 0, 50, 100)))
    )
    assert found.empty


@pytest.mark.parametrize(
    ("point", "width_m"),
    [
        ({"a_redline_m": 24.0, "b_redline_m": 40.0}, 40),
        ({"b_redline_m": 20.0, "a_road_class": 6}, 20),
        ({"a_road_class": 3, "b_road_class": 4}, 40),
        ({}, 30),
    ],
)
def test_the_corridor_is_the_wider_red_line_else_usual_for_the_class(point, width_m):
    row = points({"id": "DP-1"} | point).to_dict("records")[0]
    assert corridor_m(row) == width_m


def test_the_column_says_none_where_looked_and_nothing_where_there_is_nothing_to_build():
    table = points(POINT, {"id": "DP-2"}, {"id": "DP-3"})
    drawn = lines(LINK, ("DP-3", "link", [(900, 0), (900, 50)]))
    given = areas(
        ("farmland", shapely.box(-50, 0, 50, 40)), ("water", shapely.box(-50, 40, 50, 60))
    )
    crossed = constraints_crossed(drawn, table, given)
    texts = constraint_texts(table, crossed, drawn, given=True)
    assert texts[0] == "farmland 40 m 960 m2; water 20 m 480 m2"
    assert pd.isna(texts[1])
    assert texts[2] == "none"
    assert constraint_texts(table, crossed, drawn, given=False).isna().all()


def test_no_areas_nothing_crossed():
    nothing = Constraints(empty(CONSTRAINT_COLUMNS, crs=CRS))
    assert constraints_crossed(lines(LINK), points(POINT), nothing).empty
