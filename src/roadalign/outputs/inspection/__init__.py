"""What ``align inspect`` found, as text, JSON, a page, and lines for ``align.toml``."""

from __future__ import annotations

from roadalign.outputs.inspection.page import check_page, inspection_page, write_page
from roadalign.outputs.inspection.record import inspection_record
from roadalign.outputs.inspection.remedy import settings_lines
from roadalign.outputs.inspection.terminal import inspection_text

__all__ = [
    "check_page",
    "inspection_page",
    "inspection_record",
    "inspection_text",
    "settings_lines",
    "write_page",
]
