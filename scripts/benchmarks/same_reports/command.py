"""What differs between the reports of another revision and those of this checkout.

Makes report.json of the embedded example, of every folder of tests/cases and, where it is in
../shared/data, of Wuhan's network: with the program of another git revision and with this one, from
the same files. Lists by JSON path the members that look renamed, are gone or are new, and the
values that differ; the id, time and version of a run and what time it took are left out. Exit
status 1 where a value differs, a member or a report is gone, other than by --renamed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.problems import CannotRunError, chosen

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench same_reports --quick",
    "scripts/bench same_reports --before v0.1.0 --renamed told=change",
    "scripts/bench same_reports --before HEAD~3 --only example,wuhan",
)
QUICK = {"only": "example,T02/2027-against-2033"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--before", default="HEAD", metavar="REV", help="a git revision (default: HEAD)")
    add("--only", help="by commas: example, wuhan, cases as RULE/NAME (default: all)")
    add(
        "--renamed",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="a member, or a word among the values, that is now called NEW; may be repeated",
    )
    add("--most", type=int, default=5, help="examples of each path (default: 5)")


def run(given: argparse.Namespace) -> int:
    """Print what differs; 1 where that is more than names and new members."""
    from benchmarks.same_reports.comparing import Differences  # noqa: PLC0415 (after --help)
    from benchmarks.same_reports.making import calls, made_reports  # noqa: PLC0415

    if strange := [one for one in given.renamed if "=" not in one]:
        raise CannotRunError(f"not OLD=NEW: {', '.join(strange)}")
    renamed = dict(one.split("=", 1) for one in given.renamed)
    names = chosen(given.only, calls())
    found = Differences(renamed)
    with tempfile.TemporaryDirectory(prefix="same-reports-") as folder:
        before, after = made_reports(names, revision=given.before, folder=Path(folder))
    for name in names:
        found.compare(name, before[name], after[name])
    print(found.table(most=given.most))
    print(f"{len(names)} reports of {given.before} and of this checkout compared")
    return int(found.is_other)
