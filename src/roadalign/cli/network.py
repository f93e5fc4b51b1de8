"""``align network``: the roads there are, around a boundary, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadalign.cli.common import lang_option, language, say
from roadalign.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.model.result import Boundary, Network

BAND_KM, LEAST_KM, MOST_KM = 5.0, 0.05, 100.0
STEPS = 3


@click.group("network", help=say("network.help"), epilog=say("network.epilog"))
@lang_option
def command(lang: str | None) -> None:
    """Run the group; each command does its own work."""
    del lang  # looked up before


@command.command("cut", help=say("network.cut.help"), epilog=say("network.cut.epilog"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--boundary", "-b", metavar="FILE", required=True, help=say("check.boundary"))
@click.option("--band-km", type=float, default=BAND_KM, metavar="N", help=say("network.band_km"))
@click.option("--assume-crs", metavar="EPSG:…", help=say("network.assume_crs"))
@click.option("--out", "-o", metavar="FILE", default="roads.gpkg", help=say("network.out"))
@click.option("--force", is_flag=True, help=say("init.force"))
@click.option("--quiet", "-q", is_flag=True, help=say("check.quiet"))
@lang_option
def cut(
    files: tuple[str, ...],
    boundary: str,
    band_km: float,
    assume_crs: str | None,
    out: str,
    force: bool,
    quiet: bool,
    lang: str | None,
) -> None:
    """Cut the roads around a boundary out of some files."""
    del lang  # looked up before
    line = _begin(boundary, Path(out), band_km=band_km, force=force, quiet=quiet)
    _step(2, "network.step.reading", quiet=quiet)
    network = _read(files, line, band_km=band_km, crs=assume_crs)
    _finish(network, Path(out), force=force, quiet=quiet)


@command.command("fetch", help=say("network.fetch.help"), epilog=say("network.fetch.epilog"))
@click.option("--boundary", "-b", metavar="FILE", required=True, help=say("check.boundary"))
@click.option("--band-km", type=float, default=BAND_KM, metavar="N", help=say("network.band_km"))
@click.option("--overpass-url", metavar="URL", help=say("network.fetch.url"))
@click.option(
    "--cache", metavar="DIR", default="align-cache", show_default=True, help=say("network.cache")
)
@click.option("--out", "-o", metavar="FILE", default="roads.gpkg", help=say("network.out"))
@click.option("--force", is_flag=True, help=say("init.force"))
@click.option("--quiet", "-q", is_flag=True, help=say("check.quiet"))
@lang_option
def fetch(
    boundary: str,
    band_km: float,
    overpass_url: str | None,
    cache: str,
    out: str,
    force: bool,
    quiet: bool,
    lang: str | None,
) -> None:
    """Download the roads around a boundary."""
    del lang  # looked up before
    line = _begin(boundary, Path(out), band_km=band_km, force=force, quiet=quiet)
    _step(2, "network.step.fetching", quiet=quiet)
    from roadalign.network.overpass import fetch_osm

    def piece(number: int, count: int) -> None:
        if not quiet:
            click.echo(f"      {say('network.piece', number=number, count=count)}", err=True)

    extract = fetch_osm(
        line, band_m=1000 * band_km, url=overpass_url, cache=Path(cache), progress=piece
    )
    network = _read([str(extract)], line, band_km=band_km, crs=None)
    _finish(network, Path(out), force=force, quiet=quiet)


def _begin(boundary: str, out: Path, *, band_km: float, force: bool, quiet: bool) -> Boundary:
    """Refuse what cannot end well, then read the boundary."""
    if not LEAST_KM <= band_km <= MOST_KM:
        raise InputError(
            "bad_band", where="--band-km", value=f"{band_km:g}", least=LEAST_KM, most=MOST_KM
        )
    from roadalign.boundary.read import read_boundary
    from roadalign.network.store import check_target
    from roadalign.settings import Settings

    check_target(out, force=force)
    _step(1, "step.boundary", quiet=quiet)
    return read_boundary(boundary, settings=Settings())


def _read(files: Sequence[str], line: Boundary, *, band_km: float, crs: str | None) -> Network:
    from roadalign.network.read import read_network
    from roadalign.settings import NetworkSettings

    settings = NetworkSettings(crs=crs)
    return read_network(list(files), boundary=line, band_m=1000 * band_km, settings=settings)


def _finish(network: Network, out: Path, *, force: bool, quiet: bool) -> None:
    from roadalign.locales import text
    from roadalign.network.store import write_network

    _step(3, "step.writing", quiet=quiet)
    write_network(network, out, force=force)
    if quiet:
        return
    for record in network.inputs:
        for note in record.notes:
            click.echo(text(language(), "notes", note.key, **note.values), err=True)
    length_km = network.roads.geometry.length.sum() / 1000
    values = {"roads": len(network.roads), "length_km": f"{length_km:.1f}"}
    click.echo(say("network.written", path=out, barriers=len(network.barriers), **values))
    click.echo(network.attribution)


def _step(number: int, key: str, *, quiet: bool) -> None:
    if not quiet:
        click.echo(f"[{number}/{STEPS}] {say(key)}", err=True)
