"""A slow machine fails no test: nothing that waits has a short deadline."""

import ast
from pathlib import Path

from hypothesis import settings

SHORTEST_S = 60


def test_generated_examples_have_no_deadline():
    assert settings.default.deadline is None


def test_what_waits_waits_a_minute_at_least():
    """Every ``timeout=`` of a number of seconds in the tests; 0 asks without waiting."""
    short = []
    for path in Path(__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in {"timeout", "timeout_s"}:
                value = node.value.value if isinstance(node.value, ast.Constant) else SHORTEST_S
                if isinstance(value, int | float) and 0 < value < SHORTEST_S:
                    short.append(f"{path.name}:{node.value.lineno}")
    assert short == []
