"""A made line, or a list of pairs, as one file: complete or not at all, nothing overwritten."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from typing import TYPE_CHECKING

import pyogrio
import pyogrio.errors
import shapely

from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84, transformed
from roadalign.safety.csv_cells import cell
from roadalign.safety.folder_writes import write_one

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from roadalign.boundary.made_line import Border
    from roadalign.boundary.neighbours import Pair

LINE_ENDINGS = (".geojson", ".json", ".gpkg")
TABLE_ENDINGS = (".csv",)
LAYER = "boundary"
_DEGREES_DIGITS = 8  # a millimetre
_READABLE_VERSION = "1.2"  # of the GeoPackage: an older GDAL warns of 1.4
_FAILURES = (
    OSError,
    sqlite3.Error,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
)


def check_target(path: Path, *, endings: Sequence[str], force: bool) -> None:
    """Refuse an output that cannot be written or that exists.

    Meant for before the long work.

    Parameters
    ----------
    path
        The file to write.
    endings
        What its name may end in.
    force
        Overwrite a file that exists.

    Raises
    ------
    InputError
        If the ending is none of these, the folder does not exist, or the file does.
    """
    if path.suffix.lower() not in endings:
        known = ", ".join(endings)
        raise InputError("border_ending", where=path, suffix=path.suffix or path.name, known=known)
    if not path.absolute().parent.is_dir():
        raise InputError("no_such_file", where=path.parent)
    if path.is_dir():
        raise InputError("cannot_write", where=path, problem=os.strerror(21))
    if os.path.lexists(path) and not force:
        raise InputError("file_exists", where=path)


def write_border(border: Border, path: Path, *, lang: str, force: bool = False) -> None:
    """Write a line with its name, length, strip, source, licence and notes.

    Parameters
    ----------
    border
        The line.
    path
        ``.geojson`` (WGS84, RFC 7946) or ``.gpkg`` (layer ``boundary``, working system).
    lang
        Language of the sentences in it.
    force
        Overwrite a file that exists.

    Raises
    ------
    InputError
        As `check_target`, or if the disk does not take it; then nothing has changed.
    """
    check_target(path, endings=LINE_ENDINGS, force=force)
    if path.suffix.lower() == ".gpkg":
        _put(path, lambda made: _to_geopackage(border, made, lang=lang))
    else:
        content = _as_geojson(border, lang=lang)
        _put(path, lambda made: made.write_text(content, encoding="utf-8"))


def write_pairs(pairs: Sequence[Pair], path: Path, *, force: bool = False) -> None:
    """Write pairs as CSV for spreadsheets: byte-order mark, no live formulas.

    Parameters
    ----------
    pairs
        What to write.
    path
        ``.csv``.
    force
        Overwrite a file that exists.

    Raises
    ------
    InputError
        As `write_border`.
    """
    check_target(path, endings=TABLE_ENDINGS, force=force)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("a", "b", "shared_km", "parts", "strip_width_max_m"))
    for pair in pairs:
        numbers = (pair.shared_km, pair.parts, pair.strip_width_max_m)
        writer.writerow((cell(pair.a), cell(pair.b), *numbers))
    _put(path, lambda made: made.write_bytes(text.getvalue().encode("utf-8-sig")))


def _put(path: Path, make: Callable[[Path], object]) -> None:
    """Make a file beside its place, then rename it."""
    write_one(make, path, others=_FAILURES)


def _as_geojson(border: Border, *, lang: str) -> str:
    frame = border.to_frame(lang)
    properties = frame.drop(columns="geometry").astype(object).iloc[0]
    line = transformed(border.boundary.line, border.boundary.crs, WGS84)
    line = shapely.transform(line, lambda lonlat: lonlat.round(_DEGREES_DIGITS))
    feature = {
        "type": "Feature",
        "properties": {
            str(key): None if value != value else value  # noqa: PLR0124  (NaN)
            for key, value in properties.items()
        },
        "geometry": shapely.geometry.mapping(line),
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    return json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _to_geopackage(border: Border, path: Path, *, lang: str) -> None:
    frame = border.to_frame(lang)
    pyogrio.write_dataframe(
        frame.astype({"strip_width_max_m": float, "strip_width_median_m": float}),
        path,
        layer=LAYER,
        driver="GPKG",
        geometry_type=str(frame.geometry.geom_type.iloc[0]),
        dataset_options={"VERSION": _READABLE_VERSION},
    )
