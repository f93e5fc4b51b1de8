"""What a batch found, in short: for a terminal and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from roadalign.locales import text
from roadalign.outputs.rates import format_percent, format_range
from roadalign.outputs.terminal_text import shown

if TYPE_CHECKING:
    from roadalign.batches.records import PairRecord
    from roadalign.batches.run import Batch
    from roadalign.model.summary import RateRange


def summary_record(found: Batch) -> dict[str, Any]:
    """Return the summary as plain values: ``batch.json``, and what each pair took."""
    record: dict[str, Any] = msgspec.to_builtins(found.record)
    costs = found.pairs[["kept", "seconds", "peak_mb"]].astype(object)
    taken = costs.where(costs.notna(), None).to_dict("records")
    pairs = [pair | cost for pair, cost in zip(record["pairs"], taken, strict=True)]
    return record | {"pairs": pairs, "out": str(found.out)}


def summary_text(found: Batch, *, lang: str) -> str:
    """Return the summary in words: the pairs, those that failed with their reason, the memory."""
    record = found.record
    done = [pair for pair in record.pairs if pair.status == "done"]
    total = record.summary
    lines = [_row(pair, lang) for pair in done]
    lines += [""] if lines else []
    lines.append(
        text(
            lang,
            "batch",
            "summary",
            done=len(done),
            count=len(record.pairs),
            failed=len(record.pairs) - len(done),
            rate=_range(total.docking_rate, lang),
            through=format_percent(total.through_rate),
            points=total.docking_points,
        )
    )
    failed = [(pair.pair, pair.reason) for pair in record.pairs if pair.reason]
    if failed:
        lines += ["", text(lang, "batch", "failures")]
        for name, reason in failed:
            said = reason.zh if lang == "zh" else reason.en
            lines += [name, *(f"  {shown(line)}" for line in said.splitlines())]
    if found.pairs["peak_mb"].notna().any():
        most = found.pairs.nlargest(1, "peak_mb")
        peak, pair = f"{most['peak_mb'].iloc[0]:.0f}", most["pair"].iloc[0]
        lines += ["", text(lang, "batch", "peak", peak=peak, pair=pair)]
    return "\n".join(lines)


def _row(pair: PairRecord, lang: str) -> str:
    found = pair.summary
    if found is None:
        return pair.pair
    return text(
        lang,
        "batch",
        "row",
        pair=pair.pair,
        rate=_range(found.docking_rate, lang),
        points=found.docking_points,
        open=found.open_points,
        waiting=found.waiting_points,
        severe=found.severities.get("severe", 0),
    )


def _range(rate: RateRange, lang: str) -> str:
    return format_range({"low": rate.low, "high": rate.high}, lang=lang)
