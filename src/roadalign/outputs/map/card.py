"""What the card of a docking point shows beside the columns of the table.

Lengths and directions are given in the working CRS, so that a drawing on the card measures what
the table says: each point has the four numbers that turn degrees beside it into metres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from roadalign.georeferencing.crs import WGS84, find_transformer
from roadalign.locales import LANGUAGES, text
from roadalign.model.classes import class_name
from roadalign.model.columns import SIDES
from roadalign.model.tables import records
from roadalign.outputs.map.pack import SIMPLIFY_M
from roadalign.rules.verdicts import write_asks
from roadalign.standards import table

if TYPE_CHECKING:
    from pyproj import Transformer

    from roadalign.model.result import Result
    from roadalign.outputs.map.pack import Packer

STEP_DEG = 1e-3
"""About a hundred metres: over this the working CRS is measured against degrees."""

WAY_WITHIN_M = 5.0
"""Ways of some kilometres are drawn this exactly."""

REFERENCE_M = 1000.0
PROPOSED = ("radius_m", "speed_kmh", "length_m", "a_cut_m", "b_cut_m", "a_shift_m", "b_shift_m")
CROSSED = ("kind", "line", "length_m", "area_m2", "width_m")
STATED = "stated"


def card_data(result: Result, packer: Packer) -> dict[str, Any]:
    """Return the keys of the page's data that its cards need.

    Parameters
    ----------
    result
        What a run found.
    packer
        Of the same coordinate system.

    Returns
    -------
    dict
        ``cards``: by docking point ``frame`` (metres east and north per degree of longitude, then
        of latitude), per side its end (``at``: metres east and north of the docking point,
        ``heading_deg``, ``roads``: places in the page's list), class names, asks, proposal, and
        what is crossed. ``detours``: by docking point the way driven today. ``strip``: outlines of
        the strip of the boundary. ``kinds``: names of the areas crossed. ``standard``: the usual
        widths of a cross-section. ``referenceM``: how far back the way is measured.
        ``caveats``: sentences on the data, by language.
    """
    cards: dict[str, dict[str, Any]] = {
        name: {"frame": frame, "class": {}}
        for name, frame in zip(result.docking_points["id"], _frames(result), strict=True)
    }
    _add_ends(cards, result)
    _add_classes(cards, result)
    _add_asks(cards, result)
    _add_proposals(cards, result)
    _add_crossed(cards, result)
    return {
        "cards": cards,
        "detours": _detours(result, packer),
        "strip": _outlines(result.boundary.strip, packer),
        "kinds": _kinds(result),
        "standard": table("sections") | {"urban": table("curves")["system"]["urban"]},
        "referenceM": result.run["limits"].get("reference_m", REFERENCE_M),
        "caveats": {lang: _caveats(result, lang) for lang in LANGUAGES},
    }


def _frames(result: Result) -> list[list[float]]:
    points = result.docking_points
    to_metres = find_transformer(WGS84, result.boundary.crs)
    lon, lat = (points[name].to_numpy(dtype=float) for name in ("lon", "lat"))
    half = STEP_DEG / 2
    by_lon = _between(to_metres, (lon - half, lat), (lon + half, lat))
    by_lat = _between(to_metres, (lon, lat - half), (lon, lat + half))
    frames: list[list[float]] = np.round(np.hstack([by_lon, by_lat]) / STEP_DEG, 2).tolist()
    return frames


def _between(to_metres: Transformer, one: Any, two: Any) -> Any:
    start, end = (np.column_stack(to_metres.transform(*place)) for place in (one, two))
    return end - start


def _add_ends(cards: dict[str, dict[str, Any]], result: Result) -> None:
    places = dict(zip(result.docking_points["id"], result.docking_points.geometry, strict=True))
    index = {"a": _by_feature(result.roads_a), "b": _by_feature(result.roads_b)}
    found = result.approaches[result.approaches["docking_point"].isin(list(cards))]
    rows = records(pd.DataFrame(found.drop(columns="geometry")))
    for row, end in zip(rows, found.geometry, strict=True):
        own = places[row["docking_point"]]
        fids = str(row["fid"]).split(",")
        roads = [k for fid in fids for k in index[row["side"]].get((row["layer"], fid), [])]
        cards[row["docking_point"]][row["side"]] = {
            "at": [round(end.x - own.x, 2) + 0.0, round(end.y - own.y, 2) + 0.0],
            "heading_deg": round(float(row["heading_deg"]), 2),
            "roads": roads,
        }


def _by_feature(roads: pd.DataFrame) -> dict[tuple[Any, Any], list[int]]:
    index: dict[tuple[Any, Any], list[int]] = {}
    for place, key in enumerate(zip(roads["layer"], roads["fid"], strict=True)):
        index.setdefault(key, []).append(place)
    return index


def _add_classes(cards: dict[str, dict[str, Any]], result: Result) -> None:
    for point in records(pd.DataFrame(result.docking_points)):
        for side in SIDES:
            kind, rank = point[f"{side}_class_text"], point[f"{side}_road_class"]
            if not pd.isna(kind):
                named = {lang: class_name(kind, rank, lang=lang) for lang in LANGUAGES}
                cards[point["id"]]["class"][side] = named


def _add_asks(cards: dict[str, dict[str, Any]], result: Result) -> None:
    points = pd.DataFrame(result.docking_points)
    findings = pd.DataFrame(result.findings)
    for lang in LANGUAGES:
        asked = write_asks(points, findings, names=result.names, lang=lang)
        for name, row in zip(points["id"], records(asked), strict=True):
            said = {side: row[f"ask_{side}"] for side in SIDES if not pd.isna(row[f"ask_{side}"])}
            if said:
                cards[name].setdefault("asks", {})[lang] = said


def _add_proposals(cards: dict[str, dict[str, Any]], result: Result) -> None:
    chosen = result.links[result.links["kind"] == "proposal"]
    for place, row in enumerate(records(pd.DataFrame(chosen))):
        known = {key: round(float(row[key]), 1) for key in PROPOSED if not pd.isna(row[key])}
        cards.get(row["docking_point"], {})["proposal"] = {"line": place, **known}


def _add_crossed(cards: dict[str, dict[str, Any]], result: Result) -> None:
    for row in records(pd.DataFrame(result.constraints_crossed)):
        own = cards.get(row["docking_point"], {}).setdefault("crossed", [])
        own.append({key: row[key] for key in CROSSED})


def _detours(result: Result, packer: Packer) -> dict[str, str]:
    driven = result.links[result.links["kind"] == "detour"]
    lines = packer.lines(np.asarray(driven.geometry.array, dtype=object), within_m=WAY_WITHIN_M)
    return dict(zip(driven["docking_point"], lines, strict=True))


def _outlines(area: Any, packer: Packer) -> list[str]:
    if area is None or area.is_empty:
        return []
    return [ring for rings in packer.areas([area], within_m=SIMPLIFY_M) for ring in rings]


def _kinds(result: Result) -> dict[str, dict[str, Any]]:
    known = table("constraints")
    return {
        kind: {"name": known[kind]["name"], "text": known[kind]["text"]}
        for kind in sorted(set(result.constraints_crossed["kind"]))
    }


def _caveats(result: Result, lang: str) -> list[str]:
    """Return what is to be known of the data before a number is believed."""
    run, names = result.run, dict(zip(SIDES, result.names, strict=True))
    position = run["position"]
    said = [text(lang, "card", "caveat.measured", crs=run["crs"])]
    for record in run["inputs"]:
        if record["role"] in names:
            how = "stated" if record["crs_how"] == STATED else "assumed"
            values = {"name": names[record["role"]], "layer": record["layer"]}
            said.append(text(lang, "card", f"caveat.crs_{how}", crs=record["crs"], **values))
    for side, name in names.items():
        accuracy_m = position[f"accuracy_{side}_m"]
        key = "accuracy" if accuracy_m else "accuracy_unstated"
        said.append(text(lang, "card", f"caveat.{key}", name=name, metres=f"{accuracy_m:g}"))
    if position["widened_m"]:
        said.append(text(lang, "card", "caveat.widened", metres=f"{position['widened_m']:g}"))
    return said
