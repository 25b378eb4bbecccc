"""What a plan says of itself."""

import pytest

from debts.domain.schedule import Row, schedule_of_rows

# Two debts: 100.00 gone in month 2, 50.00 with a fee and a purchase gone in month 3.
SCHEDULE = schedule_of_rows(
    (
        (Row(0, 100_00, 1_00, 0, 0, 60_00, 41_00), Row(1, 50_00, 50, 2_00, 10_00, 20_00, 42_50)),
        (Row(0, 41_00, 41, 0, 0, 41_41, 0), Row(1, 42_50, 43, 2_00, 0, 20_00, 24_93)),
        (Row(1, 24_93, 25, 2_00, 0, 27_18, 0),),
    ),
    (2, 3),
)
UNENDING = schedule_of_rows(((Row(0, 100_00, 2_00, 0, 0, 1_00, 101_00),),), (None,))


def test_a_plan_adds_up():
    assert SCHEDULE.length == 3
    assert SCHEDULE.total_interest == 2_59
    assert SCHEDULE.total_fees == 6_00
    assert SCHEDULE.cost == 8_59
    assert SCHEDULE.total_paid == 100_00 + 50_00 + 10_00 + SCHEDULE.cost


def test_balances_are_those_at_the_end_of_each_month():
    assert SCHEDULE.balances == [83_50, 24_93, 0]


def test_the_rows_come_month_by_month():
    assert [(row.debt, row.opening) for row in SCHEDULE.rows()] == [
        (0, 100_00),
        (1, 50_00),
        (0, 41_00),
        (1, 42_50),
        (1, 24_93),
    ]


def test_a_payment_is_principal_after_interest_and_fees():
    with_fee, growing = SCHEDULE.months[0][1], UNENDING.months[0][0]

    assert with_fee.principal == 17_50
    assert growing.principal == -1_00


def test_a_plan_that_ends_is_debt_free():
    assert SCHEDULE.is_debt_free
    assert not UNENDING.is_debt_free


@pytest.mark.parametrize(
    ("payoffs", "first", "wait"),
    [
        ((2, 3), 2, 2),
        ((3, 10, 14), 3, 7),
        ((14, 3, 10), 3, 7),
        ((5, 5, 5), 5, 5),
        ((None, 4), 4, 4),
        ((None,), None, 0),
    ],
)
def test_a_win_is_a_debt_that_is_gone(payoffs, first, wait):
    schedule = schedule_of_rows((), payoffs)

    assert (schedule.first_payoff, schedule.longest_wait) == (first, wait)
