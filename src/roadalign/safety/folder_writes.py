"""Files put into a folder together: all complete or none, and nothing left behind.

What is written is first made in a folder of its own beside its place. Whoever writes into a folder
holds its lock meanwhile, so whatever such folder is there when the lock is had was left by a run
that was killed, and is cleared. Files that stood there before are kept under a second name until
all new ones are in place.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import stat
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import FrameType

UNFINISHED = ".align-"
"""How the folder begins in which files are made before they are put in place."""

LOCK_NAME = ".align.lock"
"""Of the file that is locked where folders cannot be."""

KEPT = "align-earlier-files-"
"""How the folder begins that keeps files which could not be put back."""

TURN_S = 600.0
"""How long another run that writes into the same folder is waited for."""

_LEFT = re.compile(re.escape(UNFINISHED) + r"[a-z0-9_]{8}")
_BEFORE = "before"
_LOOK_AGAIN_S = 0.05
_NO_LOCKS_OF_FOLDERS = (ImportError, OSError)
_ENDS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def write_together(
    makers: Mapping[str, Callable[[Path], object]],
    folder: Path,
    *,
    others: tuple[type[Exception], ...] = (),
) -> list[Path]:
    """Write some files of a folder, all of them complete or none.

    Parameters
    ----------
    makers
        Name of each file to what makes it at a given place.
    folder
        Made where it does not exist.
    others
        How the makers say, beside `OSError`, that a file cannot be written.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        ``cannot_write`` if something cannot be written, ``folder_busy`` if another run does not
        leave the folder; then nothing has changed. ``cannot_restore`` if it cannot be written and
        the files of before cannot be put back: it says where they are.
    """
    new_folders = [place for place in (folder, *folder.parents) if not place.exists()]
    failures: tuple[type[Exception], ...] = (OSError, *others)
    written = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _turn(folder):
            _clear(folder)
            _make_and_place(makers, folder)
        written = True
    except failures as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        raise InputError("cannot_write", where=folder, problem=said) from problem
    finally:
        if not written:
            for place in new_folders:
                with contextlib.suppress(OSError):
                    place.rmdir()
    return [folder / name for name in makers]


def write_one(
    make: Callable[[Path], object], path: Path, *, others: tuple[type[Exception], ...] = ()
) -> None:
    """Write one file, complete or not at all; see `write_together`.

    Parameters
    ----------
    make
        Makes it at a given place of the same name.
    path
        The file; its folder exists.
    others
        As for `write_together`.
    """
    try:
        write_together({path.name: make}, path.absolute().parent, others=others)
    except InputError as problem:
        if problem.key != "cannot_write":
            raise
        raise InputError("cannot_write", where=path, **problem.values) from problem


def text_maker(make: Callable[[], str]) -> Callable[[Path], object]:
    """Return what writes a text as UTF-8, for `write_together`."""
    return lambda path: path.write_bytes(make().encode("utf-8", "replace"))


def clear_leftovers(folder: Path) -> None:
    """Take away what killed runs left in a folder; while another run writes there, nothing.

    Parameters
    ----------
    folder
        It need not exist.
    """
    if not _has_leftovers(folder):
        return
    with contextlib.suppress(OSError, InputError), _turn(folder, wait_s=0.0):
        _clear(folder)


def require_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be made, by making something and taking it away.

    Rights alone do not tell: a disk may be mounted for reading only, or take no folders.

    Parameters
    ----------
    folder
        It need not exist: then the nearest folder above it counts.

    Raises
    ------
    InputError
        ``not_a_folder`` or ``cannot_write``.
    """
    try:
        nearest = next(p for p in (folder, *folder.absolute().parents) if os.path.lexists(p))
        if not nearest.is_dir():
            raise InputError("not_a_folder", where=nearest)
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13))
        with contextlib.suppress(FileNotFoundError):
            # a name that is too long for the disk, or holds a zero byte, fails here, not afterwards
            folder.stat()
        tempfile.TemporaryFile(dir=nearest).close()
    except (OSError, ValueError) as problem:  # a ValueError is a name with a zero byte
        said = getattr(problem, "strerror", None) or str(problem)
        raise InputError("cannot_write", where=folder, problem=said) from None


