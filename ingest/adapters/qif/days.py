"""Days the way Quicken writes them: ``1/ 3'08``, ``12/31/98``, ``31.12.2020``."""

import re
from datetime import date
from functools import lru_cache

from ingest.domain.dates import DateOrder, parse_date, swapped

_MARK = re.compile(r"\s{0,9}([/.\-'])\s{0,9}")
_NUMBERS = re.compile(r"([0-9]{1,4})\s{0,9}[/.\-']\s{0,9}([0-9]{1,2})\s{0,9}[/.\-']\s{0,9}([0-9]{1,4})")
_LONGEST = 48


@lru_cache(maxsize=8192)
def plain_day(text: str) -> str:
    """The day with one mark and a year of two or four digits.

    An apostrophe stands before years from 2000 on, ``' 8`` is 2008, and a year of 100 is how old versions
    counted on from 1999.
    """
    text = text[:_LONGEST].strip()
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return _MARK.sub(r"\1", text)
    first, second, year = found.groups()
    if len(first) <= 2 and len(year) in (1, 3):
        year = f"200{year}" if len(year) == 1 else str(1900 + int(year))
    mark = "." if "." in text else "-" if "-" in text else "/"
    return f"{first}{mark}{second}{mark}{year}"


def is_american(text: str) -> bool:
    """Whether the day is written as only Quicken does, whose home is where the month comes first."""
    return "'" in text or "/ " in text


@lru_cache(maxsize=8192)
def read_day(text: str, order: DateOrder) -> tuple[date, bool] | None:
    """The day, and whether it is one only in another order than ``order``; None where it is none in any."""
    plain = plain_day(text)
    for candidate in _orders(order):
        try:
            return parse_date(plain, order=candidate)[0], candidate is not order
        except ValueError:
            continue
    return None


@lru_cache
def _orders(first: DateOrder) -> tuple[DateOrder, ...]:
    return tuple(dict.fromkeys((first, swapped(first) or first, *DateOrder)))
