"""The areas of the example that a road may have to cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely

from sample_data.drawing import WORKING, _turned

if TYPE_CHECKING:
    from pathlib import Path

    from sample_data.drawing import Entry, Line

KINDS = ("farmland", "ecological_red_line", "water")


def write_land(table: Entry, line: Line, path: Path) -> None:
    """Write one layer per kind: strips beside or across the boundary.

    Parameters
    ----------
    table
        What roads.toml holds; of each ``land``, ``from_m`` and ``to_m`` count across the boundary,
        towards Jiaxing positive.
    line
        The boundary.
    path
        The GeoPackage.

    """
    path.unlink(missing_ok=True)
    for kind in KINDS:
        entries = [one for one in table["land"] if one["kind"] == kind]
        shapes = []
        for one in entries:
            at, along = line.at(one["km"])
            axis = _turned(along, -90)
            corners = [
                at + sign * one["half_m"] * along + across * axis
                for sign, across in (
                    (-1, one["from_m"]), (1, one["from_m"]), (1, one["to_m"]), (-1, one["to_m"]),
                )
            ]  # fmt: skip
            shapes.append(shapely.Polygon(corners))
        names = [one["name"] for one in entries]
        frame = gpd.GeoDataFrame({"MC": names}, geometry=shapes, crs=WORKING)
        pyogrio.write_dataframe(frame, path, layer=kind)
