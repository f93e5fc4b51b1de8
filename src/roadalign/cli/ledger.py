"""``align ledger``: the register of what was decided."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadalign.cli.common import lang_option, language, say, tell_mixed
from roadalign.errors import InputError
from roadalign.ledger.values import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadalign.cli.common import Command
    from roadalign.ledger.events import Ledger
    from roadalign.ledger.register import Imported

CONFIG = "align.toml"
DECISIONS = ("agreed", "to_do", "rejected", "later", "none")
MOST_TOLD = 10
"""Left-out lines that are named one by one."""

STAGES = ("decision", "coordination", "implementation", "supervision", "none")


def _file_option(command: Command) -> Command:
    command = lang_option(command)
    return click.option("--ledger", "-l", metavar="FILE", help=say("ledger.file"))(command)


@click.group("ledger", help=say("ledger.help"), epilog=say("ledger.epilog"))
@lang_option
def command(lang: str | None) -> None:
    """Run the group; each command does its own work."""
    del lang  # looked up before


@command.command("start", help=say("ledger.start.help"), epilog=say("ledger.start.epilog"))
@click.argument("report", metavar="REPORT", default="align-out")
@_file_option
def start(report: str, ledger: str | None, lang: str | None) -> None:
    """Make an empty ledger for the boundary of a run."""
    del lang
    from roadalign.ledger.events import new_ledger
    from roadalign.outputs.report_json import read_report

    path = _path(ledger)
    if os.path.lexists(path):
        raise InputError("ledger_exists", where=path)
    tell_mixed(report)
    record = read_report(Path(report))
    name_a, name_b = record["names"]

    def begun(before: Ledger | None) -> Ledger:
        if before is not None:
            raise InputError("ledger_exists", where=path)
        return new_ledger(record["boundary"]["name"], (name_a, name_b))

    _update(path, begun)
    click.echo(say("ledger.started", path=one_line(str(path))))


@command.command("import", help=say("ledger.import.help"), epilog=say("ledger.import.epilog"))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@_file_option
def take(files: tuple[str, ...], ledger: str | None, lang: str | None) -> None:
    """Take minutes, or another ledger, into the ledger."""
    del lang
    from roadalign.ledger.events import Ledger
    from roadalign.ledger.register import import_source, read_source

    path = _path(ledger)
    sources = [(file, read_source(Path(file))) for file in files]
    for _, source in sources:
        if isinstance(source, Ledger):
            _tell_left_out(source)
    found: list[Imported] = []

    def taken(before: Ledger | None) -> Ledger:
        found.clear()
        now = before
        for file, source in sources:
            found.append(import_source(now, source, name=file))
            now = found[-1].ledger
        return found[-1].ledger

    _update(path, taken)
    click.echo("\n".join(_said_of(file, one) for file, one in zip(files, found, strict=True)))


def _said_of(file: str, found: Imported) -> str:
    """Return what came of taking a file in."""
    from roadalign.outputs.ledger_text import changes_text

    values = {"added": found.added, "known": found.known, "changed": len(found.changed)}
    told = [say("ledger.imported", file=one_line(file), **values)]
    if found.changed:
        names = found.ledger.header.names
        told.append(changes_text(found.changed, names=names, lang=language()))
    if found.older:
        told.append(say("ledger.older", ids=", ".join(found.older)))
    return "\n".join(told)


@command.command("decide", help=say("ledger.decide.help"), epilog=say("ledger.decide.epilog"))
@click.argument("point", metavar="ID")
@click.option("--decision", type=click.Choice(DECISIONS), help=say("ledger.decide.decision"))
@click.option("--stage", type=click.Choice(STAGES), help=say("ledger.decide.stage"))
@click.option("--responsible-a", metavar="TEXT", help=say("ledger.decide.responsible_a"))
@click.option("--responsible-b", metavar="TEXT", help=say("ledger.decide.responsible_b"))
@click.option("--due", metavar="YYYY-MM-DD", help=say("ledger.decide.due"))
@click.option("--note", metavar="TEXT", help=say("ledger.decide.note"))
@_file_option
def decide_(point: str, ledger: str | None, lang: str | None, **fields: str | None) -> None:
    """Write down what was decided of one docking point."""
    del lang
    import datetime as dt

    from roadalign.ledger.register import decide
    from roadalign.ledger.values import written_time

    path = _path(ledger)

    def decided(before: Ledger | None) -> Ledger:
        if before is None:
            raise InputError("no_ledger", where=path)
        return decide(before, point, fields, time=written_time(dt.datetime.now(tz=dt.UTC)))

    before = _update(path, decided)
    known = before and any(event.id == point.upper() for event in before.events)
    key = "ledger.decided" if known else "ledger.first"
    click.echo(say(key, point=point.upper(), path=one_line(str(path))))


@command.command("status", help=say("ledger.status.help"), epilog=say("ledger.status.epilog"))
@click.option("--json", "as_json", is_flag=True, help=say("check.json"))
@_file_option
def status(as_json: bool, ledger: str | None, lang: str | None) -> None:
    """Say what is in force."""
    del lang
    import datetime as dt

    from roadalign.ledger.register import standing
    from roadalign.outputs.ledger_text import status_text
    from roadalign.outputs.terminal_text import shown

    path = _path(ledger)
    kept = _read(path)
    entries = standing(kept.events)
    names = kept.header.names
    if as_json:
        listed = [{"id": name, **one} for name, one in entries.items()]
        left = [
            {"line": one.line, "problem": one.problem.render("en").split("\n")[0]}
            for one in kept.left_out
        ]
        head = {"boundary": kept.header.boundary, "names": list(names)}
        _print_json(head | {"entries": listed, "left_out": left})
        return
    today = dt.datetime.now().astimezone().date().isoformat()
    head = {"boundary": shown(kept.header.boundary), "a": shown(names[0]), "b": shown(names[1])}
    click.echo(say("ledger.head", path=one_line(str(path)), **head))
    click.echo(status_text(entries, names=names, today=today, lang=language()))


@command.command("history", help=say("ledger.history.help"), epilog=say("ledger.history.epilog"))
@click.argument("point", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=say("check.json"))
@_file_option
def history(point: str, as_json: bool, ledger: str | None, lang: str | None) -> None:
    """Say what was written down of one docking point, in order."""
    del lang
    from roadalign.ledger.register import history as history_of
    from roadalign.outputs.ledger_text import history_text

    kept = _read(_path(ledger))
    events = history_of(kept, point)
    if as_json:
        _print_json(events)
    else:
        click.echo(history_text(events, names=kept.header.names, lang=language()))


def _print_json(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))


def _read(path: Path) -> Ledger:
    """Return a ledger, and say first what it was read without."""
    from roadalign.ledger.store import read_ledger

    kept = read_ledger(path)
    _tell_left_out(kept)
    return kept


def _update(path: Path, change: Callable[[Ledger | None], Ledger]) -> Ledger | None:
    """Write to a ledger and say what it was read without; return it as it was before."""
    from roadalign.ledger.store import update

    def waiting() -> None:
        click.echo(say("ledger.waiting", path=one_line(str(path))), err=True)

    before, after = update(path, change, waiting=waiting)
    if before is not None:
        _tell_left_out(before)
        if before.torn is not None and len(after.events) > len(before.events):
            click.echo(
                say("ledger.closed_off", path=one_line(str(path)), line=before.torn), err=True
            )
    return before


def _tell_left_out(kept: Ledger) -> None:
    """Name on stderr the lines that a ledger was read without."""
    for one in kept.left_out[:MOST_TOLD]:
        click.echo(one.problem.render(language()), err=True)
    if len(kept.left_out) > MOST_TOLD:
        click.echo(say("ledger.more_left_out", count=len(kept.left_out) - MOST_TOLD), err=True)


def _path(given: str | None) -> Path:
    """Return the ledger named, or that of the settings file of this folder."""
    from roadalign.settings import read_toml

    if given:
        return Path(given)
    config = Path(CONFIG)
    named = read_toml(config).get("ledger") if config.exists() else None
    if not isinstance(named, str) or not named:
        raise InputError("no_ledger_given", where="--ledger")
    return config.parent / named
