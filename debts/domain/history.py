"""What really happened to a debt: payments split into interest and principal, and the balance on any day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from debts.domain.interest import month_on
from debts.domain.position import Position
from debts.domain.terms import Debt


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment in minor units; ``interest`` where the lender has said what of it was interest."""

    on: date
    amount: int
    interest: int | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A payment's parts: amount = interest and fees + principal. ``balance`` is what was owed after it."""

    on: date
    amount: int
    interest: int
    principal: int
    balance: int


@dataclass(frozen=True, slots=True)
class History:
    splits: list[Split] = field(default_factory=list)
    balance: int = 0
    balances: tuple[int, ...] = ()


def first_day(since: date) -> date:
    """The day of month 1 of a debt whose balance was true on ``since``: a month later."""
    return month_on(since, 2)


def history(debt: Debt, *, since: date, payments: Sequence[Paid], until: date) -> History:
    """Replay a debt from the day its balances were true to the end of ``until``.

    ``debt`` has the months of a plan that starts on ``first_day(since)``. On the day of each of these months the
    engine's interest and fees are added, so that a payment a month on that day splits as the plan says. A payment
    in between first brings the interest of the days since (APR/365 a day, half-up to the minor unit). It pays
    interest and fees, then principal; of a card the month's minimum and what goes beyond it are put where the
    engine puts them. What is paid beyond all that is owed is gone. Payments before ``since`` are in the balances
    already.
    """
    run = _Run(debt, since)
    splits = []
    for payment in sorted(payments, key=lambda each: each.on):
        if since <= payment.on <= until:
            run.go_to(payment.on)
            splits.append(run.pay(payment))
    run.go_to(until)
    return History(splits, run.position.owed, tuple(run.position.balances))


class _Run:
    def __init__(self, debt: Debt, since: date) -> None:
        self.position = Position(0, debt, first_day(since))
        self._since, self._day, self._month = since, since, 0
        self._unpaid, self._minimum = 0, 0

    def go_to(self, day: date) -> None:
        """Add the interest and fees up to and including this day."""
        while (following := month_on(self._since, self._month + 2)) <= day:
            self._open_month(following)
        if self._day < day:
            self._add_days(day)

    def pay(self, payment: Paid) -> Split:
        interest = self._unpaid if payment.interest is None else payment.interest
        interest = min(interest, payment.amount)
        self._correct(interest - min(self._unpaid, payment.amount))
        paid = min(payment.amount, self.position.owed)
        due = min(paid, self._minimum)
        month = max(1, self._month)
        self.position.pay_minimum(due, month)
        self.position.pay_excess(paid - due, month)
        self._minimum -= due
        self._unpaid -= min(self._unpaid, payment.amount)
        return Split(payment.on, payment.amount, interest, payment.amount - interest, self.position.owed)

    def _open_month(self, day: date) -> None:
        self._month += 1
        position, opening = self.position, self.position.owed
        whole = self._day == month_on(self._since, self._month)
        if whole:
            interest, fees = position.open_month(self._month)
        else:
            interest = position.add_days(self._month, (day - self._day).days)
            fees = position.add_fees(self._month, was_owed=opening > 0)
        self._unpaid += interest + fees
        self._minimum = position.minimum(self._month, opening, interest + fees)
        self._day = day

    def _add_days(self, day: date) -> None:
        self._unpaid += self.position.add_days(self._month + 1, (day - self._day).days)
        self._day = day

    def _correct(self, difference: int) -> None:
        """The lender's figure for the interest takes the place of ours."""
        self.position.add_fee(max(difference, -self.position.balances[0]))
