"""``align rule``: what the rules are and how they judge."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import click

from roadalign.cli.common import lang_option, language, say
from roadalign.errors import InputError
from roadalign.locales import catalogue, text

if TYPE_CHECKING:
    from roadalign.rules.core import Rule


@click.command("rule", help=say("rule.help"), epilog=say("rule.epilog"))
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help=say("rule.json"))
@lang_option
def command(code: str | None, as_json: bool, lang: str | None) -> None:
    """List the rules, or print the page of one."""
    from roadalign.rules.core import load_rules
    from roadalign.standards import table

    lang = lang or language()
    rules = {rule.code: rule for rule in load_rules()}
    limits = table("limits")
    if code is None:
        if as_json:
            titles = {key: getattr(rule.title, lang) for key, rule in rules.items()}
            click.echo(json.dumps(titles, ensure_ascii=False, indent=2))
            return
        for key, rule in rules.items():
            click.echo(f"{key}  {getattr(rule.title, lang)}")
        return
    wanted = rules.get(code.upper())
    if wanted is None:
        raise InputError("unknown_rule", where=code, codes=", ".join(rules))
    used = {name: limits[name] for name in wanted.limits}
    sources = _list_sources(wanted)
    if as_json:
        page = {
            "code": wanted.code,
            "title": getattr(wanted.title, lang),
            "page": wanted.page(lang),
            "limits": used,
            **sources,
        }
        click.echo(json.dumps(page, ensure_ascii=False, indent=2))
        return
    click.echo(f"{wanted.code}  {getattr(wanted.title, lang)}\n")
    click.echo(wanted.page(lang))
    if used:
        click.echo("\n" + say("rule.limits"))
    for name, limit in used.items():
        click.echo(f"  {name} = {limit['value']} {limit['unit']}")
        click.echo(f"      {limit[lang]}")
        click.echo("      " + say("rule.source", source=limit["source"]))
    _print_sources(sources, lang=lang)


def _print_sources(sources: dict[str, Any], *, lang: str) -> None:
    if sources.get("columns"):
        click.echo("\n" + say("rule.columns") + "\n  " + ", ".join(sources["columns"]))
    if sources.get("notes"):
        click.echo("\n" + say("rule.notes"))
    for key, severities in sources.get("notes", {}).items():
        names = [text(lang, "report", f"severity.{name}") for name in severities]
        graded = say("rule.comma").join(names)
        click.echo("  " + say("rule.graded", key=key, severities=graded))
        click.echo("      " + re.sub(r"{\w+}", "…", catalogue(lang, "notes")[key]))


def _list_sources(rule: Rule) -> dict[str, Any]:
    """Return what a rule speaks from: the columns it reads, or the notes said under its code."""
    from roadalign.rules.core import InputRule, JudgingRule

    if isinstance(rule, JudgingRule):
        return {"columns": list(rule.columns)}
    if isinstance(rule, InputRule):
        return {"notes": {key: [str(name) for name in held] for key, held in rule.notes.items()}}
    return {}
