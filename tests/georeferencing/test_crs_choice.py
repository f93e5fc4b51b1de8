"""Working coordinate systems, and what bare numbers look like."""

from __future__ import annotations

import pytest
from pyproj import CRS

from roadalign.errors import InputError
from roadalign.georeferencing.crs import (
    crs_name,
    looks_like,
    settled_crs,
    shown_bounds,
    systems_here,
    transformed_bounds,
    working_crs,
)

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


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [
        # EPSG's areas of use: 4549 from 118.5 to 121.5 east, from 24.43 to 53.33 north.
        (118.51, 30.0, 4549),
        (118.5, 30.0, 4548),  # which ends there
        (121.5, 30.0, 4550),  # which begins there
        (120.0, 24.43, 4549),
        (120.0, 24.42, 32651),
        (120.0, 53.33, 4549),
        (120.0, 53.34, 32651),
        (73.62, 39.0, 4534),  # the first, from 73.62 east
        (73.61, 39.0, 32643),
        (134.77, 48.0, 4554),  # the last, to 134.77 east
        (134.78, 48.0, 32653),
        (6.0, 50.0, 32632),  # zones of 6 degrees from 180 west
        (5.99, 50.0, 32631),
        (-180.0, 50.0, 32601),
        (-174.01, 50.0, 32601),
        (179.99, 50.0, 32660),
        (-0.5, 50.0, 32630),
        (9.0, 0.0, 32632),
        (9.0, 0.5, 32632),
        (9.0, -0.01, 32732),
    ],
)
def test_the_working_system_at_the_edges(lon, lat, epsg):
    assert working_crs(lon, lat).to_epsg() == epsg


def refused(own, assumed, bounds, near=JINSHAN):
    with pytest.raises(InputError) as problem:
        settled_crs(own, assumed=assumed, bounds=bounds, near=near, where="roads")
    assert problem.value.where == "roads"
    return problem.value.key, problem.value.values


def test_what_states_no_system_says_its_numbers_and_what_they_may_be():
    key, values = refused(None, None, (595_700, 3_409_220, 595_710, 3_409_230))
    assert key == "no_crs_projected"
    assert values["numbers"] == "x 595700…595710, y 3409220…3409230"
    names = values["candidates"].split(", ")
    assert names[0] == "EPSG:4549 (CGCS2000 / 3-degree Gauss-Kruger CM 120E)"
    assert len(names) > 1
    # Of Wuhan nobody keeps a table: only the place tells what these numbers are.
    key, values = refused(None, None, (528_000, 3_375_000, 529_000, 3_376_000), near=(114.3, 30.5))
    assert (key, values["candidates"][:9]) == ("no_crs_projected", "EPSG:4547")
    key, values = refused(None, None, None)
    assert (key, values) == ("no_crs_unknown", {"numbers": "—", "candidates": "—"})
    assert refused(None, None, (float("nan"),) * 4)[0] == "no_crs_unknown"


NOWHERE = CRS.from_wkt('LOCAL_CS["drawing",UNIT["metre",1]]')


def test_a_system_that_is_none_is_named():
    assert refused(None, "EPSG:1", None) == ("bad_crs", {"crs": "EPSG:1"})
    assert refused(None, NOWHERE.to_wkt(), None) == ("bad_crs", {"crs": NOWHERE.to_wkt()})
    assert refused(NOWHERE, None, None) == ("bad_own_crs", {"crs": None})


DEGREES, METRES = CRS.from_epsg(4326), CRS.from_epsg(4549)


@pytest.mark.parametrize(
    ("crs", "bounds", "near", "key"),
    [
        (DEGREES, (30.7, 120.9, 30.9, 121.1), JINSHAN, "crs_swapped"),
        (DEGREES, (30.7, 120.9, 30.9, 121.1), None, "crs_swapped"),
        (DEGREES, (3_409_220, 595_700, 3_409_230, 595_710), JINSHAN, "crs_swapped"),
        (DEGREES, (595_700, 3_409_220, 595_710, 3_409_230), JINSHAN, "crs_does_not_fit"),
        (METRES, (1e12, 1e12, 2e12, 2e12), JINSHAN, "crs_does_not_fit"),
    ],
)
def test_numbers_that_are_impossible_in_their_system(crs, bounds, near, key):
    found, values = refused(crs, None, bounds, near)
    assert (found, values["crs"]) == (key, f"EPSG:{crs.to_epsg()}")
    assert values["numbers"].startswith("x ")
    assert str(int(bounds[0])) in values["numbers"]
    fits = bounds[0] < 1e12
    assert values["candidates"].startswith("EPSG:") == (fits and near is not None)


