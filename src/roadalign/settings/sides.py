"""How one side's layers are to be read: ``[a]`` and ``[b]`` of ``align.toml``."""

from __future__ import annotations

import msgspec

LEAST_YEAR, MOST_YEAR = 1900, 2100
"""A period of a plan ends between these (ours)."""


class SideSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one side's layers are to be read.

    Parameters
    ----------
    name
        How the side is called in every output.
    plan
        Its sources: ``file``, ``file.gpkg:layer``, folder or ``.zip``.
    crs
        Coordinate system to assume where a layer states none, e.g. ``"EPSG:4549"``; also
        ``"gcj02"``, ``"bd09"``, ``"swapped"``, or several joined by ``+``.
    assume_crs
        The same, whatever the layers state: for files that say something wrong.
    encoding
        Encoding of the attribute texts, e.g. ``"gb18030"``; default: found out.
    accuracy_m
        Positional accuracy of the layers, one standard deviation. The accuracies of both sides
        widen the limits of distances between them by the root of the sum of their squares.
        Default 0: taken as drawn, with the room that the limits themselves leave;
        ``run.position.scatter_m`` of the result is an estimate for both sides together.
    fields
        Canonical column to source field, e.g. ``{lanes = "车道规模"}``; wins over the dictionary.
    values
        Canonical column to a table of source value to meaning,
        e.g. ``{status = {"在册" = "planned"}}``; ``"unknown"`` says that it means nothing.
    periods
        Period of the plan to the year in which it ends, e.g. ``{"近期" = 2030, "远期" = 2035}``.
        A road of which only the period is stated opens in that year; the year is then marked as
        the plan's (column ``plan_values``).
    defaults
        What the plan says once for all its roads: canonical column to value, for roads of which
        the layers say nothing, e.g. ``{status = "planned"}``; ``horizon = 2035`` says that all
        roads not yet built are to be open by then. Marked likewise.
    complete
        Whether the layers hold all roads of the side near the boundary: where they hold none,
        there is then none.
    """

    name: str | None = None
    plan: list[str] = []
    crs: str | None = None
    assume_crs: str | None = None
    encoding: str | None = None
    accuracy_m: float = 0.0
    fields: dict[str, str] = {}
    values: dict[str, dict[str, str | int | float]] = {}
    periods: dict[str, int] = {}
    defaults: dict[str, str | int | float] = {}
    complete: bool = False
