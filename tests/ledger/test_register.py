"""The ledger: what is in force, what an import adds, how copies come together."""

import itertools
import json

import jsonschema
import msgspec
import pytest
from made_minutes import NAMES, ROADS, entry, event, header, minutes, written

from roadalign.errors import InputError
from roadalign.ledger import minutes as minutes_module
from roadalign.ledger.events import Event, line_of, new_ledger, with_events
from roadalign.ledger.events import schema as line_schema
from roadalign.ledger.lines import text_of_ledger
from roadalign.ledger.minutes import read_minutes, schema
from roadalign.ledger.register import decide, history, import_source, read_source, standing
from roadalign.ledger.store import read_ledger
from roadalign.model.words import Stage

POINT = "DP-AAAAAA"
SAID = {
    "decision": "agreed",
    "stage": "coordination",
    "responsible_a": "甲局",
    "note": "第一行\n二",
}


@pytest.fixture
def minutes_file(tmp_path):
    def write(*entries, name="minutes.json", **values):
        path = tmp_path / name
        path.write_text(json.dumps(minutes(*entries, **values)), encoding="utf-8")
        return path

    return write


def imported(ledger, path):
    return import_source(ledger, read_source(path), name=str(path))


def valid(record, wanted):
    return jsonschema.Draft202012Validator(wanted).is_valid(record)


def test_a_point_comes_from_decision_to_supervision():
    assert [str(one) for one in Stage] == [
        "decision",
        "coordination",
        "implementation",
        "supervision",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "7"},
        {"id": "DP-<b>"},
        {"decision": "perhaps"},
        {"decision": 1},
        {"stage": "agreed"},
        {"due": "31.3.2027"},
        {"due": "2027-13-01"},
        {"responsible_a": None},
        {"responsible_b": "x" * 201},
        {"note": "x" * 4001},
        {"updated": "2026-03-01"},
        {"updated": "2026-03-01T08:00:00+08:00"},
        {"lon": 181},
        {"lat": "30"},
        {"roads": ["one"]},
    ],
    ids=str,
)
def test_minutes_that_are_not_right_are_refused_by_program_and_schema(wrong, minutes_file):
    assert valid(minutes(entry(**SAID)), schema())
    bad = entry(**{**SAID, **wrong})
    assert not valid(minutes(bad), schema())
    path = minutes_file(entry(), bad)
    with pytest.raises(InputError, match=r"entries\[1\]") as refused:
        read_minutes(path)
    assert refused.value.key == "not_minutes"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"due": "2026-02-31"}, "due"),
        ({"due": "2027-03-31\n"}, "due"),
        ({"due": "0000-01-01"}, "due"),
        ({"updated": "2026-02-29T08:00:00Z"}, "updated"),
        ({"updated": "9999-12-31T23:59:59.999Z"}, "updated"),
        ({"updated": "2026-11-29T24:00:00Z"}, "updated"),
        ({"updated": "2016-12-31T23:59:60Z"}, "updated"),
        ({"updated": "2026-03-01T08:00:00Z\n"}, "updated"),
        ({"id": "DP-AAAAAB\n"}, "id"),
        ({"id": "DP-AAAAAB\x00"}, "id"),
        ({"chainage_m": 1e9}, "chainage_m"),
        ({"chainage_m": -1e9}, "chainage_m"),
    ],
)
def test_what_the_calendar_or_the_earth_does_not_have_is_refused(wrong, field, minutes_file):
    path = minutes_file(entry(), entry("DP-AAAAAB", **SAID) | wrong)
    with pytest.raises(InputError) as refused:
        read_minutes(path)
    assert refused.value.key == "not_minutes"
    problem = refused.value.values["problem"]
    assert "entries[1]" in problem
    assert field in problem
    assert "regex" not in problem


@pytest.mark.parametrize("time", ["2026-02-31T00:00:00Z", "soon", "2026-03-01T08:00:00Z\n"])
def test_minutes_exported_at_no_time_are_refused(time, minutes_file):
    with pytest.raises(InputError, match="no time"):
        read_minutes(minutes_file(entry(), exported=time))


