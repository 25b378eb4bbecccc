"""When a series that was found is due next, and after that."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from transactions.domain.recurring.records import Period

DAYS = {Period.WEEKLY: 7, Period.FORTNIGHTLY: 14, Period.FOUR_WEEKLY: 28}
MONTHS = {
    Period.MONTHLY: 1, Period.BIMONTHLY: 2, Period.QUARTERLY: 3, Period.HALF_YEARLY: 6, Period.YEARLY: 12,
}  # fmt: skip
SHORTEST_MONTH = 28


def due_days(period: Period, *, last_on: date, next_on: date, until: date) -> list[date]:
    """The days from ``next_on`` to ``until`` on which a series is due.

    Months keep the day of the month: the 31st is the last day of shorter ones. A series that is paid on the last
    days of a short month is taken to be due on the later of its two days. Semi-monthly goes by the days of the
    month of its last and next occurrence.
    """
    days: list[date] = []
    for day in _coming(period, last_on, next_on):
        if day > until:
            return days
        days.append(day)
    return days


def _coming(period: Period, last_on: date, next_on: date) -> Iterator[date]:
    if period in DAYS:
        yield from (next_on + timedelta(days=DAYS[period] * count) for count in range(date.max.year))
    elif period == Period.SEMI_MONTHLY:
        yield from _twice_a_month(next_on, {last_on.day, next_on.day})
    else:
        day = max(last_on.day, next_on.day) if next_on.day >= SHORTEST_MONTH else next_on.day
        step = MONTHS[period]
        yield from (_in_month(next_on, step * count, day) for count in range(date.max.year))


def _twice_a_month(first: date, days: set[int]) -> Iterator[date]:
    for month in range(date.max.year):
        due = sorted({_in_month(first, month, day) for day in days})
        yield from (day for day in due if day >= first)


def _in_month(first: date, months: int, day: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
