"""The files that commands write into a folder: one entry a file, and all that follows from it.

A file that is entered here is made with the others of its command, all complete or none. It is the
program's own: it is overwritten only where the program wrote it, which the id of the run in it
says; the folder is complete only with it; and it is told where it is of another run than the
folder's record. Nothing else needs to know its name.

Files that the user names (the page of ``align inspect``, a ledger, a boundary, a network) are none
of these: they are written by `roadalign.safety.folder_writes.write_one` or, a ledger, added to.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from roadalign.errors import InputError
from roadalign.outputs.geodata import to_csv, to_geojson, write_geopackage, write_layers
from roadalign.outputs.report_json import REPORT_NAME, is_own, to_json
from roadalign.outputs.run_ids import (
    NO_ROWS,
    read_run_of_geopackage,
    read_run_of_json,
    read_run_of_page,
    read_run_of_parquet,
    read_run_of_table,
    write_parquet,
)
from roadalign.safety.folder_writes import (
    clear_leftovers,
    require_replaceable,
    require_writable,
    write_together,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from roadalign.model.basemap import Basemap
    from roadalign.model.comparison import Comparison
    from roadalign.model.result import Result

Source = TypeVar("Source")
Role = Literal["record", "layers", "table", "page"]
"""What a file is for; every folder has one record, which says whose it is and of which run."""


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


@dataclass(frozen=True)
class BatchContent:
    """What the files of a batch are made of.

    Parameters
    ----------
    text
        Of ``batch.json``.
    plain
        The same as plain values.
    reports
        Name of each finished pair to its ``report.json``.
    points
        Docking points of all pairs, WGS84.
    layers, tables
        Of the GeoPackage, as of `roadalign.outputs.geodata.write_layers`.
    pairs_folder
        Name of the folder with those of the pairs.
    """

    text: str
    plain: dict[str, Any]
    reports: Mapping[str, Mapping[str, Any]]
    points: gpd.GeoDataFrame
    layers: Mapping[str, tuple[gpd.GeoDataFrame, str]]
    tables: Mapping[str, pd.DataFrame]
    pairs_folder: str


def as_text(render: Callable[[Source, Options], str]) -> Callable[[Source, Path, Options], object]:
    """Return what writes a text as UTF-8, for `OutputFile`."""
    return lambda source, path, options: path.write_bytes(
        render(source, options).encode("utf-8", "replace")
    )


def find_mixed_files(source: Path) -> list[str]:
    """Return the files beside a report that another run wrote.

    Parameters
    ----------
    source
        An output folder of a check or a comparison, or a ``report.json``.
    """
    folder = source if os.path.isdir(source) else source.parent  # noqa: PTH112  (never raises)
    if source != folder and source.name != CHECK.record:
        return []
    return CHECK.find_files_of_other_runs(folder)


# Folium and what else makes pages is imported only where a page is made.
def _render_map(result: Result, options: Options) -> str:
    from roadalign.outputs.map import render  # noqa: PLC0415

    return render(result, lang=options.lang, basemap=options.basemap)


def _render_comparison_record(found: Comparison, _: Options) -> str:
    from roadalign.outputs.comparison.record import to_json as comparison_json  # noqa: PLC0415

    return comparison_json(found)


def _write_comparison_layers(found: Comparison, path: Path, _: Options) -> None:
    from roadalign.outputs.comparison.layers import write_comparison_layers  # noqa: PLC0415

    write_comparison_layers(found, path)


def _render_comparison_page(found: Comparison, options: Options) -> str:
    from roadalign.outputs.comparison.page import render  # noqa: PLC0415

    return render(found, lang=options.lang)


def _write_batch_layers(batch: BatchContent, path: Path, _: Options) -> None:
    time = batch.plain["run"]["time"]
    write_layers(batch.layers, batch.tables, path, time=time, styled=batch.layers)


def _write_batch_points(batch: BatchContent, path: Path, _: Options) -> None:
    write_parquet(batch.points, path, run=batch.plain["run"]["id"])


def _render_batch_page(batch: BatchContent, options: Options) -> str:
    from roadalign.outputs.index import render  # noqa: PLC0415

    return render(batch.plain, batch.reports, lang=options.lang, folder=batch.pairs_folder)


def _pass_text(text: str, _: Options) -> str:
    return text


CHECK: FileSet[Result] = FileSet(
    "check",
    (
        OutputFile(
            REPORT_NAME, "record", as_text(lambda result, _: to_json(result)), read_run_of_json
        ),
        OutputFile(
            "docking_points.gpkg",
            "layers",
            lambda result, path, _: write_geopackage(result, path),
            read_run_of_geopackage,
        ),
        OutputFile(
            "docking_points.geojson",
            "layers",
            as_text(lambda result, _: to_geojson(result)),
            read_run_of_json,
        ),
        OutputFile(
            "docking_points.csv",
            "table",
            as_text(lambda result, _: to_csv(result)),
            read_run_of_table,
        ),
        OutputFile("map.html", "page", as_text(_render_map), read_run_of_page),
    ),
)

COMPARISON: FileSet[Comparison] = FileSet(
    "compare",
    (
        OutputFile(
            "comparison.json", "record", as_text(_render_comparison_record), read_run_of_json
        ),
        OutputFile("comparison.gpkg", "layers", _write_comparison_layers, read_run_of_geopackage),
        OutputFile("comparison.html", "page", as_text(_render_comparison_page), read_run_of_page),
    ),
)

BATCH: FileSet[BatchContent] = FileSet(
    "batch",
    (
        OutputFile("batch.json", "record", as_text(lambda batch, _: batch.text), read_run_of_json),
        OutputFile("all_pairs.gpkg", "layers", _write_batch_layers, read_run_of_geopackage),
        OutputFile("docking_points.parquet", "table", _write_batch_points, read_run_of_parquet),
        OutputFile("index.html", "page", as_text(_render_batch_page), read_run_of_page),
    ),
)

BATCH_COSTS: FileSet[str] = FileSet(
    "batch", (OutputFile("costs.json", "record", as_text(_pass_text), read_run_of_json),)
)
"""Seconds and memory of each pair: what differs from run to run, and so stands on its own."""

PAIR_MARK: FileSet[str] = FileSet(
    "batch", (OutputFile("pair.json", "record", as_text(_pass_text), read_run_of_json),)
)
"""Beside the files of a pair, put there when they are complete: what they were made of."""
