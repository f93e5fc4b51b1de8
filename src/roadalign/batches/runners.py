"""Who does the jobs: this process, some processes, or a Dask cluster; outcomes as they come.

Every runner gives one outcome per job, whatever happens to its workers, in any order.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from roadalign.batches.jobs import Job, Outcome, died, run_job, unexpected
from roadalign.batches.memory import bound_memory, fair_share_mb, one_thread_each
from roadalign.errors import InputError
from roadalign.safety.folder_writes import clear_leftovers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

RUNNERS = ("serial", "processes", "dask")
PAIRS_PER_WORKER = 50
"""A worker is replaced after so many pairs, so that what libraries keep cannot grow for ever."""

_WAIT_S = 30
"""How long a scheduler and its first worker are waited for."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serial(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
    """Do the jobs one after the other in this process."""
    for job in jobs:
        yield run_job(job)


def processes(
    jobs: Sequence[Job], *, workers: int, memory_mb: float | None = None
) -> Generator[Outcome, None, None]:
    """Do the jobs in processes of this machine.

    Each worker is a pool of its own: one that is killed takes down its own job alone.

    Parameters
    ----------
    jobs
        What to do.
    workers
        How many processes.
    memory_mb
        The most memory that each may have, in MB; default: an equal share of the machine's.

    Raises
    ------
    InputError
        ``no_worker`` where processes cannot be started.
    """
    workers = min(workers, len(jobs))
    bound_mb = memory_mb or fair_share_mb(workers)
    waiting = deque(jobs)
    free = [_Worker(bound_mb) for _ in range(workers)]
    busy: dict[Future[Outcome], tuple[_Worker, Job]] = {}
    try:
        while waiting or busy:
            while waiting and free:
                worker, job = free.pop(), waiting.popleft()
                busy[worker.start(job)] = (worker, job)
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                worker, job = busy[future]
                yield worker.outcome(future, job)
                del busy[future]
                if worker.worn:
                    worker.end()
                    worker = _Worker(bound_mb)
                free.append(worker)
    finally:
        for worker in [*free, *(worker for worker, _ in busy.values())]:
            worker.end()
        for _, job in busy.values():
            _tidy(job)


class _Worker:
    """One process, started with its first job."""

    def __init__(self, bound_mb: float) -> None:
        self._pool = ProcessPoolExecutor(
            1,
            mp_context=get_context("spawn"),  # a forked process would share GDAL's open files
            initializer=_begin,
            initargs=(bound_mb,),
        )
        self._ready: Future[int] | None = None
        self._left = PAIRS_PER_WORKER

    def start(self, job: Job) -> Future[Outcome]:
        if self._ready is None:
            with _uninterrupted():
                self._ready = self._pool.submit(_prepare)
        self._left -= 1
        return self._pool.submit(run_job, job)

    def outcome(self, future: Future[Outcome], job: Job) -> Outcome:
        try:
            return future.result()
        except BrokenProcessPool:
            self._left = 0
            if self._ready is None or self._ready.exception():
                raise InputError("no_worker", where="--runner processes") from None
            _tidy(job)
            return died(job)

    @property
    def worn(self) -> bool:
        return self._left <= 0

    def end(self) -> None:
        """End the process, also in the middle of a job: its files are only put in place whole."""
        if self._ready is not None and self._ready.done() and not self._ready.exception():
            with suppress(ProcessLookupError):
                os.kill(self._ready.result(), signal.SIGTERM)
        self._pool.shutdown(wait=True, cancel_futures=True)


def _tidy(job: Job) -> None:
    """Take away what a worker that is gone left of a pair."""
    clear_leftovers(job.out)
    with suppress(OSError):
        job.out.rmdir()  # where it is empty: the worker had just made it


def _begin(bound_mb: float) -> None:
    """Begin a worker, before it loads anything heavy."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    one_thread_each()
    bound_memory(bound_mb)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """End this process where the one that asked is gone; nobody else would."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _prepare() -> int:
    """Load what every job needs; return the number of this process."""
    for name in ("roadalign.pipeline.check", "roadalign.outputs.writers", "roadalign.outputs.map"):
        import_module(name)

    return os.getpid()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes be born that do not hear Ctrl-C; only the main thread can see to that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def dask(jobs: Sequence[Job], *, scheduler: str) -> Generator[Outcome, None, None]:
    """Do the jobs on the workers of a Dask scheduler, which see the same files under one path.

    Parameters
    ----------
    jobs
        What to do.
    scheduler
        Its address, e.g. ``"tcp://10.0.0.5:8786"``.

    Raises
    ------
    InputError
        Where Dask distributed is not installed, or no scheduler or no worker answers.
    """
    try:
        import distributed  # noqa: PLC0415  (an extra)
    except ImportError:
        raise InputError("no_distributed", where="--runner dask") from None
    try:
        client = distributed.Client(scheduler, timeout=_WAIT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise InputError("no_scheduler", where=scheduler, problem=str(problem)) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT_S)
        except TimeoutError:
            raise InputError("no_dask_worker", where=scheduler) from None
        futures = [client.submit(run_job, job, pure=False) for job in jobs]
        of = {future.key: job for future, job in zip(futures, jobs, strict=True)}
        for future in distributed.as_completed(futures, loop=client.loop):
            job = of[future.key]
            try:
                outcome = future.result()
            except distributed.KilledWorker:
                outcome = died(job)
            except Exception as problem:  # noqa: BLE001  (e.g. no roadalign on the worker)
                outcome = Outcome(job.name, unexpected(problem, job.name))
            yield outcome
