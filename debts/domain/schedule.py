"""What a plan says: per month and debt, and in sum."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Row(NamedTuple):
    """One debt in one month, in minor units: closing = opening + interest + fees + charges - payment."""

    debt: int
    opening: int
    interest: int
    fees: int
    charges: int
    payment: int
    closing: int

    @property
    def principal(self) -> int:
        """The part of the payment that is neither interest nor fee; negative while the debt grows."""
        return self.payment - self.interest - self.fees


@dataclass(frozen=True)
class Schedule:
    """The months of a plan, each with a row for every debt that was owed in it.

    ``months[0]`` is month 1. ``payoffs`` has the month in which each debt was cleared for good, by its place in
    the household; None for one that still stands after the last month.
    """

    months: Sequence[Sequence[Row]]
    payoffs: tuple[int | None, ...]

    @property
    def length(self) -> int:
        """Months until the household owes nothing."""
        return len(self.months)

    @property
    def is_debt_free(self) -> bool:
        return None not in self.payoffs

    @cached_property
    def total_interest(self) -> int:
        return sum(row[2] for row in self.rows())

    @cached_property
    def total_fees(self) -> int:
        return sum(row[3] for row in self.rows())

    @cached_property
    def total_paid(self) -> int:
        return sum(row[5] for row in self.rows())

    @property
    def cost(self) -> int:
        """Interest and fees: what the debts cost beyond what was borrowed."""
        return self.total_interest + self.total_fees

    def rows(self) -> Iterator[Row]:
        return (row for month in self.months for row in month)

    @cached_property
    def balances(self) -> list[int]:
        """What is owed in all at the end of each month."""
        return [sum(row[6] for row in month) for month in self.months]

    @property
    def first_payoff(self) -> int | None:
        """The month in which the first debt is gone."""
        return min((month for month in self.payoffs if month), default=None)

    @property
    def longest_wait(self) -> int:
        """The most months in a row in which no debt is cleared."""
        wins = sorted({0, *(month for month in self.payoffs if month is not None)})
        return max((later - earlier for earlier, later in itertools.pairwise(wins)), default=0)
