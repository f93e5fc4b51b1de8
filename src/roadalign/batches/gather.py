"""The results of all pairs together: batch.json, one GeoPackage, one GeoParquet, the index page.

Everything is made from what stands in the folders of the pairs, so that it is the same whoever
did them, in whatever order, in one call or in several.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import pandas as pd

from roadalign import __version__
from roadalign.batches.records import (
    SCHEMA_VERSION,
    BatchRecord,
    BatchRun,
    PairRecord,
    PairSummary,
    to_json,
)
from roadalign.batches.tables import boundaries_of, pairs_table, table_of, with_names
from roadalign.model.runs import run_id
from roadalign.model.summary import (
    AspectTotals,
    GroupRates,
    RateRange,
    make_aspect_totals,
    make_rates,
)
from roadalign.model.words import DECIDING, AspectOutcome
from roadalign.outputs.file_sets import Options
from roadalign.outputs.geodata import LAYERS, LINE_LAYERS
from roadalign.outputs.report_json import read_record
from roadalign.outputs.writers import BATCH, BatchContent
from roadalign.pipeline.build import run_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from roadalign.batches.jobs import Outcome

PAIRS = "pairs"


@dataclass(frozen=True)
class Gathered:
    """All pairs of a batch.

    Parameters
    ----------
    record
        What ``batch.json`` holds.
    reports
        Name of each finished pair to its ``report.json``.
    docking_points, findings
        Of all pairs, WGS84.
    """

    record: BatchRecord
    reports: dict[str, dict[str, Any]]
    docking_points: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def gather(outcomes: Sequence[Outcome], out: Path) -> Gathered:
    """Put the results of all pairs together.

    Parameters
    ----------
    outcomes
        One per pair.
    out
        Output folder of the batch; the pairs are in ``pairs/`` in it.
    """
    ordered = sorted(outcomes, key=lambda one: one.name)
    reports = {
        one.name: read_record(out / PAIRS / one.name) for one in ordered if one.reason is None
    }
    pairs = tuple(
        _done(one.name, reports[one.name])
        if one.reason is None
        else PairRecord(pair=one.name, status="failed", reason=one.reason)
        for one in ordered
    )
    times = [report["run"]["time"] for report in reports.values()]
    time = max(times, default=run_time())
    runs = [(name, report["run"].get("id")) for name, report in reports.items()]
    name = run_id("batch", __version__, time, runs, msgspec.to_builtins(pairs))
    run = BatchRun(name, "roadalign", __version__, SCHEMA_VERSION, time)
    record = BatchRecord(run, _together(pairs), pairs)
    points = with_names(table_of("docking_points", reports), pairs)
    return Gathered(record, reports, points, table_of("findings", reports))


def write_gathered(gathered: Gathered, out: Path, *, lang: str) -> list[Path]:
    """Write the files of the batch itself, all complete or none.

    Parameters
    ----------
    gathered
        What `gather` returned.
    out
        Output folder of the batch.
    lang
        Language in which the index page opens.
    """
    record = gathered.record
    told = {key: str(value) for key, value in msgspec.to_builtins(record.run).items()}
    content = BatchContent(
        text=to_json(record),
        plain=msgspec.to_builtins(record),
        reports=gathered.reports,
        points=gathered.docking_points,
        layers=_layers(gathered),
        tables={
            "pairs": pairs_table(record.pairs),
            "run": pd.DataFrame({"key": list(told), "value": list(told.values())}),
        },
        pairs_folder=PAIRS,
    )
    return BATCH.write_prepared(content, out, Options(lang))


def _layers(gathered: Gathered) -> dict[str, tuple[gpd.GeoDataFrame, str]]:
    """Return the layers of one pair's GeoPackage for all pairs, under the same names."""
    reports = gathered.reports
    links = table_of("links", reports)
    own = {
        "docking_points": gathered.docking_points,
        "findings": gathered.findings,
        **{name: links[links["kind"] == name.removesuffix("s")] for name in LINE_LAYERS},
        "boundary": boundaries_of(reports),
    }
    return {
        "boundaries" if name == "boundary" else name: (
            own[name] if name in own else table_of(name, reports),
            kind,
        )
        for name, kind in LAYERS.items()
    }


def _done(name: str, report: Mapping[str, Any]) -> PairRecord:
    network = report["run"].get("network")
    found = {key: report["summary"][key] for key in PairSummary.__struct_fields__}
    return PairRecord(
        pair=name,
        status="done",
        names=tuple(report["names"]),
        boundary=report["boundary"]["name"],
        length_m=report["boundary"]["length_m"],
        attribution=network["attribution"] if network else None,
        summary=msgspec.convert(found, PairSummary),
    )


def _together(pairs: Sequence[PairRecord]) -> PairSummary:
    """Return what was found in all pairs together; rates follow from the summed counts."""
    found = [pair.summary for pair in pairs if pair.summary]
    return PairSummary(
        **_group_together(found),
        open_points=sum(one.open_points for one in found),
        waiting_points=sum(one.waiting_points for one in found),
        aspects={
            aspect: _aspect_together([one.aspects[aspect] for one in found]) for aspect in DECIDING
        },
        by_class=_groups_together([one.by_class for one in found]),
        by_admin_class=_groups_together([one.by_admin_class for one in found]),
        approaches=sum(one.approaches for one in found),
        verdicts=_summed(one.verdicts for one in found),
        severities=_summed(one.severities for one in found),
        rules=_summed(one.rules for one in found),
    )


def _aspect_together(found: Sequence[AspectTotals]) -> AspectTotals:
    counts = {str(one): sum(getattr(part, one) for part in found) for one in AspectOutcome}
    return AspectTotals(**make_aspect_totals(counts))


def _groups_together(several: Sequence[dict[str, GroupRates]]) -> dict[str, GroupRates]:
    names = sorted({name for groups in several for name in groups})
    return {
        name: GroupRates(**_group_together([one[name] for one in several if name in one]))
        for name in names
    }


def _group_together(found: Sequence[GroupRates]) -> dict[str, Any]:
    counted = make_rates(
        sum(one.docking_points for one in found),
        sum(one.aligned for one in found),
        sum(one.undetermined for one in found),
        sum(one.passable for one in found),
    )
    counted["docking_rate"] = RateRange(**counted["docking_rate"])
    return {**counted, "states": _summed(one.states for one in found)}


def _summed(counts: Any) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))
