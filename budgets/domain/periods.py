"""The stretch of days that a budget is for. Days are the person's own; both ends belong to it."""

import calendar
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

HALF_MONTH = 15


class PeriodKind(StrEnum):
    """Months by default; ``pay_days`` runs from one pay day to the day before the next."""

    MONTH = "month"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    SEMI_MONTH = "semi_month"
    PAY_DAYS = "pay_days"


IN_WEEKS = {PeriodKind.WEEK: 1, PeriodKind.FORTNIGHT: 2, PeriodKind.FOUR_WEEKS: 4}


class NoPayDayError(ValueError):
    """No pay day is known on either side of the day that was asked for."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=index) for index in range(len(self))]

    def index(self, day: date) -> int:
        """How many days of it are before ``day``: 0 up to its first, its length after its last."""
        return min(max((day - self.first).days, 0), len(self))


def span_of(
    kind: PeriodKind, day: date, *, anchor: date | None = None, pay_days: Sequence[date] = ()
) -> Span:
    """The period that ``day`` is in.

    ``anchor`` is a first day: months begin on its day of the month (the last day of shorter ones), weeks on its
    weekday; without it they begin on the 1st and on a Monday. Semi-monthly periods begin on the 1st and the 16th.
    ``pay_days`` are in order; ``NoPayDayError`` where none is on or before ``day``, or none after it.
    """
    if kind == PeriodKind.PAY_DAYS:
        return _between(pay_days, day)
    if kind in IN_WEEKS:
        return _weeks(IN_WEEKS[kind], day, anchor or date(2024, 1, 1))
    if kind == PeriodKind.SEMI_MONTH:
        return _half(day)
    return _month(day, anchor.day if anchor else 1)


def _between(pay_days: Sequence[date], day: date) -> Span:
    after = bisect_right(pay_days, day)
    if after == 0 or after == len(pay_days):
        raise NoPayDayError(day)
    return Span(pay_days[after - 1], pay_days[after] - timedelta(days=1))


def _weeks(count: int, day: date, anchor: date) -> Span:
    length = 7 * count
    first = day - timedelta(days=(day - anchor).days % length)
    return Span(first, first + timedelta(days=length - 1))


def _half(day: date) -> Span:
    if day.day <= HALF_MONTH:
        return Span(day.replace(day=1), day.replace(day=HALF_MONTH))
    return Span(day.replace(day=HALF_MONTH + 1), day.replace(day=_length(day.year, day.month)))


def _month(day: date, begins_on: int) -> Span:
    first = _on(day.year, day.month, begins_on)
    if first > day:
        first = _on(*_month_from(day, -1), begins_on)
    return Span(first, _on(*_month_from(first, 1), begins_on) - timedelta(days=1))


def _month_from(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, _length(year, month)))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
