"""One layer's report in words, the same for the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadalign.georeferencing.crs import shown_bounds
from roadalign.locales import text
from roadalign.outputs.inspection.remedy import named
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadalign.model.inspection import BoundaryReach, DoubtReport, LayerReport, Problem

FIELD_COLUMNS = ("column", "field", "how", "filled", "understood")
NUMBERS = {"filled", "understood"}
MOST_NAMES = 40
MOST_TEXTS = 8
MOST_LETTERS = 60


class Sheet(NamedTuple):
    """One layer in words; nothing in it would steer a terminal.

    Parameters
    ----------
    title
        The layer.
    facts
        Label and sentence.
    fields
        Rows of the table of fields, see `FIELD_COLUMNS`.
    notes
        What to look at, most serious first.
    """

    title: str
    facts: list[tuple[str, str]]
    fields: list[dict[str, str]]
    notes: list[str]


def sheet(report: LayerReport, *, lang: str) -> Sheet:
    """Return one layer's report in words.

    Parameters
    ----------
    report
        The layer.
    lang
        ``"en"`` or ``"zh"``.
    """
    words = _Words(lang)
    known = (
        ("format", _format(report, words)),
        ("content", _content(report, words)),
        ("texts", _texts(report, words)),
        ("crs", _crs(report, words)),
        ("extent", _extent(report, words)),
        ("boundary", _boundary(report, words)),
        ("readings", _readings(report, words)),
        ("missing", _listed(report.missing, words)),
        ("unused", _listed(report.unused, words)),
    )
    title = report.source
    if report.layer not in report.source:
        title += f" ({report.layer})"
    return Sheet(
        title=shown(title),
        facts=[(words(f"label.{label}"), shown(said)) for label, said in known if said],
        fields=_fields(report, words),
        notes=[shown(note) for note in _notes(report, words)],
    )


class _Words:
    """The room ``inspection`` in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, /, **values: object) -> str:
        return text(self.lang, "inspection", key, **values)

    def problem(self, problem: Problem, *, key: str) -> str:
        what, remedy = (
            text(
                self.lang, "errors", f"{problem.key}.{part}", where=problem.where, **problem.values
            )
            for part in ("what", "remedy")
        )
        return self(key, what=what, remedy=remedy)


def _format(report: LayerReport, words: _Words) -> str:
    if report.driver is None:
        return ""
    return words("format.one", driver=report.driver, kind=report.geometry_type)


def _content(report: LayerReport, words: _Words) -> str:
    if report.parts is None:
        return ""
    counts = {"features": report.features, "parts": report.parts}
    if report.length_km is None:
        return words("content.unknown", **counts)
    return words("content.known", km=f"{report.length_km:.1f}", **counts)


def _texts(report: LayerReport, words: _Words) -> str:
    if report.encoding is None:
        return ""
    return words(f"texts.{report.encoding_how}", encoding=report.encoding.upper())


def _crs(report: LayerReport, words: _Words) -> str:
    crs = report.crs
    if crs is None:
        return ""
    name = crs.name if crs.name == crs.title else f"{crs.name} ({crs.title})"
    looks = words(f"looks.{crs.looks_like}")
    if crs.candidates:
        looks += words("crs.candidates", named=named(crs.candidates))
    verdict = words(f"verdict.{crs.verdict}", looks=looks)
    return words("crs.joined", how=words(f"crs.{crs.how}", name=name), verdict=verdict)


def _extent(report: LayerReport, words: _Words) -> str:
    extent = report.extent
    if report.driver is None:
        return ""
    if extent is None:
        return words("extent.none")
    numbers = shown_bounds(extent.bounds)
    if extent.lonlat_deg is None:
        return words("extent.unknown", numbers=numbers)
    west, south, east, north = (f"{value:.4f}°" for value in extent.lonlat_deg)
    return words(
        "extent.known",
        west=west,
        south=south,
        east=east,
        north=north,
        width=f"{extent.width_km:.1f}",
        height=f"{extent.height_km:.1f}",
        numbers=numbers,
    )


def _readings(report: LayerReport, words: _Words) -> str:
    return words("comma").join(
        words(
            "readings.one" if score.reading else "readings.plain",
            reading=score.reading,
            share=f"{100 * score.share:.0f}",
        )
        for score in report.readings
        if not score.problem and (not score.reading or score.share > 0)
    )


