"""A result made by hand: every verdict, both scripts, and values that attack what shows them."""

import dataclasses

import geopandas as gpd
import msgspec
import pandas as pd
import shapely
from pyproj import CRS

from roadalign.model.result import Boundary, Result
from roadalign.model.run import SCHEMA_VERSION, InputNote, InputRecord
from roadalign.model.tables import (
    APPROACH_COLUMNS,
    CROSSED_COLUMNS,
    DOCKING_COLUMNS,
    FINDING_COLUMNS,
    LINK_COLUMNS,
    ROAD_COLUMNS,
    empty,
    typed,
)

WORKING = CRS.from_epsg(4549)
EAST, NORTH = 595705.33, 3409228.45
"""121° E 30.8° N in EPSG:4549, to the centimetre."""

TIME = "2026-03-01T04:05:06Z"
RUN = "R-7K3Q9F04TX"
FORMULA = '=HYPERLINK("http://example.invalid","点")'
SCRIPT = "<script>alert(1)</script>"
STEERING = "行一\n行二\x07\x1b[31m红"
TABBED = "\t制表"


def placed(rows, columns):
    """Make a table of rows that name a place as metres east and north of 121° E 30.8° N."""
    frame = pd.DataFrame([{k: v for k, v in row.items() if k != "at"} for row in rows])
    places = [
        None if row["at"] is None else shapely.Point(EAST + row["at"][0], NORTH + row["at"][1])
        for row in rows
    ]
    frame["geometry"] = gpd.GeoSeries(places, crs=WORKING)
    return typed(frame, columns)


def side(letter, **values):
    return {f"{letter}_{name}": value for name, value in values.items()}


def docking_points():
    return placed(
        [
            {
                "id": "DP-000001", "at": (0, 0), "chainage_m": 1000.0, "lon": 121.0, "lat": 30.8,
                "verdict": "aligned", "severity": "ok", "priority": 0.0, "confidence": 0.9876543,
                "state": "through", "place": "agrees", "section": "agrees", "timing": "agrees",
                **side("a", fid="1", layer="道路", name="叶新公路", lanes=4, end="crossing"),
                **side("b", fid="7", layer="ghlw", name="姚杨公路", lanes=4, end="touch"),
                "gap_m": 0.0, "offset_m": -0.00001, "deflection_deg": 0.0, "link_m": 0.0,
            },
            {
                "id": "DP-000002", "at": (1000, 0), "chainage_m": 2000.0, "lon": 121.01, "lat": 30.8,
                "verdict": "mismatched", "severity": "mismatch", "priority": 61.5, "confidence": 0.75,
                "state": "severed", "place": "differs", "section": "unknown", "timing": "agrees",
                "missing_b": "carriageway_m",
                **side("a", fid="12,13", layer="-5", name=FORMULA, carriageways=2, end="undershoot"),
                **side("b", fid="-9", layer="ghlw", name=SCRIPT, ref="G320", end="crossing"),
                "gap_m": 35.12345, "offset_m": -8.0, "deflection_deg": 22.00049, "link_m": 36.0223,
                "rules": "G01,G02",
            },
            {
                "id": "DP-000003", "at": (2000, 0), "chainage_m": 3000.0, "lon": 121.02, "lat": 30.8,
                "verdict": "missing", "severity": "severe", "priority": 88.0, "confidence": 0.5,
                "state": "severed",
                **side("a", fid="20", layer="道路", name=STEERING, end="overshoot"),
                "rules": "C01",
            },
            {
                "id": "DP-000004", "at": (3000, 0), "chainage_m": 4000.0, "lon": 121.03, "lat": 30.8,
                "verdict": "ambiguous", "severity": "notice", "priority": 20.0, "confidence": 0.4,
                "state": "unknown", "place": "agrees", "section": "agrees", "timing": "agrees",
                **side("a", fid="30", layer="道路", name=TABBED, end="touch"),
                **side("b", fid="31", layer="ghlw", name="＝1+1", end="touch"),
                "gap_m": float("inf"), "rules": "C02",
                "alternatives": [{"side": "b", "fid": "32", "offset_m": 12.0, "gap_m": 4.0, "deflection_deg": 3.0}],
            },
            {
                "id": "DP-000005", "at": (4000, 0), "chainage_m": 5000.0, "lon": 121.04, "lat": 30.8,
                "verdict": "undetermined", "severity": "ok", "priority": 0.0, "confidence": 0.95,
                "state": "unknown", "place": "agrees", "section": "unknown", "timing": "unknown",
                "missing_a": "open_year", "missing_b": "road_class,lanes",
                **side("a", fid="40", layer="道路", name="新路", lanes=4, end="touch"),
                **side("b", fid="41", layer="ghlw", name="新路", end="touch"),
                "gap_m": 0.5, "offset_m": 0.0, "deflection_deg": 1.0, "link_m": 0.5,
            },
        ],
        DOCKING_COLUMNS,
    )  # fmt: skip


