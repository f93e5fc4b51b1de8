"""Coordinate systems out of texts of anybody: what they say, never a file or address they name.

PROJ opens what a text names: ``+init=/a/file:code`` and the steps of a pipeline as soon as it reads
the text, grids when it first transforms. A pipe there keeps a run waiting for ever, a device never
ends. So such texts are refused before PROJ sees them; and, since there are many ways to spell one,
what PROJ understood is looked at again before anything is transformed.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

MOST_LETTERS = 100_000
"""A text is no longer; the longest of PROJ's own have some thousand letters."""

# `@null` is the grid of no shift, which many files in Web Mercator name.
_NAMES_FILES = re.compile(
    r"grids\"?\s*[=:](?!\s*@null(?:\"|\s*$|\s+[^\s,;/@]))"
    r"|\binit\"?\s*[=:](?!\s*\"?epsg:\d+(?:[\s\"]|$))"
    r"|\bproj\"?\s*[=:]\s*\"?(?:pipeline|defmodel|tinshift)|PROJ-based|PROJ4_GRIDS"
    r"|PARAMETERFILE\s*[\[(]\s*\"(?:[^\"]|\"\"){0,200}\"\s*,(?!\s*\"@null\")",
    re.IGNORECASE,
)
_SHOWN_LETTERS = 200

# Grids would be fetched where PROJ_NETWORK or its settings say so.
set_network_enabled(active=False)


class NamesFilesError(CRSError):
    """A text names files or addresses that would be opened.

    Parameters
    ----------
    text
        What it says.
    """

    def __init__(self, text: str) -> None:
        self.text = text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"
        super().__init__(self.text)


def read_crs(stated: str | dict[str, Any]) -> CRS:
    """Return the coordinate system that a text describes.

    Parameters
    ----------
    stated
        A code, WKT, PROJJSON or a text of PROJ, from a file, a setting or a call.

    Raises
    ------
    pyproj.exceptions.CRSError
        `NamesFilesError` where it names a file; otherwise where it is none.
    """
    text = stated if isinstance(stated, str) else json.dumps(stated, ensure_ascii=False)
    if len(text) > MOST_LETTERS or "\0" in text:
        raise CRSError(text[:_SHOWN_LETTERS])
    _refuse_files(_unescaped(text) if text.lstrip().startswith("{") else text)
    crs = CRS.from_json(text) if isinstance(stated, dict) else CRS.from_user_input(stated)
    _refuse_files(crs.to_wkt())
    return crs


def names_files(text: str) -> bool:
    """Whether PROJ or GDAL would open what a text names, were it read as a coordinate system."""
    return _NAMES_FILES.search(text) is not None


def _unescaped(text: str) -> str:
    """Return JSON with its letters plain."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, RecursionError):
        raise CRSError(text[:_SHOWN_LETTERS]) from None


def _refuse_files(text: str) -> None:
    if names_files(text):
        raise NamesFilesError(text)
