"""One program making its reports, in a process of its own.

Started as ``-m benchmarks.same_reports.maker SOURCE HOME``: runs ``align check`` with the words of
each job (`JOBS` in HOME) in the job's folder in HOME, and writes the reports as `REPORTS`.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import roadalign
from roadalign.cli import align

JOBS, REPORTS = "jobs.json", "reports.json"
ENDED = (0, 1)
"""Statuses of a check that wrote its files."""


def made(words: list[str], folder: Path) -> Any:
    """Return the report of one call, or the text of its error."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(align, ["check", *words, "-q", "--lang", "en", "-o", "out"])
    report = folder / "out" / "report.json"
    if done.exit_code not in ENDED or not report.exists():
        return f"no report: {done.exception or ''} {done.output.strip()}"
    return json.loads(report.read_text(encoding="utf-8"))


def main(source: Path, home: Path) -> None:
    """Run all jobs.

    Parameters
    ----------
    source
        Where the program has to come from.
    home
        Folder of `JOBS`, of the jobs' folders, and of `REPORTS`.

    Raises
    ------
    RuntimeError
        Where another program was imported.
    """
    if not Path(roadalign.__file__).is_relative_to(source):
        raise RuntimeError(f"{roadalign.__file__} is not below {source}")
    jobs: dict[str, list[str]] = json.loads((home / JOBS).read_text(encoding="utf-8"))
    reports = {name: made(words, home / name) for name, words in jobs.items()}
    (home / REPORTS).write_text(json.dumps(reports), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
