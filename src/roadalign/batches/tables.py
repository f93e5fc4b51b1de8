"""The tables of all pairs together, out of the ``report.json`` of each, in WGS84.

Pairs may lie in different zones, so degrees are what they have in common; lengths stay metres.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from roadalign.georeferencing.crs import WGS84
from roadalign.model.columns import pandas_types
from roadalign.model.records import REPORT_TABLES, alternatives_text
from roadalign.model.tables import DOCKING_COLUMNS, typed
from roadalign.model.words import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadalign.batches.records import PairRecord

RATE_COLUMNS = {
    "docking_points": "Int64",
    "docking_rate_low": "Float64",
    "docking_rate_high": "Float64",
    "through_rate": "Float64",
}
PAIR_COLUMN = {"pair": "string"}
BOUNDARY_COLUMNS = {
    "name": "string",
    "length_m": "Float64",
    "strip_width_max_m": "Float64",
    "strip_width_median_m": "Float64",
    **RATE_COLUMNS,
}
PAIRS_COLUMNS = {
    "pair": "string",
    "status": "string",
    "reason_en": "string",
    "reason_zh": "string",
    "name_a": "string",
    "name_b": "string",
    "boundary": "string",
    "length_m": "Float64",
    **RATE_COLUMNS,
    "approaches": "Int64",
    "open_points": "Int64",
    **dict.fromkeys(map(str, Verdict), "Int64"),
    **dict.fromkeys(("severe", "mismatch", "notice"), "Int64"),
    "attribution": "string",
}
"""One row per pair; the counts are docking points by verdict and by severity."""


def table_of(name: str, reports: Mapping[str, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return one table of all pairs.

    Parameters
    ----------
    name
        A table of ``report.json``, e.g. ``"docking_points"``.
    reports
        Name of each pair to its ``report.json``.

    Returns
    -------
    GeoDataFrame
        Column ``pair``, then those of the table, WGS84; pairs in the order of `reports`.
    """
    rows = [
        {"pair": pair} | {key: _cell(key, value) for key, value in row.items()}
        for pair, report in reports.items()
        for row in report[name]
    ]
    return _placed(rows, PAIR_COLUMN | pandas_types(REPORT_TABLES[name]))


def boundaries_of(reports: Mapping[str, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return the boundaries with their docking rates, one row a pair, WGS84."""
    rows = [
        {"pair": pair} | _rates(report["summary"]) | report["boundary"]
        for pair, report in reports.items()
    ]
    return _placed(rows, PAIR_COLUMN | BOUNDARY_COLUMNS)


def _rates(summary: Mapping[str, Any]) -> dict[str, Any]:
    rate = summary["docking_rate"]
    return {**summary, "docking_rate_low": rate["low"], "docking_rate_high": rate["high"]}


def pairs_table(pairs: Sequence[PairRecord]) -> pd.DataFrame:
    """Return what is known of each pair, one row each, done or failed."""
    return typed(pd.DataFrame([_pair_row(pair) for pair in pairs]), PAIRS_COLUMNS)


def _pair_row(pair: PairRecord) -> dict[str, Any]:
    row: dict[str, Any] = {
        "pair": pair.pair,
        "status": pair.status,
        "boundary": pair.boundary,
        "length_m": pair.length_m,
        "attribution": pair.attribution,
    }
    if pair.reason:
        row |= {"reason_en": pair.reason.en, "reason_zh": pair.reason.zh}
    if pair.names:
        row |= {"name_a": pair.names[0], "name_b": pair.names[1]}
    if pair.summary:
        found = pair.summary
        row |= {
            "docking_points": found.docking_points,
            "docking_rate_low": found.docking_rate.low,
            "docking_rate_high": found.docking_rate.high,
            "through_rate": found.through_rate,
            "approaches": found.approaches,
            "open_points": found.open_points,
        }
        row |= {key: found.verdicts.get(key, 0) for key in PAIRS_COLUMNS if key in _VERDICTS}
        row |= {key: found.severities.get(key, 0) for key in PAIRS_COLUMNS if key in _SEVERITIES}
    return row


_VERDICTS = {str(one) for one in Verdict}
_SEVERITIES = {"severe", "mismatch", "notice"}


def with_names(points: gpd.GeoDataFrame, pairs: Sequence[PairRecord]) -> gpd.GeoDataFrame:
    """Return docking points with what the sides are called (``name_a``, ``name_b``)."""
    names = {pair.pair: pair.names for pair in pairs if pair.names}
    called = [names[pair] for pair in points["pair"]]
    a, b = ([name[side] for name in called] for side in (0, 1))
    named = points.assign(name_a=pd.array(a, dtype="string"), name_b=pd.array(b, dtype="string"))
    first = ["pair", "name_a", "name_b"]
    return named[[*first, *DOCKING_COLUMNS, "geometry"]]


def _cell(name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return alternatives_text(value) if name == "alternatives" else ",".join(value)


def _placed(rows: list[dict[str, Any]], columns: dict[str, str]) -> gpd.GeoDataFrame:
    frame = typed(
        pd.DataFrame([{k: row.get(k) for k in columns} for row in rows]), _written(columns)
    )
    places = [json.dumps(row["geometry"]) if row["geometry"] else None for row in rows]
    return gpd.GeoDataFrame(frame, geometry=shapely.from_geojson(places), crs=WGS84)


def _written(columns: dict[str, str]) -> dict[str, str]:
    """Return the types of columns in files, where records are texts."""
    return {name: "string" if kind == "object" else kind for name, kind in columns.items()}
