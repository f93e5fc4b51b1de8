"""The words of the data that every page says as the terminal does."""

from __future__ import annotations

from typing import Any

from roadalign.locales import catalogue

OF_REPORT = ("verdict", "severity", "state", "aspect", "outcome", "range", "named")
"""Words of the room ``report``."""

OF_COMPARISON = ("change",)
"""Words of the room ``comparison``."""


def page_words(lang: str) -> dict[str, Any]:
    """Return what verdicts, severities, states, aspects, outcomes and changes are called.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.
    """
    report, comparison = catalogue(lang, "report"), catalogue(lang, "comparison")
    return {key: report[key] for key in OF_REPORT} | {key: comparison[key] for key in OF_COMPARISON}
