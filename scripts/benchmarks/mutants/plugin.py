"""The pytest plugin that runs the collected tests on every mutant, each in a fork of its own.

The tests are collected once and run once as they are, to learn how long each takes and which
functions it reaches; a mutant then runs the tests that reach its function, the fastest first, up
to the first that fails. A constant runs all tests that reach its module.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.mutants.planting import module_name, plant

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from benchmarks.mutants.mutants import Mutant

JOB = "BENCH_MUTANTS_JOB"
MEMORY_BYTES = 4 << 30
"""What a mutant may take beyond what the tests have, before it counts as found."""

KILLED, SURVIVED, UNREACHED, LATE = "killed", "survived", "unreached", "late"
Reached = dict[str, set[tuple[str, str]]]


class MutantRun:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.mutants: list[Mutant] = job["mutants"]
        self.processes: int = job["processes"]
        self.slowest_s: float = job["slowest_s"]
        self.timeout_s: float = job["timeout_s"]
        self.answer = Path(job["answer"])
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, and then on every mutant."""
        plain = _asked(lambda: self._plainly(session.items))
        seconds, broken, reached = plain
        use = sorted(
            (
                item
                for item in session.items
                if item.nodeid not in broken and seconds[item.nodeid] <= self.slowest_s
            ),
            key=lambda item: seconds[item.nodeid],
        )
        outcomes = self._all(use, reached)
        self.answer.write_text(
            json.dumps(
                {
                    "outcomes": outcomes,
                    "tests": len(use),
                    "broken": sorted(broken),
                    "slow": sorted(name for name, took in seconds.items() if took > self.slowest_s),
                }
            ),
            encoding="utf-8",
        )
        return True

    def _plainly(self, items: list[pytest.Item]) -> tuple[dict[str, float], set[str], Reached]:
        """Return how long each test takes, which fail, and the functions each one reaches."""
        root = str(Path(sys.modules["roadalign"].__file__ or "").parent) + os.sep
        seconds: dict[str, float] = {}
        broken: set[str] = set()
        reached: Reached = {}
        for item in items:
            seen: set[tuple[str, str]] = set()

            def note(frame: Any, event: str, _: object, seen: set[Any] = seen) -> None:
                if event == "call" and frame.f_code.co_filename.startswith(root):
                    name = frame.f_code.co_qualname.split(".<locals>")[0]
                    seen.add((frame.f_code.co_filename[len(root) :], name))

            _forget()
            self.failed = False
            start = time.process_time()
            sys.setprofile(note)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            sys.setprofile(None)
            seconds[item.nodeid] = time.process_time() - start
            reached[item.nodeid] = seen
            if self.failed:
                broken.add(item.nodeid)
        return seconds, broken, reached

    def _all(self, items: list[pytest.Item], reached: Reached) -> list[str]:
        """Return the outcome of every mutant, with so many at a time as there are processes."""
        outcomes = [UNREACHED] * len(self.mutants)
        running: dict[int, int] = {}
        for number, mutant in enumerate(self.mutants):
            tests = [item for item in items if _reaches(reached[item.nodeid], mutant)]
            if not tests:
                continue
            while len(running) >= self.processes:
                _wait(running, outcomes)
            child = os.fork()
            if child == 0:
                _in_child(partial(self._noticed, tests, mutant), timeout_s=self.timeout_s)
            running[child] = number
        while running:
            _wait(running, outcomes)
        return outcomes

    def _noticed(self, tests: list[pytest.Item], mutant: Mutant) -> bool:
        """Return whether a test fails on a mutant."""
        plant(mutant)
        self.failed = False
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return True
        return False


def _reaches(functions: set[tuple[str, str]], mutant: Mutant) -> bool:
    if mutant.function:
        return (mutant.module, mutant.function) in functions
    return any(module == mutant.module for module, _ in functions)


def _forget() -> None:
    """Clear what functions of the program remember, so that every test calls what it needs."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "roadalign":
            for one in list(vars(module).values()):
                if callable(getattr(one, "cache_clear", None)):
                    one.cache_clear()


def _in_child(ask: Callable[[], bool], *, timeout_s: float) -> None:
    """Answer by the exit status: 0 not noticed, 1 noticed; a signal ends what takes too long."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = held * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, timeout_s)
    try:
        noticed = ask()
    except BaseException:  # noqa: BLE001 (whatever a mutant makes the tests do is noticed)
        noticed = True
    os._exit(int(noticed))


def _wait(running: dict[int, int], outcomes: list[str]) -> None:
    child, status = os.wait()
    number = running.pop(child)
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) == signal.SIGALRM
        outcomes[number] = LATE if late else KILLED
    else:
        outcomes[number] = KILLED if os.WEXITSTATUS(status) else SURVIVED


def _asked(ask: Callable[[], Any]) -> Any:
    """Return what a function gives in a fork, so that this process stays as it was."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(ask(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(data)  # noqa: S301 (from our own fork)


def pytest_configure(config: pytest.Config) -> None:
    """Load the job, and the modules it mutates."""
    from hypothesis import settings  # noqa: PLC0415 (not before the tests' own plugins)

    settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
    settings.load_profile("mutants")
    job = pickle.loads(Path(os.environ[JOB]).read_bytes())  # noqa: S301 (written by this bench)
    for path in {mutant.module for mutant in job["mutants"]}:
        __import__(module_name(path))
    config.pluginmanager.register(MutantRun(job), "mutant-run")
