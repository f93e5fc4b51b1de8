"""The plans of the embedded example, measured with a ruler: nothing here asks the program.

The numbers below are those of data/README.md. Ends and headings are taken from the files by the
definitions of the measures: axis w = (u_a - u_b)/|u_a - u_b|, gap = (P_b - P_a).w, offset = the
part of P_b - P_a across w, to the right positive, deflection = the angle between u_a and -u_b.
"""

import json
import math
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

FOLDER = Path(__file__).resolve().parents[2] / "data" / "jinshan-jiaxing"
PLACES = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["point"]
PAIRS = [place for place in PLACES if place["a"] and place["b"]]
WORKING = 4549
HEADING_M = (30.0, 60.0, 100.0)
STRAIGHT_M = 120.0
NEAR_M = 500.0
SPACING_M = 600.0
CENTIMETRE = 0.01

# gap_m, offset_m, deflection_deg where they are not all nought; by the name in A.
MOVED = {
    "沈海高速": (0, 3, 0),
    "示例二路": (0, 35, 0),
    "示例三路": (140, 0, 0),
    "示例六路": (0, 0, 22),
    "示例十二路": (4, 0, 0),
    "示例十六路": (0, -8, 0),
}
# What the two sides state differently; everything else that both state is equal.
DIFFERENT = {
    "示例五路": {"year": (2027, 2033)},
    "朱吕公路": {"lanes": (4, 6)},
    "示例十三路": {"ref": ("X112", "X305")},
    "示例十四路": {"redline": (40, 44)},
    "示例十五路": {"year": (2030, 2031)},
    "亭枫公路": {"class": ("22", "11"), "speed": (60, 80)},
    "枫美路": {"class": ("23", "30"), "lanes": (4, 1), "carriageway": (15, 4)},
    "叶新公路": {"lanes": ((4, 6), 6)},
}
QUIET_NEAR = {"界河路", "示例弄", "示例巷", "示例支路"}
FIELDS = {
    "ref": ("路线编号", "LXBM"),
    "class": ("技术等级", "JSDJ"),
    "lanes": ("车道数", "CDS"),
    "carriageway": ("路面宽度", "LMKD"),
    "roadbed": ("路基宽度", "LJKD"),
    "redline": ("红线宽度", "HXKD"),
    "speed": ("设计速度", "SJSS"),
    "status": ("建设状态", "JSZT"),
    "year": ("通车年份", "TCNF"),
}
ONEWAY = ("单双向", "DX")
CODES = {
    "高速公路": "10",
    "一级公路": "11",
    "二级公路": "22",
    "三级公路": "23",
    "主干路": "22",
    "次干路": "23",
}
LANES = {
    "六快二慢": 6,
    "四快二慢": 4,
    "双向四车道": 4,
    "双向六车道": 6,
    "双向八车道": 8,
    "近四远六": (4, 6),
}


def boundary() -> shapely.LineString:
    text = (FOLDER / "boundary.geojson").read_text(encoding="utf-8")
    (feature,) = json.loads(text)["features"]
    degrees = shapely.LineString(feature["geometry"]["coordinates"])
    (line,) = gpd.GeoSeries([degrees], crs=4326).to_crs(WORKING)
    assert isinstance(line, shapely.LineString)
    return line


def plan(side: str) -> gpd.GeoDataFrame:
    if side == "a":
        path = FOLDER / "jinshan" / "jinshan_roads.shp"
        return pyogrio.read_dataframe(path, encoding="gb18030").rename(columns={"道路名称": "name"})
    read = pyogrio.read_dataframe(FOLDER / "jiaxing.gpkg", layer="ghlw")
    return read.to_crs(WORKING).rename(columns={"LXMC": "name"})


LINE = boundary()
PLANS = {side: plan(side) for side in "ab"}


def lines(side: str, name: str) -> list[shapely.LineString]:
    """Return the lines of one road, features and parts joined, each drawn towards the boundary."""
    table = PLANS[side]
    merged = shapely.line_merge(shapely.union_all(table.loc[table["name"] == name, "geometry"]))
    drawn = []
    for part in shapely.get_parts(merged):
        first, last = (shapely.get_point(part, i).distance(LINE) for i in (0, -1))
        drawn.append(part if last < first else shapely.reverse(part))
    return drawn


