"""``report.json``: everything one run found, as the plain values of `roadalign.model.records`."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from roadalign.errors import InputError
from roadalign.model.columns import list_columns, pandas_types
from roadalign.model.records import REPORT_TABLES
from roadalign.model.result import Result
from roadalign.model.tables import records
from roadalign.outputs.report_reading import read_json, require_report

REPORT_NAME = "report.json"
DEGREE_DIGITS = 7
"""Decimals of longitude and latitude: 1e-7 degrees is about a centimetre."""

LENGTH_DIGITS = 3
"""Decimals of metres and degrees of angle: finer than any plan is drawn."""

OTHER_DIGITS = 6
MEASURED = ("_m", "_deg")
MEASURED_UNITS = {"m", "deg"}


def as_record(result: Result) -> dict[str, Any]:
    """Return a result as plain values.

    Parameters
    ----------
    result
        What a run found.

    Returns
    -------
    dict
        ``run``, ``names``, ``boundary``, ``summary``, the tables and ``history``; rows are
        dictionaries in the order of the columns, unknown is ``None``, columns of several are
        lists, geometries GeoJSON in WGS84.
    """
    boundary = result.boundary
    line = _geojson(_degrees(boundary.line, boundary.crs))
    return {
        "run": _copied(result.run),
        "names": list(result.names),
        "boundary": {
            "name": boundary.name,
            "crs": boundary.crs.to_string(),
            "length_m": round(float(boundary.line.length), LENGTH_DIGITS),
            "strip_width_max_m": _plain(boundary.strip_width_max_m),
            "strip_width_median_m": _plain(boundary.strip_width_median_m),
            "geometry": line,
        },
        "summary": _copied(result.summary),
        **{
            name: rows_of(getattr(result, name), pandas_types(table))
            for name, table in REPORT_TABLES.items()
        },
        "history": _copied(result.history),
    }


def to_json(result: Result) -> str:
    """Return the text of ``report.json``."""
    return json.dumps(as_record(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def rows_of(table: gpd.GeoDataFrame, columns: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of one table as plain dictionaries with a GeoJSON geometry in WGS84."""
    places = table.geometry.to_crs(4326) if len(table) else table.geometry
    rows = records(pd.DataFrame(table[list(columns)]))
    lists = list_columns("docking_point") | list_columns("approach")
    return [
        {name: _cell(name, value, row, lists) for name, value in row.items()}
        | {"geometry": _geojson(place) if place is not None else None}
        for row, place in zip(rows, places, strict=True)
    ]


def report_file(path: Path) -> Path:
    """Return the ``report.json`` that is meant by it or by its output folder."""
    return path / REPORT_NAME if os.path.isdir(path) else path  # noqa: PTH112  (never raises)


def read_record(path: Path) -> dict[str, Any]:
    """Read a ``report.json``, or the one of an output folder.

    Parameters
    ----------
    path
        The file or folder.

    Raises
    ------
    InputError
        If there is none or it is not one of this program.
    """
    file = report_file(path)
    record: Any = read_json(file)
    if not isinstance(record, dict) or not is_own(record):
        raise InputError("not_a_report", where=file, problem="run.program")
    return record


def read_report(path: Path) -> dict[str, Any]:
    """Read a ``report.json`` whose docking points and approaches are to be compared.

    Parameters
    ----------
    path
        The file, or an output folder.

    Raises
    ------
    InputError
        If there is none, or it is not whole.
    """
    return require_report(read_record(path), where=path)


def record_of(source: str | Path | Result) -> dict[str, Any]:
    """Return an earlier run as plain values: from its file, its folder, or its result."""
    return as_record(source) if isinstance(source, Result) else read_report(Path(source))


def is_own(record: dict[str, Any]) -> bool:
    """Return whether a record was written by this program."""
    run = record.get("run")
    return isinstance(run, dict) and run.get("program") == "roadalign"


def _cell(name: str, value: Any, row: dict[str, Any], lists: frozenset[str]) -> Any:
    if isinstance(value, list):
        return value
    if name in lists:
        return None if pd.isna(value) else str(value).split(",")
    return _plain(value, digits=_digits(name, row))


def _digits(name: str, row: dict[str, Any]) -> int:
    """Return the decimals of a column; a finding says in its row what its numbers count."""
    if name in {"lon", "lat"}:
        return DEGREE_DIGITS
    unit = row.get("unit")
    by_unit = name in {"value", "limit"} and not pd.isna(unit) and unit in MEASURED_UNITS
    return LENGTH_DIGITS if by_unit or name.endswith(MEASURED) else OTHER_DIGITS


def _plain(value: Any, *, digits: int = LENGTH_DIGITS) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, float):
        # JSON knows no infinity; a number that is none is unknown. + 0.0: no negative zero
        return round(float(value), digits) + 0.0 if math.isfinite(value) else None
    return value.item() if hasattr(value, "item") else value


def _copied(values: Any) -> Any:
    """Return a copy as JSON would give it back: tuples are lists."""
    return json.loads(json.dumps(values, allow_nan=False))


def _degrees(geometry: Any, crs: Any) -> Any:
    return gpd.GeoSeries([geometry], crs=crs).to_crs(4326).iloc[0]


def _geojson(geometry: Any) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads(shapely.to_geojson(geometry))
    return {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_rounded(one) for one in coordinates]
    return round(coordinates, DEGREE_DIGITS) + 0.0
