"""The scripts of the pages: ES modules in ``src``, one bundle for each page in ``bundles``.

A page takes its bundle as it is; ``scripts/build_pages`` makes the bundles anew from the modules.
"""

from __future__ import annotations

from roadalign.outputs.page import packaged


def bundle(page: str) -> str:
    """Return the script of a page.

    Parameters
    ----------
    page
        ``"map"``, ``"comparison"`` or ``"index"``.
    """
    return packaged("roadalign.outputs.web", f"bundles/{page}.js")
