"""A debt that nobody pays stops growing where it could no longer be kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debts.domain.budget import constant_budget
from debts.domain.history import history
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate, simulate_in_full
from debts.domain.strategies import by_rate
from debts.domain.terms import RateStep, Segment, simple_debt
from tests.debts.domain.households import JANUARY, debts, fixed

CEILING = 2000_00
NEVER_PAID = replace(simple_debt("Card", 1000_00, "120", fixed("0.00")), ceiling=CEILING)


def test_interest_is_added_as_far_as_there_is_room():
    schedule = simulate([NEVER_PAID], None, MINIMUMS_ONLY, start=JANUARY, horizon=9)

    # Ten percent a month, 1,948.72 after seven months.
    assert schedule.balances == [
        1100_00, 1210_00, 1331_00, 1464_10, 1610_51, 1771_56, 1948_72, 2000_00, 2000_00,
    ]  # fmt: skip
    assert [row.interest for row in schedule.rows()][-2:] == [51_28, 0]


def test_fees_and_charges_are_added_as_far_as_there_is_room():
    debt = replace(
        simple_debt("Card", 1990_00, "0", fixed("0.00")), ceiling=CEILING, monthly_fee=8_00, charges={1: 5_00}
    )

    first, second = simulate([debt], None, MINIMUMS_ONLY, start=JANUARY, horizon=2).rows()

    assert (first.fees, first.charges, first.closing) == (8_00, 2_00, 2000_00)
    assert (second.fees, second.charges, second.closing) == (0, 0, 2000_00)


def test_the_balances_of_a_card_share_one_ceiling():
    rates = (RateStep(1, Decimal(120)),)
    card = replace(NEVER_PAID, segments=(Segment(1000_00, rates), Segment(900_00, rates)))

    assert simulate([card], None, MINIMUMS_ONLY, start=JANUARY, horizon=1).balances == [2000_00]


def test_a_payment_makes_room_again():
    budget = constant_budget(300_00)
    debt = replace(NEVER_PAID, segments=(Segment(2000_00, (RateStep(1, Decimal(120)),)),))

    first, second, *_ = simulate([debt], budget, Instructions(by_rate), start=JANUARY, horizon=3).rows()

    assert (first.interest, first.closing) == (0, 1700_00)
    assert (second.interest, second.closing) == (170_00, 1570_00)


@pytest.mark.parametrize("years", [10, 300, 2000])
def test_what_really_happened_stops_there_too(years):
    until = date(2026 + years, 1, 1)

    found = history(NEVER_PAID, since=JANUARY, payments=(), until=until)

    assert (found.balance, found.balances) == (CEILING, (CEILING,))


@settings(max_examples=100, deadline=None)
@given(household=st.lists(debts(), min_size=1, max_size=4), ceiling=st.integers(1, 10_000_00))
def test_the_quick_engine_and_the_whole_one_stop_at_the_same_place(household, ceiling):
    low = [replace(debt, ceiling=ceiling) for debt in household]

    quick = simulate(low, None, MINIMUMS_ONLY, start=JANUARY, horizon=60)

    assert quick == simulate_in_full(low, None, MINIMUMS_ONLY, start=JANUARY, horizon=60)
    highest = [max(ceiling, debt.balance) for debt in low]
    assert all(row.closing <= highest[row.debt] for row in quick.rows())
