"""Where avalanche is known to be the cheapest without asking a solver, and where it is not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import NeverPaidOffError
from debts.domain.optimal.candidates import FINE
from debts.domain.optimal.certificate import CertificateStatus, Method
from debts.domain.optimal.exchange import avalanche_is_optimal
from debts.domain.terms import Accrual, Minimum, MinimumRule, RateStep, Segment, simple_debt
from tests.debts.domain.households import debts_of, plain_households
from tests.debts.domain.optimal.households import (
    NoSolver,
    bound_of,
    ends,
    optimal,
    promotional,
    simple_plans,
)

CARDS = debts_of(("A", "1000", "24", "25"), ("B", "500", "12", "25"))
BUDGET = constant_budget(200_00)
ONE, OTHER = CARDS
# The fine unit rounds too.
NOISE = Decimal("0.001")


def asking(rule, **more):
    return replace(ONE, minimum=Minimum(rule, **more))


def test_constant_rates_and_fixed_minimums_need_no_solver():
    # Without rounding it costs 105.504. The bound is never above what the plan costs in cents.
    found = optimal(CARDS, BUDGET, solver=NoSolver())

    assert (found.origin, found.cost) == ("avalanche", 105_49)
    assert found.certificate.method == Method.EXCHANGE
    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.certificate.gap == 0
    assert round(found.certificate.exact_cost, 1) == Decimal("10550.4")
    assert found.certificate.lower_bound == 105_49


@pytest.mark.parametrize("accrual", Accrual)
def test_every_way_of_accruing_will_do_as_long_as_it_is_one(accrual):
    alike = [replace(debt, accrual=accrual) for debt in CARDS]

    assert avalanche_is_optimal(alike, BUDGET)


def test_a_budget_may_change_as_long_as_it_covers_the_minimums():
    assert avalanche_is_optimal(CARDS, Budget((200_00, 50_00, 300_00)))
    assert not avalanche_is_optimal(CARDS, Budget((200_00, 49_99, 300_00)))


def test_debts_without_a_minimum_may_stand_beside_others():
    assert avalanche_is_optimal([asking(MinimumRule.NONE), OTHER], BUDGET)


def test_a_rate_that_is_written_twice_is_still_constant():
    steps = (RateStep(1, Decimal(24)), RateStep(6, Decimal("24.0")))

    assert avalanche_is_optimal([replace(ONE, segments=(Segment(1000_00, steps),)), OTHER], BUDGET)


@pytest.mark.parametrize(
    "debt",
    [
        promotional("A", "1000", "24", "25"),
        asking(MinimumRule.PERCENT, percent=Decimal(2)),
        asking(MinimumRule.INTEREST_PLUS_PERCENT, percent=Decimal(1)),
        asking(MinimumRule.AMORTISING, months=24),
        asking(MinimumRule.INTEREST_ONLY),
        replace(ONE, monthly_fee=2_00),
        replace(ONE, fees={12: 95_00}),
        replace(ONE, charges={3: 80_00}),
        replace(ONE, accrual=Accrual.DAILY),
        replace(ONE, segments=ONE.segments * 2),
        replace(ONE, segments=(replace(ONE.segments[0], deferred_until=6),)),
    ],
    ids=[
        "a promotion",
        "a percentage",
        "interest and a percentage",
        "equal payments",
        "interest only",
        "a monthly fee",
        "a yearly fee",
        "purchases",
        "another way of accruing",
        "two balances",
        "deferred interest",
    ],
)
def test_the_argument_does_not_reach(debt):
    assert not avalanche_is_optimal([debt, OTHER], BUDGET)


@pytest.mark.parametrize(
    "budget",
    [
        Budget((200_00,), rolls_over=False),
        Budget((200_00,), pauses={4: MonthKind.MINIMUMS_ONLY}),
        Budget((200_00,), pauses={4: MonthKind.NOTHING}),
    ],
    ids=["freed minimums leave", "minimums only for a month", "nothing for a month"],
)
def test_nor_does_it_reach_a_budget_that_is_not_all_paid(budget):
    assert not avalanche_is_optimal(CARDS, budget)


def test_where_rounding_favours_another_order_by_cents_that_order_is_the_answer():
    # Over 16 years the half cents add up; without rounding avalanche is still the cheapest.
    household = debts_of(("A", "112.93", "36.97", "6.29"), ("B", "136.13", "31.20", "0.20"))
    household.append(simple_debt("C", 37_24, "1.51", Minimum(MinimumRule.FIXED, amount=73)))

    found = optimal(household, constant_budget(7_23), solver=NoSolver())

    plans = simple_plans(household, constant_budget(7_23))
    assert found.cost == min(plan.cost for plan in plans)
    assert min(plan.exact_cost for plan in plans) == next(
        plan.exact_cost for plan in plans if plan.origin == "avalanche"
    )


def test_a_debt_that_never_ends_is_refused():
    with pytest.raises(NeverPaidOffError) as refused:
        optimal(debts_of(("Card", "10000", "24", "25")), "150", solver=NoSolver())

    assert (refused.value.debt, refused.value.payment) == (0, 200_01)


@settings(max_examples=40, deadline=None)
@given(plain_households())
def test_no_heuristic_is_cheaper(drawn):
    household, amount = drawn
    budget = constant_budget(amount)
    assume(ends(household, budget))

    found = optimal(household, budget, solver=NoSolver())

    plans = simple_plans(household, budget)
    assert found.cost <= min(plan.cost for plan in plans)
    least = min(Decimal(plan.exact_cost) / FINE for plan in plans)
    assert found.certificate.exact_cost - found.certificate.gap <= least + NOISE


@settings(max_examples=25, deadline=None)
@given(
    rates=st.lists(st.decimals(0, 60, places=1), min_size=2, max_size=3),
    owed=st.lists(st.integers(50_00, 900_00), min_size=3, max_size=3),
    shares=st.lists(st.integers(8, 40), min_size=3, max_size=3),
    amounts=st.lists(st.integers(150_00, 500_00), min_size=1, max_size=3),
)
def test_the_mixed_integer_program_finds_nothing_cheaper_either(rates, owed, shares, amounts):
    household = [
        simple_debt(f"{place}", balance, apr, Minimum(MinimumRule.FIXED, amount=balance // share))
        for place, (apr, balance, share) in enumerate(zip(rates, owed, shares, strict=False))
    ]
    budget = Budget(tuple(amounts))
    assume(avalanche_is_optimal(household, budget) and ends(household, budget))
    avalanche = next(plan for plan in simple_plans(household, budget) if plan.origin == "avalanche")

    bound = bound_of(household, budget, avalanche.exact_length)

    assert abs(avalanche.exact_cost - bound) < FINE // 2
