"""What a forecast is made from, and what it says. Amounts are minor units of one currency, spending is positive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class DaySpending(NamedTuple):
    """What one category cost on one day, without recurring payments; money that came back is negative."""

    day: date
    category: str
    amount: int


@dataclass(frozen=True, slots=True)
class ExpectedBill:
    """A payment that comes round and has not come yet.

    ``amount`` is what it will cost, negative where money comes back; ``spread`` is how far off such an amount was in
    the median.
    """

    day: date
    category: str
    amount: int
    spread: int
    name: str
    series: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is still to be spent from today to the last day, by day: bills, and ``habit`` for everything else.

    Four times in five the total ends from ``low`` to ``high``, one time in ten below and one in ten above, or oftener
    within where it cannot end below because nothing at all is likely. What is expected lies between the two.
    """

    habit: tuple[int, ...]
    bills: tuple[int, ...]
    low: int
    high: int

    @property
    def days(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(self.habit, self.bills, strict=True)))

    @property
    def expected(self) -> int:
        return sum(self.habit) + sum(self.bills)


@dataclass(frozen=True, slots=True)
class Forecast:
    """From ``today`` to ``until``, both included, by category and for all of them together.

    What is expected of the categories adds up to the total, day by day. The bounds do not: not everything goes wrong
    at once.
    """

    today: date
    until: date
    categories: Mapping[str, Expectation]
    total: Expectation

    def on(self, day: date, category: str) -> int:
        """What the category is still expected to cost on a day; 0 outside the forecast."""
        place = (day - self.today).days
        days = self.categories[category].days
        return days[place] if 0 <= place < len(days) else 0
