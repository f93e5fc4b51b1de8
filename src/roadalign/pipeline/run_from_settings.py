"""A check as settings tell it: what ``align check`` and each pair of a batch run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from roadalign.formats.source_names import placed
from roadalign.outputs.report_json import REPORT_NAME
from roadalign.pipeline.check import check
from roadalign.plans.constraints import ConstraintSource

if TYPE_CHECKING:
    from roadalign.model.result import Result
    from roadalign.pipeline.check import Progress
    from roadalign.settings import Settings


def seen_from_here(settings: Settings, folder: Path) -> Settings:
    """Return settings whose sources are written as seen from the current folder.

    Parameters
    ----------
    settings
        With sources relative to `folder`.
    folder
        That of the settings file, as seen from here.
    """
    change = msgspec.structs.replace
    a, b, line, net = settings.a, settings.b, settings.boundary, settings.network

    def moved(source: str | None) -> str | None:
        return placed(source, folder) if source else None

    return change(
        settings,
        a=change(a, plan=[placed(one, folder) for one in a.plan]),
        b=change(b, plan=[placed(one, folder) for one in b.plan]),
        boundary=change(line, file=moved(line.file)),
        network=change(net, files=[placed(one, folder) for one in net.files]),
        weights=change(settings.weights, file=moved(settings.weights.file)),
        constraint=[change(one, file=placed(one.file, folder)) for one in settings.constraint],
        ledger=moved(settings.ledger),
        since=moved(settings.since),
    )


def sources_of(settings: Settings) -> list[str]:
    """Return every source that a check reads roads, lines, areas or points from."""
    single = (settings.boundary.file, settings.weights.file)
    areas = [one.file for one in settings.constraint]
    several = [*settings.a.plan, *settings.b.plan, *settings.network.files, *areas]
    return [*several, *(source for source in single if source)]


def run_from_settings(
    settings: Settings,
    *,
    since: Path | None = None,
    progress: Progress | None = None,
    time: str | None = None,
) -> Result:
    """Check what settings name.

    Parameters
    ----------
    settings
        With plans and boundary named, as seen from the current folder.
    since
        The earlier run to follow; that of the settings is left to the caller, who knows whether
        it is there yet.
    progress, time
        See `roadalign.pipeline.check`.
    """
    return check(
        list(settings.a.plan),
        list(settings.b.plan),
        boundary=settings.boundary.file or "",
        network=list(settings.network.files) or None,
        weights=settings.weights.file,
        constraints=[ConstraintSource(one.file, one.kind, one.crs) for one in settings.constraint],
        ledger=settings.ledger,
        settings=settings,
        since=since,
        progress=progress,
        time=time,
    )


def earlier_of(settings: Settings, out: Path) -> Path | None:
    """Return the earlier run of the settings; none where it is the output folder and not there yet.

    Parameters
    ----------
    settings
        As seen from the current folder.
    out
        The output folder.
    """
    if not settings.since:
        return None
    first = is_own_folder(settings.since, out) and not (out / REPORT_NAME).exists()
    return None if first else Path(settings.since)


def is_own_folder(since: str | None, out: Path) -> bool:
    """Return whether an earlier run is the one in the output folder.

    Parameters
    ----------
    since
        Its folder or ``report.json``, as seen from the current folder.
    out
        The output folder.
    """
    if not since:
        return False
    own = os.path.abspath(out)  # noqa: PTH100  (no links are followed, .. is taken out)
    return os.path.abspath(since) in {own, os.path.join(own, REPORT_NAME)}  # noqa: PTH100, PTH118