@pytest.mark.parametrize(
    ("bounds", "possible"),
    [
        ((-360, -90.1, 360, 90.1), True),
        ((-360.5, 0, 0, 1), False),
        ((0, 0, 360.5, 1), False),
        ((0, -90.5, 1, 0), False),
        ((0, 0, 1, 90.5), False),
    ],
)
def test_degrees_beyond_the_world(bounds, possible):
    if not possible:
        assert refused(DEGREES, None, bounds)[0] == "crs_does_not_fit"
        return
    found = settled_crs(DEGREES, assumed="EPSG:4549", bounds=bounds, near=None, where="roads")
    assert found == (DEGREES, "stated")


def test_an_assumed_system_is_for_layers_that_state_none():
    found = settled_crs(None, assumed="EPSG:4549", bounds=None, near=None, where="roads")
    assert found == (METRES, "assumed")


# 121 east, 30.8 north is 595,705.33 east, 3,409,228.45 north in EPSG:4549.
X, Y = 595_705.33, 3_409_228.45


@pytest.mark.parametrize(("beside_m", "fits"), [(19_999, True), (20_001, False)])
@pytest.mark.parametrize("side", ["west", "east", "south", "north"])
def test_numbers_up_to_20_km_beside_a_place_may_be_meant(beside_m, fits, side):
    x, y = {
        "west": (X + beside_m, Y),
        "east": (X - beside_m, Y),
        "south": (X, Y + beside_m),
        "north": (X, Y - beside_m),
    }[side]
    assert (4549 in systems_here((x, y, x, y), JINSHAN)) is fits


@pytest.mark.parametrize(("beside_deg", "kind"), [(0.19, "degrees"), (0.21, "unknown")])
@pytest.mark.parametrize(("east", "north"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_degrees_up_to_a_fifth_beside_a_place_may_be_meant(beside_deg, kind, east, north):
    """Beyond that they are still degrees by their numbers, but not of that place."""
    lon, lat = JINSHAN[0] + beside_deg * east, JINSHAN[1] + beside_deg * north
    found = looks_like((lon, lat, lon, lat), near=JINSHAN)
    assert found[0] == "degrees"
    turned = looks_like((lat, lon, lat, lon), near=JINSHAN)
    assert turned[0] == "swapped"
    assert (turned[1] == (4326, 4490)) is (kind == "degrees")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ((121.6, 31.0), 4549),  # the meridian before the nearest
        ((119.0, 31.0), 4548),
        ((121.4, 31.0), 4550),  # the one after it
        ((118.6, 31.0), 4549),
        ((121.4, 31.0), 32650),  # the zones beside 51
        ((121.4, 31.0), 32651),
        ((121.4, 31.0), 32652),
        ((120.0, 31.0), 32650),  # where zone 51 begins
        ((-179.0, 31.0), 32601),
        ((-179.0, 31.0), 32602),
        ((179.0, 31.0), 32659),
        ((179.0, 31.0), 32660),
        ((180.0, 31.0), 32601),
        ((-173.0, 31.0), 32601),  # in zone 2, whose neighbour is the first
        ((173.0, 31.0), 32660),
        ((151.2, -33.9), 32756),
        ((151.2, -33.9), 32755),
        ((75.0, 40.0), 4534),  # the first of their families
        ((75.0, 40.0), 4513),
        ((75.0, 40.0), 4535),
        ((77.0, 40.0), 4534),
        ((121.0, 31.0), 3857),
    ],
)
def test_systems_of_the_zones_beside_are_tried(place, code):
    x, y, *_ = transformed_bounds((*place, *place), DEGREES, CRS.from_epsg(code))
    assert code in systems_here((x, y, x, y), place)


