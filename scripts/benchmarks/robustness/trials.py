"""Running one variant and saying what came of it."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

import roadalign
from benchmarks.processes import ALIGN, environment
from roadalign.errors import InputError
from roadalign.settings import parse_settings

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.robustness.pair import Call
    from benchmarks.robustness.registry import Variant
    from roadalign.model.result import Result

RIGHT, CLEAR, WRONG, TRACEBACK = "right", "clear error", "wrong", "traceback"
KINDS = (RIGHT, CLEAR, WRONG, TRACEBACK)


class Outcome(NamedTuple):
    """What came of a variant: one of `RIGHT`, `CLEAR`, `WRONG`, `TRACEBACK`, and why."""

    kind: str
    said: str


def possible(variant: Variant) -> bool:
    """Whether the program a variant needs is installed."""
    return not variant.needs or shutil.which(variant.needs) is not None


def run_variant(variant: Variant, folder: Path) -> Outcome:
    """Write a variant's files into an empty folder, check them, and judge what came of it."""
    call = variant.make(folder)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = run_call(call)
    except InputError as problem:
        return _judged_error(variant, problem)
    except Exception as problem:  # noqa: BLE001  (that none comes through is what is measured)
        return Outcome(TRACEBACK, f"{type(problem).__name__}: {problem}")
    return _judged_result(variant, result)


def run_call(call: Call) -> Result:
    """Check the files of a call through the Python interface."""
    settings = parse_settings(dict(call.settings), where="variant")
    return roadalign.check(call.a, call.b, boundary=call.boundary, settings=settings)


def run_process(call: Call, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Check the files of a call with a real ``align check`` in a folder."""
    return subprocess.run(  # noqa: S603
        [*ALIGN, "check", call.a, call.b, "--boundary", call.boundary, *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def points_of(result: Result) -> tuple[tuple[Any, ...], ...]:
    """Return the docking points as `benchmarks.robustness.pair.TRUTH` writes them.

    A pair of which nothing differs as far as it was compared counts as aligned: what the plans do
    not state is not what is tried here.
    """

    def name(value: Any) -> str:
        return "" if pd.isna(value) else str(value)

    def verdict(row: dict[str, Any]) -> str:
        waits = row["verdict"] == "undetermined" and pd.notna(row["place"])
        return "aligned" if waits else str(row["verdict"])

    rows = result.docking_points.sort_values("chainage_m").to_dict("records")
    return tuple(
        (
            round(row["chainage_m"] / 100),
            verdict(row),
            name(row["a_name"]),
            name(row["b_name"]),
        )
        for row in rows
    )


def _judged_error(variant: Variant, problem: InputError) -> Outcome:
    said = problem.render("en")
    if problem.key not in variant.errors:
        return Outcome(WRONG, f"{problem.key}: {said}")
    problem.render("zh")
    if variant.named not in said or "→" not in said:
        return Outcome(WRONG, f"does not name {variant.named}: {said}")
    return Outcome(CLEAR, said)


def _judged_result(variant: Variant, result: Result) -> Outcome:
    if variant.errors:
        return Outcome(WRONG, f"not refused: {points_of(result)}")
    found = points_of(result)
    if found != variant.truth:
        return Outcome(WRONG, f"docking points {found}")
    lacking = set(variant.finds) - set(result.findings["rule"])
    if lacking:
        return Outcome(WRONG, f"no finding {', '.join(sorted(lacking))}")
    return Outcome(RIGHT, ", ".join(variant.finds))
