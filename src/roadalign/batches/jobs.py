"""One pair as a job: what a worker is given, does and gives back.

A worker reads only what lies near the boundary of its pair. A pair is finished when the mark in
its folder is that of its inputs and settings; it is then left as it is. What goes wrong becomes
the reason in the outcome, so that a pair only ever fails alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from roadalign import __version__
from roadalign.batches import memory
from roadalign.batches.records import Kind, Reason
from roadalign.errors import InputError
from roadalign.model.basemap import parse_basemap
from roadalign.safety.folder_writes import clear_leftovers

if TYPE_CHECKING:
    from roadalign.model.result import Result
    from roadalign.settings import Settings

_ONE_AT_A_TIME = threading.Lock()
"""A Dask worker may have several threads, but the current folder and GDAL's options are one."""


@dataclass(frozen=True)
class Job:
    """One pair to be checked.

    Parameters
    ----------
    name
        Name of the pair.
    settings
        Everything that steers it; sources are relative to `folder`.
    folder
        Folder of the manifest, absolute.
    out
        Where the files of the pair go, absolute.
    time
        Time of the run, the same for all pairs.
    version
        Of the program that asks; a worker of another version refuses.
    force
        Overwrite files that the program did not write.
    """

    name: str
    settings: Settings
    folder: Path
    out: Path
    time: str
    version: str
    force: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a job.

    Parameters
    ----------
    name
        Name of the pair.
    reason
        Why there is no result; ``None`` where there is one.
    kept
        Whether it was finished before.
    seconds, peak_mb
        What it took: time, and the most memory its worker held meanwhile.
    """

    name: str
    reason: Reason | None = None
    kept: bool = False
    seconds: float | None = None
    peak_mb: float | None = None


def run_job(job: Job) -> Outcome:
    """Check one pair and write its files, or tell why not."""
    reason, kept = None, False
    with _ONE_AT_A_TIME:
        began = time.perf_counter()
        memory.forget_peak()
        try:
            with contextlib.chdir(job.folder):
                kept = _settle(job)
        except InputError as problem:
            reason = _reason("input", problem)
        except Exception as problem:  # noqa: BLE001  (whatever it is, the other pairs go on)
            reason = unexpected(problem, job.name)
        seconds = round(time.perf_counter() - began, 2)
        return Outcome(job.name, reason, kept, seconds, memory.peak_mb())


def unexpected(problem: BaseException, name: str) -> Reason:
    """Return the reason of a pair at which something happened that the program does not know."""
    said = InputError("unexpected", where=name, kind=type(problem).__name__, problem=str(problem))
    return _reason("unexpected", said)


def died(job: Job) -> Outcome:
    """Return the outcome of a job whose worker ended before it did."""
    return Outcome(job.name, reason_of_death(job.name))


def reason_of_death(name: str) -> Reason:
    """Return why a pair whose worker is gone has no result."""
    return _reason("worker", InputError("worker_died", where=name))


def fingerprint_of(settings: Settings, version: str, *, out: Path) -> str:
    """Return what is equal where a pair would give the same result again.

    Parameters
    ----------
    settings
        With all sources, as seen from the current folder.
    version
        Of the program.
    out
        The pair's own folder: where the pair follows its own last result, that is no input that
        makes the next one differ.

    Raises
    ------
    InputError
        If a source does not exist or cannot be opened.
    """
    from roadalign.formats.input_records import fingerprint  # noqa: PLC0415  (in the worker alone)
    from roadalign.model.run import SCHEMA_VERSION  # noqa: PLC0415
    from roadalign.pipeline.run_from_settings import is_own_folder, sources_of  # noqa: PLC0415

    since = None if is_own_folder(settings.since, out) else settings.since
    told = {
        "version": [version, SCHEMA_VERSION],
        "settings": msgspec.to_builtins(settings),
        "inputs": [[source, fingerprint(source)] for source in sources_of(settings)],
        "memory": [_content(settings.ledger), _content(since)],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _content(name: str | None) -> str | None:
    """Return the checksum of a ledger, or of an earlier run; ``None`` where there is none."""
    from roadalign.outputs.report_json import report_file  # noqa: PLC0415

    if not name:
        return None
    file = report_file(Path(name))
    if not os.path.isfile(file):  # noqa: PTH113  (never raises)
        return None
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def is_finished(folder: Path, mark: str) -> bool:
    """Return whether a folder holds the complete result of these inputs and settings."""
    from roadalign.outputs.writers import CHECK, PAIR_MARK  # noqa: PLC0415

    try:
        held = json.loads((folder / PAIR_MARK.record).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return CHECK.is_complete(folder) and isinstance(held, dict) and held.get("fingerprint") == mark


def _settle(job: Job) -> bool:
    """Leave a finished pair as it is, or check it; return whether it was finished."""
    from roadalign.outputs.file_sets import Options  # noqa: PLC0415  (in the worker alone)
    from roadalign.outputs.writers import CHECK, PAIR_MARK  # noqa: PLC0415  (in the worker alone)

    if job.version != __version__:
        raise InputError("other_version", where=job.name, own=__version__, asked=job.version)
    mark = fingerprint_of(job.settings, job.version, out=job.out)
    clear_leftovers(job.out)
    if is_finished(job.out, mark):
        return True
    CHECK.prepare(job.out, force=job.force)
    PAIR_MARK.refuse_foreign(job.out, force=job.force)
    (job.out / PAIR_MARK.record).unlink(missing_ok=True)
    result = _checked(job)
    if fingerprint_of(job.settings, job.version, out=job.out) != mark:
        raise InputError("input_changed", where=job.name)
    basemap = parse_basemap(job.settings.basemap)
    CHECK.write(result, job.out, lang=job.settings.lang, force=job.force, basemap=basemap)
    held = json.dumps({"run": {"program": "roadalign"}, "pair": job.name, "fingerprint": mark})
    PAIR_MARK.write_prepared(held + "\n", job.out, Options())
    return False


def _checked(job: Job) -> Result:
    from roadalign.pipeline.run_from_settings import earlier_of, run_from_settings  # noqa: PLC0415  (in the worker alone)

    since = earlier_of(job.settings, job.out)
    return run_from_settings(job.settings, since=since, time=job.time)


def _reason(kind: Kind, problem: InputError) -> Reason:
    said = {lang: problem.render(lang) for lang in ("en", "zh")}
    return Reason(kind, problem.where, said["en"], said["zh"])
