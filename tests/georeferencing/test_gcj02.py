"""GCJ-02 and BD-09 against published displacements, and there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from roadalign.georeferencing.gcj02 import DATUMS, restored, shifted

# Metres and azimuth of the displacement at places of the Jinshan-Jiaxing boundary.
KNOWN = [
    ((121.000, 30.800), "gcj02", 486, 121),
    ((121.010, 30.890), "gcj02", 485, 120),
    ((121.050, 30.800), "gcj02", 492, 119),
    ((120.960, 30.920), "gcj02", 478, 122),
    ((121.000, 30.800), "bd09", 1112, 70),
    ((121.170, 30.780), "bd09", 1136, 68),
    ((120.960, 30.920), "bd09", 1109, 66),
]


@pytest.mark.parametrize(("place", "datum", "metres", "azimuth"), KNOWN)
def test_known_displacements(place, datum, metres, azimuth):
    moved = shifted(np.array([place]), datum)[0]
    bearing, _, length = Geod(ellps="WGS84").inv(*place, *moved)
    assert length == pytest.approx(metres, abs=1)
    assert bearing == pytest.approx(azimuth, abs=0.6)


# Test vectors that the implementations of eviltransform share, in a dozen languages: WGS 84, GCJ-02.
PUBLISHED = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("place", "moved"), PUBLISHED)
def test_published_places(place, moved):
    assert shifted(np.array([place]), "gcj02")[0] == pytest.approx(moved, abs=1e-9, rel=0)
    assert restored(np.array([moved]), "gcj02")[0] == pytest.approx(place, abs=1e-9, rel=0)


# 121 east, 30.8 north in degrees, to the digits that are published.
@pytest.mark.parametrize(
    ("datum", "moved"), [("gcj02", (0.004348, -0.002267)), ("bd09", (0.010895, 0.003481))]
)
def test_published_displacement_in_degrees(datum, moved):
    place = np.array([[121.0, 30.8]])
    assert (shifted(place, datum) - place)[0] == pytest.approx(moved, abs=5.1e-7)


# The published code calls outside what is below 72.004 or 0.8293 or above 137.8347 or 55.8271.
EDGES = [(72.004, 30.0), (137.8347, 30.0), (110.0, 0.8293), (110.0, 55.8271)]
OUTWARDS = [(-1e-9, 0), (1e-9, 0), (0, -1e-9), (0, 1e-9)]


@pytest.mark.parametrize("datum", DATUMS)
@pytest.mark.parametrize(("edge", "step"), [*zip(EDGES, OUTWARDS, strict=True)])
def test_the_edge_of_the_region_belongs_to_it(edge, step, datum):
    inside, outside = np.array([edge]), np.array([edge]) + step
    assert np.abs(shifted(inside, datum) - inside).max() > 1e-4
    assert (shifted(outside, datum) == outside).all()


@given(st.floats(74, 134), st.floats(4, 53), st.sampled_from(DATUMS))
def test_there_and_back(lon, lat, datum):
    place = np.array([[lon, lat]])
    back = restored(shifted(place, datum), datum)
    assert np.abs(back - place).max() < 1e-9  # a tenth of a millimetre


def test_outside_china_nothing_moves():
    paris = np.array([[2.35, 48.85]])
    for datum in DATUMS:
        assert (shifted(paris, datum) == paris).all()


def test_every_place_moves_on_its_own():
    both = np.array([[121.5272106, 31.1774276], [2.35, 48.85]])
    moved = shifted(both, "gcj02")
    assert moved[0] == pytest.approx(PUBLISHED[0][1], abs=1e-9, rel=0)
    assert (moved[1] == both[1]).all()
