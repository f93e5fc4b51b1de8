"""Runs after runs, and two runs side by side, on four straight roads across a straight line."""

import json

import geopandas as gpd
import jsonschema
import numpy as np
import pytest
import shapely

import roadalign
from roadalign.errors import InputError
from roadalign.ledger.comparison import compare_records
from roadalign.ledger.events import new_ledger
from roadalign.ledger.register import decide, standing
from roadalign.ledger.store import update
from roadalign.model.records import report_schema
from roadalign.outputs.report_json import as_record
from roadalign.settings import Settings, parse_settings

EAST, NORTH = 600000, 3400000
NAMES = {"a": {"name": "south"}, "b": {"name": "north"}}
LINE = gpd.GeoDataFrame(
    geometry=[shapely.LineString([(EAST, NORTH), (EAST + 6000, NORTH)])], crs=4549
)


def plan(side, *roads):
    """Return roads by name and place along the line; a third value moves the end off it."""
    sign = -1 if side == "a" else 1
    lines = [
        shapely.LineString(
            [(EAST + x, NORTH + sign * 800), (EAST + x, NORTH + sign * (short[0] if short else 0))]
        )
        for _, x, *short in roads
    ]
    return gpd.GeoDataFrame({"name": [road[0] for road in roads]}, geometry=lines, crs=4549)


FOUR = [("one", 1000), ("two", 2000), ("three", 3000), ("four", 4000)]


def run(a, b, since=None, line=LINE, ledger=None, **settings):
    told = parse_settings(NAMES | settings, where="test")
    return roadalign.check(
        plan("a", *a), plan("b", *b), boundary=line, settings=told, since=since, ledger=ledger
    )


@pytest.fixture(scope="module")
def first():
    return run(FOUR, FOUR)


def test_identical_inputs_are_the_same_points(first):
    again = run(FOUR, FOUR, since=first)
    assert list(again.docking_points["id"]) == list(first.docking_points["id"])
    assert set(again.docking_points["change"]) == {"same"}
    assert set(again.docking_points["first_seen"]) == {first.run["time"][:10]}
    assert not again.run["since"]["jump"]
    assert "I07" not in set(again.findings["rule"])


def test_two_runs_after_the_same_one_are_the_same_but_for_time_and_id(first):
    texts = []
    for _ in range(2):
        result = run(FOUR[1:], FOUR, since=first)
        text = json.dumps(as_record(result))
        texts.append(text.replace(result.run["time"], "T").replace(result.run["id"], "R"))
    assert texts[0] == texts[1]


def test_a_report_with_a_predecessor_fits_its_schema(first):
    record = as_record(run(FOUR[1:], FOUR[:3], since=first))
    assert not list(jsonschema.Draft202012Validator(report_schema()).iter_errors(record))
    assert len(record["history"]) == 4


def test_sides_given_in_the_other_order_are_told_apart_by_name(first):
    names = {"a": {"name": "north"}, "b": {"name": "south"}}
    again = roadalign.check(
        plan("b", *FOUR),
        plan("a", *FOUR),
        boundary=LINE,
        settings=parse_settings(names, where="test"),
        since=first,
    )
    assert list(again.docking_points["id"]) == list(first.docking_points["id"])
    assert set(again.docking_points["change"]) == {"same"}


def test_more_than_half_is_told_as_a_doubt_about_the_data(first):
    # of seven points, old and new, one is the same
    other = [("one", 1000), ("five", 2400), ("six", 3400), ("seven", 4400)]
    doubtful = run(other, other, since=first)
    assert doubtful.run["since"]["jump"]
    assert (doubtful.run["since"]["differing"], doubtful.run["since"]["all"]) == (6, 7)
    (finding,) = doubtful.findings[doubtful.findings["rule"] == "I07"].to_dict("records")
    assert finding["value"] == 6
    assert "6 of 7" in finding["message_en"]
    calm = run(other, other, since=first, limits={"jump_share": 0.9})
    assert not calm.run["since"]["jump"]
    assert "I07" not in set(calm.findings["rule"])


