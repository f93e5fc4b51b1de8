"""The page: Folium's map, Leaflet taken from its PyPI package, our own style and script.

Folium links its scripts and fonts from the internet; this map drops those links and carries
Leaflet inside. A Content-Security-Policy forbids the page any connection, so that nobody learns
that the file was opened; only where tiles were asked for, their server may be asked for pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadalign.locales import text
from roadalign.outputs.map.payload import payload
from roadalign.outputs.map.skeleton import skeleton
from roadalign.outputs.page import compose, joined_styles, library, packaged
from roadalign.outputs.web import bundle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadalign.model.basemap import Basemap
    from roadalign.model.result import Result

MAP = "roadalign.outputs.map"
STYLES = ("map.css", "card.css", "minutes.css", "print.css")


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
    return map_page(
        title=text(lang, "map", "title", a=result.names[0], b=result.names[1]),
        frame=packaged(MAP, "frame.html"),
        styles=[(MAP, name) for name in STYLES],
        script=bundle("map"),
        data=payload(result, lang=lang, basemap=basemap),
        lang=lang,
        basemap=basemap,
    )


def map_page(
    *,
    title: str,
    frame: str,
    styles: Iterable[tuple[str, str]],
    script: str,
    data: dict[str, Any],
    lang: str,
    basemap: Basemap | None = None,
) -> str:
    """Return a complete page with a map: one file that connects to nowhere but for its tiles.

    Parameters
    ----------
    title
        Plain text.
    frame
        Packaged markup around the map.
    styles
        Packaged files, as package and name.
    script
        Runs once the map is there as the global ``map_align``.
    data
        What the scripts are given.
    lang
        Language in which the page opens.
    basemap
        Tiles behind the map.
    """
    empty = skeleton()
    return compose(
        title=title,
        lang=lang,
        body=f"{frame}{empty.markup}",
        styles=[library("leaflet.css"), joined_styles([*styles, (MAP, "skeleton.css")])],
        scripts=[
            library("leaflet.js"),
            library("leaflet.markercluster.js"),
            empty.script,
            script,
        ],
        data=data,
        images=basemap.origins if basemap else (),
    )
