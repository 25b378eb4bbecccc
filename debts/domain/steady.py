"""The payoff engine for the commonest household, many times as quick and to the minor unit the same.

Steady is a household whose debts have one rate and a fixed minimum each, under one budget. A month is then the same
few sums for every debt, done column by column.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import compress, repeat
from math import lcm
from operator import add, sub

from debts.domain.budget import Budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.interest import periodic_rate
from debts.domain.schedule import Row, Schedule
from debts.domain.strategies import Ranking, by_balance, by_rate
from debts.domain.terms import Accrual, Debt, MinimumRule

_STEADY_RULES = {MinimumRule.FIXED, MinimumRule.NONE}
_row = partial(tuple.__new__, Row)


def is_steady(debts: Sequence[Debt], budget: Budget | None, ranking: Ranking | None) -> bool:
    """Whether ``run_steady`` gives what the engine would; without budget and ranking it pays minimums only."""
    if budget is None:
        return ranking is None and all(map(_is_plain, debts))
    if not budget.is_constant or ranking not in {by_rate, by_balance}:
        return False
    return all(map(_is_plain, debts))


def run_steady(
    debts: Sequence[Debt], payment: int | None, ranking: Ranking | None, *, horizon: int
) -> Schedule:
    """The schedule of a steady household under a budget of ``payment``, or of its minimums where that is None.

    Raises ``BudgetBelowMinimumsError``.
    """
    columns = _Columns(debts, is_by_balance=ranking is by_balance)
    months: list[tuple[Row, ...]] = []
    payoffs: list[int | None] = [None if debt.balance else 0 for debt in debts]
    while columns.debts and len(months) < horizon:
        months.append(columns.pay_month(payment, month=len(months) + 1))
        if 0 in columns.balances:
            for index in columns.clear():
                payoffs[index] = len(months)
    return Schedule(months, tuple(payoffs))


class _Columns:
    """The debts still owed: place, balance, minimum, rate and rank, each a list in the order of the places.

    All rates have one denominator, doubled for rounding half-up: twice the product and once the denominator, over
    twice the denominator.
    """

    def __init__(self, debts: Sequence[Debt], *, is_by_balance: bool) -> None:
        owed = [index for index, debt in enumerate(debts) if debt.balance]
        rates = [periodic_rate(_apr(debts[index]), Accrual.MONTHLY, 0) for index in owed]
        self._half = lcm(*(denominator for _, denominator in rates))
        self.debts = owed
        self.balances = [debts[index].balance for index in owed]
        self._minimums = [_minimum(debts[index]) for index in owed]
        self._doubles = [2 * numerator * (self._half // denominator) for numerator, denominator in rates]
        self._ranks = _ranked([_apr(debts[index]) for index in owed])
        self._is_by_balance = is_by_balance

    def pay_month(self, payment: int | None, *, month: int) -> tuple[Row, ...]:
        """One month; the balances are then those after it."""
        half, whole = self._half, 2 * self._half
        rates = zip(self.balances, self._doubles, strict=True)
        interests = [(balance * double + half) // whole for balance, double in rates]
        owed = list(map(add, self.balances, interests))
        paid = self._minimums[:]
        closings = list(map(sub, owed, paid))
        if min(closings) < 0:
            paid = list(map(min, paid, owed))
            closings = list(map(sub, owed, paid))
        if payment is not None:
            needed = sum(paid)
            if needed > payment:
                raise BudgetBelowMinimumsError(month=month, needed=needed, available=payment)
            self._spend(payment - needed, paid, closings)
        cells = zip(self.debts, self.balances, interests, repeat(0), repeat(0), paid, closings, strict=False)
        self.balances = closings
        return tuple(map(_row, cells))

    def clear(self) -> list[int]:
        """Leave out the debts that are cleared; returns their places."""
        kept = [balance > 0 for balance in self.balances]
        cleared = [index for index, stays in zip(self.debts, kept, strict=True) if not stays]
        self.debts = list(compress(self.debts, kept))
        self.balances = list(compress(self.balances, kept))
        self._minimums = list(compress(self._minimums, kept))
        self._doubles = list(compress(self._doubles, kept))
        self._ranks = list(compress(self._ranks, kept))
        return cleared

    def _spend(self, left: int, paid: list[int], closings: list[int]) -> None:
        """Give the rest of the budget to the first by rank, and on to the next as each is cleared."""
        while left:
            column = self._first(closings)
            if column is None:
                return
            part = min(left, closings[column])
            closings[column] -= part
            paid[column] += part
            left -= part

    def _first(self, closings: list[int]) -> int | None:
        """The column that is next by rank; ties go by the other measure, then by place."""
        first, second = (closings, self._ranks) if self._is_by_balance else (self._ranks, closings)
        best = min(first)
        column = first.index(best)
        if closings[column] and first.count(best) == 1:
            return column
        ranked = zip(first, second, range(len(first)), strict=True)
        found = min((rank for rank in ranked if closings[rank[2]]), default=None)
        return None if found is None else found[2]


def _ranked(aprs: Sequence[Decimal]) -> list[int]:
    """Rates as ranks, the highest 0: whole numbers compare faster than decimals."""
    places = {apr: rank for rank, apr in enumerate(sorted(set(aprs), reverse=True))}
    return [places[apr] for apr in aprs]


def _apr(debt: Debt) -> Decimal:
    return debt.segments[0].rates[0].apr


def _minimum(debt: Debt) -> int:
    return debt.minimum.amount if debt.minimum.rule == MinimumRule.FIXED else 0


def _is_plain(debt: Debt) -> bool:
    segment = debt.segments[0]
    return (
        len(debt.segments) == 1
        and len(segment.rates) == 1
        and segment.deferred_until is None
        and debt.accrual == Accrual.MONTHLY
        and debt.minimum.rule in _STEADY_RULES
        and not (debt.monthly_fee or debt.fees or debt.charges)
    )
