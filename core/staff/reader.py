"""For whom a page is being written: the columns of a page know their row, and not who asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_locale: ContextVar[str] = ContextVar("locale of the reader", default="en")


@contextmanager
def read_by(locale: str) -> Iterator[None]:
    """What is written inside is written for a member of staff of this locale."""
    before = _locale.set(locale)
    try:
        yield
    finally:
        _locale.reset(before)


def reader_locale() -> str:
    """The language tag of the member of staff who reads the page."""
    return _locale.get()
