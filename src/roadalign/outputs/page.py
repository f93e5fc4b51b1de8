"""The one place where pages are put together: one file each, that runs and fetches nothing foreign.

A page is joined from plain texts; no engine of templates ever sees it. What comes from plans,
reports, settings or file names reaches it in two ways only: as JSON in one block that is never run,
which the page's scripts show as text, or through `html.escape`. The Content-Security-Policy names
the scripts and styles of the page by their SHA-256, so that a browser runs nothing else even where
that failed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xstatic.pkg import leaflet, leaflet_markercluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
ORIGIN = re.compile(r"https?://[0-9A-Za-z.-]+(:\d{1,5})?")
ENDS_EARLY = re.compile(r"</(script|style)|<!--|\r|\0", re.IGNORECASE)
"""What a script or a style must not hold: it would end there, or be another text to the browser."""

VIEWPORT = "width=device-width, initial-scale=1"
"""People may zoom."""

_IMAGE = re.compile(r"url\(images/[^)]*\)")

PACKAGES = {
    "leaflet.js": leaflet,
    "leaflet.css": leaflet,
    "leaflet.markercluster.js": leaflet_markercluster,
}


def compose(
    *,
    title: str,
    lang: str,
    body: str,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    data: Any = None,
    images: Sequence[str] | None = None,
    meta: Mapping[str, str] | None = None,
) -> str:
    """Return a complete page.

    Parameters
    ----------
    title
        Plain text.
    lang
        Language of the page, as HTML names it.
    body
        Markup: packaged, or every text in it escaped.
    styles, scripts
        Texts of packaged files, each an element of its own; the scripts stand at the end.
    data
        What the scripts find as JSON in the element ``data``; ``None``: there is no such element.
    images
        Origins that pictures may come from, beside those in the page itself; ``None``: no pictures.
    meta
        Further facts about the page, name to content; plain text.

    Raises
    ------
    ValueError
        If a script or a style would end early, or an origin is none.
    """
    # servers of tiles may refuse a page that does not say where it stands
    referrer = "strict-origin" if images else "no-referrer"
    named = {**(meta or {}), "referrer": referrer, "viewport": VIEWPORT}
    block = (
        ""
        if data is None
        else f'<script type="application/json" id="data">{json_block(data)}</script>\n'
    )
    allowed = policy(styles=styles, scripts=scripts, images=images)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n',
        # before all that it speaks of
        f'<meta http-equiv="Content-Security-Policy" content="{escape(allowed)}">\n',
        *(
            f'<meta name="{escape(name)}" content="{escape(content)}">\n'
            for name, content in named.items()
        ),
        f"<title>{escape(title)}</title>\n",
        *(f"<style>{style}</style>\n" for style in styles),
        f"</head>\n<body>\n{body}\n{block}",
        *(f"<script>{script}</script>\n" for script in scripts),
        "</body>\n</html>\n",
    ]
    return _encodable("".join(parts))


def policy(
    *, styles: Iterable[str] = (), scripts: Iterable[str] = (), images: Sequence[str] | None = None
) -> str:
    """Return the Content-Security-Policy of a page: its own parts, and no connection.

    Parameters
    ----------
    styles, scripts
        The texts of the elements of the page.
    images
        As `compose` takes them: servers of tiles that were asked for.

    Raises
    ------
    ValueError
        If a text would end early or be read as another one, or an origin is none.
    """
    rules = ["default-src 'none'"]
    for name, texts in (("script-src", scripts), ("style-src", styles)):
        hashes = dict.fromkeys(map(_hash, texts))
        if hashes:
            rules.append(f"{name} {' '.join(hashes)}")
    if images is not None:
        if wrong := [one for one in images if not ORIGIN.fullmatch(one)]:
            raise ValueError(wrong)
        rules.append(" ".join(["img-src", "data:", *images]))
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    if found := ENDS_EARLY.search(text):
        raise ValueError(text[found.start() :][:40])
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _encodable(page: str) -> str:
    """Return a page without halves of letters, which file names may hold and UTF-8 cannot."""
    return page.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def library(name: str) -> str:
    """Return a file of Leaflet's or its clusters' PyPI package without what it would load.

    Parameters
    ----------
    name
        One of `PACKAGES`.
    """
    source = (Path(PACKAGES[name].BASE_DIR) / name).read_text(encoding="utf-8")
    source = re.sub(r"//# sourceMappingURL=\S*", "", source)
    return _IMAGE.sub("none", source) if name.endswith(".css") else source


@cache
def packaged(package: str, name: str) -> str:
    """Return a text file that comes with the program.

    Parameters
    ----------
    package
        Package it stands in.
    name
        Of the file.
    """
    return files(package).joinpath(name).read_text(encoding="utf-8")


def joined_styles(places: Iterable[tuple[str, str]]) -> str:
    """Return style sheets of ours as one, given as package and name."""
    return "\n".join(packaged(*place) for place in places)


def json_block(data: Any) -> str:
    """Return data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escaped in UNSAFE.items():
        text = text.replace(letter, escaped)
    return text
