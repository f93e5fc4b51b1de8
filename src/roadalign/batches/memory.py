"""Memory and threads of one worker: bounded, and measured pair by pair."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

MB = 1_000_000
_SHARE = 0.9
"""Of the memory there is; the rest is left to the system."""

_LEAST_MB = 1000.0
"""A worker with less cannot even load the libraries and a middling plan."""

_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "GDAL_NUM_THREADS",
)


def one_thread_each() -> None:
    """Keep the numeric libraries to one thread; only works before they are loaded.

    Several workers with a thread per core each would get in each other's way, and each thread
    has memory of its own.
    """
    for name in _THREADS:
        os.environ[name] = "1"


def fair_share_mb(workers: int) -> float:
    """Return the memory that each of some workers may take, in MB (10^6 bytes)."""
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return sys.float_info.max
    with suppress(OSError, ValueError):  # a container may allow less than the machine has
        there = min(there, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return max(_SHARE * there / MB / workers, _LEAST_MB)


def bound_memory(limit_mb: float) -> None:
    """Let this process have no more than some memory; where the system cannot, nothing happens.

    A pair that would take more then fails alone, with its reason, instead of all being stopped.

    Parameters
    ----------
    limit_mb
        In MB (10^6 bytes).
    """
    if limit_mb * MB >= sys.maxsize:
        return
    try:
        import resource  # noqa: PLC0415  (Unix alone has it)
    except ImportError:
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (int(limit_mb * MB), hard))


def forget_peak() -> None:
    """Begin to measure the peak anew, where the system lets us (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_mb() -> float | None:
    """Return the most memory this process held since `forget_peak`, or else since it began.

    Returns
    -------
    float or None
        Resident set in MB (10^6 bytes); ``None`` where the system does not tell.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / MB
    try:
        import resource  # noqa: PLC0415  (Unix alone has it)
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MB if sys.platform == "darwin" else peak * 1024 / MB
