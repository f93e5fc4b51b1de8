"""``align boundary``: the common line, made from areas, from OpenStreetMap, or from codes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadalign.cli.common import lang_option, language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadalign.boundary.made_line import Border
    from roadalign.cli.common import Command

OUT = "boundary.geojson"


def _line_options(command: Command) -> Command:
    """Add what every command that writes a line takes."""
    options = (
        click.option("--name", metavar="TEXT", help=say("boundary.name")),
        click.option("--out", "-o", metavar="FILE", default=OUT, help=say("boundary.out")),
        click.option("--force", is_flag=True, help=say("init.force")),
        click.option("--quiet", "-q", is_flag=True, help=say("check.quiet")),
        lang_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group("boundary", help=say("boundary.help"), epilog=say("boundary.epilog"))
@lang_option
def command(lang: str | None) -> None:
    """Run the group; each command does its own work."""
    del lang  # looked up before


@command.command(
    "between", help=say("boundary.between.help"), epilog=say("boundary.between.epilog")
)
@click.argument("area_a", metavar="A")
@click.argument("area_b", metavar="B")
@click.option("--where-a", metavar="FIELD=VALUE", help=say("boundary.between.where_a"))
@click.option("--where-b", metavar="FIELD=VALUE", help=say("boundary.between.where_b"))
@click.option("--assume-crs", metavar="EPSG:…", help=say("boundary.assume_crs"))
@_line_options
def between(
    area_a: str,
    area_b: str,
    where_a: str | None,
    where_b: str | None,
    assume_crs: str | None,
    lang: str | None,
    **line: Any,
) -> None:
    """Make the line between two layers of areas."""
    del lang  # looked up before

    def make() -> Border:
        from roadalign.boundary.made_line import make_boundary

        return make_boundary(
            area_a, area_b, where_a=where_a, where_b=where_b, crs=assume_crs, name=line["name"]
        )

    _write(make, Path(line["out"]), force=line["force"], quiet=line["quiet"])


@command.command("pick", help=say("boundary.pick.help"), epilog=say("boundary.pick.epilog"))
@click.argument("layer", metavar="LAYER")
@click.argument("code_a", metavar="CODE_A")
@click.argument("code_b", metavar="CODE_B")
@click.option("--field", metavar="FIELD", help=say("boundary.pick.field"))
@click.option("--assume-crs", metavar="EPSG:…", help=say("boundary.assume_crs"))
@_line_options
def pick(
    layer: str,
    code_a: str,
    code_b: str,
    field: str | None,
    assume_crs: str | None,
    lang: str | None,
    **line: Any,
) -> None:
    """Make the line between two areas of one layer."""
    del lang  # looked up before

    def make() -> Border:
        from roadalign.boundary.areas import pick_areas
        from roadalign.boundary.made_line import border_between

        sides = pick_areas(layer, (code_a, code_b), field=field, crs=assume_crs)
        return border_between(*sides, name=line["name"])

    _write(make, Path(line["out"]), force=line["force"], quiet=line["quiet"])


@command.command("osm", help=say("boundary.osm.help"), epilog=say("boundary.osm.epilog"))
@click.argument("file", metavar="FILE")
@click.argument("name_a", metavar="NAME_A")
@click.argument("name_b", metavar="NAME_B")
@click.option("--level", type=click.IntRange(1, 12), help=say("boundary.osm.level"))
@_line_options
def osm(
    file: str,
    name_a: str,
    name_b: str,
    level: int | None,
    lang: str | None,
    **line: Any,
) -> None:
    """Make the line between two administrative relations."""
    del lang  # looked up before

    def make() -> Border:
        from roadalign.boundary.osm import osm_border

        return osm_border(Path(file).expanduser(), name_a, name_b, level=level, name=line["name"])

    _write(make, Path(line["out"]), force=line["force"], quiet=line["quiet"])


@command.command("china", help=say("boundary.china.help"), epilog=say("boundary.china.epilog"))
@click.argument("code_a", metavar="CODE_A")
@click.argument("code_b", metavar="CODE_B")
@_line_options
def china(
    code_a: str,
    code_b: str,
    lang: str | None,
    **line: Any,
) -> None:
    """Make the line between administrative areas of China."""
    del lang  # looked up before

    def make() -> Border:
        from roadalign.boundary.china import china_border

        return china_border(code_a, code_b, name=line["name"])

    _write(make, Path(line["out"]), force=line["force"], quiet=line["quiet"])


@command.command("pairs", help=say("boundary.pairs.help"), epilog=say("boundary.pairs.epilog"))
@click.argument("layer", metavar="LAYER")
@click.option("--field", metavar="FIELD", help=say("boundary.pairs.field"))
@click.option("--assume-crs", metavar="EPSG:…", help=say("boundary.assume_crs"))
@click.option("--json", "as_json", is_flag=True, help=say("rule.json"))
@click.option("--out", "-o", metavar="FILE", help=say("boundary.pairs.out"))
@click.option("--force", is_flag=True, help=say("init.force"))
@lang_option
def pairs(
    layer: str,
    field: str | None,
    assume_crs: str | None,
    as_json: bool,
    out: str | None,
    force: bool,
    lang: str | None,
) -> None:
    """List all neighbours of a layer."""
    del lang  # looked up before
    from roadalign.boundary.neighbours import adjacent_pairs
    from roadalign.boundary.store import TABLE_ENDINGS, check_target, write_pairs

    if out is not None:
        check_target(Path(out), endings=TABLE_ENDINGS, force=force)
    found = adjacent_pairs(layer, field=field, crs=assume_crs)
    if out is not None:
        write_pairs(found.pairs, Path(out), force=force)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for pair in found.pairs:
        click.echo(f"{pair.shared_km:10.3f} km  {pair.a} – {pair.b}")
    for one, other in found.overlapping:
        click.echo(say("boundary.pairs.overlapping", a=one, b=other), err=True)
    count = {"pairs": len(found.pairs), "areas": found.areas}
    click.echo(say("boundary.pairs.found", field=found.field or "—", **count), err=True)


def _write(make: Callable[[], Border], out: Path, *, force: bool, quiet: bool) -> None:
    """Refuse what cannot be written, then make the line, write it and say what to know of it."""
    from roadalign.boundary.store import LINE_ENDINGS, check_target, write_border
    from roadalign.locales import text

    check_target(out, endings=LINE_ENDINGS, force=force)
    border = make()
    write_border(border, out, lang=language(), force=force)
    if quiet:
        return
    for note in border.notes:
        click.echo(note.render(language()), err=True)
    length_km = f"{border.length_km:.1f}"
    click.echo(say("boundary.written", path=out, name=border.boundary.name, length_km=length_km))
    click.echo(text(language(), "borders", f"licence.{border.licence}"))
