"""Files that are missing, empty, cut short, of another kind, or in pieces."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyogrio
from shapely import Point

from benchmarks.robustness.pair import (
    CODE,
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

_HALF = 0.5


def _shapefile(folder: Path) -> Path:
    return Path(save(side("a"), folder / "a.shp", encoding="UTF-8"))


def _without(folder: Path, suffix: str) -> Call:
    path = _shapefile(folder)
    path.with_suffix(suffix).unlink()
    return good(folder, a=str(path))


def _cut(path: Path, share: float = _HALF) -> str:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return str(path)


@refused("no_crs_projected", named="a.shp")
def shapefile_without_prj(folder: Path) -> Call:
    return _without(folder, ".prj")


@refused("shapefile_part_missing", named="a.shp")
def shapefile_without_shx(folder: Path) -> Call:
    return _without(folder, ".shx")


@right(
    "I05",
    truth=(
        (10, "aligned", "", "亭枫公路"),
        (30, "mismatched", "", "朱吕公路"),
        (50, "missing", "", ""),
        (70, "aligned", "", "兴豪路"),
    ),
)
def shapefile_without_dbf(folder: Path) -> Call:
    return _without(folder, ".dbf")


@refused("format_unknown", named="a.dbf")
def shapefile_without_shp(folder: Path) -> Call:
    path = _shapefile(folder)
    path.unlink()
    return good(folder, a=str(path.with_suffix(".dbf")))


@refused("no_such_file", named="a.shp")
def shapefile_gone(folder: Path) -> Call:
    path = _shapefile(folder)
    path.unlink()
    return good(folder, a=str(path))


@refused("not_readable", "file_cut_short", named="a.shp")
def shapefile_cut_in_its_heading(folder: Path) -> Call:
    return good(folder, a=_cut(_shapefile(folder), 0.1))


@refused("file_cut_short", named="a.shp")
def shapefile_cut_in_half(folder: Path) -> Call:
    return good(folder, a=_cut(_shapefile(folder)))


@refused("file_cut_short", named="a.shp")
def attribute_file_cut_in_half(folder: Path) -> Call:
    path = _shapefile(folder)
    _cut(path.with_suffix(".dbf"), 0.7)
    return good(folder, a=str(path))


@refused("file_cut_short", named="a.dbf")
def attribute_file_empty(folder: Path) -> Call:
    path = _shapefile(folder)
    path.with_suffix(".dbf").write_bytes(b"")
    return good(folder, a=str(path))


@refused("file_empty", named="a.shp")
def shapefile_of_no_bytes(folder: Path) -> Call:
    path = _shapefile(folder)
    path.write_bytes(b"")
    return good(folder, a=str(path))


@refused("file_empty", named="a.gpkg")
def geopackage_of_no_bytes(folder: Path) -> Call:
    path = folder / "a.gpkg"
    path.write_bytes(b"")
    return good(folder, a=str(path))


@refused("file_empty", named="a.geojson")
def geojson_of_no_bytes(folder: Path) -> Call:
    path = folder / "a.geojson"
    path.write_bytes(b"")
    return good(folder, a=str(path))


@refused("plan_empty", named="a.gpkg")
def no_features(folder: Path) -> Call:
    return good(folder, a=save(side("a").iloc[:0], folder / "a.gpkg", geometry_type="LineString"))


@refused("not_readable", named="a.gpkg")
def geopackage_cut_in_half(folder: Path) -> Call:
    return good(folder, a=_cut(Path(save(side("a"), folder / "a.gpkg"))))


@refused("not_readable", named="a.geojson")
def geojson_cut_in_half(folder: Path) -> Call:
    return good(folder, a=_cut(Path(save(side("a"), folder / "a.geojson"))))


@refused("file_damaged", named="a.fgb")
def flatgeobuf_with_an_index_that_leads_outside(folder: Path) -> Call:
    path = Path(save(side("a"), folder / "a.fgb"))
    content = bytearray(path.read_bytes())
    # After magic bytes and heading: the root, then a node for each of the four features.
    index = 12 + int.from_bytes(content[8:12], "little")
    content[index + 40 + 32 : index + 40 + 40] = (1 << 40).to_bytes(8, "little")
    path.write_bytes(bytes(content))
    return good(folder, a=str(path))


@refused("format_unlike_name", named="a.fgb")
def geojson_called_fgb(folder: Path) -> Call:
    path = Path(save(side("a"), folder / "a.geojson"))
    return good(folder, a=str(path.rename(folder / "a.fgb")))


@right()
def flatgeobuf_without_an_index(folder: Path) -> Call:
    return good(folder, a=save(side("a"), folder / "a.fgb", SPATIAL_INDEX="NO"))


@right()
def flatgeobuf_of_one_road(folder: Path) -> Call:
    one = save(side("a").iloc[:1], folder / "one.fgb")
    return good(folder, a=f"{one}+{save(side('a').iloc[1:], folder / 'more.fgb')}")


@refused("file_damaged", named="a.fgb")
def flatgeobuf_cut_in_half(folder: Path) -> Call:
    return good(folder, a=_cut(Path(save(side("a"), folder / "a.fgb"))))


@refused("not_readable", named="a.parquet")
def parquet_cut_in_half(folder: Path) -> Call:
    return good(folder, a=_cut(Path(save(side("a"), folder / "a.parquet"))))


@refused("format_unlike_name", named="a.shp")
def geojson_called_shp(folder: Path) -> Call:
    path = Path(save(side("a"), folder / "a.geojson"))
    return good(folder, a=str(path.rename(folder / "a.shp")))


@refused("format_unlike_name", named="x.geojson")
def geopackage_called_geojson(folder: Path) -> Call:
    path = Path(save(side("a"), folder / "x.gpkg", layer="x"))
    return good(folder, a=str(path.rename(folder / "x.geojson")))


@refused("format_unlike_name", named="a.gpkg")
def text_called_gpkg(folder: Path) -> Call:
    path = folder / "a.gpkg"
    path.write_text("道路名称,车道数\n亭枫公路,4\n", encoding="utf-8")
    return good(folder, a=str(path))


@refused("not_readable", named="a.parquet")
def parquet_without_geometry(folder: Path) -> Call:
    path = folder / "a.parquet"
    side("a").drop(columns="geometry").to_parquet(path)
    return good(folder, a=str(path))


@refused("no_vector_files", named="plans")
def folder_without_layers(folder: Path) -> Call:
    (folder / "plans").mkdir()
    (folder / "plans" / "readme.txt").write_text("nothing", encoding="utf-8")
    return good(folder, a=str(folder / "plans"))


@right()
def folder_of_layers(folder: Path) -> Call:
    (folder / "plans").mkdir()
    save(side("a").iloc[:2], folder / "plans" / "one.gpkg")
    save(side("a").iloc[2:], folder / "plans" / "two.shp", encoding="UTF-8")
    return good(folder, a=str(folder / "plans"))


@right()
def layers_joined_of_three_formats(folder: Path) -> Call:
    table = side("a")
    pieces = [
        save(table.iloc[:1], folder / "one.gpkg"),
        save(table.iloc[1:2], folder / "two.geojson"),
        save(table.iloc[2:], folder / "three.parquet"),
    ]
    return good(folder, a="+".join(pieces))


@right()
def empty_layer_among_full_ones(folder: Path) -> Call:
    path = folder / "a.gpkg"
    save(side("a").iloc[:0], path, layer="empty", geometry_type="LineString")
    pyogrio.write_dataframe(side("a"), path, layer="roads", append=True)
    return good(folder, a=str(path))


@right()
def points_layer_among_roads(folder: Path) -> Call:
    path = folder / "a.gpkg"
    places = side("a").set_geometry([Point(X + i, Y) for i in range(4)])
    save(places, path, layer="signs")
    pyogrio.write_dataframe(side("a"), path, layer="roads", append=True)
    return good(folder, a=str(path))


@refused("no_such_layer", named="a.gpkg:lanes")
def layer_that_is_not_there(folder: Path) -> Call:
    return good(folder, a=save(side("a"), folder / "a.gpkg", layer="roads") + ":lanes")


@right()
def names_with_blanks_and_signs(folder: Path) -> Call:
    inner = folder / "规划 图层 #1 (最终版)%20&'"
    inner.mkdir()
    return good(folder, a=save(side("a"), inner / "甲 方+乙 方?.geojson"))


@right()
def linked_file(folder: Path) -> Call:
    real = Path(save(side("a"), folder / "real.gpkg"))
    (folder / "a.gpkg").symlink_to(real)
    return good(folder, a=str(folder / "a.gpkg"))


@refused("no_such_file", named="a.gpkg")
def link_to_itself(folder: Path) -> Call:
    (folder / "a.gpkg").symlink_to(folder / "a.gpkg")
    return good(folder, a=str(folder / "a.gpkg"))


@refused("no_such_file", named="a.gpkg")
def link_to_nothing(folder: Path) -> Call:
    (folder / "a.gpkg").symlink_to(folder / "gone.gpkg")
    return good(folder, a=str(folder / "a.gpkg"))


@refused("no_vector_files", "not_readable", named="loop.gdb")
def folder_with_a_link_to_itself(folder: Path) -> Call:
    inner = folder / "plans"
    inner.mkdir()
    save(side("a"), inner / "a.gpkg")
    (inner / "loop.gdb").symlink_to(inner)
    return good(folder, a=str(inner))


@refused("not_a_file", named="broken.shp")
def folder_with_a_broken_link(folder: Path) -> Call:
    inner = folder / "plans"
    inner.mkdir()
    save(side("a"), inner / "a.gpkg")
    (inner / "broken.shp").symlink_to(inner / "broken.shp")
    return good(folder, a=str(inner))


@refused("no_vector_files", named="a.gpkg")
def folder_called_like_a_file(folder: Path) -> Call:
    (folder / "a.gpkg").mkdir()
    return good(folder, a=str(folder / "a.gpkg"))


@refused("not_a_file", named="a.geojson")
def pipe(folder: Path) -> Call:
    os.mkfifo(folder / "a.geojson")
    return good(folder, a=str(folder / "a.geojson"))


@refused("not_a_file", named="/dev/null")
def device(folder: Path) -> Call:
    return good(folder, a="/dev/null")


@refused("same_plan", named="a.gpkg")
def the_same_file_twice(folder: Path) -> Call:
    call = good(folder)
    return Call(a=call.a, b=call.a, boundary=call.boundary)


@refused("same_plan", named="copy.gpkg")
def a_copy_for_the_other_side(folder: Path) -> Call:
    call = good(folder)
    copy = folder / "copy.gpkg"
    shutil.copyfile(call.a, copy)
    return Call(a=call.a, b=str(copy), boundary=call.boundary)


@refused("same_plan", named="other.shp")
def the_same_roads_in_another_format(folder: Path) -> Call:
    call = good(folder)
    return Call(a=call.a, b=save(side("a"), folder / "other.shp"), boundary=call.boundary)


@right()
def geojson_with_a_byte_order_mark(folder: Path) -> Call:
    path = Path(written(folder / "a.geojson", shapes(side("a")), rows=properties(side("a"))))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    return good(folder, a=str(path))


@right()
def file_of_another_system_of_names(folder: Path) -> Call:
    path = _shapefile(folder)
    for member in folder.glob("a.*"):
        member.rename(folder / member.name.upper())
    return good(folder, a=str(path.parent / "A.SHP"))


@refused("plan_empty", "not_readable", named="a.geojson")
def geojson_of_an_empty_object(folder: Path) -> Call:
    path = folder / "a.geojson"
    path.write_text("{}", encoding="utf-8")
    return good(folder, a=str(path))


@refused("plan_empty", named="a.geojson")
def geojson_without_features(folder: Path) -> Call:
    return good(folder, a=written(folder / "a.geojson", []))


@right()
def many_layers(folder: Path) -> Call:
    path = folder / "a.gpkg"
    for i in range(4):
        pyogrio.write_dataframe(
            side("a").iloc[i : i + 1].set_crs(CODE), path, layer=f"路{i}", append=i > 0
        )
    return good(folder, a=str(path))
