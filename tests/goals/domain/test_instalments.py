"""A sum over the days on which something can be put aside."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.domain.errors import InvalidGoalDateError
from goals.domain.instalments import (
    Instalment,
    instalments,
    month_end,
    month_ends,
    paying_days,
    require_target_day,
)

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize("target_on", [date(2026, 3, 10), date(2026, 3, 9), date(2127, 1, 1)])
def test_a_target_on_is_in_the_future_and_within_a_hundred_years(target_on):
    with pytest.raises(InvalidGoalDateError) as refused:
        require_target_day(target_on, today=TODAY)

    assert refused.value.code == "INVALID_GOAL_DATE"
    assert (refused.value.target_on, refused.value.today) == (target_on, TODAY)


@pytest.mark.parametrize("target_on", [date(2026, 3, 11), date(2126, 12, 31)])
def test_tomorrow_and_the_last_day_of_the_hundredth_year_will_do(target_on):
    assert require_target_day(target_on, today=TODAY) == target_on


@pytest.mark.parametrize(
    ("day", "later", "end"),
    [
        (date(2026, 3, 10), 0, date(2026, 3, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 31)),
        (date(2026, 11, 30), 14, date(2028, 1, 31)),
    ],
)
def test_a_month_ends_on_its_last_day(day, later, end):
    assert month_end(day, later=later) == end


def test_the_first_and_the_last_day_count():
    ends = [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]

    assert month_ends(date(2028, 1, 31), date(2028, 3, 31)) == ends
    assert month_ends(date(2028, 2, 1), date(2028, 3, 30)) == [date(2028, 2, 29)]
    assert month_ends(date(2028, 4, 1), date(2028, 3, 31)) == []
    assert month_ends(date(9999, 12, 1), date.max) == [date.max]


def test_days_are_paid_on_from_today_to_the_target_on():
    fridays = [date(2026, 3, day) for day in (6, 13, 20, 27)]

    assert paying_days(fridays, today=date(2026, 3, 13), target_on=date(2026, 3, 27)) == fridays[1:]


def test_without_a_day_left_everything_is_due_on_the_target_on_or_today():
    assert paying_days([], today=TODAY, target_on=date(2026, 3, 20)) == [date(2026, 3, 20)]
    assert paying_days([TODAY], today=TODAY, target_on=date(2026, 3, 1)) == [TODAY]


def test_units_left_over_go_to_the_first_days():
    days = month_ends(date(2026, 1, 1), date(2026, 3, 31))

    assert instalments(100_00, days) == (
        Instalment(date(2026, 1, 31), 33_34),
        Instalment(date(2026, 2, 28), 33_33),
        Instalment(date(2026, 3, 31), 33_33),
    )
    assert instalments(0, days) == ()


@settings(deadline=None)
@given(amount=st.integers(1, 10**15), count=st.integers(1, 600))
def test_instalments_add_up_and_differ_by_a_unit_at_most(amount, count):
    amounts = [each.amount for each in instalments(amount, [TODAY] * count)]

    assert sum(amounts) == amount
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] - amounts[-1] <= 1
