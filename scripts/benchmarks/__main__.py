"""Runs one benchmark by its name, or lists them: see ``scripts/bench``."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.problems import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "scripts/bench"
NAMES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/command.py"))


def main(words: Sequence[str]) -> int:
    """Run the benchmark that the first word names.

    Parameters
    ----------
    words
        What stands behind the program's name.

    Returns
    -------
    int
        What the benchmark returns; 2 where there is none of the name, or it cannot run here.
    """
    if not words or words[0] in {"-h", "--help"}:
        print(listed())
        return 0
    name, *rest = words
    if name not in NAMES:
        print(f"{PROGRAM}: there is no {name}\n\n{listed()}", file=sys.stderr)
        return 2
    command = import_module(f"benchmarks.{name}.command")
    parser = parser_of(name, command)
    given = parser.parse_args(rest)
    if given.quick:
        parser.set_defaults(**command.QUICK)
        given = parser.parse_args(rest)
    try:
        return int(command.run(given))
    except CannotRunError as problem:
        print(f"{PROGRAM} {name}: {problem}", file=sys.stderr)
        return 2


def listed() -> str:
    """Return the names of all benchmarks, with what each one shows."""
    abouts = {
        name: str(import_module(f"benchmarks.{name}.command").__doc__).splitlines()[0]
        for name in NAMES
    }
    rows = [f"  {name:14}{about}" for name, about in abouts.items()]
    return "\n".join(
        [f"Usage: {PROGRAM} NAME [--quick] [OPTIONS]", f"       {PROGRAM} NAME --help", "", *rows]
    )


def parser_of(name: str, command: Any) -> argparse.ArgumentParser:
    """Return the parser of a benchmark's options.

    Parameters
    ----------
    name
        Of the benchmark.
    command
        Its module ``command``.
    """
    parser = argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}",
        description=command.__doc__,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in command.EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    same = " ".join(
        " ".join(value) if isinstance(value, list) else f"--{key.replace('_', '-')} {value}"
        for key, value in command.QUICK.items()
    )
    parser.add_argument("--quick", action="store_true", help=f"for a first look: {same}")
    command.add_options(parser)
    return parser


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
