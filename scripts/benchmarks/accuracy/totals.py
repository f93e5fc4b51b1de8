"""Scores added up: precision, recall, F1, errors, calibration, with intervals over cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.accuracy.scores import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.accuracy.scores import Score

DRAWS = 400
BINS = 10


def ratio(part: float, whole: float) -> float:
    """Return a share, NaN of nothing."""
    return part / whole if whole else float("nan")


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def summed(scores: Sequence[Score]) -> dict[str, int]:
    """Return the counts of some scores, added up."""
    out: dict[str, int] = {}
    for one in scores:
        for name, number in one.counts.items():
            out[name] = out.get(name, 0) + number
    return out


def quality(scores: Sequence[Score], *, what: str, touched: bool = False) -> dict[str, float]:
    """Return precision, recall and F1.

    Parameters
    ----------
    scores
        Of one matcher.
    what
        ``"pair"`` or ``"missing"``.
    touched
        Only the crossings that were disturbed on purpose.
    """
    n = summed(scores)
    head = f"touched_{what}" if touched else what
    precision = ratio(n.get(f"{head}_right", 0), n.get(f"{head}_said", 0))
    recall = ratio(n.get(f"{head}_found", 0), n.get(f"{head}_true", 0))
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1(precision, recall) if precision == precision and recall == recall else np.nan,  # noqa: PLR0124
        "true": n.get(f"{head}_true", 0),
        "said": n.get(f"{head}_said", 0),
    }


def interval(
    scores: Sequence[Score], figure: Callable[[Sequence[Score]], float]
) -> tuple[float, float]:
    """Return the 95 % interval of a figure, drawing whole cases (network and seed) anew."""
    keys = sorted({(one.network, one.seed) for one in scores})
    by_case = {key: [one for one in scores if (one.network, one.seed) == key] for key in keys}
    rng = np.random.default_rng(0)
    values = []
    for _ in range(DRAWS):
        drawn = rng.integers(len(keys), size=len(keys))
        values.append(figure([one for i in drawn for one in by_case[keys[i]]]))
    low, high = np.nanpercentile(values, [2.5, 97.5]) if keys else (np.nan, np.nan)
    return float(low), float(high)


def false_alarms(scores: Sequence[Score]) -> float:
    """Return false alarms per 100 crossings of the undisturbed cuts."""
    clean = [one for one in scores if one.kind == "none"]
    return 100 * ratio(summed(clean).get("false_alarms", 0), sum(one.crossings for one in clean))


def rules(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return precision and recall of every rule, and of all together."""
    n: dict[str, int] = {}
    for one in scores:
        for name, number in one.rule_counts.items():
            n[name] = n.get(name, 0) + number
    codes = sorted({name.partition(":")[0] for name in n})
    out = {}
    for code in [*codes, "all"]:
        take = codes if code == "all" else [code]
        said, true, right = (sum(n[f"{c}:{k}"] for c in take) for k in ("said", "true", "right"))
        out[code] = {
            "precision": ratio(right, said),
            "recall": ratio(right, true),
            "said": said,
            "true": true,
        }
    return out


def errors(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return median and 95th percentile of the errors of the measures."""
    out = {}
    for name in MEASURES:
        values = [value for one in scores for value in one.errors.get(name, [])]
        low, high = np.percentile(values, [50, 95]) if values else (np.nan, np.nan)
        out[name] = {"median": float(low), "p95": float(high), "count": len(values)}
    return out


def calibration(scores: Sequence[Score]) -> dict[str, Any]:
    """Return the reliability table of ``confidence`` and the expected calibration error."""
    pairs = [pair for one in scores for pair in one.calibration]
    if not pairs:
        return {"bins": [], "ece": float("nan")}
    said = np.array([pair[0] for pair in pairs])
    right = np.array([pair[1] for pair in pairs], dtype=float)
    at = np.clip((said * BINS).astype(int), 0, BINS - 1)
    bins = [
        {
            "from": k / BINS,
            "to": (k + 1) / BINS,
            "count": int((at == k).sum()),
            "said": float(said[at == k].mean()),
            "right": float(right[at == k].mean()),
        }
        for k in range(BINS)
        if (at == k).any()
    ]
    ece = sum(row["count"] * abs(row["said"] - row["right"]) for row in bins) / len(pairs)
    return {"bins": bins, "ece": float(ece)}


def confusion(scores: Sequence[Score]) -> dict[str, int]:
    """Return how often each verdict was given for each deserved one (``true>given``)."""
    out: dict[str, int] = {}
    for one in scores:
        for key, number in one.confusion.items():
            out[key] = out.get(key, 0) + number
    return dict(sorted(out.items()))
