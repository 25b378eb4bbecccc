"""Households for which avalanche is provably the cheapest plan."""

from collections.abc import Sequence

from debts.domain.budget import Budget
from debts.domain.steady_bills import FIXED_RULES
from debts.domain.terms import Debt, MinimumRule


def avalanche_is_optimal(debts: Sequence[Debt], budget: Budget) -> bool:
    """Whether the exchange argument applies: no plan has a smaller cost without rounding than avalanche.

    It asks for one constant rate a debt, one way of accruing, fixed minimums or none, no fees, no charges, no
    pauses, freed minimums that stay, and a budget that covers all the minimums in every month.

    Proof. Take a plan that is cheapest, and its last month with a unit above the minimum for debt j (rate q)
    while debt i (rate p > q) stays owed. From then on it pays the highest rate first. Give this unit to i.
    After n months i owes less by the unit grown at p, and j more by the unit grown at q: the household owes no
    more, and can go on in the same way, for the budget covers the minimum of j should j stand longer. If
    minimums clear j first, their last payment takes what j owes in addition, by then less than what i owes
    less. If i is cleared first, what it no longer needs goes to the highest rate that stands, q or above, which
    saves at least what j costs. So the change costs nothing, and the last month that differs from avalanche
    has moved forward. Repeat until none is left: avalanche is as cheap as the plan we began with.

    The budget must cover the minimums, or clearing a cheap debt early may be what keeps a plan possible.
    """
    floors = sum(debt.minimum.amount for debt in debts if debt.minimum.rule == MinimumRule.FIXED)
    return (
        budget.rolls_over
        and not budget.pauses
        and min(budget.months) >= floors
        and len({debt.accrual for debt in debts}) == 1
        and all(_is_plain(debt) for debt in debts)
    )


def _is_plain(debt: Debt) -> bool:
    costs = (debt.monthly_fee, *debt.fees.values(), *debt.charges.values())
    return debt.minimum.rule in FIXED_RULES and not any(costs) and _is_constant(debt)


def _is_constant(debt: Debt) -> bool:
    first = debt.segments[0]
    return len(debt.segments) == 1 and first.deferred_until is None and len({r.apr for r in first.rates}) == 1
