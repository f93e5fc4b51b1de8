"""Batches of small pairs, and the command line as a real process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_pairs import EPOCH, write_manifest, write_pair

import roadalign

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))


@pytest.fixture(autouse=True)
def one_time(monkeypatch):
    """The clock stands still, so that two runs may be compared byte by byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def four_pairs(tmp_path):
    """Pair k has k roads without a counterpart: rates 1, 4/5, 4/6 and 4/7."""
    return _written(tmp_path)


def _written(folder):
    rows = [write_pair(folder, f"pair-{k}", alone=k) for k in range(4)]
    return write_manifest(folder / "pairs.csv", rows), rows


@pytest.fixture(scope="session")
def done(tmp_path_factory):
    """The four pairs checked one after the other; for looking at, not for changing."""
    folder = tmp_path_factory.mktemp("done")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        found = roadalign.batch(_written(folder)[0], out=folder / "out")
    return folder, found


@pytest.fixture
def own(done, tmp_path):
    """The same in a folder of its own, for changing."""
    folder, _ = done
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def align():
    """Start `align batch` as a process of its own; stop it where a test left it running."""
    started = []

    def start(*words, **environment):
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from roadalign.cli import main; main()",
                "batch",
                *map(str, words),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "ALIGN_LANG": "en", "PYTHONIOENCODING": "utf-8", **environment},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
