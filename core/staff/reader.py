"""For whom a page is being written: the columns of a page know their row, and not who asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core.people import Person

_reader: ContextVar[Person | None] = ContextVar("who reads the page", default=None)


@contextmanager
def read_by(person: Person | None) -> Iterator[None]:
    """What is written inside is written for this member of staff; for nobody yet on the way in."""
    before = _reader.set(person)
    try:
        yield
    finally:
        _reader.reset(before)


def reader() -> Person | None:
    """The member of staff who reads the page."""
    return _reader.get()


def reader_locale() -> str:
    """The language tag of who reads the page; English for nobody."""
    person = _reader.get()
    return "en" if person is None else person.locale
