"""How much of the processor a piece of work takes: a machine that does other things too changes that least."""

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import Generic, NamedTuple, TypeVar

SECONDS_SPENT = 0.5
FEWEST, MOST = 5, 200

Result = TypeVar("Result")


class Timing(NamedTuple, Generic[Result]):
    """Milliseconds of the least and of the median run, and what the last one gave."""

    best: float
    median: float
    result: Result


def timed(work: Callable[[], Result]) -> Timing[Result]:
    """Repeat for half a second, at least five times; the first run does not count."""
    result = work()
    gc.collect()
    spent: list[float] = []
    while len(spent) < FEWEST or (sum(spent) < SECONDS_SPENT * 1e3 and len(spent) < MOST):
        milliseconds, result = _run(work)
        spent.append(milliseconds)
    return Timing(min(spent), median(spent), result)


def timed_once(work: Callable[[], Result]) -> tuple[float, Result]:
    """Milliseconds of a single run, and what it gave."""
    gc.collect()
    return _run(work)


def against(value: float, target: float | None, unit: str = "ms") -> str:
    """Whether the figure stays under its target; nothing where none is set."""
    if target is None:
        return ""
    return f"{'met' if value < target else 'MISSED'}: under {target:g} {unit}"


def _run(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time_ns()
    result = work()
    return (time.process_time_ns() - started) / 1e6, result
