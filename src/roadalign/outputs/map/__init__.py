"""``map.html``: one self-contained file that the meeting looks at, with no network."""

from __future__ import annotations

from roadalign.outputs.map.page import render

__all__ = ["render"]
