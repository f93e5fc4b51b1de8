"""The index page: one file with everything inside, in the looks of the map page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadalign.locales import text
from roadalign.outputs.index.payload import payload
from roadalign.outputs.page import compose, joined_styles, library, packaged
from roadalign.outputs.web import bundle

if TYPE_CHECKING:
    from collections.abc import Mapping

MAP, INDEX = "roadalign.outputs.map", "roadalign.outputs.index"
STYLES = ((MAP, "map.css"), (INDEX, "index.css"))


def render(
    record: Mapping[str, Any],
    reports: Mapping[str, Mapping[str, Any]],
    *,
    lang: str,
    folder: str,
    page: str,
) -> str:
    """Return the complete page.

    Parameters
    ----------
    record
        What ``batch.json`` holds, as plain values.
    reports
        Name of each finished pair to its ``report.json``.
    lang
        Language in which the page opens, ``"en"`` or ``"zh"``; the page switches.
    folder
        Folder of the pairs, as seen from the page.
    page
        Name of the map in the folder of each pair.
    """
    return compose(
        title=text(lang, "index", "title", count=len(record["pairs"])),
        lang=lang,
        body=packaged(INDEX, "frame.html"),
        styles=[library("leaflet.css"), joined_styles(STYLES)],
        scripts=[library("leaflet.js"), bundle("index")],
        data=payload(record, reports, lang=lang, folder=folder, page=page),
        images=(),
    )
