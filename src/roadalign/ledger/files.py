"""Files of ledgers and minutes as bytes: regular ones, of a bounded size, opened without waiting.

A pipe would be waited for without end and a device read without end; so what is opened is looked at
before a byte of it is read.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from roadalign.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE_BYTES = 1 << 20
AT_ONCE = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
"""Flags of every opening: wait for nobody, hand nothing on, change no byte."""


def read_bytes(path: Path, *, most: int) -> bytes:
    """Return what a file holds.

    Parameters
    ----------
    path
        The file; a link is followed.
    most
        Bytes of the largest file that can be meant.

    Raises
    ------
    InputError
        If there is none, it is no regular file, larger, or cannot be read.
    """
    try:
        with opened(path, os.O_RDONLY) as handle:
            return content_of(handle, path, most=most)
    except FileNotFoundError:
        raise InputError("no_such_file", where=path) from None
    except (OSError, ValueError) as problem:  # ValueError: a path that holds a zero
        raise InputError("cannot_read", where=path, problem=reason(problem)) from None


@contextmanager
def opened(path: Path, flags: int) -> Iterator[int]:
    """Open a file as a handle of the system and close it again."""
    handle = os.open(path, flags | AT_ONCE, 0o666)
    try:
        yield handle
    finally:
        os.close(handle)


def content_of(handle: int, path: Path, *, most: int) -> bytes:
    """Return all bytes of an open file from its start; see `read_bytes`."""
    kind = os.fstat(handle).st_mode
    if stat.S_ISDIR(kind):
        raise InputError("cannot_read", where=path, problem=os.strerror(errno.EISDIR))
    if not stat.S_ISREG(kind):
        raise InputError("not_a_file", where=path)
    pieces, held = [], 0
    os.lseek(handle, 0, os.SEEK_SET)
    while held <= most and (piece := os.read(handle, PIECE_BYTES)):
        pieces.append(piece)
        held += len(piece)
    if held > most:
        problem = f"> {most // 1_000_000} MB"
        raise InputError("cannot_read", where=path, problem=problem)
    return b"".join(pieces)


def reason(problem: OSError | ValueError) -> str:
    """Return what the system says is wrong, without the path."""
    return getattr(problem, "strerror", None) or str(problem)
