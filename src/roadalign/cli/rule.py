"""``align rule``: what the rules are and how they judge."""

from __future__ import annotations

import json

import click

from roadalign.cli.common import lang_option, language, say
from roadalign.errors import InputError


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
    if as_json:
        page = {
            "code": wanted.code,
            "title": getattr(wanted.title, lang),
            "page": wanted.page(lang),
            "limits": used,
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
