"""Batches of small pairs, and the command line as a real process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from small_pairs import EPOCH, rows_of, write_manifest, write_pair

import roadalign


@pytest.fixture(autouse=True)
def one_time(monkeypatch):
    """The clock stands still, so that two runs may be compared byte by byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture(scope="session")
def done(tmp_path_factory):
    """Four pairs checked one after the other; for looking at, not for changing.

    Pair k has k roads without a counterpart: rates 1, 4/5, 4/6 and 4/7.
    """
    folder = tmp_path_factory.mktemp("done")
    rows = [write_pair(folder, f"pair-{k}", alone=k) for k in range(4)]
    manifest = write_manifest(folder / "pairs.csv", rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        found = roadalign.batch(manifest, out=folder / "out")
    return folder, found


@pytest.fixture
def own(done, tmp_path):
    """The same in a folder of its own, for changing."""
    folder, _ = done
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def four_pairs(own):
    """The same before it was checked: manifest and rows."""
    shutil.rmtree(own / "out")
    manifest = own / "pairs.csv"
    return manifest, rows_of(manifest)


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
