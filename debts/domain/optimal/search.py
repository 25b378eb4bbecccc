"""The search for the cheapest plan.

The problem is the one without rounding: interest and fees, those of transfers included, of the same engine in a
unit so fine that rounding does not show. The plan itself is followed in minor units, as any other.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite

from debts.domain.budget import Budget
from debts.domain.optimal.candidates import (
    FINE,
    Candidate,
    Household,
    candidate,
    heuristics,
    heuristics_at_constant_rates,
)
from debts.domain.optimal.certificate import Certificate, CertificateStatus, Method, OptimalPlan
from debts.domain.optimal.exchange import avalanche_is_optimal
from debts.domain.optimal.figures import UNIT
from debts.domain.optimal.household_model import HouseholdModel
from debts.domain.optimal.offers import Offer
from debts.domain.optimal.program import Solution
from debts.domain.optimal.replay import replayed
from debts.domain.simulation import Instructions
from debts.domain.solvency import require_payoff
from debts.domain.strategies import by_rate
from debts.domain.terms import MAX_MONTHS, Debt
from debts.ports import LinearSolver

# Fine units in one of the model's whole units.
SCALE = UNIT * FINE
# How far the solver may stop from the optimum, in whole units, so that replay and proof meet within a minor unit.
TOLERANCE = 0.002
# What floats may have lost, in fine units: taken off every bound before it is called one.
DOUBT = FINE // 1000


def find_optimal(
    debts: Sequence[Debt],
    budget: Budget,
    *,
    start: date,
    solver: LinearSolver,
    time_limit: float,
    offers: Sequence[Offer] = (),
    horizon: int = MAX_MONTHS,
) -> OptimalPlan:
    """The plan of the smallest interest and fees that can be found, and a bound that no plan undercuts.

    Every heuristic is tried first; where the exchange argument holds no solver is asked. Otherwise a linear
    program bounds the cost from below, and where that leaves a minor unit or more, a mixed-integer one, for
    ``time_limit`` seconds in all. The plan never costs more, in minor units, than any heuristic's.

    Raises ``BudgetBelowMinimumsError`` and ``NeverPaidOffError`` where avalanche does and no heuristic ends.
    """
    household = Household(debts, budget, start, horizon)
    if not offers and avalanche_is_optimal(debts, budget):
        return _by_exchange(household)
    search = _Search(household, offers, solver, time_limit)
    return search.best_plan()


def _by_exchange(household: Household) -> OptimalPlan:
    avalanche = _first(household)
    tried = [avalanche]
    for name, ranking in heuristics_at_constant_rates(household.debts).items():
        instructions = Instructions(ranking)
        if household.run(instructions).cost < avalanche.cost:
            # By a few minor units, where rounding happened to favour it.
            tried += _existing(candidate(name, household, instructions))
    return _answer(tried, tried, avalanche.exact_cost, Method.EXCHANGE)


def _first(household: Household) -> Candidate:
    """Avalanche, or why there is no plan."""
    found = candidate("avalanche", household, Instructions(by_rate))
    if found is None:
        require_payoff(household.run(Instructions(by_rate)), household.debts, start=household.start)
        raise AssertionError
    return found


class _Search:
    def __init__(
        self, household: Household, offers: Sequence[Offer], solver: LinearSolver, time_limit: float
    ) -> None:
        self._household, self._offers, self._solver = household, offers, solver
        self._seconds = time_limit
        self._tried = [
            each
            for name, ranking in heuristics(household.debts).items()
            for each in _existing(candidate(name, household, Instructions(ranking)))
        ] or [_first(household)]
        self._heuristics = tuple(self._tried)
        self._bound, self._method = 0, Method.LINEAR

    def best_plan(self) -> OptimalPlan:
        if all(each.is_exact for each in self._tried):
            model = HouseholdModel(self._household, self._offers, self._months())
            self._improve(model, Method.LINEAR, self._relaxed)
            if self._gap() >= FINE and self._seconds > 0:
                self._improve(model, Method.MIXED_INTEGER, self._solved)
        return _answer(self._tried, self._heuristics, self._bound, self._method)

    def _months(self) -> int:
        """How far the model looks.

        Where each plan pays the whole budget while a debt stands, none that is cheaper takes longer.
        """
        budget = self._household.budget
        if budget.rolls_over and not budget.pauses:
            return self._best().exact_length
        return max(each.exact_length for each in self._tried)

    def _best(self) -> Candidate:
        return min(self._tried, key=lambda each: each.exact_cost)

    def _gap(self) -> int:
        return self._best().exact_cost - self._bound

    def _improve(
        self, model: HouseholdModel, method: Method, ask: Callable[[HouseholdModel, float], Solution]
    ) -> None:
        """Ask for a solution no dearer than the best plan; learn from its bound and its payments."""
        cutoff = (self._best().exact_cost + DOUBT) / SCALE
        solution = ask(model, cutoff)
        self._seconds -= solution.seconds
        bound = min(solution.bound, cutoff)
        if isfinite(bound):
            exact = int(bound * SCALE * (1 - 1e-9)) - DOUBT
            if exact > self._bound:
                self._bound, self._method = exact, method
        if solution.values is not None:
            hint = model.hint(solution.values)
            self._tried += replayed(method.value, hint, self._household, self._offers)

    def _relaxed(self, model: HouseholdModel, cutoff: float) -> Solution:
        return self._solver.relax(model.program(cutoff), time_limit=self._seconds)

    def _solved(self, model: HouseholdModel, cutoff: float) -> Solution:
        return self._solver.solve(model.program(cutoff), time_limit=self._seconds, tolerance=TOLERANCE)


def _existing(found: Candidate | None) -> list[Candidate]:
    return [] if found is None else [found]


def _answer(
    tried: Sequence[Candidate], guarded: Sequence[Candidate], bound: int, method: Method
) -> OptimalPlan:
    bound = max(0, min(bound, *(each.exact_cost for each in tried)))
    chosen = _chosen(tried, guarded, bound)
    gap = chosen.exact_cost - bound
    proven = chosen.is_exact and gap < FINE
    certificate = Certificate(
        lower_bound=min(bound // FINE, chosen.cost),
        exact_cost=Decimal(chosen.exact_cost) / FINE,
        gap=Decimal(gap) / FINE,
        status=CertificateStatus.OPTIMAL if proven else CertificateStatus.BOUNDED,
        method=method,
    )
    return OptimalPlan(
        chosen.schedule,
        chosen.instructions,
        chosen.origin,
        certificate,
        chosen.household.debts,
        chosen.transfers,
    )


def _chosen(tried: Sequence[Candidate], guarded: Sequence[Candidate], bound: int) -> Candidate:
    """The smallest cost in minor units among those that are as good as the best without rounding.

    Where rounding still makes a heuristic cheaper, the heuristic: the gap then says what that means.
    """
    least = min(each.exact_cost for each in tried)
    limit = (bound if least - bound < FINE else least) + FINE
    near = [each for each in tried if each.exact_cost < limit]
    return min([min(near, key=_order), *guarded], key=lambda each: each.cost)


def _order(each: Candidate) -> tuple[int, int, int]:
    return each.cost, each.exact_cost, each.schedule.length
