"""Mutants drawn, run and counted, package by package, in a folder that is thrown away."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.mutants.mutants import Mutant, mutants_of
from benchmarks.mutants.plugin import JOB, KILLED, LATE, SURVIVED, UNREACHED
from benchmarks.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
COPIED = ("src", "tests", "data", "scripts", "maps", "pyproject.toml", "README.md", "README.zh.md")
PLUGINS = ("benchmarks.mutants.plugin", "_hypothesis_pytestplugin")


@dataclass(frozen=True)
class Options:
    """How the bench is run.

    Parameters
    ----------
    sample, seed
        How many mutants of each package are drawn, all where 0, and the seed of the draw.
    processes
        Mutants tried at a time.
    timeout_s
        What one mutant may take; one that takes longer is killed.
    slowest_s
        Tests that take longer are left out.
    match
        Only mutants whose module and function hold this text.
    """

    sample: int
    seed: int
    processes: int
    timeout_s: float
    slowest_s: float
    match: str = ""


@dataclass(frozen=True)
class Scored:
    """What came of the mutants of one package.

    Parameters
    ----------
    package
        Its name.
    outcomes
        Each mutant with its outcome.
    made, equivalent
        How many mutants there are, and how many of those are known to change nothing.
    tests, broken, slow
        How many tests ran, and the names of those left out: failing as they are, or too slow.
    stale
        Entries of the list of equivalents that fit no mutant.
    """

    package: str
    outcomes: list[tuple[Mutant, str]]
    made: int
    equivalent: int
    tests: int
    broken: list[str]
    slow: list[str]
    stale: list[dict[str, str]]

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return sum(outcome in {KILLED, LATE} for _, outcome in self.outcomes)


def packages() -> dict[str, dict[str, list[str]]]:
    """Return what can be mutated: modules and tests by package."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        (HERE / "packages.toml").read_text(encoding="utf-8")
    )
    return found


def try_packages(
    names: Sequence[str], options: Options, *, progress: Callable[[str], None] = lambda _: None
) -> list[Scored]:
    """Run the bench over some packages.

    Parameters
    ----------
    names
        Of `packages`.
    options
        How.
    progress
        Is told what is being done.
    """
    known = tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8"))
    equivalents: list[dict[str, str]] = known.get("mutant", [])
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        folder = Path(scratch) / "copy"
        _copied(folder)
        return [
            _package(name, folder, options, equivalents=equivalents, progress=progress)
            for name in names
        ]


def _copied(folder: Path) -> None:
    folder.mkdir()
    ignore = shutil.ignore_patterns("__pycache__", ".hypothesis", ".pytest_cache")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        elif source.exists():
            shutil.copy2(source, folder / name)


def _package(
    name: str,
    folder: Path,
    options: Options,
    *,
    equivalents: list[dict[str, str]],
    progress: Callable[[str], None],
) -> Scored:
    wanted = packages()[name]
    source = folder / "src" / "roadalign"
    paths = sorted({path for pattern in wanted["modules"] for path in source.glob(pattern)})
    every = [
        mutant
        for path in paths
        for mutant in mutants_of(path, name=path.relative_to(source).as_posix())
    ]
    keys = {_key(entry) for entry in equivalents}
    own = {path.relative_to(source).as_posix() for path in paths}
    existing = {mutant.key for mutant in every}
    stale = [one for one in equivalents if one["module"] in own and _key(one) not in existing]
    real = [mutant for mutant in every if mutant.key not in keys]
    drawn = [one for one in real if options.match in f"{one.module} {one.function}"]
    if 0 < options.sample < len(drawn):
        chance = random.Random(options.seed)  # noqa: S311 (a draw, not a secret)
        drawn = [drawn[k] for k in sorted(chance.sample(range(len(drawn)), options.sample))]
    progress(f"{name}: {len(drawn)} of {len(real)} mutants ...")
    answer = _tried(drawn, wanted["tests"], folder, options)
    outcomes = list(zip(drawn, answer["outcomes"], strict=True))
    return Scored(
        name,
        outcomes,
        len(every),
        len(every) - len(real),
        answer["tests"],
        answer["broken"],
        answer["slow"],
        stale,
    )


def _key(entry: dict[str, str]) -> tuple[str, str, str, str]:
    return entry["module"], entry["function"], entry["was"], entry["now"]


def _tried(drawn: list[Mutant], tests: list[str], folder: Path, options: Options) -> dict[str, Any]:
    """Run pytest with the plugin in the copied folder, and return what it wrote."""
    job, answer = folder.parent / "job.pickle", folder.parent / "answer.json"
    answer.unlink(missing_ok=True)
    job.write_bytes(
        pickle.dumps(
            {
                "mutants": drawn,
                "processes": options.processes,
                "slowest_s": options.slowest_s,
                "timeout_s": options.timeout_s,
                "answer": str(answer),
            }
        )
    )
    environment = os.environ | {
        "PYTEST_ADDOPTS": "",  # of whoever calls the bench
        JOB: str(job),
        "PYTHONPATH": os.pathsep.join([str(folder / "src"), str(folder / "scripts")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(folder.parent / "hypothesis"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TMPDIR": str(folder.parent),
    }
    command = [sys.executable, "-m", "pytest", "-p", "no:terminal", "-p", "no:cacheprovider"]
    command += [part for plugin in PLUGINS for part in ("-p", plugin)]
    command += ["-o", "addopts=--strict-markers", f"--rootdir={folder}"]
    command += [str(folder / "tests" / test) for test in tests]
    done = subprocess.run(  # noqa: S603 (our own command)
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if not answer.exists():
        raise RuntimeError(
            f"the tests could not be run:\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
        )
    written: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return written


def table(scored: Sequence[Scored]) -> str:
    """Return the figures as a table."""
    rows = [
        f"{'package':<10}{'mutants':>9}{'equal':>7}{'tried':>7}{'killed':>8}{'share':>8}{'tests':>7}"
    ]
    for one in scored:
        tried = len(one.outcomes)
        share = f"{100 * one.killed / tried:.1f} %" if tried else "-"
        rows.append(
            f"{one.package:<10}{one.made:>9}{one.equivalent:>7}{tried:>7}{one.killed:>8}{share:>8}"
            f"{one.tests:>7}"
        )
    return "\n".join(rows)


def survivors(scored: Sequence[Scored]) -> str:
    """Return the mutants nothing noticed, and what was left out."""
    rows = []
    for one in scored:
        rows += [
            f"{mutant.module}:{mutant.line} {mutant.function or '(constant)'} [{outcome}]\n"
            f"  - {mutant.was}\n  + {mutant.now}"
            for mutant, outcome in one.outcomes
            if outcome in {SURVIVED, UNREACHED}
        ]
        rows += [f"{one.package}: fails as it is, left out: {name}" for name in one.broken]
        rows += [f"{one.package}: too slow, left out: {name}" for name in one.slow]
        rows += [
            f"{one.package}: stale in equivalents.toml: {entry['module']} {entry['function']}: "
            f"{entry['was']}"
            for entry in one.stale
        ]
    return "\n".join(rows)


def by_module(scored: Sequence[Scored]) -> str:
    """Return tried and killed of every module."""
    tried: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    for one in scored:
        for mutant, outcome in one.outcomes:
            tried[mutant.module] += 1
            killed[mutant.module] += outcome in {KILLED, LATE}
    return "\n".join(
        f"  {name:<32}{count:>5}{100 * killed[name] / count:>8.1f} %"
        for name, count in sorted(tried.items())
    )
