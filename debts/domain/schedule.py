"""What a plan says: per month and debt, and in sum."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
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


_row = partial(tuple.__new__, Row)


@dataclass(slots=True)
class Columns:
    """The lines of a plan, month after month, with a line for every debt that was owed in it; minor units.

    ``balances`` has what each debt owes at the start, ``debts`` are places in the household, and ``ends`` says how
    many lines there are up to and with each month. A month opens with what the one before has left, and interest is
    what the other figures leave of the balances: both need no column.
    """

    balances: Sequence[int]
    debts: list[int] = field(default_factory=list)
    fees: list[int] = field(default_factory=list)
    charges: list[int] = field(default_factory=list)
    payments: list[int] = field(default_factory=list)
    closings: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def openings(self) -> list[int]:
        owed, found = list(self.balances), []
        for debt, closing in zip(self.debts, self.closings, strict=True):
            found.append(owed[debt])
            owed[debt] = closing
        return found

    def interests(self) -> list[int]:
        return self._interests(self.openings())

    def rows(self) -> Iterator[Row]:
        openings = self.openings()
        cells = zip(
            self.debts,
            openings,
            self._interests(openings),
            self.fees,
            self.charges,
            self.payments,
            self.closings,
            strict=True,
        )
        return map(_row, cells)

    def standing(self) -> int:
        """What is owed in all in the end."""
        if not self.ends:
            return sum(self.balances)
        lines_before_the_last_month = [0, *self.ends][-2]
        return sum(self.closings[lines_before_the_last_month:])

    def lines(self) -> Iterator[slice]:
        """Which lines belong to each month, 1 first."""
        return map(slice, [0, *self.ends], self.ends)

    def _interests(self, openings: list[int]) -> list[int]:
        figures = zip(openings, self.fees, self.charges, self.payments, self.closings, strict=True)
        return [
            closing + payment - opening - fees - charges
            for opening, fees, charges, payment, closing in figures
        ]


@dataclass(frozen=True)
class Schedule:
    """The months of a plan, as columns; its rows are made when somebody asks for them.

    ``payoffs`` has the month in which each debt was cleared for good, by its place in the household; None for one
    that still stands after the last month.
    """

    columns: Columns
    payoffs: tuple[int | None, ...]

    @property
    def length(self) -> int:
        """Months until the household owes nothing."""
        return len(self.columns.ends)

    @property
    def is_debt_free(self) -> bool:
        return None not in self.payoffs

    @cached_property
    def total_interest(self) -> int:
        columns = self.columns
        borrowed = sum(columns.balances) + sum(columns.charges)
        return self.total_paid + columns.standing() - borrowed - self.total_fees

    @cached_property
    def total_fees(self) -> int:
        return sum(self.columns.fees)

    @cached_property
    def total_paid(self) -> int:
        return sum(self.columns.payments)

    @property
    def cost(self) -> int:
        """Interest and fees: what the debts cost beyond what was borrowed."""
        return self.total_interest + self.total_fees

    @cached_property
    def balances(self) -> list[int]:
        """What is owed in all at the end of each month."""
        return [sum(self.columns.closings[lines]) for lines in self.columns.lines()]

    @cached_property
    def payments(self) -> list[int]:
        """What is paid in all in each month."""
        return [sum(self.columns.payments[lines]) for lines in self.columns.lines()]

    @property
    def months(self) -> list[list[Row]]:
        """The rows of each month, 1 first, one for every debt that was owed in it."""
        return list(self.by_month())

    def by_month(self) -> Iterator[list[Row]]:
        """``months``, one after the other: quicker where no month's rows are kept."""
        rows = self.columns.rows()
        for lines in self.columns.lines():
            yield list(itertools.islice(rows, lines.stop - lines.start))

    def rows(self) -> Iterator[Row]:
        return self.columns.rows()

    @property
    def first_payoff(self) -> int | None:
        """The month in which the first debt is gone."""
        return min((month for month in self.payoffs if month), default=None)

    @property
    def longest_wait(self) -> int:
        """The most months in a row in which no debt is cleared."""
        wins = sorted({0, *(month for month in self.payoffs if month is not None)})
        return max((later - earlier for earlier, later in itertools.pairwise(wins)), default=0)


def schedule_of_rows(months: Sequence[Sequence[Row]], payoffs: Sequence[int | None]) -> Schedule:
    """A plan that was written down row by row, such as one kept from an earlier day."""
    balances = [0] * len(payoffs)
    for row in reversed(list(itertools.chain.from_iterable(months))):
        balances[row.debt] = row.opening
    columns = Columns(balances, ends=list(itertools.accumulate(map(len, months))))
    for row in itertools.chain.from_iterable(months):
        columns.debts.append(row.debt)
        columns.fees.append(row.fees)
        columns.charges.append(row.charges)
        columns.payments.append(row.payment)
        columns.closings.append(row.closing)
    return Schedule(columns, tuple(payoffs))
