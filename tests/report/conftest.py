"""Results made by hand, a fresh one for each test."""

import pytest
from made_results import make_blank_result, make_result


@pytest.fixture
def made_result():
    return make_result()


@pytest.fixture
def blank_result():
    return make_blank_result()
