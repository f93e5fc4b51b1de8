"""The file of a ledger: read by anybody, written to by one at a time, never shortened.

**Why a text file of JSON lines.** Two governments keep copies of a ledger for many years. Copies
travel on sticks and by mail, one file each; they are put together by joining them; they can be read
without this program, and two versions compared line by line. A database file (SQLite) offers none
of that: two of them cannot be joined by copying; its write-ahead log keeps what was written last in
two more files beside it, which a mail leaves behind; and that mode does not work on network shares.

**What is promised.** `update` takes the lock, reads what is there, adds its lines to the end in one
write and has the disk confirm them before it returns: what was reported as written stays, whoever
else writes and whatever is killed. A writer waits for its turn. Each line counts for itself: of an
import that is killed in the middle of its write, whole lines may be there and the rest not; taking
the file in again adds the rest and nothing twice. A line that was cut off is closed by the next
writer and stays in the file. A new ledger appears with all its lines or not at all.

Lines are added to the file itself, so a link stays a link, and owner, permissions and hard links
stay. A file that nobody may write to is not written to, not even by an administrator.

**The lock** is a file beside the ledger, ``.NAME.lock``, locked by means of the operating system:
when a process ends, however it ends, its lock is gone, and a lock file that a killed process left
holds nobody up. The last to use it removes it.

**Limits.** The lock holds among processes that use this module through one path (a symbolic link
leads to its target; two hard links are two paths). On a network file system it holds where that
passes locks on (NFS version 4, SMB); where it does not, lines of two writers may still stand in any
order, and the next reading sorts them. An editor that loads the file, waits, and writes it back
whole undoes what came in between, as with any text file; replacing the file while `update` writes
is noticed, and it writes again.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.ledger.files import content_of, opened, read_bytes, reason
from roadalign.ledger.lines import added_lines, parse_ledger, text_of_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from roadalign.ledger.events import Ledger

LARGEST_BYTES = 64_000_000
"""Of a ledger: some 100,000 decisions."""

PATIENCE_S, LONGEST_WAIT_S, LOOK_S = 2.0, 60.0, 0.01
"""After how many seconds a wait for the lock is told, and given up; and how often it is tried."""

TORN_LOOKS, TORN_WAIT_S = 5, 0.05
MOST_REPLACED = 10
"""How often a ledger may be replaced by somebody's editor while one update writes to it."""

POSIX = os.name == "posix"


def read_ledger(path: Path) -> Ledger:
    """Read a ledger.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Ledger
        With the lines it was read without in ``left_out``.

    Raises
    ------
    InputError
        If there is none, it cannot be read, is no regular file, is larger than `LARGEST_BYTES`, or
        is no ledger.
    """
    ledger = _read(path)
    for _ in range(TORN_LOOKS):
        if ledger.torn is None:
            break
        time.sleep(TORN_WAIT_S)  # somebody may be writing this very line
        before, ledger = ledger, _read(path)
        if before.sha256 == ledger.sha256:
            break
    return ledger


def update(
    path: Path,
    change: Callable[[Ledger | None], Ledger],
    *,
    waiting: Callable[[], None] | None = None,
) -> tuple[Ledger | None, Ledger]:
    """Add events to a ledger, or begin one.

    Parameters
    ----------
    path
        The file.
    change
        Gets the ledger as it is now, ``None`` where there is none, and returns it with what is to
        be in it. Called again where the file was replaced meanwhile.
    waiting
        Called once where somebody else has been writing for more than `PATIENCE_S`.

    Returns
    -------
    tuple
        The ledger before and after. When this returns, the disk has it.

    Raises
    ------
    InputError
        If it cannot be read or written, or somebody else has been writing for `LONGEST_WAIT_S`;
        then nothing has changed.
    """
    try:
        target = Path(os.path.realpath(path))
        with _turn(target, path, waiting=waiting):
            _fresh(target).unlink(missing_ok=True)  # left by one that was killed
            for _ in range(MOST_REPLACED):
                found = _add(target, path, change)
                if found is not None:
                    return found
    except (OSError, ValueError) as problem:  # ValueError: a path that holds a zero
        raise InputError("cannot_write_ledger", where=path, problem=reason(problem)) from None
    raise InputError("ledger_replaced", where=path)


