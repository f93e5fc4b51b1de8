"""What is said of a layer's numbers, and what becomes of them."""

import numpy as np
import pytest
from pyproj import CRS

from roadalign.errors import InputError
from roadalign.georeferencing.georeference import (
    Georeference,
    crs_notes,
    parse_placement,
    settled_placement,
)

GK120 = CRS.from_epsg(4549)
SHANGHAI = (
    'PROJCS["SHAG2000",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",0.0],'
    'PARAMETER["False_Northing",-3457147.81],PARAMETER["Central_Meridian",121.4644444],'
    'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gcj02", (None, "gcj02", False)),
        ("GCJ-02", (None, "gcj02", False)),
        ("bd09 + EPSG:4549", (GK120, "bd09", False)),
        ("swapped+EPSG:4549", (GK120, "", True)),
        ("EPSG:4549", (GK120, "", False)),
    ],
)
def test_texts(text, expected):
    assert parse_placement(text, where="t") == expected


def test_nonsense_is_refused():
    with pytest.raises(InputError) as problem:
        parse_placement("mars", where="t")
    assert problem.value.key == "bad_crs"


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("datum", ["", "gcj02", "bd09"])
def test_numbers_and_places_are_inverse(datum, swapped):
    placement = Georeference(CRS.from_epsg(4326), datum, swapped)
    places = np.array([[595_705.33, 3_409_228.45], [600_000.0, 3_400_000.0]])
    there = placement.places(placement.numbers(places, GK120), GK120)
    assert np.abs(there - places).max() < 1e-4


def test_a_place_in_the_published_system():
    """121 E 30.8 N is 595 705.33, 3 409 228.45 in EPSG:4549."""
    numbers = np.array([[30.8, 121.0]])
    place = Georeference(CRS.from_epsg(4326), "", swapped=True).places(numbers, GK120)[0]
    assert place == pytest.approx([595_705.33, 3_409_228.45], abs=0.01)


def test_bounds_follow_the_datum():
    placement = Georeference(CRS.from_epsg(4326), "gcj02")
    west, south, east, north = placement.bounds((121.0, 30.8, 121.01, 30.81), GK120)
    plain = Georeference(CRS.from_epsg(4326)).bounds((121.0, 30.8, 121.01, 30.81), GK120)
    assert west - plain[0] == pytest.approx(-416, abs=15)
    assert north - plain[3] == pytest.approx(251, abs=15)
    assert east > west
    assert north > south


@pytest.mark.parametrize(
    ("crs", "how", "keys"),
    [
        (GK120, "stated", []),
        (GK120, "told", ["crs_told"]),
        (CRS.from_epsg(2385), "stated", ["crs_no_transformation"]),
        (CRS.from_epsg(2437), "assumed", ["crs_assumed", "crs_no_transformation"]),
        (CRS.from_wkt(SHANGHAI), "stated", ["crs_shanghai"]),
    ],
)
def test_doubtful_systems_are_named(crs, how, keys):
    assert crs_notes(Georeference(crs), how=how) == keys


def test_what_is_told_wins_over_what_a_layer_states():
    placement, how = settled_placement(
        CRS.from_epsg(4550),
        assumed=None,
        told="EPSG:4549",
        bounds=(594_000, 3_400_000, 600_000, 3_410_000),
        near=(121.0, 30.8),
        where="t",
    )
    assert (placement.crs.to_epsg(), how) == (4549, "told")


def test_what_is_assumed_is_for_layers_that_state_nothing():
    placement, how = settled_placement(
        GK120,
        assumed="gcj02",
        told=None,
        bounds=(594_000, 3_400_000, 600_000, 3_410_000),
        near=(121.0, 30.8),
        where="t",
    )
    assert (placement.datum, how) == ("", "stated")


def test_a_system_of_a_drawing_is_no_place_on_earth():
    drawing = CRS.from_wkt('LOCAL_CS["site grid",UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]')
    with pytest.raises(InputError) as problem:
        settled_placement(
            drawing, assumed=None, told=None, bounds=(0, 0, 1, 1), near=None, where="t"
        )
    assert problem.value.key == "bad_own_crs"
