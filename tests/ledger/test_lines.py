"""Lines of a ledger's file: what is read, what is left out, what counts as the same."""

import itertools
import json
import uuid

import msgspec
import pytest
from made_minutes import NAMES, ROADS, entry, event, header, lines, minutes

from roadalign.errors import InputError
from roadalign.ledger import lines as module
from roadalign.ledger.events import NAMESPACE, Event, content_uid, new_ledger, turned
from roadalign.ledger.lines import added_lines, is_ledger, parse_ledger, text_of_ledger
from roadalign.ledger.minutes import parse_minutes
from roadalign.ledger.register import decide, import_minutes, standing

POINT = "DP-AAAAAA"
UID = "018f0000-0000-7000-8000-00000000000"


def parsed(*texts):
    content = b"".join(one if isinstance(one, bytes) else one.encode() for one in texts)
    return parse_ledger(content, where="l.jsonl")


def left_of(ledger):
    return [(one.line, one.problem.key, one.problem.where) for one in ledger.left_out]


BAD = {
    "cut off": '{"time": "2026-03-01T08:0\n',
    "conflict": "<<<<<<< ours\n",
    "null": "null\n",
    "array": "[1]\n",
    "number": "7\n",
    "nested": "[" * 100_000 + "\n",
    "nested in an unknown field": '{"x":' + "[" * 100_000 + "\n",
    "zeros": "\x00\x00\n",
    "huge number": '{"time": ' + "9" * 100_000 + "}\n",
    "long": json.dumps({"x": "y" * 300_000}) + "\n",
    "decision": lines(event(decision="perhaps")),
    "field": lines(event(colour="red")),
    "kind": lines(event() | {"kind": "rumour"}),
    "id with a line break": lines(event(POINT + "\n")),
    "id with a zero": lines(event(POINT + "\x00")),
    "end of time": lines(event(time="9999-12-31T23:59:59.999Z")),
    "year 0": lines(event(time="0000-01-01T00:00:00Z")),
    "no day": lines(event(due="2026-02-31")),
    "no time": lines(event(time="2026-02-31T00:00:00Z")),
    "hour 24": lines(event(time="2026-11-29T24:00:00Z")),
    "leap second": lines(event(time="2016-12-31T23:59:60Z")),
    "other zone": lines(event(time="2026-11-29T10:00:00+08:00")),
    "uid": lines(event() | {"uid": "7"}),
    "uid with a line break": lines(event() | {"uid": UID + "1\n"}),
    "far away": lines(event() | {"place": {"chainage_m": 1e9, "lon": 1, "lat": 1, "roads": ROADS}}),
    "infinite": lines(event()).replace(
        '"source"',
        '"place": {"chainage_m": 1e999, "lon": 1, "lat": 1, "roads": ["", ""]}, "source"',
    ),
    "minutes": json.dumps(minutes(entry()), ensure_ascii=False) + "\n",
    "no utf-8": '{"备注"}\n'.encode("gb18030"),
    "long note": lines(event(note="x" * 4001)),
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD)
def test_a_bad_line_is_named_and_takes_nothing_with_it(line):
    good = [event(decision="agreed"), event("DP-BBBBBB", note="after")]
    found = parsed(lines(header(), good[0]), "\n", line, lines(good[1]))
    assert [one.id for one in found.events] == [POINT, "DP-BBBBBB"]
    assert left_of(found) == [(4, "bad_ledger_line", "l.jsonl:4")]
    assert len(str(found.left_out[0].problem)) < 800
    assert "\x1b" not in str(found.left_out[0].problem)
    assert found.torn is None
    # as the first line too, and alone at the end
    first = parsed(line, lines(header(), *good))
    assert (len(first.events), [one.line for one in first.left_out]) == (2, [1])


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"a letter\n", b"null", b"{}", b"PK\x03\x04", b"\x00" * 1000, b"[" * 5000,
     json.dumps(minutes(entry())).encode(), lines(event()).encode(),
     lines(header()).encode("utf-16"), b'{"format": "roadalign-ledger"}',
     lines(header(version=3)).encode(), lines(header(version="2")).encode(),
     lines(header(names=["x"])).encode()],
)  # fmt: skip
def test_what_is_no_ledger_is_refused(content):
    with pytest.raises(InputError) as refused:
        parse_ledger(content, where="l.jsonl")
    assert (refused.value.key, refused.value.where) == ("not_a_ledger", "l.jsonl")


