"""The payoff engine for the commonest household, many times as quick and to the minor unit the same.

Steady is a household whose debts have one rate and a fixed minimum each, under one budget. A month is then the same
few sums for every debt, done column by column.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress, count, repeat
from operator import add, sub

from debts.domain.budget import Budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.interest import periodic_rate
from debts.domain.schedule import Row, Schedule
from debts.domain.strategies import Ranking, by_balance, by_rate
from debts.domain.terms import Accrual, Debt, MinimumRule

_STEADY_RULES = {MinimumRule.FIXED, MinimumRule.NONE}
_row = partial(tuple.__new__, Row)

Ranks = Callable[[Sequence[int]], Iterable[tuple[int, int, int]]]
"""Given what is owed after the minimums, a rank for every column that ends in the column's number."""


def is_steady(debts: Sequence[Debt], budget: Budget | None, ranking: Ranking | None) -> bool:
    """Whether ``run_steady`` gives what the engine would."""
    if budget is None or not budget.is_constant or ranking not in {by_rate, by_balance}:
        return False
    return all(_is_plain(debt) for debt in debts)


def run_steady(debts: Sequence[Debt], payment: int, ranking: Ranking | None, *, horizon: int) -> Schedule:
    """The schedule of a steady household under a budget of ``payment``; raises ``BudgetBelowMinimumsError``."""
    columns = _Columns(debts)
    ranks = columns.by_rate if ranking is by_rate else columns.by_balance
    months: list[tuple[Row, ...]] = []
    payoffs: list[int | None] = [None if debt.balance else 0 for debt in debts]
    while columns.debts and len(months) < horizon:
        months.append(columns.pay_month(payment, ranks, month=len(months) + 1))
        if 0 in columns.balances:
            for index in columns.clear():
                payoffs[index] = len(months)
    return Schedule(months, tuple(payoffs))


class _Columns:
    """The debts still owed: place, balance, minimum and doubled rate, each a list in the order of the places."""

    def __init__(self, debts: Sequence[Debt]) -> None:
        owed = [index for index, debt in enumerate(debts) if debt.balance]
        rates = [periodic_rate(_apr(debts[index]), Accrual.MONTHLY, 0) for index in owed]
        self.debts = owed
        self.balances = [debts[index].balance for index in owed]
        self._minimums = [_minimum(debts[index]) for index in owed]
        # Half-up: twice the product and once the denominator, over twice the denominator.
        self._doubles = [2 * numerator for numerator, _ in rates]
        self._halves = [denominator for _, denominator in rates]
        self._wholes = [2 * denominator for _, denominator in rates]
        self._ranks = self._ranked([_apr(debts[index]) for index in owed])

    def pay_month(self, payment: int, ranks: Ranks, *, month: int) -> tuple[Row, ...]:
        """One month; the balances are then those after it."""
        rates = zip(self.balances, self._doubles, self._halves, self._wholes, strict=True)
        interests = [(balance * double + half) // whole for balance, double, half, whole in rates]
        owed = list(map(add, self.balances, interests))
        paid = list(map(min, self._minimums, owed))
        needed = sum(paid)
        if needed > payment:
            raise BudgetBelowMinimumsError(month=month, needed=needed, available=payment)
        closings = list(map(sub, owed, paid))
        _spend(payment - needed, paid, closings, ranks)
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
        self._halves = list(compress(self._halves, kept))
        self._wholes = list(compress(self._wholes, kept))
        self._ranks = list(compress(self._ranks, kept))
        return cleared

    def by_rate(self, owed: Sequence[int]) -> Iterable[tuple[int, int, int]]:
        return zip(self._ranks, owed, count(), strict=False)

    def by_balance(self, owed: Sequence[int]) -> Iterable[tuple[int, int, int]]:
        return zip(owed, self._ranks, count(), strict=False)

    @staticmethod
    def _ranked(aprs: Sequence[Decimal]) -> list[int]:
        """Rates as ranks, the highest 0: whole numbers compare faster than decimals."""
        places = {apr: rank for rank, apr in enumerate(sorted(set(aprs), reverse=True))}
        return [places[apr] for apr in aprs]


def _spend(left: int, paid: list[int], closings: list[int], ranks: Ranks) -> None:
    """Give the rest of the budget to the first by rank, and on to the next as each is cleared."""
    while left:
        ranked = ranks(closings)
        if 0 in closings:
            ranked = [rank for rank in ranked if closings[rank[2]]]
        first = min(ranked, default=None)
        if first is None:
            return
        column = first[2]
        part = min(left, closings[column])
        closings[column] -= part
        paid[column] += part
        left -= part


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
