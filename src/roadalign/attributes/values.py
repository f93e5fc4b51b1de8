"""What single attribute texts mean. Words, codes and patterns are data in ``standards/``.

Every parser takes a text as `roadalign.attributes.text_columns.plain` leaves it, which is
not one that says nothing, and returns a value, ``None`` (understood, but there is no value) or
`NOT_UNDERSTOOD`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from roadalign.attributes.opening_years import open_year
from roadalign.attributes.status_texts import status
from roadalign.attributes.text_columns import NOT_UNDERSTOOD, NotUnderstood, is_missing, plain
from roadalign.model.columns import read_columns
from roadalign.standards import table

_TEN = "十"
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十]+")
_CODE_LETTERS = "GSXYCZ"
_CLASSED_CODE = r"[GSXYCZ]\d[\dA-Z]*"
_LANE_WORDS = {"单": 1, "双": 2}


class Lanes(NamedTuple):
    """Motor lanes of both directions, now and in the far future, and non-motor lanes."""

    lanes: int
    lanes_future: int | None
    slow_lanes: int | None


def road_class(text: str, *, field: str = "") -> int | NotUnderstood | None:
    """Return the ordinal rank 1 to 6 of a road class.

    Parameters
    ----------
    text
        Name or code of a highway or urban class, or a value of OpenStreetMap's ``highway``.
    field
        Spelling of the source field, for fields whose codes mean something of their own.

    Returns
    -------
    int
        6 for an expressway down to 1 below class; see ``standards/classes.toml``.
    """
    own = table("classes")["by_field"].get(field, {})
    rank = own.get(text, _class_texts().get(text))
    if rank is not None:
        return int(rank)
    if text in table("classes")["unranked"]["texts"]:
        return None
    # What follows 兼 ("also serving as") or stands in brackets is a second opinion.
    for piece in (re.split(r"[兼(]", text)[0], text):
        ranks = {_class_words()[word] for word in _class_pattern().findall(piece)}
        if len(ranks) == 1:
            return ranks.pop()
    return NOT_UNDERSTOOD


def lanes(text: str) -> Lanes | NotUnderstood:
    """Return the lanes a text states.

    ``6快2慢`` (six fast, two slow) are six motor lanes and two others; ``近四远六`` are four now
    and six in the far future; lanes per direction only are not understood.
    """
    rules = table("values")["lanes"]
    words = table("values")["words"]
    digits = _HAN_NUMBER.sub(lambda found: str(_han_number(found.group())), text)
    digits = re.sub(r"[a-z]+", lambda found: str(words.get(found.group(), found.group())), digits)
    for pattern in rules["drop"]:
        digits = re.sub(pattern, "", digits)
    if any(re.search(pattern, digits) for pattern in rules["reject"]):
        return NOT_UNDERSTOOD
    for pattern in rules["patterns"]:
        found = {_lanes(match) for match in re.finditer(pattern, digits)}
        if found:
            one = found.pop()
            sane = all(n is None or n <= rules["max"] for n in one) and one.lanes > 0
            return one if sane and not found else NOT_UNDERSTOOD
    return NOT_UNDERSTOOD


def lane_count(text: str) -> int | NotUnderstood:
    """Return one number of lanes, e.g. of a column that holds only the far future's."""
    found = lanes(text)
    return found.lanes if isinstance(found, Lanes) else found


def width_m(text: str) -> float | NotUnderstood:
    """Return a width in metres; a range is not understood, centimetres only if written."""
    return _measure(text, "width_m")


def speed_kmh(text: str) -> float | NotUnderstood:
    """Return a speed in km/h; a range is not understood."""
    return _measure(text, "speed_kmh")


def aadt(text: str) -> int | NotUnderstood:
    """Return vehicles per day; passenger-car units are not understood."""
    found = _measure(text, "aadt")
    return round(found) if isinstance(found, float) else found


def highway_status(text: str) -> str | None:
    """Return the status that OpenStreetMap's ``highway`` states, if it states one."""
    found = table("values")["highway_status"].get(text)
    return None if found is None else str(found)


def oneway(text: str) -> int | NotUnderstood | None:
    """Return 1 for the direction of digitising, -1 against it, 0 for both."""
    rules = table("values")["oneway"]
    for name, meaning in (("forward", 1), ("backward", -1), ("both", 0)):
        if text in rules[name]:
            return meaning
    return None if text in rules["unsaid"] else NOT_UNDERSTOOD


def bridge(text: str) -> bool | NotUnderstood:
    """Whether the road is on a bridge."""
    return _yes_or_no(text, "bridge")


def tunnel(text: str) -> bool | NotUnderstood:
    """Whether the road is in a tunnel."""
    return _yes_or_no(text, "tunnel")


def grade_level(text: str) -> int | None:
    """Return the grade level, 0 on the ground.

    A field called ``layer`` often names the file a road came from: such texts are none
    and not worth a word.
    """
    rules = table("values")["grade_level"]
    if text in rules["words"]:
        return int(rules["words"][text])
    number = int(text) if re.fullmatch(r"[+-]?\d{1,2}", text) else rules["max"] + 1
    return number if rules["min"] <= number <= rules["max"] else None


def admin_class(text: str) -> str | NotUnderstood:
    """Return the letter of an administrative class: G, S, X, Y, C or Z."""
    for letter, texts in table("values")["admin_class"].items():
        if text in texts:
            return str(letter)
    return NOT_UNDERSTOOD


