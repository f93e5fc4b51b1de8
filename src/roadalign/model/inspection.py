"""What the program understands of one layer: the records behind ``align inspect``.

They hold keys and numbers, no sentences; ``outputs/inspection/`` says them in a language. The
names of the parts below are the keys of ``align inspect --json``.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something `align check` would refuse.

    Parameters
    ----------
    key
        Name of the message in ``locales/<language>/errors.toml``.
    where
        The file, layer or setting it speaks of.
    values
        Values of the message's placeholders.
    """

    key: str
    where: str
    values: dict[str, Any] = {}


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A coordinate system that the numbers of a layer fit.

    Parameters
    ----------
    code, title
        Its code, e.g. ``EPSG:4549``, and its name.
    """

    code: str
    title: str


class CrsReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a layer's coordinate system.

    Parameters
    ----------
    name
        ``EPSG:…`` where it has a code, its title otherwise; ``None`` where none is known.
    title
        Its name in full.
    how
        ``stated`` by the file, ``assumed`` as set, or ``missing``.
    verdict
        ``plausible``; ``impossible`` where the numbers cannot be in it; ``outside`` its area of
        use; ``far`` from the boundary; ``missing``; ``unknown`` where there are no numbers.
    looks_like
        What the bare numbers look like, see `roadalign.georeferencing.crs.looks_like`.
    candidates
        Systems the numbers fit, best first; empty where the verdict is ``plausible``.
    """

    name: str | None
    title: str | None
    how: str
    verdict: str
    looks_like: str = "unknown"
    candidates: tuple[Candidate, ...] = ()


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """Where the features of a layer lie.

    Parameters
    ----------
    bounds
        West, south, east, north in the layer's own numbers.
    lonlat_deg
        The same in longitude and latitude, ``None`` where no coordinate system is known.
    width_km, height_km
        Along the middle parallel and from south to north, on the ellipsoid.
    """

    bounds: tuple[float, float, float, float]
    lonlat_deg: tuple[float, float, float, float] | None = None
    width_km: float | None = None
    height_km: float | None = None


class TextCount(msgspec.Struct, frozen=True, kw_only=True):
    """A text of the source and how many features hold it.

    Parameters
    ----------
    text, count
        The text, and in how many features it stands.
    """

    text: str
    count: int


class FieldReport(msgspec.Struct, frozen=True, kw_only=True):
    """One source field read as one canonical column.

    Parameters
    ----------
    column
        Canonical column, or one of the helpers ``highway``, ``bridge``, ``tunnel``.
    field
        The source field.
    how
        ``set`` in align.toml, ``dictionary``, or ``cut`` where the beginning of a spelling was
        recognised.
    filled
        Features that say something.
    understood
        Those of them whose text was understood.
    """

    column: str
    field: str
    how: str
    filled: int
    understood: int


class DoubtReport(msgspec.Struct, frozen=True, kw_only=True):
    """Texts of one source field that nobody understood.

    Parameters
    ----------
    columns
        Canonical columns the field was read for.
    field
        The source field.
    count
        How many features.
    kinds
        How many different texts.
    texts
        The most frequent ones.
    """

    columns: tuple[str, ...]
    field: str
    count: int
    kinds: int
    texts: tuple[TextCount, ...]


class FieldGuess(msgspec.Struct, frozen=True, kw_only=True):
    """A field that is not read, but whose name and texts resemble a column.

    Parameters
    ----------
    column
        Canonical column.
    field
        The source field.
    filled, understood
        As in `FieldReport`, were it read so.
    """

    column: str
    field: str
    filled: int
    understood: int


