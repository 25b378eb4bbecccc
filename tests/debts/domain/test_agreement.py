"""The engine and the slow arithmetic by hand tell the same figures, row by row, to the cent."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.simulation import simulate
from tests.debts.domain.households import (
    JANUARY,
    budget_of,
    debts,
    instructions_of,
    means,
    plain_households,
)
from tests.debts.domain.reference import Means, NotEnoughError, plan_by_hand

HORIZON = 120
STRATEGIES = ["snowball", "avalanche", "custom", "highest_utilisation", "minimums_only"]


def outcome_by_hand(household, wallet, strategy, *, order, start):
    try:
        months = plan_by_hand(
            household,
            wallet,
            strategy,
            order=order,
            first_calendar_month=start.month,
            horizon=HORIZON,
        )
    except NotEnoughError as error:
        return "not enough", *error.args
    return months


def outcome_of_the_engine(household, wallet, strategy, *, order, start):
    budget = None if wallet is None else budget_of(wallet)
    try:
        schedule = simulate(household, budget, instructions_of(strategy, order), start=start, horizon=HORIZON)
    except BudgetBelowMinimumsError as error:
        return "not enough", error.month, error.needed, error.available
    return [[tuple(row) for row in month] for month in schedule.months]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), household=st.lists(debts(), min_size=1, max_size=5))
def test_engine_and_hand_agree_on_any_household(data, household):
    wallet = data.draw(means(household), "means")
    strategy = data.draw(st.sampled_from(STRATEGIES), "strategy")
    order = data.draw(st.permutations(range(len(household))), "order")
    start = JANUARY.replace(month=data.draw(st.integers(1, 12), "first month"))

    by_engine = outcome_of_the_engine(household, wallet, strategy, order=order, start=start)

    assert by_engine == outcome_by_hand(household, wallet, strategy, order=order, start=start)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(household=st.lists(debts(), min_size=1, max_size=4))
def test_engine_and_hand_agree_where_only_minimums_are_paid(household):
    by_engine = outcome_of_the_engine(household, None, "minimums_only", order=(), start=JANUARY)

    assert by_engine == outcome_by_hand(household, None, "minimums_only", order=(), start=JANUARY)


@settings(max_examples=100, deadline=None)
@given(plain_households(), st.sampled_from(STRATEGIES[:2]))
def test_engine_and_hand_agree_on_fixed_minimums_and_a_constant_budget(drawn, strategy):
    household, budget = drawn
    wallet = Means(steps={1: budget})

    by_engine = outcome_of_the_engine(household, wallet, strategy, order=(), start=JANUARY)

    assert by_engine == outcome_by_hand(household, wallet, strategy, order=(), start=JANUARY)