def test_a_day_may_be_none_and_texts_are_taken_as_they_are(minutes_file):
    said = {"note": "a\nb\x1b[2J", "responsible_a": "甲\t局", "responsible_b": "乙\x07"}
    path = minutes_file(entry(**said, roads=["bell\x07\nand", "b"]), entry("DP-BBBBBB", **SAID))
    one, two = read_minutes(path).entries
    assert (one.note, one.responsible_a, one.responsible_b) == (
        "a\nb\ufffd[2J",
        "甲 局",
        "乙\ufffd",
    )
    assert one.roads == ("bell\ufffd and", "b")
    assert one.due is None
    assert (two.note, two.responsible_a, two.stage) == ("第一行\n二", "甲局", "coordination")


def test_minutes_are_read_up_to_their_bound(minutes_file, monkeypatch):
    path = minutes_file(entry())
    monkeypatch.setattr(minutes_module, "LARGEST_BYTES", path.stat().st_size)
    assert len(read_minutes(path).entries) == 1
    monkeypatch.setattr(minutes_module, "LARGEST_BYTES", path.stat().st_size - 1)
    for read in (read_minutes, read_source):
        with pytest.raises(InputError) as refused:
            read(path)
        assert refused.value.key == "cannot_read"


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "no json", '{"format": "roadalign-minutes"}', "[" * 5000, "\x00", "{}\n{}"],
)
def test_what_are_no_minutes_is_refused(content, tmp_path):
    path = tmp_path / "minutes.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        imported(None, path)
    assert refused.value.key == "not_minutes"


def test_a_point_twice_is_refused(minutes_file):
    path = minutes_file(entry(), entry("DP-BBBBBB"), entry("DP-CCCCCC"), entry("DP-BBBBBB"))
    with pytest.raises(InputError) as refused:
        read_minutes(path)
    assert refused.value.key == "not_minutes"
    assert refused.value.where == str(path)
    assert refused.value.values == {"problem": "DP-BBBBBB × 2"}


def test_a_later_version_is_refused(minutes_file):
    with pytest.raises(InputError) as refused:
        read_minutes(minutes_file(entry(), version=2))
    assert refused.value.key == "not_minutes"
    assert "version" in refused.value.values["problem"]


def test_minutes_become_events_and_again_nothing(minutes_file):
    path = minutes_file(entry(**SAID), entry("DP-BBBBBB", decision="later"))
    first = imported(None, path)
    assert (first.added, first.known, list(first.changed)) == (2, 0, [POINT, "DP-BBBBBB"])
    assert first.changed[POINT][0]["decision"] is None
    assert first.changed[POINT][1]["decision"] == "agreed"
    again = imported(first.ledger, path)
    assert (again.added, again.known, again.changed) == (0, 2, {})
    assert again.ledger == first.ledger
    # the same minutes under another name are the same
    renamed = minutes_file(entry(**SAID), name="copy.json")
    assert imported(first.ledger, renamed).added == 0


def test_each_line_is_one_of_the_schema(minutes_file):
    ledger = imported(None, minutes_file(entry(**SAID))).ledger
    ledger = decide(ledger, POINT, {"due": "2027-01-31"}, time="2026-03-02T00:00:00.5Z")
    records = [json.loads(line) for line in text_of_ledger(ledger).splitlines()]
    assert len(records) == 3
    assert all(valid(record, line_schema()) for record in records)
    assert not valid({**records[1], "id": "x"}, line_schema())


def test_the_newest_is_in_force_field_by_field(minutes_file):
    ledger = imported(None, minutes_file(entry(**SAID))).ledger
    ledger = decide(ledger, POINT, {"decision": "to_do", "note": None}, time="2026-03-02T00:00:00Z")
    one = standing(ledger.events)[POINT]
    assert (one["decision"], one["stage"], one["responsible_a"]) == (
        "to_do",
        "coordination",
        "甲局",
    )
    assert one["note"] == "第一行\n二"
    assert list(one["place"]["roads"]) == ROADS
    assert one["updated"] == "2026-03-02T00:00:00Z"
    ledger = decide(
        ledger, POINT, {"decision": "none", "note": "none"}, time="2026-03-03T00:00:00Z"
    )
    one = standing(ledger.events)[POINT]
    assert (one["decision"], one["note"], one["stage"]) == (None, "", "coordination")
    assert [step["time"][:10] for step in history(ledger, POINT.lower())] == [
        "2026-03-01",
        "2026-03-02",
        "2026-03-03",
    ]


