"""A comparison as a planner reads it on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from roadalign.model.comparison import APPROACH_WORDS, WORDS
from roadalign.model.tables import records
from roadalign.outputs.comparison.words import field_called, say, value_called
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from roadalign.model.comparison import Comparison

MOST_ROWS = 30
TOLD_SHIFT_M = 5.0


def comparison_text(found: Comparison, *, lang: str) -> str:
    """Return a comparison as plain text.

    Parameters
    ----------
    found
        The comparison.
    lang
        ``"en"`` or ``"zh"``.
    """
    summary = found.summary
    name_a, name_b = (shown(name) for name in found.names)
    counts = say(lang, "comma").join(
        f"{say(lang, f'change.{word}')} {summary['counts'][word]}" for word in WORDS
    )
    lines = [
        say(
            lang,
            "title",
            name_a=name_a,
            name_b=name_b,
            old=found.old_run["time"],
            new=found.new_run["time"],
        ),
        say(lang, "points", old=summary["old_points"], new=summary["new_points"], counts=counts),
        *_shift(summary, lang),
    ]
    if summary["jump"]:
        lines.append(say(lang, "jump"))
    if summary["older_verdicts"]:
        lines.append(say(lang, "older_verdicts"))
    for word in WORDS[:-1]:
        lines += _points(found, word, lang=lang)
    for side in ("a", "b"):
        lines += _side(found, side, lang=lang)
    return "\n".join(lines)


def _shift(summary: dict[str, Any], lang: str) -> list[str]:
    east, north = summary["shift_east_m"], summary["shift_north_m"]
    if max(abs(east), abs(north)) < TOLD_SHIFT_M:
        return []
    return [say(lang, "shift", east=f"{east:.1f}", north=f"{north:.1f}")]


def _points(found: Comparison, word: str, *, lang: str) -> list[str]:
    chosen = found.points[found.points["change"] == word]
    if not len(chosen):
        return []
    heading = say(lang, "heading", word=say(lang, f"change.{word}"), count=len(chosen))
    lines = ["", heading]
    changes = {str(key): part for key, part in found.changes.groupby("id", sort=False)}
    for row in records(pd.DataFrame(chosen.head(MOST_ROWS))):
        lines.append(_point(row, lang))
        differ = changes.get(row["id"])
        said = "" if differ is None else _differing(found, records(differ), lang)
        if said and word != "gone":
            lines.append("      " + said)
    return [*lines, *_more(len(chosen), lang)]


def _point(row: dict[str, Any], lang: str) -> str:
    roads = " — ".join(
        say(lang, "no_road") if pd.isna(row[key]) else shown(row[key])
        for key in ("a_road", "b_road")
    )
    verdicts = " → ".join(
        dict.fromkeys(
            value_called("verdict", row[key], lang=lang)
            for key in ("verdict_old", "verdict_new")
            if not pd.isna(row[key])
        )
    )
    line = f"  {row['id']}  {row['chainage_m'] / 1000:.2f} km  {roads}  {verdicts}"
    return line if pd.isna(row["relation"]) else f"{line}  ({_relation(row['relation'], lang)})"


def _relation(relation: str, lang: str) -> str:
    kind, _, others = relation.partition(":")
    return say(lang, f"relation.{kind}", ids=others.replace(",", say(lang, "comma")))


def _differing(found: Comparison, rows: list[dict[str, Any]], lang: str) -> str:
    return say(lang, "semicolon").join(
        f"{shown(field_called(found, row['field'], lang=lang, own='side' in row))} "
        f"{shown(value_called(row['field'], row['old'], lang=lang))} → "
        f"{shown(value_called(row['field'], row['new'], lang=lang))}"
        for row in rows
        if row["field"] != "verdict"
    )


def _side(found: Comparison, side: str, *, lang: str) -> list[str]:
    counts = found.summary["sides"][side]
    own = found.approaches[found.approaches["side"] == side]
    differing = own[own["change"] != "same"]
    told = say(lang, "comma").join(
        f"{say(lang, f'approach.{word}')} {counts[word]}" for word in APPROACH_WORDS
    )
    lines = ["", say(lang, "side", name=shown(counts["name"]), counts=told), *_shift(counts, lang)]
    changes = found.approach_changes[found.approach_changes["side"] == side]
    by_point = {str(key): part for key, part in changes.groupby("docking_point", sort=False)}
    for row in records(pd.DataFrame(differing.head(MOST_ROWS))):
        differ = by_point.get(row["docking_point"]) if row["change"] == "changed" else None
        lines.append(_approach(found, row, differ, lang))
    return [*lines, *_more(len(differing), lang)]


def _approach(
    found: Comparison, row: dict[str, Any], differ: pd.DataFrame | None, lang: str
) -> str:
    what = [] if row["change"] == "moved" else [say(lang, f"approach.{row['change']}")]
    if not pd.isna(row["fields"]) and "place" in row["fields"].split(","):
        what.append(say(lang, "moved", metres=f"{row['moved_m']:.0f}"))
    if differ is not None:
        what.append(_differing(found, records(differ), lang))
    verdicts = " → ".join(
        dict.fromkeys(
            say(lang, "none") if pd.isna(row[key]) else value_called("verdict", row[key], lang=lang)
            for key in ("verdict_old", "verdict_new")
        )
    )
    return say(
        lang,
        "approach_line",
        km=f"{row['chainage_m'] / 1000:.2f}",
        road=say(lang, "unnamed") if pd.isna(row["road"]) else shown(row["road"]),
        what=say(lang, "semicolon").join(what),
        docking=say(lang, "docking", id=row["docking_point"], verdicts=verdicts),
    )


def _more(count: int, lang: str) -> list[str]:
    return [say(lang, "more", count=count - MOST_ROWS)] if count > MOST_ROWS else []
