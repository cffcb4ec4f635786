"""Checking many report files, optionally in parallel."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from ..service.check_file import CheckedFile, CheckOptions, check_file
from .diagnostics import STDIN
from .failures import trace
from .input_paths import file_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..service.previous import PreviousReports

MOST_JOBS = 256
PARALLEL_FROM = 24
"""Minimum number of files for which starting processes pays off."""


def check_files(paths: Sequence[str], options: CheckOptions, jobs: int = 0) -> Iterator[CheckedFile]:
    """Check files and yield the results in the given order.

    Args:
        paths: Paths of the files; `-` for standard input.
        options: Options of the check.
        jobs: Number of processes; 0 to choose by the number of files and processors.

    Raises:
        PreviousUnreadableError: last year's report, as named by the user, cannot be used.
    """
    processors = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if processors < 2 or (len(paths) < PARALLEL_FROM and jobs < 2) or STDIN in paths:  # noqa: PLR2004 - more than one
        previous = options.previous_reports()
        for path in paths:
            yield check_file(file_path(path), options, previous, name=path, on_failure=trace)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - start-up

    chunk = max(1, len(paths) // (processors * 8))
    with ProcessPoolExecutor(processors, initializer=_begin_worker, initargs=(options,)) as pool:
        yield from pool.map(_check_in_worker, paths, chunksize=chunk)


class _Worker(NamedTuple):
    """State of a worker process, kept between files."""

    options: CheckOptions
    previous: PreviousReports


_worker: _Worker


def _begin_worker(options: CheckOptions) -> None:
    global _worker  # noqa: PLW0603 - set in a process of the pool alone, and ends with it
    _worker = _Worker(options, options.previous_reports())


def _check_in_worker(path: str) -> CheckedFile:
    return check_file(file_path(path), _worker.options, _worker.previous, name=path, on_failure=trace)
