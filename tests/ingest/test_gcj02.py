"""GCJ-02 and BD-09 against published displacements, and there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from roadalign.ingest.gcj02 import DATUMS, restored, shifted

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


@given(st.floats(74, 134), st.floats(4, 53), st.sampled_from(DATUMS))
def test_there_and_back(lon, lat, datum):
    place = np.array([[lon, lat]])
    back = restored(shifted(place, datum), datum)
    assert np.abs(back - place).max() < 1e-9  # a tenth of a millimetre


def test_outside_china_nothing_moves():
    paris = np.array([[2.35, 48.85]])
    for datum in DATUMS:
        assert (shifted(paris, datum) == paris).all()
