"""Which days a budget is for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.periods import NoPayDayError, PeriodKind, Span, span_of


def test_a_month_runs_from_the_first_to_the_last_day():
    assert span_of(PeriodKind.MONTH, date(2026, 11, 21)) == Span(date(2026, 11, 1), date(2026, 11, 30))


def test_february_of_a_leap_year_has_29_days():
    span = span_of(PeriodKind.MONTH, date(2028, 2, 29))
    assert (span.first, span.last, len(span)) == (date(2028, 2, 1), date(2028, 2, 29), 29)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 24), date(2026, 10, 25), date(2026, 11, 24)),
        (date(2026, 11, 25), date(2026, 11, 25), date(2026, 12, 24)),
        (date(2027, 1, 3), date(2026, 12, 25), date(2027, 1, 24)),
    ],
)
def test_a_month_may_begin_on_another_day(day, first, last):
    assert span_of(PeriodKind.MONTH, day, anchor=date(2020, 1, 25)) == Span(first, last)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2027, 2, 27), date(2027, 1, 31), date(2027, 2, 27)),
        (date(2027, 2, 28), date(2027, 2, 28), date(2027, 3, 30)),
        (date(2027, 4, 15), date(2027, 3, 31), date(2027, 4, 29)),
    ],
)
def test_a_month_from_the_31st_begins_on_the_last_day_of_shorter_ones(day, first, last):
    assert span_of(PeriodKind.MONTH, day, anchor=date(2020, 1, 31)) == Span(first, last)


def test_weeks_begin_on_monday_unless_they_are_anchored():
    saturday = date(2026, 11, 21)
    assert span_of(PeriodKind.WEEK, saturday) == Span(date(2026, 11, 16), date(2026, 11, 22))
    from_friday = span_of(PeriodKind.WEEK, saturday, anchor=date(2026, 1, 2))
    assert from_friday == Span(date(2026, 11, 20), date(2026, 11, 26))


@pytest.mark.parametrize(("kind", "length"), [(PeriodKind.FORTNIGHT, 14), (PeriodKind.FOUR_WEEKS, 28)])
def test_longer_weeks_count_from_their_anchor_in_both_directions(kind, length):
    anchor = date(2026, 11, 20)
    assert span_of(kind, anchor, anchor=anchor) == Span(anchor, anchor + timedelta(days=length - 1))
    before = span_of(kind, anchor - timedelta(days=1), anchor=anchor)
    assert before == Span(anchor - timedelta(days=length), anchor - timedelta(days=1))


def test_half_months_end_on_the_15th_and_on_the_last_day():
    assert span_of(PeriodKind.SEMI_MONTH, date(2028, 2, 15)) == Span(date(2028, 2, 1), date(2028, 2, 15))
    assert span_of(PeriodKind.SEMI_MONTH, date(2028, 2, 16)) == Span(date(2028, 2, 16), date(2028, 2, 29))


def test_from_pay_day_to_the_day_before_the_next():
    pay_days = [date(2026, 10, 30), date(2026, 11, 27), date(2026, 12, 23)]
    assert span_of(PeriodKind.PAY_DAYS, date(2026, 11, 26), pay_days=pay_days).last == date(2026, 11, 26)
    assert span_of(PeriodKind.PAY_DAYS, date(2026, 11, 27), pay_days=pay_days) == Span(
        date(2026, 11, 27), date(2026, 12, 22)
    )


@pytest.mark.parametrize("day", [date(2026, 10, 29), date(2026, 12, 23)])
def test_without_a_pay_day_on_both_sides_there_is_no_period(day):
    with pytest.raises(NoPayDayError):
        span_of(PeriodKind.PAY_DAYS, day, pay_days=[date(2026, 10, 30), date(2026, 12, 23)])


@given(
    st.sampled_from([kind for kind in PeriodKind if kind != PeriodKind.PAY_DAYS]),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
)
def test_periods_follow_each_other_without_a_gap(kind, day, anchor):
    span = span_of(kind, day, anchor=anchor)
    assert day in span
    assert all(span_of(kind, each, anchor=anchor) == span for each in (span.first, span.last))
    after = span_of(kind, span.last + timedelta(days=1), anchor=anchor)
    assert after.first == span.last + timedelta(days=1)
    assert span.days[span.index(day)] == day
