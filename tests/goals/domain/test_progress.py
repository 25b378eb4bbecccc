"""How far a goal is, and what it still takes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.domain.instalments import Instalment
from goals.domain.progress import (
    GoalFacts,
    expected_on,
    milestones_reached,
    percent_reached,
    progress,
    remaining,
)

# 1,200.00 from New Year to New Year: 365 days.
HOLIDAY = GoalFacts(target=1_200_00, saved=300_00, created_on=date(2026, 1, 1), target_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("saved", "percent", "left"),
    [(0, 0, 3_00), (1_00, 33, 2_00), (2_99, 99, 1), (3_00, 100, 0), (4_00, 133, 0), (-50, 0, 3_50)],
)
def test_percent_is_rounded_down_and_what_remains_is_never_negative(saved, percent, left):
    assert percent_reached(saved=saved, target=3_00) == percent
    assert remaining(saved=saved, target=3_00) == left


@pytest.mark.parametrize(
    ("saved", "noted", "found"),
    [
        (24_99, set(), ()),
        (25_00, set(), (25,)),
        (80_00, set(), (25, 50, 75)),
        (80_00, {25, 50}, (75,)),
        (100_00, {25, 50, 75, 100}, ()),
        (130_00, {25}, (50, 75, 100)),
        # Savings fell below 50 percent and rose again.
        (60_00, {25, 50}, ()),
    ],
)
def test_each_milestone_is_noted_once(saved, noted, found):
    assert milestones_reached(saved=saved, target=100_00, noted=noted) == found


def test_a_milestone_that_is_no_whole_unit_is_reached_above_it():
    assert milestones_reached(saved=2, target=9) == ()
    assert milestones_reached(saved=3, target=9) == (25,)


def test_the_straight_line_is_rounded_up_to_the_next_unit():
    # 120,000 * 90 / 365 = 29,589.04…
    assert expected_on(HOLIDAY, date(2026, 4, 1)) == 295_90
    assert expected_on(HOLIDAY, date(2025, 12, 1)) == 0
    assert expected_on(HOLIDAY, date(2027, 1, 1)) == 1_200_00
    assert expected_on(HOLIDAY, date(2027, 6, 1)) == 1_200_00


def test_the_line_starts_from_what_was_there_at_first():
    # A fifth of the 365 days: 600.00 and 600.00 * 73 / 365.
    begun = GoalFacts(1_200_00, 700_00, date(2026, 1, 1), date(2027, 1, 1), opening=600_00)

    assert expected_on(begun, date(2026, 3, 15)) == 720_00


@pytest.mark.parametrize(("saved", "on_track"), [(295_89, False), (295_90, True)])
def test_a_goal_is_on_track_from_the_line_on(saved, on_track):
    facts = GoalFacts(1_200_00, saved, HOLIDAY.created_on, HOLIDAY.target_on)

    assert progress(facts, today=date(2026, 4, 1)).on_track is on_track


def test_what_is_needed_is_spread_over_the_month_ends_left():
    found = progress(HOLIDAY, today=date(2026, 10, 31))

    assert (found.percent, found.remaining, found.months_left) == (25, 900_00, 3)
    assert found.per_month == (
        Instalment(date(2026, 10, 31), 300_00),
        Instalment(date(2026, 11, 30), 300_00),
        Instalment(date(2026, 12, 31), 300_00),
    )


def test_what_is_needed_is_spread_over_the_pay_days_left():
    pay_days = [date(2026, 11, 25), date(2026, 12, 23), date(2027, 1, 1), date(2027, 1, 25)]

    found = progress(HOLIDAY, today=date(2026, 12, 1), pay_days=pay_days)

    assert found.per_pay_day == (
        Instalment(date(2026, 12, 23), 450_00),
        Instalment(date(2027, 1, 1), 450_00),
    )


def test_without_a_month_end_left_all_is_due_on_the_target_on():
    found = progress(HOLIDAY, today=date(2027, 1, 1))

    assert (found.months_left, found.expected, found.on_track) == (0, 1_200_00, False)
    assert found.per_month == found.per_pay_day == (Instalment(date(2027, 1, 1), 900_00),)


def test_after_its_date_all_is_due_today():
    found = progress(HOLIDAY, today=date(2027, 2, 10))

    assert (found.months_left, found.per_month) == (0, (Instalment(date(2027, 2, 10), 900_00),))


def test_a_goal_that_is_reached_needs_nothing():
    found = progress(GoalFacts(100, 130, date(2026, 1, 1), date(2027, 1, 1)), today=date(2026, 6, 1))

    assert (found.percent, found.remaining, found.on_track) == (130, 0, True)
    assert found.per_month == found.per_pay_day == ()


days = st.integers(0, 4_000).map(lambda number: date(2024, 1, 1) + timedelta(days=number))


@settings(deadline=None)
@given(
    target=st.integers(1, 10**12),
    saved=st.integers(0, 10**12),
    dates=st.tuples(days, days, days),
    pay_days=st.lists(days, max_size=20),
)
def test_instalments_add_up_to_what_remains_and_lie_between_today_and_the_target_on(
    target, saved, dates, pay_days
):
    created_on, today, target_on = sorted(dates)
    found = progress(GoalFacts(target, saved, created_on, target_on), today=today, pay_days=pay_days)

    for parts in (found.per_month, found.per_pay_day):
        assert sum(part.amount for part in parts) == found.remaining == max(0, target - saved)
        assert all(today <= part.on <= target_on for part in parts)
    assert 0 <= found.expected <= target
