"""The payoff engine: one household of debts, month by month, in whole minor units.

The order within a month (convention K1): interest and fees are added to what is owed, half-up to the minor unit;
then every debt gets its minimum, never more than is owed; then what is left of the month's budget goes to the
strategy's first debt, and on to the next ones as each is cleared. Minimums that fall away stay in the budget. The
last payment clears balance and interest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from debts.domain.allocation import highest_apr, order_of_excess, order_of_minimum, pay
from debts.domain.budget import Budget, MonthKind
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.interest import Rate, amortising_payment, days_of_month, interest_on, periodic_rate
from debts.domain.minimums import minimum_due
from debts.domain.schedule import Row, Schedule
from debts.domain.steady import is_steady, run_steady
from debts.domain.strategies import Ranking
from debts.domain.terms import MAX_MONTHS, Accrual, Debt, MinimumRule, Segment

RateOf = Callable[[Decimal], Rate]
"""A month's (or some days') rate for a yearly one."""


class Position:
    """One debt as a month finds it and leaves it."""

    __slots__ = ("_annuity", "_annuity_rate", "balances", "debt", "index", "noted", "owed", "start")

    def __init__(self, index: int, debt: Debt, start: date) -> None:
        self.index, self.debt, self.start = index, debt, start
        self.balances = [segment.balance for segment in debt.segments]
        self.noted = [0] * len(debt.segments)
        self.owed = sum(self.balances)
        self._annuity, self._annuity_rate = 0, (-1, 1)

    def open_month(self, month: int) -> tuple[int, int]:
        """Add the month's interest, fees and new charges; returns interest and fees."""
        interest = self._add_interest(month, self._rate(month))
        return interest, self.add_fees(month, was_owed=self.owed > 0)

    def minimum(self, month: int, opening: int, cost: int) -> int:
        """What the lender asks for this month."""
        minimum = self.debt.minimum
        if minimum.rule == MinimumRule.AMORTISING:
            self._renew_annuity(month, opening)
            if month == minimum.months and self.owed - self._annuity <= month:
                # Interest rounded up may have outrun the equal payments, by at most a unit a month.
                return self.owed
        return minimum_due(minimum, opening=opening, cost=cost, owed=self.owed, annuity=self._annuity)

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
        fees = debt.monthly_fee + debt.fees.get(month, 0) if was_owed else 0
        self.add_fee(fees + debt.charges.get(month, 0))
        return fees

    def add_fee(self, amount: int) -> None:
        self.balances[0] += amount
        self.owed += amount

    def apr(self, month: int) -> Decimal:
        """The rate that the next unit above the minimum saves."""
        if len(self.balances) > 1:
            return highest_apr(self.debt.segments, self.balances, month)
        return self.debt.segments[0].apr(month)

    def add_days(self, month: int, days: int) -> int:
        """Add simple interest for a part of a month; returns it."""
        return self._add_interest(month, lambda apr: periodic_rate(apr, Accrual.DAILY, days))

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
            self.balances[index] += interest
            added += interest
        self.owed += added
        return added

    def _deferred(self, index: int, segment: Segment, month: int, rate_of: RateOf) -> int:
        """Note the interest of a deferred segment; what was noted is due in the month after its period."""
        if segment.apr(month) or month > (segment.deferred_until or 0):
            due, self.noted[index] = self.noted[index], 0
            return due
        self.noted[index] += interest_on(self.balances[index], rate_of(segment.deferred_apr))
        return 0

    def _renew_annuity(self, month: int, opening: int) -> None:
        # A new rate asks for a new payment over the months that are left.
        rate = periodic_rate(self.debt.segments[0].apr(month), Accrual.MONTHLY, 0)
        if rate != self._annuity_rate or not self._annuity:
            left = max(1, self.debt.minimum.months - month + 1)
            self._annuity, self._annuity_rate = amortising_payment(opening, rate, left), rate

    def final_apr(self) -> Decimal:
        """The highest rate that its segments end up with."""
        return max(segment.rates[-1].apr for segment in self.debt.segments)

    def utilisation(self) -> Decimal:
        """What is owed as a share of the credit limit; minus one without a limit."""
        limit = self.debt.credit_limit
        return Decimal(self.owed) / limit if limit else Decimal(-1)


Plan = Mapping[int, Mapping[int, int]]
"""Amounts above the minimum that a month wants to give to debts: month to debt to minor units."""


@dataclass(frozen=True, slots=True)
class Instructions:
    """How the rest of a month's budget is spent: first as ``plan`` wants, then by ``ranking``.

    Without a ranking only minimums are paid.
    """

    ranking: Ranking | None
    plan: Plan = field(default_factory=dict)


MINIMUMS_ONLY = Instructions(ranking=None)


