"""Runs every case of tests/cases/RULE, as it is and with the two sides exchanged.

RULE is the code of the rule that a case is made for, or a word where no rule is the point. A case is
a folder that holds a.geojson, b.geojson, boundary.geojson and expected.toml, and may hold align.toml,
constraints: constraint-KIND.geojson, and network.geojson: lines with a `highway`, joined where they
share a vertex, and points with a `barrier` on one. `proposal`, `crossed` and `detour` (length of the
way drawn, 0 for none) in expected.toml say what is drawn of a point beside its link, in the sides'
own terms (`a_…`, `b_…`); `place`, `section`, `timing` and `state` what came of each, and `missing`
what a side has to supply; `ending` how many roads of a side may end where they are.
"""

import re
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import roadalign
from benchmarks.case_folders import as_osm
from roadalign.plans.constraints import ConstraintSource
from roadalign.rules.core import load_judging_rules
from roadalign.settings import parse_settings

HOME = Path(__file__).parent / "cases"
CASES = sorted(path.parent.relative_to(HOME).as_posix() for path in HOME.glob("*/*/expected.toml"))
RULES = [rule.code for rule in load_judging_rules()]
UNSHOWN = {"fires": set(), "silent": set()}
"""Rules that no case shows yet; a list that only ever gets shorter."""
WITHIN = {"_m": 0.5, "_deg": 0.5}
OTHER = {"a": "b", "b": "a"}
SPOKEN = ("notice", "mismatch", "severe")
NUMBERS = ("gap_m", "offset_m", "deflection_deg", "link_m", "chainage_m", "detour_m")
WORDS = ("network", "network_barrier", "place", "section", "timing", "state")


def read(name):
    return tomllib.loads((HOME / name / "expected.toml").read_text(encoding="utf-8"))


def line(path, *, swapped):
    """Return the boundary, two areas in the order of the sides."""
    areas = gpd.read_file(path)
    if swapped and set(areas.geom_type) == {"Polygon"}:
        return areas.iloc[::-1].reset_index(drop=True)
    return path


def run(name, *, swapped=False, scratch=None):
    folder = HOME / name
    settings, network = folder / "align.toml", folder / "network.geojson"
    data = tomllib.loads(settings.read_text(encoding="utf-8")) if settings.exists() else {}
    first, second = ("b", "a") if swapped else ("a", "b")
    own = {side: data[one] for side, one in (("a", first), ("b", second)) if one in data}
    data = {key: value for key, value in data.items() if key not in OTHER} | own
    return roadalign.check(
        folder / f"{first}.geojson",
        folder / f"{second}.geojson",
        boundary=line(folder / "boundary.geojson", swapped=swapped),
        network=as_osm(network, scratch / "network.osm") if network.exists() else None,
        constraints=[
            ConstraintSource(path, path.stem.removeprefix("constraint-"))
            for path in sorted(folder.glob("constraint-*.geojson"))
        ],
        settings=parse_settings(data, where=name),
    )


def road(point, side):
    value = point[f"{side}_name"]
    return "" if pd.isna(value) else value


def said(result, point_id, severities):
    found = result.findings
    own = found["docking_point"].isna() if point_id is None else found["docking_point"] == point_id
    mine = found[own & found["severity"].isin(severities)]
    return dict(zip(mine["rule"], mine["severity"], strict=True))


