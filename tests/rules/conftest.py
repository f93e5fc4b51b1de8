"""Running one rule over docking points written down as rows."""

from __future__ import annotations

import pytest
from docking_rows import context_of, points_table

from roadalign.rules.core import run_rules


@pytest.fixture
def run():
    """Findings of one rule: ``run(code, *rows, limits=..., strip_m=..., roads=...)``."""

    def _run(code, *rows, **context):
        return run_rules(points_table(*rows), context_of(**context), only=[code])

    return _run


@pytest.fixture
def severity(run):
    """Severity of one rule at one docking point, ``ok`` where it is silent."""

    def _severity(code, row, **context):
        findings = run(code, row, **context)
        assert len(findings) <= 1
        return findings["severity"].get(0, "ok")

    return _severity
