"""What generated households spend beside their bills, day by day: the same for the same seed. Amounts are cents.

Spending that can be foretold only so far: purchases come in clusters, baskets are lognormal and one in fifty is
several times as dear, every category's level wanders from month to month, one in five changes for good, some begin or
end, some households spend most after pay day, all go away now and then, December is December, and things are
returned. Categories differ in how often and on which weekday. A category's month strays from its mean by some 1.1 of
it, somewhat more than the 0.8 in the shopping of 1,574 real households (dunnhumby, The complete journey, 2017).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

LAST_YEAR = 2025
CLUSTERING = 2.5
RETURNED, DEAR = 0.03, 0.02
EVEN = (1.0,) * 7


@dataclass(frozen=True, slots=True)
class Sort:
    """Purchases a month, the median basket, and how baskets, weekdays, months and days away differ."""

    purchases: float
    basket: int
    spread: float
    weekdays: tuple[float, ...] = EVEN
    months: Mapping[int, float] = field(default_factory=dict)
    away: float = 0.7


EVENINGS = (0.6, 0.6, 0.8, 0.9, 1.4, 1.7, 1.0)
SATURDAYS = (0.8, 0.8, 0.8, 0.9, 1.1, 1.9, 0.7)
SORTS = {
    "groceries": Sort(9, 4200, 0.6, (0.9, 0.8, 0.8, 0.9, 1.2, 1.7, 0.7), {12: 1.12}, away=0.3),
    "dining": Sort(6, 2200, 0.6, EVENINGS, {12: 1.15}, away=2.5),
    "coffee": Sort(9, 450, 0.35, (1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.4)),
    "fuel": Sort(3, 5200, 0.3, away=1.5),
    "transit": Sort(5, 900, 0.7, (1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.4), away=0.3),
    "clothing": Sort(1.2, 6000, 0.8, SATURDAYS, {1: 1.2, 11: 1.3, 12: 1.4}),
    "household": Sort(2.5, 3000, 0.9, SATURDAYS, away=0.2),
    "pharmacy": Sort(1.5, 1600, 0.7),
    "entertainment": Sort(2, 2600, 0.7, EVENINGS, {12: 1.15}, away=2.0),
    "gifts": Sort(0.7, 4000, 0.8, SATURDAYS, {11: 1.8, 12: 3.0}),
    "travel": Sort(0.4, 22000, 0.9, EVEN, {1: 0.6, 2: 0.6, 6: 1.6, 7: 2.0, 8: 2.0}, away=6.0),
    "children": Sort(2, 3000, 0.8),
    "pets": Sort(1, 3500, 0.5),
    "hobby": Sort(1.2, 4500, 0.9, SATURDAYS),
    "health": Sort(0.6, 6000, 1.0),
    "electronics": Sort(0.25, 15000, 1.0, SATURDAYS, {11: 2.0, 12: 1.8}),
}


@dataclass(frozen=True, slots=True)
class SpendingLife:
    """``spent`` has a row a category and a column a day from ``first``, the first of a month."""

    first: date
    categories: tuple[str, ...]
    spent: np.ndarray

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(self.spent.shape[1])]


def spending_life(seed: int, *, months: int) -> SpendingLife:
    """A household over so many whole months, most of the categories each."""
    return _Generator(seed, months).life()


class _Generator:
    def __init__(self, seed: int, months: int) -> None:
        self.chance = np.random.default_rng(seed)
        end = LAST_YEAR * 12 + int(self.chance.integers(1, 13))
        self.first, after = (date(month // 12, month % 12 + 1, 1) for month in (end - months, end))
        self.days = [self.first + timedelta(days=number) for number in range((after - self.first).days)]
        self.weekdays = np.array([day.weekday() for day in self.days])
        self.thirds = np.minimum(np.array([day.day - 1 for day in self.days]) // 10, 2)
        self.months = np.array([day.month for day in self.days])
        self.month_numbers = np.array([day.year * 12 + day.month for day in self.days])
        self.month_numbers -= self.month_numbers[0]

    def life(self) -> SpendingLife:
        chance = self.chance
        names = tuple(name for name in SORTS if chance.random() < 0.85)
        means = float(np.exp(chance.normal(0, 0.35)))
        by_third = np.array((1.3, 0.95, 0.75)) if chance.random() < 0.2 else self._varied((1.0,) * 3, 0.08)
        common = self._wandering(0.4, chance.uniform(0.03, 0.15))
        shape = np.exp(common)[self.month_numbers] * by_third[self.thirds]
        is_away = self._away()
        rows = [self._spent(SORTS[name], means, shape, is_away) for name in names]
        return SpendingLife(self.first, names, np.array(rows))

    def _spent(self, sort: Sort, means: float, shape: np.ndarray, is_away: np.ndarray) -> np.ndarray:
        chance = self.chance
        purchases = sort.purchases * np.exp(chance.normal(0, 0.5))
        basket = sort.basket * means * np.exp(chance.normal(0, 0.3))
        spread = sort.spread * chance.uniform(0.8, 1.3)
        level = np.exp(self._wandering(chance.uniform(0, 0.8), chance.uniform(0.08, 0.4)))
        rate = shape * level[self.month_numbers] * self._varied(sort.weekdays, 0.3)[self.weekdays]
        rate = rate * np.array([sort.months.get(month, 1.0) for month in self.months])
        rate = self._turned(np.where(is_away, rate * sort.away, rate))
        clusters = chance.gamma(CLUSTERING, 1 / CLUSTERING, len(rate))
        counts = chance.poisson(purchases / 30.4 * rate * clusters)
        spent = np.zeros(len(rate), dtype=np.int64)
        for day in np.flatnonzero(counts):
            amounts = self._baskets(basket, spread, counts[day])
            spent[day] += amounts.sum()
            back = day + int(chance.integers(2, 20))
            if chance.random() < RETURNED and back < len(spent):
                spent[back] -= amounts[0]
        return spent

    def _baskets(self, basket: float, spread: float, count: int) -> np.ndarray:
        chance = self.chance
        dearer = np.where(chance.random(count) < DEAR, chance.uniform(3, 8), 1)
        return np.rint(basket * np.exp(chance.normal(0, spread, count)) * dearer).astype(np.int64)

    def _turned(self, rate: np.ndarray) -> np.ndarray:
        """Some change for good on one day, some begin or end."""
        chance = self.chance
        on = int(chance.integers(0, len(rate)))
        turn = chance.random()
        if turn < 0.2:
            rate[on:] *= np.exp(chance.normal(0, 0.6))
        elif turn < 0.26:
            rate[:on] = 0
        elif turn < 0.32:
            rate[on:] = 0
        return rate

    def _away(self) -> np.ndarray:
        is_away = np.zeros(len(self.days), dtype=bool)
        for _ in range(self.chance.integers(0, 4)):
            start = int(self.chance.integers(0, len(is_away)))
            is_away[start : start + int(self.chance.integers(4, 15))] = True
        return is_away

    def _varied(self, factors: tuple[float, ...], spread: float) -> np.ndarray:
        varied = np.array(factors) * np.exp(self.chance.normal(0, spread, len(factors)))
        return varied / varied.mean()

    def _wandering(self, memory: float, spread: float) -> np.ndarray:
        """A number a month, each remembering something of the one before; normal with ``spread`` in the long run."""
        steps = self.chance.normal(0, spread, self.month_numbers[-1] + 1)
        for month in range(1, len(steps)):
            steps[month] = memory * steps[month - 1] + np.sqrt(1 - memory**2) * steps[month]
        return steps
