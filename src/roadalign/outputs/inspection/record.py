"""``align inspect --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

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
        ``program``, ``version``, ``inspection_version``, ``side``, ``layers`` (each with the keys
        of `roadalign.model.inspection.LayerReport`) and ``align_toml`` (the lines that would
        settle what is wrong, empty where nothing is). Keys are always there; what is not known
        is null.
    """
    return {
        "program": "roadalign",
        "version": version,
        "inspection_version": INSPECTION_VERSION,
        "side": side,
        "layers": msgspec.to_builtins(list(reports)),
        "align_toml": settings_lines(reports, side=side, lang=lang),
    }
