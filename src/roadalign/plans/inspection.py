"""What the program understands of layers, found out with the readers that ``check`` uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import msgspec
import pandas as pd

from roadalign.attributes.field_candidates import alike, confirmed
from roadalign.attributes.field_mapping import map_fields, spelled
from roadalign.attributes.road_attributes import Attributes, Doubt, read_attributes, stated_values
from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError, printable
from roadalign.formats.geometry_faults import geometry_faults
from roadalign.formats.layers import Layer, open_layer, read_layer
from roadalign.formats.line_parts import LineParts, line_parts
from roadalign.formats.sources import find_layers, single_sources
from roadalign.formats.text_encoding import doubted
from roadalign.model.columns import expected_columns, read_columns
from roadalign.model.inspection import (
    DoubtReport,
    FieldGuess,
    FieldReport,
    GeometryFault,
    LayerReport,
    Problem,
    ReadingScore,
    TextCount,
)
from roadalign.plans.crs_report import UnderstoodCrs, extent_of, length_km, reach, understood_crs
from roadalign.plans.trial_readings import reading_scores
from roadalign.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.formats.layer_source import LayerSource
    from roadalign.georeferencing.georeference import Georeference
    from roadalign.model.result import Boundary, Network
    from roadalign.settings import SideSettings

Source: TypeAlias = str | Path | gpd.GeoDataFrame

FAR_M = 1_500.0
"""A layer read otherwise lies up to this far from where it lies as it is."""

MOST_TEXTS = 20
"""Texts of one field that are listed one by one."""


def inspect(
    sources: Source | Sequence[Source],
    *,
    boundary: Source | None = None,
    network: Source | Sequence[Source] | None = None,
    side: str = "a",
    settings: Settings | None = None,
) -> list[LayerReport]:
    """Say what the program understands of some layers.

    Parameters
    ----------
    sources
        A path, ``file.gpkg:layer``, a folder, a ``.zip``, a GeoDataFrame, or several of these.
    boundary
        The common line, or the two sides' areas; tells which roads reach it, and makes the guess
        at a missing coordinate system surer.
    network
        The existing roads, in any form `roadalign.read_network` takes; tells whether the layer
        would lie on them better if it were read otherwise. Needs the boundary.
    side
        ``"a"`` or ``"b"``: whose settings apply.
    settings
        Default: all defaults.

    Returns
    -------
    list of roadalign.model.inspection.LayerReport
        One per layer, in the order given. A layer that cannot be read is one with
        ``readable`` false and the reason in ``problems``; the others are read all the same.

    Raises
    ------
    roadalign.errors.InputError
        If the boundary cannot be read, or a setting has no meaning.

    Examples
    --------
    >>> roadalign.inspect("plan.shp", boundary="line.geojson")[0].crs  # doctest: +SKIP
    """
    settings = settings or Settings()
    own: SideSettings = getattr(settings, side)
    stated = stated_values(own.values, where=f"[{side}.values]")
    line = None if boundary is None else read_boundary(boundary, settings=settings)
    roads = _roads(network, line, settings)
    given = [sources] if isinstance(sources, str | Path | gpd.GeoDataFrame) else [*sources]
    single = [one for source in given for one in single_sources(source)]
    opened = [one for source in single for one in _opened(source, own, side)]
    everywhere = {
        field for one in opened if not isinstance(one, LayerReport) for field in one.fields
    }
    reader = _Reader(side, own, stated, everywhere, settings, line, roads)
    return [one if isinstance(one, LayerReport) else reader.report(one) for one in opened]


def _roads(
    network: Source | Sequence[Source] | None, line: Boundary | None, settings: Settings
) -> Network | None:
    if network is None:
        return None
    if line is None:
        raise InputError("no_boundary_given", where="--boundary")
    from roadalign.network.read import read_network  # noqa: PLC0415  (pyosmium is heavy)

    band_m = settings.limits_for(line.name)["read_band_m"]
    given = [network] if isinstance(network, str | Path | gpd.GeoDataFrame) else [*network]
    return read_network(given, boundary=line, band_m=band_m + FAR_M, settings=settings.network)


def _opened(source: Source, own: SideSettings, side: str) -> list[Layer | LayerReport]:
    try:
        found = find_layers(source)
    except InputError as problem:
        return [_refused(str(source), Path(str(source)).name, problem)]
    return [_open(one, own, side) for one in found]


def _open(source: LayerSource, own: SideSettings, side: str) -> Layer | LayerReport:
    try:
        where = f"[{side}] encoding"
        return open_layer(source, encoding=own.encoding, where=where, osm_roads=True)
    except InputError as problem:
        return _refused(source.shown, source.layer, problem)


def _refused(source: str, layer: str, problem: InputError) -> LayerReport:
    return LayerReport(
        source=printable(source),
        layer=printable(layer),
        readable=False,
        problems=(as_problem(problem),),
    )


def as_problem(problem: InputError) -> Problem:
    """Return an error as a record, so that it can be said in any language later."""
    shown = {name: str(value) for name, value in problem.values.items()}
    return Problem(key=problem.key, where=printable(problem.where), values=shown)


@dataclass(frozen=True)
class _Reader:
    """What all layers of one call share."""

    side: str
    own: SideSettings
    stated: dict[str, dict[str, Any]]
    everywhere: set[str]
    settings: Settings
    boundary: Boundary | None
    network: Network | None

    def report(self, layer: Layer) -> LayerReport:
        """Return the report of one layer."""
        crs, refusal = understood_crs(
            layer, assumed=self.own.crs, told=self.own.assume_crs, boundary=self.boundary
        )
        head = _head(layer, crs)
        problems = [as_problem(refusal)] if refusal else []
        fields, problem = self._fields(layer)
        problems += [problem] if problem else []
        missing = [name for name in expected_columns() if name not in fields]
        unused = [name for name in layer.fields if name not in fields.values()]
        likely = alike(unused, columns=missing)
        try:
            frame = read_layer(layer, fields={*fields.values(), *likely}, flat=False)
        except InputError as failure:
            reasons = (*problems, as_problem(failure))
            return msgspec.structs.replace(head, readable=False, problems=reasons)
        parts = line_parts(frame.geometry.array)
        attributes = read_attributes(
            frame[[*dict.fromkeys(fields.values())]].reset_index(drop=True),
            fields,
            stated=self.stated,
            periods=self.own.periods,
        )
        head = msgspec.structs.replace(
            head,
            problems=tuple(problems),
            parts=len(parts.lines),
            fields=self._field_reports(layer, attributes),
            doubts=tuple(map(_doubt, attributes.doubts)),
            unused=tuple(unused),
            missing=tuple(missing),
            guesses=tuple(
                FieldGuess(
                    column=share.column,
                    field=share.field,
                    filled=share.filled,
                    understood=share.understood,
                )
                for share in confirmed(frame, likely)
            ),
        )
        ranks = [None if pd.isna(one) else int(one) for one in attributes.table["road_class"]]
        return self._placed(head, layer, frame, parts, ranks, crs.usable)

    def _fields(self, layer: Layer) -> tuple[dict[str, str], Problem | None]:
        """Return the mapping; fields the settings name may be in another layer of the side."""
        absent = self.everywhere.difference(layer.fields)
        named = {name: field for name, field in self.own.fields.items() if field not in absent}
        where, cut = f"[{self.side}.fields]", layer.source.dbf is not None
        try:
            return map_fields(layer.fields, stated=named, where=where, cut=cut), None
        except InputError as problem:
            here = {name: field for name, field in named.items() if field in layer.fields}
            here = {name: field for name, field in here.items() if name in read_columns()}
            found = map_fields(layer.fields, stated=here, where=where, cut=cut)
            return found, as_problem(problem)

    def _field_reports(self, layer: Layer, attributes: Attributes) -> tuple[FieldReport, ...]:
        return tuple(
            FieldReport(
                column=share.column,
                field=share.field,
                how=self._how(share.column, share.field),
                filled=share.filled,
                understood=share.understood,
            )
            for share in attributes.shares
            if share.field in layer.fields
        )

    def _how(self, column: str, field: str) -> str:
        if self.own.fields.get(column) == field:
            return "set"
        known = map(spelled, read_columns()[column].spellings)
        return "dictionary" if spelled(field) in known else "cut"

    def _placed(
        self,
        head: LayerReport,
        layer: Layer,
        frame: gpd.GeoDataFrame,
        parts: LineParts,
        ranks: list[int | None],
        crs: Georeference | None,
    ) -> LayerReport:
        """Add what needs the lines, and a coordinate system where there is one."""
        lost, km, near = 0, None, None
        scores: tuple[ReadingScore, ...] = ()
        if crs is not None:
            km, lost = length_km(parts.lines, crs)
            if self.boundary is not None:
                limits = self.settings.limits_for(self.boundary.name)
                near = reach(layer, parts, crs, boundary=self.boundary, ranks=ranks, limits=limits)
                if self.network is not None and layer.bounds is not None:
                    scores = reading_scores(
                        parts.lines,
                        crs,
                        numbers=layer.bounds,
                        network=self.network,
                        boundary=self.boundary,
                        band_m=limits["read_band_m"],
                    )
        faults = geometry_faults(
            frame.geometry.array, parts, declared=layer.geometry_type, no_place=lost
        )
        told = (
            GeometryFault(
                kind=note.key, count=note.count or 0, named=str(note.values.get("named", ""))
            )
            for note in layer.notes
        )
        faults = (*told, *faults)
        if layer.features > len(frame):
            # GDAL's Arrow stream ends at a damaged row without a word.
            unread = GeometryFault(kind="unread", count=layer.features - len(frame))
            faults = (unread, *faults)
        return msgspec.structs.replace(
            head, length_km=km, boundary=near, faults=faults, readings=scores
        )


def _head(layer: Layer, crs: UnderstoodCrs) -> LayerReport:
    return LayerReport(
        source=layer.source.shown,
        layer=layer.source.layer,
        driver=layer.driver,
        encoding=layer.encoding.name,
        encoding_how=layer.encoding.how,
        encoding_doubt=doubted(layer.source, layer.encoding),
        crs=crs.report,
        extent=extent_of(layer, crs.usable),
        geometry_type=layer.geometry_type,
        features=layer.features,
    )


def _doubt(doubt: Doubt) -> DoubtReport:
    return DoubtReport(
        columns=doubt.columns,
        field=doubt.field,
        count=doubt.count,
        kinds=len(doubt.counts),
        texts=tuple(
            TextCount(text=text, count=doubt.counts[text]) for text in [*doubt.counts][:MOST_TEXTS]
        ),
    )
