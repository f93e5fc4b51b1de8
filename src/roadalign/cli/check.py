"""``align check``: the main job."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadalign.cli.common import (
    DONE,
    FAIL_ON,
    FOUND,
    holds_wanted,
    lang_option,
    language,
    progress_lines,
    say,
    tell_mixed,
)
from roadalign.errors import InputError

if TYPE_CHECKING:
    from roadalign.model.result import Result
    from roadalign.settings import Settings

DEFAULT_CONFIG, DEFAULT_OUT = "align.toml", "align-out"


@click.command("check", help=say("check.help"), epilog=say("check.epilog"))
@click.argument("plan_a", required=False)
@click.argument("plan_b", required=False)
@click.option("--boundary", "-b", metavar="FILE", help=say("check.boundary"))
@click.option("--network", multiple=True, metavar="FILE", help=say("check.network"))
@click.option("--weights", metavar="FILE", help=say("check.weights"))
@click.option(
    "--constraint",
    "constraints",
    multiple=True,
    metavar="FILE[:LAYER]=KIND",
    help=say("check.constraint"),
)
@click.option("--ledger", metavar="FILE", help=say("check.ledger"))
@click.option("--names", metavar="A,B", help=say("check.names"))
@click.option("--assume-crs", multiple=True, metavar="SIDE=SYSTEM", help=say("check.assume_crs"))
@click.option("--shift", type=click.Choice(("auto", "a", "b")), help=say("check.shift"))
@click.option("--since", metavar="REPORT", help=say("check.since"))
@click.option("--out", "-o", metavar="DIR", help=say("check.out"))
@click.option("--config", "-c", metavar="FILE", help=say("check.config"))
@click.option("--fail-on", type=click.Choice(FAIL_ON), help=say("check.fail_on"))
@click.option("--only", metavar="RULES", help=say("check.only"))
@click.option("--aspects", metavar="ASPECTS", help=say("check.aspects"))
@click.option("--as-of", metavar="DAY", help=say("check.as_of"))
@click.option("--basemap", metavar="NAME|URL", help=say("check.basemap"))
@click.option("--force", is_flag=True, help=say("check.force"))
@click.option("--quiet", "-q", is_flag=True, help=say("check.quiet"))
@click.option("--json", "as_json", is_flag=True, help=say("check.json"))
@lang_option
def command(  # noqa: PLR0917  (click hands over one parameter per option)
    plan_a: str | None,
    plan_b: str | None,
    boundary: str | None,
    network: tuple[str, ...],
    weights: str | None,
    constraints: tuple[str, ...],
    ledger: str | None,
    names: str | None,
    assume_crs: tuple[str, ...],
    shift: str | None,
    since: str | None,
    out: str | None,
    config: str | None,
    fail_on: str | None,
    only: str | None,
    aspects: str | None,
    as_of: str | None,
    basemap: str | None,
    force: bool,
    quiet: bool,
    as_json: bool,
    lang: str | None,
) -> int:
    """Check two plans and write the results."""
    folder, data = _configuration(config, plans_given=plan_a is not None)
    given = {
        "plan_a": plan_a,
        "plan_b": plan_b,
        "boundary": boundary,
        "names": names,
        "only": only,
        "aspects": aspects,
        "as_of": as_of,
        "lang": lang,
        "shift": shift,
        "basemap": basemap,
        "ledger": ledger,
        "since": since,
    }
    if network:
        data = data | {"network": {**data.get("network", {}), "files": list(network)}}
    if weights:
        data = data | {"weights": {**data.get("weights", {}), "file": weights}}
    if constraints:
        data = with_constraints(data, constraints)
    settings = _settings(data, given, assumed=assume_crs, where=config or DEFAULT_CONFIG)
    target = Path(out) if out else folder / (settings.out or DEFAULT_OUT)
    result = run(settings, out=target, force=force, quiet=quiet or as_json)
    report(result, out=target, lang=settings.lang, quiet=quiet, as_json=as_json)
    return FOUND if fail_on and reaches(result, fail_on) else DONE


def run(settings: Settings, *, out: Path, force: bool, quiet: bool) -> Result:
    """Run one check and write its files.

    Parameters
    ----------
    settings
        With plans and boundary named, as seen from the current folder.
    out
        Output folder.
    force
        Overwrite files that the program did not write.
    quiet
        No progress.
    """
    from roadalign.model.basemap import parse_basemap
    from roadalign.outputs.writers import CHECK
    from roadalign.pipeline.run_from_settings import earlier_of, run_from_settings

    without = () if settings.network.files else ("network",)
    step = progress_lines(quiet=quiet, without=without)
    CHECK.prepare(out, force=force)
    tell_mixed(out, *([settings.since] if settings.since else []))
    since = earlier_of(settings, out)
    if settings.since and since is None:
        click.echo(say("check.first_run", since=settings.since), err=True)
    result = run_from_settings(settings, since=since, progress=step)
    step("writing")
    basemap = parse_basemap(settings.basemap)
    CHECK.write(result, out, lang=settings.lang, force=force, basemap=basemap)
    warn(result)
    return result


def warn(result: Result) -> None:
    """Say on stderr what a run could not read, or compares with something else than is likely.

    That are lines of the ledger which were left out, and an earlier run that has other names or
    differs more than is likely.
    """
    from roadalign.outputs.terminal_text import shown

    kept = result.run["ledger"]
    if kept and kept["lines_left_out"]:
        numbers = ", ".join(map(str, kept["left_out"]))
        more = " …" if len(kept["left_out"]) < kept["lines_left_out"] else ""
        values = {
            "file": shown(kept["file"]),
            "count": kept["lines_left_out"],
            "lines": numbers + more,
        }
        click.echo(say("check.ledger_left_out", **values), err=True)
    since = result.run["since"]
    if since is None:
        return
    if sorted(since["names"]) != sorted(result.names):
        names = {"old": ", ".join(since["names"]), "new": ", ".join(result.names)}
        click.echo(say("check.other_names", **names), err=True)
    if since["jump"]:
        click.echo(say("check.jump", **since["counts"], all=since["all"]), err=True)


def report(result: Result, *, out: Path, lang: str, quiet: bool, as_json: bool) -> None:
    """Print what was found on stdout."""
    from roadalign.outputs.terminal import summary_record, summary_text
    from roadalign.outputs.writers import CHECK

    if as_json:
        record = summary_record(result) | {"out": str(out), "files": list(CHECK.names)}
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    elif not quiet:
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(summary_text(result, lang=lang, width=width))
        click.echo(say("check.written", map=out / CHECK.name_of("page")))


def reaches(result: Result, wanted: str) -> bool:
    """Return whether a result holds what ``--fail-on`` asks for, see `holds_wanted`."""
    severities = [str(value) for value in result.findings["severity"]]
    open_or_waiting = len(result.unresolved) + len(result.waiting)
    return holds_wanted(severities, open_or_waiting, wanted)


def _configuration(config: str | None, *, plans_given: bool) -> tuple[Path, dict[str, Any]]:
    """Return the folder of the settings file, and what it holds as seen from the current one."""
    path = Path(config or DEFAULT_CONFIG)
    if config is None and (plans_given or not path.exists()):
        return Path(), {}
    return path.parent, read_settings_file(path)


def read_settings_file(path: Path) -> dict[str, Any]:
    """Return what a settings file holds, its sources as seen from the current folder."""
    import msgspec

    from roadalign.pipeline.run_from_settings import seen_from_here
    from roadalign.settings import parse_settings, read_toml

    written = read_toml(path)
    settings = parse_settings(written, where=str(path))
    seen = msgspec.to_builtins(seen_from_here(settings, path.parent))
    # what it does not say is not said: options and the terminal's language come first
    return {key: value for key, value in seen.items() if key in written}


def _settings(
    data: dict[str, Any], given: dict[str, str | None], *, assumed: tuple[str, ...], where: str
) -> Settings:
    """Merge the options into the settings file; options win."""
    from roadalign.settings import parse_settings

    merged = _merged(data, given, assumed=assumed)
    merged["lang"] = given["lang"] or merged.get("lang") or language()
    settings = parse_settings(merged, where=where)
    for argument, sources in (("PLAN_A", settings.a.plan), ("PLAN_B", settings.b.plan)):
        if not sources:
            raise InputError("no_plan_given", where=argument)
    if not settings.boundary.file:
        raise InputError("no_boundary_given", where="--boundary")
    if settings.only:
        from roadalign.rules.core import refuse_unknown

        refuse_unknown(settings.only)
    return settings


def _merged(
    data: dict[str, Any], given: dict[str, str | None], *, assumed: tuple[str, ...]
) -> dict[str, Any]:
    merged = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    for side in ("a", "b"):
        plan = given[f"plan_{side}"]
        if plan is not None:
            merged.setdefault(side, {})["plan"] = [plan]
    if given["boundary"] is not None:
        merged.setdefault("boundary", {})["file"] = given["boundary"]
    if given["names"] is not None:
        for side, name in zip("ab", side_names(given["names"]), strict=True):
            merged.setdefault(side, {})["name"] = name
    for one in assumed:
        side, system = assumption(one)
        merged.setdefault(side, {})["assume_crs"] = system
    plain = ("shift", "basemap", "ledger", "since", "as_of")
    merged |= {option: given[option] for option in plain if given[option] is not None}
    return merged | {
        option: [spelled(one) for one in _listed(given[option] or "")]
        for option, spelled in (("only", str.upper), ("aspects", str.lower))
        if given[option] is not None
    }


def _listed(given: str) -> list[str]:
    """Split a list of words at commas; full-width ones do too."""
    return [one.strip() for one in given.replace("，", ",").split(",") if one.strip()]


def assumption(given: str) -> tuple[str, str]:
    """Split ``b=gcj02`` into side and system."""
    side, _, system = given.partition("=")
    side, system = side.strip().lower(), system.strip()
    if side not in {"a", "b"} or not system:
        raise InputError("bad_assumption", where=given)
    return side, system


def with_constraints(data: dict[str, Any], given: tuple[str, ...]) -> dict[str, Any]:
    """Add ``FILE[:LAYER]=KIND`` options to what the settings file holds."""
    from roadalign.standards import table

    added = []
    for one in given:
        file, equals, kind = one.rpartition("=")
        if not (file.strip() and equals and kind.strip()):
            raise InputError("bad_constraint", where=one, known=", ".join(table("constraints")))
        added.append({"file": file.strip(), "kind": kind.strip()})
    return data | {"constraint": [*data.get("constraint", []), *added]}


def side_names(given: str) -> tuple[str, str]:
    """Split ``A,B`` into two names; a full-width comma does too."""
    names = [name.strip() for name in given.replace("，", ",").split(",")]
    if len(names) != 2 or not all(names):  # noqa: PLR2004 (two sides)
        raise InputError("bad_names", where=given)
    return names[0], names[1]
