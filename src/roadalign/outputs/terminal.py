"""What a planner reads on the terminal after a run, and the same as a record for ``--json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.locales import text
from roadalign.model.columns import label_to_supply
from roadalign.model.tables import records
from roadalign.model.words import SEVERITY_ORDER, Severity, Verdict
from roadalign.outputs.rates import format_percent, format_range
from roadalign.outputs.terminal_table import table_lines
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from roadalign.model.result import Result

MOST_ROWS = 30
MOSTLY, FEWEST_WAITING = 0.5, 3
"""Where more than this share of the points that wait, and there are so many, wait for one field, it
is told how to leave it out."""

MOST_NOWHERE = 5
"""Findings without a docking point, of one rule, that are listed."""

COLUMNS = (
    "id",
    "km",
    "verdict",
    "severity",
    "road_a",
    "road_b",
    "gap",
    "offset",
    "turn",
    "detour",
    "rules",
    "decision",
)
RIGHT = {"km", "gap", "offset", "turn", "detour"}
LONGEST = {"road_a": 18, "road_b": 18}


def summary_text(result: Result, *, lang: str, width: int) -> str:
    """Return the summary of a run as plain text.

    Parameters
    ----------
    result
        What a run found.
    lang
        ``"en"`` or ``"zh"``.
    width
        Columns of the terminal; road names are cut to fit.
    """
    points = result.unresolved.sort_values(
        ["priority", "chainage_m"], ascending=[False, True], kind="stable"
    )
    lines = [
        *_head(result, lang),
        *_changes_since_baseline(result, lang),
        *_data_requests(result, lang),
        *_findings_of_no_point(result, lang),
    ]
    heard = result.run.get("network")
    if heard:
        lines.append(_say(lang, "network", attribution=shown(heard["attribution"])))
    kept = result.run.get("ledger")
    if kept:
        lines += _decisions(result, kept, lang)
    if len(points):
        lines += ["", _say(lang, "unresolved", count=len(points))]
        without = {"detour": not heard, "decision": not kept}
        columns = [column for column in COLUMNS if not without.get(column)]
        lines += _table(points, columns, lang, width)
        if len(points) > MOST_ROWS:
            lines.append(_say(lang, "more_rows", count=len(points) - MOST_ROWS))
    else:
        lines += ["", _say(lang, _nothing_open(result))]
    return "\n".join(lines)


def summary_record(result: Result) -> dict[str, Any]:
    """Return the summary of a run as plain values."""
    return {
        "program": result.run["program"],
        "version": result.run["version"],
        "names": list(result.names),
        "boundary": result.boundary.name,
        "summary": result.summary,
        "since": result.run.get("since"),
        "unresolved": result.unresolved["id"].tolist(),
        "waiting": result.waiting["id"].tolist(),
    }


def _say(lang: str, key: str, /, **values: object) -> str:
    return text(lang, "report", key, **values)


def _nothing_open(result: Result) -> str:
    """Return which message says truly that nothing is open."""
    points = result.docking_points
    if len(points) == 0:
        return "no_points"
    return "all_aligned" if (points["verdict"] == Verdict.ALIGNED).all() else "none_open"


def _head(result: Result, lang: str) -> list[str]:
    summary = result.summary
    name_a, name_b = (shown(name) for name in result.names)
    verdicts = summary["verdicts"]
    counts = _say(lang, "comma").join(
        f"{_say(lang, f'verdict.{verdict}')} {verdicts.get(str(verdict), 0)}" for verdict in Verdict
    )
    length = result.boundary.line.length / 1000
    return [
        _say(lang, "title", name_a=name_a, name_b=name_b, km=f"{length:.1f}"),
        *_left_out(result, lang),
        _say(
            lang,
            "rate",
            rate=format_range(summary["docking_rate"], lang=lang),
            through=format_percent(summary["through_rate"]),
        ),
        _say(lang, "points", count=summary["docking_points"], counts=counts),
        *_aspects(summary, lang),
        *_ending(summary, lang),
    ]


def _left_out(result: Result, lang: str) -> list[str]:
    """Return what the settings leave out of the verdicts: that is said first."""
    aspects = result.summary["aspects"]
    out = [name for name, one in aspects.items() if one["left_out"]]
    named = _say(lang, "comma").join(_say(lang, f"aspect.{name}") for name in out)
    return [_say(lang, "left_out", aspects=named)] if out else []


def _aspects(summary: dict[str, Any], lang: str) -> list[str]:
    """Return how much of each aspect agrees, and how much of it could be compared."""
    told = [
        _say(
            lang,
            "aspect_rate",
            aspect=_say(lang, f"aspect.{name}"),
            rate=format_percent(one["rate"]),
            compared=format_percent(one["comparable_share"]),
        )
        for name, one in summary["aspects"].items()
        if one["pairs"] and not one["left_out"]
    ]
    return [_say(lang, "comma").join(told)] if told else []


def _ending(summary: dict[str, Any], lang: str) -> list[str]:
    """Return how many roads end near the boundary without anything being said of them."""
    return [
        _say(lang, "ending", name=shown(side["name"]), count=side["ending"])
        for side in summary["sides"].values()
        if side["ending"]
    ]


def _data_requests(result: Result, lang: str) -> list[str]:
    """Return what each side has to supply, a line for each side and field."""
    asked: dict[tuple[str, str], int] = {}
    for one in result.summary["data_requests"]:
        key = one["side"], one["field"]
        asked[key] = asked.get(key, 0) + one["points"]
    lines = [
        _say(
            lang,
            "data_request",
            name=shown(result.names["ab".index(side)]),
            field=label_to_supply(field, lang=lang),
            count=count,
        )
        for (side, field), count in asked.items()
    ]
    waiting = result.summary["waiting_points"]
    fields: dict[str, int] = {}
    for lacks in (_lacking(point) for point in records(result.waiting)):
        for field in lacks:
            fields[field] = fields.get(field, 0) + 1
    for field, count in fields.items():
        if count > waiting * MOSTLY and waiting >= FEWEST_WAITING:
            label = label_to_supply(field, lang=lang)
            lines.append(_say(lang, "mostly", count=count, all=waiting, label=label, field=field))
    return lines


def _lacking(point: dict[str, Any]) -> set[str]:
    lacks = [point[f"missing_{side}"] for side in ("a", "b")]
    return {name for one in lacks if pd.notna(one) for name in str(one).split(",")}


def _changes_since_baseline(result: Result, lang: str) -> list[str]:
    """Return what became of the docking points since the earlier run, where there is one."""
    since = result.run.get("since")
    if since is None:
        return []
    counts = _say(lang, "comma").join(
        f"{text(lang, 'comparison', f'change.{word}')} {count}"
        for word, count in since["counts"].items()
    )
    lines = [_say(lang, "since", time=shown(since["time"]), counts=counts)]
    if since["older_verdicts"]:
        lines.append("  " + text(lang, "comparison", "older_verdicts"))
    return lines


def _findings_of_no_point(result: Result, lang: str) -> list[str]:
    """Return what was found of a side or the boundary as a whole."""
    findings = result.findings
    whole = findings[findings["docking_point"].isna() & (findings["severity"] != Severity.UNKNOWN)]
    lines = []
    for rule, rows in whole.groupby("rule", sort=False):
        # Only what has its place on the boundary may be many; notes on files are all read.
        most = MOST_NOWHERE if rows["chainage_m"].notna().all() else len(rows)
        severity = rows["severity"].map(SEVERITY_ORDER).sort_values(ascending=False, kind="stable")
        lines += [
            _say(
                lang,
                "of_no_point",
                rule=rule,
                severity=_say(lang, "severity." + row["severity"]),
                message=shown(row[f"message_{lang}"]),
            )
            for row in records(pd.DataFrame(rows.loc[severity.index[:most]]))
        ]
        if len(rows) > most:
            lines.append(_say(lang, "more_nowhere", rule=rule, count=len(rows) - most))
    return lines


def _decisions(result: Result, kept: dict[str, Any], lang: str) -> list[str]:
    """Return what the ledger says of the points of this run, and of points it does not have."""
    counts = _say(lang, "comma").join(
        f"{text(lang, 'minutes', f'decision_word.{name}')} {count}"
        for name, count in result.summary["decisions"].items()
    )
    told = {"decided": result.summary["open_decided"], "done": result.summary["agreed_done"]}
    lines = [_say(lang, "decisions", file=shown(kept["file"]), counts=counts or 0, **told)]
    if kept["elsewhere"]:
        ids = [one["id"] for one in kept["elsewhere"]]
        some = _say(lang, "comma").join(ids[:MOST_NOWHERE])
        some += " …" if len(ids) > MOST_NOWHERE else ""
        lines.append(_say(lang, "decided_elsewhere", count=len(ids), ids=some))
    return lines


def _table(points: pd.DataFrame, columns: list[str], lang: str, width: int) -> list[str]:
    rows = [_row(point, lang) for point in records(points.head(MOST_ROWS))]
    heads = {column: _say(lang, f"column.{column}") for column in columns}
    shortened = [{column: row[column] for column in columns} for row in [heads, *rows]]
    return table_lines(shortened, right=RIGHT, longest=LONGEST, width=width)


def _row(point: dict[str, Any], lang: str) -> dict[str, str]:
    def number(name: str, digits: int) -> str:
        value = point[name]
        return "" if pd.isna(value) else f"{round(float(value), digits) + 0.0:.{digits}f}"

    return {
        "id": str(point["id"]),
        "km": f"{point['chainage_m'] / 1000:.2f}",
        "verdict": _say(lang, f"verdict.{point['verdict']}"),
        "severity": _say(lang, f"severity.{point['severity']}"),
        "road_a": _road(point, "a"),
        "road_b": _road(point, "b"),
        "gap": number("gap_m", 1),
        "offset": number("offset_m", 1),
        "turn": number("deflection_deg", 1),
        "detour": number("detour_m", 0),
        "rules": "" if pd.isna(point["rules"]) else str(point["rules"]),
        "decision": ""
        if pd.isna(point["decision"])
        else text(lang, "minutes", f"decision_word.{point['decision']}"),
    }


def _road(point: dict[str, Any], side: str) -> str:
    if pd.isna(point[f"{side}_fid"]):
        return "—"
    for column in ("ref", "name", "class_text"):
        value = point[f"{side}_{column}"]
        if pd.notna(value) and shown(value):
            return shown(value)
    return "?"
