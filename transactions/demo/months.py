"""Days of the calendar that a household counts by."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6


def day_of(year: int, month: int, day: int) -> date:
    """This day of the month, or its last one where the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last one where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    return day_of(index // 12, index % 12 + 1, day.day)


def months_from(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Year and number of every month that has a day from ``first`` to ``last``."""
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return ((index // 12, index % 12 + 1) for index in range(begin, end + 1))


def working_day_before(day: date) -> date:
    """The day itself, or the Friday before where it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