def test_there_is_no_zone_before_the_first_or_after_the_last():
    """Codes of the tables would run on into systems that are something else, or none."""
    for lon in (75.0, 135.0, -179.0, 179.0):
        x, y, *_ = transformed_bounds((lon, 40.0, lon, 40.0), DEGREES, CRS.from_epsg(3857))
        assert systems_here((x, y, x, y), (lon, 40.0)) == (3857,)
    # After zone 60 EPSG numbers the systems of the poles.
    x, y, *_ = transformed_bounds((179.0, 80.0, 179.0, 80.0), DEGREES, CRS.from_epsg(32661))
    assert systems_here((x, y, x, y), (179.0, 80.0)) == ()


def test_degrees_are_of_no_projected_system():
    assert systems_here((120.9, 30.7, 121.1, 30.9), JINSHAN) == ()


def test_of_equal_systems_the_newest_stands_first_and_all_are_told_where_asked():
    """Within 400 km lie the meridians 117, 120 and 123, whose places are 287 km apart."""
    wide = (X - 4e5, Y - 4e5, X + 4e5, Y + 4e5)
    everything = systems_here(wide, JINSHAN)
    assert len(everything) > 6
    kind, codes = looks_like(wide, near=JINSHAN)
    assert (kind, codes) == ("projected", everything[:6])
    assert codes == (4549, 4548, 4550, 4510, 4509, 2385)


def test_the_nearest_of_several_systems_stands_first():
    """In the old system of 1954 the place lies about 61 m north of where it does in CGCS2000."""
    x, y, *_ = transformed_bounds((*JINSHAN, *JINSHAN), DEGREES, CRS.from_epsg(2437))
    assert looks_like((x, y, x, y), near=JINSHAN)[1][0] == 2437


@pytest.mark.parametrize(
    ("x", "y", "kind", "codes"),
    [
        (584_010, 3_400_000, "projected", (4549, 2385, 2437)),
        (584_009, 3_400_000, "metres", ()),
        (643_770, 3_400_000, "projected", (4549, 2385, 2437)),
        (643_771, 3_400_000, "metres", ()),
        (600_000, 3_393_610, "projected", (4549, 2385, 2437)),
        (600_000, 3_393_609, "metres", ()),
        (600_000, 3_436_376, "projected", (4549, 2385, 2437)),
        (600_000, 3_436_377, "metres", ()),
        (180.0, 60.0, "degrees", (4326, 4490)),
        (-180.0, 60.0, "degrees", (4326, 4490)),
        (181.0, 60.0, "local", ()),
        (-181.0, 60.0, "local", ()),
        (100.0, 100.0, "unknown", ()),
        (40_999_999, 3_400_000, "projected", (4528,)),
        (25_000_000, 3_400_000, "projected", (4513,)),
        (21_500_000, 3_400_000, "projected", (4499,)),
    ],
)
def test_the_edges_of_what_numbers_look_like(x, y, kind, codes):
    assert looks_like((x, y, x, y), near=None) == (kind, codes)


def test_numbers_as_a_person_would_write_them():
    assert shown_bounds(None) == "—"
    assert shown_bounds((120.9, 30.7, 180.0, 30.91234)) == "x 120.9000…180.0000, y 30.7000…30.9123"
    assert shown_bounds((0.0, 0.0, 180.5, 1.0)) == "x 0…180, y 0…1"
    assert shown_bounds((584_010.4, 3_393_610.6, 643_770.0, 3_436_376.0)) == (
        "x 584010…643770, y 3393611…3436376"
    )


def test_names_of_systems():
    assert crs_name(METRES) == "EPSG:4549"
    own = CRS.from_proj4("+proj=tmerc +lat_0=0 +lon_0=121.4671 +x_0=8 +ellps=krass +type=crs")
    assert crs_name(own) == own.name == "unknown"


def test_bounds_without_a_place_in_another_system():
    assert transformed_bounds((1e12, 1e12, 2e12, 2e12), METRES, DEGREES) is None
