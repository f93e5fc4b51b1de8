"""Real networks beside the checkout; skipped, saying so, where they are absent.

What is expected comes with the data: every place where one road crosses the line is known.
"""

from pathlib import Path

import pyogrio
import pytest
import shapely

import roadalign

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
WUHAN = SHARED / "wuhan_hongshan_wuchang.gpkg"


@pytest.fixture(scope="module")
def wuhan():
    if not WUHAN.exists():
        pytest.skip(f"{WUHAN.name} is not beside the checkout")
    result = roadalign.check(f"{WUHAN}:side_a", f"{WUHAN}:side_b", boundary=f"{WUHAN}:boundary")
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
def test_at_most_three_false_alarms_per_hundred_crossings(wuhan):
    result, truth = wuhan
    false = (result.docking_points["verdict"] != "aligned").sum()
    assert false <= 3 * len(truth) / 100
