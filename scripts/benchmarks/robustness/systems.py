"""Coordinate systems that are missing, false, or unusual."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from benchmarks.robustness.pair import (
    CODE,
    Call,
    good,
    properties,
    save,
    shapes,
    side,
    written,
)
from benchmarks.robustness.registry import refused, right

if TYPE_CHECKING:
    from collections.abc import Callable

_ZONE_40, _CGCS2000 = 4528, 4490
_GRS = "urn:ogc:def:crs:"


def _in(folder: Path, code: int, name: str = "a.gpkg") -> Call:
    return good(folder, a=save(side("a").to_crs(code), folder / name))


def _labelled(folder: Path, code: int | None, label: int, name: str = "a.gpkg") -> Call:
    table = side("a") if code is None else side("a").to_crs(code)
    return good(folder, a=save(table.set_crs(label, allow_override=True), folder / name))


def _moved(folder: Path, move: Callable[[Any], Any]) -> Call:
    table = side("a")
    shapes = [shapely.transform(shape, move) for shape in table.geometry]
    return good(folder, a=save(table.set_geometry(shapes, crs=CODE), folder / "a.gpkg"))


@right()
def degrees(folder: Path) -> Call:
    return _in(folder, 4326)


@right()
def degrees_of_cgcs2000_in_a_shapefile(folder: Path) -> Call:
    return _in(folder, _CGCS2000, "a.shp")


@right()
def zone_prefix(folder: Path) -> Call:
    return _in(folder, _ZONE_40)


@right()
def web_mercator(folder: Path) -> Call:
    return _in(folder, 3857)


@right()
def every_side_another(folder: Path) -> Call:
    return good(
        folder,
        a=save(side("a").to_crs(_ZONE_40), folder / "a.gpkg"),
        b=save(side("b").to_crs(_CGCS2000), folder / "b.shp", encoding="GBK"),
    )


@right()
def layers_of_one_side_differ(folder: Path) -> Call:
    one = save(side("a").iloc[:2].to_crs(4326), folder / "one.gpkg")
    two = save(side("a").iloc[2:], folder / "two.gpkg")
    return good(folder, a=f"{one}+{two}")


@refused("crs_does_not_fit", named="a.gpkg")
def metres_labelled_as_degrees(folder: Path) -> Call:
    return _labelled(folder, None, 4326)


@refused("plan_far", "crs_does_not_fit", named="a.gpkg")
def degrees_labelled_as_metres(folder: Path) -> Call:
    return _labelled(folder, 4326, CODE)


@refused("plan_far", named="a.gpkg")
def wrong_central_meridian(folder: Path) -> Call:
    return _labelled(folder, None, CODE + 1)


@refused("plan_far", "crs_does_not_fit", named="a.gpkg")
def zone_prefix_left_on(folder: Path) -> Call:
    return _labelled(folder, _ZONE_40, CODE)


@refused("plan_far", "crs_does_not_fit", named="a.gpkg")
def axes_exchanged(folder: Path) -> Call:
    return _moved(folder, lambda xy: xy[:, ::-1])


@refused("crs_swapped", named="a.gpkg")
def latitude_first(folder: Path) -> Call:
    table = side("a").to_crs(4326)
    turned = [shapely.transform(shape, lambda xy: xy[:, ::-1]) for shape in table.geometry]
    return good(folder, a=save(table.set_geometry(turned, crs=4326), folder / "a.gpkg"))


@refused("plan_far", named="a.gpkg")
def another_country(folder: Path) -> Call:
    table = side("a").to_crs(4326)
    return good(folder, a=save(table.set_geometry(table.translate(-119, 17)), folder / "a.gpkg"))


@refused("plan_far", named="a.gpkg")
def over_the_date_line(folder: Path) -> Call:
    table = side("a").to_crs(4326)
    return good(folder, a=save(table.set_geometry(table.translate(58.97, -48)), folder / "a.gpkg"))


@right()
def longitudes_counted_the_other_way(folder: Path) -> Call:
    table = side("a").to_crs(4326)
    return good(folder, a=save(table.set_geometry(table.translate(-360, 0)), folder / "a.gpkg"))


@right()
def geojson_with_its_own_system(folder: Path) -> Call:
    return good(
        folder,
        a=written(folder / "a.geojson", shapes(side("a")), rows=properties(side("a"))),
    )


@refused("crs_does_not_fit", named="a.geojson")
def geojson_in_metres_without_a_word(folder: Path) -> Call:
    # RFC 7946: without the member it is longitude and latitude.
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), crs=None))


@refused("not_readable", "crs_does_not_fit", "no_crs_projected", named="a.geojson")
def geojson_with_a_system_that_is_none(folder: Path) -> Call:
    name = f"{_GRS}EPSG::999999"
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), crs=name))


@refused("no_crs_projected", "not_readable", named="a.shp")
def prj_of_no_bytes(folder: Path) -> Call:
    return _prj(folder, "")


@refused("no_crs_projected", "not_readable", named="a.shp")
def prj_that_is_no_system(folder: Path) -> Call:
    return _prj(folder, "CGCS2000 三度带 120")


@refused("no_crs_projected", "not_readable", named="a.shp")
def prj_cut_in_half(folder: Path) -> Call:
    path = Path(save(side("a"), folder / "a.shp", encoding="GBK"))
    text = path.with_suffix(".prj").read_text(encoding="ascii")
    return _prj(folder, text[: len(text) // 2])


@refused("bad_own_crs", named="a.shp")
def prj_of_a_local_system(folder: Path) -> Call:
    return _prj(folder, 'LOCAL_CS["arbitrary",UNIT["metre",1]]')


@refused("no_crs_projected", named="a.shp")
def prj_of_heights_only(folder: Path) -> Call:
    return _prj(folder, 'VERT_CS["height",VERT_DATUM["sea",2005],UNIT["metre",1]]')


@refused("bad_own_crs", named="a.shp")
def prj_of_a_projection_that_is_none(folder: Path) -> Call:
    path = Path(save(side("a"), folder / "a.shp", encoding="GBK"))
    text = path.with_suffix(".prj").read_text(encoding="ascii")
    text = text.replace("Gauss_Kruger", "Gauss_Kyuger").replace(
        "Transverse_Mercator", "Gauss_Kyuger"
    )
    return _prj(folder, text.replace("Latitude_Of", "Latitude_{}Of"))


@right("I01")
def no_system_but_one_in_the_settings(folder: Path) -> Call:
    call = _prj(folder, "")
    return Call(call.a, call.b, call.boundary, {"a": {"crs": "EPSG:4549"}})


@refused("bad_crs", named="a.shp")
def a_system_in_the_settings_that_is_none(folder: Path) -> Call:
    call = _prj(folder, "")
    return Call(call.a, call.b, call.boundary, {"a": {"crs": "EPSG:1"}})


def _prj(folder: Path, text: str) -> Call:
    path = Path(save(side("a"), folder / "a.shp", encoding="GBK"))
    path.with_suffix(".prj").write_text(text, encoding="utf-8")
    return good(folder, a=str(path))


@refused("no_crs_projected", named="memory.parquet")
def parquet_without_a_system(folder: Path) -> Call:
    table = gpd.GeoDataFrame(side("a").drop(columns="geometry"), geometry=list(side("a").geometry))
    return good(folder, a=save(table, folder / "memory.parquet"))
