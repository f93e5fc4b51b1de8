"""Which reader reads which file of a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd

from roadalign.errors import InputError
from roadalign.formats.layer_source import OSM_SUFFIXES
from roadalign.formats.layers import holds_lines, open_layer
from roadalign.formats.markup import outermost
from roadalign.formats.source_names import split_source
from roadalign.formats.sources import find_layers
from roadalign.network import store
from roadalign.network.graphml import read_graphml
from roadalign.network.osm import read_osm
from roadalign.network.vector import read_roads, schema_of
from roadalign.safety.regular_files import opener, require_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadalign.formats.sources import Source
    from roadalign.model.result import Boundary
    from roadalign.network.raw import RawRoads
    from roadalign.settings import NetworkSettings

_GRAPH = (".graphml",)
_MARKUP = (".osm", ".graphml")


def network_files(
    sources: Sequence[Source], *, boundary: Boundary, band_m: float, settings: NetworkSettings
) -> Iterator[RawRoads]:
    """Read every file and layer of roads that some sources name, in a stable order.

    Parameters
    ----------
    sources, boundary, band_m, settings
        See `roadalign.network.read.read_network`.
    """
    for source in sources:
        for piece in _pieces(source):
            name = "" if isinstance(piece, gpd.GeoDataFrame) else str(piece).lower()
            if name.endswith((*OSM_SUFFIXES, *_GRAPH)):
                read = read_osm if name.endswith(OSM_SUFFIXES) else read_graphml
                path = Path(str(piece)).expanduser()
                require_regular_file(path, label=piece)
                if path.suffix.lower() in _MARKUP:
                    # Entities make a small file huge; of the rest the reader says what is wrong.
                    outermost(opener(path), label=str(piece))
                yield read(path, label=str(piece), boundary=boundary, band_m=band_m)
            else:
                yield from _layers(piece, boundary=boundary, band_m=band_m, settings=settings)


def _pieces(source: Source) -> Iterator[Source]:
    """Yield single files, of a folder the files of OpenStreetMap one by one and then the rest."""
    if isinstance(source, gpd.GeoDataFrame):
        yield source
        return
    for piece in split_source(str(source)):
        folder = Path(piece).expanduser()
        if not folder.is_dir() or folder.suffix.lower() == ".gdb":
            yield piece
            continue
        inside = sorted(folder.iterdir())
        own = [one for one in inside if one.name.lower().endswith((*OSM_SUFFIXES, *_GRAPH))]
        yield from (f"{piece.rstrip('/')}/{one.name}" for one in own)
        try:
            find_layers(piece)
        except InputError as problem:
            if own and problem.key == "no_vector_files":
                continue
            raise
        yield piece


def _layers(
    source: Source, *, boundary: Boundary, band_m: float, settings: NetworkSettings
) -> Iterator[RawRoads]:
    opened = [
        open_layer(one, encoding=settings.encoding, where="network")
        for one in find_layers(source)
        if not store.stands_beside(one)
    ]
    lines = [layer for layer in opened if holds_lines(layer)]
    own = [(layer, schema_of(layer)) for layer in lines]
    roads = [(layer, schema) for layer, schema in own if schema is not None]
    if not roads:
        fields = "; ".join(f"{one.source.layer}: {', '.join(one.fields)}" for one in opened)
        raise InputError("network_not_roads", where=opened[0].source.label, fields=fields)
    for layer, schema in roads:
        raw = read_roads(layer, schema, boundary=boundary, band_m=band_m, settings=settings)
        yield store.with_own(raw, layer) if schema["name"] == store.SCHEMA else raw
