"""Worked cases of minimum rules, ways of accrual, promotions and changing budgets, to the cent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from debts.domain.budget import BudgetStep, constant_budget, planned_budget
from debts.domain.comparison import baseline
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.interest import interest_on, payment_in_36_months, periodic_rate
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.strategies import by_final_rate, by_order, by_rate
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
from tests.debts.domain.households import (
    JANUARY,
    debts_of,
    dollars,
    exactly,
    finer,
    fixed,
    instructions_of,
    to_dollars,
)

SNOWBALL, AVALANCHE = instructions_of("snowball"), instructions_of("avalanche")

INTEREST_AND_ONE_PERCENT = Minimum(MinimumRule.INTEREST_PLUS_PERCENT, percent=Decimal(1), floor=dollars("25"))


def minimums_only(debt):
    """First payment, months and total interest when nothing but the minimum is paid."""
    schedule = baseline([debt], start=JANUARY)
    return schedule.months[0][0].payment, schedule.length, schedule.total_interest


def test_ten_thousand_on_interest_and_one_percent():
    # github.com/alexkates/credit-card-payment-calculator: 17185.67 in its tests, 17185.56 in its README.
    card = simple_debt("Card", dollars("10000"), "21.9", INTEREST_AND_ONE_PERCENT)

    assert minimums_only(card) == (282_50, 299, 17185_67)
    _, months, interest = minimums_only(finer(card))
    assert (months, to_dollars(interest)) == (299, Decimal("17185.56"))


def test_eight_thousand_four_hundred_on_interest_and_one_percent():
    # moneymolecule.com/tools/minimum-payment prints $259 first, then 24 years and $16,358.
    card = simple_debt("Card", dollars("8400"), "24.99", INTEREST_AND_ONE_PERCENT)

    assert minimums_only(card) == (258_93, 288, 16358_35)
    _, months, interest = minimums_only(finer(card))
    assert (months, to_dollars(interest)) == (288, Decimal("16358.43"))


@pytest.mark.parametrize(
    ("payment", "months", "interest"), [("200", 101, "11751.21"), ("400", 28, "2760.41")]
)
def test_eight_thousand_four_hundred_on_a_fixed_payment(payment, months, interest):
    # The same page prints 8.4 years and $11,751 for $200 a month, 2.3 years and $2,760 for $400.
    card = simple_debt("Card", dollars("8400"), "24.99", fixed(payment))

    schedule = baseline([card], start=JANUARY)

    assert schedule.length == months
    assert schedule.total_interest == dollars(interest)


@pytest.mark.parametrize(
    ("accrual", "exact"),
    [(Accrual.AVERAGE_MONTH, "33.076888"), (Accrual.MONTHLY, "32.864247")],
)
def test_a_month_of_interest_compounded_daily(accrual, exact):
    # The specification of github.com/AndraeRay/debt-snowball has 33.08 for 365/12 days.
    balance = dollars("2466.36")
    rate = periodic_rate(Decimal("15.99"), accrual, 0)

    assert interest_on(balance * 10**4, rate) == Decimal(exact) * 10**6
    assert interest_on(balance, rate) == round(Decimal(exact) * 100)


@pytest.mark.parametrize(
    ("accrual", "interest"),
    [
        (Accrual.MONTHLY, "1313.97"),
        (Accrual.DAILY_COMPOUNDED, "1323.69"),
        (Accrual.AVERAGE_MONTH, "1327.06"),
    ],
)
def test_five_thousand_at_eighteen_percent_by_the_way_interest_accrues(accrual, interest):
    # Our own figures, from January, in years of 365 days.
    debt = replace(simple_debt("Card", dollars("5000"), "18", fixed("200")), accrual=accrual)

    schedule = baseline([debt], start=JANUARY)

    assert (schedule.length, schedule.total_interest) == (32, dollars(interest))


# The card of the example in 12 CFR 1026 Appendix M2; the regulation prints no results, so these are ours.
PROMOTION = (RateStep(1, Decimal(0)), RateStep(7, Decimal(17)))


def test_the_payment_that_clears_a_card_in_36_months():
    promotional = [Decimal(0)] * 6 + [Decimal(17)] * 30
    parts = [
        (dollars("500"), promotional),
        (dollars("250"), [Decimal(17)] * 36),
        (dollars("250"), [Decimal(21)] * 36),
    ]

    payment, rate = payment_in_36_months(parts)

    assert (payment, payment * 36) == (35_45, 1276_20)
    assert round(rate, 9) == Decimal("0.013819444")


def test_a_card_of_three_balances_on_its_minimum():
    # Two percent of the balance before interest, at least 20, to the lowest rate first.
    card = Debt(
        "Card",
        (
            Segment(dollars("500"), PROMOTION),
            Segment(dollars("250"), (RateStep(1, Decimal(17)),)),
            Segment(dollars("250"), (RateStep(1, Decimal(21)),)),
        ),
        Minimum(
            MinimumRule.PERCENT, percent=Decimal(2), floor=dollars("20"), of=BalanceBasis.BEFORE_INTEREST
        ),
    )

    schedule = simulate([card], None, MINIMUMS_ONLY, start=JANUARY)

    assert (schedule.length, schedule.total_paid) == (93, 1850_02)


def promotional(name, balance, go_to, minimum):
    """A debt at no interest for twelve months."""
    steps = (RateStep(1, Decimal(0)), RateStep(13, Decimal(go_to)))
    return Debt(name, (Segment(dollars(balance), steps),), fixed(minimum))


# In the promotional cases the figures are ours, found by brute force and by a mixed-integer program.
ONE_PROMOTION = [promotional("A", "8000", "26.99", "80"), *debts_of(("B", "9000", "22.99", "180"))]


@pytest.mark.parametrize(
    ("ranking", "months", "cents", "exact"),
    [
        (by_rate, 30, 3555_74, "3555.73"),
        (by_final_rate, 31, 4142_89, "4142.86"),
        (SNOWBALL.ranking, 31, 4142_89, "4142.86"),
        (by_order([1, 0]), 30, None, "3652.70"),
    ],
    ids=["avalanche", "avalanche by the rate to come", "snowball", "B then A"],
)
def test_a_promotion_makes_every_simple_order_too_dear(ranking, months, cents, exact):
    instructions = Instructions(ranking)
    rounded = simulate(ONE_PROMOTION, constant_budget(dollars("700")), instructions, start=JANUARY)

    assert rounded.length == months
    assert cents is None or rounded.total_interest == cents
    assert exactly(ONE_PROMOTION, "700", instructions) == (months, Decimal(exact))


def test_changing_sides_in_time_is_cheaper_than_any_simple_order():
    # Extra payments to B in months 1-9, to A in months 10-25, then to B again.
    def changing(month, owed):
        first = 0 if 10 <= month <= 25 else 1
        return sorted(owed, key=lambda debt: debt.index != first)

    instructions = Instructions(changing)
    rounded = simulate(ONE_PROMOTION, constant_budget(dollars("700")), instructions, start=JANUARY)

    assert (rounded.length, rounded.total_interest) == (30, 3498_07)
    assert exactly(ONE_PROMOTION, "700", instructions) == (30, Decimal("3498.06"))


@pytest.mark.parametrize(
    ("ranking", "months", "exact"),
    [(by_rate, 41, "5081.83"), (by_final_rate, 40, "4648.56"), (SNOWBALL.ranking, 43, "6811.72")],
    ids=["avalanche", "avalanche by the rate to come", "snowball"],
)
def test_a_promotion_beside_two_loans(ranking, months, exact):
    debts = [
        promotional("A", "12000", "27.99", "120"),
        *debts_of(("B", "5000", "17.99", "80"), ("C", "4000", "11.99", "60")),
    ]

    assert exactly(debts, "650", Instructions(ranking)) == (months, Decimal(exact))


def test_a_budget_that_drops_asks_for_small_debts_first():
    # Avalanche leaves all three minimums, 600 in all, standing when the budget falls to 260.
    debts = debts_of(("A", "5000", "25", "150"), ("B", "600", "8", "200"), ("C", "900", "6", "250"))
    budget = planned_budget([BudgetStep(1, dollars("900")), BudgetStep(3, dollars("260"))])

    assert exactly(debts, budget, SNOWBALL) == (27, Decimal("1620.61"))
    with pytest.raises(BudgetBelowMinimumsError) as refused:
        simulate(debts, budget, AVALANCHE, start=JANUARY)
    assert (refused.value.month, refused.value.needed) == (3, dollars("600"))
    assert refused.value.available == dollars("260")
