"""Boundaries of every kind but the right one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely
from shapely import LineString, Point, box

from benchmarks.robustness.pair import (
    BACKWARDS,
    CODE,
    LENGTH_M,
    TRUTH,
    Call,
    X,
    Y,
    good,
    line,
    save,
    written,
)
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_END = (X + LENGTH_M, Y)
_AREA_A = box(X, Y - 5000, X + LENGTH_M, Y)
_AREA_B = box(X, Y, X + LENGTH_M, Y + 5000)


def _drawn(folder: Path, *shapes: BaseGeometry | None, name: str = "line.gpkg") -> Call:
    table = gpd.GeoDataFrame(geometry=list(shapes), crs=CODE)
    return good(folder, boundary=save(table, folder / name))


@right(truth=BACKWARDS)
def two_areas(folder: Path) -> Call:
    return _drawn(folder, _AREA_A, _AREA_B)


@right(truth=BACKWARDS)
def two_areas_with_heights(folder: Path) -> Call:
    return _drawn(folder, shapely.force_3d(_AREA_A), shapely.force_3d(_AREA_B))


@right(truth=BACKWARDS)
def areas_in_two_files(folder: Path) -> Call:
    files = [
        save(gpd.GeoDataFrame(geometry=[area], crs=CODE), folder / f"{name}.shp")
        for name, area in (("jia", _AREA_A), ("yi", _AREA_B))
    ]
    return good(folder, boundary="+".join(files))


@refused("boundary_two_areas", named="line.gpkg")
def one_area(folder: Path) -> Call:
    return _drawn(folder, _AREA_A)


@refused("boundary_two_areas", named="line.gpkg")
def three_areas(folder: Path) -> Call:
    return _drawn(folder, _AREA_A, _AREA_B, box(X, Y + 5000, X + 100, Y + 6000))


@refused("areas_same", named="line.gpkg")
def the_same_area_twice(folder: Path) -> Call:
    return _drawn(folder, _AREA_A, _AREA_A)


@refused("areas_apart", named="line.gpkg")
def areas_that_never_meet(folder: Path) -> Call:
    return _drawn(folder, _AREA_A, shapely.affinity.translate(_AREA_B, 0, 3000))


@refused("boundary_kind", "areas_apart", "areas_same", named="line.gpkg")
def area_without_extent(folder: Path) -> Call:
    flat = shapely.Polygon([(X, Y), _END, (X + 100, Y), (X, Y)])
    return _drawn(folder, flat, _AREA_B)


@right(truth=BACKWARDS)
def areas_that_cross_themselves(folder: Path) -> Call:
    # A bow tie of 1 ha in the far corner; the rest is the good area.
    corner = (X, Y - 5000)
    ring = [
        *((X, Y), (X + LENGTH_M, Y), (X + LENGTH_M, Y - 5000), corner),
        *((X - 100, Y - 5100), (X - 100, Y - 5000), (X, Y - 5100), corner),
    ]
    return _drawn(folder, shapely.Polygon(ring), _AREA_B)


@refused("boundary_kind", named="line.gpkg")
def points(folder: Path) -> Call:
    return _drawn(folder, Point(X, Y), Point(_END))


@refused("boundary_kind", named="line.gpkg")
def no_features(folder: Path) -> Call:
    table = line().iloc[:0]
    return good(folder, boundary=save(table, folder / "line.gpkg", geometry_type="LineString"))


@refused("boundary_kind", named="line.geojson")
def only_missing_geometry(folder: Path) -> Call:
    return good(folder, boundary=written(folder / "line.geojson", [None, None]))


@refused("boundary_kind", named="line.geojson")
def line_and_area(folder: Path) -> Call:
    return _drawn(folder, LineString([(X, Y), _END]), _AREA_A, name="line.geojson")


@refused("boundary_kind", named="line.geojson")
def line_of_no_length(folder: Path) -> Call:
    place = {"type": "LineString", "coordinates": [[X, Y], [X, Y]]}
    return good(folder, boundary=written(folder / "line.geojson", [place]))


@right()
def line_in_a_hundred_pieces(folder: Path) -> Call:
    step = LENGTH_M / 100
    cut = [LineString([(X + i * step, Y), (X + (i + 1) * step, Y)]) for i in range(100)]
    return _drawn(folder, *cut[::2], *(piece.reverse() for piece in cut[1::2]))


@right()
def line_given_twice(folder: Path) -> Call:
    return _drawn(folder, LineString([(X, Y), _END]), LineString([_END, (X, Y)]))


@right()
def line_with_missing_pieces(folder: Path) -> Call:
    return _drawn(folder, None, LineString([(X, Y), _END]), LineString())


@right()
def line_with_a_loop_at_its_end(folder: Path) -> Call:
    end = X + LENGTH_M
    loop = [_END, (end + 300, Y), (end + 300, Y + 300), (end + 100, Y + 300), (end + 100, Y - 300)]
    return _drawn(folder, LineString([(X, Y), *loop]))


@right(truth=tuple(row for row in TRUTH))
def closed_line(folder: Path) -> Call:
    ring = [(X, Y), _END, (X + LENGTH_M, Y + 9000), (X, Y + 9000), (X, Y)]
    return _drawn(folder, LineString(ring))


@right()
def points_repeated(folder: Path) -> Call:
    return _drawn(folder, LineString([(X, Y), (X, Y), (X + 10, Y), (X + 10, Y), _END, _END]))


@right()
def a_point_every_decimetre(folder: Path) -> Call:
    return _drawn(folder, LineString([(X, Y), _END]).segmentize(0.1))


@refused("choose_layer", named="line.gpkg")
def two_line_layers(folder: Path) -> Call:
    call = good(folder)
    pyogrio.write_dataframe(line(), call.boundary, layer="other", append=True)
    return call


@refused("no_crs_projected", "no_crs_metres", named="line.shp")
def no_system(folder: Path) -> Call:
    path = Path(save(line(), folder / "line.shp"))
    path.with_suffix(".prj").unlink()
    return good(folder, boundary=str(path))


@refused("plan_far", "crs_does_not_fit", named="a.gpkg")
def boundary_of_another_country(folder: Path) -> Call:
    far = gpd.GeoDataFrame(geometry=[LineString([(2.0, 48.0), (2.1, 48.0)])], crs=4326)
    return good(folder, boundary=save(far, folder / "line.gpkg"))


@refused("plan_far", "crs_does_not_fit", named="a.gpkg")
def boundary_over_the_date_line(folder: Path) -> Call:
    far = gpd.GeoDataFrame(geometry=[LineString([(179.9, -17.0), (180.1, -17.0)])], crs=4326)
    return good(folder, boundary=save(far, folder / "line.gpkg"))


@refused("plan_far", named="a.gpkg")
def boundary_around_the_world(folder: Path) -> Call:
    wide = {"type": "LineString", "coordinates": [[-180, 10], [0, 20], [180, 10]]}
    return good(folder, boundary=written(folder / "line.geojson", [wide], crs=None))


@refused("no_such_file", named="line.gpkg")
def not_there(folder: Path) -> Call:
    return good(folder, boundary=str(folder / "gone-line.gpkg"))


@refused("not_readable", named="line.geojson")
def no_geojson_at_all(folder: Path) -> Call:
    path = folder / "line.geojson"
    path.write_text(json.dumps({"line": [[X, Y]]}), encoding="utf-8")
    return good(folder, boundary=str(path))


@right(truth=BACKWARDS)
def areas_of_a_thousand_parts(folder: Path) -> Call:
    islands = [Point(X + 8 * i, Y - 4000).buffer(2) for i in range(1000)]
    area = shapely.MultiPolygon([box(X, Y - 3000, X + LENGTH_M, Y), *islands])
    return _drawn(folder, area, _AREA_B)
