"""``align batch``: many pairs in one go."""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadalign.cli.common import DONE, FAIL_ON, FOUND, holds_wanted, lang_option, language
from roadalign.cli.common import say as of_cli
from roadalign.cli.endings import status_of
from roadalign.errors import InputError
from roadalign.locales import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadalign.batches.jobs import Outcome
    from roadalign.batches.run import Batch

DEFAULT_OUT = "align-batch"


def say(key: str, /, **values: object) -> str:
    """Return a message of this command in the language of this call."""
    return text(language(), "batch", key, **values)


@click.command("batch", help=say("help"), epilog=say("epilog"))
@click.argument("manifest", required=False)
@click.option("--init", metavar="FILE", help=say("init"))
@click.option("--out", "-o", metavar="DIR", default=DEFAULT_OUT, help=say("out"))
@click.option(
    "--runner",
    type=click.Choice(("processes", "serial", "dask")),
    default="processes",
    help=say("runner"),
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help=say("jobs"))
@click.option(
    "--memory", "memory_mb", type=click.FloatRange(min=1), metavar="MB", help=say("memory")
)
@click.option("--scheduler", metavar="tcp://HOST:PORT", help=say("scheduler"))
@click.option("--fail-on", type=click.Choice(FAIL_ON), help=say("fail_on"))
@click.option("--force", is_flag=True, help=of_cli("check.force"))
@click.option("--quiet", "-q", is_flag=True, help=of_cli("check.quiet"))
@click.option("--json", "as_json", is_flag=True, help=say("json"))
@lang_option
def command(  # noqa: PLR0917  (click hands over one parameter per option)
    manifest: str | None,
    init: str | None,
    out: str,
    runner: str,
    jobs: int | None,
    memory_mb: float | None,
    scheduler: str | None,
    fail_on: str | None,
    force: bool,
    quiet: bool,
    as_json: bool,
    lang: str | None,
) -> int:
    """Check many pairs, or write a manifest to start from."""
    if init is not None:
        from roadalign.batches.template import write_template

        write_template(Path(init), lang=lang or language())
        click.echo(say("init_written", path=init))
        return DONE
    if manifest is None:
        raise InputError("no_manifest", where="MANIFEST")
    from roadalign.batches.run import batch

    silent = quiet or as_json
    there = os.path.exists(manifest)  # noqa: PTH110  (never raises)
    if runner == "processes" and not silent and there:
        _tell_bound(jobs, memory_mb)
    try:
        found = batch(
            manifest,
            out=out,
            runner=runner,
            jobs=jobs,
            memory_mb=memory_mb,
            scheduler=scheduler,
            lang=lang or language(),
            force=force,
            progress=None if silent else _progress(),
        )
    except KeyboardInterrupt as stopped:
        click.echo(say("stopped", call=shlex.join(["align", *sys.argv[1:]])), err=True)
        return status_of(stopped)
    _report(found, quiet=quiet, as_json=as_json)
    bad = len(found.failed) > 0 or (fail_on is not None and _reaches(found, fail_on))
    return FOUND if bad else DONE


def _tell_bound(jobs: int | None, memory_mb: float | None) -> None:
    from roadalign.batches.memory import fair_share_mb
    from roadalign.batches.runners import processors

    workers = jobs or processors()
    limit_mb = memory_mb or fair_share_mb(workers)
    click.echo(say("bound", workers=workers, limit=f"{limit_mb:.0f}"), err=True)


def _progress() -> Callable[[Outcome, int], None]:
    """Return what prints one line per pair on stderr, with the time that is left."""
    began = time.monotonic()
    number = worked = 0

    def report_outcome(outcome: Outcome, count: int) -> None:
        nonlocal number, worked
        number += 1
        worked += not outcome.kept
        left_s = (time.monotonic() - began) / worked * (count - number) if worked else None
        what = "failed" if outcome.reason else "kept" if outcome.kept else "done"
        line = say(
            "progress",
            number=number,
            count=count,
            pair=outcome.name,
            what=say(what),
            seconds="—" if outcome.seconds is None else f"{outcome.seconds:.1f}",
            peak="—" if outcome.peak_mb is None else f"{outcome.peak_mb:.0f}",
            left="" if left_s is None or number == count else say("left", time=_clock(left_s)),
        )
        click.echo(line, err=True)

    return report_outcome


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _report(found: Batch, *, quiet: bool, as_json: bool) -> None:
    """Print what was found on stdout."""
    from roadalign.batches.summary import summary_record, summary_text
    from roadalign.outputs.writers import BATCH

    if as_json:
        click.echo(json.dumps(summary_record(found), ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo(summary_text(found, lang=language()))
        click.echo(say("written", index=found.out / BATCH.name_of("page")))


def _reaches(found: Batch, wanted: str) -> bool:
    """Return whether any pair holds what ``--fail-on`` asks for, see `holds_wanted`."""
    severities = [str(value) for value in found.findings["severity"].unique()]
    total = found.record.summary
    return holds_wanted(severities, total.open_points + total.waiting_points, wanted)
