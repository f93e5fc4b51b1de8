"""The tables: their columns with pandas types, and empty tables of them.

What each column is stands in ``standards/columns.toml``.

``<NA>`` stands for unknown everywhere; a float column may also hold NaN, which pandas
treats as the same. Lengths are metres, angles degrees, speeds km/h, years calendar years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from roadalign.model.columns import pandas_types

if TYPE_CHECKING:
    from pyproj import CRS

ROAD_COLUMNS = pandas_types("road")
"""The canonical road table (without its geometry): one row per input line part.

``oneway`` is true where the line carries one direction only, in the direction of
digitising; ``grade_level`` is 0 on the ground, positive on a bridge, negative in a tunnel.
"""

NETWORK_COLUMNS = pandas_types("network")
"""The roads of a network (without `nodes` and geometry): one row per way.

``highway`` is the tag as given, ``kind`` the class of road it is or will be (``primary`` of
``highway=construction`` + ``construction=primary``); ``road_class`` is the rank of ``highway:CN``
where there is one, else that of ``kind``, which in China states the administrative level only.
``oneway`` is ``forward``, ``backward`` or ``both``, seen along the line; ``lanes`` are those of the
line, so of one carriageway where a road is drawn as two. ``access`` is the value of the most
specific key for motor traffic; ``barrier`` the kinds on the way's nodes, by commas.
"""

BARRIER_COLUMNS = pandas_types("barrier")
"""Barriers on nodes of the roads; ``blocks`` says whether motor traffic is stopped."""

PLACE_COLUMNS = pandas_types("place")
"""Named places near the boundary, points; ``kind`` is the value of ``place=*``."""

SIDE_COLUMNS = pandas_types("side")
"""What a docking point says of each side (``a_…`` and ``b_…``); ``fid`` joins several by commas.

``to_boundary_m`` is the way from the drawn end to the boundary along the heading: positive
short of it (undershoot), negative beyond it (overshoot), 0 where the road crosses or touches.
"""

DOCKING_COLUMNS = pandas_types("docking_point")
"""One row per docking point; the geometry is the point on the boundary where it is discussed.

``relation`` is ``split:ID`` where the point was part of another one in the earlier version, and
``merged:ID,…`` where others are part of it now.

``access_gain`` is in the unit of the weights given (people, jobs): how many more of them reach the
other side, each counted by how near it comes (`roadalign.assessment.access`); ``access_gain_pct``
is that in percent of all weights near the boundary. Both are ``<NA>`` without ``--weights``.
"""

APPROACH_COLUMNS = pandas_types("approach")
"""One row per approach; the geometry is its end, a point."""

LINK_COLUMNS = pandas_types("link")
"""Lines between the two sides of a docking point; ``kind`` is one of

- ``link``: straight, between the two ends of a pair;
- ``proposal``: buildable, between the roads of a pair;
- ``detour``: today's shortest way by metres over the existing roads, from A's place to B's (see
  ``reference_m``), where one was found and the verdict is not ``aligned`` or the way is long. It is
  the way from A to B, and that from B to A only where one-way streets allow no other; ``detour_m``
  of the docking point is the mean of both.

Of a proposal alone: the radius of its curves (``<NA>`` where it is straight), their design speed,
its length on either side of the boundary, how much of each side's road it replaces, and how far
from each side's end it passes.
"""

CONSTRAINT_COLUMNS = pandas_types("area")
"""Areas a road may have to cross; ``kind`` is one of ``standards/constraints.toml``."""

CROSSED_COLUMNS = pandas_types("crossing")
"""What the corridor of a link or a proposal (``line``) takes of each kind of area.

``length_m`` is how much of the line itself lies in it, ``width_m`` the width of the corridor; the
geometry is the part of the corridor.
"""

FINDING_COLUMNS = pandas_types("finding")
"""One row per rule that spoke. ``docking_point`` is ``<NA>`` where it speaks of a whole side, or
of a place at which neither plan arrives; ``chainage_m`` is then that place,
and ``<NA>`` for a side."""


def typed(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Return `frame` with exactly these columns, in this order and of these types.

    Parameters
    ----------
    frame
        Any table; columns it lacks become ``<NA>``, columns not named are dropped
        (a column ``geometry`` is kept, last).
    columns
        One of the dictionaries of this module.
    """
    held = {
        name: (
            frame[name].astype(kind)  # type: ignore[call-overload]
            if name in frame
            else pd.array([pd.NA] * len(frame), dtype=kind)  # type: ignore[call-overload]
        )
        for name, kind in columns.items()
    }
    out = pd.DataFrame(held, index=frame.index)
    if "geometry" not in frame:
        return out
    crs = getattr(frame["geometry"], "crs", None)
    places = gpd.GeoSeries(frame["geometry"], crs=crs)
    placed: pd.DataFrame = gpd.GeoDataFrame(out, geometry=places, crs=crs)
    return placed


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def empty(columns: dict[str, str], *, crs: CRS) -> gpd.GeoDataFrame:
    """Return an empty table of one schema with a geometry column in `crs`."""
    frame = typed(pd.DataFrame({}), columns)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([], crs=crs), crs=crs)
