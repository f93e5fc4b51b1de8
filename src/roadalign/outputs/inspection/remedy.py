"""The lines of ``align.toml`` that would settle what is wrong with some layers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from roadalign.locales import text
from roadalign.outputs.terminal_text import shown
from roadalign.plans.trial_readings import better_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.model.inspection import Candidate, LayerReport, Problem

UNKNOWN = "unknown"
"""What a text may be said to mean where nobody knows."""

LONGEST_TEXT = 200
"""Longer texts are remarks and no values; they are only counted."""

_SETTABLE = ("degrees", "projected")
_TEXTS = ("ref", "admin_class", "oneway", "bridge", "tunnel")


def settings_lines(reports: Sequence[LayerReport], *, side: str, lang: str) -> str:
    """Return lines for ``align.toml``, valid as they are.

    Parameters
    ----------
    reports
        Layers of one side.
    side
        ``"a"`` or ``"b"``.
    lang
        Language of the comments.

    Returns
    -------
    str
        TOML that `roadalign.settings` accepts; empty where nothing is wrong. What no setting can
        change stands in it as a comment. A meaning nobody knows is ``"unknown"``, to be replaced.
    """
    blocks = [
        [*_crs(reports, lang), *_encoding(reports, lang)],
        _fields(reports, lang),
        *_values(reports, side, lang),
    ]
    heads = [f"[{side}]", f"[{side}.fields]", ""]
    lines = []
    for block, head in zip(blocks, [*heads, *[""] * len(blocks)], strict=False):
        if block:
            lines += ["", *([head] if head else []), *block]
    return "\n".join([*_comment(lang, "head"), *lines, ""]) if lines else ""


def named(candidates: Sequence[Candidate]) -> str:
    """Return coordinate systems as a person reads them."""
    return ", ".join(f"{one.code} ({one.title})" for one in candidates) or "—"


def _find_better_reading(report: LayerReport) -> str | None:
    """Return how a layer should be read against what it states, if that is known."""
    crs = report.crs
    better = better_reading(report.readings)
    if better is not None or crs is None or crs.how != "stated":
        return better
    if crs.verdict in ("plausible", "unknown"):
        return None
    if crs.looks_like in ("swapped", "exchanged"):
        return "swapped"
    return crs.candidates[0].code if crs.candidates else None


def _otherwise(reports: Sequence[LayerReport], lang: str) -> list[str]:
    """Return the lines that read all layers otherwise than they state, where all agree on it."""
    placed = [report for report in reports if report.crs is not None]
    told = {_find_better_reading(report) for report in placed}
    if len(told) != 1 or (only := told.pop()) is None:
        return []
    fitting = dict.fromkeys(
        one.code for report in placed if report.crs for one in report.crs.candidates
    )
    key = "crs_readings" if any(report.readings for report in placed) else "crs_told"
    lines = _comment(lang, key, source=", ".join(report.source for report in placed))
    if key == "crs_told" and len(fitting) > 1:
        rest = ", ".join(code for code in fitting if code != only)
        lines += _comment(lang, "crs_others", candidates=rest)
    return [*lines, f"assume_crs = {quoted(only)}"]


def _crs(reports: Sequence[LayerReport], lang: str) -> list[str]:
    lines = _otherwise(reports, lang)
    if lines:
        return lines
    chosen = None
    for report in reports:
        crs = report.crs
        if crs is None or crs.verdict in ("plausible", "unknown"):
            continue
        where = {"source": report.source, "candidates": named(crs.candidates)}
        if crs.how == "stated" and crs.looks_like in ("swapped", "exchanged"):
            lines += _comment(lang, "crs_turned", **where)
        elif crs.how == "stated":
            lines += _comment(lang, "crs_file", **where)
        elif crs.looks_like not in _SETTABLE or not crs.candidates:
            lines += [_refusal(problem, lang) for problem in report.problems]
        elif chosen in (None, crs.candidates[0].code):
            if chosen is None:
                chosen = crs.candidates[0].code
                lines += _comment(lang, "crs", **where)
                if len(crs.candidates) > 1:
                    others = named(crs.candidates[1:])
                    lines += _comment(lang, "crs_others", candidates=others)
                lines.append(f"crs = {quoted(chosen)}")
        else:
            lines += _comment(lang, "crs_mixed", **where)
    return lines


def _encoding(reports: Sequence[LayerReport], lang: str) -> list[str]:
    said = [one for one in reports if one.encoding_how in ("stated", "cpg", "found")]
    wanted = list(dict.fromkeys(str(one.encoding_doubt or one.encoding) for one in said))
    if not any(one.encoding_doubt or one.encoding_how == "found" for one in said):
        return []
    if len(wanted) > 1:
        return _comment(lang, "encoding_mixed", encodings=", ".join(wanted))
    return [*_comment(lang, "encoding"), f"encoding = {quoted(wanted[0])}"]


def _fields(reports: Sequence[LayerReport], lang: str) -> list[str]:
    # Layers of the side that lack the field keep their own.
    guesses = {guess.column: guess.field for one in reports for guess in one.guesses}
    if not guesses:
        return []
    lines = [f"{column} = {quoted(field)}" for column, field in guesses.items()]
    return [*_comment(lang, "fields"), *lines]


def _values(reports: Sequence[LayerReport], side: str, lang: str) -> list[list[str]]:
    texts: dict[str, dict[str, int]] = {}
    more: dict[str, int] = {}
    for doubt in (doubt for one in reports for doubt in one.doubts):
        column = doubt.columns[0]
        counts = texts.setdefault(column, {})
        short = [one for one in doubt.texts if len(one.text) <= LONGEST_TEXT]
        for one in short:
            key = quoted(one.text)
            counts[key] = counts.get(key, 0) + one.count
        more[column] = more.get(column, 0) + doubt.kinds - len(short)
    return [
        [
            f"[{side}.values.{column}]",
            *_comment(lang, "values", meanings=_meanings(column, lang)),
            *(f"{key} = {quoted(UNKNOWN)}  # {count}" for key, count in counts.items()),
            *(_comment(lang, "more", count=more[column]) if more[column] else ()),
        ]
        for column, counts in texts.items()
    ]


def _meanings(column: str, lang: str) -> str:
    kind = {"highway": "road_class"}.get(column, column)
    if kind not in ("status", "road_class"):
        kind = "text" if kind in _TEXTS else "number"
    return text(lang, "inspection", f"meaning.{kind}")


def _comment(lang: str, key: str, /, **values: object) -> list[str]:
    sentence = text(lang, "inspection", f"toml.{key}", **values)
    # Control characters are no part of a comment in TOML.
    return [f"# {shown(sentence)}"]


def _refusal(problem: Problem, lang: str) -> str:
    what, remedy = (
        text(lang, "errors", f"{problem.key}.{part}", where=problem.where, **problem.values)
        for part in ("what", "remedy")
    )
    return f"# {shown(f'{problem.where}: {what} {remedy}')}"


def quoted(value: str) -> str:
    """Return a TOML string with everything escaped that a terminal or an editor might change."""
    whole = value.encode("utf-8", "replace").decode("utf-8")
    return "".join(
        letter if letter.isprintable() else f"\\U{ord(letter):08X}"
        for letter in json.dumps(whole, ensure_ascii=False)
    )
