"""Thirty real pairs, three of them broken: whoever does the work, the results are the same bytes."""

import re
import subprocess
import sys
import threading

import pytest
from small_pairs import content_of

import roadalign
from benchmarks.batch.pairs import BROKEN, available, write_pairs
from roadalign.outputs.writers import CHECK

READY = re.compile(r"(?:Scheduler at|Registered to):\s+(tcp://127\.0\.0\.1:\d+)")


@pytest.fixture(scope="module")
def thirty(tmp_path_factory):
    if not available():
        pytest.skip("the networks of Porto and Wuhan are not beside the checkout")
    return write_pairs(tmp_path_factory.mktemp("thirty"), length_m=800.0)


@pytest.fixture
def started():
    """Start a part of Dask and wait until it says that it is ready; return the address it names."""
    processes, readers = [], []

    def start(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words], stderr=subprocess.PIPE, text=True
        )
        processes.append(process)
        said = []
        for line in process.stderr:
            said.append(line)
            if found := READY.search(line):
                # whatever it says later is read too, or it would wait for a reader
                readers.append(threading.Thread(target=process.stderr.read))
                readers[-1].start()
                return found[1]
        raise AssertionError("".join(said))

    yield start
    for process in reversed(processes):
        process.kill()
        process.wait()
    for reader in readers:
        reader.join()
    for process in processes:
        process.stderr.close()


@pytest.mark.real
def test_serial_processes_and_dask_give_the_same_bytes(thirty, tmp_path, started):
    pytest.importorskip("distributed")
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    for _ in range(2):
        started(
            "worker",
            scheduler,
            "--host",
            "127.0.0.1",
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
        )
    ways = {
        "serial": {},
        "processes": {"jobs": 2},
        "dask": {"scheduler": scheduler},
    }
    found = {
        name: roadalign.batch(thirty, out=tmp_path / name, runner=name, **how)
        for name, how in ways.items()
    }
    serial = found["serial"]
    assert serial.pairs["status"].value_counts().to_dict() == {"done": 27, "failed": 3}
    reasons = {pair.pair: pair.reason for pair in serial.record.pairs if pair.reason}
    assert reasons.keys() == BROKEN.keys()
    assert {reason.kind for reason in reasons.values()} == {"input"}
    assert len({reason.en.partition(": ")[2] for reason in reasons.values()}) == 3
    files = content_of(tmp_path / "serial")
    assert len(files) == 4 + 27 * (1 + len(CHECK.names))
    for name in ("processes", "dask"):
        assert content_of(tmp_path / name) == files
