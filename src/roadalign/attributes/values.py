"""What single attribute texts mean. Words, codes and patterns are data in ``standards/``.

Every parser takes a text as `roadalign.attributes.text_columns.plain` leaves it, which is
not one that says nothing, and returns a value, ``None`` (understood, but there is no value) or
`NOT_UNDERSTOOD`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from roadalign.attributes.text_columns import NOT_UNDERSTOOD, NotUnderstood, is_missing, plain
from roadalign.model.columns import read_columns
from roadalign.standards import table

_TEN = "十"
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十]+")
_CODE_LETTERS = "GSXYCZ"


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


def open_year(text: str) -> int | NotUnderstood:
    """Return a calendar year; a range or the number of a five-year plan is not understood."""
    rules = table("values")["open_year"]
    for pattern in rules["patterns"]:
        found = re.match(pattern, text)
        if found and rules["min"] <= int(found["year"]) <= rules["max"]:
            return int(found["year"])
    return NOT_UNDERSTOOD


def status(text: str) -> str | NotUnderstood:
    """Return one of `roadalign.model.words.Status`."""
    rows = table("values")["status"]
    for row in rows:
        if text in row["exact"] or text == row["meaning"]:
            return str(row["meaning"])
    for row in rows:
        if any(word in text for word in row["words"]):
            return str(row["meaning"])
    return NOT_UNDERSTOOD


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
    found = [_route_code(piece) or _foreign_code(piece) for piece in pieces if piece]
    codes = dict.fromkeys(code for code in found if code)
    return ";".join(codes) if codes else NOT_UNDERSTOOD


def code_in_name(text: str) -> str | None:
    """Return the route code a name begins with, e.g. G320 of ``320国道（亭枫公路）``."""
    return _route_code(text)


def admin_of_codes(codes: str) -> str | None:
    """Return the highest administrative class among route codes as `route_codes` joins them."""
    letters = {code[0] for code in codes.split(";") if re.fullmatch(r"[GSXYCZ]\d+", code)}
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
    stated = {name: int(value) for name, value in match.groupdict().items() if value}
    return Lanes(stated["lanes"], stated.get("lanes_future"), stated.get("slow_lanes"))


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
        return coded["letter"].upper() + coded["number"]
    named = re.match(rules["number_first"], text) or re.match(rules["kind_first"], text)
    return rules["kinds"][named["kind"]] + named["number"] if named else None


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


PARSERS: dict[str, Any] = {
    name: globals()[column.parser] for name, column in read_columns().items() if column.parser
}
"""The parser of each column that is read, see ``standards/columns.toml``; `name` has none."""

ZERO_SAYS_NOTHING = frozenset(
    name for name, column in read_columns().items() if column.zero_is_unknown
)
