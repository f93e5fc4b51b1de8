"""The program as a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import roadalign

ALIGN = (sys.executable, "-c", "from roadalign.cli import main; main()")
"""Words that start ``align`` of this checkout."""


def environment() -> dict[str, str]:
    """Return the environment of a process that runs the same program as this one."""
    own = str(Path(roadalign.__file__).parents[1])
    return {**os.environ, "ALIGN_LANG": "en", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": own}
