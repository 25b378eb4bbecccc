"""The bound lies below every plan, also where terms are odd. Each case is one that a looser rule would get wrong."""

from dataclasses import replace
from decimal import Decimal

import pytest

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.optimal.candidates import FINE
from debts.domain.optimal.certificate import CertificateStatus
from debts.domain.terms import (
    Accrual,
    BalanceBasis,
    Debt,
    Minimum,
    MinimumRule,
    RateStep,
    Segment,
    simple_debt,
)
from tests.debts.domain.households import debts_of, dollars, fixed
from tests.debts.domain.optimal.households import bound_of, in_dollars, optimal, promotional, simple_plans

# A thousandth of a cent: more than all rounding in the fine unit comes to.
NOISE = FINE // 1000


def costs_and_bound(debts, budget):
    """What the heuristics cost, and what the solver says that no plan undercuts; in the fine unit."""
    plans = simple_plans(debts, budget)
    bound = bound_of(debts, budget, max(plan.exact_length for plan in plans))
    return min(plan.exact_cost for plan in plans), bound


def deferred(balance, until, apr="24", **more):
    segment = Segment(dollars(balance), (RateStep(1, Decimal(apr)),), deferred_until=until)
    return Debt("Store", (replace(segment, deferred_apr=Decimal(apr)),), **more)


def test_interest_noted_before_a_debt_was_cleared_is_forgotten():
    # Cleared in month 1, 500.00 are charged in month 2; 350.00 and 200.00 stand after months 2 and 3. Noted are
    # 7.00, not the 2.00 of month 1 as well; with them 204.00 and 7.00 stand in month 4, 61.00 and 1.22 in month 5.
    debts, budget = [deferred("100", 3, charges={2: dollars("500")})], constant_budget(dollars("150"))

    cost, bound = costs_and_bound(debts, budget)
    found = optimal(debts, budget)

    assert cost == (7_00 + 4_00 + 1_22) * FINE
    assert cost - NOISE <= bound <= cost + NOISE
    assert in_dollars(found) == Decimal("12.22")
    assert found.certificate.status == CertificateStatus.OPTIMAL


def test_a_fee_may_revive_a_balance_whose_noted_interest_is_forgotten():
    # Month 1 clears the deferred balance. The other one keeps the card open; the fee of month 4, in which nothing is
    # paid, joins the deferred balance and stands when its period ends: 24 percent of 3.00 for two months, and fees.
    other = Segment(dollars("600"), (RateStep(1, Decimal(0)),))
    card = deferred("100", 4)
    debts = [replace(card, segments=(*card.segments, other), monthly_fee=dollars("3"))]
    budget = Budget((dollars("110"),), pauses={4: MonthKind.NOTHING})

    cost, bound = costs_and_bound(debts, budget)

    assert cost == (8 * 3_00 + 6) * FINE
    assert bound <= cost + NOISE


def test_deferred_interest_is_worth_clearing_in_time():
    debts = [deferred("1200", 6, minimum=fixed("20")), *debts_of(("Card", "1500", "22", "40"))]

    found = optimal(debts, "300")

    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.schedule.payoffs[0] == 6
    assert sum(row.interest for row in found.schedule.rows() if row.debt == 0) == 0
    assert found.cost < min(plan.cost for plan in simple_plans(debts, constant_budget(dollars("300"))))


def test_what_is_kept_for_freed_minimums_is_not_rounded():
    # The first month's interest of 22.1478 is the minimum: with 22.15 the budget would keep too much for it.
    debts = [simple_debt("Loan", 1921_72, "13.83", Minimum(MinimumRule.INTEREST_ONLY))]

    cost, bound = costs_and_bound(debts, constant_budget(209_27, rolls_over=False))

    assert cost - NOISE <= bound <= cost + NOISE


@pytest.mark.parametrize("kind", [MonthKind.MINIMUMS_ONLY, MonthKind.NOTHING])
def test_what_is_kept_for_freed_minimums_is_that_of_the_first_regular_month(kind):
    # A tenth of what is owed: after a month of minimums only, it is less than in month 1.
    percentage = Minimum(MinimumRule.PERCENT, percent=Decimal(10), of=BalanceBasis.BEFORE_INTEREST)
    debts = [simple_debt("Card", dollars("1000"), "18", percentage)]

    cost, bound = costs_and_bound(
        debts, Budget((dollars("250"),), pauses={1: kind, 2: kind}, rolls_over=False)
    )

    assert cost - NOISE <= bound <= cost + NOISE


def test_equal_payments_set_while_nothing_was_owed_are_set_anew():
    # Charged in month 2, month 3 asks for a twelfth and more though month 1 had nothing to divide.
    loan = simple_debt("Loan", 0, "12", Minimum(MinimumRule.AMORTISING, months=14))
    debts = [replace(loan, charges={2: dollars("600")}), *debts_of(("Card", "100", "20", "10"))]
    budget = Budget((dollars("120"),), pauses={3: MonthKind.MINIMUMS_ONLY})

    cost, bound = costs_and_bound(debts, budget)

    assert bound <= cost + NOISE


