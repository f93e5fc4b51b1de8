"""``report.json``: everything one run found, as typed records.

The rows of its tables are made from ``standards/columns.toml``; the JSON Schema follows from the
types, so neither can drift from what is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, TypeAlias, Union

import msgspec
from msgspec import Meta

from roadalign.model.columns import columns_of
from roadalign.model.members import (
    Day,
    Length,
    LineString,
    MultiLineString,
    MultiPolygon,
    Names,
    Point,
    Polygon,
    Record,
)
from roadalign.model.run import RunRecord
from roadalign.model.schemas import json_schema
from roadalign.model.summary import Summary
from roadalign.model.words import WORDS, Severity, Verdict

if TYPE_CHECKING:
    from roadalign.model.columns import Column


class Alternative(Record, frozen=True):
    """A road that could be meant instead, with the measures the docking point would then have.

    Parameters
    ----------
    side
        Side of the road.
    fid
        Its feature.
    offset_m, gap_m, deflection_deg
        As of a docking point.
    """

    side: Literal["a", "b"]
    fid: str
    offset_m: float
    gap_m: float
    deflection_deg: Annotated[float, Meta(ge=0, le=180)]


def alternatives_text(alternatives: list[dict[str, Any]] | None) -> str | None:
    """Return alternatives as a text for tables without records, several joined by ``; ``."""
    if not alternatives:
        return None
    return "; ".join(
        f"{one['side']}:{one['fid']} (offset_m {one['offset_m']:.1f}, "
        f"gap_m {one['gap_m']:.1f}, deflection_deg {one['deflection_deg']:.1f})"
        for one in alternatives
    )


class BoundaryRecord(Record, frozen=True):
    """The common line.

    Parameters
    ----------
    name
        What it is called.
    crs
        The working coordinate system.
    length_m
        Its length.
    strip_width_max_m, strip_width_median_m
        Of the strip between the two sides' areas; null where one line was given.
    geometry
        The line.
    """

    name: str
    crs: str
    length_m: Length
    strip_width_max_m: float | None
    strip_width_median_m: float | None
    geometry: LineString | MultiLineString


class PastState(Record, frozen=True):
    """A docking point at one run.

    Parameters
    ----------
    time
        Of the run.
    verdict, severity
        Then.
    unresolved
        Whether it was open then: one that waits for data is not.
    """

    time: str
    verdict: Verdict
    severity: Severity
    unresolved: bool


def _cell_type(column: Column) -> Any:
    """Return the type of one cell of a row."""
    described = Meta(description=column.description.en)
    kind: Any
    if column.type == "record_list":
        kind = list[Alternative]
    elif column.type == "text_list" or column.list_on_points:
        kind = Annotated[list[str], Meta(min_length=1)]
    elif column.words is not None:
        kind = Literal[tuple(str(word) for word in WORDS[column.words])]
    elif column.type in {"integer", "number"}:
        number: Any = int if column.type == "integer" else float
        bounds = {"ge": column.minimum, "le": column.maximum}
        limits: dict[str, Any] = {
            key: number(value) for key, value in bounds.items() if value is not None
        }
        kind = Annotated[number, Meta(**limits)] if limits else number
    else:
        kind = bool if column.type in {"boolean", "flag"} else str
    return Annotated[kind if column.known else Optional[kind], described]  # noqa: UP045  (a value)


def _row_type(name: str, table: str, geometry: Any) -> Any:
    """Return the record type of the rows of one table."""
    cells = [(key, _cell_type(column)) for key, column in columns_of(table).items()]
    place = Annotated[geometry, Meta(description="Where it lies, WGS 84.")]
    return msgspec.defstruct(
        name, [*cells, ("geometry", place)], bases=(Record,), frozen=True, kw_only=True
    )


def _history_type() -> Any:
    """Return the record type of one docking point of all versions so far."""
    identifying = {key: one for key, one in columns_of("side").items() if one.identifies}
    roads = [
        (f"{side}_{key}", _cell_type(msgspec.structs.replace(column, known=False)))
        for side in ("a", "b")
        for key, column in identifying.items()
    ]
    own = [
        ("id", Annotated[str, Meta(description="Of the docking point.")]),
        ("lon", Annotated[float, Meta(ge=-180, le=180, description="Longitude, WGS 84.")]),
        ("lat", Annotated[float, Meta(ge=-90, le=90, description="Latitude, WGS 84.")]),
        (
            "axis_deg",
            Annotated[
                float, Meta(ge=0, le=360, description="Bearing in which A's road goes to B.")
            ],
        ),
        *roads,
        ("first_seen", Annotated[Day, Meta(description="Day of the first run that had it.")]),
        ("last_seen", Annotated[Day, Meta(description="Day of the last run that had it.")]),
        ("gone", Annotated[bool, Meta(description="Whether the last run does not have it.")]),
        (
            "states",
            Annotated[
                list[PastState],
                Meta(min_length=1, description="Its verdicts over time, oldest first."),
            ],
        ),
    ]
    return msgspec.defstruct("PastPoint", own, bases=(Record,), frozen=True, kw_only=True)


if TYPE_CHECKING:
    DockingPoint: TypeAlias = Any
    Approach: TypeAlias = Any
    Link: TypeAlias = Any
    Crossing: TypeAlias = Any
    Finding: TypeAlias = Any
    PastPoint: TypeAlias = Any
else:
    DockingPoint = _row_type("DockingPoint", "docking_point", Point)
    Approach = _row_type("Approach", "approach", Point)
    Link = _row_type("Link", "link", LineString)
    Crossing = _row_type("Crossing", "crossing", Union[Polygon, MultiPolygon])  # noqa: UP007
    Finding = _row_type("Finding", "finding", Optional[Point])  # noqa: UP045
    PastPoint = _history_type()


class Report(Record, frozen=True):
    """Everything one run found.

    Parameters
    ----------
    run
        What is to be known of the run.
    names
        Of the two sides, A first.
    boundary
        The common line.
    summary
        What was found, in short.
    docking_points
        Where approaches of the two sides meet, or one arrives alone.
    approaches
        Where the roads of each side reach the boundary.
    links
        Lines between the two sides of a docking point.
    constraints_crossed
        What a link or a proposal takes of each kind of area.
    findings
        One row per rule that spoke.
    history
        Docking points of all versions so far.
    """

    run: RunRecord
    names: Names
    boundary: BoundaryRecord
    summary: Summary
    docking_points: list[DockingPoint]
    approaches: list[Approach]
    links: list[Link]
    constraints_crossed: list[Crossing]
    findings: list[Finding]
    history: list[PastPoint]


REPORT_TABLES = {
    "docking_points": "docking_point",
    "approaches": "approach",
    "links": "link",
    "constraints_crossed": "crossing",
    "findings": "finding",
}
"""Members of a report that are tables, with their names in `roadalign.model.columns.TABLES`."""


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``report.json``."""
    return json_schema(Report, title="roadalign report")
