"""What must be paid a month to be free by a day, and what it takes to be free at all."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debts.domain.budget import constant_budget
from debts.domain.errors import NeverPaidOffError, TargetOutOfReachError
from debts.domain.interest import month_on
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.solvency import payment_needed, require_payoff
from debts.domain.strategies import by_rate
from debts.domain.target import budget_for
from debts.domain.terms import MAX_MONTHS
from tests.debts.domain.households import JANUARY, debts_of, instructions_of, plain_households

AVALANCHE = Instructions(by_rate)
CARD = debts_of(("Card", "1000", "12", "25"))


@pytest.mark.parametrize(
    ("by", "budget", "months"),
    [
        # 1,010.00 with the first month's interest
        (date(2026, 1, 1), 1010_00, 1),
        (date(2026, 1, 31), 1010_00, 1),
        # 1,020.10 / 2.01 is 507.5124; interest of 5.0249 rounded to 5.02 makes 507.51 enough
        (date(2026, 2, 1), 507_51, 2),
        # the annuity of 88.8488, up to the next cent
        (date(2026, 12, 1), 88_85, 12),
    ],
)
def test_the_last_payment_falls_on_the_day_or_before_it(by, budget, months):
    target = budget_for(CARD, AVALANCHE, start=JANUARY, by=by)

    assert (target.monthly_budget, target.months, target.schedule.length) == (budget, months, months)


def test_no_target_is_below_the_minimums():
    target = budget_for(CARD, AVALANCHE, start=JANUARY, by=date(2075, 1, 1))

    assert (target.monthly_budget, target.schedule.length) == (25_00, 52)


@pytest.mark.parametrize("by", [date(2025, 12, 31), date(2076, 1, 1)], ids=["before", "after 600 months"])
def test_a_day_outside_the_plan_is_out_of_reach(by):
    with pytest.raises(TargetOutOfReachError):
        budget_for(CARD, AVALANCHE, start=JANUARY, by=by)


@settings(max_examples=30, deadline=None)
@given(plain_households(size=3), st.integers(1, 60), st.sampled_from(["avalanche", "snowball"]))
def test_a_cent_less_is_not_enough(drawn, months, strategy):
    household, _ = drawn
    instructions = instructions_of(strategy)
    minimums = sum(debt.minimum.amount for debt in household)

    target = budget_for(household, instructions, start=JANUARY, by=month_on(JANUARY, months))

    assert target.schedule.is_debt_free
    assert target.schedule.length <= target.months
    if target.monthly_budget > minimums:
        less = constant_budget(target.monthly_budget - 1)
        schedule = simulate(household, less, instructions, start=JANUARY, horizon=target.months)
        assert not schedule.is_debt_free


def test_the_payment_needed_is_the_smallest_that_ever_ends():
    needed = payment_needed(CARD[0], start=JANUARY)

    ends = simulate(CARD, constant_budget(needed), AVALANCHE, start=JANUARY)
    stands = payment_needed(debts_of(("Card", "1000", "12", "0"))[0], start=JANUARY) - 1

    assert (needed, ends.length) == (25_00, 52)
    # Without a minimum: a little more than the 10.00 of interest.
    assert stands + 1 == 10_03
    free = debts_of(("Card", "1000", "12", "0"))
    assert not simulate(free, constant_budget(stands), AVALANCHE, start=JANUARY).is_debt_free


def test_the_first_debt_that_stands_is_named_with_the_payment_it_needs():
    household = debts_of(("Loan", "100", "6", "10"), ("Card", "10000", "24", "25"))
    schedule = simulate(household, None, MINIMUMS_ONLY, start=JANUARY)

    with pytest.raises(NeverPaidOffError) as refused:
        require_payoff(schedule, household, start=JANUARY)

    assert (refused.value.debt, refused.value.payment, refused.value.months) == (1, 200_01, MAX_MONTHS)


def test_a_plan_that_ends_is_passed_on():
    schedule = simulate(CARD, None, MINIMUMS_ONLY, start=JANUARY)

    assert require_payoff(schedule, CARD, start=JANUARY) is schedule
