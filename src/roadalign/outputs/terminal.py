"""What a planner reads on the terminal after a run, and the same as a record for ``--json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.locales import text
from roadalign.model.tables import records
from roadalign.model.words import SEVERITY_ORDER, Severity, Verdict
from roadalign.outputs.terminal_table import table_lines
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from roadalign.model.result import Result

MOST_ROWS = 30
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
    }


def _say(lang: str, key: str, /, **values: object) -> str:
    return text(lang, "report", key, **values)


def _nothing_open(result: Result) -> str:
    """Return which message says truly that nothing is unresolved."""
    points = result.docking_points
    if len(points) == 0:
        return "no_points"
    return "all_aligned" if (points["verdict"] == Verdict.ALIGNED).all() else "all_settled"


def _head(result: Result, lang: str) -> list[str]:
    summary = result.summary
    name_a, name_b = (shown(name) for name in result.names)
    rate = summary["docking_rate"]
    verdicts = summary["verdicts"]
    counts = _say(lang, "comma").join(
        f"{_say(lang, f'verdict.{verdict}')} {verdicts.get(str(verdict), 0)}" for verdict in Verdict
    )
    length = result.boundary.line.length / 1000
    return [
        _say(lang, "title", name_a=name_a, name_b=name_b, km=f"{length:.1f}"),
        _say(
            lang,
            "rate",
            rate="—" if rate is None else f"{100 * rate:.0f} %",
            aligned=summary["aligned_approaches"],
            approaches=summary["approaches"],
        ),
        _say(lang, "points", count=len(result.docking_points), counts=counts),
    ]


def _changes_since_baseline(result: Result, lang: str) -> list[str]:
    """Return what became of the docking points since the earlier run, where there is one."""
    since = result.run.get("since")
    if since is None:
        return []
    counts = _say(lang, "comma").join(
        f"{text(lang, 'comparison', f'change.{word}')} {count}"
        for word, count in since["counts"].items()
    )
    return [_say(lang, "since", time=shown(since["time"]), counts=counts)]


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
            f"  {rule} {_say(lang, 'severity.' + row['severity'])}: {shown(row[f'message_{lang}'])}"
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
    settled = result.summary["settled_by_decision"]
    lines = [_say(lang, "decisions", file=shown(kept["file"]), counts=counts or 0, settled=settled)]
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
