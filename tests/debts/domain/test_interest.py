"""Interest is exact until it is rounded, half-up, once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.domain.interest import (
    amortising_payment,
    average_daily_balance,
    days_of_month,
    interest_on,
    month_number,
    month_on,
    payment_in_36_months,
    periodic_rate,
    share_of,
)
from debts.domain.terms import Accrual

ONE_PERCENT = (1, 100)


@pytest.mark.parametrize(("balance", "interest"), [(49, 0), (50, 1), (149, 1), (150, 2), (0, 0)])
def test_half_a_cent_of_interest_is_a_cent(balance, interest):
    assert interest_on(balance, ONE_PERCENT) == interest


@pytest.mark.parametrize(
    ("percent", "share"), [("2", 2_00), ("0.005", 1), ("0.00499", 0), ("33.335", 33_34), ("0", 0)]
)
def test_a_share_is_rounded_half_up(percent, share):
    assert share_of(100_00, Decimal(percent)) == share


@pytest.mark.parametrize(
    ("accrual", "days", "rate"),
    [
        (Accrual.MONTHLY, 0, Fraction(18, 1200)),
        (Accrual.MONTHLY, 31, Fraction(18, 1200)),
        (Accrual.DAILY, 31, Fraction(18 * 31, 36500)),
        (Accrual.DAILY, 28, Fraction(18 * 28, 36500)),
    ],
)
def test_a_simple_rate_is_an_exact_fraction(accrual, days, rate):
    assert Fraction(*periodic_rate(Decimal(18), accrual, days)) == rate


def test_daily_interest_compounds_over_the_days_of_the_month():
    exact = (1 + Fraction(18, 36500)) ** 31 - 1

    found = Fraction(*periodic_rate(Decimal(18), Accrual.DAILY_COMPOUNDED, 31))

    assert abs(found - exact) < Fraction(1, 10**23)


def test_twelve_average_months_are_a_year_of_365_days():
    month = Fraction(*periodic_rate(Decimal(18), Accrual.AVERAGE_MONTH, 0))
    year = (1 + Fraction(18, 36500)) ** 365

    assert abs((1 + month) ** 12 - year) < Fraction(1, 10**20)


@pytest.mark.parametrize("accrual", Accrual)
def test_no_rate_is_no_interest(accrual):
    assert interest_on(1_000_000_00, periodic_rate(Decimal(0), accrual, 31)) == 0


def test_months_have_the_days_of_the_calendar():
    start = date(2026, 11, 15)

    assert [days_of_month(start, month) for month in range(1, 6)] == [30, 31, 31, 28, 31]


def test_a_february_has_28_days_in_a_leap_year_too():
    assert days_of_month(date(2028, 2, 1), 1) == 28


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (0, date(2027, 12, 31)),
        (1, date(2028, 1, 31)),
        (2, date(2028, 2, 29)),
        (3, date(2028, 3, 31)),
        (4, date(2028, 4, 30)),
        (14, date(2029, 2, 28)),
    ],
)
def test_a_payment_on_the_31st_falls_on_the_last_day_of_shorter_months(month, day):
    assert month_on(date(2028, 1, 31), month) == day


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 1, 14), 0),
        (date(2026, 1, 15), 1),
        (date(2026, 2, 14), 1),
        (date(2026, 2, 15), 2),
        (date(2027, 1, 20), 13),
        (date(2025, 12, 15), 0),
        (date(2025, 12, 14), -1),
    ],
)
def test_a_day_belongs_to_the_month_that_has_begun(day, month):
    assert month_number(date(2026, 1, 15), day) == month


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-24, 600))
def test_the_number_of_a_month_is_found_from_its_day(start, month):
    assert month_number(start, month_on(start, month)) == month


def test_an_annuity_is_rounded_up_so_that_the_last_payment_is_not_the_larger_one():
    # 10,000 at 6 % over 36 months: 304.2194 by P·r / (1-(1+r)^-n).
    assert amortising_payment(10_000_00, (6, 1200), 36) == 304_22


@given(st.integers(1, 5_000_000_00), st.integers(1, 4000), st.integers(1, 360))
def test_an_annuity_is_the_smallest_payment_that_clears_the_debt(balance, apr, months):
    # The value today of n payments of 1 is (1-(1+r)^-n) / r.
    rate = Fraction(apr, 120_000)
    worth = (1 - (1 + rate) ** -months) / rate

    payment = amortising_payment(balance, (apr, 120_000), months)

    assert payment * worth >= balance
    assert (payment - 1) * worth < balance


@pytest.mark.parametrize(("balance", "payment"), [(1200_00, 100_00), (1200_01, 100_01)])
def test_an_annuity_without_interest_is_an_equal_share(balance, payment):
    assert amortising_payment(balance, (0, 1200), 12) == payment


def test_the_average_daily_balance_counts_a_movement_from_its_day_on():
    # 1,000 for 30 days; 300 paid on day 11 are gone for 20 of them; 90 spent on the last day count once.
    movements = [(11, -300_00), (30, 90_00)]

    assert average_daily_balance(1000_00, movements, 30) == 803_00


def test_the_average_daily_balance_is_not_rounded():
    assert average_daily_balance(100, [(3, 1)], 3) == 100 + Decimal(1) / 3


def test_a_card_without_interest_is_cleared_in_36_equal_parts():
    assert payment_in_36_months([(1000_00, [Decimal(0)] * 36)]) == (27_78, 0)


def test_the_rate_of_a_card_weighs_its_balances():
    parts = [(300_00, [Decimal(12)] * 36), (100_00, [Decimal(24)] * 36)]

    _, monthly = payment_in_36_months(parts)

    assert monthly == Decimal("0.0125")
