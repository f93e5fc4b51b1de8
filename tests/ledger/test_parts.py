"""Small parts of what becomes of a docking point, with values worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from pyproj import CRS

from roadalign.ledger import comparison, history
from roadalign.ledger.changes import differences, fields, road_called, value_of, value_text
from roadalign.ledger.decisions_applied import decided, decision_counts, ledger_record
from roadalign.ledger.events import Event, new_ledger, with_events
from roadalign.ledger.identity_features import KNOWN, exchanged, identity_features, is_open
from roadalign.ledger.matching import match
from roadalign.model.tables import typed
from roadalign.settings import Settings

LIMITS = Settings().limits_for(None)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, None), (pd.NA, None), (float("nan"), None), (np.float64(1.23456), 1.235),
        (-0.0001, 0.0), (np.int64(4), 4), ("x", "x"), (["1", "2"], ["1", "2"]), (True, True),
    ],
)  # fmt: skip
def test_a_value_is_what_json_knows_to_three_decimals(value, wanted):
    found = value_of({"x": value}, "x")
    assert found == wanted
    assert type(found) is type(wanted)
    assert str(found) == str(wanted)  # no minus before a zero
    assert value_of({}, "x") is None


def test_a_value_is_written_as_people_write_it():
    assert [value_text(one) for one in (None, 2.0, 2.5, 4, "x")] == [None, "2", "2.5", "4", "x"]


@pytest.mark.parametrize(
    ("row", "called"),
    [
        ({"a_ref": "G320", "a_name": "亭枫公路", "a_class_text": "国道"}, "G320 亭枫公路"),
        ({"a_ref": "G320", "a_name": "G320"}, "G320"),
        ({"a_name": "亭枫公路"}, "亭枫公路"),
        ({"a_ref": pd.NA, "a_name": "", "a_class_text": "国道"}, "国道"),
        ({"b_name": "other"}, None),
    ],
)
def test_a_road_is_called_by_number_and_name_else_by_its_class(row, called):
    assert road_called(row, "a_") == called


def test_what_changes_a_point_are_values_of_both_sides_and_measures_with_a_limit():
    exact, measured = fields()
    assert {"verdict", "rules", "a_lanes", "b_lanes", "a_grade_level"} < set(exact)
    assert not {"a_fid", "b_layer", "chainage_m", "confidence", "priority"} & {*exact, *measured}
    assert (measured["gap_m"], measured["deflection_deg"]) == ("changed_m", "changed_deg")


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        (None, None, False),
        (None, 0.0, True),
        (0.0, None, True),
        (9.0, 4.0, True),
        (9.0, 4.001, False),
    ],
)
def test_a_measure_that_is_known_on_one_side_alone_differs(old, new, differs):
    found = differences({"gap_m": old}, {"gap_m": new}, limits=LIMITS)
    assert found == ([{"field": "gap_m", "old": old, "new": new}] if differs else [])


@pytest.mark.parametrize(
    ("verdict", "decision", "open_"),
    [
        ("aligned", None, False), ("aligned", "to_do", False), ("missing", None, True),
        ("missing", "agreed", True), ("missing", "rejected", True), ("missing", "later", True),
        ("ambiguous", "to_do", True), ("mismatched", pd.NA, True), ("undetermined", None, False),
    ],
)  # fmt: skip
def test_a_point_is_open_whatever_was_decided_and_one_that_waits_is_not(verdict, decision, open_):
    assert is_open({"verdict": verdict, "decision": decision}) is open_


def test_the_axis_of_a_point_goes_from_a_to_b():
    points = pd.DataFrame({"id": ["P", "Q", "R"], "lon": 121.0, "lat": 30.0})
    headings = pd.DataFrame(
        {
            "point": [0, 0, 1, 2, 2],
            "side": ["a", "b", "b", "a", "b"],
            # P: A goes out north, B comes south; Q: B alone goes out east, so A lies west of it
            # and the axis points west; R: 80 and, turned, 100 degrees
            "heading_deg": [0.0, 180.0, 90.0, 80.0, 280.0],
        }
    )
    found = identity_features(points, headings)
    assert found["axis_deg"].tolist() == [0.0, 270.0, 90.0]
    assert list(found.columns) == list(KNOWN)
    assert len(identity_features(points.head(0), headings.head(0))) == 0


def test_a_report_with_its_sides_exchanged_is_turned_by_half_a_circle():
    row = {"id": "P", "a_name": "x", "b_ref": "y", "axis_deg": 200.04, "network": "dead_end_a"}
    row |= {"missing_a": ["lanes"], "missing_b": None}
    record = {
        "run": {"features": {"boundary": "x", "stretch_m": 250.0, "a": ["1"], "b": ["2"]}},
        "names": ["甲", "乙"],
        "docking_points": [row, {"axis_deg": None, "network": "through"}],
        "approaches": [{"side": "a"}, {"side": "b"}],
    }
    found = exchanged(record)
    assert found["names"] == ["乙", "甲"]
    assert (found["run"]["features"]["a"], found["run"]["features"]["b"]) == (["2"], ["1"])
    for bad in (None, 7, "x", {"a": 1}):
        assert exchanged(record | {"run": {"features": bad}})["run"].keys() == {"features"}
    assert found["docking_points"] == [
        {"id": "P", "b_name": "x", "a_ref": "y", "axis_deg": 20.0, "network": "dead_end_b"}
        | {"missing_a": None, "missing_b": ["lanes"]},
        {"axis_deg": None, "network": "through"},
    ]
    assert found["approaches"] == [{"side": "b"}, {"side": "a"}]
    assert found["history"] == []


STATE = {
    "time": "2026-01-01T00:00:00Z",
    "verdict": "aligned",
    "severity": "ok",
    "unresolved": False,
}
PLACE = {"id": "P", "lon": 121.0, "lat": 30.0, "axis_deg": 0.0, "a_fid": ["1"]}
CRS_M = CRS.from_epsg(4549)


class Shifted:
    """What `continued` asks of a matching."""

    def __init__(self, *shift_m):
        self.shift_m = shift_m


def carried(rows, point, *, shift_m=(0.0, 0.0), time="2026-02-01T00:00:00Z"):
    earlier = history.Earlier(typed(pd.DataFrame({}), KNOWN), {}, rows, "")
    known = typed(pd.DataFrame([PLACE | {"a_fid": "1"}]), KNOWN)
    points = pd.DataFrame([point])
    return history.continued(earlier, known, points, Shifted(*shift_m), time=time, crs=CRS_M)


def before(name="P", *, gone=False, **state):
    return PLACE | {
        "id": name, "first_seen": "2026-01-01", "last_seen": "2026-01-01", "gone": gone,
        "states": [STATE | state],
    }  # fmt: skip


def test_a_point_that_is_new_begins_its_history():
    (row,) = carried({}, {"verdict": "missing", "severity": "severe"})
    assert (row["first_seen"], row["last_seen"], row["gone"]) == ("2026-02-01", "2026-02-01", False)
    new = {"verdict": "missing", "severity": "severe", "unresolved": True}
    assert row["states"] == [{"time": "2026-02-01T00:00:00Z"} | new]
    assert row["a_fid"] == ["1"]
    assert row["b_fid"] is None


@pytest.mark.parametrize(
    ("point", "gone", "count"),
    [
        ({"verdict": "aligned", "severity": "ok"}, False, 1),
        ({"verdict": "aligned", "severity": "ok"}, True, 2),
        ({"verdict": "aligned", "severity": "notice"}, False, 2),
        ({"verdict": "mismatched", "severity": "ok"}, False, 2),
    ],
)
def test_a_state_is_written_where_it_differs_or_the_point_was_gone(point, gone, count):
    rows = {"P": before(gone=gone)}
    (row,) = carried(rows, point)
    assert len(row["states"]) == count
    assert row["states"][0] == STATE
    assert (row["first_seen"], row["last_seen"], row["gone"]) == ("2026-01-01", "2026-02-01", False)
    assert len(rows["P"]["states"]) == 1  # what was read is not changed


def test_a_point_that_is_gone_stays_and_moves_with_the_whole():
    point = {"verdict": "aligned", "severity": "ok"}
    here, gone = carried({"Q": before("Q")}, point)
    assert (here["id"], gone["id"], gone["gone"]) == ("P", "Q", True)
    assert (gone["lon"], gone["lat"], gone["last_seen"]) == (121.0, 30.0, "2026-01-01")
    _, moved = carried({"Q": before("Q")}, point, shift_m=(0.0, 1000.0))
    # a kilometre north at 30 degrees is 0.00902 degrees
    assert moved["lat"] - 30.0 == pytest.approx(0.00902, abs=1e-5)
    # north of the grid is half a degree off there: 9 m, 0.00009 degrees
    assert moved["lon"] == pytest.approx(121.0, abs=1e-4)
    _, moved = carried({"Q": before("Q")}, point, shift_m=(1000.0, 0.0))
    assert moved["lon"] - 121.0 == pytest.approx(0.01036, abs=2e-5)
    assert moved["lon"] == round(moved["lon"], 7)


def run_of(*ids, time, known=(), since=None):
    return {
        "run": {"time": time, "since": since},
        "docking_points": [{"id": name} for name in ids],
        "history": [{"id": name, "states": [{"time": began}]} for name, began in known],
    }


@pytest.mark.parametrize(
    ("ids", "known", "since", "follows"),
    [
        (["P"], [("P", "2026-01-01")], {}, True),
        (["P"], [("P", "2026-02-01")], {}, True),
        (["P"], [("P", "2026-02-02")], {}, False),  # of the same id, but younger
        (["P", "Q"], [("P", "2026-01-01")], {}, False),
        ([], [], {}, False),
        (["P"], [("P", "2026-01-01")], None, False),
    ],
)
def test_a_report_follows_one_whose_points_its_history_knows(ids, known, since, follows):
    old = run_of(*ids, time="2026-02-01")
    new = run_of(time="2026-03-01", known=known, since=since)
    assert comparison._follows(old, new) is follows


def test_points_that_rose_to_a_level_are_named():
    severities = [
        ("ok", "severe"), ("mismatch", "severe"), ("severe", "severe"), ("notice", "mismatch"),
        (None, "severe"), ("severe", None), ("severe", "ok"),
    ]  # fmt: skip
    table = pd.DataFrame(severities, columns=["severity_old", "severity_new"]).assign(
        id=list("ABCDEFG")
    )
    assert comparison._risen(table, "severe") == ["A", "B", "E"]
    assert comparison._risen(table, "mismatch") == ["A", "D", "E"]


def test_a_row_of_a_comparison_takes_the_new_place_and_both_verdicts():
    old = {"id": "P", "chainage_m": 1.0, "verdict": "missing", "severity": "severe", "a_name": "x"}
    new = {"id": "P", "chainage_m": 2.0, "verdict": "aligned", "severity": "ok", "a_name": "y"}
    both = comparison._row(old, new)
    assert both == {
        "id": "P", "chainage_m": 2.0, "a_road": "y", "b_road": None, "verdict_old": "missing",
        "severity_old": "severe", "verdict_new": "aligned", "severity_new": "ok",
    }  # fmt: skip
    gone = comparison._row(old, None)
    assert (gone["chainage_m"], gone["a_road"], gone["verdict_new"]) == (1.0, "x", None)
    assert comparison._row(None, new)["severity_old"] is None


def test_a_decision_is_told_as_a_difference():
    said = {"field": "decision", "old": None, "new": "agreed"}
    assert comparison._decided({}, {"decision": "agreed"}) == [said]
    assert comparison._decided({"decision": "later"}, {"decision": "later"}) == []
    change = comparison._change("P", {"field": "gap_m", "old": 2.0, "new": None})
    assert change == {"id": "P", "field": "gap_m", "old": "2", "new": None}


def test_limits_that_a_later_program_knows_are_passed_over():
    given = {"run": {"limits": {"changed_m": 7.0, "unheard_of": 1.0}}}
    assert comparison._known_limits(given) == {"changed_m": 7.0}
    assert comparison._known_limits({"run": {"limits": None}}) == {}


def placed_points(*rows):
    made = [
        {"id": f"P{k}", "axis_deg": 0.0, "a_fid": f"f{len(rows)}{k}"} | row
        for k, row in enumerate(rows)
    ]
    places = {key: [float(row.get(key, 0)) for row in rows] for key in ("x", "y")}
    return typed(pd.DataFrame(made), KNOWN).assign(**places)


def test_a_direction_turned_by_half_a_circle_is_the_same():
    for turn in (0.0, 180.0, 360.0):
        found = match(
            placed_points({}), placed_points({"x": 50.0, "axis_deg": turn}), limits=LIMITS
        )
        assert len(found.new) == 1
    crossed = match(placed_points({}), placed_points({"axis_deg": 90.0}), limits=LIMITS)
    limit = LIMITS["identity_axis_deg"]
    worth = 2 * LIMITS["identity_alone"] - np.log1p((90.0 / limit) ** 2)
    assert len(crossed.new) == (worth > 0)


EVENT = {"time": "2026-03-01T00:00:00Z", "kind": "decision", "source": "x"}


def test_a_run_with_its_sides_the_other_way_round_reads_the_ledger_turned():
    import msgspec  # noqa: PLC0415

    said = [
        EVENT | {"id": "DP-AAAA", "fields": {"decision": "agreed", "responsible_a": "甲局"},
                 "place": {"chainage_m": 1.0, "lon": 1.0, "lat": 2.0, "roads": ["r甲", "r乙"]}},
        EVENT | {"id": "DP-BBBB", "fields": {"responsible_b": "乙局"}},
    ]  # fmt: skip
    ledger = with_events(new_ledger("界", ("甲", "乙")), msgspec.convert(said, list[Event]))
    points = pd.DataFrame({"id": ["DP-AAAA", "DP-CCCC"], "verdict": ["missing", "aligned"]})
    straight = ledger_record(points, ledger, names=("甲", "乙"))
    turned = ledger_record(points, ledger, names=("乙", "甲"))
    assert (straight["events"], straight["left_out"], straight["lines_left_out"]) == (2, [], 0)
    assert (
        straight["entries"][0]["responsible_a"] == turned["entries"][0]["responsible_b"] == "甲局"
    )
    assert turned["entries"][0]["responsible_a"] == ""
    assert list(turned["entries"][0]["place"]["roads"]) == ["r乙", "r甲"]
    assert [one["id"] for one in turned["elsewhere"]] == ["DP-BBBB"]
    assert turned["elsewhere"][0]["place"] is None
    assert turned["elsewhere"][0]["responsible_a"] == "乙局"
    table = decided(points, ledger, names=("甲", "乙"))
    assert table["decision"].tolist() == ["agreed", pd.NA]


def test_decisions_are_counted_and_settle_nothing():
    table = pd.DataFrame(
        {
            "verdict": ["missing", "aligned", "mismatched", "missing", "missing"],
            "decision": pd.array(["agreed", "agreed", "rejected", "later", None], dtype="string"),
        }
    )
    assert decision_counts(table) == {
        "decisions": {"agreed": 2, "rejected": 1, "later": 1},
        "open_decided": 2,  # the first and the third
        "agreed_done": 1,  # the second
    }