def test_a_file_with_nothing_but_damaged_lines_is_no_ledger(monkeypatch):
    monkeypatch.setattr(module, "MOST_LEFT_OUT", 3)
    assert len(parsed(lines(header()), "x\n" * 3).left_out) == 3
    with pytest.raises(InputError) as refused:
        parsed(lines(header()), "x\n" * 4)
    assert refused.value.key == "not_a_ledger"


def test_a_line_longer_than_the_longest_is_left_out(monkeypatch):
    line = lines(event(note="x"))
    for longest, read in ((len(line) - 1, 1), (len(line) - 2, 0)):
        monkeypatch.setattr(module, "LONGEST_LINE", longest)
        found = parsed(lines(header()), line)
        assert (len(found.events), len(found.left_out)) == (read, 1 - read)


def test_the_longest_texts_fit_into_half_a_line():
    wide = "\U0001f6a7"  # two escapes of six letters each
    full = event(note=wide * 4000, responsible_a=wide * 200, responsible_b=wide * 200)
    full |= {"source": wide * 1000, "uid": UID + "1"}
    full |= {"place": {"chainage_m": 1, "lon": 1, "lat": 1, "roads": [wide * 1000] * 2}}
    text = json.dumps(full) + "\n"
    assert len(text) < module.LONGEST_LINE / 2
    assert len(parsed(lines(header()), text).events) == 1


def test_a_last_line_without_its_end_is_read_where_it_is_whole():
    found = parsed(lines(header()), lines(event(note="x")).rstrip("\n"))
    assert (len(found.events), found.left_out, found.torn) == (1, (), None)


@pytest.mark.parametrize("letters", [1, 2, 40, -1])
def test_a_last_line_that_is_cut_off_is_told_as_such(letters):
    last = lines(event("DP-BBBBBB", note="写到一半")).rstrip("\n").encode()[:letters]
    found = parsed(lines(header(), event(note="x")), last)
    assert [one.id for one in found.events] == [POINT]
    assert left_of(found) == [(3, "torn_ledger_line", "l.jsonl:3")]
    assert found.torn == 3


def test_lines_of_another_ledger_are_passed_over_up_to_the_next_header():
    other = lines(header(boundary="别处"), event("DP-OTHER1"), event("DP-OTHER2"))
    found = parsed(
        lines(header(), event(note="1")), other, lines(header(), event("DP-BBBBBB", note="2"))
    )
    assert [one.id for one in found.events] == [POINT, "DP-BBBBBB"]
    assert left_of(found) == [(3, "other_ledger_inside", "l.jsonl:3")]
    assert found.left_out[0].problem.values == {
        "own": "界 (甲–乙)",
        "other": "别处 (甲–乙)",
        "count": 2,
    }
    assert not found.foreign
    assert parsed(lines(header()), other).foreign


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"names": ["甲", "丙"]}, "other_ledger_inside"),
        ({"names": NAMES[::-1]}, "ledger_sides_swapped"),
        ({"version": 3}, "bad_ledger_header"),
        ({"names": "甲乙"}, "bad_ledger_header"),
    ],
)
def test_a_header_that_does_not_fit_begins_other_lines(wrong, key):
    found = parsed(lines(header(), event(note="1"), header(**wrong), event("DP-OTHER1")))
    assert [one.id for one in found.events] == [POINT]
    assert left_of(found) == [(3, key, "l.jsonl:3")]
    assert found.left_out[0].problem.values["count"] == 1


def test_what_is_written_behind_a_file_is_read_again_whatever_it_ends_in():
    new = parsed(lines(header(), event("DP-CCCCCC", note="new"))).events
    endings = {
        "": 1, lines(event(note="x")): 2, lines(event(note="x")).rstrip("\n"): 2, '{"time": "2': 1,
        lines(header(boundary="别处"), event("DP-OTHER1")): 1,
        lines(header(names=NAMES[::-1]), event("DP-OTHER1"))[:-4]: 1,
    }  # fmt: skip
    for ending, count in endings.items():
        content = lines(header()).encode() + ending.encode()
        ledger = parse_ledger(content, where="l")
        longer = content + added_lines(ledger, new, content=content)
        assert longer.startswith(content)
        found = parse_ledger(longer, where="l")
        assert len(found.events) == count
        assert found.events[-1].id == "DP-CCCCCC"
        assert not found.foreign
        assert found.torn is None