def _boundary(report: LayerReport, words: _Words) -> str:
    reach = report.boundary
    if reach is None:
        return ""
    said = words(
        "boundary.away" if _beyond(reach) else "boundary.near",
        name=reach.name,
        near=reach.near,
        near_m=f"{reach.near_m:g}",
        at=reach.at,
        at_m=f"{reach.at_m:g}",
        distance=reach.distance_km,
        bearing=reach.bearing_deg,
        compass=reach.compass,
    )
    return "; ".join([said, *_covered(reach, words)]) if reach.near else said


def _covered(reach: BoundaryReach, words: _Words) -> list[str]:
    """Return along how much of the boundary the layer has roads, and where it has none."""
    if reach.covered_share is None:
        return []
    by_class = ", ".join(
        words("boundary.of_class", rank=rank, share=f"{100 * share:.0f}")
        for rank, share in reach.covered_by_class.items()
    )
    said = [
        words(
            "boundary.covered",
            share=f"{100 * reach.covered_share:.0f}",
            covered_m=f"{reach.covered_m or 0:g}",
            by_class=by_class,
        )
    ]
    gaps = [f"{from_m / 1000:.1f}–{to_m / 1000:.1f}" for from_m, to_m in reach.gaps]
    if gaps:
        rest = words("more", count=len(gaps) - MOST_NAMES) if len(gaps) > MOST_NAMES else ""
        said.append(words("boundary.gaps", gaps=", ".join(gaps[:MOST_NAMES]) + rest))
    return said


def _beyond(reach: BoundaryReach) -> bool:
    """Whether even the layer's extent is further away than roads are read."""
    return not reach.near and 1000 * (reach.distance_km or 0.0) > reach.near_m


def _listed(names: Sequence[str], words: _Words) -> str:
    rest = len(names) - MOST_NAMES
    shown_names = ", ".join(names[:MOST_NAMES])  # with blanks, so that lines break between names
    return shown_names + (words("more", count=rest) if rest > 0 else "")


def _fields(report: LayerReport, words: _Words) -> list[dict[str, str]]:
    return [
        {
            "column": one.column,
            "field": shown(one.field),
            "how": words(f"how.{one.how}"),
            "filled": _share(one.filled, report.features or 0),
            "understood": _share(one.understood, one.filled),
        }
        for one in report.fields
    ]


def _share(part: int, whole: int) -> str:
    """Return a share that says 100% and 0% only of all and none."""
    if not whole:
        return "—"
    percent = round(100 * part / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


def _notes(report: LayerReport, words: _Words) -> list[str]:
    key = "problem" if report.readable else "refused"
    notes = [words.problem(problem, key=key) for problem in report.problems]
    if not report.readable:
        return notes
    if not report.features:
        notes.append(words("note.empty"))
    elif not report.parts:
        notes.append(words("note.no_lines"))
    notes += _placing_notes(report, words)
    if report.encoding_doubt:
        other = report.encoding_doubt.upper()
        notes.append(
            words("note.encoding_doubt", encoding=str(report.encoding).upper(), other=other)
        )
    notes += [
        words(f"fault.{fault.kind}", count=fault.count, named=fault.named)
        for fault in report.faults
    ]
    notes += [
        words(
            "note.untried" if score.reading else "note.untried_plain",
            reading=score.reading,
            problem=score.problem,
        )
        for score in report.readings
        if score.problem
    ]
    notes += [_doubt(doubt, words) for doubt in report.doubts]
    notes += [
        words(
            "note.guess",
            field=one.field,
            column=one.column,
            filled=one.filled,
            understood=one.understood,
        )
        for one in report.guesses
    ]
    return notes


def _placing_notes(report: LayerReport, words: _Words) -> list[str]:
    notes = []
    crs, reach = report.crs, report.boundary
    if crs is not None and crs.verdict in ("outside", "far"):
        notes.append(
            words(
                f"note.crs_{crs.verdict}",
                name=crs.name,
                distance="—" if reach is None else reach.distance_km,
                candidates=named(crs.candidates),
            )
        )
    if reach is not None and not reach.near and report.parts:
        notes.append(words("note.far"))
    return notes


def _doubt(doubt: DoubtReport, words: _Words) -> str:
    listed = words("comma").join(
        f"{_cut(one.text)} ({one.count})" for one in doubt.texts[:MOST_TEXTS]
    )
    rest = doubt.kinds - min(len(doubt.texts), MOST_TEXTS)
    return words(
        "note.doubt",
        field=doubt.field,
        columns=words("comma").join(doubt.columns),
        count=doubt.count,
        kinds=doubt.kinds,
        texts=listed + (words("more", count=rest) if rest else ""),
    )


def _cut(value: str) -> str:
    return value if len(value) <= MOST_LETTERS else value[: MOST_LETTERS - 1] + "…"
