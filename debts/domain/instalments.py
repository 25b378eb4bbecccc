"""Purchases paid in instalments: the dates, and parts that add up to the price."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from debts.domain.interest import month_on


class Frequency(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


DAYS = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14}


@dataclass(frozen=True, slots=True)
class Instalment:
    on: date
    amount: int
    is_paid: bool


def instalments(
    *, total: int, count: int, paid: int, first_on: date, frequency: Frequency
) -> list[Instalment]:
    """``count`` parts of ``total`` minor units; the units that do not divide go one each to the first parts.

    A part that would fall beyond the calendar falls on its last day.
    """
    share, left = divmod(total, count)
    return [
        Instalment(_due_on(first_on, number, frequency), share + (number < left), number < paid)
        for number in range(count)
    ]


def _due_on(first_on: date, number: int, frequency: Frequency) -> date:
    try:
        if frequency == Frequency.MONTHLY:
            return month_on(first_on, number + 1)
        return first_on + timedelta(days=DAYS[frequency] * number)
    except (OverflowError, ValueError):
        return date.max
