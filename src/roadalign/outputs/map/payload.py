"""What the page is given to draw: one JSON block, its lines packed by `roadalign.outputs.map.pack`.

The page only ever shows values as text, so nothing here is markup; the few
characters that could end a script element are escaped all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.locales import LANGUAGES, catalogue
from roadalign.model.columns import columns_of, label_to_supply
from roadalign.model.tables import DOCKING_COLUMNS, FINDING_COLUMNS
from roadalign.model.words import LONGEST_NAME, LONGEST_NOTE
from roadalign.outputs.map.backdrop import ground
from roadalign.outputs.map.card import card_data
from roadalign.outputs.map.pack import SIMPLIFY_M, Packer
from roadalign.outputs.page_words import page_words
from roadalign.outputs.report_json import rows_of
from roadalign.outputs.terms import terms
from roadalign.rules.core import load_rules

if TYPE_CHECKING:
    import geopandas as gpd

    from roadalign.model.basemap import Basemap
    from roadalign.model.result import Result

OFFICES = ("responsible_a", "responsible_b")
"""Fields of the minutes that name an office."""

ROOMS = ("map", "card", "minutes")
"""Catalogues of `roadalign.locales` whose words the page holds; no key stands in two of them."""


def payload(result: Result, *, lang: str, basemap: Basemap | None = None) -> dict[str, Any]:
    """Return the data of the page.

    Parameters
    ----------
    result
        What a run found.
    lang
        Language in which the page opens.
    basemap
        Tiles; what is drawn on them takes their coordinates, what is told stays WGS 84.
    """
    packer = Packer(result.boundary.crs, datum=basemap.datum if basemap else "wgs84")
    return {
        "run": result.run.get("id"),  # first: so it is found without reading the page
        "lang": lang,
        "names": list(result.names),
        "boundaryName": result.boundary.name,
        "note": result.run["settings"].get("map_note", ""),
        "time": result.run["time"],
        "version": result.run["version"],
        "crs": result.run["crs"],
        "attribution": (result.run.get("network") or {}).get("attribution"),
        "summary": result.summary,
        "basemap": _tiles(basemap) if basemap else None,
        "since": _baseline_time(result),
        "boundary": packer.lines(shapely.get_parts(result.boundary.line), within_m=SIMPLIFY_M),
        "ground": ground(result.background, result.boundary.line, packer),
        "roads": {
            "a": _roads(result.roads_a, packer),
            "b": _roads(result.roads_b, packer),
        },
        "links": _pack_links(result, "link", packer),
        "proposals": _pack_links(result, "proposal", packer),
        "points": _points(result, packer),
        "whole": _findings_of_no_point(result, packer),
        "ledger": (result.run.get("ledger") or {"entries": []})["entries"],
        "terms": terms(),
        "longest": dict.fromkeys(OFFICES, LONGEST_NAME) | {"note": LONGEST_NOTE},
        "length": round(float(result.boundary.line.length), 1),
        "rules": _titles(result),
        "sideColumns": _side_columns(),
        "words": {one: _words(one) for one in LANGUAGES},
        **card_data(result, packer),
    }


def _words(lang: str) -> dict[str, Any]:
    own = {key: said for room in ROOMS for key, said in catalogue(lang, room).items()}
    return page_words(lang) | own


def _tiles(basemap: Basemap) -> dict[str, Any]:
    return {
        "urls": list(basemap.urls),
        "hosts": list(basemap.hosts),
        "zoom": basemap.largest_zoom,
        "attribution": basemap.attribution,
        "origins": list(basemap.origins),
    }


def _baseline_time(result: Result) -> str | None:
    """Return the time of the run that this one is compared with, where it knows one."""
    since = result.run.get("since")
    time = since.get("time") if isinstance(since, dict) else since
    return time if isinstance(time, str) else None


def _side_columns() -> list[dict[str, Any]]:
    """Return what the card has to know of each column of a side."""
    return [
        {
            "name": name,
            "group": column.group,
            "unit": column.unit,
            "compared": column.compared,
            "words": column.words,
            "label": {lang: getattr(column.label, lang) for lang in LANGUAGES},
            "supply": {lang: label_to_supply(name, lang=lang) for lang in LANGUAGES},
        }
        for name, column in columns_of("side").items()
    ]


def _pack_links(result: Result, kind: str, packer: Packer) -> list[str]:
    chosen = result.links[result.links["kind"] == kind]
    return packer.lines(np.asarray(chosen.geometry.array, dtype=object), within_m=SIMPLIFY_M)


def _roads(roads: gpd.GeoDataFrame, packer: Packer) -> list[dict[str, Any]]:
    """Return the roads of one side: packed line, rank, whether built, name, and width in metres."""
    lines = packer.lines(np.asarray(roads.geometry.array, dtype=object), within_m=SIMPLIFY_M)
    rank = roads["road_class"].fillna(0).astype(int).tolist()
    built = roads["status"].isin(["existing"]) | roads["status"].isna()
    kinds = roads["class_text"].mask(roads["class_text"].str.isdigit())  # a code is no name
    labels = [
        " · ".join(str(part) for part in parts if isinstance(part, str) and part)
        for parts in zip(roads["ref"].tolist(), roads["name"].tolist(), kinds.tolist(), strict=True)
    ]
    widths = roads["carriageway_m"].fillna(roads["roadbed_m"]).tolist()
    return [
        {"c": line, "k": k, "p": 0 if exists else 1, "t": label}
        | ({} if pd.isna(width_m) else {"w": round(float(width_m), 1)})
        for line, k, exists, label, width_m in zip(
            lines, rank, built.tolist(), labels, widths, strict=True
        )
    ]


def _points(result: Result, packer: Packer) -> list[dict[str, Any]]:
    columns = {k: v for k, v in DOCKING_COLUMNS.items() if k != "rules"}
    found = _by_point(result)
    rows = rows_of(result.docking_points, columns)
    at = packer.points(shapely.get_coordinates(result.docking_points.geometry.array))
    return [
        {key: value for key, value in row.items() if value is not None and key != "geometry"}
        | {"at": place, "findings": found.get(row["id"], [])}
        for row, place in zip(rows, at, strict=True)
    ]


def _by_point(result: Result) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(result.findings, FINDING_COLUMNS):
        if row["docking_point"] is not None:
            found.setdefault(row["docking_point"], []).append(_finding(row))
    return found


def _findings_of_no_point(result: Result, packer: Packer) -> list[dict[str, Any]]:
    """Return the findings of no docking point, some of which have a place all the same."""
    whole = result.findings[result.findings["docking_point"].isna()]
    placed = whole.geometry.notna().to_numpy()
    at = iter(packer.points(shapely.get_coordinates(whole.geometry.array[placed])))
    return [
        _finding(row) | ({"at": next(at), "chainage_m": row["chainage_m"]} if there else {})
        for row, there in zip(rows_of(whole, FINDING_COLUMNS), placed.tolist(), strict=True)
    ]


def _titles(result: Result) -> dict[str, dict[str, str]]:
    """Return what the rules that speak are called, as the filter offers them."""
    spoken = set(result.findings["rule"].dropna())
    return {
        rule.code: {"en": rule.title.en, "zh": rule.title.zh}
        for rule in load_rules()
        if rule.code in spoken
    }


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "rule": row["rule"],
        "severity": row["severity"],
        "en": row["message_en"],
        "zh": row["message_zh"],
    }
