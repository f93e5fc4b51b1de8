"""Where a side's layers hold nothing, by lines whose places are known."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

import roadalign
from roadalign.boundary.cover import cover_boundary
from roadalign.settings import parse_settings

X, Y, CRS = 600_000, 3_400_000, 4549
LINE = shapely.LineString([(X, Y), (X + 6000, Y)])
STATED = {"class": "二级公路", "lanes": "4", "status": "规划", "open_year": "2030"}


def plan(sign, places, **more):
    lines = [shapely.LineString([(X + x, Y + sign * 900), (X + x, Y)]) for x in places]
    columns = {key: [value] * len(lines) for key, value in (STATED | more).items()}
    return gpd.GeoDataFrame({"name": [f"{x}" for x in places]} | columns, geometry=lines, crs=CRS)


def run(a, b, /, **settings):
    told = parse_settings({"a": {"name": "south"}, "b": {"name": "north"}} | settings, where="test")
    line = gpd.GeoDataFrame(geometry=[LINE], crs=CRS)
    return roadalign.check(a, b, boundary=line, settings=told)


def whole(result):
    found = result.findings[result.findings["rule"] == "I08"]
    return found.to_dict("records")


EVERYWHERE = (500, 1500, 2500, 3500, 4500, 5500)


def test_a_map_sheet_that_ends_is_one_question_and_no_reproach():
    result = run(plan(-1, EVERYWHERE), plan(1, (500, 1500)))
    points = result.docking_points.set_index("a_name")
    assert points["verdict"].to_dict() == {
        "500": "aligned", "1500": "aligned", "2500": "undetermined", "3500": "undetermined",
        "4500": "undetermined", "5500": "undetermined",
    }  # fmt: skip
    assert set(points["state"]) == {"planned", "unknown"}
    (finding,) = whole(result)
    # north's last road is at 1500; within 500 m of it the line is covered, beyond it nothing is
    assert (finding["side"], finding["value"]) == ("b", pytest.approx(4500, abs=1))
    assert "km 1.5 to 6.0, where south brings 4" in finding["message_en"]
    assert "C01" not in set(result.findings["rule"])
    cover = result.summary["coverage"]
    assert cover["a"]["gaps"] == []
    (gap,) = cover["b"]["gaps"]
    assert (gap["from_m"], gap["to_m"], gap["approaches"]) == (1500.0, 6000.0, 4)
    # places every 25 m from 12.5 on: those up to 2000 m are within reach of a road
    assert cover["b"]["share"] == pytest.approx(80 / 240, abs=1e-4)
    assert cover["b"]["share_by_class"] == {"4": pytest.approx(80 / 240, abs=1e-4)}


def test_a_side_whose_layers_are_complete_lacks_what_it_lacks():
    result = run(plan(-1, EVERYWHERE), plan(1, (500, 1500)), b={"name": "north", "complete": True})
    assert (result.docking_points["verdict"] == "missing").sum() == 4
    assert whole(result) == []
    assert result.summary["coverage"]["b"]["gaps"] == []


@pytest.mark.parametrize(
    ("places", "why"),
    [
        ((500, 1500, 5500), "two roads alone are too few"),
        ((500, 1500, 3500), "from 4000 m on there is one road alone"),
    ],
)
def test_what_stays_missing(places, why):
    few = (500, 1500, 3500, 4500, 5500) if 5500 in places else EVERYWHERE
    result = run(plan(-1, few), plan(1, places))
    lone = result.docking_points[result.docking_points["b_fid"].isna()]
    assert set(lone["verdict"]) == {"missing"}, why
    assert whole(result) == []


def test_the_limits_of_coverage_are_obeyed():
    a, b = plan(-1, EVERYWHERE), plan(1, (500, 1500))
    for name, value in (
        ("coverage_approaches", 5),
        ("coverage_stretch_m", 4100),
        ("coverage_reach_m", 4600),
    ):
        assert whole(run(a, b, limits={name: value})) == [], name
    assert len(whole(run(a, b, limits={"coverage_approaches": 4}))) == 1


def test_layers_without_the_lower_classes_put_only_those_in_doubt():
    lower = plan(-1, (1000, 2000, 3000), **{"class": "四级公路"})
    upper = plan(-1, (500, 1500, 2500, 3500, 4500, 5500))
    a = gpd.GeoDataFrame(
        gpd.pd.concat([lower, upper], ignore_index=True), geometry="geometry", crs=CRS
    )
    stretch = {"limits": {"coverage_stretch_m": 1200}}  # north has none around 2500
    result = run(a, plan(1, (500, 1500, 3500, 4500, 5500)), **stretch)
    verdicts = result.docking_points.set_index("a_name")["verdict"].to_dict()
    waits = [name for name, verdict in verdicts.items() if verdict == "undetermined"]
    assert waits == ["1000", "2000", "3000"]
    assert verdicts["2500"] == "missing"
    (finding,) = whole(result)
    assert "no road below class 3" in finding["message_en"]
    assert result.summary["coverage"]["b"]["lowest_class"] == 4
    # one lower road on the other side is proof enough that its layers hold them
    b = plan(1, (500, 1500, 3500, 4500, 5500))
    b.loc[0, "class"] = "四级公路"
    assert whole(run(a, b, **stretch)) == []


def test_places_along_a_line_of_parts_follow_one_another():
    line = shapely.MultiLineString([[(0, 0), (1000, 0)], [(1000, 500), (1000, 1500)]])
    road = np.array([shapely.LineString([(1000, 1000), (2000, 1000)])], dtype=object)
    cover = cover_boundary(line, road, [3], reach_m=100.0)
    assert cover.total_m == 2000.0
    near = cover.at_m[cover.anywhere]
    # chainage 1500 lies at (1000, 1000)
    assert (near.min(), near.max()) == (1412.5, 1587.5)
    assert cover.gaps_m == [(0.0, 1400.0), (1600.0, 2000.0)]
    assert cover_boundary(line, road[:0], [], reach_m=100.0).gaps_m == [(0.0, 2000.0)]
