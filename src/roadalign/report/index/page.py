"""The index page: one file with everything inside, in the looks of the map page."""

from __future__ import annotations

import html
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from roadalign.locales import text
from roadalign.report.index.payload import payload
from roadalign.report.offline import json_block, library, policy

if TYPE_CHECKING:
    from collections.abc import Mapping

MAP, INDEX = "roadalign.report.map", "roadalign.report.index"
STYLES = ((MAP, "map.css"), (INDEX, "index.css"))
SCRIPTS = (
    (MAP, "shared.js"),
    (MAP, "symbols.js"),
    (INDEX, "overview.js"),
    (INDEX, "filters.js"),
    (INDEX, "tables.js"),
    (INDEX, "start.js"),
)


def render(
    record: Mapping[str, Any], reports: Mapping[str, Mapping[str, Any]], *, lang: str, folder: str
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
    """
    title = html.escape(text(lang, "index", "title", count=len(record["pairs"])))
    block = json_block(payload(record, reports, lang=lang, folder=folder))
    styles = "\n".join(_own(*place) for place in STYLES)
    scripts = "\n".join(_own(*place) for place in SCRIPTS)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy())}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{library('leaflet.css')}</style>\n"
        f"<style>{styles}</style>\n</head>\n<body>\n{_own(INDEX, 'frame.html')}"
        f'<script type="application/json" id="data">{block}</script>\n'
        f"<script>{library('leaflet.js')}</script>\n"
        f'<script>(() => {{\n"use strict";\n{scripts}}})();</script>\n</body>\n</html>\n'
    )


def _own(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