def findings():
    return placed(
        [
            {"at": None, "rule": "I03", "severity": "notice", "side": "a", "value": 1.0,
             "message_en": "a\x1b[2Jb", "message_zh": "甲\x1b[2J乙"},
            {"at": (1000, 0), "docking_point": "DP-000002", "rule": "G01", "severity": "mismatch",
             "value": 35.12345, "unit": "m", "limit": 20.0, "limit_name": "gap_mismatch_m",
             "message_en": "gap", "message_zh": "间隙"},
            {"at": (1000, 0), "docking_point": "DP-000002", "rule": "S03", "severity": "unknown",
             "value": 0.1234567, "unit": "1", "message_en": "width", "message_zh": "宽度"},
        ],
        FINDING_COLUMNS,
    )  # fmt: skip


def approaches():
    return placed(
        [
            {"at": (0, 0), "approach": "DP-000001-A", "side": "a", "docking_point": "DP-000001",
             "verdict": "aligned", "fid": "1", "end": "crossing", "heading_deg": 0.0,
             "chainage_m": 1000.0},
            {"at": (0, 0), "approach": "DP-000001-B", "side": "b", "docking_point": "DP-000001",
             "verdict": "aligned", "fid": "7", "end": "touch", "heading_deg": 180.0,
             "chainage_m": 1000.0},
        ],
        APPROACH_COLUMNS,
    )  # fmt: skip


def links():
    row = pd.DataFrame([{"docking_point": "DP-000002", "kind": "link", "length_m": 36.0223}])
    line = shapely.LineString([(EAST + 1000, NORTH - 35), (EAST + 1008, NORTH)])
    row["geometry"] = gpd.GeoSeries([line], crs=WORKING)
    return typed(row, LINK_COLUMNS)


def crossed():
    row = pd.DataFrame(
        [{"docking_point": "DP-000002", "line": "link", "kind": "water", "length_m": 10.0,
          "area_m2": 240.0, "width_m": 24.0}]
    )  # fmt: skip
    row["geometry"] = gpd.GeoSeries(
        [shapely.box(EAST + 1000, NORTH - 12, EAST + 1010, NORTH + 12)], crs=WORKING
    )
    return typed(row, CROSSED_COLUMNS)


def summary():
    counted = {
        "approaches": 4, "aligned": 1, "undetermined": 1, "unanswered": 1, "ending": 0, "roads": 9,
        "boundary_roads": 0,
    }  # fmt: skip
    # one of five aligned, one more waits; one can drive across at the first alone
    rates = {
        "docking_points": 5, "aligned": 1, "undetermined": 1,
        "docking_rate": {"low": 0.2, "high": 0.4}, "passable": 1, "through_rate": 0.2,
        "states": {"severed": 2, "through": 1, "unknown": 2},
    }  # fmt: skip
    covered = {"share": 1.0, "share_by_class": {"unknown": 1.0}, "lowest_class": None, "gaps": []}
    return {
        **rates,
        "open_points": 3,
        "waiting_points": 1,
        "aspects": {
            "place": aspect(agrees=3, differs=1, unknown=0),
            "section": aspect(agrees=2, differs=0, unknown=2),
            "timing": aspect(agrees=3, differs=0, unknown=1),
        },
        "by_class": {"unknown": rates},
        "by_admin_class": {"unknown": rates},
        "interfaces": [
            {"admin_class": "unknown", "road_class": "unknown", "state": "severed",
             "docking_points": 2, "lanes": 0, "lanes_unknown": 2},
            {"admin_class": "unknown", "road_class": "unknown", "state": "through",
             "docking_points": 1, "lanes": 4, "lanes_unknown": 0},
            {"admin_class": "unknown", "road_class": "unknown", "state": "unknown",
             "docking_points": 2, "lanes": 0, "lanes_unknown": 2},
        ],
        "spacing": {"today_m": 6000.0, "planned_m": 6000.0},
        "data_requests": [
            {"side": "a", "layer": "道路", "field": "open_year", "points": 1},
            {"side": "b", "layer": "ghlw", "field": "lanes", "points": 1},
            {"side": "b", "layer": "ghlw", "field": "road_class", "points": 1},
        ],
        "coverage": {"a": covered, "b": covered},
        "approaches": 9,
        "verdicts": {
            "aligned": 1, "ambiguous": 1, "mismatched": 1, "missing": 1, "undetermined": 1,
        },
        "severities": {"mismatch": 1, "notice": 1, "ok": 2, "severe": 1},
        "rules": {"G01": 1, "I03": 1},
        "decisions": {},
        "open_decided": 0,
        "agreed_done": 0,
        "sides": {"a": counted | {"name": "金山"}, "b": counted | {"name": "嘉兴"}},
    }  # fmt: skip


