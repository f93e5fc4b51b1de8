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
    from roadalign.config import Settings
    from roadalign.errors import InputError, RoadalignError
    from roadalign.ingest.borders.border import make_boundary
    from roadalign.ingest.boundary import read_boundary
    from roadalign.ingest.constraints import ConstraintSource
    from roadalign.ingest.inspection import inspect
    from roadalign.ingest.network.read import read_network
    from roadalign.ingest.plan import read_plan
    from roadalign.model.result import Result
    from roadalign.pipeline import check
    from roadalign.versions import compare

_HOME = {
    "ConstraintSource": "roadalign.ingest.constraints",
    "batch": "roadalign.batches.run",
    "check": "roadalign.pipeline",
    "compare": "roadalign.versions",
    "make_boundary": "roadalign.ingest.borders.border",
    "inspect": "roadalign.ingest.inspection",
    "read_network": "roadalign.ingest.network.read",
    "read_plan": "roadalign.ingest.plan",
    "read_boundary": "roadalign.ingest.boundary",
    "Result": "roadalign.model.result",
    "Settings": "roadalign.config",
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
