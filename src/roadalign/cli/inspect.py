"""``align inspect``: what the program understands of layers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from roadalign import __version__
from roadalign.cli.common import DONE, USAGE, lang_option, language, say


@click.command("inspect", help=say("inspect.help"), epilog=say("inspect.epilog"))
@click.argument("layers", metavar="LAYER...", nargs=-1, required=True)
@click.option("--boundary", "-b", metavar="FILE", help=say("inspect.boundary"))
@click.option("--network", multiple=True, metavar="FILE", help=say("inspect.network"))
@click.option("--config", "-c", metavar="FILE", help=say("inspect.config"))
@click.option("--side", type=click.Choice(("a", "b")), default="a", help=say("inspect.side"))
@click.option("--json", "as_json", is_flag=True, help=say("inspect.json"))
@click.option("--html", metavar="FILE", help=say("inspect.html"))
@click.option("--force", is_flag=True, help=say("check.force"))
@lang_option
def command(  # noqa: PLR0917  (click hands over one parameter per option)
    layers: tuple[str, ...],
    boundary: str | None,
    network: tuple[str, ...],
    config: str | None,
    side: str,
    as_json: bool,
    html: str | None,
    force: bool,
    lang: str | None,
) -> int:
    """Describe some layers."""
    from roadalign.outputs.inspection import (
        check_page,
        inspection_page,
        inspection_record,
        inspection_text,
        write_page,
    )
    from roadalign.plans.inspection import inspect
    from roadalign.settings import parse_settings, read_toml

    lang = lang or language()
    if html is not None:
        check_page(Path(html), force=force)
    settings = parse_settings(read_toml(Path(config)) if config else {}, where=config or "")
    reports = inspect(
        layers, boundary=boundary, network=network or None, side=side, settings=settings
    )
    if html is not None:
        page = inspection_page(reports, side=side, lang=lang)
        write_page(page, Path(html), force=force)
    if as_json:
        record = inspection_record(reports, side=side, lang=lang, version=__version__)
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(inspection_text(reports, side=side, lang=lang, width=width))
        if html is not None:
            click.echo(say("inspect.written", page=html))
    return DONE if all(report.readable for report in reports) else USAGE
