"""An empty map as Folium makes it, before it knows anything of plans.

Folium writes its pages with a template engine, and what is added to its figure becomes a template
itself. Nothing but the constants below is therefore ever given to it: its markup and its script are
taken as they are, and `roadalign.outputs.page` puts them into the page.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import folium
from branca.element import Figure

MAP_NAME = "map_align"


class OfflineMap(folium.Map):
    """Folium's map without its links to the internet."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (Folium declares them so)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


class Skeleton(NamedTuple):
    """What Folium writes for a map.

    Parameters
    ----------
    markup
        The element of the map.
    script
        Makes the map in it, as the global ``map_align``.
    """

    markup: str
    script: str


@cache
def skeleton() -> Skeleton:
    """Return the parts of an empty map; they depend on no input."""
    page = OfflineMap(
        location=[0, 0],  # the script fits the map to the boundary
        zoom_start=2,
        zoom_snap=0.25,
        tiles=None,
        prefer_canvas=True,
        zoom_control="topleft",
        attribution_control=False,
    )
    figure = Figure()
    figure.add_child(page)
    figure.render()
    # the head, whose view port forbids zooming, is written by us
    made = (figure.html.render(), figure.script.render())
    # Folium calls it by a random name; the page's scripts know it, and it is the same in each run
    return Skeleton(*(_tidy(text.replace(page.get_name(), MAP_NAME)) for text in made))


def _tidy(text: str) -> str:
    """Return a text with blank lines and trailing blanks removed."""
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
