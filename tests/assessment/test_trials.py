"""A trial reading that fails ends there: the run goes on with the layers as they are, and says so."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import CRS

import roadalign
from roadalign.assessment import registration as hypotheses
from roadalign.assessment.registration import SHIFT, best_reading
from roadalign.assessment.registration_findings import position_findings
from roadalign.docking import dock
from roadalign.errors import InputError
from roadalign.model.result import Boundary, Plan
from roadalign.model.tables import ROAD_COLUMNS, typed
from roadalign.settings import Settings

EAST, NORTH = 600_000, 3_400_000
CHINA = CRS.from_epsg(4549)
LIMITS = Settings().limits_for(None)
LINE = Boundary(
    name="line",
    line=shapely.LineString([(EAST, NORTH), (EAST + 6000, NORTH)]),
    crs=CHINA,
)
PLACES = (300, 1100, 2300, 3900, 5300)
"""No two are as far apart as two others, so only one shift brings all of them together;
their other ends lie unevenly, so those do not seem to belong together either."""


def plan(side, moved_m=0.0, places=PLACES):
    """Roads straight to the boundary from below (a) or above (b)."""
    deep = [600 + 70 * k * k if side == "b" else -600 - 110 * k for k in range(len(places))]
    lines = [
        shapely.LineString([(EAST + x + moved_m, NORTH + away), (EAST + x + moved_m, NORTH)])
        for x, away in zip(places, deep, strict=True)
    ]
    told = {"side": side, "fid": [str(k) for k in range(len(lines))]}
    table = typed(pd.DataFrame(told, index=range(len(lines))), ROAD_COLUMNS)
    return Plan(side, gpd.GeoDataFrame(table, geometry=lines, crs=CHINA), None, ())


A, B = plan("a"), plan("b", moved_m=600)
"""Six hundred metres beside one another: nothing meets, so the sides are read otherwise."""


def read(reread):
    docked = dock(A, B, LINE, limits=LIMITS)
    return best_reading(docked, (A, B), LINE, reread=reread, limits=LIMITS)


def unforeseen(_side, _reading):
    raise ZeroDivisionError("nobody thought of it")


def impossible(_side, reading):
    raise InputError("not_readable", where=reading, problem="")


def without_names(side, _reading):
    """A plan that docking cannot take."""
    own = A if side == "a" else B
    return replace(own, roads=own.roads.drop(columns="name"))


@pytest.mark.parametrize(
    ("reread", "said"),
    [
        (unforeseen, "ZeroDivisionError: nobody thought of it"),
        (without_names, "KeyError: 'name'"),
    ],
)
def test_an_error_in_a_trial_ends_that_trial_and_is_told(reread, said):
    reading = read(reread)
    assert {(one.side, one.reading) for one in reading.untried} == {
        (side, datum) for side in "ab" for datum in ("gcj02", "bd09")
    }
    assert {one.problem for one in reading.untried} == {said}
    found = position_findings(reading, names=("east", "west"), limits=LIMITS)
    told = found[found["message_en"].str.contains(said, regex=False)]
    assert len(told) == 4
    assert set(told["severity"]) == {"notice"}
    assert told["value"].isna().all()
    assert told["message_zh"].str.contains("GCJ-02|BD-09").all()


def test_the_other_trials_go_on_after_one_that_failed():
    reading = read(unforeseen)
    assert len(reading.untried) == 4
    assert reading.accepted.reading == SHIFT
    assert reading.vector == pytest.approx((600.0, 0.0), abs=0.1)
    assert reading.accepted.agreeing == len(PLACES)


def test_a_reading_that_is_impossible_is_no_fault_and_is_not_told():
    reading = read(impossible)
    assert reading.untried == ()


@pytest.mark.parametrize(
    ("name", "side", "reading"), [("voted_shift", "b", SHIFT), ("_systems", "a", "")]
)
def test_an_error_in_looking_for_readings_is_told(monkeypatch, name, side, reading):
    def broken(*_args, **_kwargs):
        raise np.linalg.LinAlgError("singular")

    monkeypatch.setattr(hypotheses, name, broken)
    found = read(impossible)
    assert (side, reading, "LinAlgError: singular") in {
        (one.side, one.reading, one.problem) for one in found.untried
    }
    assert len(position_findings(found, names=("east", "west"), limits=LIMITS)) >= 1


def test_of_two_readings_that_fit_the_other_is_taken_where_one_fails_at_last():
    """Both datums read B where A is; measuring where it was drawn fails for the first."""
    fits = plan("b")

    def reread(side, _reading):
        if side == "a":
            raise InputError("not_readable", where=side, problem="")
        return fits

    def spoilt(placement, crs):
        def place(xy):
            if placement.datum == "gcj02" and len(xy) > 1:
                raise ValueError("out of its domain")
            return placement.numbers(xy, crs)

        return place

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hypotheses, "_numbers_of", spoilt)
        reading = read(reread)
    assert reading.accepted.reading == "bd09"
    assert [(one.reading, one.problem) for one in reading.untried] == [
        ("gcj02", "ValueError: out of its domain")
    ]


@pytest.mark.parametrize("swap", [False, True])
def test_parallel_roads_that_face_no_end_at_the_line_are_reported(swap):
    """End to end: one side draws two carriageways, the other nothing that reaches the line."""

    def layer(*lines):
        placed = [[(EAST + x, NORTH + y) for x, y in line] for line in lines]
        return gpd.GeoDataFrame(geometry=[shapely.LineString(x) for x in placed], crs=CHINA)

    far = layer([(500, -1400), (900, -1200)], [(1500, -1400), (1500, -1200)])
    dual = layer([(2000, 600), (2000, 0)], [(2018, 600), (2018, 0)])
    pair = (dual, far) if swap else (far, dual)
    boundary = gpd.GeoDataFrame(geometry=[LINE.line], crs=CHINA)
    (point,) = roadalign.check(*pair, boundary=boundary).docking_points.to_dict("records")
    assert point["verdict"] == "missing"
    assert point["a_carriageways" if swap else "b_carriageways"] == 2
    assert "C01" in point["rules"]
