"""Finds where the road plans of two neighbouring authorities do not meet at their boundary.

The public names are those of `roadalign.api`; each is imported when first used, because the
geographic libraries behind most of them take a second to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from roadalign.api import (
        ConstraintSource,
        InputError,
        Result,
        RoadalignError,
        Settings,
        batch,
        check,
        compare,
        inspect,
        make_boundary,
        read_boundary,
        read_network,
        read_plan,
    )

__all__ = [
    "ConstraintSource",
    "InputError",
    "Result",
    "RoadalignError",
    "Settings",
    "__version__",
    "batch",
    "check",
    "compare",
    "inspect",
    "make_boundary",
    "read_boundary",
    "read_network",
    "read_plan",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("roadalign.api"), name)


def __dir__() -> list[str]:
    return __all__