def test_who_pays_a_loan_off_early_may_owe_more_of_what_is_charged_later():
    # The payment set in month 5, when the rate changes, is a part of what is owed by then. It goes on after month 7,
    # and with it the charges of months 8 and 11 are paid the more slowly, the less was owed in month 5.
    steps = (RateStep(1, Decimal(9)), RateStep(5, Decimal(12)))
    loan = Debt("Loan", (Segment(dollars("230"), steps),), Minimum(MinimumRule.AMORTISING, months=7))
    debts = [replace(loan, charges={8: dollars("118"), 11: dollars("195")})]

    cost, bound = costs_and_bound(debts, Budget((dollars("56"), dollars("34")), rolls_over=False))

    assert bound <= cost + NOISE


def test_a_late_fee_may_fall_on_what_was_just_charged():
    card = simple_debt("Card", 0, "18", fixed("25"))
    debts = [replace(card, charges={2: dollars("40")}, late_fee=dollars("35"))]
    budget = Budget((dollars("30"),), pauses={2: MonthKind.NOTHING})

    cost, bound = costs_and_bound(debts, budget)

    # 75.00 stand after month 2.
    assert cost > 35_00 * FINE
    assert bound <= cost + NOISE


def test_no_late_fee_where_nothing_is_asked_for():
    # Months that another rule would use do not make a fixed minimum of nothing ask for something.
    card = simple_debt("Card", dollars("500"), "18", Minimum(MinimumRule.FIXED, months=12))
    budget = Budget((dollars("100"),), pauses={2: MonthKind.NOTHING})
    debts = [replace(card, late_fee=dollars("35"))]

    cost, bound = costs_and_bound(debts, budget)

    assert simple_plans(debts, budget)[0].schedule.total_fees == 0
    assert bound <= cost + NOISE


@pytest.mark.parametrize(
    "minimum",
    [
        fixed("30"),
        Minimum(MinimumRule.PERCENT, percent=Decimal(3), floor=dollars("25")),
        Minimum(MinimumRule.PERCENT, percent=Decimal(3), of=BalanceBasis.BEFORE_INTEREST),
        Minimum(MinimumRule.INTEREST_PLUS_PERCENT, percent=Decimal(1), floor=dollars("25")),
        Minimum(MinimumRule.AMORTISING, months=24),
        Minimum(MinimumRule.INTEREST_ONLY),
        Minimum(),
    ],
    ids=[
        "fixed",
        "percent",
        "percent before interest",
        "interest and percent",
        "equal",
        "interest only",
        "none",
    ],
)
def test_every_rule_of_minimums_is_solved_to_the_end(minimum):
    debts = [
        replace(promotional("A", "1600", "26.99", "0", months=6), minimum=minimum),
        *debts_of(("B", "1800", "22.99", "36")),
    ]

    found = optimal(debts, "280")

    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.cost <= min(plan.cost for plan in simple_plans(debts, constant_budget(dollars("280"))))


@pytest.mark.parametrize(
    "change",
    [
        {"monthly_fee": 5_00},
        {"fees": {6: 95_00}},
        {"charges": {3: 150_00, 8: 20_00}},
        {"accrual": Accrual.DAILY_COMPOUNDED},
    ],
    ids=["monthly fee", "yearly fee", "purchases", "daily"],
)
def test_fees_purchases_and_accrual_are_solved_to_the_end(change):
    debts = [
        replace(promotional("A", "1600", "26.99", "30", months=6), **change),
        *debts_of(("B", "1800", "22.99", "36")),
    ]

    found = optimal(debts, "280")

    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.cost <= min(plan.cost for plan in simple_plans(debts, constant_budget(dollars("280"))))


@pytest.mark.parametrize(
    "change",
    [
        {"pauses": {4: MonthKind.MINIMUMS_ONLY}},
        {"pauses": {4: MonthKind.NOTHING}},
        {"pauses": {1: MonthKind.NOTHING, 2: MonthKind.MINIMUMS_ONLY}},
        {"rolls_over": False},
        {"months": (280_00, 500_00, 90_00, 280_00)},
    ],
    ids=["minimums only", "nothing", "a late start", "freed minimums leave", "changing"],
)
def test_odd_budgets_are_solved_to_the_end(change):
    debts = [
        replace(promotional("A", "1600", "26.99", "30", months=6), late_fee=dollars("35")),
        *debts_of(("B", "1800", "22.99", "36")),
    ]
    budget = replace(constant_budget(dollars("280")), **change)

    found = optimal(debts, budget)

    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.cost <= min(plan.cost for plan in simple_plans(debts, budget))


def test_a_card_whose_minimum_goes_to_the_wrong_balance_is_bounded_from_below():
    # The model may pay any balance of the card with the minimum, the person may not.
    card = Debt(
        "Card",
        (
            Segment(dollars("900"), (RateStep(1, Decimal("29.99")),)),
            Segment(dollars("600"), (RateStep(1, Decimal(0)), RateStep(6, Decimal(24)))),
        ),
        Minimum(MinimumRule.PERCENT, percent=Decimal(2), floor=dollars("35")),
    )

    found = optimal([card, *debts_of(("B", "800", "22", "20"))], "200")

    assert found.certificate.status == CertificateStatus.BOUNDED
    assert 0 < found.certificate.lower_bound < found.cost
    assert found.certificate.gap >= 1
