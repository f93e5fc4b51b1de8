"""Finds where the road plans of two neighbouring authorities do not meet at their boundary.

The names below are the public interface; they are imported when first used, because the
geographic libraries behind them take a second to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from roadalign.batches.run import batch
    from roadalign.boundary.made_line import make_boundary
    from roadalign.boundary.read import read_boundary
    from roadalign.errors import InputError, RoadalignError
    from roadalign.model.result import Result
    from roadalign.network.read import read_network
    from roadalign.pipeline.check import check
    from roadalign.pipeline.compare_versions import compare
    from roadalign.plans.constraints import ConstraintSource
    from roadalign.plans.inspection import inspect
    from roadalign.plans.read import read_plan
    from roadalign.settings import Settings

_HOME = {
    "ConstraintSource": "roadalign.plans.constraints",
    "batch": "roadalign.batches.run",
    "check": "roadalign.pipeline.check",
    "compare": "roadalign.pipeline.compare_versions",
    "make_boundary": "roadalign.boundary.made_line",
    "inspect": "roadalign.plans.inspection",
    "read_network": "roadalign.network.read",
    "read_plan": "roadalign.plans.read",
    "read_boundary": "roadalign.boundary.read",
    "Result": "roadalign.model.result",
    "Settings": "roadalign.settings",
    "InputError": "roadalign.errors",
    "RoadalignError": "roadalign.errors",
}

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
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
