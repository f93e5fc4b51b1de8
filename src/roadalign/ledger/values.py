"""Days, times and texts of ledgers and minutes: what is right, and what is made of the rest.

Days and times are those of the calendar, from 1900 to 2199, as far as the page's fields go. Times
are UTC and end in ``Z``, with at most six digits behind the second. There is no hour 24, and no
leap second: no computer's clock here shows one.

Texts come from plans, forms and command lines and are nobody's fault: letters that steer a terminal
or that no text file can hold become ``U+FFFD`` as they are read, so that they go no further.
"""

from __future__ import annotations

import datetime as dt
import re

LAST_YEAR = 2199
DAY = r"(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
END = r"(?!\n)$"
"""The end of a text. ``$`` alone also stands before a last line break in Python."""

DAY_PATTERN = f"^{DAY}{END}"
TIME_PATTERN = f"^{DAY}T{CLOCK}Z{END}"
ID_PATTERN = f"^DP-[0-9A-Z]{{4,16}}{END}"

A_DAY = "day (YYYY-MM-DD, 1900 to 2199)"
A_TIME = "time (YYYY-MM-DDTHH:MM:SSZ, 1900 to 2199)"

STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
BREAKS = re.compile(r"[\t\n\r]+")
STEERING_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
LONGEST_PROBLEM = 300


def parse_day(value: str, *, name: str) -> dt.date:
    """Return a day, ``YYYY-MM-DD``.

    Parameters
    ----------
    value
        As it is written.
    name
        Of the field it stands in, for the message.

    Raises
    ------
    ValueError
        If it is no day of the calendar from 1900 to 2199.
    """
    try:
        if re.fullmatch(DAY_PATTERN, value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"`{name}`: {cut(value)} is no {A_DAY}")


def parse_time(value: str, *, name: str) -> dt.datetime:
    """Return a time, UTC, ``YYYY-MM-DDTHH:MM:SSZ`` with or without a fraction of the second.

    Parameters
    ----------
    value, name
        As in `parse_day`.

    Raises
    ------
    ValueError
        If it is no time of the calendar from 1900 to 2199, or not UTC.
    """
    try:
        if re.fullmatch(TIME_PATTERN, value):
            return dt.datetime.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"`{name}`: {cut(value)} is no {A_TIME}")


def written_time(moment: dt.datetime) -> str:
    """Return a time as ledgers write it: UTC, to the millisecond."""
    told = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")


def one_line(value: str) -> str:
    """Return a text of one line: breaks become a blank, letters that steer ``U+FFFD``."""
    return STEERING.sub("\ufffd", BREAKS.sub(" ", value))


def free_text(value: str) -> str:
    """Return a text of any number of lines, letters that steer as ``U+FFFD``."""
    return STEERING_BUT_BREAKS.sub("\ufffd", value)


def cut(value: object) -> str:
    """Return something of a file as a message may quote it: one line, not too long."""
    told = one_line(str(value))
    return told if len(told) <= LONGEST_PROBLEM else told[:LONGEST_PROBLEM] + "…"
