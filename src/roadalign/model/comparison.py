"""Two versions side by side: tables of what became of docking points and of each side's roads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

WORDS = (
    *("new", "reopened", "worsened", "not_comparable"),
    *("changed", "improved", "resolved", "gone", "same"),
)
"""What became of a docking point, the most urgent first."""

APPROACH_WORDS = ("new", "gone", "moved", "changed", "same")

COMPARED_COLUMNS: dict[str, str] = {
    "id": "string",
    "change": "string",
    "chainage_m": "Float64",
    "a_road": "string",
    "b_road": "string",
    "verdict_old": "string",
    "verdict_new": "string",
    "severity_old": "string",
    "severity_new": "string",
    "fields": "string",
    "moved_m": "Float64",
    "old_id": "string",
    "relation": "string",
}
"""One row per docking point of either version; the geometry is its place in the new one, of a point
that is gone in the old one. ``fields`` are the columns that differ, by commas."""

CHANGE_COLUMNS: dict[str, str] = {
    "id": "string",
    "field": "string",
    "old": "string",
    "new": "string",
}
"""One row per value of a docking point that differs."""

COMPARED_APPROACH_COLUMNS: dict[str, str] = {
    "side": "string",
    "change": "string",
    "road": "string",
    "chainage_m": "Float64",
    "moved_m": "Float64",
    "fields": "string",
    "docking_point": "string",
    "verdict_old": "string",
    "verdict_new": "string",
    "effect": "string",
}
"""One row per approach of either version; the geometry is its end, in the new version where it is
there. ``fields`` are the columns that differ, by commas, and ``place`` where it moved; verdicts are
those of its docking point, and ``effect`` is ``resolved`` or ``opened`` where that became resolved
or open."""

APPROACH_CHANGE_COLUMNS: dict[str, str] = {
    "side": "string",
    "docking_point": "string",
    "field": "string",
    "old": "string",
    "new": "string",
}
"""One row per value of an approach that differs; ``docking_point`` is that of the new version."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs.

    Parameters
    ----------
    names
        Names of the two sides, in the order of the new run.
    boundary
        Name of the boundary.
    old_run, new_run
        ``time`` and ``version`` of each.
    points
        Columns `COMPARED_COLUMNS`, by chainage.
    old_points
        The docking points of the old run with its values and places, in the same CRS.
    changes
        Columns `CHANGE_COLUMNS`.
    approaches
        Columns `COMPARED_APPROACH_COLUMNS`, by side and chainage.
    approach_changes
        Columns `APPROACH_CHANGE_COLUMNS`.
    line, old_line
        The boundary in the two runs, one row each.
    links, old_links
        Links and proposals of the two runs.
    roads, old_roads
        The direction of every approach as a short line (a report holds no whole roads).
    summary
        Counts by word, ``new_mismatch`` and ``new_severe`` (ids of points that were below that
        severity or not there), ``jump``, and shifts.
    """

    names: tuple[str, str]
    boundary: str
    old_run: dict[str, Any]
    new_run: dict[str, Any]
    points: gpd.GeoDataFrame
    old_points: gpd.GeoDataFrame
    changes: pd.DataFrame
    approaches: gpd.GeoDataFrame
    approach_changes: pd.DataFrame
    line: gpd.GeoDataFrame
    old_line: gpd.GeoDataFrame
    links: gpd.GeoDataFrame
    old_links: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    old_roads: gpd.GeoDataFrame
    summary: dict[str, Any]
