"""A boundary line that was made, and what has to be said with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from pyproj import Geod

from roadalign.boundary.areas import area_where
from roadalign.boundary.read import between
from roadalign.boundary.wedges import without_wedges
from roadalign.georeferencing.crs import WGS84, transformed
from roadalign.locales import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.boundary.side_area import Area
    from roadalign.formats.sources import Source
    from roadalign.model.result import Boundary

_GEOD = Geod(ellps="WGS84")
_FITS_M = 1.0  # areas apart or over one another by less fit, as far as a reader cares (ours)


@dataclass(frozen=True)
class Note:
    """Something to know about a line: a sentence in ``locales/<language>/borders.toml``."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def render(self, lang: str) -> str:
        """Return the sentence in one language."""
        return text(lang, "borders", f"note.{self.key}", **dict(self.values))


@dataclass(frozen=True)
class Border:
    """A boundary line that was made.

    Parameters
    ----------
    boundary
        The line in its working system, named, with the width of the strip where there is one.
    sides
        Names of the two sides, A first.
    source
        What it was made from.
    licence
        Key of its licence in ``locales/<language>/borders.toml``.
    notes
        What else to know.
    """

    boundary: Boundary
    sides: tuple[str, str]
    source: str
    licence: str
    notes: tuple[Note, ...] = ()

    @property
    def length_km(self) -> float:
        """Length on the ellipsoid, in km; projected lengths differ by up to 0.04 %."""
        return ellipsoidal_km(self.boundary)

    def to_frame(self, lang: str = "en") -> gpd.GeoDataFrame:
        """Return the line as a table of one row, which ``roadalign.check`` takes as a boundary.

        Parameters
        ----------
        lang
            Language of the sentences in it.

        Returns
        -------
        geopandas.GeoDataFrame
            In the working system: ``name, a, b, length_km, parts, strip_width_max_m,
            strip_width_median_m, source, licence, note``.
        """
        line = self.boundary.line
        widths = (self.boundary.strip_width_max_m, self.boundary.strip_width_median_m)
        row = {
            "name": self.boundary.name,
            "a": self.sides[0],
            "b": self.sides[1],
            "length_km": round(self.length_km, 3),
            "parts": len(shapely.get_parts(line)),
            "strip_width_max_m": None if widths[0] is None else round(widths[0], 2),
            "strip_width_median_m": None if widths[1] is None else round(widths[1], 2),
            "source": self.source,
            "licence": text(lang, "borders", f"licence.{self.licence}"),
            "note": " ".join(note.render(lang) for note in self.notes),
        }
        columns = {key: [value] for key, value in row.items()}
        return gpd.GeoDataFrame(columns, geometry=[line], crs=self.boundary.crs)


def ellipsoidal_km(boundary: Boundary) -> float:
    """Return the length of a line on the ellipsoid, in km."""
    lonlat = transformed(boundary.line, boundary.crs, WGS84)
    return float(_GEOD.geometry_length(lonlat)) / 1000


def border_between(
    area_a: Area,
    area_b: Area,
    *,
    name: str | None = None,
    licence: str = "own",
    notes: Sequence[Note] = (),
) -> Border:
    """Return the common line of two sides' land.

    Parameters
    ----------
    area_a, area_b
        The two sides' land; which is A changes only the names.
    name
        What to call the line; default: the sides' names with a dash between.
    licence, notes
        See `Border`.

    Returns
    -------
    Border
        The shared edge; where the areas do not fit, the centre line of the strip between or over
        them.

    Raises
    ------
    InputError
        If the areas do not touch or cover the same land.
    """
    where = f"{area_a.name} – {area_b.name}"
    found = without_wedges(between([area_a.shapes, area_b.shapes], where=where))
    found = replace(found, name=name or f"{area_a.name}–{area_b.name}")
    return Border(
        boundary=found,
        sides=(area_a.name, area_b.name),
        source="; ".join(dict.fromkeys((area_a.source, area_b.source))),
        licence=licence,
        notes=(*notes, *shape_notes(found)),
    )


def shape_notes(boundary: Boundary) -> list[Note]:
    """Return what the shape of a line asks to be said: a strip, gaps between its parts."""
    notes = []
    widest_m, median_m = boundary.strip_width_max_m, boundary.strip_width_median_m
    if widest_m is not None and median_m is not None and widest_m > _FITS_M:
        values = (("widest_m", f"{widest_m:.0f}"), ("median_m", f"{median_m:.1f}"))
        notes.append(Note("strip", values))
    parts = len(shapely.get_parts(boundary.line))
    if parts > 1:
        notes.append(Note("parts", (("count", parts),)))
    return notes


def make_boundary(
    area_a: Source,
    area_b: Source,
    *,
    where_a: str | None = None,
    where_b: str | None = None,
    crs: str | None = None,
    name: str | None = None,
) -> Border:
    """Make the boundary line of two sides from their areas.

    Parameters
    ----------
    area_a, area_b
        Layers of polygons: a file, ``file.gpkg:layer``, or a table in memory. They may be the same.
    where_a, where_b
        ``"FIELD=VALUE"``: only these features; several values joined by ``+``. Default: all.
    crs
        Read the layers in this coordinate system, whatever they state: ``"EPSG:4490"``,
        ``"gcj02"``, ``"bd09"``, ``"swapped"``, or several joined by ``+``.
    name
        What to call the line; default: the sides' names with a dash between.

    Returns
    -------
    Border
        ``border.to_frame()`` is what `roadalign.check` takes as its ``boundary``.

    Raises
    ------
    InputError
        If a layer cannot be read or holds no areas, no feature has the value, or the areas do not
        touch or cover the same land.
    """
    sides = [
        area_where(source, where=where, crs=crs)
        for source, where in ((area_a, where_a), (area_b, where_b))
    ]
    return border_between(*sides, name=name)
