"""Third stage: what speaks for or against each docking point beside the two drawings themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from roadalign.assessment.coverage import assess_coverage, with_doubts
from roadalign.assessment.feature_digests import digest_features
from roadalign.assessment.heading_error import deflection_error_deg
from roadalign.assessment.land import constraint_texts, constraints_crossed
from roadalign.assessment.proposal import propose
from roadalign.assessment.registration_findings import doubt_m
from roadalign.docking.ruler import Ruler
from roadalign.model.tables import DOCKING_COLUMNS, LINK_COLUMNS, empty, typed
from roadalign.rules.core import Context

if TYPE_CHECKING:
    from roadalign.assessment.coverage import Coverage
    from roadalign.assessment.network_assessment import NetworkAssessment
    from roadalign.docking import Docking
    from roadalign.model.result import Boundary
    from roadalign.pipeline.match import Matched

PLACE_M = 0.01
"""Links shorter than this are points."""


@dataclass(frozen=True)
class Assessed:
    """Docking points with all that rules may know of them.

    Parameters
    ----------
    matched
        What was paired.
    points
        Docking points with measures, what the network says, and the areas crossed.
    links
        Links and proposals.
    crossed
        What of each kind of area they take.
    context
        What rules may know beside the docking points.
    coverage
        Along which stretches the layers of each side hold anything.
    features
        Digests of what they draw and say there.
    network
        What the existing roads say; ``None`` without them.
    """

    matched: Matched
    points: pd.DataFrame
    links: gpd.GeoDataFrame
    crossed: gpd.GeoDataFrame
    context: Context
    coverage: Coverage
    features: dict[str, Any]
    network: NetworkAssessment | None = None


def assess_points(matched: Matched) -> Assessed:
    """Ask the network, draw what could be built, and look what it would cross.

    Limits of places are widened by what is in doubt of the layers' positions, those of the
    deflection point by point by what is in doubt of the headings.
    """
    inputs, docked, points = matched.inputs, matched.docked, matched.points
    line, reading = inputs.line, matched.reading
    limits = inputs.limits.widened(doubt_m(reading, settings=inputs.settings))
    ruler = Ruler(line.line)
    coverage = assess_coverage(
        points, (inputs.a, inputs.b), line, settings=inputs.settings, limits=limits
    )
    points = with_doubts(points, coverage)
    accuracy_m = inputs.settings.a.accuracy_m, inputs.settings.b.accuracy_m
    error_deg = deflection_error_deg(docked, accuracy_m=accuracy_m)
    points = points.assign(deflection_error_deg=error_deg)
    context = Context(
        limits, line, docked.boundary_roads, inputs.names, as_of_year=inputs.as_of.year
    )
    network = None
    if inputs.network is not None:
        from roadalign.assessment.network_assessment import (  # noqa: PLC0415  (only where it is asked)
            assess_network,
        )

        network = assess_network(
            inputs.network,
            docked,
            line,
            plans=(inputs.a, inputs.b) if reading.accepted is None else None,
            points=points,
            weights=inputs.weights,
            limits=limits,
        )
        points = typed(points.assign(**network.points), DOCKING_COLUMNS)
        context = replace(context, unplanned=network.unplanned, opportunities=network.opportunities)
    proposals, curves = propose(docked, points, ruler, limits=limits, crs=line.crs)
    links = with_lines(link_table(docked, points, line), proposals, points)
    crossed = constraints_crossed(links, points, inputs.areas)
    texts = constraint_texts(points, crossed, links, given=bool(inputs.areas.inputs))
    return Assessed(
        matched,
        points.assign(constraints=texts),
        links,
        crossed,
        replace(context, crossed=crossed, curves=curves),
        coverage,
        digest_features((inputs.a, inputs.b), line, ruler),
        network,
    )


def link_table(docked: Docking, points: pd.DataFrame, line: Boundary) -> gpd.GeoDataFrame:
    """Return the straight lines between the ends that lie apart."""
    found = docked.points
    if len(found) == 0 or "link_m" not in found:
        return empty(LINK_COLUMNS, crs=line.crs)
    apart = (points["link_m"].fillna(0) >= PLACE_M).to_numpy(dtype=bool)
    ends = found[["ax", "ay", "bx", "by"]].to_numpy(dtype=float)[apart].reshape(-1, 2, 2)
    table = pd.DataFrame(
        {
            "docking_point": points["id"].to_numpy()[apart],
            "kind": "link",
            "length_m": points["link_m"].to_numpy()[apart],
        }
    )
    lines = shapely.linestrings(ends)
    return gpd.GeoDataFrame(typed(table, LINK_COLUMNS), geometry=lines, crs=line.crs)


def with_lines(
    links: gpd.GeoDataFrame, more: gpd.GeoDataFrame, points: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return links and more lines in one table, those of one docking point together."""
    if not len(more):
        return links
    tables = [links, more] if len(links) else [more]
    together = pd.concat(tables, ignore_index=True)
    place = {name: number for number, name in enumerate(points["id"])}
    order = together["docking_point"].map(place).sort_values(kind="stable").index
    return gpd.GeoDataFrame(together.loc[order].reset_index(drop=True), crs=links.crs)
