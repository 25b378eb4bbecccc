"""An allocation over the days of its period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.envelopes import Pattern
from budgets.domain.spreading import TooMuchByHandError, spread, spread_by_hand, weights_of

WEEK = [date(2026, 11, 16) + timedelta(days=day) for day in range(7)]


def test_odd_cents_go_one_each_to_the_earlier_days():
    assert spread(1000, [1] * 7) == (143, 143, 143, 143, 143, 143, 142)


def test_a_currency_without_minor_units_is_spread_in_whole_units():
    assert spread(100, [1] * 30) == (4,) * 10 + (3,) * 20


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_the_days_add_up_to_the_allocation(amount, weights):
    days = spread(amount, weights)
    assert sum(days) == amount
    assert len(days) == len(weights)
    assert min(days) >= 0


def test_bills_have_their_money_on_their_day():
    bills = {WEEK[1]: 90000, WEEK[4]: 30000}
    weights = weights_of(Pattern.BILLS, WEEK, bills=bills)
    assert spread(120000, weights) == (0, 90000, 0, 0, 30000, 0, 0)


def test_weekdays_weigh_as_the_person_spends_on_them_drawn_towards_even():
    # Half of twelve weeks' spending on Saturdays: (12 * 1/2 + 4 * 1/7) / 16 of a week.
    weights = weights_of(Pattern.WEEKDAYS, WEEK, by_weekday=[100, 100, 100, 100, 100, 500, 0], weeks=12)
    days = spread(112000, weights)
    assert days == (12400, 12400, 12400, 12400, 12400, 46000, 4000)


def test_an_allocation_that_is_not_daily_is_there_from_the_first_day():
    assert spread(5000, weights_of(Pattern.NOT_DAILY, WEEK)) == (5000, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("pattern", [Pattern.BILLS, Pattern.WEEKDAYS])
def test_a_pattern_without_what_it_goes_by_is_even(pattern):
    assert weights_of(pattern, WEEK) == [1] * 7


def test_amounts_by_hand_stay_and_the_rest_is_even():
    assert spread_by_hand(1000, {0: 500, 6: 0}, 7) == (500, 100, 100, 100, 100, 100, 0)


def test_amounts_by_hand_over_the_allocation_are_refused_with_the_excess():
    with pytest.raises(TooMuchByHandError) as refused:
        spread_by_hand(1000, {0: 600, 1: 500}, 7)
    assert refused.value.excess == 100


def test_amounts_by_hand_for_every_day_have_to_be_the_whole():
    assert spread_by_hand(1000, {0: 400, 1: 600}, 2) == (400, 600)
    with pytest.raises(TooMuchByHandError) as refused:
        spread_by_hand(1000, {0: 400, 1: 500}, 2)
    assert refused.value.excess == -100
