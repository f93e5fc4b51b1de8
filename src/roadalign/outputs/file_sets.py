"""Files that a command writes into a folder together: all complete or none, nobody else's lost."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from roadalign.errors import InputError
from roadalign.outputs.report_json import is_own
from roadalign.outputs.run_ids import (
    NO_ROWS,
)
from roadalign.safety.folder_writes import (
    clear_leftovers,
    require_replaceable,
    require_writable,
    write_together,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadalign.model.basemap import Basemap

Source = TypeVar("Source")
Role = Literal["record", "layers", "table", "page"]
"""What a file is for.

``record`` is what the program reads again; every folder has one, which says whose it is and of
which run. ``layers`` are for a GIS, a ``table`` (rows or plain text) for people and scripts, and a
``page`` is to be opened in a browser: the first of a set is announced."""


@dataclass(frozen=True)
class Options:
    """What a file is made with beside what was found.

    Parameters
    ----------
    lang
        Language in which a page opens.
    basemap
        Tiles behind the map.
    """

    lang: str = "en"
    basemap: Basemap | None = None


@dataclass(frozen=True)
class OutputFile(Generic[Source]):
    """One file of a command.

    Parameters
    ----------
    name
        In the output folder.
    role
        What it is for.
    make
        Makes it at a given place.
    read_run
        Reads the id of its run: `NO_ROWS` where it is a table without rows, which has no cell
        for it, ``None`` where there is none. It may raise what reading a broken file raises.
    """

    name: str
    role: Role
    make: Callable[[Source, Path, Options], object]
    read_run: Callable[[Path], str | None]


@dataclass(frozen=True)
class FileSet(Generic[Source]):
    """All files that a command writes together into one folder.

    Parameters
    ----------
    command
        The command of ``align``.
    files
        In the order in which they are made and put in place.
    """

    command: str
    files: tuple[OutputFile[Source], ...]

    def __post_init__(self) -> None:
        """Refuse two files of one name, and a set without the one record."""
        if len(set(self.names)) < len(self.files):
            raise ValueError(f"{self.command}: two files have one name")
        if [file.role for file in self.files].count("record") != 1:
            raise ValueError(f"{self.command}: one file is the record")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(file.name for file in self.files)

    @property
    def record(self) -> str:
        """The name of the file by which the program knows its folder, and the run of it."""
        return self.name_of("record")

    def name_of(self, role: Role) -> str:
        """Return the name of the first file of a role."""
        return next(file.name for file in self.files if file.role == role)

    def prepare(self, folder: Path, *, force: bool) -> None:
        """Refuse an output folder that cannot be written or would lose somebody's files.

        Meant for before the long work.

        Parameters
        ----------
        folder
            Output folder; it need not exist.
        force
            Overwrite all the same.

        Raises
        ------
        InputError
            If it is no folder, must not be written to, or holds files of these names that the
            program did not write.
        """
        clear_leftovers(folder)
        require_writable(folder)
        self.refuse_foreign(folder, force=force)

    def refuse_foreign(self, folder: Path, *, force: bool) -> None:
        """Refuse a folder that holds files of these names which the program did not write.

        Parameters
        ----------
        folder
            It need not exist.
        force
            Overwrite all the same.

        Raises
        ------
        InputError
            If there are such files, or a folder of such a name.
        """
        there = [name for name in self.names if os.path.lexists(folder / name)]
        for name in there:
            require_replaceable(folder / name)
        foreign = [] if force else self._find_foreign(folder, there)
        if foreign:
            raise InputError("foreign_files", where=folder, files=", ".join(foreign))

    def _find_foreign(self, folder: Path, there: list[str]) -> list[str]:
        """Return what the program did not write: it makes no links, and signs its files."""
        if not there or not self.is_own(folder):
            return there
        signed = self.read_run(folder / self.record) is not None  # earlier versions did not
        return [
            name
            for name in there
            if (folder / name).is_symlink() or (signed and self.read_run(folder / name) is None)
        ]

    def write(
        self,
        source: Source,
        folder: Path,
        *,
        lang: str,
        force: bool,
        basemap: Basemap | None = None,
    ) -> list[Path]:
        """Write all files, after a look at what is there.

        Parameters
        ----------
        source
            What was found.
        folder
            Output folder, made where it does not exist.
        lang
            Language in which pages open.
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
        self.prepare(folder, force=force)
        return self.write_prepared(source, folder, Options(lang, basemap))

    def write_prepared(self, source: Source, folder: Path, options: Options) -> list[Path]:
        """Write all files into a folder that was prepared before.

        Parameters
        ----------
        source
            What was found.
        folder
            Output folder, made where it does not exist.
        options
            What the files are made with.
        """

        def maker(file: OutputFile[Source]) -> Callable[[Path], object]:
            return lambda path: file.make(source, path, options)

        return write_together({file.name: maker(file) for file in self.files}, folder)

    def is_own(self, folder: Path) -> bool:
        """Return whether the program wrote a folder, as its record says."""
        try:
            held = json.loads((folder / self.record).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(held, dict) and is_own(held)

    def is_complete(self, folder: Path) -> bool:
        """Return whether a folder holds every file."""
        return all((folder / name).is_file() for name in self.names)

    def read_run(self, path: Path) -> str | None:
        """Return the id of the run that wrote one of the files.

        Parameters
        ----------
        path
            A file of a name that the set has.

        Returns
        -------
        str or None
            `NO_ROWS` where it is a table of ours without rows; ``None`` where it carries no id:
            it is of an earlier version or not of this program, or cannot be read.
        """
        read = next(file.read_run for file in self.files if file.name == path.name)
        try:
            return read(path) if path.is_file() else None
        except (OSError, ValueError, sqlite3.Error, csv.Error):
            return None

    def find_files_of_other_runs(self, folder: Path) -> list[str]:
        """Return the files of a folder that are of another run than its record.

        Parameters
        ----------
        folder
            An output folder.
        """
        there = [name for name in self.names if os.path.isfile(folder / name)]  # noqa: PTH113  (never raises)
        if self.record not in there:
            return []
        own = self.read_run(folder / self.record)
        found = {name: self.read_run(folder / name) for name in there}
        return [name for name, run in found.items() if run not in {own, NO_ROWS}]


def as_text(render: Callable[[Source, Options], str]) -> Callable[[Source, Path, Options], object]:
    """Return what writes a text as UTF-8, for `OutputFile`."""
    return lambda source, path, options: path.write_bytes(
        render(source, options).encode("utf-8", "replace")
    )
