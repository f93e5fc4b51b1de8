"""What ``align inspect`` found, as text, JSON, a page, and lines for ``align.toml``."""

from __future__ import annotations

from roadalign.report.inspection.page import check_page, inspection_page, write_page
from roadalign.report.inspection.record import inspection_record
from roadalign.report.inspection.remedy import settings_lines
from roadalign.report.inspection.terminal import inspection_text

__all__ = [
    "check_page",
    "inspection_page",
    "inspection_record",
    "inspection_text",
    "settings_lines",
    "write_page",
]
