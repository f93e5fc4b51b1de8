"""Geometry as drawn by many hands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.affinity
import shapely.ops
from shapely import LineString, MultiLineString

from benchmarks.robustness.pair import (
    CODE,
    LENGTH_M,
    REACH_M,
    Call,
    X,
    Y,
    good,
    properties,
    save,
    shapes,
    side,
    written,
)
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Shape = dict[str, Any]
_NOTHING: dict[str, Any] = {"type": "LineString", "coordinates": []}


def _redrawn(folder: Path, redraw: Callable[[LineString], Any], name: str = "a.gpkg") -> Call:
    table = side("a")
    return good(
        folder, a=save(table.set_geometry([redraw(line) for line in table.geometry]), folder / name)
    )


def _and(folder: Path, *more: Shape | None) -> Call:
    """Write side A by hand with more geometries after its own."""
    table = side("a")
    own: Sequence[Shape | None] = [*shapes(table), *more]
    return good(folder, a=written(folder / "a.geojson", own, rows=properties(table)))


def _number(folder: Path, token: str) -> Call:
    """Add a line with one coordinate that JSON has no number for."""
    call = _and(folder, {"type": "LineString", "coordinates": [[X + 4000, "@"], [X + 4000, Y]]})
    path = Path(call.a)
    path.write_text(path.read_text(encoding="utf-8").replace('"@"', token), encoding="utf-8")
    return call


def _by_ogr(folder: Path, wkt: Callable[[LineString], str]) -> Call:
    """Write side A from well-known texts with ogr2ogr, for shapes that no other writer knows."""
    table = side("a")
    rows = pd.DataFrame(properties(table))
    rows["WKT"] = [wkt(line) for line in table.geometry]
    rows.to_csv(folder / "a.csv", index=False)
    target = folder / "a.gpkg"
    subprocess.run(  # noqa: S603
        [
            *("ogr2ogr", str(target), str(folder / "a.csv"), "-a_srs", f"EPSG:{CODE}"),
            *("-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO"),
            *("-nlt", "GEOMETRY"),
        ],
        check=True,
        capture_output=True,
    )
    return good(folder, a=str(target))


@right()
def heights(folder: Path) -> Call:
    return _redrawn(folder, lambda line: shapely.force_3d(line, 4.5))


@right()
def heights_that_are_no_numbers(folder: Path) -> Call:
    return _redrawn(folder, lambda line: LineString([(x, y, float("nan")) for x, y in line.coords]))


@right(needs="ogr2ogr")
def measures(folder: Path) -> Call:
    return _by_ogr(folder, lambda line: _with(line, "M", " 7"))


@right(needs="ogr2ogr")
def heights_and_measures(folder: Path) -> Call:
    return _by_ogr(folder, lambda line: _with(line, "ZM", " 4 7"))


def _with(line: LineString, kind: str, more: str) -> str:
    places = ",".join(f"{x} {y}{more}" for x, y in line.coords)
    return f"LINESTRING {kind} ({places})"


@right(needs="ogr2ogr")
def arcs(folder: Path) -> Call:
    return _by_ogr(folder, _arc)


def _arc(line: LineString) -> str:
    (x, start), *_, (_, end) = line.coords
    return f"CIRCULARSTRING ({x} {start},{x} {(start + end) / 2},{x} {end})"


@right(needs="ogr2ogr")
def arcs_and_lines_in_one(folder: Path) -> Call:
    def drawn(line: LineString) -> str:
        (x, start), (_, middle), (_, end) = line.coords
        bow = f"CIRCULARSTRING ({x} {start},{x + 5} {(start + middle) / 2},{x} {middle})"
        return f"COMPOUNDCURVE ({bow},({x} {middle},{x} {end}))"

    return _by_ogr(folder, drawn)


@right(needs="ogr2ogr")
def multi_curves(folder: Path) -> Call:
    return _by_ogr(folder, lambda line: f"MULTICURVE ({_arc(line)})")


@right()
def multi_parts(folder: Path) -> Call:
    def parted(line: LineString) -> MultiLineString:
        one, two, three = line.coords
        return MultiLineString([[one, two], [two, three]])

    return _redrawn(folder, parted)


@right(
    truth=(
        (10, "aligned", "亭枫公路", "亭枫公路"),
        (30, "mismatched", "朱吕公路 / 亭枫公路", "朱吕公路"),
        (50, "missing", "金张公路 / 亭枫公路", ""),
        (70, "mismatched", "兴豪路 / 亭枫公路", "兴豪路"),
    )
)
def all_roads_in_one_feature(folder: Path) -> Call:
    """Drawn a second time, all of them under the name of the first: one road with both names."""
    table = side("a").iloc[:1]
    whole = table.set_geometry([MultiLineString(list(side("a").geometry))])
    call = good(folder, a=save(whole, folder / "whole.gpkg"))
    return Call(save(side("a"), folder / "a.gpkg") + "+" + call.a, call.b, call.boundary)


@right("I04")
def collections(folder: Path) -> Call:
    own = [
        {
            "type": "GeometryCollection",
            "geometries": [shape, {"type": "Point", "coordinates": place}],
        }
        for shape, place in zip(shapes(side("a")), [[X, Y]] * 4, strict=True)
    ]
    return good(folder, a=written(folder / "a.geojson", own, rows=properties(side("a"))))


@right()
def collections_in_collections(folder: Path) -> Call:
    own = shapes(side("a"))
    for _ in range(20):
        own = [{"type": "GeometryCollection", "geometries": [shape]} for shape in own]
    return good(folder, a=written(folder / "a.geojson", own, rows=properties(side("a"))))


@refused("not_readable", named="a.geojson")
def collections_ten_thousand_deep(folder: Path) -> Call:
    path = folder / "a.geojson"
    deep = 10_000
    inner = '{"type":"GeometryCollection","geometries":[' * deep + "]}" * deep
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        f"{inner}}}]}}",
        encoding="utf-8",
    )
    return good(folder, a=str(path))


@right()
def missing_and_empty_geometry(folder: Path) -> Call:
    return _and(folder, None, _NOTHING, {"type": "MultiLineString", "coordinates": []})


@right("I04")
def lines_of_one_point(folder: Path) -> Call:
    place = [X + 4000, Y]
    return _and(
        folder,
        {"type": "LineString", "coordinates": [place]},
        {"type": "LineString", "coordinates": [place, place]},
    )


@right()
def coordinates_that_are_no_number(folder: Path) -> Call:
    return _number(folder, "NaN")


@refused("not_readable", named="a.geojson")
def coordinates_without_end(folder: Path) -> Call:
    return _number(folder, "1e999")


@right()
def coordinates_without_end_in_a_geopackage(folder: Path) -> Call:
    table = side("a")
    more = gpd.GeoDataFrame(
        geometry=[_line(X, float("inf")), _line(float("nan"), Y)],
        crs=CODE,
    )
    return good(folder, a=save(pd.concat([table, more], ignore_index=True), folder / "a.gpkg"))


@right()
def huge_coordinates(folder: Path) -> Call:
    return _and(folder, {"type": "LineString", "coordinates": [[1e300, 1e300], [2e300, 1e300]]})


def _line(x: float, y: float) -> LineString:
    with np.errstate(invalid="ignore"):
        return LineString([(x, y), (X, Y)])


@right()
def points_repeated(folder: Path) -> Call:
    return _redrawn(
        folder, lambda line: LineString([p for place in line.coords for p in (place,) * 3])
    )


@right()
def features_repeated(folder: Path) -> Call:
    table = side("a")
    return good(
        folder, a=save(pd.concat([table, table, table], ignore_index=True), folder / "a.gpkg")
    )


@right()
def roads_in_five_pieces(folder: Path) -> Call:
    table = side("a")
    pieces = [
        table.set_geometry(
            [
                shapely.ops.substring(line, i / 5, (i + 1) / 5, normalized=True)
                for line in table.geometry
            ]
        )
        for i in range(5)
    ]
    return good(folder, a=save(pd.concat(pieces, ignore_index=True), folder / "a.gpkg"))


@right()
def drawn_the_other_way(folder: Path) -> Call:
    return _redrawn(folder, lambda line: line.reverse())


@right()
def lines_that_cross_themselves(folder: Path) -> Call:
    def looped(line: LineString) -> LineString:
        x, start = line.coords[0]
        loop = [(x, start + 100), (x + 60, start + 160), (x - 60, start + 160), (x, start + 100)]
        return LineString([line.coords[0], *loop, *line.coords[1:]])

    return _redrawn(folder, looped)


@right()
def lines_that_go_back_on_themselves(folder: Path) -> Call:
    def back(line: LineString) -> LineString:
        x, start = line.coords[0]
        return LineString([(x, start), (x, start + 200), (x, start + 150), *line.coords[1:]])

    return _redrawn(folder, back)


@right()
def a_point_every_decimetre(folder: Path) -> Call:
    return _redrawn(folder, lambda line: line.segmentize(0.1))


@right()
def a_million_points_in_one_line(folder: Path) -> Call:
    table = side("a")
    first = table.geometry.iloc[0].segmentize(REACH_M / 1_000_000)
    return good(
        folder,
        a=save(table.set_geometry([first, *table.geometry.iloc[1:]]), folder / "a.gpkg"),
    )


@right()
def a_line_that_never_comes_near(folder: Path) -> Call:
    far = [[X + 20 * i, Y - 5000 - i] for i in range(1000)]
    return _and(folder, {"type": "LineString", "coordinates": far})


@refused("not_readable", "plan_empty", "plan_not_lines", named="a.geojson")
def coordinates_that_are_texts(folder: Path) -> Call:
    drawn = json.loads('{"type": "LineString", "coordinates": [["a", "b"], ["c", {}]]}')
    return good(folder, a=written(folder / "a.geojson", [drawn]))


@refused("no_roads_near", "plan_far", named="a.gpkg")
def nothing_near(folder: Path) -> Call:
    return _redrawn(folder, lambda line: shapely.affinity.translate(line, 0, -200_000))


@right(
    "I06",
    truth=(
        (10, "undetermined", "", "亭枫公路"),
        (30, "undetermined", "", "朱吕公路"),
        (70, "undetermined", "", "兴豪路"),
    ),
)
def nothing_within_the_band(folder: Path) -> Call:
    return _redrawn(folder, lambda line: shapely.affinity.translate(line, 0, -LENGTH_M))
