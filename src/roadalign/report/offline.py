"""What every page of ours shares: it connects to nothing, and its data is never markup."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xstatic.pkg import leaflet, leaflet_markercluster

if TYPE_CHECKING:
    from collections.abc import Iterable

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_IMAGE = re.compile(r"url\(images/[^)]*\)")


PACKAGES = {
    "leaflet.js": leaflet,
    "leaflet.css": leaflet,
    "leaflet.markercluster.js": leaflet_markercluster,
}


def policy(images: Iterable[str] = ()) -> str:
    """Return the Content-Security-Policy of a page: no connection, so that nobody learns of it.

    Parameters
    ----------
    images
        Origins that pictures may come from all the same: servers of tiles that were asked for.
    """
    sources = " ".join(["data:", *images])
    return (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        f"img-src {sources}; base-uri 'none'; form-action 'none'"
    )


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


def json_block(data: Any) -> str:
    """Return data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escaped in UNSAFE.items():
        text = text.replace(letter, escaped)
    return text