class GeometryFault(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of oddity of the geometry.

    Parameters
    ----------
    kind
        ``z``, ``m``, ``multipart``, ``missing`` (no geometry or an empty one), ``not_finite``,
        ``zero_length``, ``repeated_points``, ``duplicates``, ``self_crossing``, ``points``,
        ``polygons``, ``no_place`` (outside the coordinate system's reach), ``unread`` (announced
        by the file, but not there: damaged or deleted), or what does not fit together in the file:
        ``features_damaged``, ``features_outside``, ``features_deleted``, ``index_differs`` or
        ``count_differs``; of an OpenStreetMap file also ``ways_incomplete``, ``ways_without_line``,
        ``ways_deleted`` and ``ways_older``; of what lies beside the layer and was not read,
        ``links_not_followed`` and ``not_opened``.
    count
        Features for ``z``, ``m``, ``multipart``, ``repeated_points``, ``unread`` and what does not
        fit together; parts otherwise.
    named
        The first few, where they have names.
    """

    kind: str
    count: int
    named: str = ""


class BoundaryReach(msgspec.Struct, frozen=True, kw_only=True):
    """How a layer's roads lie to the boundary.

    Parameters
    ----------
    name
        Name of the boundary.
    near, near_m
        Features within the distance in which roads are read, and that distance.
    at, at_m
        Features within touching distance, and that distance.
    distance_km, bearing_deg, compass
        From the boundary to the layer's extent, and in which direction; 0 km where they meet.
    covered_m, covered_share, covered_by_class
        Share of the boundary with a road of the layer within that distance, also by rank of the
        class (and ``unknown``).
    gaps
        Stretches without any, from chainage to chainage in metres, that are long enough to put
        in doubt what is missing there.
    """

    name: str
    near: int
    near_m: float
    at: int
    at_m: float
    distance_km: float | None = None
    bearing_deg: float | None = None
    compass: str | None = None
    covered_m: float | None = None
    covered_share: float | None = None
    covered_by_class: dict[str, float] = {}
    gaps: tuple[tuple[float, float], ...] = ()


class ReadingScore(msgspec.Struct, frozen=True, kw_only=True):
    """How well a layer lies on the existing roads in one way to read it.

    Parameters
    ----------
    reading
        As ``assume_crs`` takes it; empty for the layer as it is.
    share
        Share of its length near the boundary that lies on an existing road.
    length_km
        That length.
    problem
        Why it could not be tried, as kind and message of the error; empty where it could.
    """

    reading: str
    share: float
    length_km: float
    problem: str = ""


class LayerReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the program understands of one layer.

    Parameters
    ----------
    source
        The layer as the user named it.
    layer
        Its name inside the file.
    readable
        Whether its features could be read; if not, `problems` says why.
    problems
        What `align check` would refuse.
    driver
        GDAL's name of the format, ``Parquet`` or ``memory``.
    encoding, encoding_how
        Of the texts, and how it was decided: ``stated`` (in align.toml), ``cpg`` (the file
        beside), ``found`` (in the bytes), ``ascii`` (nothing to decode), ``format`` (it knows).
    encoding_doubt
        What the bytes look like where that contradicts what was said.
    crs
        Its coordinate system.
    extent
        Where its features lie.
    geometry_type
        As the file declares it.
    features, parts
        Features, and lines after splitting multi-parts.
    length_km
        Of all lines, on the ellipsoid; ``None`` where no coordinate system is known.
    fields
        Fields that are read.
    doubts
        Texts that were not understood.
    unused
        Fields that are not read.
    guesses
        Fields among these that seem to hold a column that is missing.
    missing
        Canonical columns without a field.
    faults
        Oddities of the geometry.
    boundary
        Roads at the boundary, where one was given.
    readings
        How well it lies on the existing roads, where a network was given: as it is first.
    """

    source: str
    layer: str
    readable: bool = True
    problems: tuple[Problem, ...] = ()
    driver: str | None = None
    encoding: str | None = None
    encoding_how: str | None = None
    encoding_doubt: str | None = None
    crs: CrsReport | None = None
    extent: Extent | None = None
    geometry_type: str | None = None
    features: int | None = None
    parts: int | None = None
    length_km: float | None = None
    fields: tuple[FieldReport, ...] = ()
    doubts: tuple[DoubtReport, ...] = ()
    unused: tuple[str, ...] = ()
    guesses: tuple[FieldGuess, ...] = ()
    missing: tuple[str, ...] = ()
    faults: tuple[GeometryFault, ...] = ()
    boundary: BoundaryReach | None = None
    readings: tuple[ReadingScore, ...] = ()


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What the program understands of some layers: ``align inspect --json``.

    Parameters
    ----------
    program, version
        What wrote it.
    inspection_version
        The first number changes when a reader of the JSON must change.
    side
        Side that the layers were looked at as.
    layers
        One report per layer.
    align_toml
        Lines for align.toml that would settle what is wrong; empty where nothing is.
    """

    program: str
    version: str
    inspection_version: str
    side: str
    layers: tuple[LayerReport, ...]
    align_toml: str
