"""index.html: all pairs of a batch on one page, with links to the map of each."""

from roadalign.outputs.index.page import render

__all__ = ["render"]
