"""Figures as a table for the terminal and as plain data for JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy import totals
from benchmarks.accuracy.matchers import OURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.accuracy.scores import Score

ALL = "all disturbed"
BARS = """\
bars: false alarms <= 1 per 100; pairs F1 >= 0.97 over all, >= 0.93 in the worst kind;
missing recall >= 0.98, precision >= 0.97; median error of gap and offset <= 1 m, deflection
<= 2 deg; expected calibration error <= 0.05"""


def _by(scores: Sequence[Score], **wanted: object) -> list[Score]:
    return [
        one for one in scores if all(getattr(one, key) == value for key, value in wanted.items())
    ]


def figures(scores: Sequence[Score]) -> dict[str, Any]:
    """Return all figures as plain data.

    Parameters
    ----------
    scores
        Of `benchmarks.accuracy.cases.run_cases`.
    """
    matchers = list(dict.fromkeys(one.matcher for one in scores))
    kinds = list(dict.fromkeys(one.kind for one in scores))
    networks = list(dict.fromkeys(one.network for one in scores))
    disturbed = [one for one in scores if one.kind != "none"]
    found: dict[str, Any] = {
        "networks": networks,
        "seeds": sorted({one.seed for one in scores}),
        "kinds": {},
        "false_alarms": {},
        "matchers": matchers,
    }
    for kind in [*kinds, ALL]:
        some = disturbed if kind == ALL else _by(scores, kind=kind)
        found["kinds"][kind] = {
            matcher: {
                "pair": totals.quality(_by(some, matcher=matcher), what="pair"),
                "pair_touched": totals.quality(
                    _by(some, matcher=matcher), what="pair", touched=True
                ),
                "missing": totals.quality(_by(some, matcher=matcher), what="missing"),
                "pair_f1_interval": totals.interval(
                    _by(some, matcher=matcher), lambda s: totals.quality(s, what="pair")["f1"]
                ),
            }
            for matcher in matchers
        }
        found["kinds"][kind][OURS]["errors"] = totals.errors(_by(some, matcher=OURS))
    own = _by(scores, matcher=OURS)
    for network in networks:
        clean = _by(own, network=network, kind="none")
        n = totals.summed(clean)
        found["false_alarms"][network] = {
            "crossings": sum(one.crossings for one in clean),
            "per_100": totals.false_alarms(clean),
            "own_dead_ends": n.get("own_ends", 0),
            "wrong_pairs": n.get("pair_said", 0) - n.get("pair_right", 0),
        }
    found["rules"] = totals.rules(own)
    found["confusion"] = totals.confusion(own)
    found["calibration"] = totals.calibration(own)
    found["calibration"]["ece_interval"] = totals.interval(
        own, lambda s: float(totals.calibration(s)["ece"])
    )
    plain: dict[str, Any] = _plain(found)
    return plain


def _plain(value: Any) -> Any:
    """Return data that JSON can hold: no NaN, no tuples, rounded."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value


def _text(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def table(found: dict[str, Any]) -> str:
    """Return the figures as text.

    Parameters
    ----------
    found
        Of `figures`.
    """
    peers = [name for name in found["matchers"] if name != OURS]
    lines = [
        f"networks: {', '.join(found['networks'])}; seeds: {found['seeds']}",
        BARS,
        "",
        "Undisturbed cuts: false alarms per 100 crossings (dead ends of the network itself within",
        "5 m of the line are told apart)",
        f"  {'network':16s}{'crossings':>10s}{'per 100':>9s}{'wrong pairs':>13s}{'own ends':>10s}",
    ]
    for name, row in found["false_alarms"].items():
        lines.append(
            f"  {name:16s}{row['crossings']:10d}{_text(row['per_100'], 2):>9s}"
            f"{row['wrong_pairs']:13d}{row['own_dead_ends']:10d}"
        )
    lines += ["", *_pairs(found, peers), "", *_errors(found), "", *_rules(found)]
    return "\n".join(lines)


def _pairs(found: dict[str, Any], peers: list[str]) -> list[str]:
    head = f"  {'kind':15s}{'n':>6s}{'P':>7s}{'R':>7s}{'F1':>7s}{'95 %':>15s}{'F1 here':>9s}"
    head += "".join(f"{name + ' F1/here':>24s}" for name in peers)
    head += f"{'missing n':>11s}{'P':>7s}{'R':>7s}" + "".join(
        f"{name + ' P/R':>22s}" for name in peers
    )
    lines = ["Pairs (F1 here: at the disturbed crossings only) and missing counterparts", head]
    for kind, row in found["kinds"].items():
        own = row[OURS]
        low, high = own["pair_f1_interval"]
        line = f"  {kind:15s}{own['pair']['true']:6d}" + "".join(
            f"{_text(own['pair'][key]):>7s}" for key in ("precision", "recall", "f1")
        )
        line += f"{_text(low) + '-' + _text(high):>15s}{_text(own['pair_touched']['f1']):>9s}"
        for name in peers:
            both = _text(row[name]["pair"]["f1"]) + " / " + _text(row[name]["pair_touched"]["f1"])
            line += f"{both:>24s}"
        few = not own["missing"]["true"]
        line += f"{own['missing']['true']:11d}"
        for key in ("precision", "recall"):
            line += f"{'-' if few else _text(own['missing'][key]):>7s}"
        for name in peers:
            pair = [_text(row[name]["missing"][key]) for key in ("precision", "recall")]
            line += f"{'-' if few else ' / '.join(pair):>22s}"
        lines.append(line)
    return lines


def _errors(found: dict[str, Any]) -> list[str]:
    lines = [
        "Error of the measures at disturbed crossings: median / 95th percentile",
        f"  {'kind':15s}{'n':>6s}{'gap m':>16s}{'offset m':>16s}{'deflection deg':>18s}",
    ]
    for kind, row in found["kinds"].items():
        errors = row[OURS]["errors"]
        if not errors["gap_m"]["count"]:
            continue
        line = f"  {kind:15s}{errors['gap_m']['count']:6d}"
        for name, width in (("gap_m", 16), ("offset_m", 16), ("deflection_deg", 18)):
            both = _text(errors[name]["median"], 2) + " / " + _text(errors[name]["p95"], 2)
            line += f"{both:>{width}s}"
        lines.append(line)
    return lines


def _rules(found: dict[str, Any]) -> list[str]:
    lines = ["Rules", f"  {'code':6s}{'said':>7s}{'true':>7s}{'precision':>11s}{'recall':>8s}"]
    for code, row in found["rules"].items():
        lines.append(
            f"  {code:6s}{row['said']:7d}{row['true']:7d}{_text(row['precision']):>11s}"
            f"{_text(row['recall']):>8s}"
        )
    lines += ["", "Verdicts (deserved > given)"]
    lines += [f"  {key:28s}{number:7d}" for key, number in found["confusion"].items()]
    low, high = found["calibration"]["ece_interval"]
    ece = _text(found["calibration"]["ece"])
    lines += [
        "",
        f"Confidence: expected calibration error {ece} ({_text(low)}-{_text(high)})",
        f"  {'confidence':12s}{'n':>7s}{'said':>8s}{'right':>8s}",
    ]
    for row in found["calibration"]["bins"]:
        span = f"{row['from']:.1f}-{row['to']:.1f}"
        lines.append(
            f"  {span:12s}{row['count']:7d}{_text(row['said']):>8s}{_text(row['right']):>8s}"
        )
    return lines
