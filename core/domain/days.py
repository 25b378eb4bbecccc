"""The days that Solvent works with."""

import re
from calendar import monthrange
from datetime import date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
_WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class DayError(ValueError):
    """Not a day, or none of those that Solvent works with; the message says why, ``code`` is for programs."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def in_range(day: date) -> bool:
    """Whether a day lies from 1900 to 2200, as every day that comes in must.

    Within these bounds every sum of days and months that Solvent makes is a day again.
    """
    return FIRST_DAY <= day <= LAST_DAY


def day_of(text: str) -> date:
    """The day of a text such as ``2026-11-24`` (ISO 8601); raises ``DayError`` for anything else."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise DayError("Write the day as YYYY-MM-DD, as in 2026-11-24.", "invalid")
    year, month, number = map(int, written.groups())
    if not 1 <= month <= 12:
        raise DayError("There is no such day: months go from 01 to 12.", "invalid")
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise DayError(f"Give a day from {FIRST_DAY} to {LAST_DAY}.", "out_of_range")
    longest = monthrange(year, month)[1]
    if not 1 <= number <= longest:
        raise DayError(f"There is no such day: {text[:7]} has {longest} days.", "invalid")
    return date(year, month, number)
