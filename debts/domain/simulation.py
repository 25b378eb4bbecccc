"""The payoff engine: one household of debts, month by month, in whole minor units.

The order within a month (convention K1): interest and fees are added to what is owed, half-up to the minor unit;
then every debt gets its minimum, never more than is owed; then what is left of the month's budget goes to the
strategy's first debt, and on to the next ones as each is cleared. Minimums that fall away stay in the budget. The
last payment clears balance and interest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from debts.domain.budget import Budget, MonthKind
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.position import Position
from debts.domain.schedule import Columns, Schedule
from debts.domain.steady import is_steady, run_steady
from debts.domain.strategies import Ranking
from debts.domain.terms import MAX_MONTHS, Debt

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
    if is_steady(debts, budget):
        ranking, plan = instructions.ranking, instructions.plan
        schedule = run_steady(debts, budget, ranking, plan, start=start, horizon=horizon)
        if schedule is not None:
            return schedule
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
        self._columns = Columns([debt.balance for debt in debts])
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
        self._note(asked)
        for bill in asked:
            if not bill.position.owed:
                self._payoffs[bill.position.index] = month

    def is_over(self, month: int) -> bool:
        return month >= self._last_charge and not any(position.owed for position in self._positions)

    def schedule(self) -> Schedule:
        standing = {position.index for position in self._positions if position.owed}
        payoffs = [None if index in standing else month for index, month in enumerate(self._payoffs)]
        return Schedule(self._columns, tuple(payoffs))

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

    def _note(self, bills: "Sequence[_Bill]") -> None:
        columns = self._columns
        columns.debts += [bill.position.index for bill in bills]
        columns.fees += [bill.fees for bill in bills]
        columns.charges += [bill.charges for bill in bills]
        columns.payments += [bill.paid for bill in bills]
        columns.closings += [bill.position.owed for bill in bills]
        columns.ends.append(len(columns.debts))

    def _skip(self, asked: "Sequence[_Bill]") -> None:
        for bill in asked:
            if bill.minimum:
                bill.charge_late_fee()


class _Bill:
    """One debt's figures in one month, as they come about."""

    __slots__ = ("charges", "fees", "minimum", "paid", "position")

    def __init__(self, position: Position, month: int) -> None:
        self.position, self.paid = position, 0
        opening = position.owed
        interest, self.fees = position.open_month(month)
        self.charges = position.owed - opening - interest - self.fees
        self.minimum = position.minimum(month, opening, interest + self.fees)

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
        self.fees += self.position.add_fee(self.position.debt.late_fee)


def _billed(position: Position, month: int) -> _Bill | None:
    return _Bill(position, month) if position.owed or position.debt.charges.get(month) else None
