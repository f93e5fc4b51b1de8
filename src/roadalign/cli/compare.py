"""``align compare``: what differs between two runs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from roadalign.cli.common import DONE, FOUND, lang_option, language, say, tell_mixed

FAIL_ON = ("new-mismatch", "new-severe", "reopened", "worsened", "any")


@click.command("compare", help=say("compare.help"), epilog=say("compare.epilog"))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--out", "-o", metavar="DIR", help=say("compare.out"))
@click.option("--fail-on", type=click.Choice(FAIL_ON), help=say("compare.fail_on"))
@click.option("--force", is_flag=True, help=say("check.force"))
@click.option("--quiet", "-q", is_flag=True, help=say("check.quiet"))
@click.option("--json", "as_json", is_flag=True, help=say("compare.json"))
@lang_option
def command(
    old: str,
    new: str,
    out: str | None,
    fail_on: str | None,
    force: bool,
    quiet: bool,
    as_json: bool,
    lang: str | None,
) -> int:
    """Compare two runs and say what differs."""
    from roadalign.outputs.comparison.record import comparison_record
    from roadalign.outputs.comparison.terminal import comparison_text
    from roadalign.outputs.writers import COMPARISON
    from roadalign.pipeline.compare_versions import compare

    tongue = lang or language()
    if out is not None:
        COMPARISON.prepare(Path(out), force=force)
    tell_mixed(old, new)
    found = compare(Path(old), Path(new))
    if out is not None:
        COMPARISON.write(found, Path(out), lang=tongue, force=force)
    if as_json:
        click.echo(json.dumps(comparison_record(found), ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo(comparison_text(found, lang=tongue))
        if out is not None:
            click.echo(say("compare.written", page=Path(out) / COMPARISON.name_of("page")))
    return FOUND if fail_on and reaches(found.summary, fail_on) else DONE


def reaches(summary: dict[str, object], what: str) -> bool:
    """Return whether a comparison holds what ``--fail-on`` asks for."""
    counts = summary["counts"]
    if not isinstance(counts, dict):
        raise TypeError(counts)
    if what == "any":
        return any(count for word, count in counts.items() if word != "same")
    if what == "reopened":
        return bool(counts["reopened"])
    if what == "worsened":
        return bool(counts["worsened"] + counts["reopened"])
    return bool(summary[what.replace("-", "_")])
