"""What is recorded of a batch: typed, with a JSON Schema made from the same types."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from roadalign.model.members import Count
from roadalign.model.schemas import json_schema
from roadalign.model.summary import AspectTotals, GroupRates
from roadalign.model.words import Aspect

SCHEMA_VERSION = "2.0"
"""Version of ``batch.json``; the first number changes when a reader must change."""


Kind = Literal["input", "unexpected", "worker"]


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a pair has no result.

    Parameters
    ----------
    kind
        ``"input"``: something it was given is wrong; ``"unexpected"``: the program met something
        it does not know; ``"worker"``: the process that worked on it ended.
    where
        The file, layer or setting.
    en, zh
        What is wrong and what to do.
    """

    kind: Kind
    where: str
    en: str
    zh: str


class PairSummary(GroupRates, frozen=True, kw_only=True):
    """What was found at one boundary, or at several together.

    Parameters
    ----------
    open_points, waiting_points
        Docking points that are open, and that wait for data.
    aspects
        What came of place, section and timing.
    by_class
        Rates by rank of the class, ``"6"`` to ``"1"`` and ``"unknown"``.
    by_admin_class
        Rates by administrative class.
    approaches
        How many there are.
    verdicts, severities
        Docking points of each verdict and severity.
    rules
        Findings of each rule.
    """

    open_points: Count
    waiting_points: Count
    aspects: dict[Aspect, AspectTotals]
    by_class: dict[str, GroupRates]
    by_admin_class: dict[str, GroupRates]
    approaches: Count
    verdicts: dict[str, Count]
    severities: dict[str, Count]
    rules: dict[str, Count]


class PairRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pair.

    Parameters
    ----------
    pair
        Its name; its files are in ``pairs/<name>/``.
    status
        ``"done"`` or ``"failed"``.
    names
        What the sides are called, A first; ``None`` where the pair failed.
    boundary, length_m
        Name and length of the boundary.
    attribution
        Whose the existing roads are; ``None`` where none were given.
    summary
        What was found.
    reason
        Why it failed.
    """

    pair: str
    status: Literal["done", "failed"]
    names: tuple[str, str] | None = None
    boundary: str | None = None
    length_m: float | None = None
    attribution: str | None = None
    summary: PairSummary | None = None
    reason: Reason | None = None


class BatchRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which run wrote it, with which program.

    Parameters
    ----------
    id
        Of the run; every file it writes carries it.
    program, version, schema_version
        What wrote it.
    time
        Of the latest pair, UTC.
    """

    id: str
    program: Literal["roadalign"]
    version: str
    schema_version: str
    time: str


class BatchRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All pairs of a batch: ``batch.json``, sorted by name.

    Parameters
    ----------
    run
        Which run wrote it.
    summary
        What was found in all pairs together.
    pairs
        Each pair.
    """

    run: BatchRun
    summary: PairSummary
    pairs: tuple[PairRecord, ...]


def to_json(record: BatchRecord) -> str:
    """Return the text of ``batch.json``."""
    compact = msgspec.json.encode(record)
    return msgspec.json.format(compact, indent=1).decode() + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``batch.json``."""
    return json_schema(BatchRecord, title="roadalign batch")
