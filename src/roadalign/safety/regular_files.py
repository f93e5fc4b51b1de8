"""Only regular files of a bounded size are opened.

Opening a pipe waits for whoever may never write; a device such as ``/dev/zero`` never ends; files
of ``/proc`` say that they hold nothing and do.
"""

from __future__ import annotations

import os
import stat
from typing import IO, TYPE_CHECKING

from roadalign.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MB = 1 << 20
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def require_regular_file(path: Path, *, label: object, limit_bytes: int | None = None) -> int:
    """Return the size of a file in bytes, after following links.

    Parameters
    ----------
    path
        What the user named.
    label
        How to name it in an error.
    limit_bytes
        It may be this large; ``None`` for files of which readers take only parts.

    Raises
    ------
    InputError
        ``no_such_file``, ``cannot_read``, ``not_a_file`` for a folder, a pipe, a device or a
        socket, ``file_too_large``.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        raise InputError("no_such_file", where=label) from None
    except (OSError, ValueError) as problem:  # a ValueError is a name with a zero byte
        said = getattr(problem, "strerror", None) or problem
        raise InputError("cannot_read", where=label, problem=said) from None
    return _checked(state, label, limit_bytes)


def read_regular_file(path: Path, *, label: object, limit_bytes: int) -> bytes:
    """Return the content of a file; never more than the limit is held, whatever its size says.

    Parameters
    ----------
    path, label, limit_bytes
        See `require_regular_file`.

    Raises
    ------
    InputError
        As `require_regular_file`.
    """
    require_regular_file(path, label=label, limit_bytes=limit_bytes)
    try:
        # What stood there a moment ago may have been replaced: a pipe must not keep us waiting.
        with open(os.open(path, os.O_RDONLY | _WITHOUT_WAITING), "rb") as stream:  # noqa: PTH123
            _checked(os.fstat(stream.fileno()), label, limit_bytes)
            content = stream.read(limit_bytes + 1)
    except OSError as problem:
        raise InputError("cannot_read", where=label, problem=problem.strerror) from None
    if len(content) > limit_bytes:
        raise InputError("file_too_large", where=label, limit_mb=f"{limit_bytes / _MB:,.0f}")
    return content


def opener(path: Path) -> Callable[[], IO[bytes]]:
    """Return a function that opens a file for reading from its start."""
    return lambda: path.open("rb")


def _checked(state: os.stat_result, label: object, limit_bytes: int | None) -> int:
    if not stat.S_ISREG(state.st_mode):
        raise InputError("not_a_file", where=label)
    if limit_bytes is not None and state.st_size > limit_bytes:
        raise InputError("file_too_large", where=label, limit_mb=f"{limit_bytes / _MB:,.0f}")
    return state.st_size
