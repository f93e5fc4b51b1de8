"""What a report says of the run itself: inputs, settings, what was looked at beside the plans."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from roadalign.model.members import (
    Count,
    Day,
    Latitude,
    Length,
    Longitude,
    Moment,
    Move,
    Names,
    Record,
    Sha256,
)
from roadalign.model.words import Change, Decision, Role, Severity, Stage

SCHEMA_VERSION = "2.0"
"""Version of the tables and of report.json; the first number changes when a reader must change."""


class InputNote(msgspec.Struct, frozen=True):
    """Something the reader noticed in a file: it becomes a finding of the I family.

    Parameters
    ----------
    rule
        Code of the rule that will speak, e.g. ``"I04"``.
    severity
        How bad it is.
    key
        Name of the message in ``locales/<language>/notes.toml``.
    values
        Values of the message's placeholders.
    count
        How many features it concerns.
    """

    rule: str
    severity: Severity
    key: str
    values: dict[str, Any] = {}
    count: Count | None = None


class InputRecord(Record, frozen=True):
    """One layer as it was read.

    Parameters
    ----------
    role
        What it was given as.
    path, layer
        The source as the user named it (never an absolute path the user did not write).
    size_bytes, sha256
        Of the file on disk (of all the files of a shapefile together, sorted by name);
        null where a table in memory was given.
    driver
        GDAL's name of the format.
    crs, crs_how
        The coordinate system, and ``stated`` or ``assumed``.
    encoding, encoding_how
        Of the attribute texts, and how that was decided.
    features_total, features_read, parts
        In the layer, near the boundary, and line parts after splitting multi-parts.
    fields
        Canonical column to source field.
    notes
        What the reader noticed.
    """

    role: Role
    path: str
    layer: str
    size_bytes: Count | None
    sha256: Sha256 | None
    driver: str
    crs: str
    crs_how: str
    encoding: str
    encoding_how: str
    features_total: Count
    features_read: Count
    parts: Count
    fields: dict[str, str]
    notes: tuple[InputNote, ...] = ()


class NetworkRecord(Record, frozen=True):
    """The existing roads that were looked at.

    Parameters
    ----------
    attribution
        Whom to name wherever they are shown.
    roads, edges, nodes
        How many.
    """

    attribution: str
    roads: Count
    edges: Count
    nodes: Count


class LedgerPlace(Record, frozen=True):
    """Where a docking point lay when something was written of it.

    Parameters
    ----------
    chainage_m, lon, lat
        As of a docking point.
    roads
        What the two sides called their roads.
    """

    chainage_m: float
    lon: Longitude
    lat: Latitude
    roads: Names


class LedgerEntry(Record, frozen=True):
    """What is in force of one docking point.

    Parameters
    ----------
    id
        Of the docking point.
    decision, stage
        What was decided, and how far it has come.
    responsible_a, responsible_b
        Offices.
    due
        Day by which it is to be done.
    note
        What else was written.
    updated, source
        When, and from which file.
    place
        Where the point lay then.
    """

    id: str
    decision: Decision | None
    stage: Stage | None
    responsible_a: str
    responsible_b: str
    due: str | None
    note: str
    updated: str
    source: str
    place: LedgerPlace | None


class LedgerRecord(Record, frozen=True):
    """The ledger that was looked at.

    Parameters
    ----------
    file, sha256
        Its name and checksum.
    events
        How many lines of it.
    left_out, lines_left_out
        Numbers of the first lines that could not be read, and how many could not.
    entries
        What is in force of the docking points of this run.
    elsewhere
        What is in force of others.
    """

    file: str
    sha256: str
    events: Count
    left_out: list[Count]
    lines_left_out: Count
    entries: list[LedgerEntry]
    elsewhere: list[LedgerEntry]


class SinceRecord(Record, frozen=True):
    """The earlier run that this one is compared with.

    Parameters
    ----------
    time, version
        Of that run and its program.
    names, boundary
        Of that run.
    counts
        Docking points by what became of them.
    gone
        Ids of those that are no more, the roads of both sides being gone.
    lost
        Ids of those at which one side's road is gone and the other's, unchanged, asks for nothing.
    older_verdicts
        Whether that run does not say what its verdicts compared, so that whether a point got
        better or worse is not always known.
    shift_east_m, shift_north_m
        Of the new version as a whole against the old one.
    differing, all
        How many differ, of how many.
    jump
        Whether more differ than can be real changes.
    """

    time: str
    version: str
    names: Names
    boundary: str
    counts: dict[Change, Count]
    gone: list[str]
    lost: list[str]
    older_verdicts: bool
    shift_east_m: float
    shift_north_m: float
    differing: Count
    all: Count
    jump: bool


class TrialRecord(Record, frozen=True):
    """One way in which a side was read for a trial.

    Parameters
    ----------
    side, reading
        Which side, and how.
    points, agreeing
        Docking points, and those whose ends met.
    displacement_m
        How far the side would be moved.
    """

    side: Literal["", "a", "b"]
    reading: str
    points: Count
    agreeing: Count
    displacement_m: Length


class PositionRecord(Record, frozen=True):
    """What is known of the positions of the two sides.

    Parameters
    ----------
    accuracy_a_m, accuracy_b_m
        As set.
    widened_m
        Added to the limits of positions.
    shift_east_m, shift_north_m
        Of B against A as a whole; 0 where none is certain.
    scatter_m
        Robust standard deviation of the offsets left.
    pairs, agreeing
        Pairs, and those that share the shift.
    readings
        Each way the sides were read for a trial.
    accepted
        Place in `readings` of the one that explains the layers.
    moved_a_m, moved_b_m
        How far a side was moved as told, east and north.
    """

    accuracy_a_m: Length
    accuracy_b_m: Length
    widened_m: Length
    shift_east_m: float
    shift_north_m: float
    scatter_m: float | None
    pairs: Count
    agreeing: Count
    readings: list[TrialRecord]
    accepted: Annotated[int, Meta(ge=1)] | None
    moved_a_m: Move
    moved_b_m: Move


class FeatureDigests(Record, frozen=True):
    """What each side's features near the boundary come to, stretch by stretch.

    Parameters
    ----------
    boundary
        Digest of the line.
    stretch_m
        Length of a stretch.
    a, b
        Digest of each stretch, in the order of chainage; empty where a side has no feature near.
    """

    boundary: str
    stretch_m: Length
    a: list[str]
    b: list[str]


class RunRecord(Record, frozen=True):
    """What is to be known of a run.

    Parameters
    ----------
    id
        Of the run; every file it writes carries it.
    program, version, schema_version
        What wrote it.
    time
        When, UTC.
    names
        Of the two sides, A first.
    crs
        The working coordinate system.
    as_of
        Day from which years count.
    inputs
        Every layer as it was read.
    settings
        In full.
    limits
        Those in force.
    network, ledger, since
        What was looked at beside the plans; null where it was not given.
    features
        What each side draws and says along the boundary, to be told apart from another run.
    position
        What is known of the positions of the two sides.
    """

    id: Annotated[str, Meta(pattern="^R-[0-9A-Z]{10}$")]
    program: Literal["roadalign"]
    version: str
    schema_version: Literal["2.0"]
    time: Moment
    names: Names
    crs: str
    as_of: Day
    inputs: list[InputRecord]
    settings: dict[str, Any]
    limits: dict[str, float]
    position: PositionRecord
    features: FeatureDigests
    network: NetworkRecord | None
    ledger: LedgerRecord | None
    since: SinceRecord | None