def simulate(
    debts: Sequence[Debt],
    budget: Budget | None,
    instructions: Instructions,
    *,
    start: date,
    horizon: int = MAX_MONTHS,
) -> Schedule:
    """Pay the debts month by month until nothing is owed, or until ``horizon``.

    Without a budget every minimum is paid whatever it comes to. Raises ``BudgetBelowMinimumsError``.
    """
    if not instructions.plan and is_steady(debts, budget, instructions.ranking):
        payment = None if budget is None else budget.amount(1)
        return run_steady(debts, payment, instructions.ranking, horizon=horizon)
    return simulate_in_full(debts, budget, instructions, start=start, horizon=horizon)


def simulate_in_full(
    debts: Sequence[Debt],
    budget: Budget | None,
    instructions: Instructions,
    *,
    start: date,
    horizon: int = MAX_MONTHS,
) -> Schedule:
    """``simulate`` with every debt looked at in every month, whatever its terms."""
    run, month = _Run(debts, budget, instructions, start=start), 0
    while month < horizon and not run.is_over(month):
        month += 1
        run.pay_month(month)
    return run.schedule()


class _Run:
    def __init__(
        self, debts: Sequence[Debt], budget: Budget | None, instructions: Instructions, *, start: date
    ) -> None:
        self._positions = [Position(index, debt, start) for index, debt in enumerate(debts)]
        self._budget, self._instructions = budget, instructions
        self._last_charge = max(
            (month for debt in debts for month in debt.charges if debt.charges[month]), default=0
        )
        self._committed: int | None = None
        self._months: list[list[Row]] = []
        self._payoffs: list[int | None] = [
            None if debt.balance or any(debt.charges.values()) else 0 for debt in debts
        ]

    def pay_month(self, month: int) -> None:
        asked: list[_Bill] = [bill for each in self._positions if (bill := _billed(each, month))]
        needed = sum(bill.minimum for bill in asked)
        kind = self._budget.kind(month) if self._budget else MonthKind.MINIMUMS_ONLY
        if kind == MonthKind.NOTHING:
            self._skip(asked)
        else:
            for bill in asked:
                bill.pay_minimum(month)
            if kind == MonthKind.REGULAR and self._budget is not None:
                self._spend(month, asked, self._left(month, needed, self._budget))
        self._months.append([bill.row() for bill in asked])
        for bill in asked:
            if not bill.position.owed:
                self._payoffs[bill.position.index] = month

    def is_over(self, month: int) -> bool:
        return month >= self._last_charge and not any(position.owed for position in self._positions)

    def schedule(self) -> Schedule:
        standing = {position.index for position in self._positions if position.owed}
        payoffs = [None if index in standing else month for index, month in enumerate(self._payoffs)]
        return Schedule(self._months, tuple(payoffs))

    def _left(self, month: int, needed: int, budget: Budget) -> int:
        available = budget.amount(month)
        if needed > available:
            raise BudgetBelowMinimumsError(month=month, needed=needed, available=available)
        if budget.rolls_over:
            return available - needed
        if self._committed is None:
            self._committed = needed
        return max(0, available - max(needed, self._committed))

    def _spend(self, month: int, asked: "Sequence[_Bill]", left: int) -> None:
        bills = {bill.position.index: bill for bill in asked}
        for index, amount in self._instructions.plan.get(month, {}).items():
            if index in bills:
                left -= bills[index].pay_excess(min(amount, left), month)
        if self._instructions.ranking is None or not left:
            return
        owed = [bill.position for bill in asked if bill.position.owed]
        for position in self._instructions.ranking(month, owed):
            left -= bills[position.index].pay_excess(left, month)
            if not left:
                return

    def _skip(self, asked: "Sequence[_Bill]") -> None:
        for bill in asked:
            if bill.minimum:
                bill.charge_late_fee()


class _Bill:
    """One debt's figures in one month, as they come about."""

    __slots__ = ("charges", "fees", "interest", "minimum", "opening", "paid", "position")

    def __init__(self, position: Position, month: int) -> None:
        self.position, self.opening, self.paid = position, position.owed, 0
        self.charges = position.debt.charges.get(month, 0)
        self.interest, self.fees = position.open_month(month)
        self.minimum = position.minimum(month, self.opening, self.interest + self.fees)

    def pay_minimum(self, month: int) -> None:
        self.position.pay_minimum(self.minimum, month)
        self.paid += self.minimum

    def pay_excess(self, amount: int, month: int) -> int:
        """Pay at most what is owed; returns how much."""
        part = min(amount, self.position.owed)
        self.position.pay_excess(part, month)
        self.paid += part
        return part

    def charge_late_fee(self) -> None:
        self.fees += self.position.debt.late_fee
        self.position.add_fee(self.position.debt.late_fee)

    def row(self) -> Row:
        position = self.position
        return Row(
            position.index, self.opening, self.interest, self.fees, self.charges, self.paid, position.owed
        )


def _billed(position: Position, month: int) -> _Bill | None:
    return _Bill(position, month) if position.owed or position.debt.charges.get(month) else None
