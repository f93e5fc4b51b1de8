"""Days, times and texts: the edges of the calendar, and letters that steer a terminal."""

import datetime as dt
import re

import pytest

from roadalign.ledger.values import (
    DAY_PATTERN,
    ID_PATTERN,
    TIME_PATTERN,
    cut,
    free_text,
    one_line,
    parse_day,
    parse_time,
    written_time,
)

DAYS = ["1900-01-01", "2199-12-31", "2024-02-29", "2000-02-29", "2027-04-30"]
NO_DAYS = [
    "1899-12-31", "2200-01-01", "0000-01-01", "9999-12-31", "2026-02-31", "2026-02-29",
    "1900-02-29", "2027-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "2026-1-1", "20260101",
    "2026-W01-1", "2026-01-01\n", "2026-01-01 ", " 2026-01-01", "２０２６-01-01", "2026-01-01T00:00:00Z",
    "2026-01-01\x00", "", "soon", "none",
]  # fmt: skip
TIMES = {
    "1900-01-01T00:00:00Z": dt.datetime(1900, 1, 1, tzinfo=dt.UTC),
    "2199-12-31T23:59:59.999999Z": dt.datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    "2024-02-29T12:30:45.5Z": dt.datetime(2024, 2, 29, 12, 30, 45, 500000, tzinfo=dt.UTC),
    "2026-03-01T08:00:00.001Z": dt.datetime(2026, 3, 1, 8, 0, 0, 1000, tzinfo=dt.UTC),
}
NO_TIMES = [
    "9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z", "1899-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z", "2026-02-31T00:00:00Z", "2026-11-29T24:00:00Z", "2016-12-31T23:59:60Z",
    "2026-11-29T12:60:00Z", "2026-03-01T08:00:00", "2026-03-01T08:00:00+00:00",
    "2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00z", "2026-03-01 08:00:00Z", "2026-03-01",
    "2026-03-01T08:00Z", "2026-03-01T08:00:00.Z", "2026-03-01T08:00:00.1234567Z",
    "2026-03-01T08:00:00Z\n", "2026-03-01T08:00:00Z\r\n", "2026-03-01T0８:00:00Z", "",
]  # fmt: skip


@pytest.mark.parametrize("value", DAYS)
def test_days_of_the_calendar_are_days(value):
    assert parse_day(value, name="due").isoformat() == value


@pytest.mark.parametrize("value", NO_DAYS)
def test_what_the_calendar_does_not_have_is_no_day(value):
    with pytest.raises(ValueError, match=r"^`due`: .* is no day \(YYYY-MM-DD, 1900 to 2199\)$"):
        parse_day(value, name="due")


@pytest.mark.parametrize("value", TIMES)
def test_times_of_the_calendar_are_times(value):
    assert parse_time(value, name="time") == TIMES[value]


@pytest.mark.parametrize("value", NO_TIMES)
def test_what_the_calendar_does_not_have_is_no_time(value):
    with pytest.raises(ValueError, match=r"^`updated`: .* is no time \(YYYY-MM-DDTHH:MM:SSZ"):
        parse_time(value, name="updated")


def test_patterns_end_where_the_text_does():
    for pattern, value in (
        (ID_PATTERN, "DP-7K3Q9F"),
        (DAY_PATTERN, "2026-01-01"),
        (TIME_PATTERN, "2026-01-01T00:00:00Z"),
    ):
        assert re.search(pattern, value)
        for more in ("\n", " ", "\r\n", "\x00", "x"):
            assert not re.search(pattern, value + more)
            assert not re.search(pattern, more + value)


def test_a_time_is_written_in_utc_to_the_millisecond():
    east = dt.timezone(dt.timedelta(hours=8))
    moment = dt.datetime(2026, 3, 1, 7, 59, 59, 123999, tzinfo=east)
    assert written_time(moment) == "2026-02-28T23:59:59.123Z"
    assert parse_time(written_time(moment), name="time").microsecond == 123000


def test_letters_that_steer_are_taken_out_and_breaks_stay_where_they_may():
    text = "先\x1b[2J\x00\x7f\x85\ud800测\t量\r\n后"
    assert one_line(text) == "先\ufffd[2J\ufffd\ufffd\ufffd\ufffd测 量 后"
    assert free_text(text) == "先\ufffd[2J\ufffd\ufffd\ufffd\ufffd测\t量\r\n后"
    for kept in ("", "甲局　乙", "a\u2028b", "“é”\xa0ü", "\U0001f6a7"):
        assert one_line(kept) == free_text(kept) == kept


def test_what_a_message_quotes_is_one_line_and_not_too_long():
    assert cut("a\nb\x1b") == "a b\ufffd"
    assert cut("x" * 300) == "x" * 300
    assert cut("x" * 301) == "x" * 300 + "…"
