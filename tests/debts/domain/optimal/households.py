"""Households for the search: short ways to ask for their cheapest plan, and strategies that draw small ones."""

from collections.abc import Sequence
from decimal import Decimal
from math import inf
from typing import Any

from hypothesis import strategies as st

from debts.adapters.highs import HighsSolver
from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import PlanError
from debts.domain.optimal.candidates import Candidate, Household, candidate, heuristics
from debts.domain.optimal.certificate import OptimalPlan
from debts.domain.optimal.household_model import HouseholdModel
from debts.domain.optimal.offers import Offer
from debts.domain.optimal.search import SCALE, find_optimal
from debts.domain.simulation import Instructions
from debts.domain.terms import Debt, Minimum, MinimumRule, RateStep, Segment
from tests.debts.domain.households import JANUARY, dollars, fixed

SECONDS = 20.0
CENT = Decimal("0.01")


class NoSolver:
    """For households that must be answered without one."""

    def relax(self, program, *, time_limit):
        raise AssertionError

    solve = relax


def promotional(
    name: str, balance: str, go_to: str, minimum: str, *, months: int = 12, apr: str = "0"
) -> Debt:
    """A debt at a promotional rate for some months."""
    steps = (RateStep(1, Decimal(apr)), RateStep(months + 1, Decimal(go_to)))
    return Debt(name, (Segment(dollars(balance), steps),), fixed(minimum))


def optimal(
    debts: Sequence[Debt],
    budget: Budget | str,
    *,
    offers: Sequence[Offer] = (),
    solver: Any = None,
    seconds: float = SECONDS,
) -> OptimalPlan:
    """The plan that the search finds; a budget in dollars is a constant one."""
    amounts = budget if isinstance(budget, Budget) else constant_budget(dollars(budget))
    solver = solver or HighsSolver()
    return find_optimal(debts, amounts, start=JANUARY, solver=solver, time_limit=seconds, offers=offers)


def in_dollars(found: OptimalPlan) -> Decimal:
    """The plan's cost without rounding on the way, to the nearest cent."""
    return (found.certificate.exact_cost / 100).quantize(CENT)


def simple_plans(debts: Sequence[Debt], budget: Budget) -> list[Candidate]:
    """What the heuristics make of the household, where they come to an end."""
    household = Household(debts, budget, JANUARY, 600)
    found = (candidate(name, household, Instructions(ranking)) for name, ranking in heuristics(debts).items())
    return [each for each in found if each is not None]


def model_of(debts: Sequence[Debt], budget: Budget, months: int) -> HouseholdModel:
    return HouseholdModel(Household(debts, budget, JANUARY, 600), (), months)


def bound_of(debts: Sequence[Debt], budget: Budget, months: int) -> int:
    """What the mixed-integer program says that no plan undercuts, in the fine unit."""
    program = model_of(debts, budget, months).program(inf)
    return int(HighsSolver().solve(program, time_limit=SECONDS, tolerance=0.0).bound * SCALE)


percents = st.decimals("0.5", 5, places=1)
rates = st.one_of(st.sampled_from([Decimal(0), Decimal(12), Decimal(24)]), st.decimals(1, 36, places=1))


def minimums(balance: int) -> st.SearchStrategy[Minimum]:
    """Any rule, asking for little enough to leave a choice."""
    some = st.integers(0, balance // 20)
    percentages = st.sampled_from([MinimumRule.PERCENT, MinimumRule.INTEREST_PLUS_PERCENT])
    return st.one_of(
        st.builds(Minimum, rule=st.just(MinimumRule.FIXED), amount=some),
        st.builds(Minimum, rule=percentages, percent=percents, floor=some),
        st.builds(Minimum, rule=st.just(MinimumRule.AMORTISING), months=st.integers(12, 40)),
        st.builds(Minimum, rule=st.sampled_from([MinimumRule.INTEREST_ONLY, MinimumRule.NONE])),
    )


@st.composite
def terms(draw: Any, name: str) -> Debt:
    """A debt of any terms that may run out within a year."""
    balance = draw(st.integers(100_00, 3_000_00))
    changes = draw(st.dictionaries(st.integers(2, 10), rates, max_size=1))
    steps = (RateStep(1, draw(rates)), *(RateStep(month, apr) for month, apr in changes.items()))
    until = draw(st.one_of(st.none(), st.none(), st.integers(2, 8)))
    segments = [Segment(balance, steps, deferred_until=until, deferred_apr=draw(rates) if until else 0)]
    if draw(st.integers(0, 3)) == 3:
        segments.append(Segment(draw(st.integers(0, 500_00)), (RateStep(1, draw(rates)),)))
    return Debt(
        name,
        tuple(segments),
        draw(minimums(balance)),
        monthly_fee=draw(st.sampled_from([0, 0, 2_50])),
        late_fee=draw(st.sampled_from([0, 35_00])),
        fees=draw(st.dictionaries(st.integers(1, 8), st.integers(1, 60_00), max_size=1)),
        charges=draw(st.dictionaries(st.integers(1, 8), st.integers(1, 200_00), max_size=1)),
    )


@st.composite
def promotions(draw: Any, *, size: int = 3) -> list[Debt]:
    """Debts with fixed minimums, the first with a promotion that ends."""
    count = draw(st.integers(2, size))
    household = []
    for place in range(count):
        balance = draw(st.integers(100_00, 3_000_00))
        until = draw(st.integers(2, 10)) if place == 0 else 0
        steps = [RateStep(until + 1, draw(rates))]
        if until:
            steps.insert(0, RateStep(1, Decimal(0)))
        minimum = Minimum(MinimumRule.FIXED, amount=draw(st.integers(0, balance // 20)))
        household.append(Debt(f"Debt {place}", (Segment(balance, tuple(steps)),), minimum))
    return household


def within_a_year(household: Sequence[Debt]) -> int:
    """A monthly budget under which plans stay short."""
    owed = sum(debt.balance + sum(debt.charges.values()) for debt in household)
    asked = sum(debt.minimum.amount + debt.minimum.floor + debt.monthly_fee for debt in household)
    return owed // 8 + asked + 20_00


@st.composite
def budgets(draw: Any, household: Sequence[Debt]) -> Budget:
    """Budgets that change, pause, and lose freed minimums."""
    least = within_a_year(household)
    months = draw(st.lists(st.integers(least, 2 * least), min_size=1, max_size=3))
    pauses = draw(st.dictionaries(st.integers(1, 6), st.sampled_from(MonthKind), max_size=1))
    return Budget(tuple(months), pauses=pauses, rolls_over=draw(st.booleans()))


def ends(debts: Sequence[Debt], budget: Budget) -> bool:
    """Whether some heuristic comes to an end."""
    try:
        return bool(simple_plans(debts, budget))
    except PlanError:
        return False