def compare(result, expected, *, swapped=False):
    side = OTHER if swapped else {"a": "a", "b": "b"}
    points = {
        (road(point, side["a"]), road(point, side["b"])): point
        for point in result.docking_points.to_dict("records")
    }
    wanted = {(one["a"], one["b"]): one for one in expected.get("point", [])}
    assert points.keys() == wanted.keys()
    assert len(result.docking_points) == len(wanted)
    for roads, want in wanted.items():
        got = points[roads]
        assert got["verdict"] == want["verdict"], roads
        assert said(result, got["id"], SPOKEN) == want.get("rules", {}), roads
        unknown = sorted(said(result, got["id"], ["unknown"]))
        assert unknown == sorted(want.get("unknown", [])), roads
        for key, value in want.items():
            if key in NUMBERS:
                within = WITHIN["_deg" if key.endswith("_deg") else "_m"]
                assert got[key] == pytest.approx(value, abs=within), (roads, key)
            elif key == "detour_ratio":
                assert got[key] == pytest.approx(value, abs=0.01), roads
            elif key in WORDS:
                assert ("" if pd.isna(got[key]) else got[key]) == value, (roads, key)
            elif key.startswith(("a_", "b_")):
                found = got[f"{side[key[0]]}{key[1:]}"]
                near = pytest.approx(value, abs=0.5) if isinstance(value, float) else value
                assert found == near, (roads, key)
        for name, fields in want.get("missing", {}).items():
            lacks = got[f"missing_{side[name]}"]
            assert ([] if pd.isna(lacks) else lacks.split(",")) == fields, (roads, name)
        compare_drawn(result, got["id"], want, side=side)
    assert said(result, None, SPOKEN) == expected.get("whole", {})
    for name, count in expected.get("ending", {}).items():
        assert result.summary["sides"][side[name]]["ending"] == count


def compare_drawn(result, point_id, want, *, side):
    links = result.links
    drawn = links[(links["docking_point"] == point_id) & (links["kind"] == "proposal")]
    if "proposal" in want:
        assert len(drawn) == bool(want["proposal"])
        for key, value in want["proposal"].items():
            name = f"{side[key[0]]}{key[1:]}" if key.startswith(("a_", "b_")) else key
            assert drawn[name].iloc[0] == pytest.approx(value, abs=0.5), key
    if "detour" in want:
        ways = links[(links["docking_point"] == point_id) & (links["kind"] == "detour")]
        assert ways["length_m"].sum() == pytest.approx(want["detour"], abs=0.5)
        assert ways.geometry.length.sum() == pytest.approx(want["detour"], abs=0.5)
    if "crossed" in want:
        table = result.constraints_crossed
        own = table[table["docking_point"] == point_id].set_index("kind")
        assert set(own.index) == want["crossed"].keys()
        for kind, numbers in want["crossed"].items():
            for key, value in numbers.items():
                assert own.loc[kind, key] == pytest.approx(value, rel=0.01), (kind, key)


@pytest.mark.fast
@pytest.mark.parametrize("name", CASES)
def test_case(name, tmp_path):
    compare(run(name, scratch=tmp_path), read(name))


@pytest.mark.parametrize("name", CASES)
def test_case_with_the_sides_exchanged(name, tmp_path):
    compare(run(name, swapped=True, scratch=tmp_path), read(name), swapped=True)


def fired(name):
    """Return the rules that a case says anything of, and those that it leaves unknown."""
    expected = read(name)
    places = [expected.get("whole", {}), *(p.get("rules", {}) for p in expected.get("point", []))]
    unknown = {rule for point in expected.get("point", []) for rule in point.get("unknown", [])}
    return {rule for place in places for rule in place}, unknown


@pytest.mark.fast
def test_each_case_says_what_it_shows_and_no_two_have_one_name():
    names = [name.rpartition("/")[2] for name in CASES]
    assert sorted(set(names)) == sorted(names)
    assert len(names) == len(list(HOME.glob("**/a.geojson")))
    assert all(len(read(name)["shows"]) > 10 for name in CASES)


@pytest.mark.fast
@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_case_where_it_fires_and_one_near_it_where_it_is_silent(code):
    own = [fired(name) for name in CASES if name.startswith(f"{code}/")]
    fires = any(code in said for said, _ in own)
    silent = any(code not in said | unknown for said, unknown in own)
    folder = f"tests/cases/{code}"
    assert fires == (code not in UNSHOWN["fires"]), f"no case in {folder} in which {code} speaks"
    assert silent == (code not in UNSHOWN["silent"]), f"none in {folder} in which it is silent"


@pytest.mark.fast
def test_a_folder_of_cases_is_a_rule_or_a_word():
    for room in {name.partition("/")[0] for name in CASES}:
        assert room in RULES or re.fullmatch("I0[1-9]|[a-z]+", room), room


@pytest.mark.fast
def test_many_cases_stay_silent():
    assert sum(not fired(name)[0] for name in CASES) >= 15
