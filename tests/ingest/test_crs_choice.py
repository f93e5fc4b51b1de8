"""Working coordinate systems, and what bare numbers look like."""

from __future__ import annotations

import pytest
from pyproj import CRS

from roadalign.errors import InputError
from roadalign.ingest.crs import looks_like, settled_crs, transformed_bounds, working_crs

JINSHAN = (121.0, 30.8)


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [
        (121.0, 30.8, 4549),  # Jinshan-Jiaxing, CM 120E
        (121.6, 31.2, 4550),  # Shanghai, CM 123E
        (114.3, 30.5, 4547),  # Wuhan, CM 114E
        (87.6, 43.8, 4538),  # Urumqi, CM 87E
        (7.42, 43.74, 32632),  # Monaco
        (-8.61, 41.15, 32629),  # Porto
        (151.2, -33.9, 32756),  # Sydney
        (126.98, 37.57, 32652),  # Seoul: inside the box, outside the area of use of CM 126E
        (121.0, 14.6, 32651),  # Manila: inside the longitudes only
        (180.0, 10.0, 32601),
    ],
)
def test_working_crs(lon, lat, epsg):
    assert working_crs(lon, lat).to_epsg() == epsg


def test_values_of_the_working_system():
    x, y, *_ = transformed_bounds(
        (121.0, 30.8, 121.0, 30.8), CRS.from_epsg(4490), working_crs(*JINSHAN)
    )
    assert (x, y) == pytest.approx((595_705.33, 3_409_228.45), abs=0.01)


@pytest.mark.parametrize(
    ("x", "y", "kind", "code"),
    [
        (121.0, 30.8, "degrees", 4490),
        (30.8, 121.0, "swapped", 4490),
        (595_705, 3_409_228, "projected", 4549),
        (40_595_705, 3_409_228, "projected", 4528),
        (308_575, 3_410_512, "projected", 4550),
        (21_308_575, 3_410_512, "projected", 4499),
        (41_308_575, 3_410_512, "projected", 4529),
        (308_652, 3_409_148, "projected", 32651),
        (13_469_658, 3_606_802, "projected", 3857),
        (3_409_228, 595_705, "exchanged", 4549),
    ],
)
def test_numbers_of_a_known_place(x, y, kind, code):
    found, codes = looks_like((x - 1, y - 1, x + 1, y + 1), near=JINSHAN)
    assert found == kind
    # 1.6 m and 61 m apart from older systems, 1366 m between UTM and GK: the nearest comes first
    assert code in codes[:3]


@pytest.mark.parametrize(
    ("x", "y", "kind", "code"),
    [
        (121.0, 30.8, "degrees", 4490),
        (30.8, 121.0, "swapped", None),
        (595_705, 3_409_228, "projected", 4549),
        (40_595_705, 3_409_228, "projected", 4528),
        (21_308_575, 3_410_512, "projected", 4499),
        (13_469_658, 3_606_802, "projected", 3857),
        (-44_449, -48_255, "local", None),
        (3_409_228, 595_705, "exchanged", None),
        (545_000, 4_100_000, "metres", None),
    ],
)
def test_numbers_of_an_unknown_place(x, y, kind, code):
    found, codes = looks_like((x - 1, y - 1, x + 1, y + 1), near=None)
    assert found == kind
    assert code is None or code in codes


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        (121.0, 30.8, "longitude and latitude"),
        (30.8, 121.0, "wrong order"),
        (595_705, 3_409_228, "EPSG:4549"),
        (3_409_228, 595_705, "north first"),
        (-44_449, -48_255, "city"),
        (545_000, 4_100_000, "metres"),
        (500, 500, "metres"),
    ],
)
def test_the_error_says_what_the_numbers_look_like(x, y, said):
    with pytest.raises(InputError) as problem:
        settled_crs(None, assumed=None, bounds=(x, y, x, y), near=None, where="layer")
    assert problem.value.key.startswith("no_crs_")
    assert said in str(problem.value)
    assert "坐标" in problem.value.render("zh")


def test_no_features_tell_nothing():
    with pytest.raises(InputError) as problem:
        settled_crs(None, assumed=None, bounds=None, near=None, where="layer")
    assert problem.value.key == "no_crs_unknown"


def test_an_assumed_system_must_exist():
    with pytest.raises(InputError) as problem:
        settled_crs(None, assumed="EPSG:1", bounds=None, near=None, where="layer")
    assert problem.value.key == "bad_crs"
