"""A saved plan against what was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debts.domain.interest import month_number, month_on
from debts.domain.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the household is on a day.

    ``ahead`` is planned balance less actual balance, in minor units; ``days_ahead`` is how much later the plan
    expected today's balance. Both are negative behind the plan.
    """

    planned_balance: int
    actual_balance: int
    planned_paid: int
    actual_paid: int
    days_ahead: int

    @property
    def ahead(self) -> int:
        return self.planned_balance - self.actual_balance


def standing(
    schedule: Schedule, *, start: date, opening: int, on: date, actual_balance: int, actual_paid: int
) -> Standing:
    """Compare the baseline with the balance on a day.

    A payment is expected once its day has passed; until the next the plan's balance stays. The day on which the
    plan reaches today's balance is found between the two payment days around it, in proportion.
    """
    months = min(max(0, month_number(start, on - timedelta(days=1))), schedule.length)
    planned = schedule.balances[months - 1] if months else opening
    paid = sum(schedule.payments[:months])
    days = (
        _expected_on(schedule, start, opening, actual_balance)
        - _expected_on(schedule, start, opening, planned)
    ).days
    return Standing(planned, actual_balance, paid, actual_paid, days)


def _expected_on(schedule: Schedule, start: date, opening: int, balance: int) -> date:
    """The day on which the plan has this balance; the first or last day of the plan for one outside it."""
    before, earlier = opening, month_on(start, 0)
    if balance >= opening:
        return earlier
    for number, after in enumerate(schedule.balances, start=1):
        day = month_on(start, number)
        if after <= balance <= before and after < before:
            return earlier + (day - earlier) * (before - balance) / (before - after)
        before, earlier = after, day
    return earlier


def totals_by_debt(schedule: Schedule, count: int) -> Sequence[tuple[int, int, int]]:
    """Per debt: interest, fees and payments over the whole plan."""
    columns = schedule.columns
    interest, fees, paid = [0] * count, [0] * count, [0] * count
    figures = zip(columns.debts, columns.interests(), columns.fees, columns.payments, strict=True)
    for debt, added, charged, payment in figures:
        interest[debt] += added
        fees[debt] += charged
        paid[debt] += payment
    return list(zip(interest, fees, paid, strict=True))
