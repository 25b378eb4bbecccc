"""Two at the same moment, again and again, each on a database connection of its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

TIMES = 200
PATIENCE = 30

# SQLite in memory is one connection for all threads; on PostgreSQL each thread has its own.
needs_connections = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="an in-memory SQLite has a single connection"
)

Work = Callable[[], Any]
Race = Callable[[Work, Work], list[Any]]


@contextmanager
def racers() -> Iterator[Race]:
    """Starts two works at once and gives what each returned, or the error that it raised."""
    barrier = threading.Barrier(2)

    def at_the_signal(work: Work) -> Any:
        barrier.wait(timeout=PATIENCE)
        try:
            return work()
        except Exception as error:  # noqa: BLE001  (handed to the test)
            return error

    with ThreadPoolExecutor(2) as threads:

        def race(first: Work, second: Work) -> list[Any]:
            waiting = [threads.submit(at_the_signal, work) for work in (first, second)]
            return [each.result(timeout=PATIENCE) for each in waiting]

        try:
            yield race
        finally:
            race(_close, _close)


def _close() -> None:
    """The connection of the thread that calls: a bound method would be the one of the thread that bound it."""
    connection.close()