def end(line: shapely.LineString) -> float:
    """Return how far along a road its end lies: where it crosses the boundary, or its last point."""
    crossing = line.intersection(LINE)
    if crossing.is_empty:
        return float(line.length)
    assert isinstance(crossing, shapely.Point)
    at = float(line.project(crossing))
    return at if line.length - at > CENTIMETRE else float(line.length)


def approach(side: str, name: str, *, over_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Return end and heading of a road; of two carriageways, those of the line between them."""
    ends, headings = [], []
    for line in lines(side, name):
        at = end(line)
        tip, back = (np.array(line.interpolate(s).coords[0]) for s in (at, at - over_m))
        ends.append(tip)
        headings.append((tip - back) / math.dist(tip, back))
    heading = np.mean(headings, axis=0)
    return np.mean(ends, axis=0), heading / np.hypot(*heading)


def measured(place: dict[str, str], *, over_m: float) -> tuple[float, float, float]:
    (p_a, u_a), (p_b, u_b) = (approach(side, place[side], over_m=over_m) for side in "ab")
    w_x, w_y = (u_a - u_b) / np.hypot(*(u_a - u_b))
    x, y = p_b - p_a
    cosine = float(np.clip(u_a @ -u_b, -1, 1))
    return x * w_x + y * w_y, x * w_y - y * w_x, math.degrees(math.acos(cosine))


@pytest.mark.parametrize("place", PAIRS, ids=lambda place: place["a"])
def test_two_ends_lie_as_the_table_of_faults_says(place: dict[str, str]) -> None:
    gap_m, offset_m, deflection_deg = MOVED.get(place["a"], (0, 0, 0))
    for over_m in HEADING_M:
        found = measured(place, over_m=over_m)
        assert found[:2] == pytest.approx((gap_m, offset_m), abs=CENTIMETRE)
        assert found[2] == pytest.approx(deflection_deg, abs=0.01)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["a"] or place["b"])
def test_a_road_reaches_its_place_on_the_line_straight_and_from_its_own_side(
    place: dict[str, float],
) -> None:
    for side in "ab":
        if not place[side]:
            continue
        tip, heading = approach(side, str(place[side]), over_m=STRAIGHT_M)
        short_m = abs(MOVED.get(str(place["a"]), (0, 0, 0))[0]) / 2
        assert shapely.Point(tip).distance(LINE) == pytest.approx(short_m, abs=CENTIMETRE)
        assert LINE.project(shapely.Point(tip)) == pytest.approx(place["chainage_m"], abs=18)
        for over_m in HEADING_M:
            assert approach(side, str(place[side]), over_m=over_m)[1] == pytest.approx(
                heading, abs=1e-6
            )
        # Jinshan lies to the right of the line, which runs from the coast inland.
        before, after = (
            np.array(LINE.interpolate(place["chainage_m"] + step).coords[0]) for step in (-1, 1)
        )
        (along_x, along_y), (x, y) = after - before, -heading
        assert (along_x * y - along_y * x < 0) == (side == "a")


def test_the_overshoot_is_180_m_long_and_ends_60_m_beside_the_neighbours_road() -> None:
    (own,), (other,) = lines("a", "示例七路"), lines("b", "示例七路")
    at = end(own)
    tip = shapely.get_point(own, -1)
    assert own.length - at == pytest.approx(180, abs=CENTIMETRE)
    assert own.interpolate(at).distance(tip) == pytest.approx(180, abs=CENTIMETRE)
    assert tip.distance(other) == pytest.approx(60, abs=CENTIMETRE)
    beyond = {
        place[side]
        for place in PLACES
        for side in "ab"
        if place[side] and any(line.length - end(line) > 0 for line in lines(side, place[side]))
    }
    assert beyond == {"示例七路"}


def test_the_dual_carriageway_is_two_opposite_one_way_lines_20_m_apart() -> None:
    drawn = PLANS["a"].query("name == '兴豪路'")
    assert drawn["单双向"].tolist() == ["单向", "单向"]
    one, two = drawn.geometry
    assert shapely.get_point(one, -1).distance(shapely.get_point(two, 0)) == pytest.approx(20)
    assert shapely.get_point(one, -1).distance(LINE) < CENTIMETRE
    assert shapely.get_point(two, 0).distance(LINE) < CENTIMETRE
    assert len(lines("b", "兴豪路")) == 1


def test_splits_parts_and_directions_are_as_the_table_says() -> None:
    def named(side: str, name: str) -> gpd.GeoSeries:
        table = PLANS[side]
        return table.loc[table["name"] == name, "geometry"]

    assert len(named("a", "示例八路")) == 3
    (parts,) = named("b", "示例十路")
    assert shapely.get_num_geometries(parts) == 2
    (other_way,) = named("a", "示例九路")
    assert shapely.get_point(other_way, 0).distance(LINE) < CENTIMETRE
    (street,), (road,) = named("a", "示例支路"), named("a", "示例十路")
    joint = shapely.get_point(street, -1)
    assert joint.distance(road) < CENTIMETRE
    assert joint.distance(LINE) == pytest.approx(40, abs=CENTIMETRE)


def test_the_road_along_the_line_keeps_within_12_m_of_it_for_2_km() -> None:
    (road,) = lines("a", "界河路")
    assert road.length == pytest.approx(2000, abs=CENTIMETRE)
    assert LINE.buffer(12).covers(road)
    assert not road.intersects(LINE)
    assert "界河路" not in set(PLANS["b"]["name"])


@pytest.mark.parametrize(("side", "name", "towards"), [("a", "示例弄", 1), ("b", "示例巷", -1)])
def test_a_quiet_dead_end_stops_60_m_before_the_line(side: str, name: str, towards: int) -> None:
    (road,) = lines(side, name)
    tip, before = (np.array(road.coords[i]) for i in (-1, -2))
    assert shapely.Point(tip).distance(LINE) == pytest.approx(60, abs=CENTIMETRE)
    # 示例弄 runs towards the line; 示例巷 has bent round and runs away from it.
    ahead = tip + 10 * (tip - before) / math.dist(tip, before)
    nearer_m = 60 - shapely.Point(ahead).distance(LINE)
    assert nearer_m * towards > 2
    assert road.distance(LINE) > 30


def test_nothing_else_comes_near_the_line() -> None:
    docking = {place[side] for place in PLACES for side in "ab"} - {""}
    for table in PLANS.values():
        near = set(table.loc[table.distance(LINE) < NEAR_M, "name"])
        assert near <= docking | QUIET_NEAR
    chainages = sorted(float(place["chainage_m"]) for place in PLACES)
    assert min(np.diff(chainages)) >= SPACING_M


def stated(side: str, name: str) -> dict[str, object]:
    """Return what a side states of a road, in the words of the other side."""
    table = PLANS[side].drop(columns="geometry")
    rows = table.loc[table["name"] == name]
    found: dict[str, object] = {}
    for key, columns in FIELDS.items():
        values = rows[columns["ab".index(side)]].dropna().tolist()
        if not values:
            continue
        (value,) = set(values)
        if key == "lanes":
            carriageways = max(1, int((rows[ONEWAY["ab".index(side)]] == "单向").sum()))
            value = LANES.get(value) or int(value) * carriageways
        found[key] = CODES.get(value, value) if key == "class" else value
    return found


@pytest.mark.parametrize("place", PAIRS, ids=lambda place: place["a"])
def test_the_sides_state_the_same_but_for_the_faults_of_the_table(place: dict[str, str]) -> None:
    a, b = stated("a", place["a"]), stated("b", place["b"])
    differing = {key: (a[key], b[key]) for key in a.keys() & b.keys() if a[key] != b[key]}
    assert differing == DIFFERENT.get(place["a"], {})
    if place["a"] == "示例十一路":
        assert a.keys() == FIELDS.keys() - {"ref", "roadbed"}
        assert not b
