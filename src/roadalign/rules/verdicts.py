"""From findings to sentences: what is said of each docking point as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.locales import text
from roadalign.model.classes import class_name
from roadalign.model.columns import label_to_supply
from roadalign.model.tables import records
from roadalign.model.words import DECIDING, SEVERITY_ORDER, Severity, Verdict, worst
from roadalign.rules.aspects import decide_verdict, judge_aspects
from roadalign.rules.core import load_judging_rules
from roadalign.rules.land.pieces import drop_law
from roadalign.rules.states import judge_states

if TYPE_CHECKING:
    from roadalign.rules.aspects import Comparison
    from roadalign.rules.core import JudgingRule, Text

SPOKEN = tuple(str(severity) for severity, weight in SEVERITY_ORDER.items() if weight > 0)
BAD = {str(Severity.MISMATCH), str(Severity.SEVERE)}

BOTH_ROADS = {"en": "{own_road} and {other_road}", "zh": "{own_road}与{other_road}"}
"""How an ask names the two roads; one that both sides call the same is named once."""


def conclude(
    points: pd.DataFrame,
    findings: pd.DataFrame,
    comparison: Comparison,
    *,
    position_in_doubt: bool,
    names: tuple[str, str],
    lang: str,
) -> pd.DataFrame:
    """Return the docking points with outcomes, verdict, state, severity, summaries and asks.

    Parameters
    ----------
    points
        Docking points with their preliminary verdict.
    findings
        Of `roadalign.rules.core.run_rules`.
    comparison
        What is compared, and what decides.
    position_in_doubt
        Whether the layers of one side as a whole may lie elsewhere (I02).
    names
        Names of the two sides.
    lang
        Language of the asks.
    """
    outcomes = judge_aspects(points, findings, comparison, position_in_doubt=position_in_doubt)
    points = points.assign(**outcomes)
    points = points.assign(verdict=decide_verdict(points))
    points = points.assign(state=judge_states(points))
    return sum_up(points, findings, names=names, lang=lang)


def sum_up(
    points: pd.DataFrame, findings: pd.DataFrame, *, names: tuple[str, str], lang: str
) -> pd.DataFrame:
    """Return the docking points with severity, rules, summaries and asks.

    Parameters
    ----------
    points
        Docking points with their verdict and what is missing.
    findings
        Of `roadalign.rules.core.run_rules`.
    names
        Names of the two sides.
    lang
        Language of the asks.
    """
    said = _group_findings(points, findings)
    rows = [_sum_up_point(point, own, names=names) for point, own in said]
    summed = points.assign(**pd.DataFrame(rows, index=points.index))
    return summed.assign(**write_asks(points, findings, names=names, lang=lang))


def write_asks(
    points: pd.DataFrame, findings: pd.DataFrame, *, names: tuple[str, str], lang: str
) -> pd.DataFrame:
    """Return what each side would have to change, in one language.

    Parameters
    ----------
    points, findings, names
        As of `sum_up`.
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    pandas.DataFrame
        Columns ``ask_a`` and ``ask_b``, index of `points`; ``<NA>`` where nothing is asked.
    """
    rules = {rule.code: rule for rule in load_judging_rules()}
    rows = [
        {
            f"ask_{side}": _write_ask(point, own, rules, side=side, names=names, lang=lang)
            for side in ("a", "b")
        }
        for point, own in _group_findings(points, findings)
    ]
    table = pd.DataFrame(rows, index=points.index, columns=["ask_a", "ask_b"])
    return table.astype("string")


def _group_findings(
    points: pd.DataFrame, findings: pd.DataFrame
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return each docking point with its findings, worst first."""
    spoken = findings[findings["severity"].isin(SPOKEN) & findings["docking_point"].notna()]
    weight = spoken["severity"].map({str(severity): -n for severity, n in SEVERITY_ORDER.items()})
    inform = spoken["rule"].isin(_informing())  # what decides is told first
    spoken = spoken.assign(weight=weight, inform=inform)
    spoken = spoken.sort_values(["inform", "weight", "rule"], kind="stable")
    own: dict[str, list[dict[str, Any]]] = {}
    for row in records(pd.DataFrame(spoken)):
        own.setdefault(row["docking_point"], []).append(row)
    return [(point, own.get(point["id"], [])) for point in records(points)]


def label_road(point: dict[str, Any], side: str, *, lang: str) -> str:
    """Return what to call one side's road: number and name, else its class, else "unnamed"."""
    ref, name = (point.get(f"{side}_{key}", pd.NA) for key in ("ref", "name"))
    parts = [str(part) for part in (ref, name) if pd.notna(part)]
    if parts:
        return " ".join(dict.fromkeys(parts))
    kind, rank = (point.get(f"{side}_{key}", pd.NA) for key in ("class_text", "road_class"))
    unnamed = text(lang, "points", "unnamed")
    return unnamed if pd.isna(kind) else f"{unnamed} ({class_name(kind, rank, lang=lang)})"


