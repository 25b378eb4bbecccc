"""“What must I pay a month to be free by then?”"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from debts.domain.budget import constant_budget
from debts.domain.errors import TargetOutOfReachError
from debts.domain.interest import month_number
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions, simulate
from debts.domain.solvency import smallest_budget
from debts.domain.terms import MAX_MONTHS, Debt


@dataclass(frozen=True, slots=True)
class Target:
    """The smallest constant budget that reaches the target, and the plan it gives."""

    monthly_budget: int
    months: int
    schedule: Schedule


def budget_for(debts: Sequence[Debt], instructions: Instructions, *, start: date, by: date) -> Target:
    """The smallest constant monthly budget under which the last payment falls on ``by`` or before it.

    Raises ``TargetOutOfReachError`` for a day before the first payment or after the last month looked at, and
    where a debt is still being added to when the day comes.
    """
    months = month_number(start, by)
    if not 1 <= months <= MAX_MONTHS:
        raise TargetOutOfReachError(months)
    budget = smallest_budget(debts, instructions, start=start, months=months)
    schedule = simulate(debts, constant_budget(budget), instructions, start=start, horizon=months)
    if not schedule.is_debt_free:
        raise TargetOutOfReachError(months)
    return Target(budget, months, schedule)