def test_what_is_older_stays_in_the_history_alone(minutes_file):
    newer = entry(decision="agreed", updated="2026-03-05T00:00:00Z")
    ledger = imported(None, minutes_file(newer)).ledger
    found = imported(ledger, minutes_file(entry(decision="rejected")))
    assert (found.added, found.changed, found.older) == (1, {}, (POINT,))
    assert standing(found.ledger.events)[POINT]["decision"] == "agreed"


def test_a_fraction_of_a_second_counts(tmp_path):
    path = written(
        tmp_path / "ledger",
        header(),
        event(time="2026-03-01T08:00:00.250Z", decision="later"),
        event(time="2026-03-01T08:00:00Z", decision="agreed"),
    )
    assert standing(read_ledger(path).events)[POINT]["decision"] == "later"


def test_the_order_of_lines_and_of_copies_does_not_matter(tmp_path):
    events = [
        event(decision="agreed"),
        event(decision="rejected"),  # at the same moment, by somebody else
        event(time="2026-03-02T00:00:00Z", stage="implementation"),
    ]
    states = set()
    for order in itertools.permutations(events):
        path = written(tmp_path / "ledger", header(), *order, header(), *order)
        ledger = read_ledger(path)
        assert len(ledger.events) == 3
        states.add(json.dumps(standing(ledger.events)[POINT]))
    assert len(states) == 1


def test_two_copies_are_put_together(tmp_path):
    common = event(decision="later")
    ours = written(tmp_path / "ours", header(), common, event("DP-BBBBBB", decision="agreed"))
    theirs = written(
        tmp_path / "theirs", header(), event(time="2026-04-01T00:00:00Z", note="看过"), common
    )
    found = imported(read_ledger(ours), theirs)
    assert (found.added, found.known, list(found.changed)) == (1, 1, [POINT])
    assert found.ledger.lacks(read_ledger(ours).events) == []
    other_way = imported(read_ledger(theirs), ours)
    assert standing(other_way.ledger.events) == standing(found.ledger.events)


def test_sides_that_stand_the_other_way_round_are_turned(minutes_file):
    path = minutes_file(entry(responsible_a="甲局", responsible_b="乙局"))
    found = imported(new_ledger("界", NAMES[::-1]), path)
    one = standing(found.ledger.events)[POINT]
    assert (one["responsible_a"], one["responsible_b"]) == ("乙局", "甲局")
    assert list(one["place"]["roads"]) == ROADS[::-1]


@pytest.mark.parametrize("other", [{"boundary": "别处"}, {"names": ["甲", "丙"]}])
def test_what_is_of_another_boundary_is_refused(other, minutes_file, tmp_path):
    ledger = new_ledger("界", NAMES)
    with pytest.raises(InputError) as refused:
        imported(ledger, minutes_file(entry(), **other))
    assert refused.value.key == "other_ledger"
    with pytest.raises(InputError) as refused:
        imported(ledger, written(tmp_path / "ledger", header(**other)))
    assert refused.value.key == "other_ledger"


def at(*moments):
    """Return a ledger with one event of the point at each of the moments."""
    ledger = new_ledger("界", NAMES)
    given = [event(time=moment, note=moment) for moment in moments]
    return with_events(ledger, [msgspec.convert(one, Event) for one in given])