def aspect(**counts):
    """Return what came of an aspect of the four pairs."""
    compared = counts["agrees"] + counts["differs"]
    return counts | {
        "left_out": 0,
        "pairs": 4,
        "rate": counts["agrees"] / 4,
        "comparable_share": compared / 4,
    }


def make_result():
    """Return a fresh result with one docking point of each verdict."""
    note = InputNote("I03", "notice", "encoding_found", {"encoding": "GB18030"}, 1)
    record = InputRecord(
        role="a", path="a.shp", layer="a", size_bytes=10, sha256="0" * 64, driver="ESRI Shapefile",
        crs="EPSG:4549", crs_how="stated", encoding="GB18030", encoding_how="found in the bytes",
        features_total=9, features_read=9, parts=9, fields={"name": "道路名称"}, notes=(note,),
    )  # fmt: skip
    line = shapely.LineString([(EAST - 1000, NORTH), (EAST + 5000, NORTH)])
    return Result(
        run={
            "id": RUN,
            "program": "roadalign",
            "version": "0.0.0",
            "schema_version": SCHEMA_VERSION,
            "time": TIME,
            "as_of": "2026-03-01",
            "features": {"boundary": "0" * 12, "stretch_m": 1000.0, "a": [], "b": []},
            "names": ["金山", "嘉兴"],
            "crs": "EPSG:4549",
            "inputs": [msgspec.to_builtins(record)],
            "settings": {"lang": "zh"},
            "limits": {"gap_mismatch_m": 20.0},
            "network": None,
            "ledger": None,
            "since": None,
            "position": {
                "accuracy_a_m": 0.0,
                "accuracy_b_m": 2.0,
                "widened_m": 2.0,
                "shift_east_m": 0.0,
                "shift_north_m": 0.0,
                "scatter_m": None,
                "pairs": 0,
                "agreeing": 0,
                "readings": [],
                "accepted": None,
                "moved_a_m": [0.0, 0.0],
                "moved_b_m": [0.0, 0.0],
            },
        },
        names=("金山", "嘉兴"),
        boundary=Boundary(name="界", line=line, crs=WORKING, strip_width_max_m=2.50049),
        docking_points=docking_points(),
        approaches=approaches(),
        links=links(),
        constraints_crossed=crossed(),
        findings=findings(),
        roads_a=empty(ROAD_COLUMNS, crs=WORKING),
        roads_b=empty(ROAD_COLUMNS, crs=WORKING),
        summary=summary(),
    )


def make_blank_result():
    """Return a result in which nothing was found."""
    full = make_result()
    nothing = {
        "docking_points": 0,
        "aligned": 0,
        "undetermined": 0,
        "docking_rate": {"low": None, "high": None},
        "passable": 0,
        "through_rate": None,
        "states": {},
        "open_points": 0,
        "waiting_points": 0,
        "aspects": {},
        "by_class": {},
        "by_admin_class": {},
        "interfaces": [],
        "spacing": {"today_m": None, "planned_m": None},
        "data_requests": [],
        "approaches": 0,
        "verdicts": {},
        "severities": {},
    }
    return dataclasses.replace(
        full,
        docking_points=empty(DOCKING_COLUMNS, crs=WORKING),
        approaches=empty(APPROACH_COLUMNS, crs=WORKING),
        links=empty(LINK_COLUMNS, crs=WORKING),
        constraints_crossed=empty(CROSSED_COLUMNS, crs=WORKING),
        findings=empty(FINDING_COLUMNS, crs=WORKING),
        summary=full.summary | nothing,
    )
