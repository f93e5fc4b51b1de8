"""How rates are written: whole percentages, and a range as far as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadalign.locales import text

if TYPE_CHECKING:
    from collections.abc import Mapping


def format_percent(rate: float | None) -> str:
    """Return a rate as a whole percentage."""
    return "—" if rate is None else f"{100 * rate:.0f}%"


def format_range(rate: Mapping[str, float | None], *, lang: str) -> str:
    """Return a rate as far as it is known: one number, or from what is known to what may be."""
    low, high = (format_percent(rate[key]) for key in ("low", "high"))
    return low if low == high else text(lang, "report", "range", low=low, high=high)
