"""Which days a rhythm has, and what comes next."""

import datetime as dt

import pytest

from tests.transactions.domain.recurring.ledgers import (
    day,
    every,
    found_in,
    monthly,
    only,
    paid,
    working_day_after,
    working_day_before,
)
from transactions.domain.recurring import Kind, Period


def test_a_subscription_on_the_ninth() -> None:
    series = only(paid("netflix", monthly(9, "2026-01", 6), -1399))

    assert (series.period, series.kind) == (Period.MONTHLY, Kind.SUBSCRIPTION)
    assert (series.expected, series.spread) == (-1399, 0)
    assert (series.first_on, series.last_on) == (day("2026-01-09"), day("2026-06-09"))
    assert series.next_on == day("2026-07-09")
    assert series.tolerance_days == 3
    assert series.missed == series.price_changes == ()
    assert not series.is_ended
    assert series.confidence > 0.99
    assert series.reasons == ("6 payments every month, around day 9 of the month", "always the same amount")


def test_three_payments_a_month_apart_are_enough() -> None:
    assert only(paid("gym", monthly(4, "2026-04", 3), -2400)).next_on == day("2026-07-04")


def test_two_payments_a_month_apart_are_not() -> None:
    assert found_in(paid("gym", monthly(4, "2026-05", 2), -2400)) == []


@pytest.mark.parametrize(
    ("days", "period", "following"),
    [
        (every(7, "2026-04-07", 12), Period.WEEKLY, "2026-06-30"),
        (every(14, "2026-02-06", 11), Period.FORTNIGHTLY, "2026-07-10"),
        (every(28, "2026-01-05", 7), Period.FOUR_WEEKLY, "2026-07-20"),
        (monthly(12, "2025-07", 12), Period.MONTHLY, "2026-07-12"),
        (monthly(12, "2025-07", 6, every=2), Period.BIMONTHLY, "2026-07-12"),
        (monthly(15, "2025-02", 6, every=3), Period.QUARTERLY, "2026-08-15"),
        (monthly(20, "2024-09", 4, every=6), Period.HALF_YEARLY, "2026-09-20"),
        (monthly(3, "2024-05", 3, every=12), Period.YEARLY, "2027-05-03"),
    ],
)
def test_every_period_is_told_from_the_others(days: list[dt.date], period: Period, following: str) -> None:
    series = only(paid("somebody", days, -5000))
    assert (series.period, series.next_on) == (period, day(following))


def test_what_is_due_but_not_yet_late_is_still_next() -> None:
    rent = paid("landlord", monthly(28, "2025-12", 6), -90_000)
    assert only(rent, today=day("2026-06-30")).next_on == day("2026-06-28")
    assert only(rent, today=day("2026-06-30")).missed == ()


def test_the_thirty_first_is_the_last_day_of_every_month() -> None:
    series = only(paid("bank", monthly(31, "2025-10", 8), -390))

    assert [series.period, series.next_on] == [Period.MONTHLY, day("2026-06-30")]
    assert "around the last day of the month" in series.reasons[0]
    assert only(paid("bank", monthly(31, "2025-06", 9), -390), today=day("2026-02-28")).next_on == day(
        "2026-03-31"
    )


def test_pay_that_comes_before_the_weekend() -> None:
    days = [working_day_before(each) for each in monthly(25, "2025-06", 13)]
    series = only(paid("employer", days, 250_000))

    assert series.kind == Kind.INCOME
    # 25 July 2026 is a Saturday.
    assert series.next_on == day("2026-07-24")


def test_a_debit_that_comes_after_the_weekend() -> None:
    days = [working_day_after(each) for each in monthly(1, "2025-07", 13)]
    series = only(paid("landlord", days, -90_000), today=day("2026-07-20"))
    # 1 August 2026 is a Saturday.
    assert series.next_on == day("2026-08-03")


def test_pay_on_the_fifteenth_and_on_the_last_day_is_one_series() -> None:
    days = sorted([*monthly(15, "2026-01", 6), *monthly(31, "2026-01", 5)])
    series = only(
        paid("employer", [working_day_before(each) for each in days], 140_000), today=day("2026-06-20")
    )

    assert series.period == Period.SEMI_MONTHLY
    assert len(series.occurrences) == 11
    assert series.next_on == day("2026-06-30")


def test_insurance_is_found_from_its_second_year() -> None:
    series = only(paid("insurer", ["2024-11-03", "2025-11-04"], [-32_000, -33_200]))
    assert (series.period, series.kind) == (Period.YEARLY, Kind.SUBSCRIPTION)
    assert series.next_on in {day("2026-11-03"), day("2026-11-04")}
    assert series.expected == -33_200


def test_a_skipped_month_is_missed_and_nothing_more() -> None:
    days = [each for each in monthly(9, "2025-07", 12) if each != day("2026-02-09")]
    series = only(paid("netflix", days, -1399))

    assert series.missed == (day("2026-02-09"),)
    assert not series.is_ended
    assert series.next_on == day("2026-07-09")
    assert "1 expected payment did not come" in series.reasons


def test_two_missed_months_end_it() -> None:
    netflix = paid("netflix", monthly(9, "2025-07", 8), -1399)

    late = only(netflix, today=day("2026-03-13"))
    assert (late.is_ended, late.missed, late.next_on) == (False, (day("2026-03-09"),), day("2026-04-09"))
    over = only(netflix, today=day("2026-04-13"))
    assert (over.is_ended, over.missed, over.next_on) == (True, (), None)
    assert "none since 2026-02-09" in over.reasons


def test_ended_and_begun_again_is_one_series_without_missed_months() -> None:
    series = only(paid("gym", [*monthly(4, "2025-01", 5), *monthly(4, "2025-12", 7)], -2400))

    assert len(series.occurrences) == 12
    assert series.missed == ()
    assert series.next_on == day("2026-07-04")


def test_what_lies_ahead_of_today_is_not_looked_at() -> None:
    netflix = paid("netflix", monthly(9, "2026-01", 12), -1399)
    assert only(netflix).last_on == day("2026-06-09")
