"""Reports of the same files, made by the program of two revisions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING, Any

from benchmarks.case_folders import check_words
from benchmarks.places import CASES, EXAMPLE, ROOT, WUHAN
from benchmarks.problems import CannotRunError
from benchmarks.same_reports.maker import JOBS, REPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Reports = dict[str, Any]

TIME = "1772352000"
"""Of both runs, so that nothing that holds a date differs."""


def calls() -> tuple[str, ...]:
    """Return the names of what can be compared: the example, Wuhan where it is here, the cases."""
    found = CASES.glob("*/*/expected.toml")
    cases = sorted(path.parent.relative_to(CASES).as_posix() for path in found)
    return ("example", *(["wuhan"] if WUHAN.exists() else []), *cases)


def made_reports(names: Sequence[str], *, revision: str, folder: Path) -> tuple[Reports, Reports]:
    """Return the reports of another revision and of this checkout, by name.

    Parameters
    ----------
    names
        Some of `calls`.
    revision
        Of git, e.g. ``"HEAD~3"``.
    folder
        An empty folder.

    Returns
    -------
    tuple
        What ``report.json`` holds; the text of the error where the program made none.

    Raises
    ------
    CannotRunError
        Where git does not know the revision, or a program cannot be run at all.
    """
    running = {}
    for which, source in (
        ("before", _source_of(revision, folder / "source")),
        ("after", ROOT / "src"),
    ):
        home = folder / which
        jobs = {name: _files_of(name, home / name) for name in names}
        (home / JOBS).write_text(json.dumps(jobs), encoding="utf-8")
        running[which] = subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-P", "-m", "benchmarks.same_reports.maker", str(source), str(home)],
            cwd=folder,
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join([str(source), str(ROOT / "scripts")]),
                "SOURCE_DATE_EPOCH": TIME,
            },
        )
    for which, process in running.items():
        if process.wait():
            raise CannotRunError(f"the program {which} could not be run")
    return _read(folder / "before" / REPORTS), _read(folder / "after" / REPORTS)


def _read(path: Path) -> Reports:
    found: Reports = json.loads(path.read_text(encoding="utf-8"))
    return found


def _source_of(revision: str, folder: Path) -> Path:
    """Write the program of a revision into a folder, and return where it is imported from."""
    archive = folder.with_suffix(".tar")
    git = shutil.which("git")
    if git is None:
        raise CannotRunError("git is not installed")
    command = [git, "-C", str(ROOT), "archive", "-o", str(archive), revision, "src"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotRunError(f"git does not give the program of {revision}: {done.stderr.strip()}")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "src"


def _files_of(name: str, folder: Path) -> list[str]:
    """Copy what a call reads into a folder of its own; return its words."""
    if name == "wuhan":
        folder.mkdir(parents=True)
        return [f"{WUHAN}:side_a", f"{WUHAN}:side_b", "--boundary", f"{WUHAN}:boundary"]
    shutil.copytree(EXAMPLE if name == "example" else CASES / name, folder)
    return [] if name == "example" else check_words(folder)