def test_a_point_that_is_gone_leaves_its_id_to_nobody(first):
    gone = run(FOUR[:3], FOUR[:3], since=first)
    assert gone.run["since"]["gone"] == [first.docking_points["id"][3]]
    there = [*FOUR[:3], ("other", 4030)]
    other = run(there, there, since=gone)
    assert other.docking_points["id"][3] not in set(first.docking_points["id"])
    back = run(FOUR, FOUR, since=other)
    assert list(back.docking_points["id"]) == list(first.docking_points["id"])
    assert back.docking_points["change"][3] == "not_comparable"  # nobody states class or status


def test_a_version_without_any_docking_point_loses_nobody(first):
    none = run([("one", 1000, 700)], [("one", 4500, 700)], since=first)
    assert len(none.docking_points) == 0
    assert none.run["since"]["counts"]["gone"] == 4
    assert roadalign.compare(first, none).summary["counts"]["gone"] == 4
    assert roadalign.compare(none, none).summary["counts"]["same"] == 0
    back = run(FOUR, FOUR, since=none)
    assert list(back.docking_points["id"]) == list(first.docking_points["id"])


def test_a_point_whose_two_roads_part_is_split(first):
    # each side alone: B's road of this name is no counterpart to A's, which turns away from it
    apart = run(FOUR, [*FOUR[:3], ("four", 4145)], since=first, limits={"pair_offset_m": 100.0})
    points = apart.docking_points
    assert len(points) == 5
    kept = first.docking_points["id"][3]
    assert list(points["id"][3:]).count(kept) == 1
    (new,) = points[points["change"] == "new"].to_dict("records")
    assert new["relation"] == f"split:{kept}"


def test_a_boundary_elsewhere_is_refused(first):
    elsewhere = LINE.set_geometry(LINE.geometry.translate(0, 20_000))
    a, b = (
        table.set_geometry(table.geometry.translate(0, 20_000))
        for table in (plan("a", *FOUR), plan("b", *FOUR))
    )
    with pytest.raises(InputError) as told:
        roadalign.check(a, b, boundary=elsewhere, since=first)
    assert told.value.key == "other_boundary"
    assert "20.0 km" in str(told.value)


def test_a_redrawn_boundary_counts_differently_and_keeps_the_ids(first):
    longer = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(EAST - 700, NORTH), (EAST + 6000, NORTH)])], crs=4549
    )
    again = run(FOUR, FOUR, since=first, line=longer)
    assert list(again.docking_points["id"]) == list(first.docking_points["id"])
    moved = again.docking_points["chainage_m"] - first.docking_points["chainage_m"]
    assert np.allclose(moved.astype(float), 700, atol=1)


def test_an_older_report_without_history_begins_one(first):
    record = as_record(first)
    del record["history"]
    found = compare_records(record, as_record(run(FOUR[:3], FOUR[:3])))
    assert found.summary["counts"]["gone"] == 1


CHANGED_A = [("one", 1000), ("zwei", 2000), ("three", 3040), ("five", 5000)]


