"""The page of a comparison: a map with both states, made of the parts of the map of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from roadalign.locales import LANGUAGES, catalogue
from roadalign.model.comparison import APPROACH_WORDS, WORDS
from roadalign.model.tables import records
from roadalign.outputs.comparison.record import comparison_id
from roadalign.outputs.comparison.words import field_called, say, value_called
from roadalign.outputs.map.pack import SIMPLIFY_M, Packer
from roadalign.outputs.map.page import map_page
from roadalign.outputs.page import packaged
from roadalign.outputs.page_words import page_words
from roadalign.outputs.web import bundle

if TYPE_CHECKING:
    import geopandas as gpd

    from roadalign.model.comparison import Comparison

MAP, COMPARISON = "roadalign.outputs.map", "roadalign.outputs.comparison"
STYLES = ((MAP, "map.css"), (COMPARISON, "compare.css"))
DEGREE_DIGITS = 7


def render(found: Comparison, *, lang: str) -> str:
    """Return the complete page.

    Parameters
    ----------
    found
        The comparison.
    lang
        Language in which the page opens; the page switches.
    """
    name_a, name_b = found.names
    return map_page(
        title=say(lang, "page.heading", a=name_a, b=name_b),
        frame=packaged(COMPARISON, "compare.html"),
        styles=STYLES,
        script=bundle("comparison"),
        data=page_data(found, lang=lang),
        lang=lang,
    )


def page_data(found: Comparison, *, lang: str) -> dict[str, Any]:
    """Return what the page is given to draw; every text in both languages where it is a word."""
    return {
        "run": comparison_id(found),  # first: so it is found without reading the page
        "lang": lang,
        "names": list(found.names),
        "boundaryName": found.boundary,
        "old": found.old_run,
        "new": found.new_run,
        "summary": found.summary,
        "order": list(WORDS),
        "approachOrder": list(APPROACH_WORDS),
        "points": _points(found),
        "approaches": _approaches(found),
        "line": _packed(found.line),
        "oldLine": _packed(found.old_line),
        "links": _packed(found.links),
        "oldLinks": _packed(found.old_links),
        "roads": {side: _packed(_of(found.roads, side)) for side in ("a", "b")},
        "oldRoads": {side: _packed(_of(found.old_roads, side)) for side in ("a", "b")},
        "words": {one: _words(one) for one in LANGUAGES},
    }


def _words(lang: str) -> dict[str, Any]:
    return page_words(lang) | catalogue(lang, "comparison")


def _of(table: gpd.GeoDataFrame, side: str) -> gpd.GeoDataFrame:
    return table[table["side"] == side]


def _packed(table: gpd.GeoDataFrame) -> list[str]:
    parts = shapely.get_parts(np.asarray(table.geometry.array, dtype=object))
    return Packer(table.crs).lines(parts, within_m=SIMPLIFY_M) if len(parts) else []


def _points(found: Comparison) -> list[dict[str, Any]]:
    before = _places(found.old_points, "id")
    changes = {str(key): records(part) for key, part in found.changes.groupby("id", sort=False)}
    rows = []
    for row, place in zip(
        records(pd.DataFrame(found.points.drop(columns="geometry"))),
        found.points.geometry.to_crs(4326) if len(found.points) else [],
        strict=True,
    ):
        told = {
            key: None if pd.isna(value) else value for key, value in row.items() if key != "fields"
        }
        differ = [_change(found, one, own=False) for one in changes.get(row["id"], [])]
        told |= {"lon": round(place.x, DEGREE_DIGITS), "lat": round(place.y, DEGREE_DIGITS)}
        rows.append(told | {"was": before.get(str(row["old_id"])), "changes": differ})
    return rows


def _approaches(found: Comparison) -> list[dict[str, Any]]:
    differing = found.approaches[found.approaches["change"] != "same"]
    changes = found.approach_changes
    rows = []
    for row in records(pd.DataFrame(differing.drop(columns="geometry"))):
        own = changes[
            (changes["side"] == row["side"]) & (changes["docking_point"] == row["docking_point"])
        ]
        told = {key: None if pd.isna(value) else value for key, value in row.items()}
        differ = [_change(found, one, own=True) for one in records(own)]
        rows.append(told | {"changes": differ if row["change"] == "changed" else []})
    return rows


def _change(found: Comparison, row: dict[str, Any], *, own: bool) -> dict[str, Any]:
    return {
        lang: [
            field_called(found, row["field"], lang=lang, own=own),
            value_called(row["field"], row["old"], lang=lang),
            value_called(row["field"], row["new"], lang=lang),
        ]
        for lang in LANGUAGES
    }


def _places(table: gpd.GeoDataFrame, key: str) -> dict[str, list[float]]:
    if not len(table):
        return {}
    places = table.geometry.to_crs(4326)
    return {
        str(name): [round(place.y, DEGREE_DIGITS), round(place.x, DEGREE_DIGITS)]
        for name, place in zip(table[key], places, strict=True)
    }
