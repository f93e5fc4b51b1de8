"""Docking points for other programs: GeoPackage, GeoJSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors

from roadalign.model.records import alternatives_text
from roadalign.model.tables import DOCKING_COLUMNS
from roadalign.outputs.qgis_style import layer_style
from roadalign.outputs.report_json import rows_of
from roadalign.outputs.run_ids import RUN_COLUMN
from roadalign.safety.csv_cells import CONTROL, cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from roadalign.model.result import Result

LAYERS = {
    "docking_points": "Point",
    "links": "LineString",
    "proposals": "LineString",
    "detours": "LineString",
    "constraints_crossed": "Polygon",
    "approaches": "Point",
    "boundary": "LineString",
    "findings": "Point",
}
LINE_LAYERS = ("links", "proposals", "detours")
"""The kinds of lines of the table of links, each a layer of its own."""

BOM = "\ufeff"
FAILURES = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    sqlite3.Error,
)
"""How GDAL and SQLite say that a file cannot be written, a full disk included."""

FIXED_CONFIG, UNHURRIED_CONFIG = "OGR_CURRENT_DATE", "OGR_SQLITE_SYNCHRONOUS"
READABLE_VERSION = "1.2"
"""Of the GeoPackage: an older GDAL (3.6, say) warns of 1.4, and nothing here needs it."""

STYLE_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME
)
"""


def write_geopackage(result: Result, path: Path) -> None:
    """Write the GeoPackage: all tables in the working CRS, styled for QGIS.

    Parameters
    ----------
    result
        What a run found.
    path
        File to make; an existing one is replaced. Two writes of one result are the same bytes:
        the times inside the file are that of the run.

    Raises
    ------
    OSError
        If it cannot be written; what is there then is not to be used.
    """
    layers = {layer: (_table_of(result, layer), kind) for layer, kind in LAYERS.items()}
    write_layers(layers, {"run": _run_table(result)}, path, time=result.run["time"], styled=layers)


def write_layers(
    layers: Mapping[str, tuple[gpd.GeoDataFrame, str]],
    tables: Mapping[str, pd.DataFrame],
    path: Path,
    *,
    time: str,
    styled: Iterable[str] = (),
) -> None:
    """Write layers and plain tables into one GeoPackage.

    Parameters
    ----------
    layers
        By name: a table with places, and their geometry type, e.g. ``"LineString"``.
    tables
        By name: a table without places.
    path
        File to make; an existing one is replaced.
    time
        When the file is said to have been written, UTC; the same tables then give the same bytes.
    styled
        The layers that QGIS shall show as `roadalign.outputs.qgis_style` says.

    Raises
    ------
    OSError
        If it cannot be written; what is there then is not to be used.
    """
    path.unlink(missing_ok=True)
    time = time.replace("Z", ".000Z")
    # the file is made beside its place and settled as a whole, so SQLite need not wait for the disk
    options = {FIXED_CONFIG: time, UNHURRIED_CONFIG: "OFF"}
    with _failing_as_os_error(), _configured(options):
        for layer, (table, kind) in layers.items():
            pyogrio.write_dataframe(
                _without_controls(table),
                path,
                layer=layer,
                driver="GPKG",
                geometry_type=_written_type(table, kind),
                layer_options={"FID": "row"},  # the tables have a column fid of their own
                dataset_options={"VERSION": READABLE_VERSION},
            )
        for name, table in tables.items():
            pyogrio.write_dataframe(table, path, layer=name, driver="GPKG")
        if styled:
            _add_styles(path, styled, time)


@contextmanager
def _failing_as_os_error() -> Iterator[None]:
    try:
        yield
    except FAILURES as problem:
        raise OSError(str(problem)) from problem


