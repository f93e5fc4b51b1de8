"""What people call: ``import roadalign`` gives these names.

Each is imported when it is first used, because the geographic libraries behind most of them take a
second to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

_HOMES = {
    "ConstraintSource": "roadalign.plans.constraints",
    "InputError": "roadalign.errors",
    "Result": "roadalign.model.result",
    "RoadalignError": "roadalign.errors",
    "Settings": "roadalign.settings",
    "batch": "roadalign.batches.run",
    "check": "roadalign.pipeline.check",
    "compare": "roadalign.pipeline.compare_versions",
    "inspect": "roadalign.plans.inspection",
    "make_boundary": "roadalign.boundary.made_line",
    "read_boundary": "roadalign.boundary.read",
    "read_network": "roadalign.network.read",
    "read_plan": "roadalign.plans.read",
}

__all__ = [
    "ConstraintSource",
    "InputError",
    "Result",
    "RoadalignError",
    "Settings",
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
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
