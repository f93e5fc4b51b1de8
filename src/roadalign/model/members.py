"""What records are made of: counts, lengths, days, and places as GeoJSON in WGS 84."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

Count: TypeAlias = Annotated[int, Meta(ge=0)]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Length: TypeAlias = Annotated[float, Meta(ge=0)]
Longitude: TypeAlias = Annotated[float, Meta(ge=-180, le=180)]
Latitude: TypeAlias = Annotated[float, Meta(ge=-90, le=90)]
Bearing: TypeAlias = Annotated[float, Meta(ge=0, le=360)]
Day: TypeAlias = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Moment: TypeAlias = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
Sha256: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Names: TypeAlias = tuple[str, str]
Move: TypeAlias = tuple[float, float]
Position: TypeAlias = tuple[Longitude, Latitude]
Line: TypeAlias = Annotated[list[Position], Meta(min_length=2)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record of which every member is written."""


class Point(Record, frozen=True, tag_field="type", tag="Point"):
    """A GeoJSON point, WGS 84."""

    coordinates: Position


class LineString(Record, frozen=True, tag_field="type", tag="LineString"):
    """A GeoJSON line, WGS 84."""

    coordinates: Line


class MultiLineString(Record, frozen=True, tag_field="type", tag="MultiLineString"):
    """GeoJSON lines, WGS 84."""

    coordinates: Annotated[list[Line], Meta(min_length=1)]


class Polygon(Record, frozen=True, tag_field="type", tag="Polygon"):
    """A GeoJSON area, WGS 84."""

    coordinates: Annotated[list[Line], Meta(min_length=1)]


class MultiPolygon(Record, frozen=True, tag_field="type", tag="MultiPolygon"):
    """GeoJSON areas, WGS 84."""

    coordinates: Annotated[list[Annotated[list[Line], Meta(min_length=1)]], Meta(min_length=1)]