def require_replaceable(file: Path) -> None:
    """Refuse a place of a file that is taken by a folder, or by a file nobody may write to.

    Parameters
    ----------
    file
        It need not exist.

    Raises
    ------
    InputError
        ``cannot_write``.
    """
    try:
        state = file.lstat()
    except OSError:
        return
    if stat.S_ISDIR(state.st_mode):
        raise InputError("cannot_write", where=file, problem=os.strerror(21))
    if not stat.S_ISLNK(state.st_mode) and not state.st_mode & 0o222:
        raise InputError("cannot_write", where=file, problem=os.strerror(13))


@contextmanager
def unhurried() -> Iterator[None]:
    """Let signals that would stop the program wait for the end of a few quick steps."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {}

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    for number in _ENDS:
        if callable(signal.getsignal(number)):
            before[number] = signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


@contextmanager
def _turn(folder: Path, *, wait_s: float = TURN_S) -> Iterator[None]:
    """Hold the lock of a folder: the folder's own where the disk knows it, else that of a file."""
    try:
        handle = _locked(folder, wait_s=wait_s)
    except _NO_LOCKS_OF_FOLDERS:
        with _turn_by_file(folder, wait_s=wait_s):
            yield
        return
    try:
        yield
    finally:
        os.close(handle)


def _locked(folder: Path, *, wait_s: float) -> int:
    """Lock a folder until the handle returned is closed, or its process is gone."""
    import fcntl  # noqa: PLC0415  (not on every system)

    handle = os.open(folder, os.O_RDONLY)
    end = time.monotonic() + wait_s
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise InputError("folder_busy", where=folder) from None
                time.sleep(_LOOK_AGAIN_S)
            else:
                return handle
    except BaseException:
        os.close(handle)
        raise


@contextmanager
def _turn_by_file(folder: Path, *, wait_s: float) -> Iterator[None]:
    """Hold the lock of a file in a folder; it stays, as who waits has it open."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only where something is written)

    try:
        with FileLock(folder / LOCK_NAME, timeout=wait_s):
            yield
    except Timeout:
        raise InputError("folder_busy", where=folder) from None


def _has_leftovers(folder: Path) -> bool:
    try:
        return any(_LEFT.fullmatch(one.name) for one in folder.iterdir())
    except OSError:
        return False


def _clear(folder: Path) -> None:
    """Take away what killed runs left; only for who holds the lock."""
    for left in list(folder.iterdir()):
        if _LEFT.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _make_and_place(makers: Mapping[str, Callable[[Path], object]], folder: Path) -> None:
    beside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        for name, make in makers.items():
            make(beside / name)
            _settle(beside / name)
        with unhurried():
            _put_in_place(makers, beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _settle_folder(folder)


def _put_in_place(names: Iterable[str], made: Path, folder: Path) -> None:
    """Rename all files into the folder; where one fails (open elsewhere, say), all come back."""
    kept = made / _BEFORE
    kept.mkdir()
    done: list[str] = []
    try:
        for name in names:
            if os.path.lexists(folder / name):
                _keep(folder / name, kept / name)
            os.replace(made / name, folder / name)  # noqa: PTH105  (atomic)
            done.append(name)
    except BaseException as problem:
        lost = [name for name in done if not _put_back(name, kept, folder)]
        if lost:
            safe = _moved_out(kept, folder)
            reason = getattr(problem, "strerror", None) or str(problem)
            said = {"problem": reason, "files": ", ".join(lost)}
            raise InputError("cannot_restore", where=folder, kept=safe, **said) from problem
        raise


def _put_back(name: str, kept: Path, folder: Path) -> bool:
    """Return whether a file of before is back in its place, or the new one gone from it."""
    try:
        if os.path.lexists(kept / name):
            os.replace(kept / name, folder / name)  # noqa: PTH105
        else:
            (folder / name).unlink()
    except OSError:
        return False
    return True


def _moved_out(kept: Path, folder: Path) -> Path:
    """Take the files of before out of the folder that is cleared; return where they are then."""
    safe = Path(tempfile.mkdtemp(prefix=KEPT, dir=folder))
    for one in list(kept.iterdir()):
        there = folder / one.name
        if os.path.lexists(there) and os.path.samestat(there.lstat(), one.lstat()):
            continue  # it was not replaced
        shutil.move(one, safe / one.name)
    return safe


def _keep(file: Path, copy: Path) -> None:
    """Keep a file under a second name, as a copy only where the disk knows no second names."""
    try:
        os.link(file, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(file, copy, follow_symlinks=False)


def _settle(path: Path) -> None:
    """Wait until a file is on the disk, so that a rename never shows half of it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    """Wait until the new names are on the disk, where the system lets one ask for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