def test_copies_joined_by_any_means_are_one_ledger():
    events = [
        event(decision="agreed"),
        event(decision="rejected"),  # at the same moment, by somebody else
        event(time="2026-03-02T00:00:00Z", stage="implementation") | {"uid": UID + "1"},
    ]
    states = set()
    for order in itertools.permutations(events):
        text = lines(header(), *order)
        mark = "\ufeff" + lines(header(version=2), *order).replace("\n", "\r\n")
        found = parsed(text, mark, "\n\n", text)
        assert len(found.events) == 3
        assert found.left_out == ()
        states.add(json.dumps(standing(found.events)[POINT]))
    assert len(states) == 1


def test_two_who_say_the_same_at_the_same_moment_are_two_events():
    same = event(decision="agreed")
    assert (
        len(parsed(lines(header(), same | {"uid": UID + "1"}, same | {"uid": UID + "2"})).events)
        == 2
    )
    assert (
        len(parsed(lines(header(), same | {"uid": UID + "1"}, same | {"uid": UID + "1"})).events)
        == 1
    )


def test_a_line_changed_in_one_copy_stays_beside_the_other():
    one, two = (event(note=note) | {"uid": UID + "1"} for note in ("1", "2"))
    assert [len(parsed(lines(header(), *pair)).events) for pair in ((one, two), (two, one))] == [
        2,
        2,
    ]


def test_an_event_of_version_one_gets_the_name_of_what_it_says():
    fields = '{"decision":"agreed","note":"看过"}'
    wanted = uuid.uuid5(NAMESPACE, f"{POINT}\n2026-03-01T08:00:00+00:00\n{fields}")
    old = event(note="看过", decision="agreed")
    (found,) = parsed(lines(header(), old)).events
    assert found.uid == wanted
    # with its name written out it is the same event, also from another file
    named = old | {"uid": str(wanted), "source": "two.json"}
    assert len(parsed(lines(header(), old, named)).events) == 1
    assert str(NAMESPACE) == "943bdf0c-2342-486a-a662-5268ed8a86f2"


def test_minutes_get_the_same_name_in_a_ledger_that_has_the_sides_the_other_way_round():
    taken = parse_minutes(
        json.dumps(minutes(entry(responsible_a="甲局", note="x"))).encode(), where="m.json"
    )
    ours = import_minutes(new_ledger("界", NAMES), taken, name="m.json").ledger
    theirs = import_minutes(new_ledger("界", NAMES[::-1]), taken, name="m.json").ledger
    (mine,), (other,) = ours.events, theirs.events
    assert mine.uid == other.uid
    assert (mine.fields.responsible_a, other.fields.responsible_b) == ("甲局", "甲局")
    assert turned(mine) == other
    # a ledger of version 1, in which the lines have no names, tells the same name
    for ledger, names in ((ours, NAMES), (theirs, NAMES[::-1])):
        plain = msgspec.to_builtins(ledger.events[0])
        del plain["uid"]
        assert parsed(lines(header(names=names), plain)).events == ledger.events
        nameless = msgspec.convert(plain, Event)
        assert content_uid(nameless, names=names) == mine.uid


def test_letters_that_steer_stay_in_the_file_alone():
    said = event(note="a\x1b[2J\nb", responsible_a="甲\n局\x07") | {"source": "m\x00.json"}
    said |= {"place": {"chainage_m": 1, "lon": 1, "lat": 1, "roads": ["bell\x07\nand line", ""]}}
    (found,) = parsed(lines(header(), said)).events
    assert found.fields.note == "a\ufffd[2J\nb"
    assert found.fields.responsible_a == "甲 局\ufffd"
    assert found.source == "m\ufffd.json"
    assert found.place.roads == ("bell\ufffd and line", "")


def test_a_new_ledger_is_of_version_two_and_begins_with_its_header():
    ledger = decide(new_ledger("界", NAMES), POINT, {"note": "x"}, time="2026-03-01T08:00:00Z")
    head, one = text_of_ledger(ledger).decode().splitlines()
    assert json.loads(head) == header(version=2)
    assert uuid.UUID(json.loads(one)["uid"]).version == 4
    assert is_ledger(text_of_ledger(ledger))
    assert parse_ledger(text_of_ledger(ledger), where="l").events == ledger.events


def test_what_claims_to_be_a_ledger_is_one_for_an_import():
    assert is_ledger(lines(header(version=9)).encode())
    assert is_ledger(b"<<<<<<< ours\n" + lines(header()).encode())
    for content in (b"", b"[]", json.dumps(minutes()).encode(), b'{"format": 7}', b'"format"'):
        assert not is_ledger(content)
