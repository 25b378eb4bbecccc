"""A saved plan against what was paid."""

from datetime import date

import pytest

from debts.domain.progress import standing, totals_by_debt
from tests.debts.domain.households import debts_of, plan

# No interest, 100.00 on the first of each month from January: 400.00, 300.00, 200.00, 100.00, nothing.
LOAN = plan(debts_of(("Loan", "500", "0", "100")), "100", "avalanche")


def on(month, day, *, balance, paid=0):
    return standing(
        LOAN,
        start=date(2026, 1, 1),
        opening=500_00,
        on=date(2026, month, day),
        actual_balance=balance,
        actual_paid=paid,
    )


def test_what_was_paid_as_planned_is_neither_ahead_nor_behind():
    found = on(2, 2, balance=300_00, paid=200_00)

    assert (found.planned_balance, found.planned_paid) == (300_00, 200_00)
    assert (found.actual_balance, found.actual_paid) == (300_00, 200_00)
    assert (found.ahead, found.days_ahead) == (0, 0)


def test_a_payment_is_not_late_on_its_day():
    assert on(3, 1, balance=300_00).ahead == 0
    assert on(3, 2, balance=300_00).ahead == -100_00


def test_a_payment_made_on_its_day_is_ahead_of_the_plan_for_that_day():
    found = on(3, 1, balance=200_00, paid=300_00)

    assert (found.planned_balance, found.ahead, found.days_ahead) == (300_00, 100_00, 28)


@pytest.mark.parametrize(
    ("balance", "ahead", "days"),
    [
        # From 1 February: the plan is at 200.00 on 1 March, and half-way there after 14 days.
        (200_00, 100_00, 28),
        (250_00, 50_00, 14),
        # It was at 400.00 on 1 January, and at 350.00 half a month, or 15 days, later.
        (400_00, -100_00, -31),
        (350_00, -50_00, -16),
        (0, 300_00, 89),
    ],
)
def test_ahead_and_behind_are_told_in_money_and_days(balance, ahead, days):
    found = on(2, 2, balance=balance)

    assert (found.ahead, found.days_ahead) == (ahead, days)


def test_more_than_was_owed_at_first_counts_from_a_month_before_the_first_payment():
    found = on(1, 2, balance=510_00)

    # The plan's 400.00 of 1 January against the opening of 1 December.
    assert (found.ahead, found.days_ahead) == (-110_00, -31)


def test_before_the_first_payment_the_plan_has_paid_nothing():
    found = standing(
        LOAN,
        start=date(2026, 1, 1),
        opening=500_00,
        on=date(2025, 12, 31),
        actual_balance=500_00,
        actual_paid=0,
    )

    assert (found.planned_balance, found.planned_paid, found.days_ahead) == (500_00, 0, 0)


def test_after_its_end_the_plan_owes_nothing():
    found = on(12, 24, balance=100_00, paid=400_00)

    # The plan was at 100.00 on 1 April, and at nothing on 1 May.
    assert (found.planned_balance, found.planned_paid, found.days_ahead) == (0, 500_00, -30)


def test_each_debt_has_its_own_totals():
    schedule = plan(debts_of(("A", "100", "12", "10"), ("B", "500", "6", "10")), "200", "avalanche")

    totals = totals_by_debt(schedule, 2)

    assert totals == [(1_00, 0, 101_00), (5_58, 0, 505_58)]