@pytest.mark.parametrize("followed", [True, False])
def test_a_comparison_says_what_each_side_changed_and_what_that_did(first, followed):
    after = run(CHANGED_A, FOUR, since=first if followed else None)
    found = roadalign.compare(first, after)
    points = found.points.set_index("a_road")
    assert points["change"].to_dict() == {
        "one": "same",
        "zwei": "changed",
        "three": "not_comparable",  # what nobody states is unknown, before and after
        "five": "new",
    } | {name: "worsened" for name in points.index if name not in {"one", "zwei", "three", "five"}}
    told = found.changes[found.changes["field"] == "a_name"]
    assert list(told[["old", "new"]].iloc[0]) == ["two", "zwei"]
    a = found.approaches[found.approaches["side"] == "a"].set_index("road")
    assert a["change"].to_dict() == {
        "one": "same",
        "zwei": "changed",
        "three": "moved",
        "four": "gone",
        "five": "new",
    }
    assert a["moved_m"]["three"] == 40
    assert (a["verdict_old"]["three"], a["verdict_new"]["three"]) == ("undetermined", "mismatched")
    assert a["effect"]["three"] == a["effect"]["four"] == "opened"
    assert (a["verdict_old"]["four"], a["verdict_new"]["four"]) == ("undetermined", "missing")
    b = found.approaches[found.approaches["side"] == "b"]
    assert set(b["change"]) == {"same"}
    assert (
        found.summary["sides"]["a"] | {"moved": 1, "new": 1, "gone": 1, "changed": 1}
        == (found.summary["sides"]["a"])
    )
    risen = set(found.points.loc[found.points["id"].isin(found.summary["new_mismatch"]), "b_road"])
    assert {"three"} <= risen
    assert found.summary["new_severe"] == [
        name for name in found.summary["new_mismatch"] if name in found.summary["new_severe"]
    ]


def test_nothing_changed_between_a_run_and_itself(first):
    found = roadalign.compare(first, first)
    assert found.summary["counts"]["same"] == 4
    assert len(found.changes) == len(found.approach_changes) == 0
    assert set(found.approaches["change"]) == {"same"}
    assert Settings().limits_for(None)["changed_m"] == 5.0


def decided(folder, result, point, decision):
    empty = new_ledger(result.boundary.name, ("south", "north"))
    held = decide(empty, point, {"decision": decision}, time="2026-03-01T00:00:00Z")
    update(folder / "ledger.jsonl", lambda _: held)
    return folder / "ledger.jsonl"


@pytest.mark.parametrize(("decision", "told"), [("agreed", 1), ("rejected", 1), ("later", 0)])
def test_a_decision_alone_resolves_nothing_and_is_told_apart(tmp_path, decision, told):
    before = run(FOUR[1:], FOUR)  # side a has no road one
    (point,) = before.unresolved["id"]
    ledger = decided(tmp_path, before, point, decision)
    after = run(FOUR[1:], FOUR, since=before, ledger=ledger)
    assert set(after.docking_points["change"]) == {"same"}
    assert list(after.unresolved["id"]) == [point]
    assert (after.summary["open_points"], after.summary["open_decided"]) == (1, told)
    assert after.summary["agreed_done"] == 0


def test_what_was_agreed_is_done_when_the_data_agrees(tmp_path):
    stated = {"aspects": ["place"]}
    before = run(FOUR[1:], FOUR, **stated)
    (point,) = before.unresolved["id"]
    ledger = decided(tmp_path, before, point, "agreed")
    after = run(FOUR, FOUR, since=before, ledger=ledger, **stated)
    assert after.docking_points.set_index("id")["change"][point] == "resolved"
    assert (after.summary["open_decided"], after.summary["agreed_done"]) == (0, 1)


def test_a_road_taken_away_worsens_its_point_and_blames_its_side_alone():
    stated = {"aspects": ["place"]}
    before = run(FOUR, FOUR, **stated)
    after = run(FOUR, FOUR[1:], since=before, **stated)
    assert after.docking_points["change"].tolist() == ["worsened", "same", "same", "same"]
    assert after.docking_points["verdict"].tolist()[0] == "missing"
    found = roadalign.compare(before, after)
    assert found.summary["counts"]["worsened"] == 1
    words = {side: found.summary["sides"][side] for side in ("a", "b")}
    assert (words["a"]["same"], words["b"]["gone"], words["b"]["same"]) == (4, 1, 3)


