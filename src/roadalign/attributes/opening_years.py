"""The calendar year in which a road opens, as people write it.

Patterns and words are data in ``standards/values.toml``. A range and a five-year plan are their
last year; a period of the plan (近期) is a year only where the plan's settings say which.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from roadalign.attributes.text_columns import NOT_UNDERSTOOD, NotUnderstood
from roadalign.standards import table

_HAN_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


class YearReading(NamedTuple):
    """A year, and whether it is the plan's: that of one of its periods."""

    year: int
    of_period: bool


def open_year(text: str) -> int | NotUnderstood:
    """Return the calendar year of a text that states nothing else.

    ``2025-2027`` is 2027, ``十五五末`` 2030. The year in which works begin is no opening; two
    years that are no range (``2027/2030``) are not understood.
    """
    found = read_year(text, periods={})
    return found.year if isinstance(found, YearReading) else found


def read_year(text: str, *, periods: dict[str, int]) -> YearReading | NotUnderstood:
    """Return the calendar year of a text that states nothing else.

    Parameters
    ----------
    text
        As it is compared.
    periods
        Periods of the plan and their years, e.g. ``{"近期": 2030}``.
    """
    rules = table("values")["open_year"]
    if text in periods:
        return YearReading(periods[text], of_period=True)
    for pattern in rules["patterns"]:
        found = re.match(pattern, text)
        if found and _sane(int(found["year"])):
            return YearReading(int(found["year"]), of_period=False)
    rest, years = _taken_out(_without_beginnings(_with_digits(text)))
    if years:
        stated = len(set(years)) == 1 and _sane(years[0]) and _says_no_more(rest, "filler")
        return YearReading(years[0], of_period=False) if stated else NOT_UNDERSTOOD
    rest, of_periods = _periods_taken_out(rest, periods)
    if len(of_periods) == 1 and _says_no_more(rest, "filler", "period_filler"):
        return YearReading(of_periods.pop(), of_period=True)
    return NOT_UNDERSTOOD


def year_of_opening(text: str, *, periods: dict[str, int]) -> YearReading | None:
    """Return the year that a longer text says to be that of the opening, if it says one.

    Parameters
    ----------
    text
        As it is compared, e.g. ``计划2026年开工，2028年建成``.
    periods
        Periods of the plan and their years; one counts where the text states no year.
    """
    digits = _with_digits(text)
    opens = "|".join(map(re.escape, table("values")["open_year"]["opens"]))
    near = rf"[^\d,;。、]{{0,8}}?(?:{opens})"
    years = {
        year
        for start, end, year in _spans(digits)
        if re.match(near, digits[end:])
        or re.search(rf"(?:{opens})[^\d,;。]{{0,4}}$", digits[:start])
    }
    if len(years) == 1:
        year = years.pop()
        return YearReading(year, of_period=False) if _sane(year) else None
    if years or _spans(digits):
        return None
    _, of_periods = _periods_taken_out(digits, periods)
    return YearReading(of_periods.pop(), of_period=True) if len(of_periods) == 1 else None


def years_in(text: str) -> list[int]:
    """Return every year in a text, those of ranges and five-year plans among them."""
    return [year for _, _, year in _spans(_with_digits(text))]


def _sane(year: int) -> bool:
    rules = table("values")["open_year"]
    return bool(rules["min"] <= year <= rules["max"])


def _with_digits(text: str) -> str:
    return _HAN_YEAR.sub(lambda found: found.group().translate(_HAN_DIGITS), text)


def _without_beginnings(text: str) -> str:
    """Return a text without the years in which works begin."""
    return re.sub(table("values")["open_year"]["beginning"], "", text)


def _spans(text: str) -> list[tuple[int, int, int]]:
    """Return start, end and year of each year, range or plan; 0 for a range that runs backwards."""
    rules = table("values")["open_year"]
    found: list[tuple[int, int, int]] = []
    ranges = set()
    for match in _expression().finditer(text):
        year = _year(match)
        if found and re.fullmatch(rules["range"], text[found[-1][1] : match.start()]):
            start, _, earlier = found.pop()
            year = year if earlier <= year and start not in ranges else 0
            found.append((start, match.end(), year))
            ranges.add(start)
        else:
            found.append((match.start(), match.end(), year))
    return found


def _year(match: re.Match[str]) -> int:
    stated = {name: text for name, text in match.groupdict().items() if text}
    (name, text), *_ = stated.items()
    plans: dict[str, int] = table("values")["open_year"]["five_year_plans"]
    return plans[text] if name.startswith("plan") else int(text)


@cache
def _expression() -> re.Pattern[str]:
    patterns = table("values")["open_year"]["expressions"]
    named = (
        re.sub(r"\?P<(year|plan)>", rf"?P<\g<1>{place}>", pattern)
        for place, pattern in enumerate(patterns)
    )
    return re.compile("|".join(f"(?:{pattern})" for pattern in named))


def _taken_out(text: str) -> tuple[str, list[int]]:
    """Return what a text holds besides years, and the years."""
    rest, years, last = "", [], 0
    for start, end, year in _spans(text):
        rest += text[last:start] + " "
        years.append(year)
        last = end
    return rest + text[last:], years


def _periods_taken_out(text: str, periods: dict[str, int]) -> tuple[str, set[int]]:
    found = set()
    for name in sorted(periods, key=len, reverse=True):
        pattern = table("values")["open_year"]["period"].replace("NAME", re.escape(name))
        text, count = re.subn(pattern, " ", text)
        found |= {periods[name]} if count else set()
    return text, found


def _says_no_more(rest: str, *lists: str) -> bool:
    words = [word for name in lists for word in table("values")["open_year"][name]]
    return not re.sub("|".join(words), "", rest).strip()
