"""Minutes and lines of ledgers made by hand."""

import json

NAMES = ("甲", "乙")
ROADS = ["G320 亭枫公路", "320国道"]


def entry(point="DP-AAAAAA", *, updated="2026-03-01T08:00:00Z", **values):
    blank = {"decision": None, "stage": None, "responsible_a": "", "responsible_b": "", "due": None}
    place = {"chainage_m": 1234.5, "lon": 121.01, "lat": 30.8, "roads": ROADS}
    return {"id": point, **blank, "note": "", "updated": updated, **place, **values}


def minutes(*entries, **values):
    return {
        "format": "roadalign-minutes",
        "version": 1,
        "boundary": "界",
        "names": list(NAMES),
        "report_time": "2026-02-01T00:00:00Z",
        "exported": "2026-03-01T10:00:00Z",
        "entries": list(entries),
    } | values


def header(**values):
    return {
        "format": "roadalign-ledger",
        "version": 1,
        "boundary": "界",
        "names": list(NAMES),
    } | values


def event(point="DP-AAAAAA", *, time="2026-03-01T08:00:00Z", source="one.json", **fields):
    return {"time": time, "kind": "decision", "id": point, "fields": fields, "source": source}


def lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def written(path, *records):
    path.write_text(lines(*records), encoding="utf-8")
    return path
