"""Days of the calendar that the demo household counts by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.demo.months import day_of, months_before, months_from, working_day_before


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 11, 30, date(2026, 11, 30)),
        (2026, 11, 31, date(2026, 11, 30)),
        (2026, 2, 31, date(2026, 2, 28)),
        (2028, 2, 31, date(2028, 2, 29)),
    ],
)
def test_a_day_that_a_month_lacks_is_its_last(year, month, day, expected):
    assert day_of(year, month, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 21), date(2026, 5, 21)),
        (date(2026, 3, 10), date(2025, 9, 10)),
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2028, 8, 29), date(2028, 2, 29)),
    ],
)
def test_six_months_before_keeps_the_day_where_the_month_has_it(day, expected):
    assert months_before(day, 6) == expected


def test_months_run_over_the_turn_of_the_year():
    assert list(months_from(date(2025, 11, 30), date(2026, 2, 1))) == [
        (2025, 11),
        (2025, 12),
        (2026, 1),
        (2026, 2),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 27)),
        (date(2026, 11, 29), date(2026, 11, 27)),
        (date(2026, 11, 30), date(2026, 11, 30)),
    ],
)
def test_a_weekend_is_paid_on_the_friday_before(day, expected):
    assert working_day_before(day) == expected


@given(day=st.dates(min_value=date(2000, 1, 1)), months=st.integers(min_value=0, max_value=240))
def test_the_day_of_an_earlier_month_is_that_many_months_back(day, months):
    earlier = months_before(day, months)

    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day <= day.day
