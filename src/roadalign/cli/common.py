"""What the commands share: language, exit codes, progress."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from roadalign.locales import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., object]")

DONE, FOUND, USAGE = 0, 1, 2
FAIL_ON = ("notice", "undetermined", "mismatch", "severe")
"""What ``--fail-on`` of a check takes: a severity, or any point that is open or waits for data."""

STEPS = ("boundary", "plan_a", "plan_b", "network", "docking", "rules", "writing")


def language() -> str:
    """Return the language of this call.

    ``--lang`` decides, then ``ALIGN_LANG``, then the language of the terminal; English where
    none of them says Chinese. Help texts are made before click parses, so ``--lang`` is looked
    up here.
    """
    words = sys.argv[1:]
    for i, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and i + 1 < len(words):
            value = words[i + 1]
        if value in LANGUAGES:
            return value
    for name in ("ALIGN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(key: str, /, **values: object) -> str:
    """Return a message of the command line in the language of this call."""
    return text(language(), "cli", key, **values)


def tell_mixed(*sources: str | Path) -> None:
    """Say on stderr of each output folder, or report in one, which of its files are of another run.

    Parameters
    ----------
    *sources
        Folders or ``report.json``; they need not exist.
    """
    from roadalign.outputs.writers import find_mixed_files

    for source in dict.fromkeys(map(Path, sources)):
        others = find_mixed_files(source)
        if others:
            click.echo(say("mixed", folder=source, files=", ".join(others)), err=True)


def holds_wanted(severities: list[str], not_aligned: int, wanted: str) -> bool:
    """Return whether what was found is what ``--fail-on`` asks for.

    Parameters
    ----------
    severities
        Of the findings.
    not_aligned
        Docking points that are open or wait for data.
    wanted
        One of `FAIL_ON`: at this severity or above, or ``"undetermined"``: any such point, or
        anything at a mismatch or above.
    """
    from roadalign.model.words import SEVERITY_ORDER, Severity, worst

    if wanted == "undetermined" and not_aligned:
        return True
    floor = Severity.MISMATCH if wanted == "undetermined" else Severity(wanted)
    return SEVERITY_ORDER[worst(severities)] >= SEVERITY_ORDER[floor]


def lang_option(command: Command) -> Command:
    """Add ``--lang`` to a command."""
    return click.option("--lang", type=click.Choice(LANGUAGES), help=say("option.lang"))(command)


def progress_lines(*, quiet: bool, without: tuple[str, ...] = ()) -> Callable[[str], None]:
    """Return a function that prints each step on stderr as it begins.

    Parameters
    ----------
    quiet
        Print nothing.
    without
        Those of `STEPS` that this run does not take.
    """
    steps = [name for name in STEPS if name not in without]

    def step(said: str) -> None:
        if not quiet:
            name, _, detail = said.partition(":")
            number = f"[{steps.index(name) + 1}/{len(steps)}]" if name in steps else "     "
            click.echo(f"{number} {say(f'step.{name}', detail=detail)}", err=True)

    return step
