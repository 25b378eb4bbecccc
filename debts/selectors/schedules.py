"""The schedule that a strategy comes to, found by the engine or by a solver."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from debts.adapters import solver
from debts.domain.budget import Budget
from debts.domain.comparison import baseline
from debts.domain.errors import HouseholdTooLargeError, PlanError
from debts.domain.optimal.exchange import avalanche_is_optimal
from debts.domain.optimal.offers import Offer
from debts.domain.optimal.search import find_optimal
from debts.domain.requests import BudgetedRequest, CompareRequest
from debts.domain.schedule import Schedule
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.solvency import require_payoff
from debts.domain.strategies import RANKINGS, Strategy, by_order, by_rate
from debts.domain.terms import MAX_MONTHS
from debts.selectors import telling
from debts.selectors.answers import BalanceTransfer, Certificate, PayoffResult
from debts.selectors.households import Household, budget_of, offers_of

# Within a request somebody waits for the answer.
SECONDS_IN_REQUEST, SECONDS_IN_JOB = 4.0, 20.0
# Debts times months of a model that is built and solved while somebody waits.
LARGEST_IN_REQUEST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A schedule that ends, and the household it belongs to: that with the balances moved to an offer.

    ``certificate`` and ``transfers`` are those of the cheapest plan; ``fees`` are for the transfers.
    """

    home: Household
    schedule: Schedule
    certificate: Certificate | None = None
    transfers: tuple[BalanceTransfer, ...] | None = None
    fees: int = 0

    def told(self, strategy: Strategy, base: Schedule) -> PayoffResult:
        return telling.result_told(
            self.home,
            strategy,
            self.schedule,
            base,
            certificate=self.certificate,
            transfers=self.transfers,
            transfer_fees=self.fees,
        )


def planned(home: Household, asked: BudgetedRequest, strategy: Strategy, *, seconds: float) -> Planned:
    """One strategy's plan; raises ``PlanError`` where there is none that ends."""
    found = _found(home, asked, strategy, seconds)
    require_payoff(found.schedule, found.home.debts, start=home.start)
    return found


def tried(home: Household, asked: CompareRequest, *, seconds: float) -> dict[Strategy, Planned | PlanError]:
    """The plan of every strategy asked for, or why there is none."""
    found: dict[Strategy, Planned | PlanError] = {}
    for strategy in asked.strategies:
        try:
            found[strategy] = planned(home, asked, strategy, seconds=seconds)
        except PlanError as fault:
            found[strategy] = fault
    return found


def baseline_of(home: Household) -> Schedule:
    return baseline(home.debts, start=home.start)


def instructions_of(home: Household, strategy: Strategy) -> Instructions:
    """How a strategy ranks the household's debts."""
    return Instructions(by_order(home.order) if strategy == Strategy.CUSTOM else RANKINGS[strategy])


def _found(home: Household, asked: BudgetedRequest, strategy: Strategy, seconds: float) -> Planned:
    budget = budget_of(asked, home)
    if strategy == Strategy.OPTIMAL:
        return _optimal(home, asked, budget, seconds)
    if strategy == Strategy.MINIMUMS_ONLY:
        return Planned(home=home, schedule=simulate(home.debts, None, MINIMUMS_ONLY, start=home.start))
    instructions = instructions_of(home, strategy)
    return Planned(home=home, schedule=simulate(home.debts, budget, instructions, start=home.start))


def _optimal(home: Household, asked: BudgetedRequest, budget: Budget, seconds: float) -> Planned:
    offers = offers_of(asked, home)
    if seconds <= SECONDS_IN_REQUEST:
        _require_small(home, budget, offers)
    found = find_optimal(
        home.debts, budget, start=home.start, solver=solver(), time_limit=seconds, offers=offers
    )
    moved = replace(home, debts=tuple(found.debts))
    transfers = tuple(telling.transfer_told(moved, home, each) for each in found.transfers)
    return Planned(
        home=moved,
        schedule=found.schedule,
        certificate=telling.certificate_told(home, found.certificate),
        transfers=transfers if offers else None,
        fees=sum(each.fee for each in found.transfers),
    )


def _require_small(home: Household, budget: Budget, offers: Sequence[Offer]) -> None:
    if not offers and avalanche_is_optimal(home.debts, budget):
        return
    debts = len(home.debts) + len(offers)
    if debts * MAX_MONTHS > LARGEST_IN_REQUEST:
        months = simulate(home.debts, budget, Instructions(by_rate), start=home.start).length
        if debts * months > LARGEST_IN_REQUEST:
            raise HouseholdTooLargeError(debts=debts, months=months)
