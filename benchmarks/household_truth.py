"""Households whose recurring payments are known, from a seeded generator: the same for the same seed.

Every household has pay, rent, bills, subscriptions, insurance, and a life beside them that only looks regular:
weekly shopping, lunches and coffees at fixed prices, fuel, a hairdresser, cash machines, orders from the shop that
a subscription is also from. Amounts are cents. A truth names the movements that belong together and what really
comes next.
"""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import fmean

from transactions.domain.recurring import Kind, Movement, Period

MONTHS = {
    Period.MONTHLY: 1,
    Period.BIMONTHLY: 2,
    Period.QUARTERLY: 3,
    Period.HALF_YEARLY: 6,
    Period.YEARLY: 12,
}
WEEKS = {Period.WEEKLY: 1, Period.FORTNIGHTLY: 2, Period.FOUR_WEEKLY: 4}
BEFORE, AFTER, ANY_DAY = -1, 1, 0

Amounts = Callable[[int, date], int]


@dataclass(slots=True)
class Truth:
    """``next_on`` and ``next_amount`` are what comes after today, ``None`` and 0 where the series is over.

    ``typical`` is the mean size of its amounts.
    """

    merchant: str
    period: Period
    kind: Kind
    keys: list[str] = field(default_factory=list)
    next_on: date | None = None
    next_amount: int = 0
    typical: float = 0.0


@dataclass(frozen=True, slots=True)
class Household:
    movements: list[Movement]
    truths: list[Truth]
    today: date


@dataclass(frozen=True, slots=True)
class Plan:
    """When something is due. ``sloppy``: most days it comes late; ``skips``: chance that it does not come at all."""

    period: Period
    day: int
    weekend: int = ANY_DAY
    sloppy: int = 0
    skips: float = 0.0
    phase: int = 0


class Generator:
    """Fills one household; everything it draws comes from its own seed."""

    def __init__(self, seed: int, *, years: int | None = None) -> None:
        self.chance = Random(seed)
        self.today = date(2026, 1, 1) + timedelta(days=self.chance.randrange(365))
        self.first = self.today - timedelta(days=round(365.25 * (years or self.chance.choice((1, 2, 3, 4)))))
        self.movements: list[Movement] = []
        self.truths: list[Truth] = []

    def household(self) -> Household:
        shuffled = sorted(self.movements, key=lambda each: str(each.key))
        self.chance.shuffle(shuffled)
        return Household(shuffled, self.truths, self.today)

    def pay(self, merchant: str, on: date, amount: int, text: str = "") -> str:
        """Write one movement down and name it."""
        key = f"{len(self.movements):06}"
        self.movements.append(Movement(key, on, amount, "EUR", merchant, text=text))
        return key

    def recurring(
        self,
        merchant: str,
        kind: Kind,
        plan: Plan,
        amounts: Amounts,
        *,
        since: date | None = None,
        until: date | None = None,
        pause: tuple[date, date] | None = None,
        text: str = "",
    ) -> None:
        """One series from ``since`` to ``until``, but nothing within ``pause``."""
        truth = Truth(merchant, plan.period, kind)
        sizes: list[int] = []
        for number, on in enumerate(self._days(plan, since or self.first)):
            if until and on > until:
                break
            if on > self.today:
                if not (pause and pause[0] <= on < pause[1]):
                    truth.next_on, truth.next_amount = on, amounts(number, on)
                break
            amount = amounts(number, on)
            if self.chance.random() >= plan.skips and not (pause and pause[0] <= on < pause[1]):
                truth.keys.append(self.pay(merchant, on, amount, text))
                sizes.append(abs(amount))
        truth.typical = fmean(sizes or [0])
        self.truths.append(truth)

    def at_random(
        self, merchant: str, gap: tuple[int, int], amount: Callable[[], int], **weekday: int
    ) -> None:
        """Purchases ``gap`` days apart, moved to a weekday in most weeks where one is given."""
        on = self.first + timedelta(days=self.chance.randrange(gap[1] + 1))
        while on <= self.today:
            self.pay(merchant, self._moved(on, weekday.get("mostly_on")), -amount())
            on += timedelta(days=max(1, self.chance.randint(*gap)))

    def _moved(self, on: date, weekday: int | None) -> date:
        if weekday is None or self.chance.random() < 0.15:
            return on
        return min(on + timedelta(days=(weekday - on.weekday()) % 7), self.today)

    def _days(self, plan: Plan, since: date) -> Iterator[date]:
        for due in _due_days(plan, since):
            late = self.chance.randint(0, plan.sloppy) if plan.sloppy else 0
            yield _shifted(due + timedelta(days=late), plan.weekend)


def _due_days(plan: Plan, since: date) -> Iterator[date]:
    if plan.period in WEEKS:
        step = timedelta(weeks=WEEKS[plan.period])
        on = since + timedelta(days=(plan.day - since.weekday()) % 7 + 7 * (plan.phase % WEEKS[plan.period]))
        while True:
            yield on
            on += step
    step_months = MONTHS.get(plan.period, 1)
    month = since.year * 12 + since.month - 1
    month += (plan.phase - month) % step_months
    while True:
        days = (plan.day, plan.day + 15) if plan.period is Period.SEMI_MONTHLY else (plan.day,)
        for on in (_day_of(month, day) for day in days):
            if on >= since:
                yield on
        month += step_months


def _day_of(month: int, day: int) -> date:
    year, index = divmod(month, 12)
    last = calendar.monthrange(year, index + 1)[1]
    return date(year, index + 1, last if day >= 30 else min(day, last))


def _shifted(on: date, weekend: int) -> date:
    over = on.weekday() - 4
    if over <= 0 or weekend == ANY_DAY:
        return on
    return on - timedelta(days=over) if weekend == BEFORE else on + timedelta(days=3 - over)
