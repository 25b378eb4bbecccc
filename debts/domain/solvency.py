"""Plans that never end, found and explained."""

from collections.abc import Sequence
from datetime import date

from debts.domain.budget import Budget, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError, NeverPaidOffError
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_rate
from debts.domain.terms import MAX_MONTHS, Debt


def require_payoff(schedule: Schedule, debts: Sequence[Debt], *, start: date) -> Schedule:
    """The schedule itself where every debt is cleared in it.

    Raises ``NeverPaidOffError`` with the first debt that is not, and the constant payment that would clear it.
    """
    for index, month in enumerate(schedule.payoffs):
        if month is None:
            payment = payment_needed(debts[index], start=start)
            raise NeverPaidOffError(debt=index, payment=payment, months=schedule.length)
    return schedule


def payment_needed(debt: Debt, *, start: date, months: int = MAX_MONTHS) -> int:
    """The smallest constant monthly payment, in minor units, that clears one debt within ``months``."""
    return smallest_budget([debt], Instructions(by_rate), start=start, months=months)


def smallest_budget(
    debts: Sequence[Debt], instructions: Instructions, *, start: date, months: int, rolls_over: bool = True
) -> int:
    """The smallest constant monthly budget under which nothing is owed after ``months``.

    Found by halving: for orders other than avalanche more money can, rarely, mean a later end, so the budget
    found is one that suffices while a minor unit less does not. No budget below the minimums suffices.
    """
    low, high = 0, _enough(debts)
    while high - low > 1:
        middle = (low + high) // 2
        if _is_paid_off(debts, constant_budget(middle, rolls_over=rolls_over), instructions, start, months):
            high = middle
        else:
            low = middle
    return high


def _is_paid_off(
    debts: Sequence[Debt], budget: Budget, instructions: Instructions, start: date, months: int
) -> bool:
    try:
        return simulate(debts, budget, instructions, start=start, horizon=months).is_debt_free
    except BudgetBelowMinimumsError:
        return False


def _enough(debts: Sequence[Debt]) -> int:
    """More than all that can be asked for in a first month: everything, with interest and fees."""
    owed = sum(debt.balance + debt.monthly_fee + sum(debt.fees.values()) for debt in debts)
    charged = sum(sum(debt.charges.values()) for debt in debts)
    highest = max(
        (step.apr for debt in debts for segment in debt.segments for step in segment.rates), default=0
    )
    return 1 + (owed + charged) * (1 + int(highest) // 100 + 1)
