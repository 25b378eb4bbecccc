"""Convention K1 worked by hand: slow, in Decimal dollars, one step after the other.

Every month has four steps. (1) Each debt's interest, to the nearest cent, half a cent up, and its fees are added
to what is owed; so are new purchases. (2) Each lender names a minimum, never more than is owed. (3) All minimums
are paid. (4) What is left of the budget goes to the strategy's first debt, then to the next. Nothing here comes
from the engine but the records that describe a debt.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache

from debts.domain.terms import Debt, Segment

CENT = Decimal("0.01")
NOTHING = Decimal(0)
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DIGITS = 60


class NotEnoughError(Exception):
    """A month's budget does not cover its minimums: the month, what is needed, and what is there."""


@dataclass(frozen=True)
class Means:
    """The money for debts, in cents: from which month how much, and what is different in single months."""

    steps: Mapping[int, int]
    extras: Mapping[int, int] = field(default_factory=dict)
    yearly_raise: Decimal = NOTHING
    pauses: Mapping[int, str] = field(default_factory=dict)
    rolls_over: bool = True

    def budget(self, month: int) -> Decimal:
        amount = dollars(self.steps[max(first for first in self.steps if first <= month)])
        for _ in range((month - 1) // 12):
            amount *= 1 + self.yearly_raise / 100
        return max(NOTHING, to_cent(amount) + dollars(self.extras.get(month, 0)))


def dollars(cents: int) -> Decimal:
    return Decimal(cents) / 100


def cents(amount: Decimal) -> int:
    return int(amount * 100)


def to_cent(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


class Account:
    """One debt: what is owed on each of its segments, and interest that is noted but not yet charged."""

    def __init__(self, place: int, debt: Debt, first_calendar_month: int) -> None:
        self.place, self.debt, self.first = place, debt, first_calendar_month
        self.balances = [dollars(segment.balance) for segment in debt.segments]
        self.noted = [NOTHING for _ in debt.segments]
        self.annuity, self.annuity_apr = NOTHING, None

    @property
    def owed(self) -> Decimal:
        return sum(self.balances, NOTHING)

    def is_active(self, month: int) -> bool:
        return self.owed > 0 or month in self.debt.charges

    def interest(self, month: int) -> Decimal:
        """Step 1 for every segment that is owed; returns what was charged in all."""
        days = DAYS[(self.first + month - 2) % 12]
        charged = NOTHING
        for number, segment in enumerate(self.debt.segments):
            owed = self.balances[number]
            if owed == 0:
                self.noted[number] = NOTHING
                continue
            due = interest_on(owed, rate_in_force(segment, month), self.debt.accrual, days)
            if is_deferred(segment, month):
                self.noted[number] += interest_on(owed, segment.deferred_apr, self.debt.accrual, days)
            elif segment.deferred_until is not None and month == segment.deferred_until + 1:
                due += self.noted[number]
                self.noted[number] = NOTHING
            self.balances[number] += due
            charged += due
        return charged

    def fees(self, month: int) -> Decimal:
        return dollars(self.debt.monthly_fee + self.debt.fees.get(month, 0)) if self.owed else NOTHING

    def minimum(self, month: int, opening: Decimal, cost: Decimal) -> Decimal:
        """Step 2. ``cost`` is the month's interest and fees."""
        terms = self.debt.minimum
        floor = dollars(terms.floor)
        base = opening if terms.of == "balance_before_interest" else self.owed
        asked = {
            "fixed": dollars(terms.amount),
            "percent": max(to_cent(base * terms.percent / 100), floor),
            "interest_plus_percent": max(cost + to_cent(opening * terms.percent / 100), floor),
            "amortising": self.instalment(month, opening),
            "interest_only": cost,
            "none": NOTHING,
        }
        if terms.rule == "amortising" and month == terms.months and self.owed - self.annuity <= month * CENT:
            # Interest rounded up may have outrun the equal payments, by at most a cent a month.
            return self.owed
        return min(asked[terms.rule], self.owed)

    def instalment(self, month: int, opening: Decimal) -> Decimal:
        """The equal payment over the months that are left, worked out anew when the rate changes."""
        apr = rate_in_force(self.debt.segments[0], month)
        if self.debt.minimum.months and (apr != self.annuity_apr or self.annuity == 0):
            months_left = max(1, self.debt.minimum.months - (month - 1))
            self.annuity, self.annuity_apr = annuity(opening, apr, months_left), apr
        return self.annuity

    def pay_minimum(self, amount: Decimal, month: int) -> None:
        """The issuer's choice: the segments of the lowest rate first, or those of the highest."""
        highest_first = self.debt.minimum_goes_to == "highest_apr"
        segments = self.debt.segments
        rates = [rate_in_force(segment, month) for segment in segments]
        order = sorted(range(len(segments)), key=lambda n: -rates[n] if highest_first else rates[n])
        self._take(amount, order)

    def pay_more(self, amount: Decimal, month: int) -> None:
        """12 CFR 1026.53: to a deferred balance in its last two cycles, otherwise to the highest rate."""
        self._take(amount, self._order_by_law(month))

    def add(self, amount: Decimal) -> None:
        self.balances[0] += amount

    def rate(self, month: int) -> Decimal:
        """The rate of the segment which the next dollar above the minimum reaches."""
        for number in self._order_by_law(month):
            if self.balances[number] > 0:
                return rate_in_force(self.debt.segments[number], month)
        return NOTHING

    def fullness(self) -> Decimal:
        limit = self.debt.credit_limit
        return self.owed / dollars(limit) if limit else Decimal(-1)

    def _order_by_law(self, month: int) -> list[int]:
        def rank(number: int) -> tuple[bool, Decimal]:
            segment = self.debt.segments[number]
            ends = segment.deferred_until
            return (ends is None or month not in (ends - 1, ends), -rate_in_force(segment, month))

        return sorted(range(len(self.balances)), key=rank)

    def _take(self, amount: Decimal, order: Sequence[int]) -> None:
        for number in order:
            part = min(amount, self.balances[number])
            self.balances[number] -= part
            amount -= part
        assert amount == 0, "more was paid than was owed"


def is_deferred(segment: Segment, month: int) -> bool:
    return segment.deferred_until is not None and month <= segment.deferred_until


def rate_in_force(segment: Segment, month: int) -> Decimal:
    if is_deferred(segment, month):
        return NOTHING
    started = [step for step in segment.rates if step.month <= month]
    return started[-1].apr


def interest_on(owed: Decimal, apr: Decimal, method: str, days: int) -> Decimal:
    """A month's interest to the nearest cent; multiplied before it is divided, so that half a cent is seen."""
    if method == "monthly":
        return to_cent(owed * apr / 1200)
    if method == "daily":
        return to_cent(owed * apr * days / 36500)
    length = Decimal(days) if method == "daily_compounded" else Decimal(365) / 12
    return to_cent(owed * compounded(apr, length))


@cache
def compounded(apr: Decimal, days: Decimal) -> Decimal:
    with localcontext(prec=DIGITS):
        return (1 + apr / 36500) ** days - 1


def annuity(owed: Decimal, apr: Decimal, months: int) -> Decimal:
    """P·r·(1+r)^n / ((1+r)^n - 1) as a fraction without any rounding, then up to the next cent."""
    rate = Fraction(apr) / 1200
    grown = (1 + rate) ** months
    payment = Fraction(owed) * rate * grown / (grown - 1) if rate else Fraction(owed) / months
    return Decimal(math.ceil(payment * 100)) / 100


Row = tuple[int, int, int, int, int, int, int]
"""Debt, opening, interest, fees, charges, payment, closing, in cents."""


class Month:
    """One debt's statement of one month."""

    def __init__(self, account: Account, month: int) -> None:
        self.account, self.opening = account, account.owed
        self.charges = dollars(account.debt.charges.get(month, 0))
        self.fees = account.fees(month)
        self.interest = account.interest(month)
        account.add(self.fees + self.charges)
        self.minimum = account.minimum(month, self.opening, self.interest + self.fees)
        self.paid = NOTHING

    def pay_late_fee(self) -> None:
        if self.minimum:
            self.fees += dollars(self.account.debt.late_fee)
            self.account.add(dollars(self.account.debt.late_fee))

    def pay_minimum(self, month: int) -> None:
        self.account.pay_minimum(self.minimum, month)
        self.paid += self.minimum

    def pay_more(self, left: Decimal, month: int) -> Decimal:
        """Pay what is left, or all that is owed; returns what is left after that."""
        part = min(left, self.account.owed)
        self.account.pay_more(part, month)
        self.paid += part
        return left - part

    def row(self) -> Row:
        amounts = (self.opening, self.interest, self.fees, self.charges, self.paid, self.account.owed)
        return (self.account.place, *(cents(amount) for amount in amounts))


class Household:
    def __init__(
        self, debts: Sequence[Debt], means: Means | None, strategy: str, order: Sequence[int], first: int
    ) -> None:
        self.accounts = [Account(place, debt, first) for place, debt in enumerate(debts)]
        self.means, self.strategy, self.order = means, strategy, order
        self.set_aside: Decimal | None = None

    def live(self, month: int) -> list[Row]:
        statements = [Month(account, month) for account in self.accounts if account.is_active(month)]
        pause = "minimums_only" if self.means is None else self.means.pauses.get(month)
        for statement in statements:
            if pause == "nothing":
                statement.pay_late_fee()
            else:
                statement.pay_minimum(month)
        if self.means is not None and pause is None:
            self.pay_the_rest(month, statements, self.left_over(month, statements, self.means))
        return [statement.row() for statement in statements]

    def left_over(self, month: int, statements: Sequence[Month], means: Means) -> Decimal:
        """Step 4. Without rollover, what the first minimums came to stays set aside for good."""
        budget, needed = means.budget(month), sum((each.minimum for each in statements), NOTHING)
        if needed > budget:
            raise NotEnoughError(month, cents(needed), cents(budget))
        if self.set_aside is None:
            self.set_aside = NOTHING if means.rolls_over else needed
        return max(NOTHING, budget - max(needed, self.set_aside))

    def pay_the_rest(self, month: int, statements: Sequence[Month], left: Decimal) -> None:
        owing = [each for each in statements if each.account.owed > 0]
        if self.strategy != "minimums_only":
            for statement in sorted(owing, key=lambda each: self.rank(each.account, month)):
                left = statement.pay_more(left, month)

    def rank(self, account: Account, month: int) -> tuple[Decimal | int, ...]:
        """The smallest comes first."""
        rate, owed, place = account.rate(month), account.owed, account.place
        return {
            "snowball": (owed, -rate, place),
            "avalanche": (-rate, owed, place),
            "highest_utilisation": (-account.fullness(), -rate, owed, place),
            "custom": (self.order.index(place) if self.order else place,),
        }[self.strategy]

    def is_done(self, month: int) -> bool:
        to_come = any(later > month for account in self.accounts for later in account.debt.charges)
        return not to_come and all(account.owed == 0 for account in self.accounts)


def plan_by_hand(
    debts: Sequence[Debt],
    means: Means | None,
    strategy: str,
    *,
    order: Sequence[int] = (),
    first_calendar_month: int = 1,
    horizon: int = 600,
) -> list[list[Row]]:
    """The months of the plan. Without means, minimums are paid whatever they come to."""
    household = Household(debts, means, strategy, order, first_calendar_month)
    months: list[list[Row]] = []
    with localcontext(prec=DIGITS):
        while len(months) < horizon and not household.is_done(len(months)):
            months.append(household.live(len(months) + 1))
    return months
