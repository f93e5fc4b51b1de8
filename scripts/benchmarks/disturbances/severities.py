"""Other values of one attribute, and the severity that the difference deserves.

Which severity a difference deserves is written here once more by hand, with the limits of the
program: the benchmark must not ask its rules what is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.cut_networks.attributes import RANKS
from benchmarks.limits import LIMITS, steps
from roadalign.standards import table

if TYPE_CHECKING:
    import numpy as np

    from benchmarks.limits import Levels


CLASS, LANES, YEAR = steps("class", "ranks"), steps("lanes"), steps("year", "years")
WIDTH, SPEED = steps("width", "share"), steps("speed", "kmh")
EXPRESSWAY = max(RANKS.values())

STATUSES = (
    ("planned", "construction"),
    ("existing", "planned"),
    ("existing", "reserved"),
    ("construction", "proposed"),
    ("existing", "abandoned"),
    ("planned", "abandoned"),
)
STATUS_LEVEL = {
    frozenset(row["statuses"]): str(row["severity"]) for row in table("status_pairs")["pairs"]
}


def _reached(value: float, levels: Levels) -> str:
    """Return the last severity whose limit the value reaches, ``ok`` below the first."""
    return next((severity for limit, severity in reversed(levels) if value >= limit), "ok")


def _exceeded(value: float, levels: Levels) -> str:
    """Return the last severity whose limit the value is above."""
    return next((severity for limit, severity in reversed(levels) if value > limit), "ok")


def class_level(one: int, two: int) -> str:
    """Judge two ranks by how far they are apart; an expressway against others is severe."""
    if one != two and EXPRESSWAY in {one, two}:
        return "severe"
    return _reached(abs(one - two), CLASS)


def lanes_level(one: int, two: int) -> str:
    """Judge lanes of both directions."""
    return _reached(abs(one - two), LANES)


def width_level(one: float, two: float) -> str:
    """Judge widths by the share of the wider one; a few metres are equal, whatever the share."""
    apart, share = abs(one - two), abs(one - two) / max(one, two)
    return "ok" if apart <= LIMITS["width_notice_m"] else _exceeded(share, WIDTH)


def speed_level(one: float, two: float) -> str:
    """Judge design speeds: above the limits, but severe from its limit on."""
    apart = abs(one - two)
    return "severe" if apart >= LIMITS["speed_severe_kmh"] else _exceeded(apart, SPEED)


def year_level(one: int, two: int) -> str:
    """Judge opening years."""
    return _reached(abs(one - two), YEAR)


REFS = (
    ("G320", "G60", "mismatch"),
    ("S320", "S202", "notice"),
    ("X101", "Y202", "ok"),
    ("G320", "S320", "notice"),
)
"""Route numbers of the two sides: national ones that differ, provincial, local, mixed."""

ATTRIBUTES = ("class", "lanes", "carriageway", "redline", "speed", "status", "year", "ref", "name")
CODE = {
    "class": "S01",
    "lanes": "S02",
    "carriageway": "S03",
    "redline": "S04",
    "speed": "S05",
    "status": "T01",
    "year": "T02",
    "ref": "N01",
    "name": "N02",
}
COLUMN = {
    "class": "road_class",
    "lanes": "lanes",
    "carriageway": "carriageway_m",
    "redline": "redline_m",
    "speed": "design_speed_kmh",
    "status": "status",
    "year": "open_year",
    "ref": "ref",
    "name": "name",
}


def changed(what: str, road: dict[str, Any], rng: np.random.Generator) -> tuple[Any, ...]:
    """Choose another value of one attribute.

    Parameters
    ----------
    what
        One of `ATTRIBUTES`.
    road
        The road as it is.
    rng
        Source of chance.

    Returns
    -------
    here, there, severity
        What the untouched and the changed side are to say, and the severity that deserves.
    """
    make = {
        "class": _other_class,
        "lanes": _other_lanes,
        "carriageway": _other_width,
        "redline": _other_width,
        "speed": _other_speed,
        "status": _other_status,
        "year": _other_year,
        "ref": _other_ref,
        "name": _other_name,
    }
    return make[what](road[COLUMN[what]], rng)


def _other_class(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = int(rng.choice([rank for rank in range(1, 7) if rank != value]))
    return int(value), there, class_level(int(value), there)


def _other_lanes(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = int(value) + int(rng.choice([1, 2, 4]))
    return int(value), there, lanes_level(int(value), there)


def _other_width(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = round(float(value) / (1.0 - float(rng.choice([0.05, 0.18, 0.4, 0.6]))), 1)
    return float(value), there, width_level(float(value), there)


def _other_speed(value: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = float(value) + float(rng.choice([10, 20, 30, 40]))
    return float(value), there, speed_level(float(value), there)


def _other_status(_: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    pair = STATUSES[int(rng.integers(len(STATUSES)))]
    return *pair, STATUS_LEVEL[frozenset(pair)]


def _other_year(_: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    there = 2027 + int(rng.choice([1, 2, 3, 5, 8]))
    return 2027, there, year_level(2027, there)


def _other_ref(_: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    return REFS[int(rng.integers(len(REFS)))]


def _other_name(_: Any, __: np.random.Generator) -> tuple[Any, ...]:
    return "Harbour Road", "Mill Lane", "notice"
