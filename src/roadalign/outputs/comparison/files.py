"""The folder of a comparison: ``comparison.json``, ``comparison.gpkg`` and ``comparison.html``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.outputs.comparison.page import render
from roadalign.outputs.comparison.record import comparison_id, to_json
from roadalign.outputs.geodata import write_layers
from roadalign.outputs.writers import check_folder
from roadalign.safety.folder_writes import text_maker, write_together

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from roadalign.model.comparison import Comparison

JSON_NAME, GEOPACKAGE_NAME, PAGE_NAME = "comparison.json", "comparison.gpkg", "comparison.html"
FILES = (JSON_NAME, GEOPACKAGE_NAME, PAGE_NAME)


def write_comparison(found: Comparison, folder: Path, *, lang: str, force: bool) -> list[Path]:
    """Write every file of a comparison.

    Parameters
    ----------
    found
        The comparison.
    folder
        Output folder, made where it does not exist.
    lang
        Language in which the page opens.
    force
        Overwrite files that the program did not write.

    Raises
    ------
    InputError
        If there are foreign files or something cannot be written; then nothing has changed.
    """
    check_folder(folder, force=force, files=FILES, record=JSON_NAME)
    makers: dict[str, Callable[[Path], object]] = {
        JSON_NAME: text_maker(lambda: to_json(found)),
        GEOPACKAGE_NAME: lambda path: write_layers(
            layers_of(found), {"run": run_table(found)}, path, time=found.new_run["time"]
        ),
        PAGE_NAME: text_maker(lambda: render(found, lang=lang)),
    }
    return write_together(makers, folder)


def run_table(found: Comparison) -> pd.DataFrame:
    """Return which runs were compared, as keys and values."""
    told = {
        "id": comparison_id(found),
        **{f"{which}_{key}": value for which, run in _runs(found) for key, value in run.items()},
    }
    return pd.DataFrame({"key": list(told), "value": pd.array(list(told.values()), dtype="string")})


def _runs(found: Comparison) -> tuple[tuple[str, dict[str, Any]], ...]:
    return ("old", found.old_run), ("new", found.new_run)


def layers_of(found: Comparison) -> dict[str, tuple[gpd.GeoDataFrame, str]]:
    """Return the layers of the GeoPackage with the type of their geometries."""
    points, old = found.points, found.old_points
    gone = points["change"] == "gone"
    differing = points[(points["change"] != "same") & ~gone]
    before = old["id"].isin(differing["old_id"].dropna())
    return {
        "docking_points": (points[~gone], "Point"),
        "changed_new": (differing, "Point"),
        "changed_old": (old[before], "Point"),
        "gone": (old[old["id"].isin(points.loc[gone, "id"])], "Point"),
        "approaches": (found.approaches, "Point"),
        "boundary": (found.line, "LineString"),
        "boundary_old": (found.old_line, "LineString"),
        "links": (found.links, "LineString"),
        "links_old": (found.old_links, "LineString"),
    }
