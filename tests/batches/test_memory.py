"""What a worker is measured and held by."""

import subprocess
import sys

import pytest

from roadalign.batches.memory import fair_share_mb, forget_peak, peak_mb
from roadalign.errors import InputError
from roadalign.pipeline.build import run_time

BLOCK_MB = 200
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone tells")


@LINUX
def test_the_peak_is_that_of_the_pair_and_not_of_an_earlier_one():
    forget_peak()
    before = peak_mb()
    block = b"x" * (BLOCK_MB * 1_000_000)
    during = peak_mb()
    assert during >= before + 0.9 * BLOCK_MB
    assert len(block) == BLOCK_MB * 1_000_000
    del block
    assert peak_mb() >= during - 1
    forget_peak()
    assert peak_mb() < during - 0.5 * BLOCK_MB


@LINUX
def test_a_process_gets_no_more_than_its_bound():
    code = (
        "from roadalign.batches.memory import bound_memory\n"
        "bound_memory(300)\n"
        "bytearray(100_000_000)\n"
        "try: bytearray(1_000_000_000)\n"
        "except MemoryError: print('bounded')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "bounded"


def test_the_shares_of_all_workers_fit_into_the_machine():
    one, two = fair_share_mb(1), fair_share_mb(2)
    assert two == max(one / 2, 1000.0)


def test_the_clock_can_be_fixed(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772352000")  # date --utc --date=@1772352000
    assert run_time() == "2026-03-01T08:00:00Z"
    for wrong in ("yesterday", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(InputError):
            run_time()
