"""``align inspect --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.model.inspection import Inspection
from roadalign.model.schemas import json_schema
from roadalign.outputs.inspection.remedy import settings_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.model.inspection import LayerReport

INSPECTION_VERSION = "1.0"
"""The first number changes when a reader of the JSON must change."""


def inspection_record(
    reports: Sequence[LayerReport], *, side: str, lang: str, version: str
) -> dict[str, Any]:
    """Return what was found of some layers as plain values.

    Parameters
    ----------
    reports
        The layers.
    side
        ``"a"`` or ``"b"``.
    lang
        Language of the comments in ``align_toml``.
    version
        Of the program.

    Returns
    -------
    dict
        The keys of `roadalign.model.inspection.Inspection`; all are always there, what is not
        known is null.
    """
    found = Inspection(
        program="roadalign",
        version=version,
        inspection_version=INSPECTION_VERSION,
        side=side,
        layers=tuple(reports),
        align_toml=settings_lines(reports, side=side, lang=lang),
    )
    record: dict[str, Any] = msgspec.to_builtins(found)
    return record


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``align inspect --json``."""
    return json_schema(Inspection, title="roadalign inspection")
