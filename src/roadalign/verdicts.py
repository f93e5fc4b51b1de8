"""From findings to a verdict: what is said of each docking point as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.checks.rule import all_rules
from roadalign.locales import text
from roadalign.model.levels import SEVERITY, Level, Verdict, worst
from roadalign.model.tables import records

if TYPE_CHECKING:
    from roadalign.checks.rule import Rule, Text

SPOKEN = tuple(str(level) for level, weight in SEVERITY.items() if weight > 0)
BAD = {str(Level.MISMATCH), str(Level.SEVERE)}


def sum_up(
    points: pd.DataFrame, findings: pd.DataFrame, *, names: tuple[str, str], lang: str
) -> pd.DataFrame:
    """Return the docking points with level, rules, verdict, summaries and asks.

    Parameters
    ----------
    points
        Docking points with their preliminary verdict.
    findings
        Of `roadalign.checks.rule.run_rules`.
    names
        Names of the two sides.
    lang
        Language of the asks.
    """
    spoken = findings[findings["level"].isin(SPOKEN) & findings["docking_point"].notna()]
    weight = spoken["level"].map({str(level): -n for level, n in SEVERITY.items()})
    spoken = spoken.assign(weight=weight).sort_values(["weight", "rule"], kind="stable")
    by_point = dict(tuple(spoken.groupby("docking_point")))
    rules = {rule.code: rule for rule in all_rules()}
    rows = [
        _row(point, by_point.get(point["id"]), rules, names=names, lang=lang)
        for point in records(points)
    ]
    return points.assign(**pd.DataFrame(rows, index=points.index))


def road_label(point: dict[str, Any], side: str, *, lang: str) -> str:
    """Return what to call one side's road: number and name, else its class, else "unnamed"."""
    ref, name = (point.get(f"{side}_{key}", pd.NA) for key in ("ref", "name"))
    parts = [str(part) for part in (ref, name) if pd.notna(part)]
    if parts:
        return " ".join(dict.fromkeys(parts))
    kind = point.get(f"{side}_class_text", pd.NA)
    unnamed = text(lang, "points", "unnamed")
    return f"{unnamed} ({kind})" if pd.notna(kind) else unnamed


def _row(
    point: dict[str, Any],
    found: pd.DataFrame | None,
    rules: dict[str, Rule],
    *,
    names: tuple[str, str],
    lang: str,
) -> dict[str, Any]:
    said = [] if found is None else records(found)
    level = worst([row["level"] for row in said])
    verdict = point["verdict"]
    if verdict == Verdict.ALIGNED and level in BAD:
        verdict = str(Verdict.MISMATCHED)
    return {
        "level": str(level),
        "rules": ",".join(dict.fromkeys(sorted(row["rule"] for row in said))) or pd.NA,
        "verdict": verdict,
        "summary_en": _summary(point, said, names=names, lang="en"),
        "summary_zh": _summary(point, said, names=names, lang="zh"),
        "ask_a": _asks(point, said, rules, side="a", names=names, lang=lang),
        "ask_b": _asks(point, said, rules, side="b", names=names, lang=lang),
    }


def _summary(
    point: dict[str, Any], said: list[dict[str, Any]], *, names: tuple[str, str], lang: str
) -> str:
    values = {
        "name_a": names[0],
        "name_b": names[1],
        "road_a": road_label(point, "a", lang=lang),
        "road_b": road_label(point, "b", lang=lang),
    }
    if point["verdict"] == Verdict.MISSING:
        side = "a" if pd.notna(point["a_fid"]) else "b"
        return text(lang, "points", f"missing_{side}", **values)
    bad = [row for row in said if row["level"] in BAD]
    if not bad:
        return text(lang, "points", "fits_nearly" if said else "fits", **values)
    head = text(lang, "points", "headline", message=bad[0][f"message_{lang}"], **values)
    more = text(lang, "points", "more", count=len(bad) - 1) if len(bad) > 1 else ""
    return head + more


def _asks(
    point: dict[str, Any],
    said: list[dict[str, Any]],
    rules: dict[str, Rule],
    *,
    side: str,
    names: tuple[str, str],
    lang: str,
) -> Any:
    other = "b" if side == "a" else "a"
    asked = []
    for row in said:
        rule = rules[row["rule"]]
        concerned = pd.isna(row["side"]) or row["side"] == side
        wording: Text | None = rule.ask if concerned else (rule.ask_other or rule.ask)
        if row["level"] not in BAD or wording is None:
            continue
        own_name, other_name = names if side == "a" else names[::-1]
        asked.append(
            getattr(wording, lang).format(
                own=own_name,
                other=other_name,
                own_road=road_label(point, side, lang=lang),
                other_road=road_label(point, other, lang=lang),
                own_value=_shown(row[f"{side}_value"]),
                other_value=_shown(row[f"{other}_value"]),
                value=_shown(row["value"]),
            )
        )
    return text(lang, "points", "joint").join(asked) or pd.NA


def _shown(value: Any) -> str:
    if pd.isna(value):
        return "?"
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
