"""What the page is given to draw: one JSON block, coordinates packed as whole numbers.

Lines are runs of differences in millionths of a degree (about a decimetre), which is a fifth of
the size of GeoJSON. The page only ever shows values as text, so nothing here is markup; the few
characters that could end a script element are escaped all the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from roadalign.checks.rule import all_rules
from roadalign.locales import LANGUAGES, catalogue
from roadalign.model.tables import DOCKING_COLUMNS, FINDING_COLUMNS, SIDE_COLUMNS
from roadalign.report.record import rows_of

if TYPE_CHECKING:
    from roadalign.model.result import Result

SCALE = 1_000_000
SIMPLIFY_M = 0.5
ROOMS = ("map",)
"""Catalogues of `roadalign.locales` whose words the page holds; no key stands in two of them."""

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def payload(result: Result, *, lang: str) -> str:
    """Return the JSON block of the page, safe inside a script element.

    Parameters
    ----------
    result
        What a run found.
    lang
        Language in which the page opens.
    """
    data = {
        "lang": lang,
        "names": list(result.names),
        "boundaryName": result.boundary.name,
        "note": result.run["settings"].get("map_note", ""),
        "time": result.run["time"],
        "version": result.run["version"],
        "crs": result.run["crs"],
        "attribution": (result.run.get("network") or {}).get("attribution"),
        "summary": result.summary,
        "boundary": packed(_metres(result.boundary.line), result.boundary.crs),
        "roads": {"a": _roads(result.roads_a), "b": _roads(result.roads_b)},
        "links": _drawn(result, "link"),
        "proposals": _drawn(result, "proposal"),
        "points": _points(result),
        "whole": _whole(result),
        "length": round(float(result.boundary.line.length), 1),
        "rules": _titles(result),
        "sideFields": list(SIDE_COLUMNS),
        "words": {one: _words(one) for one in LANGUAGES},
    }
    return block_of(data)


def block_of(data: dict[str, Any]) -> str:
    """Return values as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escaped in UNSAFE.items():
        text = text.replace(letter, escaped)
    return text


def _words(lang: str) -> dict[str, Any]:
    return {key: said for room in ROOMS for key, said in catalogue(lang, room).items()}


def _metres(line: Any) -> Any:
    return np.atleast_1d(shapely.get_parts(line))


def packed(lines: Any, crs: Any) -> list[list[int]]:
    """Return each line as its first place and the steps from there, in millionths of a degree."""
    simple = shapely.simplify(np.asarray(lines, dtype=object), SIMPLIFY_M)
    series = gpd.GeoSeries(simple, crs=crs)
    degrees = series.to_crs(4326) if len(series) else series
    steps_of = []
    for line in degrees:
        whole = np.round(shapely.get_coordinates(line) * SCALE).astype(np.int64)
        steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        steps_of.append(steps.ravel().tolist())
    return steps_of


def _drawn(result: Result, kind: str) -> list[list[int]]:
    chosen = result.links[result.links["kind"] == kind]
    return packed(chosen.geometry.array, result.links.crs)


def _roads(roads: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the roads of one side: packed line, rank, whether built, and what to call them."""
    lines = packed(roads.geometry.array, roads.crs)
    rank = roads["road_class"].fillna(0).astype(int).tolist()
    built = roads["status"].isin(["existing"]) | roads["status"].isna()
    labels = [
        " · ".join(str(part) for part in parts if isinstance(part, str) and part)
        for parts in zip(
            roads["ref"].tolist(), roads["name"].tolist(), roads["class_text"].tolist(), strict=True
        )
    ]
    return [
        {"c": line, "k": k, "p": 0 if exists else 1, "t": label}
        for line, k, exists, label in zip(lines, rank, built.tolist(), labels, strict=True)
    ]


def _points(result: Result) -> list[dict[str, Any]]:
    columns = {k: v for k, v in DOCKING_COLUMNS.items() if k != "rules"}
    found = _by_point(result)
    rows = rows_of(result.docking_points, columns)
    return [
        {key: value for key, value in row.items() if value is not None and key != "geometry"}
        | {"findings": found.get(row["id"], [])}
        for row in rows
    ]


def _by_point(result: Result) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(result.findings, FINDING_COLUMNS):
        if row["docking_point"] is not None:
            found.setdefault(row["docking_point"], []).append(_finding(row))
    return found


def _whole(result: Result) -> list[dict[str, Any]]:
    rows = rows_of(result.findings, FINDING_COLUMNS)
    return [_finding(row) for row in rows if row["docking_point"] is None]


def _titles(result: Result) -> dict[str, dict[str, str]]:
    """Return what the rules that speak are called, as the filter offers them."""
    spoken = set(result.findings["rule"].dropna())
    return {
        rule.code: {"en": rule.title.en, "zh": rule.title.zh}
        for rule in all_rules()
        if rule.code in spoken
    }


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "rule": row["rule"],
        "level": row["level"],
        "en": row["message_en"],
        "zh": row["message_zh"],
    }
