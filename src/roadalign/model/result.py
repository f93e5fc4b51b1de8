"""What one run knows: its inputs, the boundary, and the tables it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from roadalign.model.words import OPEN, Verdict

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from pyproj import CRS
    from shapely import LineString, MultiLineString, MultiPolygon, Polygon

    from roadalign.model.run import InputRecord

    Land: TypeAlias = Polygon | MultiPolygon


@dataclass(frozen=True)
class Plan:
    """One side's plan, ready to be compared.

    Parameters
    ----------
    name
        Name of the side, e.g. ``"jinshan"``.
    roads
        The canonical road table in the working CRS, only what lies near the boundary.
    extent
        Bounds ``(xmin, ymin, xmax, ymax)`` of *all* layers of the side in the working CRS, so
        that an end at the edge of the data can be told from a dead end; ``None`` if unknown.
    inputs
        One record per layer.
    numbers
        Bounds of all layers in their own numbers, ``None`` if unknown.
    """

    name: str
    roads: gpd.GeoDataFrame
    extent: tuple[float, float, float, float] | None
    inputs: tuple[InputRecord, ...]
    numbers: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Network:
    """The roads there are, whole, near the boundary: the third witness.

    Parameters
    ----------
    roads
        Columns of `roadalign.model.tables.NETWORK_COLUMNS`, then ``nodes`` and the geometry
        (LineString, working CRS). ``nodes`` holds per way an array of int64, one id per vertex,
        or ``None`` where the format knows none: ways with a common id are joined there, and
        only there. Ids below zero are made up for vertices that are certainly no junction.
    barriers
        Columns of `roadalign.model.tables.BARRIER_COLUMNS` and points.
    attribution
        Whom to name wherever the network is shown.
    places
        Columns of `roadalign.model.tables.PLACE_COLUMNS` and points, ``None`` where the format
        holds none.
    inputs
        One record per file or layer.
    """

    roads: gpd.GeoDataFrame
    barriers: gpd.GeoDataFrame
    attribution: str
    places: gpd.GeoDataFrame | None = None
    inputs: tuple[InputRecord, ...] = ()


@dataclass(frozen=True)
class Constraints:
    """Areas near the boundary that a road may have to cross.

    Parameters
    ----------
    areas
        Columns of `roadalign.model.tables.CONSTRAINT_COLUMNS` and valid polygons, working CRS.
    inputs
        One record per layer.
    """

    areas: gpd.GeoDataFrame
    inputs: tuple[InputRecord, ...] = ()


@dataclass(frozen=True)
class Weights:
    """People or jobs near the boundary.

    Parameters
    ----------
    points
        ``weight`` (not negative, in the unit of the source) and points, working CRS.
    inputs
        One record per layer.
    """

    points: gpd.GeoDataFrame
    inputs: tuple[InputRecord, ...] = ()


@dataclass(frozen=True)
class Boundary:
    """The common line, in the working CRS.

    Parameters
    ----------
    name
        How the boundary is called in settings and outputs.
    line
        The line, in metres; chainage counts from its start.
    crs
        The working CRS.
    area_a, area_b
        The two sides' land where polygons were given.
    strip_width_max_m, strip_width_median_m
        Width of the strip where the two sides' polygons do not fit; ``None`` where one line was
        given.
    strip
        That strip as an area, ``None`` where there is none.
    inputs
        One record per layer read.
    """

    name: str
    line: LineString | MultiLineString
    crs: CRS
    area_a: Polygon | MultiPolygon | None = None
    area_b: Polygon | MultiPolygon | None = None
    strip_width_max_m: float | None = None
    strip_width_median_m: float | None = None
    strip: Polygon | MultiPolygon | None = None
    inputs: tuple[InputRecord, ...] = ()


@dataclass(frozen=True)
class Background:
    """What a map shows behind the two plans, in the working CRS; all of it may be absent.

    Parameters
    ----------
    land_a, land_b
        Each side's land near the boundary.
    band_m
        Width of the land on either side where no areas were given, and it only tells which side of
        the line is whose; ``None`` where they were.
    network
        Existing roads: columns ``kind`` and the geometry.
    areas
        Areas that a road may have to cross: column ``kind`` and the geometry.
    places
        Columns of `roadalign.model.tables.PLACE_COLUMNS` and points.
    """

    land_a: Land | None = None
    land_b: Land | None = None
    band_m: float | None = None
    network: gpd.GeoDataFrame | None = None
    areas: gpd.GeoDataFrame | None = None
    places: gpd.GeoDataFrame | None = None


@dataclass(frozen=True)
class Result:
    """Everything one run found. See DESIGN of the tables in `roadalign.model.tables`.

    Parameters
    ----------
    run
        Program and schema version, time, inputs, settings in full.
    names
        Names of the two sides, A first.
    boundary
        The common line.
    docking_points, approaches, links, constraints_crossed, findings
        Tables of `roadalign.model.tables`, in the working CRS (findings at their docking point).
    roads_a, roads_b
        The canonical road tables the run compared, for maps.
    summary
        Docking rate and counts; plain numbers and dictionaries.
    background
        What a map shows behind the plans.
    history
        Of a run with a predecessor: every docking point of all versions so far, those gone
        included, with its verdicts over time; plain values. Else empty.
    """

    run: dict[str, Any]
    names: tuple[str, str]
    boundary: Boundary
    docking_points: gpd.GeoDataFrame
    approaches: gpd.GeoDataFrame
    links: gpd.GeoDataFrame
    constraints_crossed: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame
    roads_a: gpd.GeoDataFrame
    roads_b: gpd.GeoDataFrame
    summary: dict[str, Any]
    background: Background = field(default_factory=Background)
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unresolved(self) -> pd.DataFrame:
        """Docking points that are open: mismatched, missing or ambiguous, whatever was decided."""
        points: pd.DataFrame = self.docking_points
        return points[points["verdict"].isin(OPEN)]

    @property
    def waiting(self) -> pd.DataFrame:
        """Docking points that wait for data: undetermined."""
        points: pd.DataFrame = self.docking_points
        return points[points["verdict"] == str(Verdict.UNDETERMINED)]
