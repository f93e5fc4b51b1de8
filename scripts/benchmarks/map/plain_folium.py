"""The same data as a plain Folium map: roads as GeoJSON, one marker with a popup per point."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import folium
import geopandas as gpd

from roadalign.model.tables import records

if TYPE_CHECKING:
    from pathlib import Path

    from roadalign.model.result import Result

LEFT_OUT = {"geometry", "id"}


def write_plain(result: Result, path: Path) -> None:
    """Write the map.

    Parameters
    ----------
    result
        What to draw.
    path
        The file.
    """
    points = result.docking_points
    page = folium.Map(location=[30.7, 121.0], zoom_start=10, tiles=None, prefer_canvas=True)
    network = result.background.network
    layers = [(result.roads_a, "#0b62a8", "name"), (result.roads_b, "#a8480b", "name")]
    if network is not None and len(network):
        layers.append((network, "#888888", "kind"))
    for roads, colour, field in layers:
        table = gpd.GeoDataFrame(roads[[field, "geometry"]]).to_crs(4326)
        style = {"color": colour, "weight": 2}
        folium.GeoJson(
            table,
            style_function=lambda _, style=style: style,
            tooltip=folium.GeoJsonTooltip([field]),
        ).add_to(page)
    for row in records(points):
        cells = "".join(
            f"<tr><th>{key}</th><td>{html.escape(str(value))}</td></tr>"
            for key, value in row.items()
            if key not in LEFT_OUT
        )
        popup = folium.Popup(f"<table>{cells}</table>", max_width=400)
        folium.Marker([row["lat"], row["lon"]], popup=popup, tooltip=row["id"]).add_to(page)
    page.save(str(path))
