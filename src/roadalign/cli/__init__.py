"""The command ``align``: parses and prints, decides nothing.

One file per command. Nothing heavier than click is imported before a command runs, so that
``align --help`` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from roadalign import __version__
from roadalign.cli.common import USAGE, language, say
from roadalign.cli.endings import end_like_ctrl_c, report_unforeseen, status_of
from roadalign.errors import InputError, printable

COMPLETION = "_ALIGN_COMPLETE"
"""By this variable a shell asks what a word could become."""

COMMANDS = (
    "check",
    "compare",
    "batch",
    "demo",
    "inspect",
    "network",
    "boundary",
    "ledger",
    "rule",
    "init",
)


class Commands(click.Group):
    """The commands, imported when asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands, most used first."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return one command, or ``None`` where there is none of this name."""
        if name not in COMMANDS:
            return None
        module: Any = import_module(f"roadalign.cli.{name}")
        command: click.Command = module.command
        return command


@click.group(
    cls=Commands,
    help=say("group.help"),
    epilog=say("group.epilog"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="align", help=say("group.version"))
def align() -> None:
    """Run the group; each command does its own work."""


def main() -> None:
    """Run the command line; exit as the README says, whatever happens."""
    end_like_ctrl_c()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may not know every letter
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _status()
    except (click.Abort, KeyboardInterrupt) as stopped:
        click.echo(say("stopped"), err=True)
        status = status_of(stopped)
    except Exception as problem:  # noqa: BLE001  (nobody is to be shown a traceback)
        status = report_unforeseen(problem)
    sys.exit(status)


def _status() -> int:
    """Run the command line and return its exit status, everything printed."""
    if COMPLETION in os.environ:
        align.main(prog_name="align")
    try:
        _refuse_bytes(sys.argv[1:])
        # click's own `main` would answer a reader that is gone, and Ctrl-C, in its own way
        with align.make_context("align", sys.argv[1:]) as context:
            code = align.invoke(context)
        sys.stdout.flush()
    except InputError as problem:
        click.echo(problem.render(language()), err=True)
        return USAGE
    except click.exceptions.Exit as left:
        sys.stdout.flush()
        return left.exit_code
    except click.ClickException as problem:
        problem.show()
        return USAGE
    return code if isinstance(code, int) else 0


def _refuse_bytes(words: list[str]) -> None:
    """Raise where a word is no text: no reader takes such a name, nor does any file we write."""
    for word in words:
        if printable(word) != word:
            raise InputError("not_utf8", where=word)
