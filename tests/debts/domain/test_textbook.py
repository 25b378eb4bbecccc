"""Worked cases, to the cent.

"To the cent" is the engine's own convention: a month's interest is rounded half-up. "Exactly" is the same engine
in a unit so small that no rounding is felt, with the total rounded at the end. Where a published figure differs
from ours, the case says why.
"""

from decimal import Decimal

import pytest

from debts.domain.budget import constant_budget
from debts.domain.comparison import baseline
from debts.domain.errors import NeverPaidOffError
from debts.domain.simulation import simulate
from debts.domain.solvency import payment_needed, require_payoff, smallest_budget
from debts.domain.target import budget_for
from tests.debts.domain.households import (
    JANUARY,
    debts_of,
    dollars,
    exactly,
    finer,
    instructions_of,
    plan,
    to_dollars,
)


def to_the_cent(debts, budget, strategy):
    """Months, total interest, and the month in which each debt is gone."""
    schedule = plan(debts, budget, strategy)
    return schedule.length, Decimal(schedule.total_interest) / 100, schedule.payoffs


SNOWBALL, AVALANCHE = instructions_of("snowball"), instructions_of("avalanche")


def test_a_card_and_a_student_loan():
    # Debts of the README of github.com/nielse63/node-debt-snowball; both orders are the same one.
    debts = debts_of(("Card", "1000", "14.99", "75"), ("Student loan", "7500", "4.75", "150"))

    assert to_the_cent(debts, "325", "snowball") == (28, Decimal("524.01"), (6, 28))
    assert to_the_cent(debts, "325", "avalanche") == (28, Decimal("524.01"), (6, 28))
    assert exactly(debts, "325", SNOWBALL) == (28, Decimal("524.02"))
    assert exactly(debts, "325", AVALANCHE) == (28, Decimal("524.02"))


TWO_CARDS_AND_A_CAR = debts_of(
    ("Card 1", "5000", "22.99", "150"),
    ("Card 2", "3500", "18.99", "100"),
    ("Car", "12000", "6.5", "350"),
)


def test_two_cards_and_a_car():
    # fincalculatorpro.com/finance/debt-payoff prints 2 years 6 months for both, $3,230 and $3,075.
    debts = TWO_CARDS_AND_A_CAR

    assert to_the_cent(debts, "800", "snowball") == (30, Decimal("3230.11"), (24, 13, 30))
    assert to_the_cent(debts, "800", "avalanche") == (30, Decimal("3075.23"), (17, 24, 30))
    assert exactly(debts, "800", SNOWBALL) == (30, Decimal("3230.15"))
    assert exactly(debts, "800", AVALANCHE) == (30, Decimal("3075.23"))


def test_two_cards_and_a_car_with_minimums_only():
    # The same page prints 4 years 6 months and $5,997, in whole dollars. A freed minimum is not paid elsewhere.
    # With interest rounded every month it is 5,997.06, without rounding 5,997.03.
    debts = TWO_CARDS_AND_A_CAR

    rounded = baseline(debts, start=JANUARY)
    exact = baseline([finer(debt) for debt in debts], start=JANUARY)

    assert (rounded.length, rounded.total_interest) == (54, 5997_06)
    assert (exact.length, to_dollars(exact.total_interest)) == (54, Decimal("5997.03"))


def test_four_debts_where_the_order_matters():
    # Debts of toolsfast.app/investing/debt-avalanche-vs-snowball-method, whose own totals (43 months) are wrong.
    debts = debts_of(
        ("Card", "8500", "22", "170"),
        ("Personal loan", "5200", "12", "118"),
        ("Car", "12300", "6.5", "237"),
        ("Student loan", "6000", "5.5", "65"),
    )

    assert to_the_cent(debts, "1000", "snowball") == (39, Decimal("6581.50"), (33, 11, 39, 21))
    assert to_the_cent(debts, "1000", "avalanche") == (37, Decimal("4794.29"), (18, 24, 33, 37))
    assert exactly(debts, "1000", SNOWBALL) == (39, Decimal("6581.52"))
    assert exactly(debts, "1000", AVALANCHE) == (37, Decimal("4794.29"))


def test_four_student_loans_as_a_linear_program_solves_them():
    # github.com/ryan-chien/payoff finds an optimum of 6055.7417295947525 in interest with 38 payments.
    debts = debts_of(
        ("L0", "9871.59", "5.31", "86.12"),
        ("L1", "11040.71", "6.31", "70.54"),
        ("L2", "20879.70", "5.84", "186.60"),
        ("L3", "19940.74", "6.84", "204.72"),
    )

    assert to_the_cent(debts, "1800", "snowball") == (38, Decimal("6407.55"), (8, 16, 38, 28))
    assert to_the_cent(debts, "1800", "avalanche") == (38, Decimal("6055.71"), (38, 22, 33, 15))
    assert exactly(debts, "1800", SNOWBALL) == (38, Decimal("6407.59"))
    assert exactly(debts, "1800", AVALANCHE) == (38, Decimal("6055.74"))


