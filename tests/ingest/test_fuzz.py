"""Whatever a file holds: rows, or a refusal in words; soon, and in little memory. `make fuzz` tries for longer."""

import io
import os
import signal
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ingest.adapters import READERS
from ingest.domain.statement import UnreadableStatementError
from ingest.ports import StatementReader
from tests.ingest.fuzzing import ONE_IN_SO_MANY_IS_LARGE, nth_file, samples

SECONDS = float(os.environ.get("FUZZ_SECONDS", "1.5"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
LONGEST = 2.0
"""Seconds of the processor that one file may take."""
MOST_MEMORY = 64 * 1024 * 1024
WEIGHED = 25
"""One in so many is read once more with its memory weighed, which takes several times as long; so is each large one."""


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    def give_up(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def read(reader: StatementReader, content: bytes) -> int:
    """How many items there are; -1 for a refusal."""
    assert 0 <= reader.recognises(content[: 64 * 1024], "statement.txt") <= 1
    try:
        return sum(1 for _ in reader.read(io.BytesIO(content), filename="statement.txt").items)
    except UnreadableStatementError:
        return -1


def memory_of(reader: StatementReader, content: bytes) -> int:
    tracemalloc.start()
    try:
        read(reader, content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_every_reader_has_files_to_begin_with() -> None:
    assert all(samples(reader.format) != (b"",) for reader in READERS)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.format)
def test_any_file_is_read_or_refused_soon_and_in_little_memory(reader: StatementReader) -> None:
    until, number = time.monotonic() + SECONDS, FIRST
    while time.monotonic() < until:
        number += 1
        content = nth_file(reader.format, number)
        about = f"nth_file({reader.format!r}, {number}), {len(content)} bytes"
        try:
            with _no_longer_than(LONGEST):
                read(reader, content)
            if number % ONE_IN_SO_MANY_IS_LARGE == 0 or number % WEIGHED == 0:
                assert memory_of(reader, content) < MOST_MEMORY
        except BaseException as error:
            error.add_note(about)
            raise
