"""What every page of ours shares: it connects to nothing, and its data is never markup."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet as packaged

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
"""Content-Security-Policy: no connection at all, so that nobody learns a page was opened."""

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_IMAGE = re.compile(r"url\(images/[^)]*\)")


@cache
def leaflet(name: str) -> str:
    """Return a file of Leaflet's PyPI package without what it would load from elsewhere.

    Parameters
    ----------
    name
        ``"leaflet.js"`` or ``"leaflet.css"``.
    """
    source = (Path(packaged.BASE_DIR) / name).read_text(encoding="utf-8")
    source = re.sub(r"//# sourceMappingURL=\S*", "", source)
    return _IMAGE.sub("none", source) if name.endswith(".css") else source


def json_block(data: Any) -> str:
    """Return data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escaped in UNSAFE.items():
        text = text.replace(letter, escaped)
    return text
