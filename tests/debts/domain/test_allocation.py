"""How a payment is spread over the balances of one card (12 CFR 1026.53)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.domain.allocation import highest_apr, order_of_excess, order_of_minimum, pay
from debts.domain.terms import MinimumGoesTo, RateStep, Segment


def at(apr, *, until=None):
    return Segment(100_00, (RateStep(1, Decimal(apr)),), deferred_until=until, deferred_apr=Decimal(29))


PURCHASES, CASH, TRANSFER = at("19.99"), at("27.99"), at("3.99")


def test_the_excess_goes_to_the_highest_rate_first():
    assert order_of_excess([PURCHASES, CASH, TRANSFER], month=1) == [1, 0, 2]


def test_the_minimum_goes_to_the_lowest_rate_first_unless_the_issuer_is_kinder():
    card = [PURCHASES, CASH, TRANSFER]

    assert order_of_minimum(card, 1, MinimumGoesTo.LOWEST_APR) == [2, 0, 1]
    assert order_of_minimum(card, 1, MinimumGoesTo.HIGHEST_APR) == [1, 0, 2]


def test_balances_at_equal_rates_are_paid_in_the_order_given():
    card = [PURCHASES, at("19.99"), at("19.99")]

    assert order_of_excess(card, month=1) == [0, 1, 2]
    assert order_of_minimum(card, 1, MinimumGoesTo.LOWEST_APR) == [0, 1, 2]
    assert order_of_minimum(card, 1, MinimumGoesTo.HIGHEST_APR) == [0, 1, 2]


@pytest.mark.parametrize(
    ("month", "first"), [(1, "cash"), (4, "cash"), (5, "deferred"), (6, "deferred"), (7, "cash")]
)
def test_a_deferred_balance_comes_first_in_its_last_two_cycles(month, first):
    names, card = ["cash", "deferred"], [CASH, at("19.99", until=6)]

    assert names[order_of_excess(card, month)[0]] == first


def test_a_period_of_one_month_has_one_last_cycle():
    assert order_of_excess([CASH, at("19.99", until=1)], month=1) == [1, 0]
    assert order_of_excess([CASH, at("19.99", until=1)], month=2) == [0, 1]


def test_of_two_deferred_balances_that_end_the_order_given_decides():
    assert order_of_excess([at("30"), at("10", until=6), at("20", until=5)], month=5) == [1, 2, 0]


def test_a_rate_that_rises_changes_the_order():
    promotion = Segment(100_00, (RateStep(1, Decimal(0)), RateStep(7, Decimal(29))))

    assert order_of_excess([PURCHASES, promotion], month=6) == [0, 1]
    assert order_of_excess([PURCHASES, promotion], month=7) == [1, 0]


def test_a_payment_that_exceeds_one_balance_goes_on_to_the_next():
    balances = [100, 200, 300]

    pay(balances, 350, [2, 0, 1])

    assert balances == [50, 200, 0]


@given(st.permutations(range(3)), st.lists(st.integers(0, 1000), min_size=3, max_size=3), st.data())
def test_a_payment_is_taken_off_in_full_and_leaves_nothing_negative(order, balances, data):
    amount, owed = data.draw(st.integers(0, sum(balances))), sum(balances)

    pay(balances, amount, order)

    assert sum(balances) == owed - amount
    assert min(balances) >= 0


def test_what_a_payment_saves_is_the_rate_of_the_balance_it_reaches():
    card = [PURCHASES, CASH, TRANSFER]

    assert highest_apr(card, [1, 1, 1], month=1) == Decimal("27.99")
    assert highest_apr(card, [1, 0, 1], month=1) == Decimal("19.99")
    assert highest_apr(card, [0, 0, 1], month=1) == Decimal("3.99")
    assert highest_apr(card, [0, 0, 0], month=1) == 0


def test_a_deferred_balance_has_no_rate_until_its_period_is_over():
    deferred = at("19.99", until=6)

    assert [deferred.apr(month) for month in (1, 6, 7)] == [0, 0, Decimal("19.99")]
