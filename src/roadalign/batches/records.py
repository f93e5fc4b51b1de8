"""What is recorded of a batch: typed, with a JSON Schema made from the same types."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from roadalign.model.schemas import json_schema

RECORD_NAME = "batch.json"
SCHEMA_VERSION = "1.1"
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


class ClassRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Approaches of one class.

    Parameters
    ----------
    approaches, aligned
        How many there are, how many meet their counterpart.
    rate
        Their share; null where there is none.
    """

    approaches: int
    aligned: int
    rate: float | None


class PairSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was found at one boundary, or at several together.

    Parameters
    ----------
    docking_rate
        Aligned approaches by all approaches, ``None`` where there are none.
    approaches, aligned_approaches
        How many.
    docking_rate_by_class
        The same by rank of the class, ``"6"`` to ``"1"`` and ``"unknown"``.
    verdicts, severities
        Docking points of each verdict and severity.
    rules
        Findings of each rule.
    """

    docking_rate: float | None
    approaches: int
    aligned_approaches: int
    docking_rate_by_class: dict[str, ClassRate]
    verdicts: dict[str, int]
    severities: dict[str, int]
    rules: dict[str, int]


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
