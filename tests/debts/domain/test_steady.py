"""The quick engine for steady households says what the full one says, row by row."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.simulation import Instructions, simulate_in_full
from debts.domain.steady import is_steady, run_steady
from debts.domain.strategies import by_balance, by_final_rate, by_order, by_rate, by_utilisation
from debts.domain.terms import Accrual, Debt, Minimum, MinimumRule, RateStep, Segment, simple_debt
from tests.debts.domain.households import JANUARY, budget_of, debts, debts_of, means, plain_households

rankings = st.sampled_from([by_rate, by_balance, by_final_rate, by_utilisation, by_order(range(7, -1, -1))])
# Few balances and rates, so that equal ones meet.
twins = st.builds(
    simple_debt,
    st.just("Debt"),
    st.sampled_from([0, 1, 2, 100_00, 101_00, 250_00]),
    st.sampled_from([Decimal(0), Decimal(12), Decimal("29.99")]),
    st.builds(
        Minimum, rule=st.sampled_from([MinimumRule.FIXED, MinimumRule.NONE]), amount=st.integers(0, 30_00)
    ),
)
# Any accrual, rates that change, any minimum.
single = debts().map(
    lambda debt: replace(
        debt,
        segments=(replace(debt.segments[0], deferred_until=None),),
        monthly_fee=0,
        fees={},
        charges={},
    )
)
plans = st.dictionaries(
    st.integers(1, 24), st.dictionaries(st.integers(0, 4), st.integers(0, 900_00), max_size=3), max_size=6
)


def outcome(engine, *given_plan, **more):
    try:
        schedule = engine(*given_plan, **more)
    except BudgetBelowMinimumsError as error:
        return error.month, error.needed, error.available
    return [[tuple(row) for row in rows] for rows in schedule.months], schedule.payoffs


def both(debts, budget, ranking, horizon, plan=MappingProxyType({})):
    """What the two engines say; without a budget both pay minimums only."""
    assert is_steady(debts, budget)
    quick = outcome(run_steady, debts, budget, ranking, plan, start=JANUARY, horizon=horizon)
    instructions = Instructions(ranking, plan)
    full = outcome(simulate_in_full, debts, budget, instructions, start=JANUARY, horizon=horizon)
    return quick, full


@settings(max_examples=200, deadline=None)
@given(plain_households(size=8), rankings)
def test_both_engines_agree_row_by_row(drawn, ranking):
    household, payment = drawn

    quick, full = both(household, constant_budget(payment), ranking, 600)

    assert quick == full


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.lists(single, min_size=1, max_size=5), rankings, plans)
def test_both_engines_agree_where_rates_minimums_and_budgets_change(data, household, ranking, plan):
    wallet = data.draw(means(household), "means")
    budget = replace(budget_of(wallet), pauses={}, rolls_over=True)

    quick, full = both(household, budget, ranking, 120, plan)

    assert quick == full


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(single, min_size=1, max_size=5))
def test_both_engines_agree_on_any_minimums(household):
    quick, full = both(household, None, None, 120)

    assert quick == full


@settings(max_examples=100, deadline=None)
@given(plain_households(size=8), st.integers(1, 200))
def test_both_engines_agree_on_minimums_only(drawn, horizon):
    quick, full = both(drawn[0], None, None, horizon)

    assert quick == full


@settings(max_examples=200, deadline=None)
@given(
    st.lists(twins, min_size=1, max_size=8).filter(lambda debts: any(debt.balance for debt in debts)),
    st.integers(0, 300_00),
    rankings,
    st.integers(1, 60),
)
def test_both_engines_agree_on_ties_refusals_and_debts_that_stand(debts, payment, ranking, horizon):
    quick, full = both(debts, constant_budget(payment), ranking, horizon)

    assert quick == full


def test_of_balances_that_interest_makes_equal_the_higher_rate_is_snowballed_first():
    # 100.00 at 1 % a month and 101.00 without interest: both 101.00 before the payment.
    debts = debts_of(("A", "101", "0", "0"), ("B", "100", "12", "0"))

    quick, full = both(debts, constant_budget(50_00), by_balance, 1)

    assert quick == full
    assert [(row[0], row[5]) for row in quick[0][0]] == [(0, 0), (1, 50_00)]


def test_a_rate_that_changes_while_nothing_is_left_over_still_changes_the_order():
    # The minimums take all of the budget until the first debt is cleared in month 2, after the rates have changed.
    steps = (RateStep(1, Decimal(0)), RateStep(2, Decimal(24)))
    fixed = Minimum(MinimumRule.FIXED, amount=50_00)
    household = [
        simple_debt("A", 100_00, "0", fixed),
        simple_debt("B", 1000_00, "12", fixed),
        Debt("C", (Segment(1000_00, steps),), fixed),
    ]

    quick, full = both(household, constant_budget(150_00), by_rate, 3)

    assert quick == full
    assert [(row[0], row[5]) for row in quick[0][2]] == [(1, 50_00), (2, 100_00)]


PLAIN = debts_of(("A", "1000", "12", "25"), ("B", "500", "6", "25"))[0]
CONSTANT = constant_budget(200_00)


@pytest.mark.parametrize("budget", [None, CONSTANT, Budget((200_00, 300_00))])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"accrual": Accrual.DAILY},
        {"minimum": Minimum(MinimumRule.PERCENT, percent=Decimal(2))},
        {"minimum": Minimum(MinimumRule.AMORTISING, months=24)},
        {"segments": (replace(PLAIN.segments[0], rates=(RateStep(1, Decimal(0)), RateStep(7, Decimal(9)))),)},
    ],
    ids=str,
)
def test_debts_of_one_balance_under_one_budget_or_none_are_steady(change, budget):
    assert is_steady([PLAIN, replace(PLAIN, **change)], budget)


@pytest.mark.parametrize(
    "change",
    [
        {"monthly_fee": 1},
        {"fees": {3: 1}},
        {"charges": {3: 1}},
        {"segments": PLAIN.segments * 2},
        {"segments": (replace(PLAIN.segments[0], deferred_until=6),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_debt_with_more_to_it_makes_a_household_unsteady(change):
    assert not is_steady([PLAIN, replace(PLAIN, **change)], CONSTANT)


@pytest.mark.parametrize(
    "budget",
    [Budget((200_00,), pauses={2: MonthKind.NOTHING}), constant_budget(200_00, rolls_over=False)],
    ids=["paused", "not rolling"],
)
def test_a_budget_that_pauses_or_shrinks_makes_a_household_unsteady(budget):
    assert not is_steady([PLAIN], budget)
