"""``align init``: a commented align.toml for the layers given."""

from __future__ import annotations

from pathlib import Path

import click

from roadalign.cli.common import lang_option, language, say
from roadalign.errors import InputError


@click.command("init", help=say("init.help"), epilog=say("init.epilog"))
@click.argument("plan_a")
@click.argument("plan_b")
@click.option("--boundary", "-b", metavar="FILE", help=say("check.boundary"))
@click.option("--names", metavar="A,B", default="A,B", help=say("check.names"))
@click.option("--out", "-o", metavar="FILE", default="align.toml", help=say("init.out"))
@click.option("--force", is_flag=True, help=say("init.force"))
@lang_option
def command(
    plan_a: str,
    plan_b: str,
    boundary: str | None,
    names: str,
    out: str,
    force: bool,
    lang: str | None,
) -> None:
    """Describe two plans in a settings file."""
    from roadalign.cli.check import side_names
    from roadalign.plans.template import settings_template

    path = Path(out)
    if path.exists() and not force:
        raise InputError("foreign_files", where=path.parent, files=path.name)
    text = settings_template(
        plan_a, plan_b, boundary=boundary, names=side_names(names), lang=lang or language()
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputError("cannot_write", where=path, problem=str(problem)) from None
    click.echo(say("init.written", path=path))
