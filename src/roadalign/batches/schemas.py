"""The JSON Schemas that are shipped, each with the record types it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadalign.batches.records import schema as batch_schema
from roadalign.ledger.events import schema as ledger_schema
from roadalign.ledger.minutes import schema as minutes_schema
from roadalign.model.records import report_schema
from roadalign.outputs.inspection.record import schema as inspection_schema

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "batches/batch.schema.json": batch_schema,
    "ledger/ledger.schema.json": ledger_schema,
    "ledger/minutes.schema.json": minutes_schema,
    "outputs/inspection/inspection.schema.json": inspection_schema,
    "outputs/report.schema.json": report_schema,
}
"""File, below the package, to what makes it."""
