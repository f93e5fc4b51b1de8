"""The output folder: all files together, each complete or not at all, nothing foreign lost."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from roadalign.errors import InputError
from roadalign.outputs.geodata import to_csv, to_geojson, write_geopackage
from roadalign.outputs.report_json import REPORT_NAME, is_own, to_json
from roadalign.outputs.run_ids import CHECK_FILES, GEOPACKAGE_NAME, MAP_NAME, run_in
from roadalign.safety.folder_writes import (
    clear_leftovers,
    require_replaceable,
    require_writable,
    text_maker,
    write_together,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from roadalign.model.basemap import Basemap
    from roadalign.model.result import Result

FILES = CHECK_FILES


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
    clear_leftovers(folder)
    require_writable(folder)
    refuse_foreign(folder, files, record=record, force=force)


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
    for name in there:
        require_replaceable(folder / name)
    foreign = [] if force else _foreign(folder, there, record)
    if foreign:
        raise InputError("foreign_files", where=folder, files=", ".join(foreign))


def _foreign(folder: Path, names: list[str], record: str) -> list[str]:
    """Return the files that the program did not write: it makes no links, and signs its files."""
    if not names or not written_here(folder, record):
        return names
    signed = run_in(folder / record) is not None  # earlier versions did not
    return [
        name
        for name in names
        if (folder / name).is_symlink() or (signed and run_in(folder / name) is None)
    ]


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
    from roadalign.outputs.map import render  # noqa: PLC0415  (Folium only where a map is made)

    check_folder(folder, force=force)
    makers: dict[str, Callable[[Path], object]] = {
        REPORT_NAME: text_maker(lambda: to_json(result)),
        GEOPACKAGE_NAME: lambda path: write_geopackage(result, path),
        "docking_points.geojson": text_maker(lambda: to_geojson(result)),
        "docking_points.csv": text_maker(lambda: to_csv(result)),
        MAP_NAME: text_maker(lambda: render(result, lang=lang, basemap=basemap)),
    }
    return write_together(makers, folder)


def written_here(folder: Path, record: str = REPORT_NAME) -> bool:
    """Return whether the program wrote a folder, as its record says."""
    try:
        held = json.loads((folder / record).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(held, dict) and is_own(held)
