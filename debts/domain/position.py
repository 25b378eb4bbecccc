"""One debt on its way through the months."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from debts.domain.allocation import highest_apr, order_of_excess, order_of_minimum, pay
from debts.domain.interest import Rate, days_of_month, interest_on, periodic_rate
from debts.domain.minimums import minimum_of
from debts.domain.terms import Accrual, Debt, Segment

RateOf = Callable[[Decimal], Rate]
"""A month's (or some days') rate for a yearly one."""


class Position:
    """One debt as a month finds it and leaves it."""

    __slots__ = ("_asked", "balances", "debt", "index", "noted", "owed", "start")

    def __init__(self, index: int, debt: Debt, start: date) -> None:
        self.index, self.debt, self.start = index, debt, start
        self.balances = [segment.balance for segment in debt.segments]
        self.noted = [0] * len(debt.segments)
        self.owed = sum(self.balances)
        self._asked = minimum_of(debt)

    def open_month(self, month: int) -> tuple[int, int]:
        """Add the month's interest, fees and new charges; returns interest and fees."""
        interest = self._add_interest(month, self._rate(month))
        return interest, self.add_fees(month, was_owed=self.owed > 0)

    def minimum(self, month: int, opening: int, cost: int) -> int:
        """What the lender asks for this month."""
        return self._asked(month, opening, cost, self.owed)

    def pay_minimum(self, amount: int, month: int) -> None:
        if len(self.balances) > 1:
            order = order_of_minimum(self.debt.segments, month, self.debt.minimum_goes_to)
            pay(self.balances, amount, order)
        else:
            self.balances[0] -= amount
        self.owed -= amount

    def pay_excess(self, amount: int, month: int) -> None:
        if len(self.balances) > 1:
            pay(self.balances, amount, order_of_excess(self.debt.segments, month))
        else:
            self.balances[0] -= amount
        self.owed -= amount

    def add_fees(self, month: int, *, was_owed: bool) -> int:
        """Add the month's new charges, and its fees where something was owed before; returns the fees."""
        debt = self.debt
        fees = self.add_fee(debt.monthly_fee + debt.fees.get(month, 0)) if was_owed else 0
        self.add_fee(debt.charges.get(month, 0))
        return fees

    def add_fee(self, amount: int) -> int:
        """Add to the first balance, as far as there is room; returns how much."""
        added = min(amount, self._room())
        self.balances[0] += added
        self.owed += added
        return added

    def apr(self, month: int) -> Decimal:
        """The rate that the next unit above the minimum saves."""
        if len(self.balances) > 1:
            return highest_apr(self.debt.segments, self.balances, month)
        return self.debt.segments[0].apr(month)

    def add_days(self, month: int, days: int) -> int:
        """Add simple interest for a part of a month; returns it."""
        return self._add_interest(month, lambda apr: periodic_rate(apr, Accrual.DAILY, days))

    def _room(self) -> int:
        return max(0, self.debt.ceiling - self.owed)

    def _rate(self, month: int) -> RateOf:
        accrual = self.debt.accrual
        days = 0 if accrual == Accrual.MONTHLY else days_of_month(self.start, month)
        return lambda apr: periodic_rate(apr, accrual, days)

    def _add_interest(self, month: int, rate_of: RateOf) -> int:
        added = 0
        for index, segment in enumerate(self.debt.segments):
            balance = self.balances[index]
            if not balance:
                self.noted[index] = 0
                continue
            interest = interest_on(balance, rate_of(segment.apr(month)))
            if segment.deferred_until is not None:
                interest += self._deferred(index, segment, month, rate_of)
            interest = min(interest, self._room())
            self.balances[index] += interest
            self.owed += interest
            added += interest
        return added

    def _deferred(self, index: int, segment: Segment, month: int, rate_of: RateOf) -> int:
        """Note the interest of a deferred segment; what was noted is due in the month after its period."""
        if segment.apr(month) or month > (segment.deferred_until or 0):
            due, self.noted[index] = self.noted[index], 0
            return due
        self.noted[index] += interest_on(self.balances[index], rate_of(segment.deferred_apr))
        return 0

    def final_apr(self) -> Decimal:
        """The highest rate that its segments end up with."""
        return max(segment.rates[-1].apr for segment in self.debt.segments)

    def utilisation(self) -> Decimal:
        """What is owed as a share of the credit limit; minus one without a limit."""
        limit = self.debt.credit_limit
        return Decimal(self.owed) / limit if limit else Decimal(-1)
