"""A batch from manifest to results."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pandas as pd

from roadalign import __version__
from roadalign.batches.gather import PAIRS, gather, write_gathered
from roadalign.batches.jobs import Job, Outcome
from roadalign.batches.manifest import Pair, pairs_of, read_manifest
from roadalign.batches.runners import RUNNERS, dask, processes, processors, serial
from roadalign.batches.tables import pairs_table
from roadalign.errors import InputError
from roadalign.model.tables import records
from roadalign.outputs.file_sets import Options
from roadalign.outputs.writers import BATCH, BATCH_COSTS
from roadalign.pipeline.build import run_time

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

    import geopandas as gpd

    from roadalign.batches.records import BatchRecord

ADDRESS = re.compile(r"(tcp|tls|ucx|wss?)://\S+:\d+")


@dataclass(frozen=True)
class Batch:
    """What a batch found.

    Parameters
    ----------
    docking_points
        Of all pairs: column ``pair``, names of the sides, then those of a single check; WGS84.
    findings
        Of all pairs: one row per rule that spoke.
    pairs
        One row a pair: ``status`` (``done`` or ``failed``), the reason, docking rate, counts,
        ``kept`` (finished in an earlier call), ``seconds`` and ``peak_mb`` of its worker.
    record
        What ``batch.json`` holds.
    out
        Output folder.
    """

    docking_points: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame
    pairs: pd.DataFrame
    record: BatchRecord
    out: Path

    @property
    def failed(self) -> pd.DataFrame:
        """The pairs without a result."""
        return self.pairs[self.pairs["status"] == "failed"]


def batch(  # noqa: PLR0913  (each is one thing a caller may want)
    manifest: str | Path | pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    out: str | Path,
    runner: str = "serial",
    jobs: int | None = None,
    memory_mb: float | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    force: bool = False,
    progress: Callable[[Outcome, int], None] | None = None,
) -> Batch:
    """Check many pairs of plans, and put their results together.

    Parameters
    ----------
    manifest
        A ``.csv``, ``.xlsx`` or ``.toml`` with one row a pair, or such rows: dictionaries or a
        table with the columns of ``standards/manifest.toml``. Relative paths are relative to
        the manifest, or to the current folder where there is none.
    out
        Output folder: ``pairs/<name>/`` with the files of each pair, and ``batch.json``,
        ``all_pairs.gpkg``, ``docking_points.parquet`` and ``index.html`` of all. Pairs whose
        inputs, settings and program are those of the result that is there are kept.
    runner
        ``"serial"``: in this process; ``"processes"``: in `jobs` processes of this machine (a
        script must then keep its call under ``if __name__ == "__main__":``); ``"dask"``: on
        the cluster of `scheduler`.
    jobs
        How many processes; default: one per processor.
    memory_mb
        The most memory that each process may have, in MB; default: an equal share.
    scheduler
        Address of a Dask scheduler, e.g. ``"tcp://10.0.0.5:8786"``.
    lang
        Language in which the pages open, ``"en"`` or ``"zh"``.
    force
        Overwrite files that the program did not write.
    progress
        Called with each outcome as it comes, and the number of pairs.

    Raises
    ------
    InputError
        If the manifest or the call is wrong. What is wrong with one pair is told in its row.

    Examples
    --------
    >>> found = roadalign.batch("pairs.csv", out="pairs-out")  # doctest: +SKIP
    >>> found.pairs[["pair", "status", "docking_rate_low"]]  # doctest: +SKIP
    """
    target = Path(out).absolute()
    pairs, folder = _pairs(manifest, lang)
    BATCH.prepare(target, force=force)
    BATCH_COSTS.refuse_foreign(target, force=force)
    work = _jobs(pairs, folder, target, force=force)
    outcomes: list[Outcome] = []
    running = _running(work, runner, jobs=jobs, memory_mb=memory_mb, scheduler=scheduler)
    try:
        with closing(running):
            for outcome in running:
                outcomes.append(outcome)
                if progress:
                    progress(outcome, len(work))
    finally:
        costs = _costs(outcomes, target, [job.name for job in work])
    gathered = gather(outcomes, target)
    write_gathered(gathered, target, lang=lang)
    return Batch(
        gathered.docking_points,
        gathered.findings,
        _with_costs(pairs_table(gathered.record.pairs), outcomes, costs),
        gathered.record,
        Path(out),
    )


def _pairs(
    manifest: str | Path | pd.DataFrame | Iterable[Mapping[str, Any]], lang: str
) -> tuple[list[Pair], Path]:
    if isinstance(manifest, str | Path):
        path = Path(manifest)
        return read_manifest(path, lang=lang), path.absolute().parent
    rows = records(manifest) if isinstance(manifest, pd.DataFrame) else manifest
    return pairs_of(rows, Path(), lang=lang), Path().absolute()


def _jobs(pairs: Sequence[Pair], folder: Path, out: Path, *, force: bool) -> list[Job]:
    time = run_time()
    return [
        Job(pair.name, pair.settings, folder, out / PAIRS / pair.name, time, __version__, force)
        for pair in pairs
    ]


def _running(
    work: Sequence[Job],
    runner: str,
    *,
    jobs: int | None,
    memory_mb: float | None,
    scheduler: str | None,
) -> Generator[Outcome, None, None]:
    if runner not in RUNNERS:
        raise InputError("no_such_runner", where=runner, known=", ".join(RUNNERS))
    if runner == "dask":
        if not scheduler or not ADDRESS.fullmatch(scheduler):
            raise InputError("no_scheduler_given", where=scheduler or "--scheduler")
        return dask(work, scheduler=scheduler)
    if runner == "processes":
        return processes(work, workers=jobs or processors(), memory_mb=memory_mb)
    return serial(work)


class Costs(msgspec.Struct, frozen=True):
    """What ``costs.json`` holds; ``run`` tells it from a file of somebody else."""

    costs: dict[str, Cost]
    run: dict[str, str] = msgspec.field(default_factory=lambda: {"program": "roadalign"})


class Cost(msgspec.Struct, frozen=True):
    """What a pair took when it was done."""

    seconds: float | None = None
    peak_mb: float | None = None


def _costs(outcomes: Iterable[Outcome], out: Path, names: Sequence[str]) -> dict[str, Cost]:
    """Write what each pair took when it was done, also of those done before; return it."""
    try:
        before = msgspec.json.decode((out / BATCH_COSTS.record).read_bytes(), type=Costs).costs
    except (OSError, msgspec.DecodeError):
        before = {}
    now = {
        one.name: Cost(one.seconds, one.peak_mb and round(one.peak_mb, 1))
        for one in outcomes
        if not one.kept
    }
    costs = {name: now.get(name) or before.get(name) or Cost() for name in sorted(names)}
    plain = msgspec.to_builtins(Costs(costs))
    text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    if now:
        BATCH_COSTS.write_prepared(text, out, Options())
    return costs


def _with_costs(
    pairs: pd.DataFrame, outcomes: Iterable[Outcome], costs: Mapping[str, Cost]
) -> pd.DataFrame:
    kept = {one.name for one in outcomes if one.kept}
    names = pairs["pair"].tolist()
    return pairs.assign(
        kept=[name in kept for name in names],
        seconds=pd.array([costs[name].seconds for name in names], dtype="Float64"),
        peak_mb=pd.array([costs[name].peak_mb for name in names], dtype="Float64"),
    )