@pytest.mark.parametrize(
    ("last", "now", "dated"),
    [
        ("2026-03-01T08:00:00Z", "2026-03-01T08:00:00.001Z", "2026-03-01T08:00:00.001Z"),
        ("2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z", "2026-03-01T08:00:00.001Z"),
        ("2026-03-01T08:00:00.999Z", "2026-03-01T07:00:00Z", "2026-03-01T08:00:01.000Z"),
        ("2026-12-31T23:59:59.9999Z", "2026-03-01T07:00:00Z", "2027-01-01T00:00:00.000Z"),
        ("2199-12-31T23:59:59.998Z", "2026-03-01T07:00:00Z", "2199-12-31T23:59:59.999Z"),
    ],
)
def test_a_decision_is_dated_now_or_right_after_the_last_one(last, now, dated):
    ledger = at("2026-01-01T00:00:00Z", last, "2026-02-01T00:00:00Z")
    after = decide(ledger, POINT, {"note": "x"}, time=now)
    assert after.events[-1].time == dated
    assert after.events[-1].fields.note == "x"
    # what is said of another point moves nothing
    other = decide(ledger, "DP-BBBBBB", {"note": "x"}, time=now)
    assert [one.time for one in other.events if one.id == "DP-BBBBBB"] == [now]


def test_nothing_is_dated_after_the_end_of_the_calendar():
    ledger = at("2199-12-31T23:59:59.999Z")
    with pytest.raises(InputError) as refused:
        decide(ledger, POINT, {"note": "x"}, time="2026-03-01T00:00:00Z")
    assert refused.value.key == "end_of_calendar"
    assert refused.value.values == {"time": "2199-12-31T23:59:59.999Z"}


def test_two_decisions_of_one_moment_are_two():
    ledger = new_ledger("界", NAMES)
    one, two = (
        decide(ledger, POINT, {"note": "x"}, time="2026-03-01T00:00:00Z").events for _ in range(2)
    )
    assert one[0].uid != two[0].uid
    assert len(with_events(ledger, [*one, *two]).events) == 2


@pytest.mark.parametrize(
    ("point", "fields", "key"),
    [
        (POINT, {"note": None, "due": None}, "nothing_decided"),
        (POINT, {"due": "2026-02-31"}, "bad_day"),
        (POINT, {"due": "9999-12-31"}, "bad_day"),
        (POINT, {"due": ""}, "bad_day"),
        (POINT, {"decision": "perhaps"}, "bad_decision"),
        (POINT, {"responsible_a": "x" * 201}, "bad_decision"),
        (POINT + "\n", {"note": "x"}, "bad_decision"),
        ("7", {"note": "x"}, "bad_decision"),
    ],
)
def test_what_cannot_be_written_down_is_refused(point, fields, key):
    with pytest.raises(InputError) as refused:
        decide(new_ledger("界", NAMES), point, fields, time="2026-03-01T00:00:00Z")
    assert refused.value.key == key


def test_what_a_terminal_would_run_is_not_written_down():
    fields = {"note": "先\x1b[2J\n后\udcff", "responsible_a": "甲\n局", "due": "none"}
    (one,) = decide(new_ledger("界", NAMES), POINT, fields, time="2026-03-01T00:00:00Z").events
    said = json.loads(line_of(one))["fields"]
    assert said == {"responsible_a": "甲 局", "due": None, "note": "先\ufffd[2J\n后\ufffd"}


def test_what_is_near_to_an_unknown_point_is_named():
    ledger = at("2026-03-01T00:00:00Z")
    with pytest.raises(InputError) as refused:
        history(ledger, "dp-aaaaab")
    assert refused.value.values == {"nearest": POINT}
    with pytest.raises(InputError) as refused:
        history(ledger, "XYZ")
    assert refused.value.values == {"nearest": "—"}


def test_minutes_of_which_the_half_is_known_tell_both_numbers(minutes_file):
    first = imported(None, minutes_file(entry(**SAID)))
    path = minutes_file(entry(**SAID), entry("DP-BBBBBB"), entry("DP-CCCCCC", decision="later"))
    found = imported(first.ledger, path)
    assert (found.added, found.known, found.older) == (2, 1, ())
    assert list(found.changed) == ["DP-CCCCCC"]  # the other says nothing, as before
    assert [one.source for one in found.ledger.events] == ["minutes.json"] * 3
    assert {one.kind for one in found.ledger.events} == {"minutes"}
    one = standing(found.ledger.events)["DP-CCCCCC"]
    assert one["place"] == {"chainage_m": 1234.5, "lon": 121.01, "lat": 30.8, "roads": tuple(ROADS)}
    assert (one["source"], one["updated"]) == ("minutes.json", "2026-03-01T08:00:00Z")
