"""What the ledger says, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadalign.locales import catalogue, text
from roadalign.outputs.terminal_table import table_lines
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIELDS = ("decision", "stage", "responsible_a", "responsible_b", "due", "note")
WORDED = {"decision": "decision_word", "stage": "stage_word"}
COLUMNS = ("id", "km", "decision", "stage", "responsible_a", "responsible_b", "due", "roads")
LONGEST = dict.fromkeys(COLUMNS[:-1], 24)


def status_text(
    entries: dict[str, dict[str, Any]], *, names: tuple[str, str], today: str, lang: str
) -> str:
    """Return what is in force of each docking point as plain text.

    Parameters
    ----------
    entries
        By id, as `roadalign.ledger.register.standing` returns them.
    names
        Of the two sides, A first.
    today
        ``YYYY-MM-DD``; what is to do and was due before is marked.
    lang
        ``"en"`` or ``"zh"``.
    """
    ordered = sorted(entries.items(), key=_along)
    counts = text(lang, "report", "comma").join(
        f"{word} {count}"
        for name, word in _words(lang, "decision_word").items()
        if (count := sum(one["decision"] == name for one in entries.values()))
    )
    lines = [_say(lang, "counts", points=len(entries), counts=counts or "—")]
    if entries:
        heads = {key: _head(key, names, lang) for key in COLUMNS}
        rows = [_row(point, one, today=today, lang=lang) for point, one in ordered]
        lines += table_lines([heads, *rows], right={"km"}, longest=LONGEST)
    late = sum(_late(one, today) for one in entries.values())
    if late:
        lines.append(_say(lang, "late", count=late))
    return "\n".join(lines)


def history_text(events: Sequence[dict[str, Any]], *, names: tuple[str, str], lang: str) -> str:
    """Return the events of one docking point, oldest first, as plain text.

    Parameters
    ----------
    events
        As plain values, in the order of time.
    names, lang
        As in `status_text`.
    """
    lines = []
    for event in events:
        kind = _say(lang, f"kind.{event['kind']}")
        lines.append(f"{event['time']}  {kind}  {shown(event['source'])}")
        lines += _fields(event["fields"], names=names, lang=lang)
    return "\n".join(lines)


def changes_text(
    changed: dict[str, tuple[dict[str, Any], dict[str, Any]]],
    *,
    names: tuple[str, str],
    lang: str,
) -> str:
    """Return what an import changed, each field with what it was and what it is now."""
    lines = []
    for point, (before, after) in changed.items():
        lines.append(f"  {point}")
        for key in FIELDS:
            if before[key] != after[key]:
                was, now = (_value(key, one[key], lang) for one in (before, after))
                lines.append(f"    {_head(key, names, lang)}: {was} → {now}")
    return "\n".join(lines)


def _say(lang: str, key: str, /, **values: object) -> str:
    return text(lang, "ledger", key, **values)


def _words(lang: str, group: str) -> dict[str, str]:
    words: dict[str, str] = catalogue(lang, "minutes")[group]
    return words


def _along(entry: tuple[str, dict[str, Any]]) -> tuple[float, str]:
    place = entry[1]["place"]
    return (place["chainage_m"] if place else float("inf")), entry[0]


def _late(one: dict[str, Any], today: str) -> bool:
    return one["decision"] == "to_do" and bool(one["due"]) and one["due"] < today


def _head(key: str, names: tuple[str, str], lang: str) -> str:
    if key in {"responsible_a", "responsible_b"}:
        return shown(names[key == "responsible_b"])
    return _say(lang, f"column.{key}")


def _value(key: str, value: str | None, lang: str) -> str:
    if not value:
        return "—"
    return _words(lang, WORDED[key])[value] if key in WORDED else shown(value)


def _row(point: str, one: dict[str, Any], *, today: str, lang: str) -> dict[str, str]:
    place = one["place"]
    cells = {key: _value(key, one[key], lang) for key in FIELDS}
    mark = " !" if _late(one, today) else ""
    cells |= {
        "id": point,
        "km": f"{place['chainage_m'] / 1000:.2f}" if place else "—",
        "roads": " — ".join(shown(road) for road in place["roads"]) if place else "—",
        "due": cells["due"] + mark,
    }
    return {key: cells[key] for key in COLUMNS}


def _fields(fields: dict[str, str | None], *, names: tuple[str, str], lang: str) -> Iterable[str]:
    for key in FIELDS:
        if key in fields:
            yield f"    {_head(key, names, lang)}: {_value(key, fields[key], lang)}"
