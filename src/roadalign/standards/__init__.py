"""Tables of the field: classes, field names, values and limits. Data only; see the TOML files."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return one packaged table as plain dictionaries.

    Parameters
    ----------
    name
        Name of the TOML file without its ending, e.g. ``"limits"``.
    """
    source = files(__name__).joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