def test_a_road_left_alone_that_asks_for_nothing_is_lost_and_not_gone():
    """As where A's end is a cul-de-sac: it answered B's road and asks for none by itself."""
    stated = {"aspects": ["place"]}
    before = run(FOUR, FOUR, **stated)
    record = as_record(run(FOUR, FOUR[1:], **stated))
    (alone,) = [one["id"] for one in record["docking_points"] if one["verdict"] == "missing"]
    for table, name in (("docking_points", "id"), ("approaches", "docking_point")):
        record[table] = [one for one in record[table] if one[name] != alone]
    found = compare_records(as_record(before), record)
    assert (found.summary["counts"]["gone"], found.summary["counts"]["worsened"]) == (0, 1)
    (point,) = found.points[found.points["change"] == "worsened"].to_dict("records")
    assert (point["a_road"], point["b_road"], point["verdict_new"]) == ("one", "one", None)
    words = {side: found.summary["sides"][side] for side in ("a", "b")}
    assert (words["a"]["same"], words["a"]["gone"], words["b"]["gone"]) == (4, 0, 1)
    # both sides' roads gone: then it is gone
    both = compare_records(as_record(before), as_record(run(FOUR[1:], FOUR[1:], **stated)))
    assert (both.summary["counts"]["gone"], both.summary["counts"]["worsened"]) == (1, 0)


def test_many_decisions_at_once_change_nothing(tmp_path):
    before = run(FOUR[2:], FOUR)  # side a has two roads of four: half of the points are open
    ids = sorted(before.unresolved["id"])
    assert len(ids) == 2
    limits = {"limits": {"jump_share": 0.4}}  # two of four would be more than that
    empty = new_ledger(before.boundary.name, ("south", "north"))
    for number, point in enumerate(ids):
        time = f"2026-03-0{number + 1}T00:00:00Z"
        empty = decide(empty, point, {"decision": "agreed"}, time=time)
    update(tmp_path / "ledger.jsonl", lambda _: empty)
    after = run(FOUR[2:], FOUR, since=before, ledger=tmp_path / "ledger.jsonl", **limits)
    assert after.run["since"]["counts"]["same"] == 4
    assert not after.run["since"]["jump"]
    by_plan = run(FOUR, FOUR, since=before, **limits)  # the same two, changed by the plans
    assert by_plan.run["since"]["jump"]


def test_a_decision_is_told_as_a_difference_of_a_point_that_is_the_same(tmp_path):
    before = run(FOUR[1:], FOUR)
    (point,) = before.unresolved["id"]
    after = run(FOUR[1:], FOUR, since=before, ledger=decided(tmp_path, before, point, "agreed"))
    told = compare_records(as_record(before), as_record(after))
    assert told.points.set_index("id")["change"][point] == "same"
    (row,) = told.changes.to_dict("records")
    assert (row["id"], row["field"], row["new"]) == (point, "decision", "agreed")


def test_a_decision_made_now_is_in_force_though_another_clock_runs_ahead():
    held = new_ledger("line", ("south", "north"))
    held = decide(held, "DP-AAAAAA", {"decision": "agreed"}, time="2026-03-02T00:00:00Z")
    held = decide(held, "DP-AAAAAA", {"decision": "rejected"}, time="2026-03-01T00:00:00Z")
    assert standing(held.events)["DP-AAAAAA"]["decision"] == "rejected"


def test_the_ledger_of_the_settings_is_read(tmp_path):
    before = run(FOUR[1:], FOUR)
    (point,) = before.unresolved["id"]
    ledger = decided(tmp_path, before, point, "agreed")
    told = parse_settings(NAMES | {"ledger": str(ledger)}, where="test")
    a, b = plan("a", *FOUR[1:]), plan("b", *FOUR)
    after = roadalign.check(a, b, boundary=LINE, settings=told)
    assert after.summary["open_decided"] == 1


def test_ways_around_are_no_links_of_a_comparison(default_result):
    assert "detour" in set(default_result.links["kind"])
    record = as_record(default_result)
    found = compare_records(record, record)
    assert set(found.links["kind"]) == set(found.old_links["kind"]) == {"link", "proposal"}
