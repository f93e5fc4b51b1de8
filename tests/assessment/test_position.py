"""One fault of a side's data is one finding, and told so, it is gone: on the example and on Wuhan."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS

import roadalign
from roadalign.georeferencing.georeference import Georeference
from roadalign.settings import parse_settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "data" / "jinshan-jiaxing"
WUHAN = ROOT.parent / "shared" / "data" / "wuhan_hongshan_wuchang.gpkg"
DEGREES, GK6 = CRS.from_epsg(4326), CRS.from_epsg(4510)


def written(table, change, crs):
    """Return a table with the numbers that a function gives for its places, and a label."""
    lines = shapely.transform(np.asarray(table.geometry.array, dtype=object), change)
    return table.set_geometry(gpd.GeoSeries(lines, index=table.index)).set_crs(
        crs, allow_override=True
    )


def faults(crs, utm):
    """Each fault with what it does, the label it is given, and what takes it out."""
    in_degrees = Georeference(DEGREES, "gcj02"), Georeference(DEGREES, "bd09")
    return {
        "gcj02": (lambda xy: in_degrees[0].numbers(xy, crs), DEGREES, {"assume_crs": "gcj02"}),
        "bd09": (lambda xy: in_degrees[1].numbers(xy, crs), DEGREES, {"assume_crs": "bd09"}),
        "gcj02-projected": (
            lambda xy: Georeference(crs, "gcj02").numbers(xy, crs),
            crs,
            {"assume_crs": "gcj02"},
        ),
        "utm-called-gauss-krueger": (
            lambda xy: Georeference(utm).numbers(xy, crs),
            GK6,
            {"assume_crs": f"EPSG:{utm.to_epsg()}"},
        ),
        "12-m": (lambda xy: xy + np.array([10.0, -6.6]), crs, {"shift": True}),
        "80-m": (lambda xy: xy + np.array([60.0, -53.0]), crs, {"shift": True}),
    }


class Pair:
    """Two plans and a boundary in one metric system."""

    def __init__(self, a, b, boundary, crs):
        self.a, self.b, self.boundary = a.to_crs(crs), b.to_crs(crs), boundary
        self.crs = crs
        self.clean = self.check(self.a, self.b)

    def check(self, plan_a, plan_b, **settings):
        parsed = parse_settings(settings, where="test")
        return roadalign.check(plan_a, plan_b, boundary=self.boundary, settings=parsed)

    def spoilt(self, side, change, crs, **settings):
        own = written(self.a if side == "a" else self.b, change, crs)
        pair = (own, self.b) if side == "a" else (self.a, own)
        return self.check(*pair, **settings)


@pytest.fixture(scope="module")
def example():
    return Pair(
        gpd.read_file(EXAMPLE / "jinshan" / "jinshan_roads.shp"),
        gpd.read_file(EXAMPLE / "jiaxing.gpkg", layer="ghlw"),
        gpd.read_file(EXAMPLE / "boundary.geojson"),
        CRS.from_epsg(4549),
    )


@pytest.fixture(scope="module")
def wuhan():
    if not WUHAN.exists():
        pytest.skip(f"{WUHAN.name} is not beside the checkout")
    layers = (gpd.read_file(WUHAN, layer=name) for name in ("side_a", "side_b", "boundary"))
    return Pair(*layers, CRS.from_epsg(4547))


def pairs(result):
    points = result.docking_points
    return set(zip(points["a_fid"].fillna(""), points["b_fid"].fillna(""), strict=True))


def shifts(result):
    return result.findings[result.findings["rule"] == "I02"]


def assert_the_same(result, clean):
    """Pairs and verdicts are those of the clean run, offsets within half a metre."""
    assert pairs(result) == pairs(clean)
    keys = ["a_fid", "b_fid"]
    columns = [*keys, "verdict", "offset_m"]
    both = result.docking_points[columns].merge(clean.docking_points[columns], on=keys)
    assert (both["verdict_x"] == both["verdict_y"]).all()
    assert (both["offset_m_x"] - both["offset_m_y"]).abs().max() <= 0.5


def assert_one_fault(pair, side, name, *, crs, utm):
    change, label, cure = faults(crs, utm)[name]
    result = pair.spoilt(side, change, label)
    (found,) = shifts(result).to_dict("records")
    assert found["severity"] in {"mismatch", "severe"}
    points = result.docking_points
    worse = (points["verdict"] == "missing").sum()
    assert worse <= (pair.clean.docking_points["verdict"] == "missing").sum() + 1
    option = cure.get("assume_crs")
    if option:
        assert f"--assume-crs {side}={option}" in found["message_en"]
        told = pair.spoilt(side, change, label, **{side: {"assume_crs": option}})
        assert not len(shifts(told))
    else:
        told = pair.spoilt(side, change, label, shift=side)
        assert [row["severity"] for row in shifts(told).to_dict("records")] == ["notice"]
    return told


def test_clean_layers_have_no_fault(example):
    assert not len(shifts(example.clean))
    assert example.clean.run["position"]["accepted"] is None


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize("name", list(faults(DEGREES, DEGREES)))
def test_the_example_with_one_fault(example, side, name):
    told = assert_one_fault(example, side, name, crs=CRS.from_epsg(4549), utm=CRS.from_epsg(32651))
    assert_the_same(told, example.clean)


@pytest.mark.parametrize("side", ["a", "b"])
def test_auto_moves_the_side_that_left_the_boundary(example, side):
    change = faults(CRS.from_epsg(4549), DEGREES)["12-m"][0]
    told = example.spoilt(side, change, example.crs, shift="auto")
    assert_the_same(told, example.clean)
    other = "b" if side == "a" else "a"
    assert told.run["position"][f"moved_{side}_m"] == pytest.approx([-10.0, 6.6], abs=0.1)
    assert told.run["position"][f"moved_{other}_m"] == [0.0, 0.0]


@pytest.mark.real
def test_wuhan_is_clean(wuhan):
    assert not len(shifts(wuhan.clean))


@pytest.mark.real
@pytest.mark.parametrize(("side", "name"), [("a", "gcj02"), ("b", "bd09"), ("b", "12-m")])
def test_wuhan_with_one_fault(wuhan, side, name):
    told = assert_one_fault(wuhan, side, name, crs=CRS.from_epsg(4547), utm=CRS.from_epsg(32650))
    assert_the_same(told, wuhan.clean)


@pytest.mark.parametrize(
    ("change", "label", "key", "says"),
    [
        (lambda xy: xy[:, ::-1], None, "crs_swapped", "--assume-crs SIDE=swapped"),
        (None, CRS.from_epsg(4550), "plan_far", "EPSG:4549"),
        (None, "none", "no_crs_projected", "EPSG:4549"),
    ],
)
def test_what_lies_elsewhere_is_refused_with_the_remedy(example, change, label, key, says):
    if change is not None:
        degrees = example.b.to_crs(4326)
        own = written(degrees, change, DEGREES)
    else:
        own = example.b.set_crs(None if label == "none" else label, allow_override=True)
    with pytest.raises(roadalign.InputError) as problem:
        example.check(example.a, own)
    assert problem.value.key == key
    assert says in str(problem.value)
