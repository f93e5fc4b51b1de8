"""Moving any limit of any rule changes what the rule says."""

import pandas as pd
import pytest

from roadalign.rules.core import load_judging_rules

# rule, limit, its new value, docking point, severity before, severity after
MOVED = [
    ("G01", "gap_notice_m", 18, {"gap_m": 15.0}, "notice", "ok"),
    ("G01", "gap_mismatch_m", 150, {"gap_m": 140.0}, "mismatch", "notice"),
    ("G01", "gap_severe_m", 700, {"gap_m": 600.0}, "severe", "mismatch"),
    ("G02", "offset_notice_m", 10, {"offset_m": 8.0}, "notice", "ok"),
    ("G02", "offset_mismatch_m", 40, {"offset_m": 35.0}, "mismatch", "notice"),
    ("G02", "offset_severe_m", 30, {"offset_m": 35.0}, "mismatch", "severe"),
    ("G03", "deflection_notice_deg", 2, {"deflection_deg": 3.0}, "ok", "notice"),
    ("G03", "deflection_mismatch_deg", 20, {"deflection_deg": 16.0}, "mismatch", "notice"),
    ("G03", "deflection_severe_deg", 45, {"deflection_deg": 40.0}, "severe", "mismatch"),
    ("G04", "overshoot_notice_m", 25, {"overshoot_contradiction_m": 20.0}, "notice", "ok"),
    ("G04", "overshoot_mismatch_m", 25, {"overshoot_contradiction_m": 30.0}, "notice", "mismatch"),
    ("G06", "grade_level_mismatch_levels", 2, {"grade_level": (1, 0)}, "mismatch", "ok"),
    ("G06", "grade_level_severe_levels", 3, {"grade_level": (1, -1)}, "severe", "mismatch"),
    ("S01", "class_notice_ranks", 2, {"road_class": (4, 5)}, "notice", "ok"),
    ("S01", "class_mismatch_ranks", 1, {"road_class": (4, 5)}, "notice", "mismatch"),
    ("S01", "class_severe_ranks", 2, {"road_class": (3, 5)}, "mismatch", "severe"),
    ("S02", "lanes_notice", 2, {"lanes": (4, 5)}, "notice", "ok"),
    ("S02", "lanes_mismatch", 3, {"lanes": (4, 6)}, "mismatch", "notice"),
    ("S02", "lanes_severe", 2, {"lanes": (4, 6)}, "mismatch", "severe"),
    ("S03", "width_notice_m", 4, {"carriageway_m": (40.0, 35.0)}, "ok", "notice"),
    ("S03", "width_notice_share", 0.2, {"carriageway_m": (60.0, 50.0)}, "notice", "ok"),
    ("S03", "width_mismatch_share", 0.2, {"carriageway_m": (40.0, 30.0)}, "notice", "mismatch"),
    ("S03", "width_severe_share", 0.4, {"carriageway_m": (40.0, 22.0)}, "mismatch", "severe"),
    ("S04", "width_notice_m", 12, {"redline_m": (40.0, 29.0)}, "mismatch", "ok"),
    ("S04", "width_notice_share", 0.2, {"redline_m": (60.0, 50.0)}, "notice", "ok"),
    ("S04", "width_mismatch_share", 0.3, {"redline_m": (40.0, 29.0)}, "mismatch", "notice"),
    ("S04", "width_severe_share", 0.7, {"redline_m": (40.0, 15.0)}, "severe", "mismatch"),
    ("S05", "speed_notice_kmh", 20, {"design_speed_kmh": (60.0, 80.0)}, "notice", "ok"),
    ("S05", "speed_mismatch_kmh", 10, {"design_speed_kmh": (60.0, 80.0)}, "notice", "mismatch"),
    ("S05", "speed_severe_kmh", 20, {"design_speed_kmh": (60.0, 80.0)}, "notice", "severe"),
    ("S06", "median_notice_m", 1.5, {"median_m": (2.0, 3.0)}, "notice", "ok"),
    (
        *("T01", "opening_lag_years", 1),
        *({"status": ("existing", "planned"), "open_year": (pd.NA, 2028)}, "notice", "mismatch"),
    ),
    ("T02", "year_notice_years", 1, {"open_year": (2027, 2028)}, "ok", "notice"),
    ("T02", "year_mismatch_years", 2, {"open_year": (2027, 2029)}, "notice", "mismatch"),
    ("T02", "year_severe_years", 7, {"open_year": (2027, 2033)}, "severe", "mismatch"),
    ("N02", "name_similarity", 0.0, {"name": ("叶新公路", "姚杨公路")}, "notice", "ok"),
    ("B01", "strip_notice_m", 20, {"strip_m": 12.0}, "notice", "ok"),
    ("B01", "strip_mismatch_m", 10, {"strip_m": 12.0}, "notice", "mismatch"),
    ("B02", "class_mismatch_ranks", 3, {"along": {"road_class": (2, 4)}}, "mismatch", "notice"),
    ("L01", "protected_area_m2", 1000, {"kind": "farmland"}, "severe", "ok"),
    ("L02", "water_length_m", 50, {"kind": "water"}, "notice", "ok"),
    ("B02", "lanes_mismatch", 3, {"along": {"lanes": (2, 4)}}, "mismatch", "notice"),
]

FACING = {"name": "甲路", "chainage_m": 300.0, "road_class": 3, "gap_m": 42.0}
FACING |= {"deflection_deg": 20.0, "detour_m": 2000.0, "detour_ratio": 47.6}
CROSSING = {"name": "乙路", "chainage_m": 300.0, "road_class": 2, "side": pd.NA}
OF_THE_NETWORK = [
    ("C03", "network_only_rank", 2, "ok", "notice"),
    ("C04", "opportunity_rank", 4, "notice", "ok"),
    ("C04", "opportunity_gap_m", 40, "notice", "ok"),
    ("C04", "opportunity_deflection_deg", 10, "notice", "ok"),
    ("C04", "opportunity_detour_ratio", 50, "notice", "ok"),
    ("C04", "opportunity_detour_m", 3000, "notice", "ok"),
]
PIECE = {"docking_point": "DP-0", "length_m": 40.0, "area_m2": 960.0}


def split(values):
    return {
        side: {name: both[place] for name, both in values.items()}
        for place, side in enumerate("ab")
    }


@pytest.mark.parametrize(("code", "name", "value", "what", "before", "after"), MOVED)
def test_a_limit_moves_the_level(severity, code, name, value, what, before, after):
    sides = split({name: both for name, both in what.items() if isinstance(both, tuple)})
    measures = {
        name: one for name, one in what.items() if isinstance(one, float) and name != "strip_m"
    }
    given = {
        "strip_m": what.get("strip_m"),
        "roads": [split(what["along"])] if "along" in what else [],
        "crossed": [PIECE | {"kind": what["kind"]}] if "kind" in what else [],
    }
    row = sides | measures
    assert severity(code, row, **given) == before
    assert severity(code, row, limits={name: value}, **given) == after


@pytest.mark.parametrize(("code", "name", "value", "before", "after"), OF_THE_NETWORK)
def test_a_limit_moves_what_the_network_says(severity, code, name, value, before, after):
    given = {"unplanned": [CROSSING], "opportunities": [FACING]}
    assert severity(code, {"a": {}, "b": {}}, **given) == before
    assert severity(code, {"a": {}, "b": {}}, limits={name: value}, **given) == after


def test_every_limit_of_every_rule_is_moved():
    moved = {(code, name) for code, name, *_ in [*MOVED, *OF_THE_NETWORK]}
    assert moved == {(rule.code, name) for rule in load_judging_rules() for name in rule.limits}