def route_codes(text: str) -> str | NotUnderstood:
    """Return the route codes in a text, joined by ``;`` in their order.

    ``X105320125`` is X105 in county 320125, ``320国道`` is G320; codes of other countries stay as
    they are, without blanks.
    """
    pieces = [piece.strip() for piece in re.split(table("values")["route"]["split"], text)]
    readers = (_route_code, _code_alone, _foreign_code, _code_inside)
    found = (next(filter(None, (read(piece) for read in readers)), None) for piece in pieces)
    codes = dict.fromkeys(code for code in found if code)
    return ";".join(codes) if codes else NOT_UNDERSTOOD


def code_in_name(text: str) -> str | None:
    """Return the route code a name begins with, e.g. G320 of ``320国道（亭枫公路）``."""
    return _route_code(text)


def admin_of_codes(codes: str) -> str | None:
    """Return the highest administrative class among route codes as `route_codes` joins them."""
    letters = {code[0] for code in codes.split(";") if re.fullmatch(_CLASSED_CODE, code)}
    return next((letter for letter in _CODE_LETTERS if letter in letters), None)


def _measure(text: str, kind: str) -> float | NotUnderstood:
    rules = table("values")[kind]
    for pattern in rules["strip"]:
        text = re.sub(pattern, "", text)
    found = re.match(rules["pattern"], text)
    if not found or found["unit"] not in rules["units"]:
        return NOT_UNDERSTOOD
    value = float(found["number"]) * float(rules["units"][found["unit"]])
    return round(value, 6) if 0 < value <= rules["max"] else NOT_UNDERSTOOD


def _yes_or_no(text: str, kind: str) -> bool | NotUnderstood:
    rules = table("values")[kind]
    if text in rules["yes"]:
        return True
    return False if text in rules["no"] else NOT_UNDERSTOOD


def _lanes(match: re.Match[str]) -> Lanes:
    groups = match.groupdict()
    stated = {name: _LANE_WORDS.get(n) or int(n) for name, n in groups.items() if n}
    count = stated["lanes"] * stated.get("times", 1)
    if (
        "again" in stated
    ):  # as many in the other direction, or nobody knows what the two numbers are
        count = 2 * count if stated["again"] == count else 0
    return Lanes(count, stated.get("lanes_future"), stated.get("slow_lanes"))


def _han_number(text: str) -> int | str:
    """Return the number of Chinese numerals up to 99; other rows of them stay as they are."""
    numerals = table("values")["numerals"]
    if _TEN not in text:
        return int("".join(str(numerals[sign]) for sign in text))
    tens, _, units = text.partition(_TEN)
    if len(tens) > 1 or len(units) > 1:
        return text
    return 10 * int(numerals.get(tens, 1)) + int(numerals.get(units, 0))


def _route_code(text: str) -> str | None:
    rules = table("values")["route"]
    coded = re.match(rules["code"], text)
    if coded:
        return f"{coded['letter']}{coded['number']}".upper()
    named = re.match(rules["number_first"], text) or re.match(rules["kind_first"], text)
    return rules["kinds"][named["kind"]] + named["number"] if named else None


def _code_alone(text: str) -> str | None:
    found = re.match(table("values")["route"]["code_alone"], text)
    return f"{found['letter']}{found['number']}".upper() if found else None


def _code_inside(text: str) -> str | None:
    """Return the only route code in a text that begins otherwise, e.g. of ``沪昆高速（G60）``."""
    rules = table("values")["route"]
    found = {match.groups() for match in re.finditer(rules["code_inside"], text)}
    return (
        "".join(found.pop()).upper()
        if len(found) == 1 and not re.search(rules["not_inside"], text)
        else None
    )


def _foreign_code(text: str) -> str | None:
    found = re.match(table("values")["route"]["foreign"], text)
    return re.sub(r"[\s.-]", "", text).upper() if found else None


@cache
def _class_texts() -> dict[str, int]:
    return {
        plain(text): row["rank"]
        for row in table("classes")["class"]
        for text in (*row["words"], *row["exact"])
    }


@cache
def _class_words() -> dict[str, int]:
    return {word: row["rank"] for row in table("classes")["class"] for word in row["words"]}


@cache
def _class_pattern() -> re.Pattern[str]:
    longest_first = sorted(_class_words(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def stated_value(column: str, meaning: Any) -> Any:
    """Return what a setting ``values.COLUMN`` makes of one source text.

    Parameters
    ----------
    column
        Canonical column.
    meaning
        A number as the column holds it, a text that the column's parser understands, or one
        that says nothing (``"unknown"``).
    """
    if isinstance(meaning, str) and is_missing(plain(meaning)):
        return None
    if isinstance(meaning, str):
        return PARSERS[column](plain(meaning))
    if column == "road_class":
        return int(meaning) if meaning in range(1, 7) else NOT_UNDERSTOOD
    return PARSERS[column](plain(str(meaning)))


_READERS = {**globals(), "open_year": open_year, "status": status}

PARSERS: dict[str, Any] = {
    name: _READERS[column.parser] for name, column in read_columns().items() if column.parser
}
"""The parser of each column that is read, see ``standards/columns.toml``; `name` has none."""

ZERO_SAYS_NOTHING = frozenset(
    name for name, column in read_columns().items() if column.zero_is_unknown
)