@contextmanager
def _configured(options: dict[str, str]) -> Iterator[None]:
    """Let GDAL work with some options, then with those it had."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def to_geojson(result: Result) -> str:
    """Return the docking points as GeoJSON (RFC 7946: WGS84, no CRS member).

    Foreign members: ``run`` is the id of the run; where a network was given, ``attribution``
    says whose it is.
    """
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": row["geometry"],
            "properties": {key: value for key, value in row.items() if key != "geometry"},
        }
        for row in rows_of(result.docking_points, DOCKING_COLUMNS)
    ]
    whose = _attribution(result)
    foreign = {"attribution": whose} if whose else {}
    told = {RUN_COLUMN: result.run.get("id"), **foreign}
    collection = {"type": "FeatureCollection", **told, "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_csv(result: Result) -> str:
    """Return the docking points as CSV for spreadsheets: byte-order mark, no live formulas.

    The last column ``run`` holds the id of the run; where a network was given, one before it,
    ``network_attribution``, says whose it is.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    whose = _attribution(result)
    more: dict[str, Any] = {"network_attribution": whose} if whose else {}
    more[RUN_COLUMN] = result.run.get("id")
    writer.writerow([*DOCKING_COLUMNS, *more])
    cells = [cell(value) for value in more.values()]
    for row in rows_of(result.docking_points, DOCKING_COLUMNS):
        row["alternatives"] = alternatives_text(row["alternatives"])
        writer.writerow([*(cell(row[name]) for name in DOCKING_COLUMNS), *cells])
    return BOM + text.getvalue()


def _attribution(result: Result) -> str | None:
    """Return whose data the existing roads are, ``None`` where none were given."""
    heard = result.run.get("network")
    return str(heard["attribution"]) if heard else None


def _without_controls(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    texts = [name for name in table.columns if str(table[name].dtype) in {"string", "str"}]
    cleaned = {name: table[name].str.replace(CONTROL, "", regex=True) for name in texts}
    return table.assign(**cleaned)


def _written_type(table: gpd.GeoDataFrame, kind: str) -> str:
    """Return the geometry type of a layer, also of an empty one."""
    return f"Multi{kind}" if table.geom_type.str.startswith("Multi").any() else kind


def _table_of(result: Result, layer: str) -> gpd.GeoDataFrame:
    if layer == "boundary":
        return _boundary_table(result)
    if layer in LINE_LAYERS:
        return result.links[result.links["kind"] == layer.removesuffix("s")]
    return _flat(getattr(result, layer))


def _flat(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a table with its lists of records as texts."""
    if "alternatives" not in table:
        return table
    texts = [
        alternatives_text(one) if isinstance(one, list) else None for one in table["alternatives"]
    ]
    return table.assign(alternatives=pd.array(texts, dtype="string"))


def _boundary_table(result: Result) -> gpd.GeoDataFrame:
    boundary = result.boundary
    row = {
        "name": boundary.name,
        "length_m": boundary.line.length,
        "strip_width_max_m": boundary.strip_width_max_m,
        "strip_width_median_m": boundary.strip_width_median_m,
    }
    table = pd.DataFrame([row]).astype(
        {"strip_width_max_m": "Float64", "strip_width_median_m": "Float64"}
    )
    return gpd.GeoDataFrame(table, geometry=[boundary.line], crs=boundary.crs)


def _run_table(result: Result) -> pd.DataFrame:
    """Return the run as keys and values; what is no text is JSON."""
    values = {**result.run, "summary": result.summary}
    rows = [
        {
            "key": key,
            "value": value
            if isinstance(value, str)
            else json.dumps(value, ensure_ascii=False, allow_nan=False),
        }
        for key, value in values.items()
    ]
    return pd.DataFrame(rows)


def _add_styles(path: Path, layers: Iterable[str], time: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute(STYLE_TABLE)
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
            (time,),
        )
        for layer in layers:
            file.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, useAsDefault, description, owner, "
                "update_time) VALUES ('', '', ?, 'geom', ?, ?, 1, '', '', ?)",
                (layer, layer, layer_style(layer), time),
            )
