"""``report.json``: everything one run found, as plain values a JSON Schema describes.

The schema is made from the tables' own columns, so that it cannot drift from them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from roadalign.errors import InputError
from roadalign.model.levels import Level, Verdict
from roadalign.model.result import SCHEMA_VERSION
from roadalign.model.tables import (
    APPROACH_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    LINK_COLUMNS,
    records,
)

if TYPE_CHECKING:
    from pathlib import Path

    from roadalign.model.result import Result

REPORT_NAME = "report.json"
DEGREE_DIGITS = 7
"""Decimals of longitude and latitude: 1e-7 degrees is about a centimetre."""

VALUE_DIGITS = 3
LISTS = {"fid", "a_fid", "b_fid"}
TABLES = {
    "docking_points": DOCKING_COLUMNS,
    "approaches": APPROACH_COLUMNS,
    "links": LINK_COLUMNS,
    "findings": FINDING_COLUMNS,
}
ENUMS = {"verdict": tuple(Verdict), "level": tuple(Level)}


def as_record(result: Result) -> dict[str, Any]:
    """Return a result as plain values.

    Parameters
    ----------
    result
        What a run found.

    Returns
    -------
    dict
        ``run``, ``names``, ``boundary``, ``summary`` and the tables; rows are dictionaries in the
        order of the columns, unknown is ``None``, ``fid`` columns are lists, geometries GeoJSON
        in WGS84.
    """
    boundary = result.boundary
    line = _geojson(_degrees(boundary.line, boundary.crs))
    return {
        "run": result.run,
        "names": list(result.names),
        "boundary": {
            "name": boundary.name,
            "crs": boundary.crs.to_string(),
            "length_m": round(float(boundary.line.length), VALUE_DIGITS),
            "strip_width_max_m": _plain(boundary.strip_width_max_m),
            "strip_width_median_m": _plain(boundary.strip_width_median_m),
            "geometry": line,
        },
        "summary": result.summary,
        **{name: rows_of(getattr(result, name), columns) for name, columns in TABLES.items()},
    }


def to_json(result: Result) -> str:
    """Return the text of ``report.json``."""
    return json.dumps(as_record(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def rows_of(table: gpd.GeoDataFrame, columns: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of one table as plain dictionaries with a GeoJSON geometry in WGS84."""
    places = table.geometry.to_crs(4326) if len(table) else table.geometry
    rows = records(pd.DataFrame(table[list(columns)]))
    return [
        {name: _cell(name, value) for name, value in row.items()}
        | {"geometry": _geojson(place) if place is not None else None}
        for row, place in zip(rows, places, strict=True)
    ]


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``report.json``."""
    tables = {
        name: {"type": "array", "items": _row_schema(columns)} for name, columns in TABLES.items()
    }
    number = {"type": ["number", "null"]}
    boundary = {
        "name": {"type": "string"},
        "crs": {"type": "string"},
        "length_m": {"type": "number", "minimum": 0},
        "strip_width_max_m": number,
        "strip_width_median_m": number,
        "geometry": {"$ref": "#/$defs/geometry"},
    }
    run: dict[str, Any] = {
        "program": {"const": "roadalign"},
        "version": {"type": "string"},
        "schema_version": {"const": SCHEMA_VERSION},
        "time": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
        "names": {"$ref": "#/$defs/names"},
        "crs": {"type": "string"},
        "inputs": {"type": "array", "items": {"type": "object"}},
        "settings": {"type": "object"},
        "limits": {"type": "object", "additionalProperties": {"type": "number"}},
    }
    top = {
        "run": _closed(run),
        "names": {"$ref": "#/$defs/names"},
        "boundary": _closed(boundary),
        "summary": _closed(_summary_schema()),
        **tables,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "roadalign report",
        **_closed(top),
        "$defs": {
            "names": {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 2,
                "maxItems": 2,
            },
            "geometry": {
                "type": "object",
                "required": ["type", "coordinates"],
                "properties": {"type": {"type": "string"}, "coordinates": {"type": "array"}},
                "additionalProperties": False,
            },
        },
    }


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
    file = path / REPORT_NAME if path.is_dir() else path
    try:
        record: Any = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("no_such_file", where=file) from None
    except (OSError, ValueError) as problem:
        raise InputError("not_a_report", where=file, problem=str(problem)) from None
    if not isinstance(record, dict) or not is_own(record):
        raise InputError("not_a_report", where=file, problem="run.program")
    return record


def is_own(record: dict[str, Any]) -> bool:
    """Return whether a record was written by this program."""
    run = record.get("run")
    return isinstance(run, dict) and run.get("program") == "roadalign"


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _summary_schema() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    rate = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    counts = {"type": "object", "additionalProperties": count}
    by_class = _closed({"approaches": count, "aligned": count, "rate": rate})
    side = _closed(
        {
            "name": {"type": "string"},
            **dict.fromkeys(("roads", "approaches", "aligned", "unanswered"), count),
            "boundary_roads": count,
        }
    )
    return {
        "docking_rate": rate,
        "approaches": count,
        "aligned_approaches": count,
        "docking_rate_by_class": {"type": "object", "additionalProperties": by_class},
        "verdicts": counts,
        "levels": counts,
        "rules": counts,
        "sides": _closed({"a": side, "b": side}),
    }


def _row_schema(columns: dict[str, str]) -> dict[str, Any]:
    properties = {name: _cell_schema(name, kind) for name, kind in columns.items()}
    place = {"anyOf": [{"$ref": "#/$defs/geometry"}, {"type": "null"}]}
    return _closed({**properties, "geometry": place})


def _cell_schema(name: str, kind: str) -> dict[str, Any]:
    if name in LISTS:
        return {"type": ["array", "null"], "items": {"type": "string"}}
    if name in ENUMS and kind == "string":
        return {"enum": [str(value) for value in ENUMS[name]]}
    plain = {"string": "string", "Int64": "integer", "Float64": "number", "boolean": "boolean"}
    return {"type": [plain[kind], "null"]}


def _cell(name: str, value: Any) -> Any:
    if name in LISTS:
        return None if pd.isna(value) else str(value).split(",")
    digits = DEGREE_DIGITS if name in {"lon", "lat"} else VALUE_DIGITS
    return _plain(value, digits=digits)


def _plain(value: Any, *, digits: int = VALUE_DIGITS) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, float):
        return round(float(value), digits) + 0.0  # no negative zero
    return value.item() if hasattr(value, "item") else value


def _degrees(geometry: Any, crs: Any) -> Any:
    return gpd.GeoSeries([geometry], crs=crs).to_crs(4326).iloc[0]


def _geojson(geometry: Any) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads(shapely.to_geojson(geometry))
    return {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_rounded(one) for one in coordinates]
    return round(coordinates, DEGREE_DIGITS) + 0.0
