"""The JSON Schema of ``report.json``, made from the tables' own columns so that it cannot drift.

The same schema is shipped as ``report.schema.json`` beside this module, for other programs.
"""

from __future__ import annotations

from typing import Any

from roadalign.model.decisions import Decision, Stage
from roadalign.model.result import SCHEMA_VERSION
from roadalign.model.tables import (
    APPROACH_COLUMNS,
    CROSSED_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    LINK_COLUMNS,
    SIDE_COLUMNS,
    STATUSES,
)
from roadalign.model.words import End, Severity, Verdict

TABLES = {
    "docking_points": DOCKING_COLUMNS,
    "approaches": APPROACH_COLUMNS,
    "links": LINK_COLUMNS,
    "constraints_crossed": CROSSED_COLUMNS,
    "findings": FINDING_COLUMNS,
}
LISTS = {"fid", "a_fid", "b_fid"}
"""Columns that join several values by commas; in ``report.json`` they are lists."""

PLACES = {
    "docking_points": ("Point",),
    "approaches": ("Point",),
    "links": ("LineString",),
    "constraints_crossed": ("Polygon", "MultiPolygon"),
    "findings": ("Point", None),
}
"""What the geometry of a row may be; ``None``: a finding may speak of a whole side."""

WORDS: dict[str, tuple[str, ...]] = {
    "verdict": tuple(Verdict),
    "severity": tuple(Severity),
    "end": tuple(End),
    "status": STATUSES,
    "detour_state": ("found", "no_way", "no_road_a", "no_road_b", "no_road"),
    "network": ("connected", "dead_end_a", "dead_end_b", "dead_end_both", "none", "unknown"),
    "change": ("new", "same", "changed", "resolved", "reopened"),
    "decision": tuple(Decision),
    "side": ("a", "b", "boundary", "network", "constraint", "weights"),
    "line": ("link", "proposal"),
}
"""Texts that are one of a few words, by column; ``a_`` and ``b_`` in front do not matter."""

