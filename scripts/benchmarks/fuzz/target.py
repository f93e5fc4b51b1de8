"""What a fuzzed file is given to: the readers, with the lines they run counted."""

from __future__ import annotations

import sys
import tempfile
import traceback
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import roadalign.formats
from benchmarks.fuzz.seeds import unpacked
from roadalign.boundary.read import read_boundary
from roadalign.errors import InputError
from roadalign.plans.read import read_plan
from roadalign.settings import Settings, parse_settings

if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

    from roadalign.model.result import Boundary

_HOME = str(Path(roadalign.formats.__file__).parent)


def boundary_of(path: Path) -> Boundary:
    """Return the boundary that the fuzzed plans are read with."""
    return read_boundary(path, settings=Settings())


def tried(content: bytes, suffix: str, line: Boundary) -> tuple[str, set[int]]:
    """Read some bytes as a plan and as a boundary.

    Parameters
    ----------
    content
        The file, see `benchmarks.fuzz.seeds.unpacked`.
    suffix
        Its format.
    line
        Boundary for reading it as a plan.

    Returns
    -------
    tuple
        What went wrong (a traceback, empty if nothing), and the lines of the readers that ran.
    """
    lines: set[int] = set()
    known: dict[CodeType, int] = {}

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        code = frame.f_code
        if event == "call" and not code.co_filename.startswith(_HOME):
            return None
        base = known.setdefault(
            code, zlib.crc32(f"{code.co_filename}:{code.co_firstlineno}".encode()) << 16
        )
        lines.add(base + frame.f_lineno)
        return trace

    wrong = ""
    # A system for files that lost theirs, so that they are read all the same.
    given = parse_settings({"a": {"crs": "EPSG:4549"}}, where="fuzz")
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = unpacked(content, suffix, Path(name))
        sys.settrace(trace)
        try:
            for read in (
                lambda: read_plan([path], side="a", boundary=line, settings=given),
                lambda: read_boundary(path, settings=given),
            ):
                try:
                    read()
                except InputError as problem:
                    problem.render("zh")
                except Exception:  # noqa: BLE001  (what is looked for)
                    wrong = traceback.format_exc()
        finally:
            sys.settrace(None)
    return wrong, lines
