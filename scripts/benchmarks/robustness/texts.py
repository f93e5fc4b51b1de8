"""Encodings, names of fields, and values of attributes."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.robustness.pair import (
    LANES,
    NAME,
    REDLINE,
    TRUTH,
    YEAR,
    Call,
    good,
    properties,
    save,
    shapes,
    side,
    written,
)
from benchmarks.robustness.registry import right

if TYPE_CHECKING:
    from collections.abc import Sequence

_LDID = 29  # place of the byte that names the code page in a .dbf
_UNEVEN = (*TRUTH[:3], (70, "aligned", "兴豪路", "兴豪路"))


def _shapefile(folder: Path, encoding: str, *, cpg: str | None, ldid: int = 0) -> Call:
    path = Path(save(side("a"), folder / "a.shp", encoding=encoding))
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg, encoding="ascii")
    dbf = path.with_suffix(".dbf")
    content = bytearray(dbf.read_bytes())
    content[_LDID] = ldid
    dbf.write_bytes(bytes(content))
    return good(folder, a=str(path))


def _by_ogr(folder: Path, encoding: str) -> Path:
    source = save(side("a"), folder / "source.gpkg")
    target = folder / "a.shp"
    subprocess.run(  # noqa: S603
        ["ogr2ogr", "-lco", f"ENCODING={encoding}", str(target), source],  # noqa: S607
        check=True,
        capture_output=True,
    )
    return target


def _column(folder: Path, column: str, values: Sequence[object]) -> Call:
    table = side("a")
    table[column] = list(values)
    return good(folder, a=save(table, folder / "a.gpkg"))


@right("I03")
def gbk_without_cpg(folder: Path) -> Call:
    return _shapefile(folder, "GBK", cpg=None)


@right("I03")
def gbk_labelled_as_latin(folder: Path) -> Call:
    return _shapefile(folder, "GBK", cpg=None, ldid=0x57)


@right()
def gbk_labelled_as_utf_8(folder: Path) -> Call:
    return _shapefile(folder, "GBK", cpg="UTF-8", ldid=0x4D)


@right("I03")
def utf_8_labelled_as_gbk(folder: Path) -> Call:
    return _shapefile(folder, "UTF-8", cpg=None, ldid=0x4D)


@right("I03")
def utf_8_names_cut_in_a_character(folder: Path) -> Call:
    return _shapefile(folder, "UTF-8", cpg=None)


@right()
def cpg_that_names_nothing(folder: Path) -> Call:
    return _shapefile(folder, "GBK", cpg="??")


@right()
def cpg_of_esri(folder: Path) -> Call:
    return _shapefile(folder, "GBK", cpg="936")


@right(needs="ogr2ogr")
def gbk_by_ogr2ogr(folder: Path) -> Call:
    return good(folder, a=str(_by_ogr(folder, "GBK")))


@right(needs="ogr2ogr")
def utf_8_by_ogr2ogr(folder: Path) -> Call:
    return good(folder, a=str(_by_ogr(folder, "UTF-8")))


@right("I03", needs="ogr2ogr")
def utf_8_names_cut_by_ogr2ogr_without_cpg(folder: Path) -> Call:
    path = _by_ogr(folder, "UTF-8")
    path.with_suffix(".cpg").unlink()
    return good(folder, a=str(path))


@right("I03", needs="ogr2ogr")
def gbk_by_ogr2ogr_without_cpg(folder: Path) -> Call:
    path = _by_ogr(folder, "GBK")
    path.with_suffix(".cpg").unlink()
    dbf = path.with_suffix(".dbf")
    content = bytearray(dbf.read_bytes())
    content[_LDID] = 0
    dbf.write_bytes(bytes(content))
    return good(folder, a=str(path))


@right("I03", truth=((10, "aligned", "𬭎㙟公路", "亭枫公路"), *TRUTH[1:]))
def rare_characters_of_gb18030(folder: Path) -> Call:
    table = side("a")
    table.loc[0, NAME] = "𬭎㙟公路"
    # GDAL writes no GB18030 of four bytes everywhere: the bytes are put in by hand.
    table.loc[0, NAME] = "@@@@@@@@@@@@"
    path = Path(save(table, folder / "a.shp", encoding="GBK"))
    path.with_suffix(".cpg").unlink()
    dbf = path.with_suffix(".dbf")
    content = bytearray(dbf.read_bytes())
    content[_LDID] = 0
    text = "𬭎㙟公路".encode("gb18030")
    dbf.write_bytes(bytes(content).replace(b"@" * 12, text.ljust(12)))
    return good(folder, a=str(path))


@right(truth=((10, "aligned", "ͤ·ã¹«Â·", "亭枫公路"), *TRUTH[1:]))
def mojibake_in_the_values(folder: Path) -> Call:
    table = side("a")
    table.loc[0, NAME] = "ͤ·ã¹«Â·"
    return good(folder, a=save(table, folder / "a.gpkg"))


@right()
def bytes_that_are_no_text_in_a_geopackage(folder: Path) -> Call:
    table = side("a")
    table["remark"] = "@@@@@@"
    path = Path(save(table, folder / "a.gpkg"))
    path.write_bytes(path.read_bytes().replace(b"@" * 6, b"\xff\xfe\x80\xd0\xb0\xff"))
    return good(folder, a=str(path))


@right(truth=((10, "aligned", "路��", "亭枫公路"), *TRUTH[1:]))
def bytes_that_are_no_text_as_a_name(folder: Path) -> Call:
    table = side("a")
    table.loc[0, NAME] = "路@@"
    path = Path(save(table, folder / "a.gpkg"))
    path.write_bytes(path.read_bytes().replace("路@@".encode(), "路".encode() + b"\xff\xfe"))
    return good(folder, a=str(path))


@right()
def three_thousand_fields(folder: Path) -> Call:
    more = {f"field_{i}": i for i in range(3000)}
    rows = [row | more for row in properties(side("a"))]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right()
def names_of_255_characters(folder: Path) -> Call:
    rows = [row | {"长" * 255: 1, "x" * 255: 2} for row in properties(side("a"))]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right()
def names_that_are_empty_or_signs(folder: Path) -> Call:
    odd = {"": 1, " ": 2, "'; DROP TABLE roads;--": 3, "\x07\n": 4, "%s{0}": 5, '"': 6}
    rows = [row | odd for row in properties(side("a"))]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right()
def names_that_differ_by_case(folder: Path) -> Call:
    rows = [row | {"Remark": "a", "REMARK": "b", "remark": "c"} for row in properties(side("a"))]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right()
def names_given_twice(folder: Path) -> Call:
    path = Path(written(folder / "a.geojson", shapes(side("a")), rows=properties(side("a"))))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{NAME}":', f'"{NAME}": "x", "{NAME}":'), encoding="utf-8")
    return good(folder, a=str(path))


@right()
def names_twice_in_a_shapefile(folder: Path) -> Call:
    table = side("a").rename(columns={REDLINE: "HXKD", YEAR: "HXKX"})
    path = Path(save(table, folder / "a.shp", encoding="GBK"))
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"HXKX", b"HXKD"))
    return good(folder, a=str(path))


@right()
def fields_called_like_our_columns(folder: Path) -> Call:
    more = {"geometry": "x", "fid": "y", "side": "z", "layer": "w", "point": 1, "index": 2}
    rows = [row | more for row in properties(side("a"))]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))


@right()
def numbers_where_texts_are_usual(folder: Path) -> Call:
    return _column(folder, LANES, [4, 4, 2, 6])


@right()
def decimals_where_whole_numbers_are_usual(folder: Path) -> Call:
    return _column(folder, LANES, [4.0, 4.0, 2.0, 6.0])


@right()
def full_width_digits(folder: Path) -> Call:
    return _column(folder, LANES, ["４", "４", "２", "６"])


@right()
def words_for_numbers(folder: Path) -> Call:
    return _column(folder, LANES, ["双向四车道", "四车道", "2 lanes", "双向六车道"])


@right()
def widths_with_units(folder: Path) -> Call:
    return _column(folder, REDLINE, ["40米", "4000cm", "24.0m", "147.64 ft"])


@right()
def widths_by_estimate(folder: Path) -> Call:
    return _column(folder, REDLINE, ["约40", "约40米", "24左右", "≈45"])


@right("I05")
def widths_by_range(folder: Path) -> Call:
    return _column(folder, REDLINE, ["40~45", "40-45米", "20～24", "45±5"])


@right("I05", truth=_UNEVEN)
def lanes_that_say_nothing_clear(folder: Path) -> Call:
    return _column(folder, LANES, ["若干", "?", "N/A?", "多"])


@right()
def dates_for_years(folder: Path) -> Call:
    return _column(folder, YEAR, ["2027-12-31", "2027/6/30", "2027年底", "2027.06"])


@right("I05")
def years_that_cannot_be(folder: Path) -> Call:
    return _column(folder, YEAR, ["0207", "99999", "-1", "31.12.2027x"])


@right("I05")
def numbers_without_end(folder: Path) -> Call:
    return _column(folder, REDLINE, [float("inf"), 1e308, -5.0, float("nan")])


@right(truth=_UNEVEN)
def attributes_all_missing(folder: Path) -> Call:
    return _column(folder, LANES, [None, None, None, None])


@right()
def lists_and_objects_as_values(folder: Path) -> Call:
    rows = [row | {"tags": ["a", {"b": 1}], "more": {"c": [1]}} for row in properties(side("a"))]
    return good(folder, a=written(folder / "a.geojson", shapes(side("a")), rows=rows))
