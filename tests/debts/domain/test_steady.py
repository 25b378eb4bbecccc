"""The quick engine for steady households says what the full one says, row by row."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.simulation import Instructions, simulate_in_full
from debts.domain.steady import is_steady, run_steady
from debts.domain.strategies import by_balance, by_final_rate, by_order, by_rate, by_utilisation
from debts.domain.terms import Accrual, Minimum, MinimumRule, RateStep, simple_debt
from tests.debts.domain.households import JANUARY, debts_of, plain_households

rankings = st.sampled_from([by_rate, by_balance])
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


def outcome(engine, *given_plan, **more):
    try:
        schedule = engine(*given_plan, **more)
    except BudgetBelowMinimumsError as error:
        return error.month, error.needed, error.available
    return [[tuple(row) for row in rows] for rows in schedule.months], schedule.payoffs


def both(debts, payment, ranking, horizon):
    """What the two engines say; without a payment both pay minimums only."""
    budget = None if payment is None else constant_budget(payment)
    quick = outcome(run_steady, debts, payment, ranking, horizon=horizon)
    full = outcome(simulate_in_full, debts, budget, Instructions(ranking), start=JANUARY, horizon=horizon)
    return quick, full


@settings(max_examples=200, deadline=None)
@given(plain_households(size=8), rankings)
def test_both_engines_agree_row_by_row(drawn, ranking):
    household, payment = drawn

    quick, full = both(household, payment, ranking, 600)

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
    quick, full = both(debts, payment, ranking, horizon)

    assert quick == full


def test_of_balances_that_interest_makes_equal_the_higher_rate_is_snowballed_first():
    # 100.00 at 1 % a month and 101.00 without interest: both 101.00 before the payment.
    debts = debts_of(("A", "101", "0", "0"), ("B", "100", "12", "0"))

    quick, full = both(debts, 50_00, by_balance, 1)

    assert quick == full
    assert [(row[0], row[5]) for row in quick[0][0]] == [(0, 0), (1, 50_00)]


PLAIN = debts_of(("A", "1000", "12", "25"), ("B", "500", "6", "25"))[0]
CONSTANT = constant_budget(200_00)


@pytest.mark.parametrize(("budget", "ranking"), [(CONSTANT, by_rate), (CONSTANT, by_balance), (None, None)])
def test_fixed_minimums_at_one_rate_under_one_budget_or_none_are_steady(budget, ranking):
    assert is_steady([PLAIN, replace(PLAIN, minimum=Minimum())], budget, ranking)


@pytest.mark.parametrize(
    "change",
    [
        {"accrual": Accrual.DAILY},
        {"monthly_fee": 1},
        {"fees": {3: 1}},
        {"charges": {3: 1}},
        {"minimum": Minimum(MinimumRule.PERCENT, percent=Decimal(2))},
        {"minimum": Minimum(MinimumRule.AMORTISING, months=24)},
        {"segments": PLAIN.segments * 2},
        {"segments": (replace(PLAIN.segments[0], deferred_until=6),)},
        {"segments": (replace(PLAIN.segments[0], rates=(RateStep(1, Decimal(0)), RateStep(7, Decimal(9)))),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_debt_that_changes_makes_a_household_unsteady(change):
    assert not is_steady([PLAIN, replace(PLAIN, **change)], CONSTANT, by_rate)


@pytest.mark.parametrize(
    "budget",
    [
        None,
        Budget((200_00, 300_00)),
        Budget((200_00,), pauses={2: MonthKind.NOTHING}),
        constant_budget(200_00, rolls_over=False),
    ],
    ids=["none", "changing", "paused", "not rolling"],
)
def test_a_budget_that_changes_makes_a_household_unsteady(budget):
    assert not is_steady([PLAIN], budget, by_rate)


@pytest.mark.parametrize("ranking", [None, by_final_rate, by_utilisation, by_order([0])])
def test_only_snowball_and_avalanche_are_steady(ranking):
    assert not is_steady([PLAIN], CONSTANT, ranking)
