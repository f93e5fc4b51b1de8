"""What people call: ``import roadalign`` gives these names.

`roadalign` itself imports this module when one of them is first used, because the geographic
libraries behind them take a second to load.
"""

from __future__ import annotations

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
