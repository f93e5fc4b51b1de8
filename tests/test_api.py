"""What ``import roadalign`` gives: every name is there, and costs only what it needs."""

import subprocess
import sys

import pytest

import roadalign


@pytest.mark.parametrize("name", roadalign.__all__)
def test_every_public_name_is_there(name):
    assert getattr(roadalign, name) is not None


def test_no_other_name_is():
    with pytest.raises(AttributeError):
        _ = roadalign.nothing_of_that_name


def test_an_error_is_there_without_the_geographic_libraries():
    asked = "import sys, roadalign; roadalign.InputError; print('geopandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
