"""What the index page is given to draw: pairs, their lines, and the docking points of all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import shapely

from roadalign.locales import LANGUAGES, catalogue
from roadalign.outputs.page_words import page_words
from roadalign.outputs.terms import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = "index"
SHARED_WORDS = ("rank",)
"""Words that the page has in common with the map."""

SIMPLIFY_DEG = 0.0002
"""About 20 m: an overview shows no more."""

DEGREE_DIGITS = 5


def payload(
    record: Mapping[str, Any],
    reports: Mapping[str, Mapping[str, Any]],
    *,
    lang: str,
    folder: str,
    page: str,
) -> dict[str, Any]:
    """Return the data of the page, see `roadalign.outputs.index.render`."""
    attributions = {pair["attribution"] for pair in record["pairs"]} - {None}
    return {
        "run": record["run"].get("id"),
        "lang": lang,
        "time": record["run"]["time"],
        "version": record["run"]["version"],
        "summary": record["summary"],
        "attributions": sorted(attributions),
        "pairs": [_pair(pair, reports.get(pair["pair"]), folder, page) for pair in record["pairs"]],
        "points": [
            point
            for number, pair in enumerate(record["pairs"])
            if pair["pair"] in reports
            for point in _points(reports[pair["pair"]], number)
        ],
        "terms": terms(),
        "words": {one: _words(one) for one in LANGUAGES},
    }


def _words(lang: str) -> dict[str, Any]:
    shared = catalogue(lang, "map")
    own = {key: shared[key] for key in SHARED_WORDS} | catalogue(lang, ROOM)
    return page_words(lang) | own


def _pair(
    pair: Mapping[str, Any], report: Mapping[str, Any] | None, folder: str, page: str
) -> dict[str, Any]:
    told = {key: pair[key] for key in ("names", "boundary", "length_m", "summary", "reason")}
    where = f"{folder}/{quote(pair['pair'], safe='')}/{page}" if report else None
    lines = _lines(report["boundary"]["geometry"]) if report else []
    return {"name": pair["pair"], **told, "map": where, "lines": lines}


def _lines(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    """Return the parts of a line as pairs of latitude and longitude."""
    line = shapely.from_geojson(json.dumps(geometry))
    parts = shapely.simplify(shapely.get_parts(line), SIMPLIFY_DEG)
    return [
        np.round(shapely.get_coordinates(part)[:, ::-1], DEGREE_DIGITS).tolist() for part in parts
    ]


def _points(report: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
    return [
        {
            "pair": number,
            "id": row["id"],
            "lat": row["lat"],
            "lon": row["lon"],
            "chainage_m": row["chainage_m"],
            "verdict": row["verdict"],
            "severity": row["severity"],
            "priority": row["priority"] or 0.0,
            "roads": [_road(row, "a"), _road(row, "b")],
            "said": {lang: row[f"summary_{lang}"] for lang in LANGUAGES},
            "rules": row["rules"],
        }
        for row in report["docking_points"]
    ]


def _road(row: Mapping[str, Any], side: str) -> str | None:
    """Return what to call a side's road: ``None`` where there is none, empty where unnamed."""
    if not row[f"{side}_fid"]:
        return None
    parts = [row[f"{side}_ref"], row[f"{side}_name"]]
    named = " ".join(dict.fromkeys(part for part in parts if part))
    return named or row[f"{side}_class_text"] or ""
