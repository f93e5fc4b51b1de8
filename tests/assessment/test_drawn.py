"""How much of an existing road a plan draws beside the boundary, and who is asked for the rest."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString

from roadalign.assessment.network_assessment import _unplanned
from roadalign.assessment.network_state import crossings
from roadalign.assessment.plan_coverage import shares_drawn
from roadalign.boundary.read import read_boundary
from roadalign.docking.ruler import Ruler
from roadalign.model.result import Plan
from roadalign.network.read import read_network
from roadalign.settings import Settings

CRS, X, Y = 4549, 600000, 3400000
LIMITS = Settings().limits_for(None)
BOUNDARY = [(-1000, 0), (5000, 0)]
EXISTING = [(1000, -500), (1000, 500)]


def lines(*rows, **columns):
    shapes = [LineString([(X + x, Y + y) for x, y in row]) for row in rows]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def heard(of_a, of_b, *existing, near=False):
    """Side A lies south of a line that runs east: to the right of it."""
    boundary = read_boundary(lines(BOUNDARY), settings=Settings())
    kinds = ["secondary"] * len(existing)
    network = read_network([lines(*existing, highway=kinds)], boundary=boundary, band_m=2000)
    ruler = Ruler(boundary.line)
    crossed = crossings(network, ruler, limits=LIMITS).assign(near=near)
    plans = {
        side: (Plan(side, lines(*rows), None, ()), sign)
        for side, rows, sign in (("a", of_a, -1), ("b", of_b, 1))
    }
    drawn = shares_drawn(network, crossed, ruler, plans, within_m=10.0)
    return drawn, _unplanned(crossed, drawn, limits=LIMITS)


def test_a_road_that_one_plan_draws_is_asked_of_the_other_also_beside_a_docking_point():
    # B has a street that begins 31 m behind the line: not on the 20 m that count.
    drawn, found = heard(
        [[(1000, -500), (1000, 0)]], [[(900, 31), (1100, 31)]], EXISTING, near=True
    )
    assert (drawn["a"].tolist(), drawn["b"].tolist()) == ([1.0], [0.0])
    assert found["side"].tolist() == ["b"]
    assert found["chainage_m"].tolist() == pytest.approx([2000])


@pytest.mark.parametrize("aside_m", [0, 9])
def test_a_road_that_both_plans_draw_is_asked_of_nobody(aside_m):
    x = 1000 + aside_m
    _, found = heard([[(x, -500), (x, 0)]], [[(x, 0), (x, 500)]], EXISTING)
    assert found.empty


def test_a_road_that_no_plan_draws_is_told_only_away_from_docking_points():
    elsewhere = [[(3000, -500), (3000, -100)]]
    assert heard(elsewhere, elsewhere, EXISTING)[1]["side"].isna().tolist() == [True]
    assert heard(elsewhere, elsewhere, EXISTING, near=True)[1].empty


def test_half_a_road_is_no_reason_to_ask():
    # B draws it up to 4 m: of the places at 2, 4, … 20 m those up to 14 m are within 10 m of it.
    drawn, found = heard([[(1000, -500), (1000, 0)]], [[(1000, 0), (1000, 4)]], EXISTING, near=True)
    assert drawn["b"].tolist() == pytest.approx([0.7])
    assert found.empty


def test_a_street_that_begins_at_the_line_leads_to_one_side_only():
    along = [(0, -1), (2000, -1)]
    away = [(1000, -1), (1000, 500)]
    drawn, found = heard([along], [[(1000, 0), (1000, 500)]], away, near=True)
    assert np.isnan(drawn["a"]).all()
    assert found.empty
    assert isinstance(found, pd.DataFrame)
