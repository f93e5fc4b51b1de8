"""Taking information away makes nothing better, from the files of a plan to its points.

One side's cells are blanked, its columns dropped or its features deleted, and the whole check is run
anew. Names, numbers, class and status also say who belongs together, so that points may change
their partner; the aligned ones may become no more.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import roadalign
from roadalign.settings import parse_settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
WUHAN = SHARED / "wuhan_hongshan_wuchang.gpkg"
ROOT = Path(__file__).resolve().parents[2]
X, Y, CRS = 600_000, 3_400_000, 4549
GRADES = {
    "motorway": ("高速公路", 6, 60.0),
    "trunk": ("一级公路", 6, 50.0),
    "primary": ("主干路", 4, 40.0),
    "secondary": ("次干路", 4, 30.0),
    "tertiary": ("支路", 2, 24.0),
}
STATUSES = ("现状", "在建", "规划")


def attributed(kinds):
    """Attributes by class of road; what is not named is a street."""
    rows = [GRADES.get(kind.removesuffix("_link"), ("支路", 2, 18.0)) for kind in kinds]
    status = [STATUSES[len(kind) % 3] for kind in kinds]
    return pd.DataFrame(
        {
            "class": [row[0] for row in rows],
            "lanes": [str(row[1]) for row in rows],
            "redline_m": [row[2] for row in rows],
            "status": status,
            "open_year": [None if one == "现状" else str(2027 + len(one) % 2) for one in status],
        }
    )


def changed(table, draw, share=0.2):
    """A fifth of one side's values, changed at random."""
    table = table.copy()
    others = {
        "class": ["高速公路", "主干路", "支路"],
        "lanes": ["2", "4", "8"],
        "redline_m": [12.0, 24.0, 60.0],
        "status": list(STATUSES),
        "open_year": ["2026", "2029", "2035"],
    }
    for name, values in others.items():
        rows = draw.random(len(table)) < share
        table.loc[rows, name] = draw.choice(values, rows.sum())
    return table


def generated(seed):
    """Thirty roads a kilometre apart, some ends short or aside, some values different."""
    draw = np.random.default_rng(seed)
    kinds = draw.choice([*GRADES, "residential"], 30)
    table = attributed(kinds)
    sides = []
    for sign in (-1, 1):
        short = draw.choice([0.0, 0.0, 0.0, 8.0, 40.0], 30)
        aside = draw.choice([0.0, 0.0, 12.0, 30.0], 30) * (sign > 0)
        lines = [
            shapely.LineString([(X + 700 * k + d, Y + sign * 900), (X + 700 * k + d, Y + sign * s)])
            for k, (s, d) in enumerate(zip(short, aside, strict=True))
        ]
        names = [f"路{k}" for k in range(30)]
        said = table if sign < 0 else changed(table, draw)
        sides.append(gpd.GeoDataFrame({"name": names, **said}, geometry=lines, crs=CRS))
    line = gpd.GeoDataFrame(geometry=[shapely.LineString([(X - 500, Y), (X + 21_000, Y)])], crs=CRS)
    return sides[0], sides[1], line


def the_default():
    folder = ROOT / "data/jinshan-jiaxing"
    a = gpd.read_file(folder / "jinshan/jinshan_roads.shp", encoding="gb18030")
    b = gpd.read_file(folder / "jiaxing.gpkg", layer="ghlw")
    return a, b, gpd.read_file(folder / "boundary.geojson")


def wuhan():
    if not WUHAN.exists():
        pytest.skip(f"{WUHAN.name} is not beside the checkout")
    draw = np.random.default_rng(7)
    sides = []
    for layer in ("side_a", "side_b"):
        roads = gpd.read_file(WUHAN, layer=layer)
        said = attributed(roads["highway"].astype(str))
        said = said if layer == "side_a" else changed(said, draw)
        sides.append(gpd.GeoDataFrame(said, geometry=roads.geometry.values, crs=roads.crs))
    return sides[0], sides[1], gpd.read_file(WUHAN, layer="boundary")


def run(a, b, line):
    settings = parse_settings({"as_of": "2026-03-01"}, where="test")
    return roadalign.check(a, b, boundary=line, settings=settings)


def fields_of(table):
    return [name for name in table.columns if name != "geometry"]


def without_columns(table, draw):
    names = fields_of(table)
    lost = draw.choice(names, max(len(names) // 2, 1), replace=False)
    return table.drop(columns=lost.tolist())


def without_all(table, draw):  # noqa: ARG001
    return table[["geometry"]]


def without_cells(table, draw):
    table = table.copy()
    for name in fields_of(table):
        table[name] = table[name].astype(object).where(draw.random(len(table)) > 0.4, None)
    return table


WAYS = (without_columns, without_all, without_cells)


def compared(result):
    """The pairs that a run compared, by their features."""
    points = result.docking_points
    keys = points["a_fid"].fillna("") + "|" + points["b_fid"].fillna("")
    return dict(zip(keys, points["verdict"], strict=True))


WUHANS = pytest.param("wuhan", marks=pytest.mark.real)
WORLDS = ["default", "pairs-1", WUHANS]


@pytest.fixture(scope="module")
def world(request):
    """Plans of both sides with a boundary, and what a check finds."""
    made = {"default": the_default, "wuhan": wuhan}.get(request.param)
    a, b, line = made() if made else generated(int(request.param[-1]))
    return a, b, line, run(a, b, line)


TRIED = [(world, way) for world in WORLDS[:2] for way in WAYS]
TRIED += [pytest.param("wuhan", without_cells, marks=pytest.mark.real)]


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize(("world", "way"), TRIED, indirect=["world"])
def test_withholding_attributes_aligns_nothing(world, way, side):
    a, b, line, before = world
    draw = np.random.default_rng(3)
    plans = (way(a, draw), b) if side == "a" else (a, way(b, draw))
    after = run(*plans, line)
    low = [result.summary["docking_rate"]["low"] for result in (before, after)]
    assert after.summary["aligned"] <= before.summary["aligned"]
    assert low[1] <= low[0]
    assert after.summary["through_rate"] <= before.summary["through_rate"]
    old = compared(before)
    better = [key for key, verdict in compared(after).items()
              if verdict == "aligned" and old.get(key, "aligned") != "aligned"]  # fmt: skip
    assert better == []
    found = roadalign.compare(before, after)
    assert found.summary["counts"]["resolved"] == 0


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize("world", WORLDS, indirect=True)
def test_deleting_features_is_never_a_change_of_the_other_side(world, side):
    a, b, line, before = world
    draw = np.random.default_rng(5)
    own = a if side == "a" else b
    left = own[draw.random(len(own)) > 0.1].reset_index(drop=True)
    after = run(left, b, line) if side == "a" else run(a, left, line)
    found = roadalign.compare(before, after)
    other = "b" if side == "a" else "a"
    told = found.approaches[found.approaches["side"] == other]
    assert set(told["change"]) == {"same"}
    assert after.summary["aligned"] <= before.summary["aligned"]
    lost = [row for row in found.points.to_dict("records") if row["change"] == "gone"]
    arrived = before.docking_points.set_index("id")
    for row in lost:  # what is gone had a road of the side that deleted some
        assert pd.notna(arrived.loc[row["id"], f"{side}_fid"])