def _read(path: Path) -> Ledger:
    try:
        return parse_ledger(read_bytes(path, most=LARGEST_BYTES), where=path)
    except InputError as wrong:
        if wrong.key == "no_such_file":
            raise InputError("no_ledger", where=path) from None
        raise


def _add(
    target: Path, path: Path, change: Callable[[Ledger | None], Ledger]
) -> tuple[Ledger | None, Ledger] | None:
    """Read, change and write under the lock; ``None`` where the file was replaced meanwhile."""
    if not os.path.lexists(target):
        after = change(None)
        return (None, after) if _begin(target, after) else None
    with opened(target, os.O_RDWR | os.O_APPEND) as handle:
        content = content_of(handle, path, most=LARGEST_BYTES)
        before = parse_ledger(content, where=path)
        after = change(before)
        new = before.lacks(after.events)
        if new:
            if not os.fstat(handle).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            lines = added_lines(before, new, content=content)
            if len(content) + len(lines) > LARGEST_BYTES:
                raise InputError("ledger_full", where=path, most=LARGEST_BYTES // 1_000_000)
            _append(handle, lines, size=len(content))
        return (before, after) if _is_still(target, handle) else None


def _begin(target: Path, ledger: Ledger) -> bool:
    """Write a new ledger, whole or not at all; return whether nobody else was faster."""
    fresh = _fresh(target)
    try:
        with opened(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as handle:
            _write(handle, text_of_ledger(ledger))
            os.fsync(handle)
        try:
            os.link(fresh, target)  # unlike a renaming, this never replaces anything
        except FileExistsError:
            return False
        except (OSError, NotImplementedError):  # a stick's file system knows no links
            if os.path.lexists(target):
                return False
            fresh.rename(target)
    finally:
        fresh.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return True


def _append(handle: int, lines: bytes, *, size: int) -> None:
    """Add lines to the end of a file and have the disk confirm them; all of them or none."""
    try:
        _write(handle, lines)
        os.fsync(handle)
    except BaseException:
        # nobody was told of them: take back what is there of them, unless somebody wrote behind it
        with suppress(OSError):
            there = os.fstat(handle).st_size
            os.lseek(handle, size, os.SEEK_SET)
            if there > size and lines.startswith(os.read(handle, there - size)):
                os.ftruncate(handle, size)
        raise


def _write(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _is_still(target: Path, handle: int) -> bool:
    try:
        return os.path.samestat(target.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    if POSIX:
        with suppress(OSError), opened(folder, os.O_RDONLY) as handle:  # not every share can
            os.fsync(handle)


def _fresh(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


@contextmanager
def _turn(target: Path, path: Path, *, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Wait for one's turn, and hold the lock."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (reading needs none)

    if not target.parent.is_dir():  # the lock's library would make it
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    file = target.with_name(f".{target.name}.lock")
    lock = FileLock(file, mode=_lock_mode(target))
    start = time.monotonic()
    told = waiting is None
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            pass
        except PermissionError:  # that of another user, who holds it just now
            if not os.path.lexists(file) and not os.access(file.parent, os.W_OK):
                raise
        waited = time.monotonic() - start
        if waited > LONGEST_WAIT_S:
            raise InputError("ledger_busy", where=path, seconds=round(waited))
        if waiting is not None and not told and waited > PATIENCE_S:
            told = True
            waiting()
        time.sleep(LOOK_S)
    try:
        yield
    finally:
        if POSIX:  # those who wait for this file see that it is gone, and make another
            with suppress(OSError):
                file.unlink()
        lock.release()


def _lock_mode(target: Path) -> int:
    """Return the permissions of the lock file: whoever may write to the ledger may lock it."""
    try:
        return stat.S_IMODE(target.stat().st_mode) & 0o666 | 0o600
    except OSError:
        return 0o644
