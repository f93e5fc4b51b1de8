"""Fourth stage: the rules speak, verdicts follow, and what matters most comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from roadalign.assessment.coverage import coverage_findings
from roadalign.assessment.priority import priorities, worth_drawing
from roadalign.assessment.registration_findings import position_findings, swapped_finding
from roadalign.model.words import Severity
from roadalign.pipeline.assess import with_lines
from roadalign.rules.aspects import Comparison
from roadalign.rules.core import run_rules
from roadalign.rules.verdicts import conclude

if TYPE_CHECKING:
    import geopandas as gpd

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
    noticed
        What is in doubt of the data as a whole, likewise.
    links
        Links, proposals, and ways around that are worth drawing.
    """

    assessed: Assessed
    points: pd.DataFrame
    findings: pd.DataFrame
    noticed: pd.DataFrame
    links: gpd.GeoDataFrame


def judge_points(assessed: Assessed) -> Judged:
    """Run the rules and sum up what they say of each docking point."""
    inputs = assessed.matched.inputs
    settings = inputs.settings
    noticed = find_doubts(assessed)
    doubtful = (noticed["rule"] == "I02") & noticed["severity"].isin(_DOUBTFUL)
    findings = run_rules(assessed.points, assessed.context, only=settings.only)
    points = conclude(
        assessed.points,
        findings,
        Comparison.from_settings(settings),
        position_in_doubt=bool(doubtful.any()),
        names=inputs.names,
        lang=settings.lang,
    )
    points = points.assign(**priorities(points, weights=settings.ranking))
    links = assessed.links
    if assessed.network is not None:
        around = assessed.network.detours
        lines = around.lines(worth_drawing(points), points["id"], crs=inputs.line.crs)
        links = with_lines(links, lines, points)
    return Judged(assessed, points, findings, noticed, links)


_DOUBTFUL = (str(Severity.MISMATCH), str(Severity.SEVERE))


def find_doubts(assessed: Assessed) -> pd.DataFrame:
    """Return what is in doubt of the data as a whole: positions (I02) and coverage (I08)."""
    matched = assessed.matched
    inputs, names = matched.inputs, matched.inputs.names
    found = [
        swapped_finding(inputs.line, (inputs.a, inputs.b), names=names),
        position_findings(matched.reading, names=names, limits=inputs.limits),
        coverage_findings(assessed.coverage, names=names, limits=inputs.limits),
    ]
    return pd.concat([table for table in found if len(table)] or found, ignore_index=True)
