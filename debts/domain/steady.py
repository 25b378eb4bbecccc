"""The payoff engine for the commonest household, many times as quick and to the minor unit the same.

Steady is a household whose debts have one balance each, without fees or purchases, under a budget that is paid in
every month and keeps the minimums that fall away. A month is then the same few sums for every debt, done column by
column.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress
from operator import add, sub

from debts.domain.budget import Budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.schedule import Columns, Schedule
from debts.domain.steady_bills import bills_of
from debts.domain.steady_queues import queue_of
from debts.domain.strategies import Ranking
from debts.domain.terms import LARGEST_BALANCE, Debt

# No month adds as much again three times over: at 1000 percent a year, compounded daily, 131 percent.
ROOM_FOR_A_MONTH = 4


def is_steady(debts: Sequence[Debt], budget: Budget | None) -> bool:
    """Whether ``run_steady`` gives what the engine would."""
    pays_alike = budget is None or (budget.rolls_over and not budget.pauses)
    return pays_alike and all(map(_is_plain, debts))


def run_steady(
    debts: Sequence[Debt],
    budget: Budget | None,
    ranking: Ranking | None,
    plan: Mapping[int, Mapping[int, int]],
    *,
    start: date,
    horizon: int,
) -> Schedule | None:
    """The schedule of a steady household; without a budget it pays its minimums only.

    None where a debt comes near its ceiling, which only the whole engine looks at. Raises ``BudgetBelowMinimumsError``.
    """
    household, columns = _Household(debts, ranking, start), Columns([debt.balance for debt in debts])
    payoffs: list[int | None] = [None if debt.balance else 0 for debt in debts]
    largest = min((debt.ceiling for debt in debts), default=LARGEST_BALANCE) // ROOM_FOR_A_MONTH
    for month in range(1, horizon + 1):
        if not household.debts:
            break
        if max(household.balances) > largest:
            return None
        columns.debts += household.debts
        available = None if budget is None else budget.amount(month)
        columns.payments += household.pay_month(month, available, plan.get(month))
        columns.closings += household.balances
        columns.ends.append(len(columns.debts))
        for index in household.clear():
            payoffs[index] = month
    columns.fees = columns.charges = [0] * len(columns.debts)
    return Schedule(columns, tuple(payoffs))


class _Household:
    """The debts still owed and their balances, in the order of their places."""

    def __init__(self, debts: Sequence[Debt], ranking: Ranking | None, start: date) -> None:
        self.debts = [index for index, debt in enumerate(debts) if debt.balance]
        owed = {index: debts[index] for index in self.debts}
        self.balances = [debt.balance for debt in owed.values()]
        self._bills = bills_of(list(owed.values()), start)
        self._queue = queue_of(ranking, owed, start)
        self._is_one_cleared = False

    def pay_month(self, month: int, available: int | None, wanted: Mapping[int, int] | None) -> list[int]:
        """Add the interest, pay the minimums, and give what is left of the budget to the first in rank.

        Returns the payments; ``wanted`` is what a plan gives to debts, by their places, before their rank counts.
        """
        payments, self.balances = self._bills.pay_minimums(month, self.balances)
        if min(self.balances) <= 0:
            payments = self._taken_back(payments)
            self._is_one_cleared = True
        if available is not None:
            left = available - sum(payments)
            if left < 0:
                raise BudgetBelowMinimumsError(month=month, needed=available - left, available=available)
            if wanted:
                left -= self._pay_wanted(wanted, left, payments)
            if left:
                self._pay_first(month, left, payments)
        return payments

    def clear(self) -> list[int]:
        """Leave out the debts that are cleared; returns their places."""
        if not self._is_one_cleared:
            return []
        kept = [balance > 0 for balance in self.balances]
        cleared = [index for index, stays in zip(self.debts, kept, strict=True) if not stays]
        self.debts = list(compress(self.debts, kept))
        self.balances = list(compress(self.balances, kept))
        self._bills.keep(kept)
        self._queue.keep(kept)
        self._is_one_cleared = False
        return cleared

    def _taken_back(self, payments: list[int]) -> list[int]:
        """The payments without what they are more than what is owed."""
        too_much = [min(balance, 0) for balance in self.balances]
        self.balances = list(map(sub, self.balances, too_much))
        return list(map(add, payments, too_much))

    def _pay_wanted(self, wanted: Mapping[int, int], left: int, payments: list[int]) -> int:
        paid = 0
        for debt, amount in wanted.items():
            if debt in self.debts:
                paid += self._pay(self.debts.index(debt), min(amount, left - paid), payments)
        return paid

    def _pay_first(self, month: int, left: int, payments: list[int]) -> None:
        """The first in rank, and the next as each is cleared."""
        while left:
            column = self._queue.first(month, self.balances)
            if column is None:
                return
            left -= self._pay(column, left, payments)

    def _pay(self, column: int, amount: int, payments: list[int]) -> int:
        """Pay at most what is owed; returns how much."""
        owed = self.balances[column]
        if amount >= owed:
            amount, self._is_one_cleared = owed, True
        self.balances[column] -= amount
        payments[column] += amount
        return amount


def _is_plain(debt: Debt) -> bool:
    return (
        len(debt.segments) == 1
        and debt.segments[0].deferred_until is None
        and not (debt.monthly_fee or debt.fees or debt.charges)
    )
