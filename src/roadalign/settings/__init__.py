"""``align.toml`` and options become `Settings`: validated, every key documented.

A limit is known by its name alone, see `roadalign.settings.limits`. One set for one boundary
under ``[limits.by_boundary.NAME]`` wins over one set under ``[limits]``, and that over the default.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.errors import InputError
from roadalign.model.basemap import parse_basemap, without_key
from roadalign.model.words import DECIDING
from roadalign.safety.bounds import MOST_DEPTH, require_bounded, require_names, shortened
from roadalign.safety.regular_files import read_regular_file
from roadalign.settings.comparison import (
    DECIDING_COLUMNS,
    NEEDED_COLUMNS,
    check_comparison,
    check_defaults,
    parse_day,
)
from roadalign.settings.limits import Limits, check_limits, require_range
from roadalign.settings.sides import LEAST_YEAR, MOST_YEAR
from roadalign.settings.sides import SideSettings as SideSettings
from roadalign.standards import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


DEFAULT_WEIGHTS = {
    "severity": 35.0,
    "class": 20.0,
    "benefit": 15.0,
    "timing": 10.0,
    "certainty": 10.0,
    "ease": 10.0,
}
MOST_BYTES = 4 << 20
"""A settings file is no larger."""

MOST_ACCURACY_M, MOST_BAND_KM, MOST_WEIGHT = 10_000.0, 1000.0, 1e6

RANKING_PARTS = tuple(DEFAULT_WEIGHTS)
"""What the priority of a docking point is made of; see `roadalign.assessment.priority`."""


class BoundarySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the boundary comes from.

    Parameters
    ----------
    file
        One line, or two polygons (A first), as a source; two sources joined by ``+`` also do.
    name
        How the boundary is called, e.g. in ``[limits.by_boundary.NAME]``.
    crs
        Coordinate system to assume where the file states none.
    """

    file: str | None = None
    name: str | None = None
    crs: str | None = None


class NetworkSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The existing roads, and how their files are to be read.

    Parameters
    ----------
    files
        Sources of OpenStreetMap roads, e.g. one per province; none: no network.
    band_km
        How far from the boundary roads are read; a way around that leaves the band is not found.
    crs
        Coordinate system to assume where a layer states none.
    encoding
        Encoding of the attribute texts; default: found out.
    attribution
        Whose the roads are, as every output that shows them says; default: OpenStreetMap's line.
    """

    files: list[str] = []
    band_km: float = 10.0
    crs: str | None = None
    encoding: str | None = None
    attribution: str | None = None


class WeightsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """People or jobs, for what a link would give them; needs the network.

    Parameters
    ----------
    file
        ``file``, ``file.gpkg:layer``, folder or ``.zip`` with points, or areas taken as points.
    field
        The field that says how much each of them weighs.
    crs
        Coordinate system to assume where a layer states none.
    """

    file: str | None = None
    field: str = "weight"
    crs: str | None = None


class ConstraintSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One source of areas that a road may have to cross.

    Parameters
    ----------
    file
        ``file``, ``file.gpkg:layer``, folder or ``.zip`` with polygons.
    kind
        What they are: a name of ``standards/constraints.toml``, e.g. ``"farmland"``.
    crs
        Coordinate system to assume where a layer states none.
    """

    file: str
    kind: str
    crs: str | None = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that steers a run.

    Parameters
    ----------
    a, b
        The two sides.
    boundary
        The common line.
    network
        The existing roads.
    weights
        People or jobs.
    ranking
        Weights of the parts of the priority by name, see `roadalign.assessment.priority.PARTS`.
    constraint
        Areas that a road may have to cross.
    lang
        Language of messages and of the map when it opens: ``"en"`` or ``"zh"``.
    out
        Output folder.
    only
        Codes or families of rules to run, e.g. ``["G", "S02"]``; empty runs all.
    aspects
        What decides a verdict: some of ``place``, ``section``, ``timing``.
    deciding
        Canonical columns that decide: one that only one side states makes its aspect unknown.
    needed
        Canonical columns that both sides have to state, several joined by ``|`` where one of them
        is enough; a year only of what is not yet built.
    as_of
        Day from which years count, e.g. ``"2026-11-29"``; default: the day of the run.
    map_note
        A line printed on the map, e.g. an approval number.
    basemap
        Tiles behind the map: ``"none"``, ``"osm"``, ``"tianditu:KEY"``, ``"gaode"`` or an address
        with ``{z}``, ``{x}`` and ``{y}``; see `roadalign.model.basemap`. Whoever opens a map with
        tiles is seen by their server.
    ledger
        Register of what was decided of the docking points; see `roadalign.ledger.store`.
    shift
        What to do about a constant shift of a whole side: ``""`` says it and moves nothing,
        ``"auto"`` moves the side that then fits the boundary better, or both by half where that
        does not tell, ``"a"`` or ``"b"`` moves that side alone. Every output says so.
    since
        An earlier run, its ``report.json`` or output folder: docking points keep its ids. It may
        be the folder ``out`` itself.
    limits
        Names of ``standards/limits.toml`` with other values, and ``by_boundary``.
    """

    a: SideSettings = SideSettings()
    b: SideSettings = SideSettings()
    boundary: BoundarySettings = BoundarySettings()
    network: NetworkSettings = NetworkSettings()
    weights: WeightsSettings = WeightsSettings()
    ranking: dict[str, float] = {}
    constraint: list[ConstraintSettings] = []
    lang: str = "en"
    out: str | None = None
    only: list[str] = []
    aspects: list[str] = msgspec.field(default_factory=lambda: [str(one) for one in DECIDING])
    deciding: list[str] = msgspec.field(default_factory=lambda: list(DECIDING_COLUMNS))
    needed: list[str] = msgspec.field(default_factory=lambda: list(NEEDED_COLUMNS))
    as_of: str = ""
    map_note: str = ""
    basemap: str = "none"
    ledger: str | None = None
    shift: str = ""
    since: str | None = None
    limits: dict[str, Any] = {}

    def __post_init__(self) -> None:
        """Refuse limits that do not exist, and numbers that are not what they count."""
        require_range("a.accuracy_m", self.a.accuracy_m, most=MOST_ACCURACY_M)
        require_range("b.accuracy_m", self.b.accuracy_m, most=MOST_ACCURACY_M)
        require_range("network.band_km", self.network.band_km, least=0.001, most=MOST_BAND_KM)
        for side in ("a", "b"):
            for period, year in getattr(self, side).periods.items():
                key = f"{side}.periods.{shortened(period)}"
                require_range(key, year, least=LEAST_YEAR, most=MOST_YEAR)
                if not period.strip():
                    raise InputError("bad_setting", where="align.toml", problem=key)
        for part, weight in self.ranking.items():
            if part not in RANKING_PARTS:
                problem = f"ranking.{shortened(part)} ({', '.join(RANKING_PARTS)})"
                raise InputError("bad_setting", where="align.toml", problem=problem)
            require_range(f"ranking.{part}", weight, most=MOST_WEIGHT)
        for one in self.constraint:
            if one.kind not in table("constraints"):
                known = ", ".join(table("constraints"))
                raise InputError("unknown_constraint", where=one.file, kind=one.kind, known=known)
        for key, source in self._sources():
            require_names(source, key=key)
        parse_basemap(self.basemap)
        check_comparison(self.aspects, self.deciding, self.needed)
        check_defaults("a.defaults", self.a.defaults)
        check_defaults("b.defaults", self.b.defaults)
        parse_day(self.as_of)
        check_limits({k: v for k, v in self.limits.items() if k != "by_boundary"})
        by_boundary = self.limits.get("by_boundary", {})
        for name, overrides in _table("limits.by_boundary", by_boundary).items():
            check_limits(_table(f"limits.by_boundary.{name}", overrides))

    def _sources(self) -> Iterator[tuple[str, str]]:
        """Yield everything that names a file or folder, with its key."""
        single = {
            "boundary.file": self.boundary.file,
            "weights.file": self.weights.file,
            "out": self.out,
            "ledger": self.ledger,
            "since": self.since,
        }
        yield from ((key, source) for key, source in single.items() if source)
        yield from (("a.plan", source) for source in self.a.plan)
        yield from (("b.plan", source) for source in self.b.plan)
        yield from (("network.files", source) for source in self.network.files)
        yield from (("constraint.file", one.file) for one in self.constraint)

    def limits_for(self, boundary_name: str | None) -> Limits:
        """Return every limit in force for one boundary."""
        values = {name: entry["value"] for name, entry in table("limits").items()}
        values |= {k: v for k, v in self.limits.items() if k != "by_boundary"}
        values |= self.limits.get("by_boundary", {}).get(boundary_name, {})
        return Limits(values)


def _table(key: str, value: Any) -> dict[str, Any]:
    """Return a value that has to be a table; raise `InputError` where it is none."""
    if not isinstance(value, dict):
        problem = f"{shortened(key)} = {shortened(value)}"
        raise InputError("bad_setting", where="align.toml", problem=problem)
    return value


def parse_settings(data: dict[str, Any], *, where: str) -> Settings:
    """Make `Settings` of plain dictionaries.

    Parameters
    ----------
    data
        What ``align.toml`` holds.
    where
        What to call it in an error.
    """
    require_bounded(data, where=where)
    try:
        settings = msgspec.convert(data, Settings)
    except msgspec.ValidationError as problem:
        raise InputError(
            "bad_setting", where=where, problem=shortened(str(problem), letters=200)
        ) from None
    except UnicodeEncodeError:  # half of a character, as only a program can give it
        raise InputError("bad_setting", where=where, problem="surrogates not allowed") from None
    if settings.lang not in ("en", "zh"):
        raise InputError("bad_setting", where=where, problem=f"lang = {shortened(settings.lang)}")
    if settings.shift not in ("", "auto", "a", "b"):
        raise InputError("bad_setting", where=where, problem=f"shift = {shortened(settings.shift)}")
    return settings


def settings_to_read(settings: Settings, side: str, reading: str) -> Settings:
    """Return the settings with one side's layers read as if they were in another system.

    Parameters
    ----------
    settings
        The settings.
    side
        ``"a"`` or ``"b"``.
    reading
        As ``assume_crs`` of `SideSettings` takes it.
    """
    own = msgspec.structs.replace(getattr(settings, side), assume_crs=reading)
    return msgspec.structs.replace(settings, **{side: own})


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, for `parse_settings`.

    Parameters
    ----------
    path
        The file. Sources in it are relative to its folder; making them so is the caller's.
    """
    content = read_regular_file(path, label=path, limit_bytes=MOST_BYTES)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise InputError("setting_deep", where=path, key="—", value="", depth=MOST_DEPTH) from None
    except ValueError as problem:  # of TOML, of UTF-8, or of a number with a thousand digits
        raise InputError(
            "bad_toml", where=path, problem=shortened(str(problem), letters=200)
        ) from None


def as_plain(settings: Settings) -> dict[str, Any]:
    """Return `settings` as plain dictionaries, for report.json; nobody's key is among them."""
    plain: dict[str, Any] = msgspec.to_builtins(settings)
    return plain | {"basemap": without_key(settings.basemap)}
