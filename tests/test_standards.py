"""Numbers of standards say which clause they are from, or that they are ours."""

import re

import pytest

from roadalign.standards import table

SOURCE = re.compile(
    r"ours|JTG|CJJ|GB/?T?|自然资|办法|OpenMapsForEurope2|OpenStreetMap|openstreetmap|MissingLinks|"
    r"DESIGN|territorial plan|highway statistics|doi |FGSV"
)


def rows(name, *path):
    found = table(name)
    for key in path:
        found = found[key]
    named = found.items() if isinstance(found, dict) else enumerate(found)
    return [("/".join([name, *path, str(key)]), row) for key, row in named]


ENTRIES = [
    *rows("limits"),
    *rows("constraints"),
    *rows("curves", "urban"),
    *rows("curves", "highway"),
    *rows("curves", "rank"),
    ("curves/system", table("curves")["system"]),
    *rows("sections", "lane", "highway"),
    *rows("sections", "lane", "urban"),
    *rows("sections", "lane_by_rank"),
    ("sections/slow_lane", table("sections")["slow_lane"]),
    ("sections/median", table("sections")["median"]),
    *rows("classes", "class"),
    *rows("classes", "name"),
    ("classes/unranked", table("classes")["unranked"]),
    ("classes/planned_speed", table("classes")["planned_speed"]),
    ("classes/planned_speed/class_2_highway", table("classes")["planned_speed"]["class_2_highway"]),
    ("status_pairs", table("status_pairs")),
]


@pytest.mark.parametrize("row", [row for _, row in ENTRIES], ids=[name for name, _ in ENTRIES])
def test_an_entry_names_its_source_or_says_that_it_is_ours(row):
    assert SOURCE.search(row["source"]), row["source"]


def test_no_table_of_a_file_that_has_sources_is_left_out():
    known = {
        "curves": {"urban", "highway", "rank", "system"},
        "sections": {"lane", "lane_by_rank", "slow_lane", "median"},
        "classes": {"class", "name", "unranked", "planned_speed", "by_field"},
    }
    for name, tables in known.items():
        assert set(table(name)) == tables, name


# speed: radius without superelevation, general radius, least length of a whole curve (general, limit), transition
URBAN = {
    100: (1600, 650, 260, 170, 85),
    80: (1000, 400, 210, 140, 70),
    60: (600, 300, 150, 100, 50),
    50: (400, 200, 130, 85, 45),
    40: (300, 150, 110, 70, 35),
    30: (150, 85, 80, 50, 0),
    20: (70, 40, 60, 40, 0),
}


@pytest.mark.parametrize(("speed_kmh", "numbers"), URBAN.items())
def test_urban_curves_are_those_of_cjj_37(speed_kmh, numbers):
    (row,) = [one for one in table("curves")["urban"] if one["speed_kmh"] == speed_kmh]
    keys = ("ordinary_m", "constrained_m", "curve_m", "curve_constrained_m", "transition_m")
    assert tuple(row[key] for key in keys) == numbers


@pytest.mark.parametrize("system", ["urban", "highway"])
def test_what_is_usual_is_never_less_than_what_a_place_without_room_admits(system):
    found = table("curves")[system]
    for row in found:
        assert row["ordinary_m"] > row["constrained_m"]
        assert row["curve_m"] >= row["curve_constrained_m"]
        assert not row["transition_m"] or row["transition_below_m"] > row["ordinary_m"]
    for name in ("speed_kmh", "ordinary_m", "constrained_m", "transition_m", "curve_m"):
        values = [row[name] for row in found]
        assert values == sorted(values), name


def test_highways_have_their_general_and_limit_radii():
    found = {
        row["speed_kmh"]: (row["ordinary_m"], row["constrained_m"])
        for row in table("curves")["highway"]
    }
    assert found == {
        120: (1000, 650),
        100: (700, 400),
        80: (400, 250),
        60: (200, 125),
        40: (100, 60),
        30: (65, 30),
        20: (30, 15),
    }


def test_no_text_calls_an_urban_expressway_rank_6():
    for entry in table("limits").values():
        assert not re.search(r"6（[^）]*快速路|六级", entry["zh"])
