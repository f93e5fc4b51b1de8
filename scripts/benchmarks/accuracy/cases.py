"""All cases through all matchers, in up to two processes."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from benchmarks.accuracy.matchers import NEAREST, OURS, gap_closing, nearest_end, ours
from benchmarks.accuracy.scores import Score, score
from benchmarks.cut_networks.named import load
from benchmarks.disturbances.kinds import disturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

UNCHANGING = {"none"}
"""Kinds without chance: on a real network they are run for the first seed only."""


def run_cases(
    networks: Sequence[str],
    kinds: Sequence[str],
    seeds: Sequence[int],
    *,
    processes: int = 2,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Score]:
    """Run the benchmark.

    Parameters
    ----------
    networks, kinds, seeds
        What to run; each seed makes its own disturbances.
    processes
        How many processes.
    progress
        Called with a line of text as jobs end.

    Returns
    -------
    list of Score
        By network, kind, seed and matcher, in the same order for the same input.
    """
    jobs = [(name, seed, kinds, seed == seeds[0]) for name in networks for seed in seeds]
    found: list[Score] = []
    if processes <= 1 or len(jobs) == 1:
        results: Iterable[list[Score]] = map(_job, jobs)
        for job, scores in zip(jobs, results, strict=True):
            progress(f"{job[0]} seed {job[1]}")
            found.extend(scores)
        return found
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for job, scores in zip(jobs, pool.map(_job, jobs), strict=True):
            progress(f"{job[0]} seed {job[1]}")
            found.extend(scores)
    return found


def _job(job: tuple[str, int, Sequence[str], bool]) -> list[Score]:
    name, seed, kinds, first = job
    found: list[Score] = []
    synthetic = name in {"grid", "weave"}
    cut = load(name, seed=seed)
    for kind in kinds:
        if kind in UNCHANGING and not first and not synthetic:
            continue
        case = disturbed(cut, kind, seed=seed)
        found.append(score(case, ours(case), matcher=OURS))
        for label, (reach_m, search_m) in NEAREST.items():
            said = nearest_end(case, reach_m=reach_m, search_m=search_m)
            found.append(score(case, said, matcher=label))
        closed = gap_closing(case)
        if closed is not None:
            found.append(score(case, closed, matcher="momepy gaps"))
    return found
