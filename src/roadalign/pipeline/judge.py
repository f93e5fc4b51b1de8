"""Fourth stage: the rules speak, verdicts follow, and what matters most comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadalign.assessment.priority import priorities, worth_drawing
from roadalign.pipeline.assess import with_lines
from roadalign.rules.core import run_rules
from roadalign.rules.verdicts import sum_up

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from roadalign.pipeline.assess import Assessed


@dataclass(frozen=True)
class Judged:
    """Docking points with their verdicts.

    Parameters
    ----------
    assessed
        What the rules knew.
    points
        Docking points with verdict, severity, summaries and priority.
    findings
        One row per rule that spoke, columns of `roadalign.model.tables.FINDING_COLUMNS`.
    links
        Links, proposals, and ways around that are worth drawing.
    """

    assessed: Assessed
    points: pd.DataFrame
    findings: pd.DataFrame
    links: gpd.GeoDataFrame


def judge_points(assessed: Assessed) -> Judged:
    """Run the rules and sum up what they say of each docking point."""
    inputs = assessed.matched.inputs
    settings = inputs.settings
    findings = run_rules(assessed.points, assessed.context, only=settings.only)
    points = sum_up(assessed.points, findings, names=inputs.names, lang=settings.lang)
    points = points.assign(**priorities(points, weights=settings.ranking))
    links = assessed.links
    if assessed.network is not None:
        around = assessed.network.detours
        lines = around.lines(worth_drawing(points), points["id"], crs=inputs.line.crs)
        links = with_lines(links, lines, points)
    return Judged(assessed, points, findings, links)
