"""Plans to choose from, and what each really costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from debts.domain.budget import Budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.optimal.offers import Offer, Transfer
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import Ranked, Ranking, by_balance, by_final_rate, by_rate, by_utilisation
from debts.domain.terms import Debt, Minimum

# An exact cost is one without rounding. In parts of a minor unit so fine, what rounding does stays far below one.
FINE = 10**8


@dataclass(frozen=True, slots=True)
class Household:
    """Debts, and the payments that they can count on."""

    debts: Sequence[Debt]
    budget: Budget
    start: date
    horizon: int

    def run(self, instructions: Instructions) -> Schedule:
        """Raises ``BudgetBelowMinimumsError``."""
        return simulate(self.debts, self.budget, instructions, start=self.start, horizon=self.horizon)

    def finer(self) -> "Household":
        """The same household with every amount in the fine unit."""
        months = tuple(amount * FINE for amount in self.budget.months)
        return replace(
            self,
            debts=[finer_debt(debt) for debt in self.debts],
            budget=replace(self.budget, months=months),
            horizon=self.horizon + 1,
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan, its schedule in minor units, and its exact cost in the fine unit; transfer fees count.

    ``is_exact`` is false where the plan only works with rounding: a budget equal to the minimums, rounded down.
    """

    origin: str
    household: Household
    instructions: Instructions
    schedule: Schedule
    exact_cost: int
    exact_length: int
    is_exact: bool = True
    transfers: tuple[Transfer, ...] = ()

    @property
    def cost(self) -> int:
        return self.schedule.cost + sum(each.fee for each in self.transfers)


def candidate(
    origin: str,
    household: Household,
    instructions: Instructions,
    *,
    finer: Household | None = None,
    transfers: tuple[Transfer, ...] = (),
    fine_fees: int = 0,
) -> Candidate | None:
    """The plan with its costs; None where a month's budget does not cover the minimums or a debt never ends.

    ``finer`` is the household in the fine unit, and ``fine_fees`` what its transfers cost there.
    """
    schedule = _followed(household, instructions)
    if schedule is None:
        return None
    fine_plan = {
        month: {debt: amount * FINE for debt, amount in wanted.items()}
        for month, wanted in instructions.plan.items()
    }
    exact = _followed(finer or household.finer(), replace(instructions, plan=fine_plan))
    cost = exact.cost if exact else schedule.cost * FINE
    length = exact.length if exact else schedule.length
    return Candidate(
        origin, household, instructions, schedule, cost + fine_fees, length, exact is not None, transfers
    )


def _followed(household: Household, instructions: Instructions) -> Schedule | None:
    try:
        schedule = household.run(instructions)
    except BudgetBelowMinimumsError:
        return None
    return schedule if schedule.is_debt_free else None


def heuristics(debts: Sequence[Debt]) -> dict[str, Ranking]:
    """The rankings that are tried before a solver is asked, by name."""
    return {
        "avalanche": by_rate,
        "avalanche_final_rate": by_final_rate,
        "snowball": by_balance,
        "cash_flow": by_cash_flow(debts),
        "highest_utilisation": by_utilisation,
    }


def heuristics_at_constant_rates(debts: Sequence[Debt]) -> dict[str, Ranking]:
    """The heuristics that are not avalanche's order again where no rate ever changes."""
    found = heuristics(debts)
    del found["avalanche"], found["avalanche_final_rate"]
    if not any(debt.credit_limit for debt in debts):
        del found["highest_utilisation"]
    return found


def by_cash_flow(debts: Sequence[Debt]) -> Ranking:
    """The debt that frees the largest minimum for what it takes to clear it first.

    Fixed minimums count as they are, others by their floor.
    """
    freed = [max(debt.minimum.amount, debt.minimum.floor) for debt in debts]

    def ranking(month: int, owed: Sequence[Ranked]) -> Sequence[Ranked]:
        return sorted(owed, key=lambda debt: (-freed[debt.index] / debt.owed, -debt.apr(month), debt.index))

    return ranking


def finer_offer(offer: Offer) -> Offer:
    """The same offer in the fine unit."""
    return replace(
        offer,
        cap=offer.cap * FINE,
        minimum_fee=offer.minimum_fee * FINE,
        minimum=_finer_minimum(offer.minimum),
    )


def finer_debt(debt: Debt) -> Debt:
    """The same debt in the fine unit."""
    limit = debt.credit_limit
    return replace(
        debt,
        segments=tuple(replace(each, balance=each.balance * FINE) for each in debt.segments),
        minimum=_finer_minimum(debt.minimum),
        monthly_fee=debt.monthly_fee * FINE,
        late_fee=debt.late_fee * FINE,
        fees={month: fee * FINE for month, fee in debt.fees.items()},
        charges={month: charge * FINE for month, charge in debt.charges.items()},
        credit_limit=None if limit is None else limit * FINE,
        ceiling=debt.ceiling * FINE,
    )


def _finer_minimum(minimum: Minimum) -> Minimum:
    return replace(minimum, amount=minimum.amount * FINE, floor=minimum.floor * FINE)
