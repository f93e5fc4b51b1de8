"""The GeoPackage of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.outputs.comparison.record import comparison_id
from roadalign.outputs.geodata import write_layers

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from roadalign.model.comparison import Comparison


def write_comparison_layers(found: Comparison, path: Path) -> None:
    """Write the GeoPackage of a comparison.

    Parameters
    ----------
    found
        The comparison.
    path
        File to make.
    """
    time = found.new_run["time"]
    write_layers(_list_layers(found), {"run": _make_run_table(found)}, path, time=time)


def _make_run_table(found: Comparison) -> pd.DataFrame:
    """Return which runs were compared, as keys and values."""
    told = {
        "id": comparison_id(found),
        **{
            f"{which}_{key}": value
            for which, run in _list_runs(found)
            for key, value in run.items()
        },
    }
    return pd.DataFrame({"key": list(told), "value": pd.array(list(told.values()), dtype="string")})


def _list_runs(found: Comparison) -> tuple[tuple[str, dict[str, Any]], ...]:
    return ("old", found.old_run), ("new", found.new_run)


def _list_layers(found: Comparison) -> dict[str, tuple[gpd.GeoDataFrame, str]]:
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
