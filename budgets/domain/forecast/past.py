"""A person's spending as a table, a row a category and a column a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from budgets.domain.forecast.records import DaySpending

LONGEST = 366
THIRD, THIRDS = 10, 3
WEEK = 7
# A record among so many silences comes by chance one time in ten.
FEWEST_SILENCES = 9

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days: of each its weekday, Monday 0, and its number in the month, the first 1."""

    weekdays: Places
    numbers: Places

    def __len__(self) -> int:
        return len(self.weekdays)

    @property
    def thirds(self) -> Places:
        """0 to the 10th, 1 to the 20th, 2 after."""
        thirds: Places = np.minimum((self.numbers - 1) // THIRD, THIRDS - 1)
        return thirds

    @classmethod
    def between(cls, first: int, end: int) -> "Days":
        """From one ordinal to the day before another."""
        ordinals = np.arange(first, max(first, end))
        numbers = np.array([date.fromordinal(day).day for day in range(first, end)], dtype=np.int64)
        return cls((ordinals + WEEK - 1) % WEEK, numbers)


@dataclass(frozen=True, slots=True)
class Past:
    """``spent`` on every day that is known, yesterday the latest, and what is ``booked`` already today."""

    days: Days
    spent: Numbers
    booked: Numbers

    @property
    def is_empty(self) -> bool:
        return not len(self.days)


def silent_from(days_with_rows: Collection[date], *, today: date) -> date:
    """The day from which a ledger knows nothing, though days have passed: a statement has not come yet.

    It is the day after the last row, where the silence since is longer than all those before it and there were nine
    or more; else today. That the latest of n + 1 like silences is the longest has the chance 1 / (n + 1). Source:
    Arnold, Balakrishnan and Nagaraja, Records, section 2.3.
    """
    days = sorted(set(days_with_rows))
    silences = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(silences) < FEWEST_SILENCES or (today - days[-1]).days <= max(silences):
        return today
    return days[-1] + timedelta(days=1)


def past_of(
    history: Iterable[DaySpending],
    *,
    known_from: date,
    known_until: date,
    today: date,
    categories: Sequence[str],
) -> Past:
    """The last year of ``history``, or as much as is known; a known day without a row had no spending.

    Other categories, and days before ``known_from``, from ``known_until`` to yesterday and after today, are left out.
    """
    end = today.toordinal()
    first = min(max(known_from.toordinal(), end - LONGEST), end)
    width = end - first + 1
    places = {category: place for place, category in enumerate(categories)}
    known = [row for row in history if row.category in places]
    days = np.array([row.day.toordinal() for row in known], dtype=np.int64) - first
    rows = np.array([places[row.category] for row in known], dtype=np.int64)
    amounts = np.array([row.amount for row in known], dtype=np.float64)
    is_seen = (days >= 0) & (days < width)
    table: Numbers = np.zeros((len(categories), width))
    np.add.at(table, (rows[is_seen], days[is_seen]), amounts[is_seen])
    until = min(max(known_until.toordinal(), first), end)
    return Past(Days.between(first, until), table[:, : until - first], table[:, -1])