NEVER_UNKNOWN = {
    "docking_points": {"id", "chainage_m", "lon", "lat", "verdict", "severity"},
    "approaches": {"approach", "side", "docking_point", "verdict", "fid", "end"},
    "links": {"docking_point", "kind", "length_m"},
    "constraints_crossed": set(CROSSED_COLUMNS),
    "findings": {"rule", "severity", "message_en", "message_zh"},
}
RANGES: dict[str, dict[str, float]] = {
    "lon": {"minimum": -180, "maximum": 180},
    "lat": {"minimum": -90, "maximum": 90},
    "priority": {"minimum": 0, "maximum": 100},
    "confidence": {"minimum": 0, "maximum": 1},
    "chainage_m": {"minimum": 0},
    "length_m": {"minimum": 0},
    "link_m": {"minimum": 0},
    "area_m2": {"minimum": 0},
    "deflection_deg": {"minimum": 0, "maximum": 180},
    "heading_deg": {"minimum": 0, "maximum": 360},
    "road_class": {"minimum": 1, "maximum": 6},
}
KINDS = {"string": "string", "Int64": "integer", "Float64": "number", "boolean": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
RATE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
TEXT = {"type": "string"}
MOVE = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
MAYBE_NUMBER = {"type": ["number", "null"]}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``report.json``."""
    boundary = {
        "name": TEXT,
        "crs": TEXT,
        "length_m": {"type": "number", "minimum": 0},
        "strip_width_max_m": MAYBE_NUMBER,
        "strip_width_median_m": MAYBE_NUMBER,
        "geometry": {"anyOf": [_place("LineString"), _place("MultiLineString")]},
    }
    top = {
        "run": _closed(_run()),
        "names": {"$ref": "#/$defs/names"},
        "boundary": _closed(boundary),
        "summary": _closed(_summary()),
        **{name: {"type": "array", "items": _row(name)} for name in TABLES},
        "history": {"type": "array", "items": _closed(_history())},
    }
    position = {
        "type": "array",
        "prefixItems": [{"type": "number", **RANGES["lon"]}, {"type": "number", **RANGES["lat"]}],
        "items": {"type": "number"},
        "minItems": 2,
        "maxItems": 3,
    }
    line = {"type": "array", "items": {"$ref": "#/$defs/position"}, "minItems": 2}
    places = {
        "Point": {"$ref": "#/$defs/position"},
        "LineString": line,
        "MultiLineString": {"type": "array", "items": line, "minItems": 1},
        "Polygon": {"type": "array", "items": line, "minItems": 1},
        "MultiPolygon": {
            "type": "array",
            "items": {"type": "array", "items": line, "minItems": 1},
            "minItems": 1,
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "roadalign report",
        **_closed(top),
        "$defs": {
            "names": {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2},
            "position": position,
            **{
                kind: _closed({"type": {"const": kind}, "coordinates": coordinates})
                for kind, coordinates in places.items()
            },
        },
    }


def _trial() -> dict[str, Any]:
    return {
        "side": {"enum": ["", "a", "b"]},
        "reading": TEXT,
        "points": COUNT,
        "agreeing": COUNT,
        "displacement_m": {"type": "number", "minimum": 0},
    }


def _run() -> dict[str, Any]:
    return {
        "id": {"type": "string", "pattern": "^R-[0-9A-Z]{10}$"},
        "program": {"const": "roadalign"},
        "version": TEXT,
        "schema_version": {"const": SCHEMA_VERSION},
        "time": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
        "names": {"$ref": "#/$defs/names"},
        "crs": TEXT,
        "inputs": {"type": "array", "items": _closed(_input())},
        "settings": {"type": "object"},
        "limits": {"type": "object", "additionalProperties": {"type": "number"}},
        "network": {
            "anyOf": [
                {"type": "null"},
                _closed({"attribution": TEXT, **dict.fromkeys(("roads", "edges", "nodes"), COUNT)}),
            ]
        },
        "ledger": {"anyOf": [{"type": "null"}, _closed(_ledger())]},
        "since": {"anyOf": [{"type": "null"}, _closed(_since())]},
        "position": {
            "type": "object",
            "properties": {
                "accuracy_a_m": {"type": "number", "minimum": 0},
                "accuracy_b_m": {"type": "number", "minimum": 0},
                "widened_m": {"type": "number", "minimum": 0},
                "shift_east_m": {"type": "number"},
                "shift_north_m": {"type": "number"},
                "scatter_m": MAYBE_NUMBER,
                "pairs": COUNT,
                "agreeing": COUNT,
                "readings": {"type": "array", "items": _closed(_trial())},
                "accepted": {"type": ["integer", "null"], "minimum": 1},
                "moved_a_m": MOVE,
                "moved_b_m": MOVE,
            },
            "additionalProperties": False,
        },
    }


def _ledger() -> dict[str, Any]:
    place = {
        "chainage_m": {"type": "number"},
        "lon": {"type": "number", **RANGES["lon"]},
        "lat": {"type": "number", **RANGES["lat"]},
        "roads": {"$ref": "#/$defs/names"},
    }
    texts = ("responsible_a", "responsible_b", "note", "updated", "source")
    entry = {
        "id": TEXT,
        "decision": {"enum": [*map(str, Decision), None]},
        "stage": {"enum": [*map(str, Stage), None]},
        "due": {"type": ["string", "null"]},
        **dict.fromkeys(texts, TEXT),
        "place": {"anyOf": [{"type": "null"}, _closed(place)]},
    }
    entries = {"type": "array", "items": _closed(entry)}
    return {
        "file": TEXT,
        "sha256": TEXT,
        "events": COUNT,
        "left_out": {"type": "array", "items": COUNT},
        "lines_left_out": COUNT,
        "entries": entries,
        "elsewhere": entries,
    }


def _since() -> dict[str, Any]:
    words = (*WORDS["change"], "gone")
    return {
        "time": TEXT,
        "version": TEXT,
        "names": {"$ref": "#/$defs/names"},
        "boundary": TEXT,
        "counts": _closed(dict.fromkeys(words, COUNT)),
        "gone": {"type": "array", "items": TEXT},
        "shift_east_m": {"type": "number"},
        "shift_north_m": {"type": "number"},
        "differing": COUNT,
        "all": COUNT,
        "jump": {"type": "boolean"},
    }


def _history() -> dict[str, Any]:
    """Return the members of one docking point of all versions so far."""
    date = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    state = {
        "time": TEXT,
        "verdict": {"enum": list(WORDS["verdict"])},
        "severity": {"enum": list(WORDS["severity"])},
        "unresolved": {"type": "boolean"},
    }
    road = {name: SIDE_COLUMNS[name] for name in ("fid", "name", "ref", "road_class")}
    roads = {
        f"{side}_{name}": _cell(f"{side}_{name}", kind, known=False)
        for side in ("a", "b")
        for name, kind in road.items()
    }
    return {
        "id": TEXT,
        "lon": {"type": "number", **RANGES["lon"]},
        "lat": {"type": "number", **RANGES["lat"]},
        "axis_deg": {"type": "number", **RANGES["heading_deg"]},
        **roads,
        "first_seen": date,
        "last_seen": date,
        "gone": {"type": "boolean"},
        "states": {"type": "array", "items": _closed(state), "minItems": 1},
    }


def _input() -> dict[str, Any]:
    note = {
        "rule": TEXT,
        "severity": {"enum": list(WORDS["severity"])},
        "key": TEXT,
        "values": {"type": "object"},
        "count": {"type": ["integer", "null"], "minimum": 0},
    }
    return {
        "role": {"enum": list(WORDS["side"])},
        "path": TEXT,
        "layer": TEXT,
        "size_bytes": {"type": ["integer", "null"], "minimum": 0},
        "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
        **dict.fromkeys(("driver", "crs", "crs_how", "encoding", "encoding_how"), TEXT),
        **dict.fromkeys(("features_total", "features_read", "parts"), COUNT),
        "fields": {"type": "object", "additionalProperties": TEXT},
        "notes": {"type": "array", "items": _closed(note)},
    }


def _summary() -> dict[str, Any]:
    counts = {"type": "object", "additionalProperties": COUNT}
    by_class = _closed({"approaches": COUNT, "aligned": COUNT, "rate": RATE})
    counted = ("roads", "approaches", "aligned", "unanswered", "boundary_roads")
    side = _closed({"name": TEXT, **dict.fromkeys(counted, COUNT)})
    return {
        "docking_rate": RATE,
        "approaches": COUNT,
        "aligned_approaches": COUNT,
        "docking_rate_by_class": {"type": "object", "additionalProperties": by_class},
        "verdicts": counts,
        "severities": counts,
        "rules": counts,
        "decisions": counts,
        "settled_by_decision": COUNT,
        "sides": _closed({"a": side, "b": side}),
    }


def _row(table: str) -> dict[str, Any]:
    cells = {
        name: _cell(name, kind, known=name in NEVER_UNKNOWN[table])
        for name, kind in TABLES[table].items()
    }
    places = [_place(kind) if kind else {"type": "null"} for kind in PLACES[table]]
    return _closed({**cells, "geometry": {"anyOf": places} if places[1:] else places[0]})


def _cell(name: str, kind: str, *, known: bool) -> dict[str, Any]:
    meaning = name.removeprefix("a_").removeprefix("b_")
    if name in LISTS:
        items = {"type": "array", "items": TEXT, "minItems": 1}
        return items if known else items | {"type": ["array", "null"]}
    if meaning in WORDS and kind == "string":
        return {"enum": [str(word) for word in WORDS[meaning]] + ([] if known else [None])}
    plain = KINDS[kind]
    return {"type": plain if known else [plain, "null"], **RANGES.get(meaning, {})}


def _place(kind: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind}"}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }
