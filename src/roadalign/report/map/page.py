"""The page: Folium's map, Leaflet taken from its PyPI package, our own style and script.

Folium links its scripts and fonts from the internet; this map drops those links and carries
Leaflet inside. A Content-Security-Policy forbids the page any connection, so that nobody learns
that the file was opened; only where tiles were asked for, their server may be asked for pictures.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from xstatic.pkg import leaflet, leaflet_markercluster

from roadalign.locales import text
from roadalign.report.map.payload import payload

if TYPE_CHECKING:
    from roadalign.model.basemap import Basemap
    from roadalign.model.result import Result

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:{tiles}; base-uri 'none'; form-action 'none'"
)
SCRIPTS = (
    "base.js",
    "symbols.js",
    "lines.js",
    "ground.js",
    "names.js",
    "tiles.js",
    "points.js",
    "extras.js",
    "legend.js",
    "bar.js",
    "filters.js",
    "list.js",
    "format.js",
    "drawing.js",
    "ends.js",
    "sketch.js",
    "sections.js",
    "costs.js",
    "panel.js",
    "minutes.js",
    "protocol.js",
    "picture.js",
    "sheets.js",
    "overview.js",
    "strip.js",
    "keys.js",
    "start.js",
)
STYLES = ("map.css", "card.css", "minutes.css", "print.css")
CLUSTERS = "leaflet.markercluster.js"
IMAGE = re.compile(r"url\(images/[^)]*\)")
VIEWPORT = re.compile(r'content="width=device-width,[^"]*"')


class OfflineMap(folium.Map):
    """Folium's map without its links to the internet."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (Folium declares them so)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


def render(result: Result, *, lang: str, basemap: Basemap | None = None) -> str:
    """Return the complete page.

    Parameters
    ----------
    result
        What a run found.
    lang
        Language in which the page opens, ``"en"`` or ``"zh"``; the page switches.
    basemap
        Tiles behind the map; ``None``: the page connects to nothing.
    """
    page = OfflineMap(
        location=[0, 0],  # the script fits the map to the boundary
        zoom_start=2,
        zoom_snap=0.25,
        tiles=None,
        prefer_canvas=True,
        zoom_control="topleft",
        attribution_control=False,
    )
    page._id = "align"  # noqa: SLF001  (Folium would take a random one)
    figure = Figure(title=_title(result, lang))
    figure._id = "page"  # noqa: SLF001
    figure.add_child(page)
    _head(figure, lang, basemap)
    figure.html.add_child(Element(_frame()), name="frame", index=0)
    block = payload(result, lang=lang, basemap=basemap)
    figure.html.add_child(
        Element(f'<script type="application/json" id="data">{_plain(block)}</script>'),
        name="data",
    )
    own = "\n".join(_own(name) for name in SCRIPTS)
    # Folium makes the map in a script of its own that comes later in the page
    script = (
        'addEventListener("DOMContentLoaded", () => {\n"use strict";\n'
        f"const leafletMap = {page.get_name()};\n{own}}});"
    )
    figure.script.add_child(Element(_plain(script)), name="app", index=99)
    return _still(figure.render())


def _head(figure: Any, lang: str, basemap: Basemap | None) -> None:
    styles = "\n".join(_own(name) for name in STYLES)
    tiles = "".join(f" {origin}" for origin in basemap.origins) if basemap else ""
    policy = POLICY.format(tiles=tiles)
    # servers of tiles may refuse a page that does not say where it stands
    referrer = "strict-origin" if basemap else "no-referrer"
    parts = {
        "policy": f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">',
        "referrer": f'<meta name="referrer" content="{referrer}">',
        "leaflet_css": f"<style>{_plain(_library(leaflet, 'leaflet.css'))}</style>",
        "own_css": f"<style>{_plain(styles)}</style>",
        "leaflet_js": f"<script>{_plain(_library(leaflet, 'leaflet.js'))}</script>",
        "cluster_js": f"<script>{_plain(_library(leaflet_markercluster, CLUSTERS))}</script>",
        "language": f'<script>document.documentElement.lang = "{lang}";</script>',
    }
    for position, (name, part) in enumerate(parts.items()):
        figure.header.add_child(Element(part), name=name, index=position)


def _title(result: Result, lang: str) -> str:
    title = text(lang, "map", "title", a=result.names[0], b=result.names[1])
    return html.escape(title)


def _plain(value: str) -> str:
    """Return text that the template engine of branca leaves alone."""
    return "{% raw %}" + value.replace("{% endraw", "{ % endraw") + "{% endraw %}"


@cache
def _library(package: Any, name: str) -> str:
    source = (Path(package.BASE_DIR) / name).read_text(encoding="utf-8")
    source = re.sub(r"//# sourceMappingURL=\S*", "", source)
    return IMAGE.sub("none", source) if name.endswith(".css") else source


def _own(name: str) -> str:
    return files("roadalign.report.map").joinpath(name).read_text(encoding="utf-8")


def _frame() -> str:
    return _own("frame.html")


def _still(page: str) -> str:
    """Return the page with trailing blanks removed, and a viewport that lets people zoom."""
    page = VIEWPORT.sub('content="width=device-width, initial-scale=1"', page)
    return "\n".join(line.rstrip() for line in page.splitlines()) + "\n"
