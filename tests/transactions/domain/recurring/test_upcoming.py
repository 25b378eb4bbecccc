"""When a series is due next, and after that."""

from datetime import date

import pytest

from transactions.domain.recurring import Period
from transactions.domain.recurring.upcoming import due_days


def due(period, last_on, next_on, until):
    return due_days(period, last_on=last_on, next_on=next_on, until=until)


def test_weeks_go_on_by_their_days():
    assert due(Period.FORTNIGHTLY, date(2026, 11, 6), date(2026, 11, 20), date(2026, 12, 18)) == [
        date(2026, 11, 20), date(2026, 12, 4), date(2026, 12, 18)
    ]  # fmt: skip


def test_the_31st_is_the_last_day_of_shorter_months():
    assert due(Period.MONTHLY, date(2027, 1, 31), date(2027, 2, 28), date(2027, 4, 30)) == [
        date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)
    ]  # fmt: skip


def test_a_bill_that_came_late_once_keeps_the_day_it_is_due():
    assert due(Period.MONTHLY, date(2026, 11, 9), date(2026, 12, 5), date(2027, 1, 31)) == [
        date(2026, 12, 5), date(2027, 1, 5)
    ]  # fmt: skip


def test_a_yearly_bill_of_the_leap_day_is_due_at_the_end_of_february():
    assert due(Period.YEARLY, date(2028, 2, 29), date(2029, 2, 28), date(2032, 3, 1))[-1] == date(2032, 2, 29)


def test_twice_a_month_goes_by_both_days():
    assert due(Period.SEMI_MONTHLY, date(2026, 11, 15), date(2026, 11, 30), date(2027, 1, 1)) == [
        date(2026, 11, 30), date(2026, 12, 15), date(2026, 12, 30)
    ]  # fmt: skip


@pytest.mark.parametrize("period", list(Period))
def test_nothing_is_due_before_the_next_day(period):
    assert due(period, date(2026, 11, 1), date(2026, 12, 1), date(2026, 11, 30)) == []
