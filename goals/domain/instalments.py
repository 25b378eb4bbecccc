"""A sum over the days on which something can be put aside. Amounts are minor units."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goals.domain.errors import InvalidGoalDateError

MONTHS_A_YEAR = 12
LONGEST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Instalment:
    on: date
    amount: int


def require_target_day(target_on: date, *, today: date) -> date:
    """The date itself where it is after today and within a hundred years; else ``InvalidGoalDateError``."""
    if target_on <= today or target_on.year - today.year > LONGEST_YEARS:
        raise InvalidGoalDateError(target_on=target_on, today=today)
    return target_on


def month_end(day: date, *, later: int = 0) -> date:
    """The last day of the month of ``day``, or of the one so many months later."""
    years, index = divmod(day.month - 1 + later, MONTHS_A_YEAR)
    year, month = day.year + years, index + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def month_ends(first: date, last: date) -> list[date]:
    """The month ends from the first to the last day, both included."""
    months = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month
    ends = [month_end(first, later=later) for later in range(months + 1)]
    return [day for day in ends if day <= last]


def paying_days(days: Iterable[date], *, today: date, target_on: date) -> list[date]:
    """Those of the days that are left, from today to the target date, both included.

    Where none is left it is the target date itself, and today once that has passed.
    """
    left = sorted({day for day in days if today <= day <= target_on})
    return left or [max(today, target_on)]


def instalments(amount: int, days: Sequence[date]) -> tuple[Instalment, ...]:
    """Equal parts that add up to the amount, one a day; the units left over go to the first days.

    That is the largest remainder method for equal shares. Nothing to pay has no instalments.
    """
    if amount <= 0:
        return ()
    part, left_over = divmod(amount, len(days))
    return tuple(Instalment(day, part + (place < left_over)) for place, day in enumerate(days))
