"""The files that commands write into a folder: one entry a file, and all that follows from it.

A file that is entered here is made with the others of its command, all complete or none. It is the
program's own: it is overwritten only where the program wrote it, which the id of the run in it
says; the folder is complete only with it; and it is told where it is of another run than the
folder's record. Nothing else needs to know its name.

Files that the user names (the page of ``align inspect``, a ledger, a boundary, a network) are none
of these: they are written by `roadalign.safety.folder_writes.write_one` or, a ledger, added to.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from roadalign.outputs.file_sets import FileSet, Options, OutputFile, as_text
from roadalign.outputs.geodata import to_csv, to_geojson, write_geopackage, write_layers
from roadalign.outputs.report_json import REPORT_NAME, to_json
from roadalign.outputs.run_ids import (
    read_run_of_geopackage,
    read_run_of_json,
    read_run_of_page,
    read_run_of_parquet,
    read_run_of_table,
    write_parquet,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from roadalign.model.comparison import Comparison
    from roadalign.model.result import Result


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

    return render(
        batch.plain,
        batch.reports,
        lang=options.lang,
        folder=batch.pairs_folder,
        page=CHECK.name_of("page"),
    )


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
