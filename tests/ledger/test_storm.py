"""A small storm: several processes write at once and are killed; `scripts/bench ledger_storm` is larger."""

import os

import pytest

from benchmarks.ledger_storm.killed_commands import killed_imports, simultaneous_decisions
from benchmarks.ledger_storm.storm import storm

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="SIGKILL"),
]


def test_every_decision_told_is_there_once_whoever_is_killed(tmp_path):
    found = storm(tmp_path, writers=4, each=12, kills=5, seed=3)
    assert found.noted == 48
    assert (found.lost, found.doubled, found.refused, found.left) == (0, 0, (), ())
    assert found.is_clean


def test_a_killed_import_is_completed_by_the_next_one(tmp_path):
    found = killed_imports(tmp_path, times=4, entries=30, seed=5)
    assert found["wrong"] == 0
    assert found.total() == 4


def test_commands_called_at_once_all_write(tmp_path):
    told, held, _ = simultaneous_decisions(tmp_path, callers=4, each=1)
    assert (told, held) == (4, 4)
