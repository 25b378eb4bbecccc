"""A month's interest and minimum payments, for debts of one balance side by side."""

from collections.abc import Sequence
from datetime import date
from itertools import compress
from math import lcm
from operator import sub
from typing import Protocol

from debts.domain.interest import days_of_month, interest_on, periodic_rate
from debts.domain.minimums import minimum_of
from debts.domain.terms import MAX_MONTHS, Accrual, Debt, MinimumRule

NEVER = MAX_MONTHS + 1
FIXED_RULES = frozenset({MinimumRule.FIXED, MinimumRule.NONE})
_BY_THE_DAY = frozenset({Accrual.DAILY, Accrual.DAILY_COMPOUNDED})


class Bills(Protocol):
    """What the lenders of the debts still owed ask for; lists have a number for each debt."""

    def pay_minimums(self, month: int, balances: list[int]) -> tuple[list[int], list[int]]:
        """The payments asked for, and what is then left of each balance: less than nothing where it asks too much."""

    def keep(self, kept: list[bool]) -> None:
        """Forget all other debts."""


def bills_of(debts: Sequence[Debt], start: date) -> Bills:
    """The quickest way to find the bills of these debts; all give the same."""
    return _FixedBills(debts) if all(map(_is_fixed, debts)) else _ChangingBills(debts, start)


def next_change(debts: Sequence[Debt], month: int) -> int:
    """The first month after this one in which one of the rates is another."""
    changes = (step.month for debt in debts for step in debt.segments[0].rates if step.month > month)
    return min(changes, default=NEVER)


class _FixedBills:
    """One monthly rate and a fixed minimum a debt.

    All rates have one denominator, doubled for rounding half-up: a balance times twice the numerator, and once the
    denominator, over twice the denominator. Growth has the balance itself in it.
    """

    def __init__(self, debts: Sequence[Debt]) -> None:
        rates = [periodic_rate(debt.segments[0].rates[0].apr, Accrual.MONTHLY, 0) for debt in debts]
        self._half = lcm(*(denominator for _, denominator in rates))
        self._growths = [
            2 * (self._half + numerator * (self._half // denominator)) for numerator, denominator in rates
        ]
        self._minimums = [
            debt.minimum.amount if debt.minimum.rule == MinimumRule.FIXED else 0 for debt in debts
        ]

    def pay_minimums(self, month: int, balances: list[int]) -> tuple[list[int], list[int]]:  # noqa: ARG002
        half, whole = self._half, 2 * self._half
        figures = zip(balances, self._growths, self._minimums, strict=True)
        closings = [(balance * growth + half) // whole - minimum for balance, growth, minimum in figures]
        return self._minimums[:], closings

    def keep(self, kept: list[bool]) -> None:
        self._growths = list(compress(self._growths, kept))
        self._minimums = list(compress(self._minimums, kept))


class _ChangingBills:
    """Rates that change with the month or its days, and minimums that change with the balance."""

    def __init__(self, debts: Sequence[Debt], start: date) -> None:
        self._debts, self._start = list(debts), start
        self._minimums = [minimum_of(debt) for debt in debts]
        self._is_by_the_day = any(debt.accrual in _BY_THE_DAY for debt in debts)
        self._rates = [(0, 1)] * len(debts)
        self._renewed_in = 1

    def pay_minimums(self, month: int, balances: list[int]) -> tuple[list[int], list[int]]:
        if month >= self._renewed_in:
            self._renew_rates(month)
        rated = zip(balances, self._rates, strict=True)
        owed = [balance + interest_on(balance, rate) for balance, rate in rated]
        asked = zip(self._minimums, balances, owed, strict=True)
        payments = [minimum(month, opening, due - opening, due) for minimum, opening, due in asked]
        return payments, list(map(sub, owed, payments))

    def keep(self, kept: list[bool]) -> None:
        self._debts = list(compress(self._debts, kept))
        self._minimums = list(compress(self._minimums, kept))
        self._rates = list(compress(self._rates, kept))

    def _renew_rates(self, month: int) -> None:
        days = days_of_month(self._start, month)
        self._rates = [
            periodic_rate(
                debt.segments[0].apr(month), debt.accrual, days if debt.accrual in _BY_THE_DAY else 0
            )
            for debt in self._debts
        ]
        self._renewed_in = month + 1 if self._is_by_the_day else next_change(self._debts, month)


def _is_fixed(debt: Debt) -> bool:
    return (
        debt.minimum.rule in FIXED_RULES
        and debt.accrual == Accrual.MONTHLY
        and len(debt.segments[0].rates) == 1
    )
