"""Things that are no road axes, and sides that are not what they seem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from shapely import Point

from benchmarks.robustness.pair import (
    CODE,
    MIRRORED,
    TRUTH,
    Call,
    X,
    Y,
    good,
    save,
    side,
)
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from pathlib import Path


@refused("plan_not_lines", named="a.gpkg")
def areas_for_roads(folder: Path) -> Call:
    table = side("a")
    return good(folder, a=save(table.set_geometry(table.buffer(20)), folder / "a.gpkg"))


@refused("plan_not_lines", named="a.geojson")
def areas_for_roads_in_geojson(folder: Path) -> Call:
    table = side("a")
    return good(folder, a=save(table.set_geometry(table.buffer(20)), folder / "a.geojson"))


@refused("plan_not_lines", named="a.gpkg")
def points_for_roads(folder: Path) -> Call:
    table = side("a")
    return good(folder, a=save(table.set_geometry(table.centroid), folder / "a.gpkg"))


@refused("plan_not_lines", named="a.parquet")
def areas_for_roads_in_parquet(folder: Path) -> Call:
    table = side("a")
    return good(folder, a=save(table.set_geometry(table.buffer(20)), folder / "a.parquet"))


@refused("format_unknown", named="a.csv")
def table_without_geometry(folder: Path) -> Call:
    path = folder / "a.csv"
    path.write_text("name,lanes\n亭枫公路,4\n", encoding="utf-8")
    return good(folder, a=str(path))


@right("I04")
def roads_areas_and_points_mixed(folder: Path) -> Call:
    table = side("a")
    areas = table.set_geometry(table.buffer(20))
    points = table.set_geometry([Point(X + 4000, Y)] * len(table))
    mixed = pd.concat([table, areas, points], ignore_index=True)
    return good(folder, a=save(mixed, folder / "a.geojson"))


@right(truth=MIRRORED)
def sides_exchanged(folder: Path) -> Call:
    call = good(folder)
    return Call(a=call.b, b=call.a, boundary=call.boundary)


@right()
def both_plans_hold_both_sides(folder: Path) -> Call:
    # Each draws the other's roads 0.4 m beside where the other has them, as digitised by hand.
    def with_other(own: str, other: str) -> gpd.GeoDataFrame:
        drawn = side(other).iloc[:1]
        drawn = drawn.set_geometry(drawn.translate(0.4, 0.0))
        return gpd.GeoDataFrame(pd.concat([side(own), drawn], ignore_index=True), crs=CODE)

    return good(
        folder,
        a=save(with_other("a", "b"), folder / "a.gpkg"),
        b=save(with_other("b", "a"), folder / "b.gpkg"),
    )


@right(truth=tuple(row for row in TRUTH if row[1] == "aligned"))
def only_one_road_on_each_side(folder: Path) -> Call:
    return good(
        folder,
        a=save(side("a").iloc[:1], folder / "a.gpkg"),
        b=save(side("b").iloc[:1], folder / "b.gpkg"),
    )
