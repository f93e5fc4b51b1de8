"""The output folder: all files together, each complete or not at all, nothing foreign lost."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.report.geodata import to_csv, to_geojson, write_geopackage
from roadalign.report.record import REPORT_NAME, is_own, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from roadalign.model.basemap import Basemap
    from roadalign.model.result import Result

GEOPACKAGE_NAME = "docking_points.gpkg"
MAP_NAME = "map.html"
FILES = (
    REPORT_NAME,
    GEOPACKAGE_NAME,
    "docking_points.geojson",
    "docking_points.csv",
    MAP_NAME,
)
UNFINISHED = ".align-"
"""How the folder begins in which files are made before they are put in place."""


def check_folder(
    folder: Path, *, force: bool, files: tuple[str, ...] = FILES, record: str = REPORT_NAME
) -> None:
    """Refuse an output folder that cannot be written or would lose somebody's files.

    Meant for before the long work.

    Parameters
    ----------
    folder
        Output folder; it need not exist.
    force
        Overwrite all the same.
    files
        Names of the files to be written.
    record
        The JSON file by which the program knows that it wrote them.

    Raises
    ------
    InputError
        If it is no folder, must not be written to, or holds files of these names that the
        program did not write.
    """
    check_place(folder)
    refuse_foreign(folder, files, record=record, force=force)


def check_place(folder: Path) -> None:
    """Raise `InputError` where a folder is none, or must not be written to or made."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not nearest.is_dir():
        raise InputError("not_a_folder", where=nearest)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise InputError("cannot_write", where=nearest, problem=os.strerror(errno.EACCES))


def refuse_foreign(folder: Path, names: Iterable[str], *, record: str, force: bool) -> None:
    """Refuse a folder that holds files of some names which the program did not write.

    Parameters
    ----------
    folder
        It need not exist.
    names
        The files that will be written.
    record
        The file by which the program knows its own folders.
    force
        Overwrite all the same.

    Raises
    ------
    InputError
        If there are such files, or a folder of such a name.
    """
    there = [name for name in names if os.path.lexists(folder / name)]
    if there and not force and not written_here(folder, record):
        raise InputError("foreign_files", where=folder, files=", ".join(there))
    for name in there:
        if (folder / name).is_dir():
            problem = os.strerror(errno.EISDIR)
            raise InputError("cannot_write", where=folder / name, problem=problem)


def write_all(
    result: Result, folder: Path, *, lang: str, force: bool, basemap: Basemap | None = None
) -> list[Path]:
    """Write every file of a result.

    Parameters
    ----------
    result
        What a run found.
    folder
        Output folder, made where it does not exist.
    lang
        Language in which the map opens.
    force
        Overwrite files that the program did not write.
    basemap
        Tiles behind the map.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        If there are foreign files or something cannot be written; then nothing has changed.
    """
    from roadalign.report.map import render  # noqa: PLC0415  (Folium only where a map is made)

    check_folder(folder, force=force)
    makers: dict[str, Callable[[Path], object]] = {
        REPORT_NAME: text_maker(lambda: to_json(result)),
        GEOPACKAGE_NAME: lambda path: write_geopackage(result, path),
        "docking_points.geojson": text_maker(lambda: to_geojson(result)),
        "docking_points.csv": text_maker(lambda: to_csv(result)),
        MAP_NAME: text_maker(lambda: render(result, lang=lang, basemap=basemap)),
    }
    return write_together(makers, folder)


def write_together(makers: Mapping[str, Callable[[Path], object]], folder: Path) -> list[Path]:
    """Write some files of a folder, all of them complete or none.

    Parameters
    ----------
    makers
        Name of each file to what makes it at a given place.
    folder
        Made where it does not exist.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        If something cannot be written; then nothing has changed.
    """
    new_folders = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as beside:
            for name, make in makers.items():
                make(Path(beside) / name)
                _settle(Path(beside) / name)
            _put_in_place(makers, Path(beside), folder)
    except OSError as problem:
        for place in new_folders:
            with contextlib.suppress(OSError):
                place.rmdir()
        said = problem.strerror or str(problem)
        raise InputError("cannot_write", where=folder, problem=said) from problem
    return [folder / name for name in makers]


def _put_in_place(names: Iterable[str], made: Path, folder: Path) -> None:
    """Rename all files into the folder; where one fails (open elsewhere, say), all come back."""
    kept = made / "before"
    kept.mkdir()
    done: list[str] = []
    try:
        for name in names:
            if os.path.lexists(folder / name):
                _keep(folder / name, kept / name)
            os.replace(made / name, folder / name)  # noqa: PTH105  (atomic)
            done.append(name)
    except BaseException:
        for name in done:
            if os.path.lexists(kept / name):
                os.replace(kept / name, folder / name)  # noqa: PTH105
            else:
                (folder / name).unlink()
        raise


def _keep(file: Path, copy: Path) -> None:
    """Keep a file under a second name, as a copy only where the disk knows no second names."""
    try:
        os.link(file, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(file, copy, follow_symlinks=False)


def text_maker(make: Callable[[], str]) -> Callable[[Path], object]:
    """Return what writes a text as UTF-8, for `write_together`."""
    return lambda path: path.write_bytes(make().encode("utf-8"))


def _settle(path: Path) -> None:
    """Wait until a file is on the disk, so that a rename never shows half of it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def written_here(folder: Path, record: str = REPORT_NAME) -> bool:
    """Return whether the program wrote a folder, as its record says."""
    try:
        held = json.loads((folder / record).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(held, dict) and is_own(held)
