"""The command ``align``: parses and prints, decides nothing.

One file per command. Nothing heavier than click is imported before a command runs, so that
``align --help`` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from roadalign import __version__
from roadalign.cli.common import INTERRUPTED, USAGE, language, say
from roadalign.errors import InputError

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
    """Run the command line; exit with 0, 1 or 2 as the README says."""
    try:
        code = align.main(prog_name="align", standalone_mode=False)
    except InputError as problem:
        click.echo(problem.render(language()), err=True)
        sys.exit(USAGE)
    except click.ClickException as problem:
        problem.show()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("stopped"), err=True)
        sys.exit(INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)
