"""How the program ends when it is stopped, or meets what nobody foresaw: never with a traceback.

Exit status: 128 and the number of the signal where it is stopped (130 Ctrl-C, 143 SIGTERM), 141
where nobody reads its output any more, 70 for what was not foreseen.
"""

from __future__ import annotations

import errno
import os
import platform
import signal
import sys
import tempfile
import traceback
from importlib import metadata
from typing import TYPE_CHECKING

import click

from roadalign import __version__
from roadalign.cli.common import say

if TYPE_CHECKING:
    from types import FrameType

UNFORESEEN, READER_GONE = 70, 141
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class Ended(KeyboardInterrupt):
    """The program is asked to end; whoever cleans up after Ctrl-C cleans up now.

    Parameters
    ----------
    number
        Of the signal.
    """

    def __init__(self, number: int) -> None:
        self.status = 128 + number
        super().__init__(number)


def end_like_ctrl_c() -> None:
    """Let the signals that ask a program to end do what Ctrl-C does: clean up, then leave."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # a program started by nohup stays deaf to SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def status_of(stopped: BaseException) -> int:
    """Return the exit status of a program that was stopped."""
    return stopped.status if isinstance(stopped, Ended) else 128 + signal.SIGINT


def leave_output() -> None:
    """Stop writing to stdout, so that Python does not try once more when it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # stdout may be no file at all
        return


def report_unforeseen(problem: BaseException) -> int:
    """Tell what was not foreseen in one line; return the exit status.

    Parameters
    ----------
    problem
        What was raised.
    """
    if isinstance(problem, BrokenPipeError):
        leave_output()
        return READER_GONE
    if isinstance(problem, MemoryError):
        click.echo(say("ending.memory"), err=True)
        return UNFORESEEN
    if isinstance(problem, OSError) and problem.errno in _FULL and problem.filename is None:
        leave_output()
        click.echo(say("ending.output", problem=problem.strerror), err=True)
        return UNFORESEEN
    kind = type(problem).__name__
    try:
        where = _write_details(problem)
        said = say("ending.unforeseen", kind=kind, version=__version__, file=where)
    except OSError as other:
        said = say("ending.untold", kind=kind, version=__version__, problem=other.strerror)
    click.echo(said, err=True)
    return UNFORESEEN


def _end(number: int, _frame: FrameType | None) -> None:
    # cleaning up is quick, and is not to be broken off by asking twice
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Ended(number)


def _write_details(problem: BaseException) -> str:
    """Write what a maintainer needs into a new file that only its owner may read."""
    versions = [f"{name} {_version(name)}" for name in _parts()]
    lines = [
        f"roadalign {__version__}",
        f"Python {platform.python_version()}, {platform.platform()}",
        *versions,
        "",
        *(repr(word) for word in sys.argv),
        "",
        *traceback.format_exception(problem),
    ]
    handle, name = tempfile.mkstemp(prefix="align-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n".join(lines))
    return name


def _parts() -> list[str]:
    try:
        needed = metadata.requires("roadalign") or []
    except metadata.PackageNotFoundError:
        return []
    own = [one.split(";")[0] for one in needed if "extra ==" not in one]
    return sorted(one.split(">")[0].split("=")[0].strip() for one in own)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "—"
