"""Real networks beside the checkout; skipped, saying so, where they are absent.

What is expected comes with the data: every place where one road crosses the line is known.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

import roadalign
from roadalign.outputs.terminal import summary_text
from roadalign.settings import parse_settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
WUHAN = SHARED / "wuhan_hongshan_wuchang.gpkg"
PLACE = {"aspects": ["place"]}
EVERY = 2
"""Of the points, every so many is cut back: they lie apart, so none disturbs another."""

LEAST_M = 30.0
"""What has to be left of a road that is cut back."""


def checked(a=None, **settings):
    if not WUHAN.exists():
        pytest.skip(f"{WUHAN.name} is not beside the checkout")
    told = parse_settings(settings, where="test")
    first = f"{WUHAN}:side_a" if a is None else a
    return roadalign.check(first, f"{WUHAN}:side_b", boundary=f"{WUHAN}:boundary", settings=told)


@pytest.fixture(scope="module")
def wuhan():
    result = checked(**PLACE)
    truth = pyogrio.read_dataframe(WUHAN, layer="truth_crossings")
    return result, truth.to_crs(result.boundary.crs)


def features_at(roads, places):
    """Return, for each place, the features of one side that touch it."""
    tree = shapely.STRtree(roads.geometry.array)
    fids = roads["fid"].tolist()
    return [{fids[i] for i in tree.query(p, predicate="dwithin", distance=0.05)} for p in places]


@pytest.mark.real
def test_97_per_cent_of_the_true_crossings_are_aligned(wuhan):
    result, truth = wuhan
    points = result.docking_points[result.docking_points["verdict"] == "aligned"]
    pairs = [
        (set(a.split(",")), set(b.split(",")))
        for a, b in zip(points["a_fid"], points["b_fid"], strict=True)
    ]
    here = features_at(result.roads_a, truth.geometry)
    there = features_at(result.roads_b, truth.geometry)
    hit = [any(one & a and two & b for a, b in pairs) for one, two in zip(here, there, strict=True)]
    assert len(truth) == 240
    assert sum(hit) >= 0.97 * len(truth)


@pytest.mark.real
def test_at_most_one_false_alarm_per_hundred_crossings(wuhan):
    result, truth = wuhan
    false = (result.docking_points["verdict"] != "aligned").sum()
    assert false <= len(truth) / 100


@pytest.mark.real
def test_what_nobody_states_is_asked_for_in_one_line_for_each_field():
    result = checked()
    assert "aligned" not in result.summary["verdicts"]
    waiting = result.summary["waiting_points"]
    asked = {(one["side"], one["field"]): one["points"] for one in result.summary["data_requests"]}
    # the layers hold only `highway`: no lanes, no width, no status
    fields = [(side, field) for side in "ab" for field in ("lanes", "status")]
    assert asked == dict.fromkeys(fields, waiting)
    text = summary_text(result, lang="en", width=100)
    assert text.count(" is asked for ") == 4
    assert "take lanes out of `deciding` and `needed`" in text


def cut_back(result, by_m):
    """Return side A with some of its aligned roads ended short, and the points they were of.

    A road is cut where it is alone: within the stretch that is taken away no other road of its side
    joins it, so what is left ends `by_m` short, measured straight.
    """
    table = gpd.read_file(WUHAN, layer="side_a").to_crs(result.boundary.crs)
    lines = np.asarray(table.geometry.array, dtype=object).copy()
    tree = shapely.STRtree(lines)
    points = result.docking_points
    aligned = points[points["verdict"] == "aligned"].iloc[::EVERY]
    chosen = []
    for point in aligned.to_dict("records"):
        around = shapely.buffer(point["geometry"], by_m, quad_segs=32)
        rows = tree.query(shapely.buffer(around, LEAST_M), predicate="intersects")
        road = shapely.line_merge(shapely.multilinestrings(lines[rows].tolist()))
        if road.geom_type != "LineString" or point["b_fid"].count(","):
            continue
        lines[rows] = shapely.difference(lines[rows], around)
        chosen.append(point)
    kept = ~shapely.is_empty(lines)
    cut = table[kept].set_geometry(
        gpd.GeoSeries(lines[kept], index=table.index[kept], crs=table.crs)
    )
    return cut, chosen


@pytest.mark.real
@pytest.mark.parametrize("by_m", [5, 12, 20])
def test_roads_that_end_at_most_20_m_short_are_never_missing(wuhan, by_m):
    cut, chosen = cut_back(wuhan[0], by_m)
    after = checked(cut, **PLACE).docking_points
    assert len(chosen) >= 10
    for point in chosen:
        own = after[[bool({*point["b_fid"].split(",")} & {*str(b).split(",")})
                     for b in after["b_fid"]]]  # fmt: skip
        assert len(own) >= 1
        assert "missing" not in set(own["verdict"]), point["id"]


@pytest.mark.real
@pytest.mark.parametrize("by_m", [21.5, 30, 60, 100])
def test_roads_that_end_more_than_20_m_short_are_never_aligned(wuhan, by_m):
    cut, chosen = cut_back(wuhan[0], by_m)
    after = checked(cut, **PLACE).docking_points
    aligned = after[after["verdict"] == "aligned"].dropna(subset=["a_fid", "b_fid"])
    assert len(chosen) >= 5
    for point in chosen:
        theirs = {*point["b_fid"].split(",")}
        here = aligned.distance(point["geometry"]) <= by_m  # a feature may cross the line twice
        met = [bool(theirs & {*b.split(",")}) for b in aligned.loc[here, "b_fid"]]
        assert not any(met), point["id"]