def test_three_debts_whose_smallest_is_also_the_dearest():
    # Debts of a tutorial on hardrockcap.com, which claims $1,200 for avalanche: both orders are the same one.
    debts = debts_of(
        ("Card", "5000", "18.9", "100"),
        ("Personal loan", "8000", "11.5", "200"),
        ("Car", "12000", "6.5", "250"),
    )

    assert to_the_cent(debts, "800", "snowball") == (36, Decimal("3726.22"), (17, 28, 36))
    assert to_the_cent(debts, "800", "avalanche") == (36, Decimal("3726.22"), (17, 28, 36))
    assert exactly(debts, "800", SNOWBALL) == (36, Decimal("3726.21"))
    assert exactly(debts, "800", AVALANCHE) == (36, Decimal("3726.21"))


def test_twelve_debts():
    # Our own figures, checked against arithmetic by hand.
    debts = debts_of(
        ("Store", "320.55", "28.99", "25"),
        ("Card A", "1250", "24.99", "35"),
        ("Card B", "2780.10", "22.49", "70"),
        ("Card C", "4999.99", "19.99", "125"),
        ("Card D", "890", "26.74", "30"),
        ("Medical", "1800", "0.01", "75"),
        ("Pay later", "640.40", "9.99", "80"),
        ("Loan 1", "7500", "11.5", "190"),
        ("Loan 2", "3200", "14.25", "110"),
        ("Car", "14250", "6.49", "310"),
        ("Student 1", "9800", "4.99", "105"),
        ("Student 2", "5600", "5.75", "62"),
    )
    by_size = (2, 8, 18, 23, 5, 10, 3, 28, 14, 37, 42, 32)
    by_price = (2, 8, 13, 21, 4, 25, 9, 27, 23, 33, 41, 36)

    assert to_the_cent(debts, "1500", "snowball") == (42, Decimal("8482.77"), by_size)
    assert to_the_cent(debts, "1500", "avalanche") == (41, Decimal("8106.52"), by_price)
    assert exactly(debts, "1500", SNOWBALL) == (42, Decimal("8482.71"))
    assert exactly(debts, "1500", AVALANCHE) == (41, Decimal("8106.49"))


# Worked by hand in the tests of github.com/JoshKCIT/free-open-dev-tools, tools/credit-card-payoff.
TWO_CARDS = debts_of(("A", "1000", "24", "25"), ("B", "500", "12", "25"))


def test_two_cards_worked_by_hand():
    assert to_the_cent(TWO_CARDS, "200", "avalanche") == (9, Decimal("105.49"), (7, 9))
    assert to_the_cent(TWO_CARDS, "200", "snowball") == (9, Decimal("130.28"), (9, 3))


@pytest.mark.parametrize(("strategy", "cents"), [("avalanche", 138_05), ("snowball", 140_59)])
def test_the_least_that_frees_from_two_cards_within_a_year(strategy, cents):
    december = JANUARY.replace(month=12)

    target = budget_for(TWO_CARDS, instructions_of(strategy), start=JANUARY, by=december)

    assert (target.monthly_budget, target.schedule.length) == (cents, 12)
    assert simulate_within(TWO_CARDS, cents - 1, strategy).length == 13


def simulate_within(debts, cents, strategy):
    return simulate(debts, constant_budget(cents), instructions_of(strategy), start=JANUARY)


def test_one_card_and_its_last_payment():
    schedule = plan(debts_of(("Card", "1000", "12", "25")), "100", "avalanche")

    assert (schedule.length, schedule.total_interest) == (11, 58_98)
    # Ten payments of 100 and what is left of balance and interest.
    assert [month[0].payment for month in schedule.months] == [100_00] * 10 + [58_98]


def test_of_two_equal_rates_the_smaller_balance_goes_first():
    debts = debts_of(("X", "300", "20", "10"), ("Y", "200", "20", "10"))

    assert plan(debts, "100", "avalanche").payoffs == (6, 3)


def test_a_payment_below_the_interest_never_ends():
    # The first month's interest alone is 200.
    debts = debts_of(("Card", "10000", "24", "25"))
    schedule = plan(debts, "150", "avalanche")

    assert not schedule.is_debt_free
    assert schedule.balances[0] == 10050_00
    with pytest.raises(NeverPaidOffError) as refused:
        require_payoff(schedule, debts, start=JANUARY)
    assert (refused.value.debt, refused.value.payment) == (0, 200_01)
    assert refused.value.payment == payment_needed(debts[0], start=JANUARY)


# The inputs of an exercise in W. L. Winston's "Operations Research"; the outputs are ours.
STORE_CARDS = debts_of(
    ("Saks", "20000", "6", "0"), ("Bloomingdale's", "50000", "12", "0"), ("Macy's", "40000", "18", "0")
)


def test_store_cards_without_minimums():
    assert exactly(STORE_CARDS, "5000", AVALANCHE) == (25, Decimal("13307.11"))
    assert exactly(STORE_CARDS, "5000", SNOWBALL) == (26, Decimal("16895.71"))


def test_store_cards_cannot_be_cleared_in_two_years_with_the_same_money():
    assert smallest_budget(STORE_CARDS, AVALANCHE, start=JANUARY, months=24) > dollars("5000")
    assert smallest_budget(STORE_CARDS, AVALANCHE, start=JANUARY, months=25) <= dollars("5000")
