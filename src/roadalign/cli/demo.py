"""``align demo``: the embedded default, to try the program with."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadalign.cli.common import lang_option, language, say
from roadalign.errors import InputError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NAME = "jinshan-jiaxing"
SETTINGS = "align.toml"
SIDES = {"en": ("jinshan", "jiaxing"), "zh": ("金山", "嘉兴")}
"""What the sides of the default are called in each language."""


@click.command("demo", help=say("demo.help"), epilog=say("demo.epilog"))
@click.option("--out", "-o", metavar="DIR", default="align-demo", help=say("demo.out"))
@click.option("--force", is_flag=True, help=say("check.force"))
@click.option("--quiet", "-q", is_flag=True, help=say("check.quiet"))
@lang_option
def command(out: str, force: bool, quiet: bool, lang: str | None) -> None:
    """Copy the default data and check it."""
    from roadalign.cli.check import read_settings_file, report, run
    from roadalign.outputs.writers import CHECK
    from roadalign.settings import parse_settings

    target = Path(out)
    result_folder = target / "result"
    CHECK.prepare(result_folder, force=force)
    spoken = lang or language()
    copy_default(target / NAME, lang=spoken, force=force)
    config = target / NAME / SETTINGS
    settings = parse_settings(read_settings_file(config) | {"lang": spoken}, where=str(config))
    result = run(settings, out=result_folder, force=force, quiet=quiet)
    report(result, out=result_folder, lang=settings.lang, quiet=quiet, as_json=False)
    if not quiet:
        click.echo(say("demo.again", folder=target / NAME))


def copy_default(target: Path, *, lang: str, force: bool) -> None:
    """Copy the default data, refusing to overwrite files that differ from it.

    The settings name the sides as the language does; those of another language may be replaced.
    """
    with as_file(default_data()) as source:
        pairs = [
            (path, target / path.relative_to(source))
            for path in sorted(source.rglob("*"))
            if path.is_file()
        ]
        own = (source / SETTINGS).read_text(encoding="utf-8")
        settings = {one: settings_in(own, lang=one).encode() for one in SIDES}
        changed = [
            str(copy)
            for path, copy in pairs
            if copy.exists()
            and copy.read_bytes() not in {path.read_bytes(), *_written(path, settings)}
        ]
        if changed and not force:
            raise InputError("foreign_files", where=target, files=", ".join(changed))
        try:
            for path, copy in pairs:
                copy.parent.mkdir(parents=True, exist_ok=True)
                if path.name == SETTINGS:
                    copy.write_bytes(settings[lang])
                else:
                    shutil.copyfile(path, copy)
        except OSError as problem:
            raise InputError("cannot_write", where=target, problem=str(problem)) from None


def settings_in(text: str, *, lang: str) -> str:
    """Return settings of the default with the language, and the names of the sides in it."""
    for one, names in SIDES.items():
        text = text.replace(f'lang = "{one}"', f'lang = "{lang}"')
        for name, spoken in zip(names, SIDES[lang], strict=True):
            text = text.replace(f'name = "{name}"', f'name = "{spoken}"')
        text = text.replace(f'name = "{"-".join(names)}"', f'name = "{"-".join(SIDES[lang])}"')
    return text


def _written(path: Path, settings: dict[str, bytes]) -> list[bytes]:
    return list(settings.values()) if path.name == SETTINGS else []


def default_data() -> Traversable:
    """Return the folder of the default data: packaged, or that of the checkout."""
    packaged = files("roadalign") / "default" / NAME
    if packaged.is_dir():
        return packaged
    return Path(__file__).parents[3] / "data" / NAME