def _sum_up_point(
    point: dict[str, Any], said: list[dict[str, Any]], *, names: tuple[str, str]
) -> dict[str, Any]:
    inform = _informing()
    notice = [str(Severity.NOTICE) for row in said if row["rule"] in inform]
    severity = worst([row["severity"] for row in said if row["rule"] not in inform] + notice)
    return {
        "severity": str(severity),
        "rules": ",".join(dict.fromkeys(sorted(row["rule"] for row in said))) or pd.NA,
        "summary_en": _write_summary(point, said, names=names, lang="en"),
        "summary_zh": _write_summary(point, said, names=names, lang="zh"),
    }


def _write_summary(
    point: dict[str, Any], said: list[dict[str, Any]], *, names: tuple[str, str], lang: str
) -> str:
    values = {
        "name_a": names[0],
        "name_b": names[1],
        "road_a": label_road(point, "a", lang=lang),
        "road_b": label_road(point, "b", lang=lang),
    }
    if pd.isna(point["a_fid"]) or pd.isna(point["b_fid"]):
        side = "a" if pd.notna(point["a_fid"]) else "b"
        key = "missing" if point["verdict"] == Verdict.MISSING else "uncovered"
        return text(lang, "points", f"{key}_{side}", **values)
    bad = [row for row in said if row["severity"] in BAD]
    # a road that both call the same is named once
    one = "_one" if values["road_a"] == values["road_b"] else ""
    if point["verdict"] == Verdict.UNDETERMINED:
        lacks = _say_lacks(point, names, lang=lang)
        return text(lang, "points", f"waits{one}", lacks=lacks, **values)
    if not bad:
        return text(lang, "points", ("fits_nearly" if said else "fits") + one, **values)
    message = drop_law(bad[0][f"message_{lang}"], lang=lang)
    head = text(lang, "points", f"headline{one}", message=message, **values)
    more = text(lang, "points", "more", count=len(bad) - 1) if len(bad) > 1 else ""
    return head + more


def _write_ask(
    point: dict[str, Any],
    said: list[dict[str, Any]],
    rules: dict[str, JudgingRule],
    *,
    side: str,
    names: tuple[str, str],
    lang: str,
) -> Any:
    other = "b" if side == "a" else "a"
    asked = []
    for row in said:
        rule = rules[row["rule"]]
        wording: Text | None = rule.ask
        if pd.notna(row["side"]):
            wording = (rule.ask_own if row["side"] == side else rule.ask_other) or rule.ask
        if row["severity"] not in BAD or wording is None:
            continue
        own_name, other_name = names if side == "a" else names[::-1]
        own_road, other_road = (label_road(point, one, lang=lang) for one in (side, other))
        sentence = getattr(wording, lang)
        if own_road == other_road:
            sentence = sentence.replace(BOTH_ROADS[lang], "{halves}")
        asked.append(
            sentence.format(
                own=own_name,
                other=other_name,
                own_road=own_road,
                other_road=other_road,
                halves=text(lang, "points", "halves", road=own_road),
                own_value=_format_value(row[f"{side}_value"]),
                other_value=_format_value(row[f"{other}_value"]),
                value=_format_value(row["value"]),
            )
        )
    lacks = point[f"missing_{side}"]
    if pd.notna(lacks):
        columns = _list_columns(lacks, lang=lang)
        own_road = label_road(point, side, lang=lang)
        asked.append(text(lang, "points", "supply", columns=columns, own_road=own_road))
    return text(lang, "points", "joint").join(asked) or pd.NA


def _informing() -> frozenset[str]:
    """Return the codes of rules that only inform: they count as a notice at most."""
    return frozenset(
        rule.code
        for rule in load_judging_rules()
        if rule.aspect is not None and rule.aspect not in DECIDING
    )


def _say_lacks(point: dict[str, Any], names: tuple[str, str], *, lang: str) -> str:
    """Return what is not known of a pair, and who would have to say it."""
    parts = [
        text(lang, "points", "lacks", name=name, columns=_list_columns(lacks, lang=lang))
        for name, lacks in zip(names, (point["missing_a"], point["missing_b"]), strict=True)
        if pd.notna(lacks)
    ]
    joint = text(lang, "points", "lacks_joint")
    return joint.join(parts) or text(lang, "points", "lacks_other")


def _list_columns(lacks: str, *, lang: str) -> str:
    labels = [label_to_supply(name, lang=lang) for name in lacks.split(",")]
    return text(lang, "points", "columns_joint").join(labels)


def _format_value(value: Any) -> str:
    if pd.isna(value):
        return "?"
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
