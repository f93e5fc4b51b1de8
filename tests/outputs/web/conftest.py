"""The tools of the pages lie beside the other scripts, outside the package."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "scripts"))

import page_tools


@pytest.fixture(scope="session")
def node():
    try:
        return page_tools.node()
    except page_tools.MissingToolError as problem:
        pytest.skip(str(problem))
